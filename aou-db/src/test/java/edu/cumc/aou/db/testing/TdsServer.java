package edu.cumc.aou.db.testing;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import org.jspecify.annotations.Nullable;

/**
 * As much of SQL Server's protocol as its driver needs to show how it fails: the handshake with a
 * certificate, a login that is taken or refused, and statements that do nothing or end with an
 * error of a number. Written from MS-TDS.
 */
public final class TdsServer implements AutoCloseable {

  private static final int SQL_BATCH = 1;
  private static final int REMOTE_CALL = 3;
  private static final int BULK_LOAD = 7;
  private static final int ANSWER = 4;
  private static final int LOGIN = 16;
  private static final int PRELOGIN = 18;

  /** A login's number of its own for {@link #answering}. */
  public static final String LOGIN_STATEMENT = "LOGIN";

  private static final byte[] NOTHING = {};

  private final ServerSocket listener;
  private final @Nullable SSLContext tls;
  private final ToIntFunction<String> errors;
  private final Function<String, byte[]> columns;
  private final List<String> statements = new ArrayList<>();
  private final List<byte[]> loads = new ArrayList<>();

  private TdsServer(
      @Nullable SSLContext tls, ToIntFunction<String> errors, Function<String, byte[]> columns) {
    this.tls = tls;
    this.errors = errors;
    this.columns = columns;
    try {
      listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread thread = new Thread(this::accept, "tds");
    thread.setDaemon(true);
    thread.start();
  }

  /** Shows this certificate; nothing comes after the handshake. */
  public static TdsServer showing(SSLContext certificate) {
    return new TdsServer(certificate, sql -> 0, sql -> NOTHING);
  }

  /** Has no TLS; {@code errors} gives a statement's error number, 0 for none. */
  public static TdsServer answering(ToIntFunction<String> errors) {
    return new TdsServer(null, errors, sql -> NOTHING);
  }

  /**
   * Takes loads into a table too.
   *
   * @param columns gives the columns of a statement's result, which has no rows
   */
  public static TdsServer loading(ToIntFunction<String> errors, Function<String, byte[]> columns) {
    return new TdsServer(null, errors, columns);
  }

  /** The loads that came, each as it came. */
  public synchronized List<byte[]> loads() {
    return List.copyOf(loads);
  }

  private synchronized void loaded(byte[] body) {
    loads.add(body);
  }

  public int port() {
    return listener.getLocalPort();
  }

  /** What came, in order. */
  public synchronized List<String> statements() {
    return List.copyOf(statements);
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        Thread thread = new Thread(() -> serve(socket), "tds-connection");
        thread.setDaemon(true);
        thread.start();
      } catch (IOException e) {
        // closed: the loop ends
      }
    }
  }

  private record Message(int type, byte[] body) {}

  private void serve(Socket socket) {
    try (socket) {
      DataInputStream in = new DataInputStream(socket.getInputStream());
      OutputStream out = socket.getOutputStream();
      Message first = read(in);
      if (first.type() == PRELOGIN) {
        send(out, prelogin());
      }
      if (tls != null) {
        handshake(tls, in, out);
      }
      while (true) {
        Message message = read(in);
        if (message.type() == LOGIN) {
          int error = errors.applyAsInt(LOGIN_STATEMENT);
          send(out, error == 0 ? loginAccepted() : failed(error));
        } else if (message.type() == SQL_BATCH || message.type() == REMOTE_CALL) {
          String sql = statement(message.body());
          int error = errors.applyAsInt(sql);
          if (error < 0) {
            return;
          }
          send(out, error == 0 ? joined(columns.apply(sql), done(0)) : failed(error));
        } else if (message.type() == BULK_LOAD) {
          loaded(message.body());
          send(out, done(0));
        } else {
          send(out, done(message.type() == 6 ? 0x20 : 0));
        }
      }
    } catch (IOException e) {
      // the client is gone
    }
  }

  /**
   * The text after the headers, whose length stands first; that of a call stands somewhere in it,
   * at an even place or an odd one.
   */
  private synchronized String statement(byte[] body) {
    int headers = ByteBuffer.wrap(body).order(ByteOrder.LITTLE_ENDIAN).getInt();
    String sql =
        new String(body, headers, body.length - headers, StandardCharsets.UTF_16LE)
            + new String(body, headers + 1, body.length - headers - 1, StandardCharsets.UTF_16LE);
    statements.add(sql.toLowerCase(Locale.ROOT).strip());
    return sql;
  }

  private static Message read(DataInputStream in) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    while (true) {
      int type = in.readUnsignedByte();
      int status = in.readUnsignedByte();
      int length = in.readUnsignedShort();
      in.readInt();
      body.write(in.readNBytes(length - 8));
      if ((status & 1) != 0) {
        return new Message(type, body.toByteArray());
      }
    }
  }

  private static void send(OutputStream out, byte[] body) throws IOException {
    ByteBuffer packet = ByteBuffer.allocate(8 + body.length);
    packet.put((byte) ANSWER).put((byte) 1).putShort((short) (8 + body.length)).putInt(1 << 8);
    out.write(packet.put(body).array());
    out.flush();
  }

  /** Version 16, and whether there is TLS: 1 for all that comes, 2 for never. */
  private byte[] prelogin() {
    byte encryption = (byte) (tls == null ? 2 : 1);
    return new byte[] {0, 0, 11, 0, 6, 1, 0, 17, 0, 1, (byte) 0xFF, 16, 0, 0, 0, 0, 0, encryption};
  }

  /** The server's side until its certificate was sent, in packets as the protocol has it. */
  private static void handshake(SSLContext tls, DataInputStream in, OutputStream out)
      throws IOException {
    SSLEngine engine = tls.createSSLEngine();
    engine.setUseClientMode(false);
    engine.beginHandshake();
    ByteBuffer clear = ByteBuffer.allocate(engine.getSession().getApplicationBufferSize());
    ByteBuffer wire = ByteBuffer.allocate(8 * engine.getSession().getPacketBufferSize());
    ByteBuffer came = ByteBuffer.allocate(0);
    // all that is said before it is the client's turn is one message
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    while (true) {
      HandshakeStatus status = engine.getHandshakeStatus();
      if (status == HandshakeStatus.NEED_TASK) {
        for (Runnable task = engine.getDelegatedTask();
            task != null;
            task = engine.getDelegatedTask()) {
          task.run();
        }
      } else if (status == HandshakeStatus.NEED_WRAP) {
        wire.clear();
        engine.wrap(ByteBuffer.allocate(0), wire);
        wire.flip();
        said.write(wire.array(), 0, wire.remaining());
      } else if (status == HandshakeStatus.NEED_UNWRAP
          || status == HandshakeStatus.NEED_UNWRAP_AGAIN) {
        if (!came.hasRemaining()) {
          if (said.size() > 0) {
            send(out, said.toByteArray());
            said.reset();
          }
          came = ByteBuffer.wrap(read(in).body());
        }
        engine.unwrap(came, clear);
      } else {
        return;
      }
    }
  }

  private static byte[] loginAccepted() {
    byte[] name = "SQL".getBytes(StandardCharsets.UTF_16LE);
    ByteBuffer token = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
    // the collation of SQL Server's own default
    token.put((byte) 0xE3).putShort((short) 8).put(new byte[] {7, 5, 9, 4, (byte) 0xD0, 0, 52, 0});
    token.put((byte) 0xAD).putShort((short) (1 + 4 + 1 + name.length + 4)).put((byte) 1);
    token.put(new byte[] {0x74, 0, 0, 4}).put((byte) 3).put(name).put(new byte[] {16, 0, 0, 0});
    token.put(done(0));
    return Arrays.copyOf(token.array(), token.position());
  }

  /** The text quotes a key, as SQL Server's own texts do. */
  private static byte[] failed(int number) {
    byte[] text = "refused for key P012345678".getBytes(StandardCharsets.UTF_16LE);
    ByteBuffer token = ByteBuffer.allocate(256).order(ByteOrder.LITTLE_ENDIAN);
    token.put((byte) 0xAA).putShort((short) (4 + 1 + 1 + 2 + text.length + 1 + 1 + 4));
    token.putInt(number).put((byte) 1).put((byte) 14).putShort((short) (text.length / 2)).put(text);
    token.put((byte) 0).put((byte) 0).putInt(1).put(done(2));
    return Arrays.copyOf(token.array(), token.position());
  }

  private static byte[] joined(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  private static byte[] done(int status) {
    return ByteBuffer.allocate(13)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put((byte) 0xFD)
        .putShort((short) status)
        .putShort((short) 0)
        .putLong(0)
        .array();
  }

  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
