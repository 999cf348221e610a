package edu.cumc.aou.salesforce.crm;

import edu.cumc.aou.salesforce.RecordCursor;
import edu.cumc.aou.salesforce.SalesforceException;
import edu.cumc.aou.salesforce.SalesforceRecord;
import edu.cumc.aou.sync.port.Cursor;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * The records of a scope in the sync's form.
 *
 * @param <T> a Contact or a journey
 */
final class RecordPages<T> implements Cursor<T> {

  private final RecordCursor records;
  private final @Nullable SelectedIds selected;
  private final BiFunction<SalesforceRecord, Boolean, T> read;
  private final Deque<SalesforceRecord> touched = new ArrayDeque<>();
  private @Nullable Set<String> selectedSince;
  private @Nullable T ahead;

  /**
   * Takes over its arguments, and closes them.
   *
   * @param selected null if the sync looks after all of them
   */
  RecordPages(
      RecordCursor records,
      @Nullable SelectedIds selected,
      BiFunction<SalesforceRecord, Boolean, T> read) {
    this.records = records;
    this.selected = selected;
    this.read = read;
  }

  @Override
  public boolean hasNext() {
    try {
      while (ahead == null && records.hasNext()) {
        SalesforceRecord record = records.next();
        if (selected == null || selected.contains(record)) {
          ahead = read.apply(record, true);
        } else if (selected.wasReadBefore(record)) {
          touched.add(record);
          selected.met(record);
        } else {
          ahead = read.apply(record, false);
        }
      }
      if (ahead == null && selected != null) {
        selected.checkAllMet();
        ahead = nextTouched(selected);
      }
      return ahead != null;
    } catch (SalesforceException e) {
      throw CrmFaults.translated(e);
    }
  }

  /** For a record that changed between the two reads, asks again whether it fits. */
  private @Nullable T nextTouched(SelectedIds ids) {
    SalesforceRecord record = touched.poll();
    if (record == null) {
      return null;
    }
    Set<String> fitting = selectedSince;
    if (fitting == null) {
      fitting = ids.readSince();
      selectedSince = fitting;
    }
    return read.apply(record, fitting.contains(record.id().orElse("")));
  }

  @Override
  public T next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    T next = ahead;
    ahead = null;
    if (next == null) {
      throw new NoSuchElementException();
    }
    return next;
  }

  @Override
  public void close() {
    records.close();
    if (selected != null) {
      selected.close();
    }
  }
}
