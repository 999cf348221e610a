package edu.cumc.aou.mornings.judge;

import edu.cumc.aou.mornings.judge.FieldTable.Field;
import edu.cumc.aou.mornings.judge.SourceReader.Reading;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The cases of {@code dirty-cases.csv} about one value of one mapped field. Their results do not
 * depend on the length of the org's fields or on the values of its picklists.
 */
public final class DirtyCases {

  /** A text in a cell, and what it comes to. */
  public record Case(Field field, String text, String expected) {}

  private static final Pattern REPEATED = Pattern.compile("<(.+?)\\*(\\d+)>");
  private static final Pattern POINT = Pattern.compile("\\\\u\\{([0-9A-F]+)\\}");
  private static final Pattern RESULT = Pattern.compile("(?s)sent as (.+)|blank, not sent");
  private static final String REFUSED = "field refused by ";
  private static final Set<String> OF_THE_ORG = Set.of("too-long", "not-in-picklist");

  private static final List<Case> ALL = read();
  private static final Map<String, Reading> READINGS = new HashMap<>();
  private static final Set<String> BLANKS = new HashSet<>();

  static {
    for (Case c : ALL) {
      boolean blank = c.expected().startsWith("blank");
      READINGS.put(
          c.field().name() + "\n" + c.text(),
          c.expected().startsWith(REFUSED)
              ? Reading.refused(c.expected().substring(REFUSED.length()))
              : new Reading(blank ? "" : c.expected().substring("sent as ".length()), ""));
      if (blank) {
        BLANKS.add(c.text());
      }
    }
  }

  private DirtyCases() {}

  public static List<Case> all() {
    return ALL;
  }

  /** What a text of the list comes to in this field; empty if it is not on the list. */
  static Optional<Reading> reading(Field field, Object cell) {
    return Optional.ofNullable(READINGS.get(field.name() + "\n" + cell));
  }

  /** Whether the list says that a text stands for nothing. */
  static boolean isBlank(Object cell) {
    return BLANKS.contains(cell.toString());
  }

  private static List<Case> read() {
    List<Case> cases = new ArrayList<>();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                DirtyCases.class.getResourceAsStream(
                    "/edu/cumc/aou/simulator/source/dirty-cases.csv"),
                StandardCharsets.UTF_8))) {
      lines.readLine();
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        List<String> c = cells(line);
        FieldTable.all().stream()
            .filter(f -> f.name().equals(c.get(6)) && isSimple(c))
            .map(f -> new Case(f, expanded(c.get(4)), expanded(c.get(7))))
            .filter(DirtyCases::isUsable)
            .forEach(cases::add);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return List.copyOf(cases);
  }

  /** One column, one day, one row. */
  private static boolean isSimple(List<String> c) {
    return c.get(5).isEmpty()
        && !c.get(3).contains(" | ")
        && !c.get(4).contains("->")
        && !c.get(4).contains("<null>")
        && !c.get(4).contains("digits>")
        && c.get(2).matches("contacts|journeys");
  }

  private static boolean isUsable(Case c) {
    if (c.field().name().startsWith("HP_Withdrawal") || c.field().required()) {
      return false;
    }
    return c.expected().startsWith(REFUSED)
        ? !OF_THE_ORG.contains(c.expected().substring(REFUSED.length()))
        : RESULT.matcher(c.expected()).matches();
  }

  /** The cells of a line, where quotes may stand around one and are doubled in it. */
  private static List<String> cells(String line) {
    List<String> cells = new ArrayList<>();
    StringBuilder cell = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '"' && quoted && i + 1 < line.length() && line.charAt(i + 1) == '"') {
        cell.append(c);
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (c == ',' && !quoted) {
        cells.add(cell.toString());
        cell.setLength(0);
      } else {
        cell.append(c);
      }
    }
    cells.add(cell.toString());
    return cells;
  }

  private static String expanded(String text) {
    String plain =
        POINT
            .matcher(text)
            .replaceAll(
                m -> Matcher.quoteReplacement(Character.toString(Integer.parseInt(m.group(1), 16))))
            .replace("\\s", " ")
            .replace("\\t", "\t")
            .replace("\\r", "\r")
            .replace("\\n", "\n");
    return REPEATED
        .matcher(plain)
        .replaceAll(m -> Matcher.quoteReplacement(m.group(1).repeat(Integer.parseInt(m.group(2)))));
  }
}
