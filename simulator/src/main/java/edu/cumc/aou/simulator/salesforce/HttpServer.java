package edu.cumc.aou.simulator.salesforce;

import io.javalin.Javalin;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.router.Endpoint;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.zip.GZIPInputStream;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.server.Request;

/** Receives requests and sends answers, whole or broken. Thread-safe; closed by the simulator. */
final class HttpServer implements AutoCloseable {
  private static final String HOST = "127.0.0.1";
  private static final List<HandlerType> METHODS =
      List.of(
          HandlerType.GET,
          HandlerType.POST,
          HandlerType.PUT,
          HandlerType.PATCH,
          HandlerType.DELETE);

  /** More than any resource takes, so that the resource and not the server refuses it. */
  private static final int MAX_BODY = 150_000_000;

  private static final DateTimeFormatter HTTP_DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
          .withZone(ZoneOffset.UTC);

  /** More than the API takes, so that the API and not the server refuses what is too long. */
  private static final int MAX_HEADERS = 128 * 1024;

  private final Javalin javalin;
  private final Gateway gateway;
  private final Clock clock;
  private final CountDownLatch closing = new CountDownLatch(1);

  private HttpServer(Gateway gateway, Clock clock) {
    this.gateway = gateway;
    this.clock = clock;
    this.javalin =
        Javalin.create(
            config -> {
              config.showJavalinBanner = false;
              config.startupWatcherEnabled = false;
              config.http.maxRequestSize = MAX_BODY;
              config.http.gzipOnlyCompression();
              config.jetty.modifyHttpConfiguration(
                  http -> {
                    http.setRequestHeaderSize(MAX_HEADERS);
                    // the org has one clock, and clients take its time from this header
                    http.setSendDateHeader(false);
                  });
              // answers that stall on purpose must not delay the stop
              config.jetty.modifyServer(server -> server.setStopTimeout(0));
            });
    METHODS.forEach(method -> javalin.addEndpoint(new Endpoint(method, "/*", this::handle)));
  }

  /**
   * Starts to serve.
   *
   * @param port the port, 0 for any that is free
   */
  static HttpServer start(Gateway gateway, int port, Clock clock) {
    HttpServer server = new HttpServer(gateway, clock);
    try {
      server.javalin.start(HOST, port);
      return server;
    } catch (RuntimeException e) {
      server.close();
      throw new SalesforceSimulatorException(
          "The simulator cannot listen on port "
              + port
              + "; stop what listens there or choose another port (0 takes any that is free)",
          e);
    }
  }

  String url() {
    return "http://" + HOST + ":" + javalin.port();
  }

  private void handle(Context context) throws IOException {
    Answer answer;
    context.header("Date", HTTP_DATE.format(clock.instant()));
    try {
      answer = gateway.answer(call(context));
    } catch (ApiException e) {
      answer = Answer.error(e);
    }
    switch (answer.delivery()) {
      case WHOLE -> send(context, answer);
      case RESET -> reset(context);
      case TRUNCATED -> {
        sendHalf(context, answer);
        endPoint(context).close();
      }
      case STALLED -> {
        sendHalf(context, answer);
        awaitClosing();
        endPoint(context).close();
      }
    }
  }

  private static Call call(Context context) {
    Map<String, String> headers = new HashMap<>();
    context.headerMap().forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), value));
    String query = Optional.ofNullable(context.queryString()).orElse("");
    byte[] body = inflated(context.bodyAsBytes(), headers.getOrDefault("content-encoding", ""));
    return new Call(
        context.method().name(),
        context.req().getRequestURI(),
        query,
        headers,
        new String(body, StandardCharsets.UTF_8),
        Map.of(),
        Optional.empty(),
        Optional.empty());
  }

  private static byte[] inflated(byte[] body, String encoding) {
    if (!encoding.equalsIgnoreCase("gzip")) {
      return body;
    }
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(body))) {
      return in.readNBytes(MAX_BODY);
    } catch (IOException e) {
      throw ApiException.of(400, "BAD_REQUEST", "The body is not properly gzipped");
    }
  }

  private static void send(Context context, Answer answer) throws IOException {
    context.status(answer.status());
    answer.headers().forEach(context::header);
    if (!answer.contentType().isEmpty()) {
      context.contentType(answer.contentType());
    }
    if (answer.json().isMissingNode() && !answer.isEmpty()) {
      answer.writeTo(context.outputStream());
    } else if (!answer.isEmpty()) {
      context.result(answer.body());
    }
  }

  /** Sends the length of the whole body, but only half of it. */
  private static void sendHalf(Context context, Answer answer) throws IOException {
    byte[] body = answer.body();
    HttpServletResponse response = context.res();
    response.setStatus(answer.status());
    answer.headers().forEach(response::setHeader);
    response.setContentType(answer.contentType());
    response.setContentLength(Math.max(2, body.length));
    response.getOutputStream().write(body, 0, body.length / 2);
    response.flushBuffer();
  }

  private static void reset(Context context) throws IOException {
    EndPoint endPoint = endPoint(context);
    if (endPoint instanceof SocketChannelEndPoint socket) {
      // without lingering the close is sent as a reset
      socket.getChannel().setOption(StandardSocketOptions.SO_LINGER, 0);
    }
    endPoint.close();
  }

  private static EndPoint endPoint(Context context) {
    return Request.getBaseRequest(context.req()).getHttpChannel().getEndPoint();
  }

  private void awaitClosing() {
    try {
      closing.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Stops to serve. */
  @Override
  public void close() {
    closing.countDown();
    javalin.stop();
  }
}
