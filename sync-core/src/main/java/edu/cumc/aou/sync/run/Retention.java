package edu.cumc.aou.sync.run;

import edu.cumc.aou.sync.model.RunId;
import edu.cumc.aou.sync.port.SyncStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Blanks the values of changes that were kept long enough. Who was concerned and what came of it
 * stays, so that old reports still add up. A purge that is killed is done again by the next one.
 */
public final class Retention {

  /** As many runs as one run purges at its end. */
  public static final int RUNS_AT_ONCE = 10;

  private Retention() {}

  /**
   * Blanks the oldest runs that finished longer ago than values are kept.
   *
   * @param most how many runs at most
   * @return how many runs were blanked
   */
  public static int purge(SyncStore store, Instant now, Duration keepValues, int most) {
    List<RunId> runs = store.runs().withValues(now.minus(keepValues), most);
    for (RunId run : runs) {
      store.changes().blankValues(run);
      store.runs().markBlanked(run);
    }
    return runs.size();
  }
}
