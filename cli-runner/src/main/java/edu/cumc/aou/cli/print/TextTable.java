package edu.cumc.aou.cli.print;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Text in aligned columns. A column of numbers is aligned right, any other left. Not thread-safe.
 */
public final class TextTable {

  private static final String GAP = "  ";

  /** A narrower cell says nothing, so a line that is still too long wraps. */
  private static final int NARROWEST = 12;

  private final List<List<String>> rows = new ArrayList<>();

  /** Adds a row; numbers are written with thousands separators. */
  public TextTable row(Object... cells) {
    List<String> row = new ArrayList<>();
    for (Object cell : cells) {
      row.add(
          cell instanceof Number number
              ? String.format(Locale.ROOT, "%,d", number.longValue())
              : String.valueOf(cell));
    }
    rows.add(row);
    return this;
  }

  public boolean isEmpty() {
    return rows.isEmpty();
  }

  /** The lines, each with the indent before it and no blanks at its end. */
  public List<String> lines(String indent) {
    return lines(indent, 0);
  }

  /**
   * The same, cut to a terminal: the longest cells are shortened, but no cell below the narrowest
   * width.
   *
   * @param width the number of columns; 0 for no limit
   */
  public List<String> lines(String indent, int width) {
    int columns = rows.stream().mapToInt(List::size).max().orElse(0);
    if (width > 0 && columns > 0) {
      cut(columns, width - indent.length() - GAP.length() * (columns - 1));
    }
    int[] widths = new int[columns];
    boolean[] right = new boolean[columns];
    for (int column = 0; column < columns; column++) {
      int c = column;
      widths[c] = rows.stream().mapToInt(r -> cell(r, c).length()).max().orElse(0);
      List<String> filled =
          rows.stream().skip(1).map(r -> cell(r, c)).filter(t -> !t.isEmpty()).toList();
      right[c] = !filled.isEmpty() && filled.stream().allMatch(t -> t.matches("[0-9][0-9,]*"));
    }
    List<String> lines = new ArrayList<>();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder(indent);
      for (int column = 0; column < columns; column++) {
        String text = cell(row, column);
        String blanks = " ".repeat(widths[column] - text.length());
        line.append(right[column] ? blanks + text : text + blanks).append(GAP);
      }
      lines.add(line.toString().stripTrailing());
    }
    return lines;
  }

  private void cut(int columns, int room) {
    int[] widths = new int[columns];
    for (List<String> row : rows) {
      for (int column = 0; column < row.size(); column++) {
        widths[column] = Math.max(widths[column], row.get(column).length());
      }
    }
    int widest = Arrays.stream(widths).max().orElse(0);
    while (Arrays.stream(widths).sum() > room && widest > NARROWEST) {
      widest--;
      for (int column = 0; column < columns; column++) {
        widths[column] = Math.min(widths[column], widest);
      }
    }
    for (List<String> row : rows) {
      for (int column = 0; column < row.size(); column++) {
        row.set(column, cut(row.get(column), widths[column]));
      }
    }
  }

  private static String cut(String text, int length) {
    if (text.length() <= length) {
      return text;
    }
    int end = length - 1;
    return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + "…";
  }

  private static String cell(List<String> row, int column) {
    return column < row.size() ? row.get(column) : "";
  }
}
