package edu.cumc.aou.mornings.judge;

import edu.cumc.aou.mornings.judge.FieldTable.Field;
import java.math.BigDecimal;
import java.text.Normalizer;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The judge's own reading of a cell, by the tables of docs/dirty-data.md and docs/daily-run.md. */
final class SourceReader {

  /**
   * What a cell says.
   *
   * @param text the value as Salesforce should show it; empty text for a blank
   * @param rule why it is refused; empty text if it is not
   */
  record Reading(String text, String rule) {
    static final Reading BLANK = new Reading("", "");

    static Reading refused(String rule) {
      return new Reading("", rule);
    }

    boolean isRefused() {
      return !rule.isEmpty();
    }

    boolean isBlank() {
      return text.isEmpty() && !isRefused();
    }
  }

  private static final Map<String, String> STATES =
      Map.ofEntries(
          Map.entry("NY", "NY"),
          Map.entry("NEW YORK", "NY"),
          Map.entry("NJ", "NJ"),
          Map.entry("NEW JERSEY", "NJ"),
          Map.entry("CT", "CT"),
          Map.entry("CONNECTICUT", "CT"),
          Map.entry("PR", "PR"),
          Map.entry("PUERTO RICO", "PR"),
          Map.entry("CA", "CA"),
          Map.entry("CALIFORNIA", "CA"),
          Map.entry("FL", "FL"),
          Map.entry("FLORIDA", "FL"),
          Map.entry("MA", "MA"),
          Map.entry("MASSACHUSETTS", "MA"),
          Map.entry("PA", "PA"),
          Map.entry("PENNSYLVANIA", "PA"));
  private static final Pattern US_DAY = Pattern.compile("(\\d{1,2})/(\\d{1,2})/(\\d{4})( .*)?");
  private static final Pattern ISO_DAY = Pattern.compile("(\\d{4}-\\d{2}-\\d{2})([T ].*)?");
  private static final Pattern EMAIL =
      Pattern.compile("[A-Za-z0-9._+-]{1,64}@[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)+");

  private SourceReader() {}

  /** A key in its one form. */
  static String key(String raw) {
    StringBuilder kept = new StringBuilder();
    raw.codePoints().filter(c -> !isBlank(c)).forEach(kept::appendCodePoint);
    return kept.toString().toUpperCase(Locale.ROOT);
  }

  static boolean isPmiId(String key) {
    return key.matches("P[0-9]{9}");
  }

  private static boolean isBlank(int c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == 0x200B || c == 0xFEFF;
  }

  /** A cell as text without blanks around it. */
  static String said(Map<String, Object> row, String column) {
    Object value = row.get(column);
    return value == null ? "" : trimmed(value.toString());
  }

  static String trimmed(String text) {
    int from = 0;
    int to = text.length();
    while (from < to && isBlank(text.charAt(from))) {
      from++;
    }
    while (to > from && isBlank(text.charAt(to - 1))) {
      to--;
    }
    return text.substring(from, to);
  }

  /** A text as Salesforce stores it. */
  static String line(String raw, boolean lines) {
    StringBuilder kept = new StringBuilder();
    raw.replace("\r\n", "\n")
        .replace('\r', '\n')
        .codePoints()
        .map(c -> !lines && (c == '\n' || c == '\t') ? ' ' : c)
        .filter(c -> c == '\n' || c == '\t' || Character.getType(c) != Character.CONTROL)
        .forEach(kept::appendCodePoint);
    return trimmed(Normalizer.normalize(kept, Normalizer.Form.NFC));
  }

  static Reading read(Field field, Map<String, Object> row, LocalDate today) {
    Object value = row.get(field.column());
    if (value instanceof String && DirtyCases.reading(field, value).isPresent()) {
      return DirtyCases.reading(field, value).get();
    }
    return switch (field.reads()) {
      case "date" -> value == null ? Reading.BLANK : day(value, false, today);
      case "birth-date" -> value == null ? Reading.BLANK : day(value, true, today);
      case "flag" -> flag(said(row, field.column()), field.holds());
      case "us-state" -> state(said(row, field.column()));
      default -> text(field, row);
    };
  }

