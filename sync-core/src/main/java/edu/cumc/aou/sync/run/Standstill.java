package edu.cumc.aou.sync.run;

import edu.cumc.aou.sync.model.Change;
import edu.cumc.aou.sync.model.Tallies;
import edu.cumc.aou.sync.port.MirrorTable.Place;
import edu.cumc.aou.sync.port.RunTable.Run;
import java.util.Map;
import java.util.Optional;

/**
 * Whether a run that sends comes further from one stop to the next. If its time is too short for
 * one batch, it would otherwise stop again and again, and nobody would hear of it.
 *
 * @since 0.2.0
 */
public final class Standstill {

  /** The count of stops in a row without progress. */
  private static final String STOPS = "stops-without-progress";

  /** The count of the steps that were left at the last stop, and one more; 0 before the first. */
  private static final String LEFT = "left-at-stop";

  private final RunContext context;
  private final Optional<Place> place;

  /** Remembers the state at the beginning of an invocation. */
  public Standstill(RunContext context) {
    this.context = context;
    this.place = context.store().mirror().place();
  }

  /**
   * Counts a stop for lack of time. A wait for journeys does not count: it has an end of its own.
   *
   * @return how many stops in a row there were since the run last came further
   */
  public long stopped() {
    Tallies before =
        context.store().runs().find(context.run()).map(Run::tallies).orElse(Tallies.none());
    if (JourneyWaiter.isUnderWay(before, context.changes().awaitingNew(context.run()))) {
      return 0;
    }
    long left = 1 + left();
    long stops = left == before.get(LEFT) && !readsOn() ? before.get(STOPS) + 1 : 0;
    context.store().runs().addTallies(context.run(), Tallies.of(Map.of(LEFT, left, STOPS, stops)));
    return stops;
  }

  /** Two steps for values that wait for their journey, one for any other row that is not done. */
  private long left() {
    return context.changes().count(context.run()).stream()
        .mapToLong(c -> steps(c.state()) * c.count())
        .sum();
  }

  private static long steps(Change.State state) {
    return switch (state) {
      case AWAITING_JOURNEY -> 2;
      case PLANNED, SENT, UNKNOWN -> 1;
      case DONE, FAILED, REFUSED -> 0;
    };
  }

  /** A reading of Salesforce that is cut off goes on from its place. */
  private boolean readsOn() {
    Optional<Place> now = context.store().mirror().place();
    return now.isPresent() && !now.equals(place);
  }
}
