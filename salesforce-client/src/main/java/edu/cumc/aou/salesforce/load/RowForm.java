package edu.cumc.aou.salesforce.load;

import edu.cumc.aou.salesforce.FieldDescription;
import edu.cumc.aou.salesforce.ObjectDescription;
import edu.cumc.aou.salesforce.bulk.BulkIngest;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Rows in the two forms in which they travel. A job's cells are plain text; a call's JSON has the
 * types from describe. For one load.
 */
final class RowForm {

  private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,30}(\\.[0-9]{1,30})?");
  private static final Set<String> NUMBERS = Set.of("int", "long", "double", "currency", "percent");

  private final LoadOrder order;
  private final LoadCalls calls;
  private final Map<String, String> types = new HashMap<>();

  RowForm(LoadOrder order, LoadCalls calls) {
    this.order = order;
    this.calls = calls;
  }

  /** A row that can travel by a call: its record, or why there is none. */
  record Parcel(LoadRow row, @Nullable Object record, LoadOutcome.@Nullable Refused unfit) {}

  /** The row in the form of a call. */
  Parcel forCall(LoadRow row) {
    try {
      return new Parcel(row, calls.prepared(order.ingest(), typed(row)), null);
    } catch (IllegalArgumentException e) {
      return new Parcel(row, null, unfit(row));
    }
  }

  /** The row in the form of a job. */
  Map<String, @Nullable Object> forJob(LoadRow row) {
    Map<String, @Nullable Object> cells = new LinkedHashMap<>();
    cells.put(order.keyColumn(), row.key());
    row.values()
        .forEach(
            (column, value) -> {
              if (!column.equalsIgnoreCase(order.keyColumn())) {
                cells.put(column, value);
              }
            });
    return cells;
  }

  /** The bytes of the row in a job; -1 if no job can carry it. */
  int sizeInJob(LoadRow row) {
    if (!comesBackAsItIs(row.key())) {
      return -1;
    }
    try {
      Map<String, @Nullable Object> cells = forJob(row);
      cells.forEach(RowForm::requireWholeText);
      return calls.bulk().size(order.ingest(), cells);
    } catch (IllegalArgumentException e) {
      return -1;
    }
  }

  /**
   * Whether the results of a job name the row by just this key: line ends are written in one way,
   * and blanks at the ends may be cut off.
   */
  private static boolean comesBackAsItIs(String key) {
    return !key.isBlank() && key.indexOf('\r') < 0 && key.strip().length() == key.length();
  }

  /** Roughly the bytes of the row in a call. */
  static long sizeInCall(LoadRow row) {
    long size = 100;
    for (Map.Entry<String, @Nullable Object> entry : row.values().entrySet()) {
      size += entry.getKey().length() + 6L + String.valueOf(entry.getValue()).length() * 2L;
    }
    return size;
  }

  /** The job for some rows: with the columns that any of them has. */
  BulkIngest ingestFor(List<LoadRow> rows) {
    Set<String> asWritten = new HashSet<>();
    rows.forEach(row -> asWritten.addAll(row.values().keySet()));
    Set<String> used = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    used.addAll(asWritten);
    used.add(order.keyColumn());
    BulkIngest all = order.ingest();
    String external = all.externalIdField();
    if (external != null) {
      used.add(external);
    }
    List<String> columns = all.columns().stream().filter(used::contains).toList();
    return new BulkIngest(all.object(), all.operation(), external, columns);
  }

  private Map<String, @Nullable Object> typed(LoadRow row) {
    if (row.key().isBlank()) {
      throw new IllegalArgumentException("a row has no key");
    }
    Map<String, @Nullable Object> record = new LinkedHashMap<>();
    forJob(row)
        .forEach(
            (column, value) -> {
              requireWholeText(column, value);
              record.put(column, typed(column, value));
            });
    return record;
  }

  private @Nullable Object typed(String column, @Nullable Object value) {
    if (!(value instanceof String text)) {
      return value;
    }
    if (text.isEmpty()) {
      return null;
    }
    String type = type(column);
    if (type.equals("boolean") && (text.equals("true") || text.equals("false"))) {
      return text.equals("true");
    }
    if (NUMBERS.contains(type) && NUMBER.matcher(text).matches()) {
      return new BigDecimal(text);
    }
    // A value that does not fit its field goes as text, so that Salesforce refuses only that
    // record.
    return text;
  }

  private String type(String column) {
    return types.computeIfAbsent(
        column.toLowerCase(Locale.ROOT),
        unused -> {
          ObjectDescription object = calls.describe(order.ingest().object());
          return object.field(column).map(FieldDescription::type).orElse("");
        });
  }

  /** Half of a character pair has no form in UTF-8, and would arrive as something else. */
  private static void requireWholeText(String column, @Nullable Object value) {
    if (value instanceof String text) {
      for (int i = 0; i < text.length(); i++) {
        char c = text.charAt(i);
        if (Character.isHighSurrogate(c)
            && i + 1 < text.length()
            && Character.isLowSurrogate(text.charAt(i + 1))) {
          i++;
        } else if (Character.isSurrogate(c)) {
          throw new IllegalArgumentException(column + ": the text holds half a character");
        }
      }
    }
  }

  /** The columns that cannot be sent; tries each by itself. */
  private LoadOutcome.Refused unfit(LoadRow row) {
    List<String> fields = new ArrayList<>();
    if (!isFit(new LoadRow(row.key(), Map.of()))) {
      fields.add(order.keyColumn());
    } else {
      row.values()
          .forEach(
              (column, value) -> {
                Map<String, @Nullable Object> alone = new HashMap<>();
                alone.put(column, value);
                if (!isFit(new LoadRow(row.key(), alone))) {
                  fields.add(column);
                }
              });
    }
    return new LoadOutcome.Refused(LoadOutcome.CANNOT_BE_SENT, fields);
  }

  private boolean isFit(LoadRow row) {
    try {
      calls.prepared(order.ingest(), typed(row));
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
