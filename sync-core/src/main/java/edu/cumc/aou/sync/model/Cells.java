package edu.cumc.aou.sync.model;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.temporal.Temporal;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Reads the cells of the source: for the fields, for the rules of a participant's status and for
 * the comparison of rows, so that no two of them can see different things in one cell. Immutable.
 */
public final class Cells {

  /** What SQL Server makes of an empty text that is cast to a date. */
  public static final LocalDate EMPTY_DATE = LocalDate.of(1900, 1, 1);

  private static final Cells WITHOUT_PLACEHOLDERS = new Cells(List.of());

  /** In any case; a set that finds its texts without making others of them. */
  private final SortedSet<String> placeholders = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);

  private final int longestPlaceholder;

  private Cells(Collection<String> placeholders) {
    this.placeholders.addAll(placeholders);
    this.longestPlaceholder = placeholders.stream().mapToInt(String::length).max().orElse(0);
  }

  /**
   * A reader that takes these texts for blanks, in any case: what the source writes where it has
   * nothing to say.
   */
  public static Cells of(Collection<String> placeholders) {
    return new Cells(placeholders.stream().map(Texts::line).filter(p -> !p.isEmpty()).toList());
  }

  /** A reader that takes only blanks for blank. */
  public static Cells plain() {
    return WITHOUT_PLACEHOLDERS;
  }

  /** What the placeholders are, for what must notice that they changed. */
  public List<String> placeholders() {
    return List.copyOf(placeholders);
  }

  /**
   * The value of a column as it stands; empty for NULL, for a placeholder, for a column that was
   * not selected, and for the day that stands for no day.
   */
  public Object value(SourceRow row, String column) {
    return value(row.cell(column));
  }

  private Object value(@Nullable Object cell) {
    if (cell == null) {
      return "";
    }
    boolean blank =
        cell instanceof String text
            ? isPlaceholder(text)
            : cell instanceof Temporal time && LocalDate.from(time).equals(EMPTY_DATE);
    return blank ? "" : cell;
  }

  private boolean isPlaceholder(String text) {
    if (longestPlaceholder == 0 || text.isEmpty()) {
      return false;
    }
    String trimmed = Texts.trim(text);
    return trimmed.length() <= longestPlaceholder && placeholders.contains(trimmed);
  }

  /** The value of a column as text, over several lines if need be. */
  public String text(SourceRow row, String column) {
    return textOf(value(row, column));
  }

  /** The value of a column as text on one line, without blanks around it. */
  public String line(SourceRow row, String column) {
    return Texts.line(text(row, column));
  }

  /** A value as text; a point in time without a time of day is a day. */
  public static String textOf(Object value) {
    if (value instanceof String text) {
      return text;
    }
    if (value instanceof BigDecimal number) {
      return Numbers.plain(number);
    }
    return value instanceof LocalDateTime time && time.toLocalTime().equals(LocalTime.MIDNIGHT)
        ? time.toLocalDate().toString()
        : value.toString();
  }

  /**
   * Whether both rows say the same: a join that doubled a row is no contradiction, nor are blanks
   * around a text, or an empty text or a placeholder in place of NULL.
   */
  public boolean saySame(SourceRow one, SourceRow other) {
    if (one.columns().size() != other.columns().size()) {
      return false;
    }
    for (int i = 0; i < one.columns().size(); i++) {
      Object a = one.valueAt(i);
      Object b = other.valueAt(i);
      if (!Objects.equals(a, b)
          && !Texts.line(textOf(value(a))).equals(Texts.line(textOf(value(b))))) {
        return false;
      }
    }
    return true;
  }
}
