package edu.cumc.aou.sync.model;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One row of the source: the selected columns and their values. A value is a {@link String}, {@link
 * LocalDate}, {@link LocalDateTime}, {@link OffsetDateTime}, {@link Boolean}, {@link Long} or
 * {@link BigDecimal}; NULL is absent. Column names are found in any case. {@link Cells} says what a
 * value means.
 *
 * <p>Immutable. {@link #toString()} shows no value.
 */
public final class SourceRow {

  /**
   * The column names that all rows of one cursor share, so that a row costs an array and no map.
   */
  public static final class Header {
    private final List<String> columns;
    private final Map<String, Integer> positions = new HashMap<>();
    private final Map<String, Integer> asSpelled = new HashMap<>();

    /** The columns in the order in which rows give their values. */
    public Header(List<String> columns) {
      this.columns = List.copyOf(columns);
      for (int i = 0; i < columns.size(); i++) {
        positions.put(columns.get(i).toLowerCase(Locale.ROOT), i);
        asSpelled.put(columns.get(i), i);
      }
    }

    /** Most callers use the database's own spelling, which needs no new text. */
    private @Nullable Integer position(String column) {
      Integer position = asSpelled.get(column);
      return position == null ? positions.get(column.toLowerCase(Locale.ROOT)) : position;
    }

    public List<String> columns() {
      return columns;
    }
  }

  private final Header header;
  private final @Nullable Object[] values;

  /**
   * Copies the values. Throws {@link IllegalArgumentException} when their number differs from the
   * columns, or when one has a type that is not listed above: an unknown type is a fault, never a
   * silent null.
   */
  public SourceRow(Header header, @Nullable Object... values) {
    if (values.length != header.columns.size()) {
      throw new IllegalArgumentException("a source row needs one value for each column");
    }
    for (int i = 0; i < values.length; i++) {
      if (values[i] != null && !isSupported(values[i])) {
        throw new IllegalArgumentException(
            "column " + header.columns.get(i) + " gives a value of an unsupported type");
      }
    }
    this.header = header;
    this.values = values.clone();
  }

  private static boolean isSupported(@Nullable Object value) {
    return value instanceof String
        || value instanceof LocalDate
        || value instanceof LocalDateTime
        || value instanceof OffsetDateTime
        || value instanceof Boolean
        || value instanceof Long
        || value instanceof BigDecimal;
  }

  /** The columns, in the order of the values; the same object for all rows of one cursor. */
  public List<String> columns() {
    return header.columns;
  }

  /** The value at a position of {@link #columns}; null for NULL. */
  public @Nullable Object valueAt(int position) {
    return values[position];
  }

  /** The value of a column; empty for NULL and for a column that was not selected. */
  public Optional<Object> value(String column) {
    return Optional.ofNullable(cell(column));
  }

  /** The value of a column; null for NULL and for a column that was not selected. */
  @Nullable Object cell(String column) {
    Integer position = header.position(column);
    return position == null ? null : values[position];
  }

  @Override
  public String toString() {
    return "SourceRow[" + values.length + " columns]";
  }
}
