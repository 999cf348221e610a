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
 * Tells which of the changed records fit the condition in the settings, which only Salesforce can
 * evaluate. It reads the ids of the fitting records beside all changed ones, both in the order of
 * their times, so memory never holds all of either. Not thread-safe.
 */
final class SelectedIds implements AutoCloseable {

  private final RecordCursor fitting;
  private final Instant readAt;
  private final Function<Instant, RecordCursor> again;

  /** The fitting ids at the present time of the stream. */
  private final Set<String> sameTime = new HashSet<>();

  private Instant time = Instant.MIN;
  private @Nullable SalesforceRecord next;

  /**
   * The fitting ids that were no longer found at their time, because the records have changed
   * since.
   */
  private final Set<String> unmet = new HashSet<>();

  /**
   * With the ids and times of those that fit.
   *
   * @param readAt Salesforce's own time before they were read
   * @param again reads the fitting ones that have changed since a moment
   */
  SelectedIds(RecordCursor fitting, Instant readAt, Function<Instant, RecordCursor> again) {
    this.fitting = fitting;
    this.readAt = readAt;
    this.again = again;
    next = fitting.hasNext() ? fitting.next() : null;
  }

  /**
   * Whether the ids were read before the record's last change, so that they may be wrong about it.
   */
  boolean wasReadBefore(SalesforceRecord record) {
    return record.instant(ReadObject.MODSTAMP).filter(at -> !at.isBefore(readAt)).isPresent();
  }

  /** The ids of the fitting ones among the few that changed since. */
  Set<String> readSince() {
    Set<String> ids = new HashSet<>();
    try (RecordCursor changed = again.apply(readAt)) {
      while (changed.hasNext()) {
        changed.next().id().ifPresent(ids::add);
      }
    }
    return ids;
  }

  /** Whether the record fits; records must be asked about in the order of their times. */
  boolean contains(SalesforceRecord record) {
    Instant at = time(record);
    while (at.isAfter(time) && next != null) {
      if (time(next).isAfter(at)) {
        break;
      }
      advance();
    }
    return at.equals(time) && sameTime.remove(id(record));
  }

  /** Counts the record as seen: it has changed since its id was read. */
  void met(SalesforceRecord record) {
    unmet.remove(id(record));
    sameTime.remove(id(record));
  }

  /** Makes sure that no fitting record was missed. */
  void checkAllMet() {
    while (next != null) {
      advance();
    }
    unmet.addAll(sameTime);
    if (!unmet.isEmpty()) {
      throw new SyncException(
          FailureKind.UNAVAILABLE,
          "Salesforce: records vanished while they were read; run the command again");
    }
  }

  @Override
  public void close() {
    fitting.close();
  }

  /** Goes on to the next time. */
  private void advance() {
    unmet.addAll(sameTime);
    sameTime.clear();
    SalesforceRecord first = next;
    if (first == null) {
      return;
    }
    time = time(first);
    while (next != null && time(next).equals(time)) {
      sameTime.add(id(next));
      next = fitting.hasNext() ? fitting.next() : null;
    }
  }

  private static String id(SalesforceRecord record) {
    return record
        .id()
        .orElseThrow(
            () -> new SyncException(FailureKind.PROTOCOL, "Salesforce: a record has no id"));
  }

  private static Instant time(SalesforceRecord record) {
    return record
        .instant(ReadObject.MODSTAMP)
        .orElseThrow(
            () -> new SyncException(FailureKind.PROTOCOL, "Salesforce: a record has no time"));
  }
}
