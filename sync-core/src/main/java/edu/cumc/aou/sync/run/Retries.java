package edu.cumc.aou.sync.run;

import edu.cumc.aou.sync.model.Change;
import edu.cumc.aou.sync.model.PmiId;
import edu.cumc.aou.sync.model.RunId;
import edu.cumc.aou.sync.model.RunMode;
import edu.cumc.aou.sync.port.Cursor;
import edu.cumc.aou.sync.port.HoldTable;
import edu.cumc.aou.sync.port.HoldTable.Hold;
import edu.cumc.aou.sync.port.RunTable.Run;
import edu.cumc.aou.sync.port.SyncStore;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Chooses the participants of a retry that names nobody. */
public final class Retries {

  private static final int PAGE = 500;
  private static final int RUNS = 100;

  private Retries() {}

  /** The newest finished run; ignores plans and stopped runs. */
  public static Optional<RunId> lastRun(SyncStore store) {
    return store.runs().latest(RUNS).stream()
        .filter(r -> r.mode() != RunMode.PLAN && r.state().isComplete())
        .map(Run::id)
        .findFirst();
  }

  /** The newest run with something to send, if it has not sent it or is not over. */
  public static Optional<Run> unsent(SyncStore store) {
    return store.runs().latest(RUNS).stream()
        .filter(r -> r.mode() != RunMode.PLAN)
        .findFirst()
        .filter(r -> !r.state().isComplete());
  }

  /**
   * Everybody in quarantine, and then everybody whose record was refused or failed in the last run:
   * the next sync tries those again by itself.
   */
  public static Set<PmiId> candidates(SyncStore store) {
    Set<PmiId> candidates = new LinkedHashSet<>();
    try (Cursor<Hold> holds = store.holds().read()) {
      while (holds.hasNext()) {
        Hold hold = holds.next();
        if (hold.kind() == HoldTable.Kind.QUARANTINE) {
          candidates.add(hold.pmiId());
        }
      }
    }
    // A sync must not send what an undo could not put back.
    lastRun(store)
        .flatMap(store.runs()::find)
        .filter(r -> r.mode() != RunMode.UNDO)
        .ifPresent(r -> addFailed(store, r.id(), candidates));
    return candidates;
  }

  private static void addFailed(SyncStore store, RunId run, Set<PmiId> candidates) {
    long after = 0;
    List<Change> page;
    do {
      page = store.changes().repeatedFailures(run, List.of(), after, PAGE);
      for (Change failed : page) {
        candidates.add(failed.pmiId());
        after = failed.seq();
      }
    } while (page.size() == PAGE);
  }
}
