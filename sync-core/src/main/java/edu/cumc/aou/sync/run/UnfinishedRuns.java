package edu.cumc.aou.sync.run;

import edu.cumc.aou.sync.model.Change;
import edu.cumc.aou.sync.model.FailureKind;
import edu.cumc.aou.sync.model.RunId;
import edu.cumc.aou.sync.model.RunState;
import edu.cumc.aou.sync.model.SyncException;
import edu.cumc.aou.sync.model.Tallies;
import edu.cumc.aou.sync.port.ChangeTable.ChangeCount;
import edu.cumc.aou.sync.port.RunTable;
import edu.cumc.aou.sync.port.RunTable.Run;
import edu.cumc.aou.sync.port.UnreadableStoreException;
import java.util.Map;
import java.util.Set;

/**
 * What happens to runs that never ended: a run that has written goes on, every other one is given
 * up. The caller holds the lease.
 *
 * @since 0.2.0
 */
public final class UnfinishedRuns {

  /** The count of a plan that names the run which the next sync first goes on with. */
  static final String RUN = "interrupted-run";

  /** How many changes of that run are not settled. */
  static final String LEFT = "interrupted-left";

  private static final Set<Change.State> OPEN =
      Set.of(
          Change.State.PLANNED,
          Change.State.SENT,
          Change.State.UNKNOWN,
          Change.State.AWAITING_JOURNEY);

  private final RunServices services;

  public UnfinishedRuns(RunServices services) {
    this.services = services;
  }

  /** Gives up every plan that was cut off. */
  public void giveUpPlans() {
    services.store().runs().unfinishedPlans().forEach(this::giveUp);
  }

  /**
   * Checks that the row of an unfinished run can be read.
   *
   * @throws UnreadableStoreException if not: only giving the run up helps
   */
  public void requireReadable(Run run) {
    if (run.tallies().get(RunTable.UNREADABLE) > 0) {
      tellHowToGiveUp(run.id());
      throw new UnreadableStoreException("sync_run");
    }
  }

  /** Whether an unfinished run is worth resuming; gives it up if not. */
  public boolean goesOn(Run run) {
    if (!run.isBeforeItsPlan()) {
      return true;
    }
    giveUp(run);
    services
        .listener()
        .note("run " + run.id() + " was interrupted before its first write; starting afresh");
    return false;
  }

  private void giveUp(Run run) {
    services.store().changes().discard(run.id());
    services.store().runs().finish(run.id(), RunState.ABANDONED, services.clock().instant());
  }

  /**
   * The refusal of a request that must wait for an unfinished run.
   *
   * @param what the refused option or mode
   * @param then what to do after that run, as the end of a sentence
   */
  public static SyncException inTheWay(String what, Run run, String then) {
    return new SyncException(
        FailureKind.CONFIG,
        what
            + ": run "
            + run.id()
            + " was interrupted and must be finished first. Nothing was changed; run aou-sync sync"
            + then
            + ". If that run cannot be finished, give it up: aou-sync abandon "
            + run.id()
            + ".");
  }

  /** Notes in a plan that the next sync does something else first. */
  public void noteBefore(RunId plan) {
    services
        .store()
        .runs()
        .unfinished()
        .filter(run -> !run.isBeforeItsPlan())
        .ifPresent(
            run ->
                services
                    .store()
                    .runs()
                    .addTallies(
                        plan, Tallies.of(Map.of(RUN, run.id().value(), LEFT, left(run.id())))));
  }

  private long left(RunId run) {
    return services.store().changes().count(run).stream()
        .filter(c -> c.action() != Change.Action.REJECT && c.action() != Change.Action.NOTE)
        .filter(c -> OPEN.contains(c.state()))
        .mapToLong(ChangeCount::count)
        .sum();
  }

  /** Tells what to do about a run that stops again each time it is resumed. */
  public void tellHowToGiveUp(RunId run) {
    services
        .listener()
        .note(
            "run "
                + run
                + " did not finish; the next sync goes on with it. If it stops there"
                + " again, give it up: aou-sync abandon "
                + run);
  }
}
