package edu.cumc.aou.simulator.source;

import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One case of dirty data: a line of {@code dirty-cases.csv}, with everything still written as it
 * stands there. Immutable.
 *
 * <p>Days are separated by {@code " -> "}: the last one stays for good. Within a day, the values of
 * several columns are separated by {@code " | "}. {@link #decode} says how a value is written.
 *
 * @param id names the case; unique
 * @param group what the case is about, one word
 * @param relation {@code contacts}, {@code journeys} or {@code both} for what {@code generate
 *     --dirty} plants; another word for what a test has to stage
 * @param columns the columns that are dirty, as their relation shows them
 * @param values their values, day by day
 * @param rows how many rows it takes, in words; empty for one
 * @param field the Salesforce field that the result is about; empty if it is about the record
 * @param expected the result, day by day; read by tests, not by the simulator
 */
public record DirtyCase(
    String id,
    String group,
    String relation,
    String columns,
    String values,
    String rows,
    String field,
    String expected) {

  private static final String NEXT_DAY = " -> ";
  private static final String NEXT_COLUMN = " | ";
  private static final Pattern REPEAT = Pattern.compile("<([^<>*]+)\\*(\\d+)>");
  private static final Pattern CHARACTER = Pattern.compile("\\\\(?:u\\{([0-9A-F]+)}|(.))");

  /** Whether {@code generate --dirty} plants it. */
  public boolean isPlanted() {
    return List.of("contacts", "journeys", "both").contains(relation);
  }

  /** The results to expect, one for each day on which something is new. */
  public List<String> expectedByDay() {
    return split(expected, NEXT_DAY);
  }

  /** The dirty columns. */
  List<String> columnNames() {
    return split(columns, NEXT_COLUMN);
  }

  /**
   * The values on a day, in the order of the columns.
   *
   * @param day from 1
   */
  List<@Nullable String> valuesOn(int day, String pmiId) {
    List<String> days = split(values, NEXT_DAY);
    return split(days.get(Math.min(day, days.size()) - 1), NEXT_COLUMN).stream()
        .<@Nullable String>map(
            value -> value.equals("<null>") ? null : decode(withDigits(value, pmiId)))
        .toList();
  }

  /**
   * Puts the PMI ID's own digits where a value or a result asks for them: {@code <digits>} are all
   * nine, {@code <8digits>} are the first eight.
   *
   * @param text a value or a result
   * @param pmiId the participant's PMI ID
   * @return the text with digits
   */
  public static String withDigits(String text, String pmiId) {
    return text.replace("<digits>", pmiId.substring(1)).replace("<8digits>", pmiId.substring(1, 9));
  }

  /**
   * Reads a text as the file writes it: {@code \s} is a space at an end, {@code \t}, {@code \r},
   * {@code \n} and {@code \\} are what they are in Java, {@code \}{@code u{E9}} is a code point,
   * and {@code <a*80>} is what is left of the asterisk so many times.
   *
   * @param text the text as written
   * @return the text that is meant
   * @throws IllegalArgumentException if another character follows a backslash
   */
  public static String decode(String text) {
    String whole =
        REPEAT
            .matcher(text)
            .replaceAll(
                m -> Matcher.quoteReplacement(m.group(1).repeat(Integer.parseInt(m.group(2)))));
    return CHARACTER.matcher(whole).replaceAll(m -> Matcher.quoteReplacement(character(m)));
  }

  private static String character(MatchResult match) {
    if (match.group(1) != null) {
      return Character.toString(Integer.parseInt(match.group(1), 16));
    }
    return switch (match.group(2)) {
      case "s" -> " ";
      case "t" -> "\t";
      case "r" -> "\r";
      case "n" -> "\n";
      case "\\" -> "\\";
      default ->
          throw new IllegalArgumentException(
              "\\" + match.group(2) + " means nothing in dirty-cases.csv; a backslash is \\\\");
    };
  }

  private static List<String> split(String text, String separator) {
    return Arrays.asList(text.split(Pattern.quote(separator), -1));
  }
}
