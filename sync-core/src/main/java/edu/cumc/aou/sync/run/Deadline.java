package edu.cumc.aou.sync.run;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Says whether there is time for another batch. Not thread-safe. */
public final class Deadline {

  private static final Duration LEAST = Duration.ofSeconds(60);

  private final @Nullable Instant end;
  private final Clock clock;
  private Duration slowest = Duration.ZERO;

  /** {@code end}: null for no deadline. */
  public Deadline(@Nullable Instant end, Clock clock) {
    this.end = end;
    this.clock = clock;
  }

  /** Remembers how long a batch took. */
  void took(Duration duration) {
    if (duration.compareTo(slowest) > 0) {
      slowest = duration;
    }
  }

  /** Throws unless a minute, or twice the slowest batch so far, is left. */
  void checkTimeForBatch() {
    checkTimeFor(slowest.multipliedBy(2));
  }

  /** Throws unless that long, and at least a minute, is left. */
  void checkTimeFor(Duration duration) {
    Duration needed = duration.compareTo(LEAST) > 0 ? duration : LEAST;
    if (end != null && clock.instant().plus(needed).isAfter(end)) {
      throw new DeadlineReachedException();
    }
  }

  /** Whether that long, and at least a minute after it, is left. */
  boolean allows(Duration duration) {
    return end == null || !clock.instant().plus(duration).plus(LEAST).isAfter(end);
  }
}
