package edu.cumc.aou.db.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * SQL Server's protocol: handshake with a certificate, login, statements, calls and loads, each
 * handed to a session that answers. Written from MS-TDS.
 */
public final class TdsServer implements AutoCloseable {

  /** A login's text of its own for {@link #answering}. */
  public static final String LOGIN_STATEMENT = "LOGIN";

  /** Makes the session of a connection, from the name of the database that it asked for. */
  interface Sessions {
    TdsSession open(String database);
  }

  private final ServerSocket listener;
  private final @Nullable SSLContext tls;
  private final ToIntFunction<String> logins;
  private final Sessions sessions;
  private final List<String> statements = new ArrayList<>();
  private final List<byte[]> loads = new ArrayList<>();
  private final List<Socket> sockets = new ArrayList<>();

  TdsServer(@Nullable SSLContext tls, ToIntFunction<String> logins, Sessions sessions) {
    this.tls = tls;
    this.logins = logins;
    this.sessions = sessions;
    try {
      listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    start(this::accept);
  }

  /** Shows this certificate; nothing comes after the handshake. */
  public static TdsServer showing(SSLContext certificate) {
    return new TdsServer(certificate, sql -> 0, name -> new ScriptedSession(s -> 0, s -> null));
  }

  /** Has no TLS; {@code errors} gives a statement's error number, 0 for none. */
  public static TdsServer answering(ToIntFunction<String> errors) {
    return loading(errors, sql -> null);
  }

  /**
   * Takes loads into a table too.
   *
   * @param columns gives the columns of a statement's result, which has no rows; null for none
   */
  public static TdsServer loading(
      ToIntFunction<String> errors, Function<String, @Nullable List<TdsColumn>> columns) {
    return new TdsServer(null, errors, name -> new ScriptedSession(errors, columns));
  }

  public int port() {
    return listener.getLocalPort();
  }

  /** The loads that came, each as it came. */
  public synchronized List<byte[]> loads() {
    return List.copyOf(loads);
  }

  /** The texts that came, in order, in lower case; all of one message as one. */
  public synchronized List<String> statements() {
    return List.copyOf(statements);
  }

  /** Forgets what came. */
  public synchronized void forget() {
    statements.clear();
    loads.clear();
  }

  private synchronized void note(String statement) {
    statements.add(statement.toLowerCase(Locale.ROOT).strip());
  }

  private synchronized void noteLoad(byte[] load) {
    loads.add(load);
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        synchronized (this) {
          sockets.add(socket);
        }
        start(() -> serve(socket));
      } catch (IOException e) {
        // closed: the loop ends
      }
    }
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "tds");
    thread.setDaemon(true);
    thread.start();
  }

  private void serve(Socket socket) {
    try (socket) {
      socket.setTcpNoDelay(true);
      TdsChannel channel = new TdsChannel(socket.getInputStream(), socket.getOutputStream());
      TdsChannel.Message message = channel.read();
      if (message.type() == TdsChannel.PRELOGIN) {
        channel.send(prelogin());
        if (tls != null) {
          TdsTls.handshake(tls, channel);
        }
        message = channel.read();
      }
      TdsAnswer answer = new TdsAnswer(channel);
      int error = logins.applyAsInt(LOGIN_STATEMENT);
      String database = database(message.body());
      if (error != 0) {
        answer.failed(error, "Login failed.", false);
        answer.end();
        return;
      }
      try (TdsSession session = sessions.open(database)) {
        answer.loggedIn(database);
        answer.end();
        converse(channel, session);
      }
    } catch (IOException | UncheckedIOException e) {
      // the client is gone
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** What comes is read by another thread, so that it is known when the client loses patience. */
  private void converse(TdsChannel channel, TdsSession session)
      throws IOException, InterruptedException {
    BlockingQueue<TdsChannel.Message> messages = new LinkedBlockingQueue<>();
    TdsChannel.Message end = new TdsChannel.Message(-1, new byte[0]);
    start(
        () -> {
          try {
            while (true) {
              TdsChannel.Message message = channel.read();
              messages.add(message);
              if (message.type() == TdsChannel.ATTENTION) {
                session.cancel();
              }
            }
          } catch (IOException e) {
            session.cancel();
            messages.add(end);
          }
        });
    for (TdsChannel.Message message = messages.take(); message != end; message = messages.take()) {
      answer(channel, session, message);
    }
  }

  private void answer(TdsChannel channel, TdsSession session, TdsChannel.Message message)
      throws IOException {
    TdsAnswer answer = new TdsAnswer(channel);
    switch (message.type()) {
      case TdsChannel.SQL_BATCH -> {
        String sql = batchText(message.body());
        note(sql);
        session.batch(sql, answer);
      }
      case TdsChannel.REMOTE_CALL -> {
        List<TdsCall> calls = TdsCall.of(message.body());
        note(calls.get(0).words());
        session.calls(calls, answer);
      }
      case TdsChannel.BULK_LOAD -> {
        noteLoad(message.body());
        session.load(message.body(), answer);
      }
      case TdsChannel.ATTENTION -> answer.cancelled();
      default -> answer.failed(50_000, "no message of type " + message.type(), false);
    }
    answer.end();
  }

  /** The text after the headers. Their length comes first. */
  private static String batchText(byte[] body) {
    int headers = ByteBuffer.wrap(body).order(ByteOrder.LITTLE_ENDIAN).getInt();
    return new String(body, headers, body.length - headers, StandardCharsets.UTF_16LE);
  }

  /** The name of the database. Byte 68 of a login holds its place and length. */
  private static String database(byte[] login) {
    ByteBuffer in = ByteBuffer.wrap(login).order(ByteOrder.LITTLE_ENDIAN);
    int length = in.getShort(70);
    in.position(in.getShort(68));
    return length == 0 ? "master" : TdsCall.text(in, length);
  }

  /** Version 16, and whether there is TLS: 1 for all that comes, 2 for never. */
  private byte[] prelogin() {
    byte encryption = (byte) (tls == null ? 2 : 1);
    return new byte[] {0, 0, 11, 0, 6, 1, 0, 17, 0, 1, (byte) 0xFF, 16, 0, 0, 0, 0, 0, encryption};
  }

  @Override
  public void close() {
    try {
      listener.close();
      synchronized (this) {
        for (Socket socket : sockets) {
          socket.close();
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
