package edu.cumc.aou.salesforce.internal.wire;

import edu.cumc.aou.salesforce.ProxySettings;
import edu.cumc.aou.salesforce.SalesforceException;
import edu.cumc.aou.salesforce.SalesforceSettings;
import edu.cumc.aou.salesforce.Surroundings;
import feign.Client;
import feign.Request;
import feign.hc5.ApacheHttp5Client;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.zip.GZIPInputStream;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.cookie.CookieSpecFactory;
import org.apache.hc.client5.http.entity.DeflateInputStreamFactory;
import org.apache.hc.client5.http.entity.InputStreamFactory;
import org.apache.hc.client5.http.impl.ChainElement;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.config.RegistryBuilder;
import org.apache.hc.core5.http.io.HttpClientResponseHandler;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The HTTP client under Feign: kept connections, compressed answers, no redirects, no cookies, and
 * no repeats, because the gateway repeats. It is made in a thread of its own. Thread-safe; the
 * owner closes it.
 */
public final class HttpTransport implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(HttpTransport.class);

  /** A page of 2,000 wide records has a few MB; a small heap still bears this much. */
  private static final int MOST_BYTES = 64 * 1024 * 1024;

  private static final int CONNECTIONS = 16;
  private static final int GZIP_BUFFER = 16 * 1024;

  private final Soon<CloseableHttpClient> http;
  private final ScheduledThreadPoolExecutor timer;
  private final Request.Options options;

  /**
   * A client of its own.
   *
   * @param surroundings its clock tells when connections are too old, its carrier answers in place
   *     of the network
   * @throws SalesforceException if the file of trusted certificates cannot be used
   */
  public HttpTransport(SalesforceSettings settings, Surroundings surroundings) {
    timer =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, "salesforce-answer-deadline");
              thread.setDaemon(true);
              return thread;
            });
    timer.setRemoveOnCancelPolicy(true);
    options =
        new Request.Options(
            settings.connectTimeout().toMillis(),
            TimeUnit.MILLISECONDS,
            settings.answerTimeout().toMillis(),
            TimeUnit.MILLISECONDS,
            false);
    Optional<SSLContext> trusted = settings.trust().map(TrustedCertificates::context);
    http =
        new Soon<>("salesforce-http", () -> made(settings, surroundings, trusted, timer), h -> {});
  }

  private static CloseableHttpClient made(
      SalesforceSettings settings,
      Surroundings surroundings,
      Optional<SSLContext> trusted,
      ScheduledThreadPoolExecutor timer) {
    Timeout connect = Timeout.of(settings.connectTimeout());
    Timeout answer = Timeout.of(settings.answerTimeout());
    PoolingHttpClientConnectionManagerBuilder pool =
        PoolingHttpClientConnectionManagerBuilder.create()
            .setDefaultSocketConfig(
                // A server that accepted a request and then vanished is noticed within half a
                // minute, and no router forgets a connection while Salesforce works.
                SocketConfig.custom()
                    .setSoKeepAlive(true)
                    .setTcpKeepIdle(15)
                    .setTcpKeepInterval(5)
                    .setTcpKeepCount(3)
                    .build())
            .setMaxConnTotal(CONNECTIONS)
            .setMaxConnPerRoute(CONNECTIONS)
            .setDefaultConnectionConfig(
                ConnectionConfig.custom()
                    .setConnectTimeout(connect)
                    .setSocketTimeout(answer)
                    // A kept connection that the server has closed would look like a lost answer;
                    // some servers close one after a refusal without saying so. The check costs a
                    // millisecond of a call that takes a hundred.
                    .setValidateAfterInactivity(TimeValue.ZERO_MILLISECONDS)
                    .setTimeToLive(TimeValue.ofMinutes(5))
                    .build());
    pool.setTlsSocketStrategy(
        new LazyTls(
            trusted
                .<Supplier<TlsSocketStrategy>>map(tls -> () -> new DefaultClientTlsStrategy(tls))
                .orElse(DefaultClientTlsStrategy::createDefault)));
    PoolingHttpClientConnectionManager connections = pool.build();
    HttpClientBuilder builder =
        HttpClients.custom()
            .setConnectionManager(connections)
            .setDefaultRequestConfig(
                // An offer to upgrade to TLS within plain http confuses some servers.
                RequestConfig.custom().setProtocolUpgradeEnabled(false).build())
            .disableAutomaticRetries()
            .disableRedirectHandling()
            .disableCookieManagement()
            // Unused; the default one reads a list of ten thousand domains.
            .setDefaultCookieSpecRegistry(RegistryBuilder.<CookieSpecFactory>create().build())
            .disableAuthCaching()
            .disableConnectionState()
            .evictIdleConnections(TimeValue.ofSeconds(30))
            .setUserAgent(settings.clientName())
            .addExecInterceptorFirst(
                "answer-deadline", new AnswerDeadline(settings.answerTimeout(), MOST_BYTES, timer))
            .addExecInterceptorFirst(
                "fresh-connections", new FreshConnections(connections, surroundings.clock()));
    Optional<ProxySettings> proxy = settings.proxy();
    if (proxy.isPresent()) {
      builder.setProxy(new HttpHost("http", proxy.get().host(), proxy.get().port()));
      Tunnel.watch(builder);
    }
    surroundings
        .carrier()
        .ifPresent(
            c ->
                builder.addExecInterceptorBefore(
                    ChainElement.CONNECT.name(), "carrier", new CarriedRequests(c)));
    decode(builder);
    return builder.build();
  }

  /** The default decoders, without the search through every jar for a library of Brotli. */
  private static void decode(HttpClientBuilder builder) {
    LinkedHashMap<String, InputStreamFactory> decoders = new LinkedHashMap<>();
    // Each read of few bytes would also set a timer.
    InputStreamFactory gzip = in -> new GZIPInputStream(in, GZIP_BUFFER);
    decoders.put("gzip", gzip);
    decoders.put("x-gzip", gzip);
    decoders.put("deflate", DeflateInputStreamFactory.getInstance());
    builder.setContentDecoderRegistry(decoders);
  }

  public Client client() {
    Supplier<Client> client = new OnFirstUse<>(() -> new ApacheHttp5Client(http.get()));
    return (request, options) -> client.get().execute(request, options);
  }

  /** Sends a body that Feign would hold in memory as a whole. */
  public <T> T send(ClassicHttpRequest request, HttpClientResponseHandler<T> handler)
      throws IOException {
    return http.get().execute(request, handler);
  }

  public Request.Options options() {
    return options;
  }

  @Override
  public void close() {
    timer.shutdownNow();
    try {
      http.get().close();
    } catch (IOException e) {
      LOG.debug("closing the connections failed: {}", e.getClass().getSimpleName());
    }
  }
}
