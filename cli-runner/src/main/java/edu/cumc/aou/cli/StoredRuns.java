package edu.cumc.aou.cli;

import edu.cumc.aou.cli.print.PlanFile;
import edu.cumc.aou.sync.model.Change;
import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.model.FailureKind;
import edu.cumc.aou.sync.model.RunId;
import edu.cumc.aou.sync.model.SyncException;
import edu.cumc.aou.sync.plan.WriteRows;
import edu.cumc.aou.sync.port.ChangePages;
import edu.cumc.aou.sync.port.Cursor;
import edu.cumc.aou.sync.port.FlawTable.Flaw;
import edu.cumc.aou.sync.port.ForgottenOrg;
import edu.cumc.aou.sync.port.RunTable.Run;
import edu.cumc.aou.sync.port.SyncStore;
import edu.cumc.aou.sync.run.PlanApproval;
import edu.cumc.aou.sync.run.Reports;
import edu.cumc.aou.sync.run.Retries;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Looks up runs for commands that only ask the store. */
final class StoredRuns {

  private static final int PAGE = 500;
  private static final Set<Change.Action> ALL = EnumSet.allOf(Change.Action.class);
  private static final Set<Change.State> FAILED =
      EnumSet.of(Change.State.REFUSED, Change.State.FAILED);

  private StoredRuns() {}

  /**
   * The run with that number; throws CONFIG if there is none, perhaps because this is another
   * store.
   */
  static Run find(SyncStore store, RunId id) {
    return store
        .runs()
        .find(id)
        .orElseThrow(
            () ->
                new SyncException(
                    FailureKind.CONFIG,
                    "there is no run " + id + "; aou-sync status lists those there are"));
  }

  /**
   * Refuses a plan file that differs from its plan in this store, or whose plan was forgotten with
   * its org. A later step refuses an unknown plan.
   */
  static void requireShown(SyncStore store, Path file, RunId plan) {
    Optional<Run> known = store.runs().find(plan);
    if (known.filter(run -> ForgottenOrg.isOf(run.tallies())).isPresent()) {
      throw PlanFile.refused(
          "this store has forgotten the org of plan " + plan + " since (aou-sync init --rebind)");
    }
    known
        .filter(PlanApproval::isPlan)
        .ifPresent(
            run ->
                PlanFile.requireSame(
                    file,
                    object -> WriteRows.planned(store.changes(), plan, object),
                    Reports.of(store, run).planned()));
  }

  /** Shows all changes of a run that were rejected, refused or failed. */
  static void forEachFailure(SyncStore store, RunId run, Consumer<Change> taker) {
    for (CrmObject object : CrmObject.values()) {
      for (List<Change> page : new ChangePages(store.changes(), run, object, ALL, FAILED, PAGE)) {
        page.forEach(taker);
      }
    }
  }

  /** Hands over every flaw of the source, one by one. */
  static void forEachFlaw(SyncStore store, Consumer<Flaw> taker) {
    try (Cursor<Flaw> flaws = store.flaws().read()) {
      flaws.forEachRemaining(taker);
    }
  }

  /**
   * Whether the stored flaws belong to this run. They describe the present, so they belong to the
   * newest finished run, and to later tries.
   */
  static boolean hasFlawsOfNow(SyncStore store, RunId run) {
    return Retries.lastRun(store).map(last -> run.value() >= last.value()).orElse(true);
  }

  /** The last good sync before a run: later flaws are new to a reader of that run. */
  static long lastGoodBefore(SyncStore store, RunId run) {
    return store.runs().lastDone(2).stream()
        .mapToLong(r -> r.id().value())
        .filter(id -> id < run.value())
        .max()
        .orElse(0);
  }
}
