package edu.cumc.aou.simulator.source;

import java.time.LocalDate;

/**
 * Which people, and which day of their lives, a {@link SourceSimulator} writes.
 *
 * @param seed chooses the people; any number
 * @param participants how many had signed up by day 1, from 1 to {@value #MAX_PARTICIPANTS}; those
 *     who sign up later come on top
 * @param day the day to write, from 1 to {@value #MAX_DAY}
 * @param dirty whether to plant a fixed set of malformed rows among the people
 */
public record SourceOptions(long seed, int participants, int day, boolean dirty) {
  /** The most people a source can start with. */
  public static final int MAX_PARTICIPANTS = 5_000_000;

  /** The last day that can be written: ten years. */
  public static final int MAX_DAY = 3650;

  static final LocalDate DAY_ONE = LocalDate.of(2026, 1, 5);

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if {@code participants} or {@code day} is out of range
   */
  public SourceOptions {
    if (participants < 1 || participants > MAX_PARTICIPANTS) {
      throw new IllegalArgumentException(
          "participants must be from 1 to " + MAX_PARTICIPANTS + ", but is " + participants);
    }
    if (day < 1 || day > MAX_DAY) {
      throw new IllegalArgumentException("day must be from 1 to " + MAX_DAY + ", but is " + day);
    }
  }

  /**
   * Returns the calendar date of the day; day 1 is 2026-01-05.
   *
   * @return the date of the morning on which the source of this day is complete
   */
  public LocalDate date() {
    return dateOf(day);
  }

  /**
   * Returns the same people on another day.
   *
   * @param otherDay the day
   * @return the options of that day
   * @throws IllegalArgumentException if the day is out of range
   */
  public SourceOptions onDay(int otherDay) {
    return new SourceOptions(seed, participants, otherDay, dirty);
  }

  static LocalDate dateOf(int day) {
    return DAY_ONE.plusDays(day - 1L);
  }

  /** The date of a day's news in the source, which is written early in the morning. */
  static LocalDate eveOf(int day) {
    return dateOf(day).minusDays(1);
  }
}
