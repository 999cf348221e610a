package edu.cumc.aou.mornings.life;

import edu.cumc.aou.sync.port.RawRow;
import edu.cumc.aou.sync.testing.Draw;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * All that happens at one site.
 *
 * @param unique whether the PMI field is a unique external id
 * @param hocon settings of the site
 * @param traits what is special about it
 */
public record Schedule(
    long seed,
    boolean unique,
    int people,
    int days,
    String hocon,
    boolean recreate,
    List<Event> events,
    Traits traits) {

  /**
   * From this seed on lives know more: actors of {@link Kind#later}, and sites that are special.
   * Both are drawn from a stream of their own, so that the lives before it stay as they are.
   */
  public static final long MORE = 1_000_000;

  /**
   * From this seed on lives know the actors of {@link Kind#newest}, and some sites are those that
   * an earlier version of the program has left.
   */
  public static final long UPGRADES = 3_000_000;

  /** From this seed on lives know the actors of {@link Kind#ofKeys}, and lose more answers. */
  public static final long KEYS = 4_000_000;

  private static final List<String> BULK = List.of("2000", "2000", "3");

  public Schedule {
    events = List.copyOf(events);
  }

  /** A site with nothing special about it. */
  public Schedule(
      long seed,
      boolean unique,
      int people,
      int days,
      String hocon,
      boolean recreate,
      List<Event> events) {
    this(seed, unique, people, days, hocon, recreate, events, Traits.PLAIN);
  }

  /**
   * Draws a life: first what exists in it at all, then what happens.
   *
   * @param heldBack what does not happen yet
   */
  public static Schedule of(long seed, Set<Kind> heldBack) {
    Draw draw = new Draw(seed);
    List<Kind> kinds = new ArrayList<>();
    for (Kind.Actor actor : Kind.Actor.values()) {
      if (actor == Kind.Actor.ORG) {
        continue;
      }
      if (actor == Kind.Actor.SOURCE || draw.percent(55)) {
        kinds.addAll(draw.of(actor.name()).some(Kind.of(actor), draw.one(15, 40, 80)));
      }
    }
    kinds.removeAll(heldBack);
    kinds.add(Kind.SIGNS_UP);
    kinds.add(Kind.CONTACT_CHANGES);
    int people = draw.between(1, 10);
    int days = draw.between(2, 6);
    int perDay = draw.between(1, 6);
    List<Event> events = new ArrayList<>();
    for (int day = 1; day <= days; day++) {
      int number = draw.between(0, perDay);
      for (int i = 0; i < number; i++) {
        Kind kind = draw.one(kinds);
        boolean within =
            kind.mayInterrupt() && (kind.actor() != Kind.Actor.STAFF || draw.percent(25));
        events.add(
            new Event(
                events.size() + 1,
                day,
                kind,
                draw.between(1, people),
                draw.below(1_000),
                within ? draw.between(1, draw.one(12, 40, 90)) : 0));
      }
    }
    boolean recreate = draw.percent(25);
    String hocon =
        "bulk { threshold = "
            + draw.one(BULK)
            + ", rows-per-job = "
            + draw.one("10000", "2")
            + " }\nquarantine.after = "
            + draw.one("3", "2", "0")
            + "\ncontact.when-deleted = "
            + (recreate ? "recreate" : "report")
            + "\n";
    Schedule drawn = new Schedule(seed, draw.percent(50), people, days, hocon, recreate, events);
    return seed < MORE ? drawn : drawn.withMore(new Draw(seed).of("more"), heldBack);
  }

  private Schedule withMore(Draw draw, Set<Kind> heldBack) {
    List<Kind> weighed = new ArrayList<>();
    for (Kind kind : draw.some(Kind.later(), draw.one(5, 15, 30))) {
      // each at a rate of its own
      for (int rate = draw.between(1, 4); rate > 0; rate--) {
        weighed.add(kind);
      }
    }
    weighed.removeAll(heldBack);
    boolean guarded = draw.percent(20);
    Traits special =
        new Traits(
            draw.one(RawRow.Type.DATE, RawRow.Type.DATETIME, RawRow.Type.TEXT),
            guarded,
            draw.percent(30),
            guarded || draw.percent(50),
            "");
    Draw upgrades = draw.of("upgrade");
    if (seed >= UPGRADES && upgrades.percent(15)) {
      special = Traits.upgraded(upgrades.one(Traits.ARCHIVES));
    }
    if (seed >= UPGRADES) {
      weighed.addAll(upgrades.some(Kind.newest(), upgrades.one(0, 50, 100)));
      weighed.removeAll(heldBack);
    }
    Draw keys = draw.of("keys");
    if (seed >= KEYS) {
      weighed.addAll(keys.some(Kind.ofKeys(), keys.one(0, 0, 100)));
      weighed.removeAll(heldBack);
    }
    List<Event> all = new ArrayList<>(events);
    for (int day = 1; day <= days && !weighed.isEmpty(); day++) {
      for (int i = draw.between(0, 2); i > 0; i--) {
        Kind kind = draw.one(weighed);
        boolean within =
            kind.actor() == Kind.Actor.PROCESS
                || (seed >= KEYS && kind.isOfField() && keys.percent(50));
        all.add(
            new Event(
                all.size() + 1,
                day,
                kind,
                draw.between(1, people),
                draw.below(1_000),
                within ? draw.between(1, draw.one(12, 40, 90)) : 0));
        if (kind == Kind.CLEARS_KEY && keys.percent(60)) {
          all.add(new Event(all.size() + 1, day, Kind.ANSWER_LOST_APPLIED, 1, 0, 1));
        }
      }
    }
    boolean plain = !special.old().isEmpty();
    return new Schedule(seed, unique && !plain, people, days, hocon, recreate, all, special);
  }

  /** The same site with less that happens. */
  public Schedule only(List<Event> fewer) {
    return new Schedule(seed, unique, people, days, hocon, recreate, fewer, traits);
  }

  /** The same site with those events that have these numbers. */
  public Schedule only(Set<Integer> indices) {
    return only(events.stream().filter(e -> indices.contains(e.index())).toList());
  }

  List<Event> of(int day) {
    return events.stream().filter(e -> e.day() == day).toList();
  }

  /** In words, and how to live it again. */
  public String words(String world) {
    return events.stream().map(Event::toString).collect(Collectors.joining("\n  ", "  ", "\n"))
        + "a site with "
        + people
        + " participants, "
        + days
        + " days, the PMI field "
        + (unique ? "a unique external id" : "plain text")
        + (traits.equals(Traits.PLAIN) ? "" : ", " + traits)
        + "\n"
        + "again: mvn -pl mornings -am test -Dtest=ReplayTest"
        + " -Dsurefire.failIfNoSpecifiedTests=false -Dworld="
        + world
        + " -Dseed="
        + seed
        + " -Devents="
        + events.stream().map(e -> String.valueOf(e.index())).collect(Collectors.joining(","));
  }
}
