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
public enum Gap {
  KEY_REWRITTEN(
      "an automation that rewrites the PMI ID doubles everybody",
      EnumSet.of(Kind.REWRITES_KEY),
      day(1, Kind.REWRITES_KEY, 1, 0));

  private final String words;
  private final Set<Kind> heldBack;
  private final List<Event> events;

  Gap(String words, Set<Kind> heldBack, Event... events) {
    this.words = words;
    this.heldBack = heldBack;
    this.events = List.of(events);
  }

  private static Event day(int day, Kind kind, int person, int detail) {
    return new Event(0, day, kind, person, detail, 0);
  }

  /** What does not happen in random lives yet. */
  public static Set<Kind> heldBack() {
    Set<Kind> kinds = EnumSet.noneOf(Kind.class);
    Arrays.stream(values()).forEach(g -> kinds.addAll(g.heldBack));
    return kinds;
  }

  /** A life that shows it. */
  public Schedule schedule() {
    return new Schedule(0, false, 3, 4, "", false, events);
  }

  @Override
  public String toString() {
    return words;
  }
}
