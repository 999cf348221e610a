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
 * Reads the cells of the source. Fields, status rules and the comparison of rows share it, so that
 * all of them see the same in one cell. Immutable.
 */
public final class Cells {

  /** SQL Server casts an empty text to this date. */
  public static final LocalDate EMPTY_DATE = LocalDate.of(1900, 1, 1);

  private static final Cells WITHOUT_PLACEHOLDERS = new Cells(List.of());

  /** Case-insensitive; the set looks a text up without copying it. */
  private final SortedSet<String> placeholders = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);

  private final int longestPlaceholder;

  private Cells(Collection<String> placeholders) {
    this.placeholders.addAll(placeholders);
    this.longestPlaceholder = placeholders.stream().mapToInt(String::length).max().orElse(0);
  }

  /**
   * A reader that also takes these texts for blank, in any case: the source writes them where it
   * has nothing to say.
   */
  public static Cells of(Collection<String> placeholders) {
    return new Cells(placeholders.stream().map(Texts::line).filter(p -> !p.isEmpty()).toList());
  }

  /** A reader that takes only blanks for blank. */
  public static Cells plain() {
    return WITHOUT_PLACEHOLDERS;
  }

  /** The placeholders, so that a change of them is noticed. */
  public List<String> placeholders() {
    return List.copyOf(placeholders);
  }

  /**
   * The value of a column as it stands; empty for NULL, for a placeholder, for a column that was
   * not selected, and for the empty date.
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
   * Whether both rows say the same. A doubled row from a join is no contradiction. Nor are blanks
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
