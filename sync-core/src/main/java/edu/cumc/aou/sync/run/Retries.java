package edu.cumc.aou.sync.run;

import edu.cumc.aou.sync.model.Change;
import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.model.PmiId;
import edu.cumc.aou.sync.model.RunId;
import edu.cumc.aou.sync.model.RunMode;
import edu.cumc.aou.sync.port.ChangePages;
import edu.cumc.aou.sync.port.Cursor;
import edu.cumc.aou.sync.port.HoldTable;
import edu.cumc.aou.sync.port.HoldTable.Hold;
import edu.cumc.aou.sync.port.RunTable.Run;
import edu.cumc.aou.sync.port.SyncStore;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
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

  /**
   * Orders participants for a retry of some: those that no retry has tried come first, then those
   * that the oldest retries tried. Among equals, the order stays.
   *
   * @since 0.2.0
   */
  public static List<PmiId> leastRecentFirst(SyncStore store, Set<PmiId> participants) {
    Map<PmiId, Long> lastTried = new HashMap<>();
    store.runs().latest(RUNS).stream()
        .filter(r -> r.mode() == RunMode.RETRY && r.state().isComplete())
        .map(Run::id)
        .sorted(Comparator.comparing(RunId::value))
        .forEach(run -> addTried(store, run, participants, lastTried));
    return participants.stream()
        .sorted(Comparator.comparing(pmiId -> lastTried.getOrDefault(pmiId, 0L)))
        .toList();
  }

  private static void addTried(
      SyncStore store, RunId run, Set<PmiId> participants, Map<PmiId, Long> lastTried) {
    for (CrmObject object : CrmObject.values()) {
      new ChangePages(
              store.changes(),
              run,
              object,
              EnumSet.allOf(Change.Action.class),
              EnumSet.allOf(Change.State.class),
              PAGE)
          .forEach(
              page ->
                  page.stream()
                      .map(Change::pmiId)
                      .filter(participants::contains)
                      .forEach(pmiId -> lastTried.put(pmiId, run.value())));
    }
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
