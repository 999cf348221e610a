package edu.cumc.aou.sync.run;

import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.model.RunId;
import edu.cumc.aou.sync.model.SyncStep;
import edu.cumc.aou.sync.model.Tallies;
import edu.cumc.aou.sync.port.ChangeTable.Awaiting;
import edu.cumc.aou.sync.port.CrmScope;
import edu.cumc.aou.sync.port.RunTable.Run;
import edu.cumc.aou.sync.settings.SyncSettings.JourneySettings;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * Waits until Salesforce has created the journeys of new Contacts: one COUNT() a round at growing
 * intervals, then one read. It gives up when none comes within the first wait, when the count does
 * not move for the stall time, or after the longest wait. The next run takes care of what is
 * missing.
 */
final class JourneyWaiter {

  /** Grows by half, so that the wait is at most half again as long as the org needs. */
  private static final Duration FIRST_INTERVAL = Duration.ofSeconds(1);

  private static final Duration LONGEST_INTERVAL = Duration.ofSeconds(30);

  /** A run that may wait only so long inside is begun again after a longer wait outside. */
  private static final Duration WAIT_OUTSIDE = Duration.ofMinutes(1);

  /** The counts that keep how far a wait has come when a run is interrupted; times in seconds. */
  private static final String BEGAN = "await-began";

  private static final String MOVED = "await-moved";
  private static final String COUNTED = "await-counted";
  private static final String WANTED = "await-wanted";

  /** The count that keeps how many Contacts were left without a journey when the wait was over. */
  private static final String LEFT = "await-left";

  /** When this many have arrived, they are read while the others are still awaited. */
  private static final long MANY = 10_000;

  private final RunServices services;
  private final RunId run;
  private final LeaseKeeper lease;
  private final Deadline deadline;
  private final JourneySettings settings;
  private final MovedOn movedOn;

  /** {@code movedOn} tells what has happened to other journeys meanwhile. */
  JourneyWaiter(RunContext context, MovedOn movedOn) {
    this.movedOn = movedOn;
    this.services = context.services();
    this.run = context.run();
    this.lease = context.lease();
    this.deadline = context.deadline();
    this.settings = context.settings().journey();
  }

  /**
   * Whether this run has already waited for all that are still without a journey, before it was
   * interrupted. Then it waits no more, or it would never end in short invocations.
   */
  boolean isOver(long inserted) {
    return inserted <= kept().get(LEFT);
  }

  /** Whether a run with these counts stopped in its wait, which has an end of its own. */
  static boolean isUnderWay(Tallies kept, long inserted) {
    return kept.get(BEGAN) > 0 && inserted > kept.get(LEFT);
  }

  private Tallies kept() {
    return services.store().runs().find(run).map(Run::tallies).orElse(Tallies.none());
  }

  private void keep(Map<String, Long> counts) {
    services.store().runs().addTallies(run, Tallies.of(counts));
  }

  /**
   * Waits for as many journeys as Contacts were inserted, then refreshes the mirror and assigns the
   * journeys to the rows that wait for them. A wait that was interrupted goes on: its patience
   * counts from its beginning.
   *
   * @param inserted how many Contacts this run created with values for their journey; it waits for
   *     no others
   */
  void await(long inserted, Instant sendingSince, MirrorRefresher refresher) {
    long carriedOver =
        Math.max(0, services.store().changes().resolveAwaiting(run).missing() - inserted);
    Patience patience = new Patience(kept(), inserted);
    try {
      await(carriedOver, patience, sendingSince, refresher);
    } catch (DeadlineReachedException e) {
      keep(patience.counts());
      throw e;
    }
    keep(Map.of(LEFT, services.store().changes().awaitingNew(run)));
  }

