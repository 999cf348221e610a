package edu.cumc.aou.sync.run;

import edu.cumc.aou.sync.model.FailureKind;
import edu.cumc.aou.sync.model.PmiId;
import edu.cumc.aou.sync.model.SyncException;
import edu.cumc.aou.sync.port.Pause;
import edu.cumc.aou.sync.port.PersonalData;
import edu.cumc.aou.sync.port.PersonalData.Removed;
import edu.cumc.aou.sync.port.RunTable.Run;
import edu.cumc.aou.sync.port.SyncStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Removes what the store holds about single participants, while no run is in progress. */
public final class Forgetting {

  private Forgetting() {}

  /**
   * Forgets participants. If it is interrupted, call it again with the same participants.
   *
   * @param holder who asks, shown to a second run; no personal data
   * @param lease how long the store is held without a sign of life
   * @throws SyncException CONFIG while a run is not finished, because its plan may hold values that
   *     are still to be sent; ALREADY_RUNNING while another process holds the store
   */
  public static Removed forget(
      SyncStore store,
      Collection<PmiId> pmiIds,
      Clock clock,
      Pause pause,
      String holder,
      Duration lease) {
    // Checks before taking the lease, because the lease tells the next sync how the last run ended.
    refuseUnfinished(store);
    LeaseKeeper keeper = LeaseKeeper.acquire(store, clock, pause, holder, lease);
    try {
      // Meanwhile a run may have begun, and stopped at its deadline.
      refuseUnfinished(store);
    } catch (SyncException e) {
      keeper.suspend();
      throw e;
    }
    Removed removed = keeper.during(() -> forget(pmiIds, clock.instant(), keeper));
    keeper.release();
    return removed;
  }

  private static void refuseUnfinished(SyncStore store) {
    Optional<Run> unfinished = store.runs().unfinished();
    if (unfinished.isPresent()) {
      throw new SyncException(
          FailureKind.CONFIG,
          "run "
              + unfinished.get().id()
              + " is under way or was interrupted, and must be finished first: its plan may hold"
              + " what is to be forgotten. Nothing was changed; run aou-sync sync, then this again."
              + " If that run cannot be finished, give it up: aou-sync abandon "
              + unfinished.get().id()
              + ".");
    }
  }

  private static Removed forget(Collection<PmiId> pmiIds, Instant now, LeaseKeeper keeper) {
    List<PmiId> all = new ArrayList<>(pmiIds);
    Removed removed = Removed.NOTHING;
    for (int from = 0; from < all.size(); from += PersonalData.MOST) {
      keeper.renew();
      List<PmiId> some = all.subList(from, Math.min(all.size(), from + PersonalData.MOST));
      removed = removed.and(keeper.store().personalData().forget(List.copyOf(some), now));
    }
    return removed;
  }
}
