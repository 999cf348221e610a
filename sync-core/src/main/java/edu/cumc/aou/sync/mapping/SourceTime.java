package edu.cumc.aou.sync.mapping;

import edu.cumc.aou.sync.model.Texts;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A day in the source, perhaps with a time of day, perhaps with its own zone.
 *
 * @param time null where none is written; midnight without a zone counts as none
 * @param offset null where the value has no zone of its own
 */
record SourceTime(LocalDate day, @Nullable LocalTime time, @Nullable ZoneOffset offset) {

  private static final Pattern FIGURES = Pattern.compile("(\\d{1,2})/(\\d{1,2})/\\d{4}");

  private static final String[] MONTHS = {
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december"
  };

  /** Reads a cell; empty if it is no day, or can be read in two ways. */
  static Optional<SourceTime> of(Object cell) {
    if (cell instanceof LocalDate day) {
      return Optional.of(new SourceTime(day, null, null));
    }
    if (cell instanceof LocalDateTime time) {
      return Optional.of(of(time.toLocalDate(), time.toLocalTime(), null));
    }
    if (cell instanceof OffsetDateTime time) {
      return Optional.of(of(time.toLocalDate(), time.toLocalTime(), time.getOffset()));
    }
    return cell instanceof String text ? parse(Texts.line(text)) : Optional.empty();
  }

  private static SourceTime of(LocalDate day, LocalTime time, @Nullable ZoneOffset offset) {
    boolean none = offset == null && time.equals(LocalTime.MIDNIGHT);
    return new SourceTime(day, none ? null : time, offset);
  }

  /** The point in time, if the value has its own zone. */
  Optional<Instant> instant() {
    return time == null || offset == null
        ? Optional.empty()
        : Optional.of(day.atTime(time).toInstant(offset));
  }

  /**
   * Reads text as ISO 8601, SQL Server and HealthPro write it. The day is {@code 2024-01-05},
   * {@code 2024/01/05}, {@code 20240105}, {@code 1/5/2024} (the month first), {@code Jan 5 2024} or
   * {@code 5 Jan 2024}. Then {@code T} or blanks and {@code 21:14}, {@code 21:14:05.123} or {@code
   * 9:14:05 PM} may follow, and then {@code Z}, {@code UTC} or {@code -05:00}. One pass over the
   * characters.
   */
  static Optional<SourceTime> parse(String text) {
    try {
      return new Scanner(text).read();
    } catch (DateTimeException e) {
      // Such as a 30th of February, or an offset of 30 hours.
      return Optional.empty();
    }
  }

  /** Whether the text is a day in figures whose first number can be no month. */
  static boolean isDayFirst(String text) {
    Matcher figures = FIGURES.matcher(text);
    if (!figures.lookingAt()) {
      return false;
    }
    int first = Integer.parseInt(figures.group(1));
    int second = Integer.parseInt(figures.group(2));
    return first > 12 && first <= 31 && second >= 1 && second <= 12;
  }

  private static final class Scanner {
    private static final int NONE = -1;

    private final String text;
    private int at;

    Scanner(String text) {
      this.text = text;
    }

    Optional<SourceTime> read() {
      LocalDate day = day();
      if (day == null) {
        return Optional.empty();
      }
      if (isAtEnd()) {
        return Optional.of(new SourceTime(day, null, null));
      }
      LocalTime time = timeBehindDay();
      if (time == null) {
        return Optional.empty();
      }
      skipBlanks();
      if (isAtEnd()) {
        return Optional.of(of(day, time, null));
      }
      ZoneOffset offset = offset();
      return offset == null || !isAtEnd() ? Optional.empty() : Optional.of(of(day, time, offset));
    }

    private @Nullable LocalDate day() {
      if (isAtEnd()) {
        return null;
      }
      if (Character.isLetter(text.charAt(0))) {
        return monthNameFirst();
      }
      int digits = digitsAhead();
      if (digits == 8) {
        return LocalDate.of(number(4), number(2), number(2));
      }
      if (digits == 4) {
        return yearFirst();
      }
      if (digits != 1 && digits != 2) {
        return null;
      }
      int first = number(digits);
      return take('/') ? monthFirst(first) : dayThenMonthName(first);
    }

    private @Nullable LocalDate yearFirst() {
      int year = number(4);
      char separator = isAtEnd() ? ' ' : text.charAt(at);
      if (separator != '-' && separator != '/' && separator != '.') {
        return null;
      }
      at++;
      int month = upToTwoDigits();
      if (month == NONE || !take(separator)) {
        return null;
      }
      int day = upToTwoDigits();
      return day == NONE ? null : LocalDate.of(year, month, day);
    }

    private @Nullable LocalDate monthFirst(int month) {
      int day = upToTwoDigits();
      return day == NONE || !take('/') || digitsAhead() != 4
          ? null
          : LocalDate.of(number(4), month, day);
    }

