package edu.cumc.aou.mornings.life;

import edu.cumc.aou.sync.model.SyncStep;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Whatever may interrupt a run, in each of its steps: a life for each. Random lives hit the calls
 * before the first step far more often than those of the last ones.
 */
public final class Sweep {

  /**
   * The steps in which a run makes calls; what comes before them random lives hit by themselves.
   */
  static final Set<SyncStep> STEPS = EnumSet.complementOf(EnumSet.of(SyncStep.PREPARE));

  private static final List<String> ROADS =
      List.of("", "bulk { threshold = 3, rows-per-job = 2 }\n");
  private static final int PEOPLE = 6;

  private Sweep() {}

  /** Those and what an administrator does meanwhile, where the site has an org of its own. */
  public static Set<Kind> kindsOfAnOrg() {
    Set<Kind> kinds = kinds();
    Arrays.stream(Kind.values()).filter(Kind::isOfField).forEach(kinds::add);
    return kinds;
  }

  /** All that may interrupt a run before one of its calls. */
  public static Set<Kind> kinds() {
    Set<Kind> kinds = EnumSet.noneOf(Kind.class);
    Arrays.stream(Kind.values())
        .filter(Kind::mayInterrupt)
        .filter(k -> k != Kind.DEADLINE)
        .forEach(kinds::add);
    return kinds;
  }

  /** A life for each kind and step; over them, both kinds of org and both roads of a write. */
  public static List<Schedule> of(Set<Kind> kinds) {
    List<Schedule> lives = new ArrayList<>();
    for (Kind kind : kinds) {
      for (SyncStep step : STEPS) {
        int number = lives.size();
        int person = 1 + number % 3;
        boolean unique = (kind.ordinal() + step.ordinal()) % 2 == 0;
        lives.add(
            new Schedule(
                0,
                unique,
                PEOPLE,
                2,
                ROADS.get(number / 2 % ROADS.size()),
                false,
                Stream.concat(
                        before(kind, person).stream(),
                        Stream.of(
                            // changes, new people and journeys: each step has something to do
                            new Event(1, 2, Kind.CONTACT_CHANGES, 1, number, 0),
                            new Event(2, 2, Kind.JOURNEY_CHANGES, 2, number, 0),
                            new Event(3, 2, Kind.SIGNS_UP, PEOPLE + 1, 0, 0),
                            new Event(4, 2, kind, person, number, Event.inStep(step, 1))))
                    .toList()));
      }
    }
    return lives;
  }

  /** What must have happened before, or this kind does nothing. */
  private static Optional<Event> before(Kind kind, int person) {
    return kind == Kind.STAFF_UNDELETES || kind == Kind.STAFF_ERASES
        ? Optional.of(new Event(5, 2, Kind.STAFF_DELETES_CONTACT, person, 0, 0))
        : Optional.empty();
  }
}
