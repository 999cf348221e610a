package edu.cumc.aou.docs;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A page's {@code console} blocks: commands behind {@code $}, then what they print. An ellipsis
 * stands for any text in a line; alone in a line, for any lines.
 */
final class Transcript {

  private static final String PROMPT = "$ ";
  private static final String ANYTHING = "…";

  private Transcript() {}

  /** A command, and what the page says that it prints. */
  record Step(String command, List<String> printed) {

    boolean prints(String actual) {
      StringBuilder pattern = new StringBuilder();
      for (String line : printed) {
        if (line.strip().equals(ANYTHING)) {
          pattern.append("(?:[^\\n]*\\n)*");
        } else {
          String text = line.endsWith(ANYTHING) ? spaced(line) : spaced(line) + " ";
          pattern
              .append(
                  Arrays.stream(text.split(ANYTHING, -1))
                      .map(Pattern::quote)
                      .collect(Collectors.joining("[^\\n]*")))
              .append("\\n");
        }
      }
      String text = actual.lines().map(l -> spaced(l) + " \n").collect(Collectors.joining());
      return Pattern.compile(pattern.toString()).matcher(text).matches();
    }

    /** Widths of columns follow from times, so they are not compared. */
    private static String spaced(String line) {
      return line.strip().replaceAll("\\s+", " ");
    }
  }

  static List<Step> of(String page) {
    return Manual.blocks(page, "console").stream().flatMap(b -> ofBlock(page, b).stream()).toList();
  }

  static List<Step> ofBlock(String page, String block) {
    List<Step> steps = new ArrayList<>();
    List<String> lines = block.lines().toList();
    int i = 0;
    while (i < lines.size()) {
      String first = lines.get(i++);
      if (!first.startsWith(PROMPT)) {
        throw new IllegalStateException(page + ": no command before: " + first);
      }
      StringBuilder command = new StringBuilder(first.substring(PROMPT.length()));
      if (first.endsWith("<<END")) {
        do {
          command.append("\n").append(lines.get(i));
        } while (!lines.get(i++).equals("END"));
      }
      List<String> printed = new ArrayList<>();
      while (i < lines.size() && !lines.get(i).startsWith(PROMPT)) {
        printed.add(lines.get(i++));
      }
      steps.add(new Step(command.toString(), List.copyOf(printed)));
    }
    return steps;
  }
}
