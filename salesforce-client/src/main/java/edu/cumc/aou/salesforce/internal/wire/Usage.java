package edu.cumc.aou.salesforce.internal.wire;

import edu.cumc.aou.salesforce.ApiUsage;
import edu.cumc.aou.salesforce.CallKind;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Counts requests and remembers what Salesforce said about the org's allowance. Thread-safe. */
public final class Usage {

  private static final Pattern API_USAGE =
      Pattern.compile("(?:^|[;,\\s])api-usage=([0-9]{1,18})/([0-9]{1,18})");

  /** After this time the rolling day may have freed calls: one call is spent to find out. */
  private static final Duration STALE = Duration.ofMinutes(5);

  private final Map<CallKind, AtomicLong> requests = new EnumMap<>(CallKind.class);
  private final Map<CallKind, AtomicLong> repeats = new EnumMap<>(CallKind.class);
  private final Clock clock;
  private volatile @Nullable Stated stated;
  private volatile @Nullable Dated dated;

  /** Salesforce's statement, and its time. */
  private record Stated(long used, long max, Instant at) {}

  /** Salesforce's time in an answer, and the local time then. */
  private record Dated(String date, Instant at) {}

  public Usage(Clock clock) {
    this.clock = clock;
    for (CallKind kind : CallKind.values()) {
      requests.put(kind, new AtomicLong());
      repeats.put(kind, new AtomicLong());
    }
  }

  public void sent(CallKind kind) {
    requests.computeIfAbsent(kind, k -> new AtomicLong()).incrementAndGet();
  }

  /** The next request repeats a failed one. */
  public void repeated(CallKind kind) {
    repeats.computeIfAbsent(kind, k -> new AtomicLong()).incrementAndGet();
  }

  /** Reads a {@code Sforce-Limit-Info} header. */
  public void heard(String limitInfo) {
    Matcher matcher = API_USAGE.matcher(limitInfo);
    if (matcher.find()) {
      stated =
          new Stated(
              Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2)), clock.instant());
    }
  }

  /** Remembers a {@code Date} header. */
  public void dated(String date) {
    dated = new Dated(date, clock.instant());
  }

  /** Salesforce's time in her last answer, if that is recent enough. */
  public Optional<Instant> heardTime(Duration age) {
    Dated last = dated;
    if (last == null) {
      return Optional.empty();
    }
    Duration since = Duration.between(last.at, clock.instant());
    return since.isNegative() || since.compareTo(age) > 0
        ? Optional.empty()
        : Headers.date(last.date);
  }

  /** Whether no more than the reserve is left. */
  public boolean isWithinReserve(long reserve) {
    Stated last = stated;
    return reserve > 0
        && last != null
        && last.max - last.used <= reserve
        && Duration.between(last.at, clock.instant()).compareTo(STALE) < 0;
  }

  /** Whether Salesforce has said that the day's calls are used up. */
  public boolean isUsedUp() {
    Stated last = stated;
    return last == null || last.used >= last.max;
  }

  public ApiUsage snapshot() {
    Stated last = stated;
    return new ApiUsage(
        counts(requests),
        counts(repeats),
        last == null ? OptionalLong.empty() : OptionalLong.of(last.used),
        last == null ? OptionalLong.empty() : OptionalLong.of(last.max));
  }

  private static Map<CallKind, Long> counts(Map<CallKind, AtomicLong> counters) {
    Map<CallKind, Long> counts = new EnumMap<>(CallKind.class);
    counters.forEach((kind, count) -> counts.put(kind, count.get()));
    return counts;
  }
}
