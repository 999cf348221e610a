package edu.cumc.aou.salesforce.sync;

import edu.cumc.aou.salesforce.RecordCursor;
import edu.cumc.aou.sync.FailureKind;
import edu.cumc.aou.sync.SyncException;
import org.jspecify.annotations.Nullable;

/**
 * Tells which of the changed records fit the condition of the settings, which only Salesforce can
 * evaluate: the ids of those that fit are read beside all changed ones, both in the order of the
 * ids, so that neither is ever held as a whole. Not thread-safe.
 */
final class SelectedIds implements AutoCloseable {

  private final RecordCursor fitting;
  private @Nullable String next;

  SelectedIds(RecordCursor fitting) {
    this.fitting = fitting;
    advance();
  }

  /** Whether the record fits; records must be asked about in the order of their ids, each once. */
  boolean contains(String id) {
    if (!id.equals(next)) {
      return false;
    }
    advance();
    return true;
  }

  /** Makes sure that no fitting record was missed. */
  void checkAllMet() {
    if (next != null) {
      throw new SyncException(
          FailureKind.UNAVAILABLE,
          "Salesforce: records vanished while they were read; run the command again");
    }
  }

  @Override
  public void close() {
    fitting.close();
  }

  private void advance() {
    next =
        fitting.hasNext()
            ? fitting
                .next()
                .id()
                .orElseThrow(
                    () -> new SyncException(FailureKind.PROTOCOL, "Salesforce: a record has no id"))
            : null;
  }
}
