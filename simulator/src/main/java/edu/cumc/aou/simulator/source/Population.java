package edu.cumc.aou.simulator.source;

/** How many people there are on each day, numbered in the order of signing up. Immutable. */
final class Population {
  private static final double NEW_AT_LEAST = 0.0012;
  private static final double NEW_SPREAD = 0.0016;

  private final Draw draw;
  private final int participants;

  Population(Draw draw, int participants) {
    this.draw = draw;
    this.participants = participants;
  }

  int newcomers(int day) {
    if (day == 1) {
      return participants;
    }
    double share = NEW_AT_LEAST + NEW_SPREAD * draw.unit(day, Draw.Topic.NEWCOMERS, 0);
    return Math.max(1, (int) Math.round(participants * share));
  }
}
