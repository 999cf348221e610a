package edu.cumc.aou.salesforce.internal.wire;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.util.TimeValue;

/**
 * Lets go of kept connections after a pause, by the clock on the wall. A process that was halted
 * finds its connections dead and is not told: a request would wait for its whole answer timeout,
 * and a create would be in doubt. A new connection costs less than to ask. The same after a
 * connection broke: what is repeated finds one that works. Thread-safe.
 */
final class FreshConnections implements ExecChainHandler {

  /** Shorter than routers and servers forget a connection, longer than most pauses of a load. */
  private static final Duration KEPT = Duration.ofSeconds(5);

  private final PoolingHttpClientConnectionManager connections;
  private final Clock clock;
  private volatile Instant lastUse;

  FreshConnections(PoolingHttpClientConnectionManager connections, Clock clock) {
    this.connections = connections;
    this.clock = clock;
    lastUse = clock.instant();
  }

  @Override
  public ClassicHttpResponse execute(
      ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
      throws IOException, HttpException {
    if (Duration.between(lastUse, clock.instant()).compareTo(KEPT) > 0) {
      connections.closeIdle(TimeValue.ZERO_MILLISECONDS);
    }
    try {
      return chain.proceed(request, scope);
    } catch (IOException e) {
      connections.closeIdle(TimeValue.ZERO_MILLISECONDS);
      throw e;
    } finally {
      lastUse = clock.instant();
    }
  }
}
