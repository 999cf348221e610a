package edu.cumc.aou.salesforce.internal.bulk;

import edu.cumc.aou.salesforce.bulk.BulkRow;
import edu.cumc.aou.salesforce.bulk.BulkRows;
import edu.cumc.aou.salesforce.internal.wire.WireValues;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.function.LongSupplier;

/** One of the three result files of a job. */
final class BulkResultRows implements BulkRows {

  /** The number of these rows is unknown. */
  static final long ANY = -1;

  private final CsvRows rows;
  private final LongSupplier countedNow;
  private final long counted;
  private final int id;
  private final int created;
  private final int error;
  private boolean checked;
  private boolean closed;

  /**
   * Reads a file.
   *
   * @param countedNow asks how many rows there must be: an aborted job may count on
   * @param counted the number of rows as known, or {@link #ANY}
   */
  BulkResultRows(CsvRows rows, LongSupplier countedNow, long counted) {
    this.rows = rows;
    this.countedNow = countedNow;
    this.counted = counted;
    List<String> names = rows.header().stream().map(n -> n.toLowerCase(Locale.ROOT)).toList();
    id = names.indexOf("sf__id");
    created = names.indexOf("sf__created");
    error = names.indexOf("sf__error");
    if (counted != ANY && !names.isEmpty() && id < 0) {
      rows.close();
      throw WireValues.missing("the column sf__Id");
    }
  }

  @Override
  public boolean hasNext() {
    if (closed) {
      return false;
    }
    if (rows.hasNext()) {
      return true;
    }
    if (!checked) {
      checked = true;
      long expected = counted;
      if (expected != ANY && rows.rows() != expected) {
        expected = countedNow.getAsLong();
      }
      if (expected != ANY && rows.rows() != expected) {
        throw BulkJobs.wrongCount(expected, rows.rows());
      }
    }
    return false;
  }

  @Override
  public BulkRow next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    List<String> cells = rows.next();
    Map<String, String> fields = new LinkedHashMap<>();
    for (int i = 0; i < cells.size(); i++) {
      if (i != id && i != created && i != error) {
        fields.put(rows.header().get(i), cells.get(i));
      }
    }
    return new BulkRow(
        id < 0 ? "" : cells.get(id),
        created >= 0 && cells.get(created).equalsIgnoreCase("true"),
        error < 0 ? null : JobProblems.ofRow(cells.get(error)),
        Collections.unmodifiableMap(fields));
  }

  @Override
  public void close() {
    closed = true;
    rows.close();
  }
}
