package edu.cumc.aou.runtime.notify;

import edu.cumc.aou.sync.config.ConfigSection;
import edu.cumc.aou.sync.model.FailureKind;
import edu.cumc.aou.sync.model.RunId;
import edu.cumc.aou.sync.model.RunMode;
import edu.cumc.aou.sync.model.RunState;
import edu.cumc.aou.sync.model.SyncException;
import edu.cumc.aou.sync.port.AttemptTable.Attempt;
import edu.cumc.aou.sync.port.RunTable.Run;
import edu.cumc.aou.sync.port.SyncStore;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the store tells about the time before a run. */
final class Standing {

  private static final int FEW = 50;
  private static final Set<RunState> TROUBLE =
      EnumSet.of(RunState.GUARDED, RunState.FAILED, RunState.ABANDONED);
  private static final Set<String> NO_TROUBLE =
      Set.of(ConfigSection.word(FailureKind.ALREADY_RUNNING));

  private Standing() {}

  /** When the last good sync ended; empty if there is none, or the store does not answer. */
  static Optional<Instant> lastGood(@Nullable SyncStore store) {
    try {
      return store == null
          ? Optional.empty()
          : store.runs().lastDone(1).stream().findFirst().map(Standing::end);
    } catch (SyncException e) {
      return Optional.empty();
    }
  }

  /** Whether something went wrong between the last good sync and this run. */
  static boolean wasTrouble(SyncStore store, RunId run) {
    Optional<Run> before =
        store.runs().lastDone(2).stream().filter(r -> !r.id().equals(run)).findFirst();
    if (before.isEmpty()) {
      return false;
    }
    Instant since = end(before.get());
    return store.attempts().latest(FEW).stream()
            .filter(a -> a.mode() != RunMode.PLAN && !NO_TROUBLE.contains(a.kind()))
            .map(Attempt::at)
            .anyMatch(at -> at.isAfter(since))
        || store.runs().latest(FEW).stream()
            .filter(r -> r.mode() == RunMode.SYNC && !r.id().equals(run))
            .anyMatch(r -> TROUBLE.contains(r.state()) && r.startedAt().isAfter(since));
  }

  private static Instant end(Run run) {
    return run.finishedAt() == null ? run.startedAt() : run.finishedAt();
  }
}