  private void await(
      long carriedOver, Patience patience, Instant sendingSince, MirrorRefresher refresher) {
    while (true) {
      boolean complete = waitForCount(sendingSince, patience, refresher);
      lease.renew();
      refresher.refreshLatest();
      Awaiting left = resolve();
      if (complete && left.missing() > carriedOver) {
        // All exist; some were committed late, with a time that was already read.
        refresher.refresh();
        left = resolve();
      }
      long missing = left.missing() - carriedOver;
      if (missing <= 0 || !complete) {
        if (left.ambiguous() > 0) {
          services
              .listener()
              .note(
                  left.ambiguous()
                      + (left.ambiguous() == 1
                          ? " Contact has several journeys: its values wait for a decision"
                          : " Contacts have several journeys: their values wait for a decision"));
        }
        if (missing > 0) {
          services
              .listener()
              .note(missing + " new Contacts have no journey yet; the next run looks again");
        }
        return;
      }
      // Others create Opportunities too, so this many more must come before another read is worth
      // its calls.
      patience.wanted = patience.lastCount + missing;
    }
  }

  /**
   * Hours may have passed, so first checks rows that already have their journey, then assigns the
   * others.
   */
  private Awaiting resolve() {
    movedOn.refuseMovedJourneys();
    return services.store().changes().resolveAwaiting(run);
  }

  private boolean waitForCount(Instant sendingSince, Patience patience, MirrorRefresher refresher) {
    long wanted = patience.wanted;
    Duration interval = patience.firstInterval();
    while (true) {
      long count = services.crm().count(CrmObject.JOURNEY, CrmScope.createdSince(sendingSince));
      services.listener().progress(SyncStep.AWAIT_JOURNEYS, Math.min(count, wanted), wanted);
      patience.saw(count, services.clock().instant());
      if (count >= wanted) {
        return true;
      }
      if (patience.isOver(services.clock().instant())) {
        return false;
      }
      if (count - patience.lastRead >= MANY) {
        // Reads while the org works, not after it.
        patience.lastRead = count;
        lease.renew();
        refresher.refreshLatest();
      }
      deadline.checkTimeFor(interval);
      deadline.requirePatience(interval, WAIT_OUTSIDE);
      lease.renew();
      deadline.pause(services.pause(), interval);
      interval = min(interval.multipliedBy(3).dividedBy(2), LONGEST_INTERVAL);
    }
  }

  private static Duration min(Duration a, Duration b) {
    return a.compareTo(b) < 0 ? a : b;
  }

  private final class Patience {
    private final Instant began;
    private Duration firstInterval = FIRST_INTERVAL;
    private Instant lastMoved;
    private long lastCount;
    private long lastRead;
    private long wanted;

    /** {@code kept}: the counts of an interrupted wait, if there was one. */
    Patience(Tallies kept, long inserted) {
      boolean goesOn = kept.get(BEGAN) > 0;
      began = goesOn ? Instant.ofEpochSecond(kept.get(BEGAN)) : services.clock().instant();
      lastMoved = goesOn ? Instant.ofEpochSecond(kept.get(MOVED)) : began;
      lastCount = kept.get(COUNTED);
      wanted = Math.max(inserted, kept.get(WANTED));
      if (goesOn && deadline.waitsOutside()) {
        Duration waited = Duration.between(began, services.clock().instant());
        firstInterval = min(FIRST_INTERVAL.plus(waited.dividedBy(2)), LONGEST_INTERVAL);
      }
    }

    /** For a run that waits outside as long as if it had never stopped; later waits begin anew. */
    Duration firstInterval() {
      Duration first = firstInterval;
      firstInterval = FIRST_INTERVAL;
      return first;
    }

    Map<String, Long> counts() {
      return Map.of(
          BEGAN,
          began.getEpochSecond(),
          MOVED,
          lastMoved.getEpochSecond(),
          COUNTED,
          lastCount,
          WANTED,
          wanted);
    }

    void saw(long count, Instant now) {
      if (count > lastCount) {
        lastMoved = now;
      }
      lastCount = count;
    }

    boolean isOver(Instant now) {
      Duration still = Duration.between(lastMoved, now);
      Duration limit =
          lastCount == 0 ? min(settings.firstWait(), settings.stall()) : settings.stall();
      return still.compareTo(limit) >= 0
          || Duration.between(began, now).compareTo(settings.max()) >= 0;
    }
  }
}
