package edu.cumc.aou.db.internal;

import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows to load into a table.
 *
 * @param table the table, quoted
 * @param columns the columns that get a value
 * @param rows one value for each column, in their order; read once, one after the other
 */
public record Load(String table, List<Column> columns, Iterator<List<@Nullable Object>> rows) {

  public Load {
    columns = List.copyOf(columns);
  }

  /** What a column holds. */
  public enum Type {
    /** A {@code String} of limited length. */
    TEXT,
    /** A {@code String} of any length. */
    LONG_TEXT,
    /** An {@code Integer} that fits into two bytes. */
    SMALL_NUMBER,
    /** An {@code Integer}. */
    INTEGER,
    /** A {@code Long}. */
    NUMBER,
    /** A {@code LocalDateTime} in UTC, in whole microseconds, from 1583 on. */
    TIME
  }

  /**
   * One column.
   *
   * @param name the table's name for it
   * @param type what it holds
   * @param length the most characters of a {@link Type#TEXT}, else 0
   */
  public record Column(String name, Type type, int length) {

    public static Column text(String name, int length) {
      return new Column(name, Type.TEXT, length);
    }

    public static Column longText(String name) {
      return new Column(name, Type.LONG_TEXT, 0);
    }

    public static Column smallNumber(String name) {
      return new Column(name, Type.SMALL_NUMBER, 0);
    }

    public static Column integer(String name) {
      return new Column(name, Type.INTEGER, 0);
    }

    public static Column number(String name) {
      return new Column(name, Type.NUMBER, 0);
    }

    public static Column time(String name) {
      return new Column(name, Type.TIME, 0);
    }
  }
}
