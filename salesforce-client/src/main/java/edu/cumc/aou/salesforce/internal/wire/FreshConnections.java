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
 * Drops kept connections after a pause, by the wall clock. After a process was halted its
 * connections are dead, and nothing tells it: a request would wait for its whole answer timeout,
 * and a create would be in doubt. A new connection costs less than a check. It does the same after
 * a connection broke, so that a repeat gets a working one. Thread-safe.
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
