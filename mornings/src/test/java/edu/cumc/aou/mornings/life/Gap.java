package edu.cumc.aou.mornings.life;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What the sync does wrong still: each with the schedule that shows it, and what is held back from
 * random lives until it is mended. The day its schedule is lived through without a fault, the build
 * asks for its removal.
 */
@SuppressWarnings("unused") // what a gap is made of stays while there is none
public enum Gap {
// none is known at the moment
;

  private final String words;
  private final Set<Kind> heldBack;
  private final Schedule schedule;

  Gap(String words, Set<Kind> heldBack, Schedule schedule) {
    this.words = words;
    this.heldBack = heldBack;
    this.schedule = schedule;
  }

  private static Schedule site(int people, int days, Event... events) {
    return new Schedule(0, false, people, days, "", false, List.of(events));
  }

  private static Event event(int day, Kind kind, int person, int detail, int at) {
    return new Event(0, day, kind, person, detail, at);
  }

  /** What does not happen in random lives yet. */
  public static Set<Kind> heldBack() {
    Set<Kind> kinds = EnumSet.noneOf(Kind.class);
    Arrays.stream(values()).forEach(g -> kinds.addAll(g.heldBack));
    return kinds;
  }

  /** A life that shows it. */
  public Schedule schedule() {
    return schedule;
  }

  @Override
  public String toString() {
    return words;
  }
}
