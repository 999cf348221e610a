package edu.cumc.aou.sync.run;

import edu.cumc.aou.sync.model.RunId;
import edu.cumc.aou.sync.model.Tallies;
import edu.cumc.aou.sync.port.Crm;
import edu.cumc.aou.sync.port.MirrorTable.MirrorState;
import java.time.Instant;
import java.util.Map;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads what changed in Salesforce since the last refresh: Contacts and journeys side by side, in
 * the order of their times. When time runs out, the mirror keeps what was read and notes up to
 * which moment it is true. The next reading continues there, so several short invocations do the
 * work of one long run.
 */
final class ChangeReading {

  /** Simply reads up to this many records again: that costs one page. */
  private static final long FEW = 2000;

  /**
   * The count that stores, in seconds of Salesforce's clock, up to which moment a resumed run has
   * seen what others committed late.
   */
  static final String OTHERS_SEEN = "others-seen";

  private final RunContext context;
  private final RunServices services;
  private final Crm crm;
  private final @Nullable RunId noting;
  private final LongConsumer progress;

  /**
   * Prepares readings.
   *
   * @param crm renews the lease and checks the deadline in its waits
   * @param noting the run for which to note what Salesforce shows otherwise; null for none
   * @param progress learns how many records were read so far
   */
  ChangeReading(RunContext context, Crm crm, @Nullable RunId noting, LongConsumer progress) {
    this.noting = noting;
    this.context = context;
    this.services = context.services();
    this.crm = crm;
    this.progress = progress;
  }

  /**
   * Reads what changed since the watermark. If many of these records were read before, such as
   * those that a run wrote itself, it first reads only their ids and times, and then the records
   * that the mirror does not have as of these times.
   */
  void read(MirrorState state, Instant now) {
    Instant late = now.minus(MirrorRefresher.OVERLAP);
    try (ChangePass pass = pass(late)) {
      try {
        if (state.readAgain() <= FEW) {
          pass.read(state.watermark());
        } else {
          boolean whole = pass.compare(crm::stamps, state.watermark(), state.readUpTo(), true);
          pass.read(whole ? state.readUpTo() : pass.reached());
        }
      } catch (DeadlineReachedException e) {
        Instant reached = earlier(pass.reached(), now);
        pass.commit(
            state(
                state,
                earlier(reached, late),
                later(state.readUpTo(), reached),
                state.readAgain() + pass.records()));
        throw e;
      }
      pass.commit(state(state, late, now, pass.again()));
    }
  }

  /** Reads what was committed since the last refresh; late commits are left to the next one. */
  void readSinceLast(MirrorState state, Instant now) {
    try (ChangePass pass = pass(state.watermark())) {
      try {
        pass.read(state.readUpTo());
      } catch (DeadlineReachedException e) {
        pass.commit(following(state, earlier(pass.reached(), now), pass));
        throw e;
      }
      pass.commit(following(state, now, pass));
    }
  }

  /**
   * For a resumed run: reads what others committed late, before the last refresh. It does not read
   * again what the run wrote and read back before the interruption. It leaves other changes of our
   * own user to the next run.
   *
   * @param before the state of the mirror when the run resumed
   */
  void readLateOfOthers(MirrorState before, Instant now) {
    Instant from = othersSeen(before);
    if (!from.isBefore(before.readUpTo())) {
      return;
    }
    Instant late = now.minus(MirrorRefresher.OVERLAP);
    MirrorState state = services.store().mirror().state().orElseThrow();
    try (ChangePass pass = pass(state.watermark())) {
      try {
        boolean unused = pass.compare(crm::stampsOfOthers, from, before.readUpTo(), false);
      } catch (DeadlineReachedException e) {
        pass.commit(state);
        keepOthersSeen(earlier(pass.reached(), late));
        throw e;
      }
      pass.commit(state);
      keepOthersSeen(earlier(before.readUpTo(), late));
    }
  }

  private ChangePass pass(Instant countsFrom) {
    return new ChangePass(context, crm, noting, countsFrom, progress);
  }

  private MirrorState following(MirrorState state, Instant readUpTo, ChangePass pass) {
    return state(
        state,
        state.watermark(),
        later(state.readUpTo(), readUpTo),
        state.readAgain() + pass.again());
  }

  private MirrorState state(MirrorState state, Instant watermark, Instant readUpTo, long again) {
    return new MirrorState(
        watermark, state.fullAt(), context.mapping().fingerprint(), readUpTo, again);
  }

  private Instant othersSeen(MirrorState state) {
    return services
        .store()
        .runs()
        .find(context.run())
        .map(run -> Instant.ofEpochSecond(run.tallies().get(OTHERS_SEEN)))
        .filter(seen -> seen.isAfter(state.watermark()))
        .orElse(state.watermark());
  }

  private void keepOthersSeen(Instant seen) {
    services
        .store()
        .runs()
        .addTallies(
            context.run(), Tallies.of(Map.of(OTHERS_SEEN, Math.max(0, seen.getEpochSecond()))));
  }

  private static Instant earlier(Instant a, Instant b) {
    return a.isBefore(b) ? a : b;
  }

  private static Instant later(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }
}
