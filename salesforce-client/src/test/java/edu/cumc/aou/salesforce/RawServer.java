package edu.cumc.aou.salesforce;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A server of bytes: it answers each request with the next answer that was put in, whatever bytes
 * those are, and remembers what it was asked. It knows nothing of Salesforce.
 */
public final class RawServer implements AutoCloseable {

  /** What was asked. */
  public static final class Asked {
    private final String method;
    private final String target;
    private final Map<String, String> headers;
    private final byte[] body;

    Asked(String method, String target, Map<String, String> headers, byte[] body) {
      this.method = method;
      this.target = target;
      this.headers = headers;
      this.body = body;
    }

    public String method() {
      return method;
    }

    public String target() {
      return target;
    }

    /** By lower-case name. */
    public Map<String, String> headers() {
      return headers;
    }

    public byte[] bytes() {
      return body.clone();
    }

    public String text() {
      return new String(body, StandardCharsets.UTF_8);
    }

    public String path() {
      int query = target.indexOf('?');
      return query < 0 ? target : target.substring(0, query);
    }
  }

  /** What is answered; returns whether the connection stays. */
  @FunctionalInterface
  public interface Answer {
    boolean write(Socket socket, OutputStream out) throws IOException, InterruptedException;
  }

  private final ServerSocket server;
  private final Deque<Answer> answers = new ArrayDeque<>();
  private final List<Asked> asked = new CopyOnWriteArrayList<>();
  private final List<Socket> open = new CopyOnWriteArrayList<>();
  private volatile Answer fallback;

  public RawServer() throws IOException {
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    fallback = json(500, "[]");
    Thread acceptor = new Thread(this::accept, "raw-server");
    acceptor.setDaemon(true);
    acceptor.start();
  }

  public URI uri() {
    return URI.create("http://localhost:" + server.getLocalPort());
  }

  public RawServer then(Answer answer) {
    synchronized (answers) {
      answers.add(answer);
    }
    return this;
  }

  public RawServer then(int status, String body, String... headers) {
    return then(json(status, body, headers));
  }

  /** What is answered when nothing is left. */
  public RawServer always(Answer answer) {
    fallback = answer;
    return this;
  }

  public List<Asked> asked() {
    return asked;
  }

  public static Answer json(int status, String body, String... headers) {
    return text(status, "application/json;charset=UTF-8", body, headers);
  }

  public static Answer text(int status, String type, String body, String... headers) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    StringBuilder head =
        new StringBuilder("HTTP/1.1 " + status + " Status\r\nContent-Type: " + type + "\r\n");
    for (String header : headers) {
      head.append(header).append("\r\n");
    }
    if (status != 204 && status != 304) {
      head.append("Content-Length: ").append(bytes.length).append("\r\n");
    }
    return bytes(head + "\r\n" + (status == 204 || status == 304 ? "" : body), true);
  }

  public static Answer bytes(String all, boolean keep) {
    return (socket, out) -> {
      out.write(all.getBytes(StandardCharsets.UTF_8));
      out.flush();
      return keep;
    };
  }

  /** The headers promise more than comes. */
  public static Answer truncated(String body) {
    return bytes(
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: "
            + (body.length() + 50)
            + "\r\n\r\n"
            + body,
        false);
  }

  /** Ends the connection with a reset instead of an answer. */
  public static Answer reset() {
    return (socket, out) -> {
      socket.setSoLinger(true, 0);
      return false;
    };
  }

  /** Sends a byte of the body from time to time and never comes to an end. */
  public static Answer trickle(long everyMillis) {
    return (socket, out) -> {
      out.write(
          "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n\r\n"
              .getBytes(StandardCharsets.US_ASCII));
      while (true) {
        out.write(' ');
        out.flush();
        Thread.sleep(everyMillis);
      }
    };
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        open.add(socket);
        Thread thread = new Thread(() -> serve(socket), "raw-server-connection");
        thread.setDaemon(true);
        thread.start();
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      InputStream in = new BufferedInputStream(socket.getInputStream());
      boolean keep = true;
      while (keep) {
        asked.add(read(in));
        Answer answer;
        synchronized (answers) {
          answer = answers.isEmpty() ? fallback : answers.remove();
        }
        keep = answer.write(socket, socket.getOutputStream());
      }
    } catch (IOException | InterruptedException e) {
      // the client has gone, or the test is over
    }
  }

  private static Asked read(InputStream in) throws IOException {
    String[] start = line(in).split(" ", -1);
    Map<String, String> headers = new LinkedHashMap<>();
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      int colon = line.indexOf(':');
      String name = line.substring(0, colon).toLowerCase(Locale.ROOT);
      headers.merge(name, line.substring(colon + 1).strip(), (a, b) -> a + "," + b);
    }
    byte[] body;
    if ("chunked".equalsIgnoreCase(headers.get("transfer-encoding"))) {
      ByteArrayOutputStream chunks = new ByteArrayOutputStream();
      for (int size = Integer.parseInt(line(in), 16);
          size > 0;
          size = Integer.parseInt(line(in), 16)) {
        chunks.write(in.readNBytes(size));
        line(in);
      }
      line(in);
      body = chunks.toByteArray();
    } else {
      body = in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
    }
    return new Asked(start[0], start[1], headers, body);
  }

  private static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new EOFException();
      }
      if (c != '\r') {
        line.write(c);
      }
    }
    return line.toString(StandardCharsets.UTF_8);
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket socket : open) {
      socket.close();
    }
  }
}
