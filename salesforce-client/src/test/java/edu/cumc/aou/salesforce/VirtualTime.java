package edu.cumc.aou.salesforce;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;

/** A clock that moves only when the code waits. Remembers the waits. */
public final class VirtualTime extends Clock {

  private final List<Duration> waits = new CopyOnWriteArrayList<>();
  private volatile Instant now = Instant.parse("2026-03-02T06:00:00Z");

  public Surroundings surroundings() {
    return new Surroundings(this, this::pass, new Random(7));
  }

  public List<Duration> waits() {
    return waits;
  }

  public synchronized void pass(Duration duration) {
    waits.add(duration);
    now = now.plus(duration);
  }

  @Override
  public Instant instant() {
    return now;
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    throw new UnsupportedOperationException();
  }
}