    private @Nullable LocalDate monthNameFirst() {
      int month = monthName();
      if (month == NONE) {
        return null;
      }
      boolean unused = take('.');
      skipBlanks();
      int day = upToTwoDigits();
      boolean comma = take(',');
      int blanks = skipBlanks();
      return day == NONE || (blanks == 0 && !comma) || digitsAhead() != 4
          ? null
          : LocalDate.of(number(4), month, day);
    }

    private @Nullable LocalDate dayThenMonthName(int day) {
      boolean hyphen = take('-');
      skipBlanks();
      int month = monthName();
      if (month == NONE || (hyphen && !take('-'))) {
        return null;
      }
      boolean unused = take('.') || take(',');
      skipBlanks();
      return digitsAhead() != 4 ? null : LocalDate.of(number(4), month, day);
    }

    private @Nullable LocalTime timeBehindDay() {
      boolean separated = take('T') || take('t');
      if (!separated) {
        boolean comma = take(',');
        separated = skipBlanks() > 0 || comma;
      }
      int hour = separated ? upToTwoDigits() : NONE;
      if (hour == NONE || !take(':')) {
        return null;
      }
      int minute = twoDigits();
      int second = 0;
      int nanos = 0;
      if (minute != NONE && take(':')) {
        second = twoDigits();
        if (second != NONE && (take('.') || take(':') || take(','))) {
          nanos = fraction();
        }
      }
      if (minute == NONE || second == NONE || nanos == NONE) {
        return null;
      }
      hour = onTheClock(hour);
      return hour == NONE ? null : LocalTime.of(hour, minute, second, nanos);
    }

    /** With AM or PM, hours go from 1 to 12. */
    private int onTheClock(int hour) {
      int before = at;
      skipBlanks();
      boolean afternoon = takeWord("pm") || takeWord("p.m.");
      if (!afternoon && !takeWord("am") && !takeWord("a.m.")) {
        at = before;
        return hour;
      }
      return hour < 1 || hour > 12 ? NONE : hour % 12 + (afternoon ? 12 : 0);
    }

    private @Nullable ZoneOffset offset() {
      if (takeWord("z") || takeWord("utc") || takeWord("gmt")) {
        return ZoneOffset.UTC;
      }
      int sign = take('+') ? 1 : take('-') ? -1 : 0;
      int digits = digitsAhead();
      if (sign == 0 || (digits != 2 && digits != 4)) {
        return null;
      }
      int hours = number(2);
      int minutes = 0;
      if (digits == 4) {
        minutes = number(2);
      } else if (take(':')) {
        minutes = twoDigits();
      }
      return minutes == NONE ? null : ZoneOffset.ofHoursMinutes(sign * hours, sign * minutes);
    }

    private int monthName() {
      int start = at;
      while (!isAtEnd() && Character.isLetter(text.charAt(at))) {
        at++;
      }
      int length = at - start;
      for (int month = 0; length >= 3 && month < MONTHS.length; month++) {
        String name = MONTHS[month];
        boolean whole = length == name.length() || length == 3 || (length == 4 && month == 8);
        if (whole && name.regionMatches(true, 0, text, start, length)) {
          return month + 1;
        }
      }
      return NONE;
    }

    private int fraction() {
      int digits = digitsAhead();
      if (digits < 1 || digits > 9) {
        return NONE;
      }
      int nanos = number(digits);
      for (int i = digits; i < 9; i++) {
        nanos *= 10;
      }
      return nanos;
    }

    private int upToTwoDigits() {
      int digits = digitsAhead();
      return digits == 1 || digits == 2 ? number(digits) : NONE;
    }

    private int twoDigits() {
      return digitsAhead() == 2 ? number(2) : NONE;
    }

    private int digitsAhead() {
      int end = at;
      while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
        end++;
      }
      return end - at;
    }

    private int number(int digits) {
      int number = 0;
      for (int i = 0; i < digits; i++) {
        number = number * 10 + (text.charAt(at++) - '0');
      }
      return number;
    }

    private boolean take(char c) {
      if (!isAtEnd() && text.charAt(at) == c) {
        at++;
        return true;
      }
      return false;
    }

    /** Takes a word unless another letter follows. */
    private boolean takeWord(String word) {
      int end = at + word.length();
      boolean there =
          text.regionMatches(true, at, word, 0, word.length())
              && (end >= text.length() || !Character.isLetter(text.charAt(end)));
      if (there) {
        at = end;
      }
      return there;
    }

    private int skipBlanks() {
      int start = at;
      while (!isAtEnd() && Texts.isBlank(text.charAt(at))) {
        at++;
      }
      return at - start;
    }

    private boolean isAtEnd() {
      return at >= text.length();
    }
  }
}
