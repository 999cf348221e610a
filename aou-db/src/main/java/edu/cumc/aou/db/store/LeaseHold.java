package edu.cumc.aou.db.store;

import edu.cumc.aou.sync.model.FailureKind;
import edu.cumc.aou.sync.model.SyncException;
import java.time.Duration;
import org.jdbi.v3.core.Handle;

/**
 * A claim to the lease that any transaction can prove.
 *
 * @param token of the lease
 * @param duration by how much a proof extends it
 */
record LeaseHold(long token, Duration duration) {

  /** The token of rows that are staged without a lease. */
  static final long NOBODY = 0;

  /** Extends the lease if it is still ours; returns whether it is. */
  boolean extend(StoreDatabase store, Handle handle) {
    return handle
            .createUpdate(
                store.sql(
                    "UPDATE $.sync_lease SET valid_until = "
                        + store.dialect().utcNowPlusMillis("millis")
                        + " WHERE lease_key = 1 AND token = :token AND state = 'ACTIVE'"))
            .bind("millis", duration.toMillis())
            .bind("token", token)
            .execute()
        == 1;
  }

  /**
   * Runs as the last statement of a transaction. The lease's row stays locked until the commit, so
   * that no run can take the lease over meanwhile, and no longer, so that others can look at it.
   *
   * @throws SyncException ALREADY_RUNNING if another run has taken the lease over
   */
  void prove(StoreDatabase store, Handle handle) {
    if (!extend(store, handle)) {
      throw lost();
    }
  }

  static SyncException lost() {
    return new SyncException(
        FailureKind.ALREADY_RUNNING,
        "another run has taken over, because this one gave no sign of life for too long; this one"
            + " stops");
  }
}
