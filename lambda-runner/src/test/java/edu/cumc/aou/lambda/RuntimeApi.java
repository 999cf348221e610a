package edu.cumc.aou.lambda;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lambda's Runtime API on this machine: hands out events and takes answers. Thread-safe. */
final class RuntimeApi implements AutoCloseable {

  private static final String ROOT = "/2018-06-01/runtime/";
  private static final Pattern FINISHED = Pattern.compile("invocation/([^/]+)/(response|error)");

  private final BlockingQueue<Invocation> waiting = new LinkedBlockingQueue<>();
  private final Map<String, Invocation> running = new ConcurrentHashMap<>();
  private final CompletableFuture<String> initError = new CompletableFuture<>();
  private final AtomicInteger requests = new AtomicInteger();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpServer server;

  /** What the function made of an event: its answer, or the document of its error. */
  record Outcome(boolean failed, String body) {}

  private record Invocation(
      String id, String event, Duration left, CompletableFuture<Outcome> outcome) {}

  RuntimeApi() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext(ROOT, this::serve);
    server.start();
  }

  /** What {@code AWS_LAMBDA_RUNTIME_API} is to say. */
  String address() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  /** Queues an event; the outcome comes when the function has answered. */
  CompletableFuture<Outcome> invoke(String event, Duration left) {
    String id = "00000000-0000-4000-8000-%012d".formatted(requests.incrementAndGet());
    Invocation invocation = new Invocation(id, event, left, new CompletableFuture<>());
    waiting.add(invocation);
    return invocation.outcome();
  }

  /** The document with which the function said that it cannot be made. */
  CompletableFuture<String> initError() {
    return initError;
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath().substring(ROOT.length());
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      if (path.equals("invocation/next")) {
        next(exchange);
      } else if (path.equals("init/error")) {
        initError.complete(body);
        accepted(exchange);
      } else {
        Matcher finished = FINISHED.matcher(path);
        accepted(exchange);
        if (finished.matches()) {
          boolean failed = finished.group(2).equals("error");
          running.remove(finished.group(1)).outcome().complete(new Outcome(failed, body));
        }
      }
    }
  }

  private void next(HttpExchange exchange) throws IOException {
    Invocation invocation;
    try {
      invocation = waiting.take();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    }
    running.put(invocation.id(), invocation);
    long deadline = System.currentTimeMillis() + invocation.left().toMillis();
    var headers = exchange.getResponseHeaders();
    headers.set("Content-Type", "application/json");
    headers.set("Lambda-Runtime-Aws-Request-Id", invocation.id());
    headers.set("Lambda-Runtime-Deadline-Ms", String.valueOf(deadline));
    headers.set(
        "Lambda-Runtime-Invoked-Function-Arn",
        "arn:aws:lambda:us-east-1:123456789012:function:aou-sync");
    headers.set("Lambda-Runtime-Trace-Id", "Root=1-00000000-000000000000000000000000");
    send(exchange, 200, invocation.event());
  }

  /** The runtime client takes nothing but 202 for an error. */
  private static void accepted(HttpExchange exchange) throws IOException {
    send(exchange, 202, "{\"status\":\"OK\"}");
  }

  private static void send(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  @Override
  public void close() {
    threads.shutdownNow();
    server.stop(0);
  }
}
