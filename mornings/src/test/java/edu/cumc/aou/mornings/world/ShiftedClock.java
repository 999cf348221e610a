package edu.cumc.aou.mornings.world;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;

/** The clock of one machine, which can go wrong while those of all others go on. */
public final class ShiftedClock extends Clock {

  private Clock right;
  private Duration by = Duration.ZERO;

  public ShiftedClock(Clock right) {
    this.right = right;
  }

  /** Goes wrong by so much from now on. */
  public void shift(Duration other) {
    by = other;
  }

  /** Goes as another clock goes from now on, and goes right. */
  void follow(Clock other) {
    right = other;
    by = Duration.ZERO;
  }

  @Override
  public Instant instant() {
    return right.instant().plus(by);
  }

  @Override
  public ZoneId getZone() {
    return right.getZone();
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return right.withZone(zone);
  }
}
