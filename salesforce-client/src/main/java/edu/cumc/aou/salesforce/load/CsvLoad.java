package edu.cumc.aou.salesforce.load;

import edu.cumc.aou.salesforce.bulk.BulkIngest;
import edu.cumc.aou.salesforce.bulk.BulkOperation;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A load from one CSV file to another ({@link edu.cumc.aou.salesforce.Salesforce#load}): rows come
 * from the first, and the second tells the result of each. Cells are read as Bulk reads them: an
 * empty one leaves its field alone, {@code #N/A} clears it. Rows are read as needed; memory holds
 * their keys.
 *
 * <p>The results have the key column, {@code outcome} ({@code created}, {@code saved}, {@code
 * refused}, {@code not-written}, {@code unknown}), {@code id}, {@code code} and {@code fields}
 * (names, separated by blanks). Each row that was sent has one line, in no order; if a load ended
 * early, rows that it did not reach have none.
 *
 * @param object the API name
 * @param externalIdField for UPSERT the external id to find records by; otherwise null
 * @param keyColumn the column with a unique text in each row; of two equal ones the second is
 *     refused
 */
public record CsvLoad(
    String object, BulkOperation operation, @Nullable String externalIdField, String keyColumn) {

  private static final String CLEAR = "#N/A";

  /** The client calls this. */
  public LoadTally run(Loader loader, CsvLoadFile file, Permit permit) {
    Iterator<List<String>> lines = file.lines();
    if (!lines.hasNext()) {
      throw new IllegalArgumentException("the file is empty; its first line names the columns");
    }
    List<String> columns = lines.next();
    LoadOrder order =
        new LoadOrder(new BulkIngest(object, operation, externalIdField, columns), keyColumn);
    file.write(List.of(keyColumn, "outcome", "id", "code", "fields"));
    MemoryJournal journal = new MemoryJournal(told -> file.write(line(told)));
    try {
      return loader.load(
          order, new Rows(columns, lines, told -> file.write(line(told))), journal, permit);
    } finally {
      journal.end();
      file.flush();
    }
  }

  private static List<String> line(RowOutcome told) {
    LoadOutcome outcome = told.outcome();
    if (outcome instanceof LoadOutcome.Saved saved) {
      return List.of(told.key(), saved.created() ? "created" : "saved", saved.id(), "", "");
    }
    if (outcome instanceof LoadOutcome.Refused refused) {
      return without(told, "refused", refused.code(), refused.fields());
    }
    if (outcome instanceof LoadOutcome.NotWritten unwritten) {
      return without(told, "not-written", unwritten.code(), unwritten.fields());
    }
    return without(told, "unknown", ((LoadOutcome.Unknown) outcome).code(), List.of());
  }

  private static List<String> without(
      RowOutcome told, String outcome, String code, List<String> fields) {
    return List.of(told.key(), outcome, "", code, String.join(" ", fields));
  }

  /** The rows, each key once. */
  private final class Rows implements Iterator<LoadRow> {
    private final List<String> columns;
    private final Iterator<List<String>> lines;
    private final Consumer<RowOutcome> refused;
    private final Set<String> keys = new HashSet<>();
    private int row;
    private @Nullable LoadRow ahead;

    Rows(List<String> columns, Iterator<List<String>> lines, Consumer<RowOutcome> refused) {
      this.columns = columns;
      this.lines = lines;
      this.refused = refused;
    }

    @Override
    public boolean hasNext() {
      while (ahead == null && lines.hasNext()) {
        LoadRow read = read(lines.next());
        if (keys.add(read.key())) {
          ahead = read;
        } else {
          refused.accept(
              new RowOutcome(
                  read.key(),
                  new LoadOutcome.Refused(LoadOutcome.CANNOT_BE_SENT, List.of(keyColumn))));
        }
      }
      return ahead != null;
    }

    @Override
    public LoadRow next() {
      LoadRow next = hasNext() ? ahead : null;
      if (next == null) {
        throw new NoSuchElementException();
      }
      ahead = null;
      return next;
    }

    private LoadRow read(List<String> cells) {
      row++;
      if (cells.size() != columns.size()) {
        throw new IllegalArgumentException(
            "row "
                + row
                + " has "
                + cells.size()
                + " cells where the first line names "
                + columns.size()
                + " columns");
      }
      String key = "";
      Map<String, @Nullable Object> values = new LinkedHashMap<>();
      for (int i = 0; i < cells.size(); i++) {
        String cell = cells.get(i);
        if (columns.get(i).equalsIgnoreCase(keyColumn)) {
          key = cell;
        } else if (!cell.isEmpty()) {
          values.put(columns.get(i), cell.equals(CLEAR) ? null : cell);
        }
      }
      return new LoadRow(key, values);
    }
  }
}
