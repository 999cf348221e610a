package edu.cumc.aou.sync.port;

import edu.cumc.aou.sync.model.FailureKind;
import edu.cumc.aou.sync.model.SyncException;

/**
 * The {@link MirrorTable mirror} holds something that this program does not write there. After
 * {@link MirrorTable#dropUnreadable} and a full refresh it can be read again.
 *
 * @since 0.2.0
 */
public final class UnreadableMirrorException extends SyncException {

  private static final long serialVersionUID = 1L;

  /** Has no cause, because the message of a failed reading may quote a value. */
  public UnreadableMirrorException() {
    super(
        FailureKind.CONFIG,
        "a row of contact_mirror or journey_mirror holds something that this program does not"
            + " write there; run aou-sync sync --full, which reads Salesforce anew, and find out"
            + " what else writes to these tables");
  }
}
