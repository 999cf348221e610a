package edu.cumc.aou.sync.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/**
 * An HTTP proxy that lets requests fail by what is in them: a record with which the org fails
 * inside whatever comes with it, or an org that is down. Thread-safe; the owner closes it.
 */
public final class FaultyProxy implements AutoCloseable {

  /** How a request fails. */
  public enum How {
    /** Salesforce says that it failed; nothing is written. */
    FAILED_INSIDE,
    /** The gateway has no answer; nothing is written. */
    BAD_GATEWAY,
    /** Likewise, after its patience was over. */
    GATEWAY_TIMEOUT,
    /** The gateway has no answer, and everything is written. */
    WRITTEN_BUT_BAD_GATEWAY,
    /** The connection is closed; nothing is written. */
    NO_ANSWER
  }

  /** A request as the test sees it. */
  public record Request(String method, String path, String body) {}

  private static final Set<String> DROPPED =
      Set.of(
          "connection",
          "content-length",
          "host",
          "transfer-encoding",
          "proxy-connection",
          "upgrade",
          "http2-settings",
          "expect",
          ":status");

  private final HttpClient client = HttpClient.newHttpClient();
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final AtomicInteger failed = new AtomicInteger();
  private volatile Predicate<Request> fails = request -> false;
  private volatile How how = How.FAILED_INSIDE;

  public FaultyProxy() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::handle);
    server.setExecutor(threads);
    server.start();
  }

  /** From now on requests fail that are such. */
  public void fail(How newHow, Predicate<Request> which) {
    how = newHow;
    fails = which;
  }

  /** From now on requests fail that write records and hold a text. */
  public void failWritesWith(String text, How newHow) {
    fail(newHow, r -> isWrite(r) && r.body().contains(text));
  }

  /** Whether a request writes records by a call. */
  public static boolean isWrite(Request request) {
    return request.path().contains("/composite/sobjects") && !request.method().equals("GET");
  }

  public int port() {
    return server.getAddress().getPort();
  }

  /** How many requests have failed. */
  public int failed() {
    return failed.get();
  }

  private void handle(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    URI uri = exchange.getRequestURI();
    Request request =
        new Request(
            exchange.getRequestMethod(), uri.getPath(), new String(body, StandardCharsets.UTF_8));
    if (!fails.test(request)) {
      forward(exchange, uri, body, true);
      return;
    }
    failed.incrementAndGet();
    switch (how) {
      case FAILED_INSIDE ->
          answer(
              exchange,
              500,
              "application/json",
              "[{\"errorCode\":\"UNKNOWN_EXCEPTION\",\"message\":\"An unexpected error"
                  + " occurred. Please include this ErrorId if you contact support: 1-2 (3)\"}]");
      case BAD_GATEWAY -> answer(exchange, 502, "text/html", "<html>Bad Gateway</html>");
      case GATEWAY_TIMEOUT -> answer(exchange, 504, "text/html", "<html>Timeout</html>");
      case WRITTEN_BUT_BAD_GATEWAY -> {
        forward(exchange, uri, body, false);
        answer(exchange, 502, "text/html", "<html>Bad Gateway</html>");
      }
      case NO_ANSWER -> exchange.close();
    }
  }

  private void forward(HttpExchange exchange, URI uri, byte[] body, boolean answers)
      throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri)
            .method(
                exchange.getRequestMethod(),
                body.length == 0
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofByteArray(body));
    exchange
        .getRequestHeaders()
        .forEach(
            (name, values) -> {
              if (!DROPPED.contains(name.toLowerCase(java.util.Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
              }
            });
    HttpResponse<byte[]> response;
    try {
      response = client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      exchange.close();
      return;
    }
    if (!answers) {
      return;
    }
    response
        .headers()
        .map()
        .forEach(
            (name, values) -> {
              if (!DROPPED.contains(name.toLowerCase(java.util.Locale.ROOT))) {
                values.forEach(value -> exchange.getResponseHeaders().add(name, value));
              }
            });
    send(exchange, response.statusCode(), response.body());
  }

  private static void answer(HttpExchange exchange, int status, String type, String body)
      throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type);
    send(exchange, status, body.getBytes(StandardCharsets.UTF_8));
  }

  private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(body);
    } finally {
      exchange.close();
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
