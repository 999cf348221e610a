package edu.cumc.aou.simulator.salesforce.http;

import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The requests to the simulator; remembers the last ones, counts all and reports each to a
 * listener, in order. Thread-safe.
 */
public final class RequestLog {
  private static final int REMEMBERED = 10_000;

  /** Fewer, because they hold bodies. */
  private static final int REMEMBERED_WITH_VALUES = 1_000;

  private final Clock clock;
  private final Consumer<LoggedRequest> listener;
  private final boolean withValues;
  private final Deque<LoggedRequest> last = new ArrayDeque<>();
  private final Map<String, Integer> counts = new TreeMap<>();
  private final Map<Integer, Integer> statuses = new TreeMap<>();
  private long number;
  private int apiCalls;

  public RequestLog(Clock clock, Consumer<LoggedRequest> listener, boolean withValues) {
    this.withValues = withValues;
    this.clock = clock;
    this.listener = listener;
  }

  /**
   * Notes an answered request.
   *
   * @param template the path with placeholders
   * @param counted whether it counted against the daily limit
   * @param exchange what was sent in both directions; only called if it is to be kept
   */
  public synchronized void add(
      String method,
      String template,
      int status,
      Optional<String> fault,
      boolean counted,
      Supplier<Exchange> exchange) {
    number++;
    LoggedRequest request =
        new LoggedRequest(
            number,
            clock.instant().truncatedTo(ChronoUnit.MILLIS),
            method,
            template,
            status,
            fault,
            withValues ? Optional.of(exchange.get()) : Optional.empty());
    if (last.size() == (withValues ? REMEMBERED_WITH_VALUES : REMEMBERED)) {
      last.removeFirst();
    }
    last.addLast(request);
    counts.merge(method + " " + template, 1, Integer::sum);
    statuses.merge(status, 1, Integer::sum);
    if (counted) {
      apiCalls++;
    }
    listener.accept(request);
  }

  public synchronized List<LoggedRequest> requests() {
    return List.copyOf(last);
  }

  /** The number of requests by method and path, in the order of their names. */
  public synchronized Map<String, Integer> counts() {
    return Collections.unmodifiableMap(new TreeMap<>(counts));
  }

  public synchronized Map<Integer, Integer> statuses() {
    return Collections.unmodifiableMap(new TreeMap<>(statuses));
  }

  public synchronized int apiCalls() {
    return apiCalls;
  }

  public synchronized void reset() {
    last.clear();
    counts.clear();
    statuses.clear();
    apiCalls = 0;
  }
}
