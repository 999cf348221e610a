package edu.cumc.aou.sync.run;

import edu.cumc.aou.sync.model.RunId;
import edu.cumc.aou.sync.port.SyncStore;
import edu.cumc.aou.sync.settings.KeepSettings;
import java.time.Instant;
import java.util.List;

/**
 * Blanks the values of old changes, and later removes their runs. Until then participants and
 * results stay, so that old reports still add up. It works in slices with one transaction each;
 * after a kill the next purge goes on.
 */
public final class Retention {

  /** At its end, a run blanks at most this many runs, and removes at most this many. */
  public static final int RUNS_AT_ONCE = 10;

  /**
   * This many of the newest runs, and of the newest good syncs, stay however old they are: guards,
   * quarantine and the history of a report compare with them.
   */
  public static final int LATEST_RUNS = 100;

  /** One transaction changes or removes this many rows. */
  static final int SLICE = 2000;

  private final SyncStore store;
  private final KeepSettings keep;
  private final Runnable beforeSlice;

  /**
   * @param beforeSlice called before each transaction on many rows, to show that the purge is
   *     alive; stops it by throwing
   */
  public Retention(SyncStore store, KeepSettings keep, Runnable beforeSlice) {
    this.store = store;
    this.keep = keep;
    this.beforeSlice = beforeSlice;
  }

  /**
   * The result of a purge.
   *
   * @param blanked runs that lost their values
   * @param removed runs that were removed
   * @param rows rows of {@code sync_change} that were removed
   */
  public record Purged(long blanked, long removed, long rows) {}

  /**
   * Blanks, then removes, the oldest runs that have passed their time.
   *
   * @param most how many runs at most, of either kind
   */
  public Purged purge(Instant now, int most) {
    List<RunId> old = store.runs().withValues(now.minus(keep.values()), most);
    for (RunId run : old) {
      blank(run);
    }
    List<RunId> gone = store.runs().removable(now.minus(keep.runs()), LATEST_RUNS, most);
    long rows = 0;
    for (RunId run : gone) {
      rows += remove(run);
    }
    store.attempts().removeBefore(now.minus(keep.runs()));
    long unusedPeople = store.audit().purgeSubjects(now.minus(keep.runs()));
    int unused = store.decisions().removeUnused(now.minus(keep.values()));
    return new Purged(old.size(), gone.size(), rows);
  }

  private void blank(RunId run) {
    long last = store.changes().lastSeq(run);
    for (long after = 0; after < last; after += SLICE) {
      beforeSlice.run();
      store.changes().blankValues(run, after, after + SLICE);
    }
    store.runs().markBlanked(run);
  }

  private long remove(RunId run) {
    store.runs().beginRemoval(run);
    long rows = 0;
    long last = store.changes().lastSeq(run);
    for (long after = 0; after < last; after += SLICE) {
      beforeSlice.run();
      rows += store.changes().remove(run, after, after + SLICE);
    }
    store.runs().remove(run);
    return rows;
  }
}
