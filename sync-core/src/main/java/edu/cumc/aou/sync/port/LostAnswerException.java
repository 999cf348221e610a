package edu.cumc.aou.sync.port;

import edu.cumc.aou.sync.FailureKind;
import edu.cumc.aou.sync.SyncException;
import org.jspecify.annotations.Nullable;

/**
 * A create was sent and no answer came: the Contacts may exist or not. Whoever catches it asks
 * Salesforce.
 */
public final class LostAnswerException extends SyncException {

  private static final long serialVersionUID = 1L;

  public LostAnswerException(String message, @Nullable Throwable cause) {
    super(FailureKind.UNAVAILABLE, message, cause);
  }
}
