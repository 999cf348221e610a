package edu.cumc.aou.db.store;

import edu.cumc.aou.sync.model.SyncException;
import edu.cumc.aou.sync.port.LeaseTable;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Renews a lease on its own connection while the holder is busy with something long. It only
 * renews: a lease that another run has taken stays the other's. Thread-safe.
 */
final class Heartbeat {

  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(20);

  private final StoreDatabase store;
  private final LeaseHold hold;
  private final Duration pause;
  private @Nullable Runnable next;
  private boolean over;

  private Heartbeat(StoreDatabase store, LeaseHold hold) {
    this.store = store;
    this.hold = hold;
    Duration third = hold.duration().dividedBy(3);
    this.pause = third.compareTo(LONGEST_PAUSE) < 0 ? third : LONGEST_PAUSE;
  }

  static <T> T during(StoreDatabase store, LeaseHold hold, Supplier<T> work) {
    Heartbeat heartbeat = new Heartbeat(store, hold);
    heartbeat.arm();
    try {
      return work.get();
    } finally {
      heartbeat.stop();
    }
  }

  private synchronized void arm() {
    if (!over) {
      next = store.database().later(pause, this::beat);
    }
  }

  private void beat() {
    if (store.silence().plus(pause).compareTo(LeaseTable.LONGEST_SILENCE) >= 0) {
      return;
    }
    boolean held;
    try {
      held = store.write("renewing the lease", handle -> hold.extend(store, handle));
    } catch (SyncException e) {
      // The database may answer again; if not, the holder's next statement says so.
      held = true;
    }
    if (held) {
      store.stayedSilent(pause);
      arm();
    }
  }

  private synchronized void stop() {
    over = true;
    if (next != null) {
      next.run();
    }
  }
}
