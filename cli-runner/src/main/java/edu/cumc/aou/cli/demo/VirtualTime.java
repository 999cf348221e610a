package edu.cumc.aou.cli.demo;

import edu.cumc.aou.sync.port.Pause;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** Time that stands still until a caller waits: a night passes in no time. Thread-safe. */
public final class VirtualTime extends Clock implements Pause {

  private final Hands hands;
  private final ZoneId zone;

  /** Starts at a moment. */
  public VirtualTime(Instant start) {
    this(new Hands(start), ZoneOffset.UTC);
  }

  private VirtualTime(Hands hands, ZoneId zone) {
    this.hands = hands;
    this.zone = zone;
  }

  @Override
  public void forDuration(Duration duration) {
    hands.forward(duration);
  }

  /** Moves on to a moment; does nothing if that is past. */
  public void advanceTo(Instant moment) {
    hands.advanceTo(moment);
  }

  @Override
  public Instant instant() {
    return hands.now();
  }

  @Override
  public ZoneId getZone() {
    return zone;
  }

  /** The same time in another zone; both move together. */
  @Override
  public Clock withZone(ZoneId other) {
    return new VirtualTime(hands, other);
  }

  /** What clocks of several zones share. */
  private static final class Hands {
    private Instant now;

    Hands(Instant start) {
      now = start;
    }

    synchronized Instant now() {
      return now;
    }

    synchronized void forward(Duration duration) {
      now = now.plus(duration);
    }

    synchronized void advanceTo(Instant moment) {
      if (moment.isAfter(now)) {
        now = moment;
      }
    }
  }
}
