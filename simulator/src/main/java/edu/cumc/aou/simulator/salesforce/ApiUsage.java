package edu.cumc.aou.simulator.salesforce;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.TreeMap;

/**
 * The API calls of the last 24 hours, counted by the hour, against the daily limit. Thread-safe.
 */
final class ApiUsage {
  private static final int HOURS = 24;

  private final Clock clock;
  private final int limit;
  private final TreeMap<Instant, Integer> byHour = new TreeMap<>();

  ApiUsage(Clock clock, int limit) {
    this.clock = clock;
    this.limit = limit;
  }

  /**
   * Counts one call.
   *
   * @throws ApiException if the limit is used up
   */
  synchronized void count() {
    if (used() >= limit) {
      throw ApiException.of(403, "REQUEST_LIMIT_EXCEEDED", "TotalRequests Limit exceeded.");
    }
    byHour.merge(clock.instant().truncatedTo(ChronoUnit.HOURS), 1, Integer::sum);
  }

  synchronized int used() {
    byHour.headMap(clock.instant().minus(HOURS, ChronoUnit.HOURS), true).clear();
    return byHour.values().stream().mapToInt(Integer::intValue).sum();
  }

  int limit() {
    return limit;
  }

  /** The value of the header {@code Sforce-Limit-Info}. */
  String header() {
    return "api-usage=" + used() + "/" + limit;
  }
}
