package edu.cumc.aou.sync.port;

import edu.cumc.aou.sync.model.FailureKind;
import edu.cumc.aou.sync.model.SyncException;

/**
 * One of the sync's own tables holds something that this program does not write there. If these are
 * rows of a run, that run can only be given up.
 *
 * @since 0.2.0
 */
public final class UnreadableStoreException extends SyncException {

  private static final long serialVersionUID = 1L;

  /**
   * Has no cause, because the message of a failed reading may quote a value.
   *
   * @param table its name
   */
  public UnreadableStoreException(String table) {
    super(
        FailureKind.CONFIG,
        "a row of "
            + table
            + " holds something that this program does not write there; find out what else writes"
            + " to the sync's tables. If a run stops because of it, give it up: aou-sync status"
            + " lists the runs, and aou-sync abandon RUN gives one up");
  }
}
