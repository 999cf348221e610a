package edu.cumc.aou.mornings.life;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;

/** The clock of one machine, which can go wrong while those of all others go on. */
final class ShiftedClock extends Clock {

  private final Clock right;
  private Duration by = Duration.ZERO;

  ShiftedClock(Clock right) {
    this.right = right;
  }

  void shift(Duration other) {
    by = other;
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
