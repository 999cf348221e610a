package edu.cumc.aou.simulator.salesforce.http;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import java.util.zip.GZIPOutputStream;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** Receives requests and sends answers, whole or broken. Thread-safe; closed by the simulator. */
public final class HttpServer implements AutoCloseable {
  private static final String HOST = "127.0.0.1";

  /** More than the API accepts, so that the API refuses a longer request, and not the server. */
  private static final int MAX_HEADERS = 128 * 1024;

  private static final int BUFFER = 64 * 1024;

  /** A shorter body is not worth compressing. */
  private static final int GZIP_FROM = 32;

  /** A stalled answer stays as long as its client is patient. */
  private static final Duration IDLE = Duration.ofHours(1);

  private final Server server;
  private final ServerConnector connector;
  private final Function<Call, Answer> handler;
  private final Clock clock;
  private final String scheme;
  private final CountDownLatch closing = new CountDownLatch(1);

  private HttpServer(
      Function<Call, Answer> handler, int port, Clock clock, Optional<ServerKey> key) {
    this.scheme = key.isPresent() ? "https" : "http";
    this.handler = handler;
    this.clock = clock;
    QueuedThreadPool threads = new QueuedThreadPool();
    threads.setName("simulator");
    threads.setDaemon(true);
    this.server = new Server(threads);
    HttpConfiguration http = new HttpConfiguration();
    http.setRequestHeaderSize(MAX_HEADERS);
    // The org has one clock, and clients take its time from this header.
    http.setSendDateHeader(false);
    http.setSendServerVersion(false);
    // External ids appear in paths unchanged, with slashes and dots.
    http.setUriCompliance(UriCompliance.UNSAFE);
    HttpConnectionFactory plain = new HttpConnectionFactory(http);
    this.connector =
        key.map(made -> new ServerConnector(server, encrypted(made, plain), plain))
            .orElseGet(() -> new ServerConnector(server, plain));
    connector.setHost(HOST);
    connector.setPort(port);
    connector.setIdleTimeout(IDLE.toMillis());
    server.addConnector(connector);
    // Stalled answers must not delay the stop.
    server.setStopTimeout(0);
    server.setHandler(new Exchange());
  }

  private static SslConnectionFactory encrypted(ServerKey key, HttpConnectionFactory plain) {
    SslContextFactory.Server tls = new SslContextFactory.Server();
    tls.setKeyStore(key.store());
    tls.setKeyStorePassword(ServerKey.PASSWORD);
    return new SslConnectionFactory(tls, plain.getProtocol());
  }

  /**
   * Starts serving.
   *
   * @param port the port, 0 for any free one
   * @param key encrypts connections; empty for plain ones
   */
  public static HttpServer start(
      Function<Call, Answer> handler, int port, Clock clock, Optional<ServerKey> key) {
    HttpServer server = new HttpServer(handler, port, clock, key);
    try {
      server.server.start();
      return server;
    } catch (Exception e) {
      server.close();
      throw new SalesforceSimulatorException(
          "The simulator cannot listen on port "
              + port
              + "; stop what listens there or choose another port (0 takes any that is free)",
          e);
    }
  }

  public String url() {
    return scheme + "://" + HOST + ":" + connector.getLocalPort();
  }

  /** Stops serving. */
  @Override
  public void close() {
    closing.countDown();
    try {
      server.stop();
    } catch (Exception e) {
      throw new SalesforceSimulatorException("The simulator does not stop as it should", e);
    }
  }

  /** One request and its answer, in the thread of the request. */
  private final class Exchange extends Handler.Abstract {
    @Override
    public boolean handle(Request request, Response response, Callback callback)
        throws IOException {
      Answer answer = answer(request);
      response.getHeaders().put(HttpHeader.DATE, HttpDate.text(clock.instant()));
      response.setStatus(answer.status());
      answer.headers().forEach(response.getHeaders()::put);
      if (!answer.contentType().isEmpty()) {
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, answer.contentType());
      }
      switch (answer.delivery()) {
        case WHOLE -> send(request, response, answer);
        case RESET -> reset(endPoint(request));
        case TRUNCATED -> {
          if (answer.isEmpty()) {
            reset(endPoint(request));
          } else {
            sendHalf(response, answer);
            endPoint(request).close();
          }
        }
        case STALLED -> {
          sendHalf(response, answer);
          awaitClosing();
          endPoint(request).close();
        }
      }
      callback.succeeded();
      return true;
    }

    private Answer answer(Request request) throws IOException {
      try {
        return handler.apply(call(request));
      } catch (ApiException e) {
        return Answer.error(e);
      }
    }

    private static Call call(Request request) throws IOException {
      Map<String, String> headers = new HashMap<>();
      for (HttpField field : request.getHeaders()) {
        headers.putIfAbsent(
            field.getLowerCaseName(), Optional.ofNullable(field.getValue()).orElse(""));
      }
      try (InputStream body = Content.Source.asInputStream(request)) {
        return Call.received(
            request.getMethod(),
            Optional.ofNullable(request.getHttpURI().getPath()).orElse("/"),
            Optional.ofNullable(request.getHttpURI().getQuery()).orElse(""),
            headers,
            body.readNBytes(Call.MAX_BODY));
      }
    }

    private static void send(Request request, Response response, Answer answer) throws IOException {
      if (answer.isEmpty()) {
        return;
      }
      String encodings =
          Optional.ofNullable(request.getHeaders().get(HttpHeader.ACCEPT_ENCODING)).orElse("");
      if (answer.json().isMissingNode()) {
        // It may be large, and is written while it is made.
        sendStream(response, answer, encodings.contains("gzip"));
        return;
      }
      byte[] body = answer.body();
      if (encodings.contains("gzip") && body.length >= GZIP_FROM) {
        sendStream(response, answer, true);
      } else {
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
        try (OutputStream out = Content.Sink.asOutputStream(response)) {
          out.write(body);
        }
      }
    }

    private static void sendStream(Response response, Answer answer, boolean zipped)
        throws IOException {
      if (zipped) {
        response.getHeaders().put(HttpHeader.CONTENT_ENCODING, "gzip");
      }
      OutputStream plain = new BufferedOutputStream(Content.Sink.asOutputStream(response), BUFFER);
      try (OutputStream out = zipped ? new GZIPOutputStream(plain, BUFFER) : plain) {
        answer.writeTo(out);
      }
    }

    /** Sends the length of the whole body, but only half of it. */
    private static void sendHalf(Response response, Answer answer) throws IOException {
      byte[] body = answer.body();
      response.getHeaders().put(HttpHeader.CONTENT_LENGTH, Math.max(2, body.length));
      OutputStream out = Content.Sink.asOutputStream(response);
      out.write(body, 0, body.length / 2);
      out.flush();
    }

    private static EndPoint endPoint(Request request) {
      return request.getConnectionMetaData().getConnection().getEndPoint();
    }

    private static void reset(EndPoint endPoint) throws IOException {
      Object transport = endPoint.getTransport();
      if (transport instanceof EndPoint below) {
        // An encrypted connection lies on a plain one.
        transport = below.getTransport();
      }
      if (transport instanceof SocketChannel socket) {
        // Without lingering the close is sent as a reset.
        socket.setOption(StandardSocketOptions.SO_LINGER, 0);
        socket.close();
      }
      endPoint.close();
    }

    private void awaitClosing() {
      try {
        closing.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
