package edu.cumc.aou.cli;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads metrics by the grammar that OpenMetrics 1.0 and Prometheus' text format 0.0.4 have in
 * common, and names each line that either would refuse.
 */
final class MetricsText {

  private static final String NAME = "[a-zA-Z_][a-zA-Z0-9_]*";
  private static final String LABEL = NAME + "=\"(?:[^\"\\\\\\n]|\\\\[\"\\\\n])*\"";
  private static final Pattern HELP = Pattern.compile("# HELP (" + NAME + ") ([^\"\\\\]+)");
  private static final Pattern TYPE = Pattern.compile("# TYPE (" + NAME + ") gauge");
  private static final Pattern SAMPLE =
      Pattern.compile(
          "("
              + NAME
              + ")(\\{"
              + LABEL
              + "(?:,"
              + LABEL
              + ")*\\})? (-?[0-9]+(?:\\.[0-9]+)?(?:[eE][+-]?[0-9]+)?)");

  private MetricsText() {}

  static List<String> problems(String text) {
    List<String> problems = new ArrayList<>();
    if (!text.endsWith("\n# EOF\n")) {
      problems.add("the end is not # EOF and a line feed");
    }
    Set<String> closed = new HashSet<>();
    Set<String> seen = new HashSet<>();
    String family = "";
    boolean typed = false;
    for (String line : text.substring(0, Math.max(0, text.length() - 6)).split("\n")) {
      Matcher type = TYPE.matcher(line);
      Matcher help = HELP.matcher(line);
      Matcher sample = SAMPLE.matcher(line);
      if (type.matches()) {
        if (!type.group(1).equals(family)) {
          closed.add(family);
          family = type.group(1);
        }
        typed = true;
        if (closed.contains(family)) {
          problems.add("twice: " + line);
        }
      } else if (help.matches()) {
        if (!help.group(1).equals(family)) {
          closed.add(family);
          family = help.group(1);
          typed = false;
        }
      } else if (sample.matches()) {
        if (!sample.group(1).equals(family) || !typed) {
          problems.add("not below its type: " + line);
        }
        if (!seen.add(sample.group(1) + sample.group(2))) {
          problems.add("twice: " + line);
        }
      } else {
        problems.add("not understood: " + line);
      }
    }
    return problems;
  }

  /** The value of a sample with all of these labels. */
  static double value(String text, String name, String... labels) {
    return text.lines()
        .filter(l -> l.startsWith(name + "{") || l.startsWith(name + " "))
        .filter(l -> Set.of(labels).stream().allMatch(l::contains))
        .mapToDouble(l -> Double.parseDouble(l.substring(l.lastIndexOf(' ') + 1)))
        .findFirst()
        .orElse(Double.NaN);
  }
}
