package edu.cumc.aou.simulator.salesforce.http;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.TreeMap;

/**
 * The use of a daily limit in the last 24 hours, counted by the hour: API calls, batches or jobs.
 * Thread-safe.
 */
public final class DailyLimit {
  private static final int HOURS = 24;

  private final Clock clock;
  private final int limit;
  private final String text;
  private final TreeMap<Instant, Integer> byHour = new TreeMap<>();

  /**
   * Starts counting.
   *
   * @param text the message when the limit is used up
   */
  public DailyLimit(Clock clock, int limit, String text) {
    this.text = text;
    this.clock = clock;
    this.limit = limit;
  }

  /**
   * Counts one.
   *
   * @throws ApiException if the limit is used up
   */
  public synchronized void count() {
    if (used() >= limit) {
      throw ApiException.of(403, "REQUEST_LIMIT_EXCEEDED", text);
    }
    byHour.merge(clock.instant().truncatedTo(ChronoUnit.HOURS), 1, Integer::sum);
  }

  public synchronized int used() {
    byHour.headMap(clock.instant().minus(HOURS, ChronoUnit.HOURS), true).clear();
    return byHour.values().stream().mapToInt(Integer::intValue).sum();
  }

  public int limit() {
    return limit;
  }

  /** The value of the header {@code Sforce-Limit-Info}. */
  public String header() {
    return "api-usage=" + used() + "/" + limit;
  }
}
