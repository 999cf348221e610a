package edu.cumc.aou.sync.run;

import edu.cumc.aou.sync.FailureKind;
import edu.cumc.aou.sync.SyncException;
import edu.cumc.aou.sync.port.LeaseTable;
import java.time.Duration;
import java.time.temporal.ChronoUnit;

/** Holds the lease of the store for one run. Not thread-safe. */
public final class LeaseKeeper {

  private final LeaseTable table;
  private final Duration duration;
  private final long token;
  private final boolean takenOver;

  private LeaseKeeper(LeaseTable table, Duration duration, LeaseTable.Granted granted) {
    this.table = table;
    this.duration = duration;
    this.token = granted.token();
    this.takenOver = granted.takenOver();
  }

  /** Takes the lease; ALREADY_RUNNING, saying by whom and until when, if somebody else has it. */
  public static LeaseKeeper acquire(LeaseTable table, String holder, Duration duration) {
    LeaseTable.LeaseAnswer answer = table.acquire(holder, duration);
    if (answer instanceof LeaseTable.Busy busy) {
      throw new SyncException(
          FailureKind.ALREADY_RUNNING,
          "already running since "
              + busy.since().truncatedTo(ChronoUnit.SECONDS)
              + ", by "
              + busy.holder()
              + "; if that run is dead, its claim ends at "
              + busy.until().truncatedTo(ChronoUnit.SECONDS)
              + " and the next sync goes on with it");
    }
    return new LeaseKeeper(table, duration, (LeaseTable.Granted) answer);
  }

  /** Whether the holder before let it run out without a word. */
  public boolean isTakenOver() {
    return takenOver;
  }

  /** Proves that the lease is still ours, and extends it. Before every call that writes. */
  public void renew() {
    table.renew(token, duration);
  }

  public void suspend() {
    table.suspend(token);
  }

  public void release() {
    table.release(token);
  }
}
