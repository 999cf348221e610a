package edu.cumc.aou.cli.print;

import java.util.ArrayList;
import java.util.List;

/** Wraps lines for a terminal, which would break them in the middle of a word. */
public final class Wrapped {

  private static final int HANGING = 2;

  private Wrapped() {}

  /**
   * Breaks long lines at blanks, and indents the rest. A longer word stays whole, because it may be
   * a path or an id to copy.
   *
   * @param width the number of columns; 0 for no limit
   */
  public static List<String> lines(List<String> lines, int width) {
    if (width <= 0) {
      return lines;
    }
    List<String> wrapped = new ArrayList<>();
    lines.stream().flatMap(String::lines).forEach(line -> wrap(line, width, wrapped));
    return wrapped;
  }

  /** Does the same for one text, which may have several lines. */
  public static String text(String text, int width) {
    return String.join("\n", lines(List.of(text), width));
  }

  private static void wrap(String line, int width, List<String> wrapped) {
    String rest = line;
    int indent = Math.min(width / 4, line.length() - line.stripLeading().length() + HANGING);
    while (rest.length() > width) {
      int first = rest.length() - rest.stripLeading().length();
      int end = rest.lastIndexOf(' ', width);
      if (end <= first) {
        end = rest.indexOf(' ', first);
      }
      if (end < 0) {
        break;
      }
      wrapped.add(rest.substring(0, end).stripTrailing());
      rest = " ".repeat(indent) + rest.substring(end).stripLeading();
    }
    wrapped.add(rest);
  }
}
