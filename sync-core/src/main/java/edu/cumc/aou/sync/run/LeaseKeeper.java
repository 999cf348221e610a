package edu.cumc.aou.sync.run;

import edu.cumc.aou.sync.model.FailureKind;
import edu.cumc.aou.sync.model.SyncException;
import edu.cumc.aou.sync.port.LeaseTable;
import edu.cumc.aou.sync.port.Pause;
import edu.cumc.aou.sync.port.SyncStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.Supplier;

/** Holds the store's lease for one run. Not thread-safe. */
public final class LeaseKeeper {

  /** Anything that takes long shows a sign of life at least this often. */
  private static final Duration LONGEST_SILENCE = Duration.ofSeconds(20);

  /** Asks an unreachable store to take the lease back this many times. */
  private static final int MOST_TRIES = 6;

  private static final Duration FIRST_WAIT = Duration.ofSeconds(1);

  private final LeaseTable table;
  private final SyncStore store;
  private final Clock clock;
  private final Pause pause;
  private final Duration duration;
  private final long token;
  private final boolean takenOver;
  private Instant renewed;

  private LeaseKeeper(
      SyncStore store, Clock clock, Pause pause, Duration duration, LeaseTable.Granted granted) {
    this.table = store.lease();
    this.store = store.under(granted.token(), duration);
    this.clock = clock;
    this.pause = pause;
    this.duration = duration;
    this.token = granted.token();
    this.takenOver = granted.takenOver();
    this.renewed = clock.instant();
  }

  /**
   * Takes the lease. If another run has it, throws ALREADY_RUNNING and says who has it and until
   * when.
   */
  public static LeaseKeeper acquire(
      SyncStore store, Clock clock, Pause pause, String holder, Duration duration) {
    LeaseTable.LeaseAnswer answer = store.lease().acquire(holder, duration);
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
    return new LeaseKeeper(store, clock, pause, duration, (LeaseTable.Granted) answer);
  }

  /** The store for its holder: every write proves the lease and renews it. */
  public SyncStore store() {
    return store;
  }

  /** Whether the last holder let it expire. */
  public boolean isTakenOver() {
    return takenOver;
  }

  /** Proves that the lease is still ours, and extends it. Call this before every writing call. */
  public void renew() {
    table.renew(token, duration);
    renewed = clock.instant();
  }

  /**
   * Renews the lease if the last time was more than 20 seconds, or a third of the lease, ago. Call
   * this for every page of a long task.
   */
  public void keep() {
    Duration since = Duration.between(renewed, clock.instant());
    Duration third = duration.dividedBy(3);
    Duration longest = third.compareTo(LONGEST_SILENCE) < 0 ? third : LONGEST_SILENCE;
    // A clock that was set back does not tell when that was.
    if (since.isNegative() || since.compareTo(longest) >= 0) {
      renew();
    }
  }

  /** Does something that may outlast the lease, and keeps the lease renewed. */
  public <T> T during(Supplier<T> work) {
    return table.during(token, duration, work);
  }

  /**
   * Leaves the lease to the next run at once.
   *
   * @throws SyncException as {@link #release}
   */
  public void suspend() {
    leave(() -> table.suspend(token));
  }

  /**
   * Gives the lease up. If it stays, everybody waits until it expires, so an unreachable store is
   * asked again for half a minute.
   *
   * @throws SyncException UNAVAILABLE if the store does not answer even then
   */
  public void release() {
    leave(() -> table.release(token));
  }

  private void leave(Runnable leaving) {
    Duration wait = FIRST_WAIT;
    for (int attempt = 1; ; attempt++) {
      try {
        leaving.run();
        return;
      } catch (SyncException e) {
        if (e.kind() != FailureKind.UNAVAILABLE || attempt == MOST_TRIES) {
          throw e;
        }
        pause.forDuration(wait);
        wait = wait.multipliedBy(2);
      }
    }
  }
}
