package edu.cumc.aou.salesforce.crm;

import edu.cumc.aou.salesforce.RecordCursor;
import edu.cumc.aou.salesforce.SalesforceRecord;
import edu.cumc.aou.sync.model.FailureKind;
import edu.cumc.aou.sync.model.SyncException;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Tells which of the changed records fit the condition of the settings, which only Salesforce can
 * evaluate: the ids of those that fit are read beside all changed ones, both in the order of the
 * ids, so that neither is ever held as a whole. Not thread-safe.
 */
final class SelectedIds implements AutoCloseable {

  private final RecordCursor fitting;
  private final Instant readAt;
  private final Function<Instant, RecordCursor> again;
  private @Nullable String next;

  /**
   * With the ids of those that fit.
   *
   * @param readAt Salesforce's own time before they were read
   * @param again reads those that fit and have changed since a moment
   */
  SelectedIds(RecordCursor fitting, Instant readAt, Function<Instant, RecordCursor> again) {
    this.fitting = fitting;
    this.readAt = readAt;
    this.again = again;
    advance();
  }

  /** Whether the ids were read before the record became what it is, so that they may not know. */
  boolean wasReadBefore(SalesforceRecord record) {
    return record.instant(ReadObject.MODSTAMP).filter(at -> !at.isBefore(readAt)).isPresent();
  }

  /** The ids of those that fit among the few that changed since. */
  Set<String> readSince() {
    Set<String> ids = new HashSet<>();
    try (RecordCursor changed = again.apply(readAt)) {
      while (changed.hasNext()) {
        changed.next().id().ifPresent(ids::add);
      }
    }
    return ids;
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
