package edu.cumc.aou.sync.testing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that stands still until a test moves it. Thread-safe. */
public final class VirtualClock extends Clock {

  /** Where a clock starts when nobody says otherwise: a Tuesday morning, whole seconds. */
  public static final Instant START = Instant.parse("2026-03-03T06:00:00Z");

  private final AtomicReference<Instant> now;
  private final ZoneId zone;

  public VirtualClock() {
    this(START);
  }

  public VirtualClock(Instant start) {
    this(new AtomicReference<>(start), ZoneOffset.UTC);
  }

  private VirtualClock(AtomicReference<Instant> now, ZoneId zone) {
    this.now = now;
    this.zone = zone;
  }

  /** Moves the clock; throws {@link IllegalArgumentException} when asked to move it back. */
  public void advance(Duration duration) {
    if (duration.isNegative()) {
      throw new IllegalArgumentException("a clock does not go back");
    }
    now.updateAndGet(i -> i.plus(duration));
  }

  @Override
  public Instant instant() {
    return now.get();
  }

  @Override
  public ZoneId getZone() {
    return zone;
  }

  /** The same clock, seen from another zone: moving one moves both. */
  @Override
  public Clock withZone(ZoneId other) {
    return new VirtualClock(now, other);
  }
}