  private static Reading text(Field field, Map<String, Object> row) {
    String text = line(said(row, field.column()), field.holds().equals("lines"));
    if (!field.second().isEmpty()) {
      String second = line(said(row, field.second()), true);
      text = text.isEmpty() ? second : second.isEmpty() ? text : text + "\n" + second;
    }
    if (field.holds().equals("email")) {
      text = text.toLowerCase(Locale.ROOT);
      if (!text.isEmpty() && text.length() <= 80 && !EMAIL.matcher(text).matches()) {
        return Reading.refused("invalid-email");
      }
    }
    return text.length() > 255 || (field.holds().equals("email") && text.length() > 80)
        ? Reading.refused("too-long")
        : new Reading(text, "");
  }

  private static Reading state(String text) {
    if (text.isEmpty()) {
      return Reading.BLANK;
    }
    String code = STATES.get(text.toUpperCase(Locale.ROOT).replaceAll("\\s+", " "));
    return code == null ? Reading.refused("unknown-state") : new Reading(code, "");
  }

  private static Reading flag(String text, String holds) {
    String number =
        switch (text.toLowerCase(Locale.ROOT)) {
          case "" -> "";
          case "0", "0.0", "0.00", "false" -> "0";
          case "1", "1.0", "1.00", "true" -> "1";
          case "2", "2.0", "2.00" -> "2";
          default -> "?";
        };
    if (number.equals("?")) {
      return Reading.refused("not-a-flag");
    }
    if (holds.equals("boolean") && !number.isEmpty()) {
      return number.equals("2")
          ? Reading.refused("flag-not-sure")
          : new Reading(number.equals("1") ? "true" : "false", "");
    }
    return new Reading(number, "");
  }

  /** The day that is written: neither a birth nor a day without a zone ever moves. */
  private static Reading day(Object value, boolean birth, LocalDate today) {
    LocalDate day;
    if (value instanceof LocalDate date) {
      day = date;
    } else if (value instanceof LocalDateTime time) {
      day = time.toLocalDate();
    } else {
      String text = trimmed(value.toString());
      if (text.isEmpty()) {
        return Reading.BLANK;
      }
      try {
        day = written(text);
      } catch (DateTimeParseException | NumberFormatException e) {
        return Reading.refused(
            text.matches("(1[3-9]|2\\d|3[01])/(0?[1-9]|1[0-2])/\\d{4}.*")
                ? "day-before-month"
                : "not-a-date");
      }
    }
    if (day.equals(LocalDate.of(1900, 1, 1))) {
      return Reading.BLANK;
    }
    if (day.getYear() < 1890 || day.getYear() > 2199) {
      return Reading.refused("implausible-date");
    }
    return birth && day.isAfter(today)
        ? Reading.refused("future-date")
        : new Reading(day.toString(), "");
  }

  private static LocalDate written(String text) {
    Matcher us = US_DAY.matcher(text);
    if (us.matches()) {
      return LocalDate.parse(
          String.format(
              Locale.ROOT,
              "%s-%02d-%02d",
              us.group(3),
              Integer.parseInt(us.group(1)),
              Integer.parseInt(us.group(2))));
    }
    Matcher iso = ISO_DAY.matcher(text);
    return LocalDate.parse(iso.matches() ? iso.group(1) : text);
  }

  /** Whether the org shows this value, in whatever writing. */
  static boolean shows(Field field, String shown, String wanted) {
    if (field.reads().equals("us-state")) {
      return sameState(shown, wanted);
    }
    return switch (field.holds()) {
      case "boolean" -> wanted.isEmpty() || (shown.isEmpty() ? "false" : shown).equals(wanted);
      case "number" -> number(shown).equals(number(wanted));
      // a restricted picklist has its own spelling of the case
      case "email", "choice" -> shown.equalsIgnoreCase(wanted);
      case "lines" -> line(shown, true).equals(wanted);
      default -> line(shown, false).equals(wanted);
    };
  }

  /** A state outside of the judge's own table must be shown as it is written. */
  private static boolean sameState(String shown, String wanted) {
    String one = state(shown).text();
    String other = state(wanted).text();
    return one.isEmpty() && other.isEmpty() ? shown.equalsIgnoreCase(wanted) : one.equals(other);
  }

  private static String number(String text) {
    return text.isEmpty() ? "" : new BigDecimal(text).stripTrailingZeros().toPlainString();
  }
}
