package edu.cumc.aou.salesforce.sync;

import edu.cumc.aou.salesforce.RecordCursor;
import edu.cumc.aou.salesforce.SalesforceException;
import edu.cumc.aou.salesforce.SalesforceRecord;
import edu.cumc.aou.sync.port.Cursor;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * The records of a scope as the sync wants them.
 *
 * @param <T> a Contact or a journey
 */
final class RecordPages<T> implements Cursor<T> {

  private final RecordCursor records;
  private final @Nullable SelectedIds selected;
  private final BiFunction<SalesforceRecord, Boolean, T> read;

  /**
   * Takes over what it is given, and closes it.
   *
   * @param selected null when all records are
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
      if (records.hasNext()) {
        return true;
      }
      if (selected != null) {
        selected.checkAllMet();
      }
      return false;
    } catch (SalesforceException e) {
      throw Translation.translated(e);
    }
  }

  @Override
  public T next() {
    try {
      SalesforceRecord record = records.next();
      return read.apply(record, selected == null || selected.contains(record.id().orElse("")));
    } catch (SalesforceException e) {
      throw Translation.translated(e);
    }
  }

  @Override
  public void close() {
    records.close();
    if (selected != null) {
      selected.close();
    }
  }
}
