package edu.cumc.aou.simulator.salesforce.soql;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.Locale;
import java.util.Set;

/**
 * Date literals that depend on the day, such as {@code LAST_N_DAYS:7}. Weeks begin on Sunday, and
 * the fiscal year is that of the calendar.
 */
final class RelativeDates {
  private static final int DAYS_OF_90 = 90;
  private static final Set<String> DAYS =
      Set.of("YESTERDAY", "TODAY", "TOMORROW", "LAST_90_DAYS", "NEXT_90_DAYS");
  private static final Set<String> UNITS = Set.of("DAY", "WEEK", "MONTH", "QUARTER", "YEAR");

  private RelativeDates() {}

  /** A span of days, the end excluded. */
  record Span(LocalDate start, LocalDate end) {}

  static boolean isOne(String word) {
    String name = plain(word);
    if (DAYS.contains(name)) {
      return true;
    }
    if (needsNumber(name)) {
      return UNITS.contains(unit(name));
    }
    return name.matches("(LAST|THIS|NEXT)_(WEEK|MONTH|QUARTER|YEAR)");
  }

  /** Whether a colon and a number must follow. */
  static boolean needsNumber(String word) {
    String name = plain(word);
    return name.matches("(LAST|NEXT)_N_[A-Z]+S") || name.matches("N_[A-Z]+S_AGO");
  }

  private static String plain(String word) {
    return word.toUpperCase(Locale.ROOT).replace("FISCAL_", "");
  }

  private static String unit(String name) {
    return name.replaceAll("^(LAST_N|NEXT_N|LAST|THIS|NEXT|N)_", "").replaceAll("S?(_AGO)?$", "");
  }

  /**
   * The days that a literal means.
   *
   * @param literal the word, with a colon and its number if it has one
   */
  static Span span(String literal, LocalDate today) {
    int colon = literal.indexOf(':');
    String name = plain(colon < 0 ? literal : literal.substring(0, colon));
    long n = colon < 0 ? 1 : Long.parseLong(literal.substring(colon + 1));
    return switch (name) {
      case "TODAY" -> days(today, 1);
      case "YESTERDAY" -> days(today.minusDays(1), 1);
      case "TOMORROW" -> days(today.plusDays(1), 1);
      case "LAST_90_DAYS" -> new Span(today.minusDays(DAYS_OF_90), today.plusDays(1));
      case "NEXT_90_DAYS" -> days(today.plusDays(1), DAYS_OF_90);
      case "LAST_N_DAYS" -> new Span(today.minusDays(n), today.plusDays(1));
      case "NEXT_N_DAYS" -> days(today.plusDays(1), n);
      default -> units(name, n, today);
    };
  }

  private static Span days(LocalDate start, long number) {
    return new Span(start, start.plusDays(number));
  }

  /** Whole weeks, months, quarters or years, or single days long ago. */
  private static Span units(String name, long n, LocalDate today) {
    String unit = unit(name);
    LocalDate start = startOf(unit, today);
    if (name.startsWith("THIS")) {
      return new Span(start, plus(start, unit, 1));
    } else if (name.startsWith("LAST")) {
      return new Span(plus(start, unit, -n), start);
    } else if (name.startsWith("NEXT")) {
      LocalDate first = plus(start, unit, 1);
      return new Span(first, plus(first, unit, n));
    }
    LocalDate ago = plus(start, unit, -n);
    return new Span(ago, plus(ago, unit, 1));
  }

  private static LocalDate startOf(String unit, LocalDate day) {
    return switch (unit) {
      case "WEEK" -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.SUNDAY));
      case "MONTH" -> day.withDayOfMonth(1);
      case "QUARTER" -> LocalDate.of(day.getYear(), (day.getMonthValue() - 1) / 3 * 3 + 1, 1);
      case "YEAR" -> day.withDayOfYear(1);
      default -> day;
    };
  }

  private static LocalDate plus(LocalDate day, String unit, long number) {
    return switch (unit) {
      case "WEEK" -> day.plusWeeks(number);
      case "MONTH" -> day.plusMonths(number);
      case "QUARTER" -> day.plusMonths(3 * number);
      case "YEAR" -> day.plusYears(number);
      default -> day.plus(number, ChronoUnit.DAYS);
    };
  }
}
