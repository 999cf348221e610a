package edu.cumc.aou.sync.mapping;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.chrono.IsoChronology;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Converts days and points in time from one written form to another. Immutable. */
final class DateForms {

  private static final Pattern QUOTED = Pattern.compile("'[^']*'");
  private static final Pattern TWO_DIGITS = Pattern.compile("(?<![yu])(yy|uu)(?![yu])");

  private final @Nullable DateTimeFormatter from;
  private final @Nullable DateTimeFormatter to;

  DateForms(Step.DateForm step) {
    this.from = step.from() == null ? null : of(step.from());
    this.to = step.to() == null ? null : of(step.to());
  }

  /**
   * The form that a pattern describes; {@code y} is the ordinary year.
   *
   * @throws IllegalArgumentException if the pattern is malformed
   */
  static DateTimeFormatter of(String pattern) {
    return new DateTimeFormatterBuilder()
        .parseCaseInsensitive()
        .appendPattern(pattern.replace('y', 'u'))
        .toFormatter(Locale.US)
        .withChronology(IsoChronology.INSTANCE)
        .withResolverStyle(ResolverStyle.STRICT);
  }

  /**
   * What is wrong with a pattern that Java takes and that gives other days than it seems to.
   *
   * @param isRead whether days are read in this form
   */
  static Optional<String> trap(String pattern, boolean isRead) {
    String letters = QUOTED.matcher(pattern).replaceAll("");
    if (has(letters, "Y") && !has(letters, "wWec")) {
      return Optional.of(
          "Y is the year of a week, which is another one around New Year: write yyyy");
    }
    if (has(letters, "D") && has(letters, "MLd")) {
      return Optional.of("D is the day of the year: write dd for the day of the month");
    }
    if (has(letters, "hK") && !has(letters, "aB")) {
      return Optional.of("h is an hour before or after noon, and nothing says which: write HH");
    }
    if (isRead && TWO_DIGITS.matcher(letters).find()) {
      return Optional.of(
          "of a year with two digits nobody knows the century: let the source write four");
    }
    return Optional.empty();
  }

  private static boolean has(String pattern, String anyOf) {
    return pattern.chars().anyMatch(c -> anyOf.indexOf(c) >= 0);
  }

  /** The text in the other form; empty if it is not in the first. */
  Optional<String> apply(String text) {
    Optional<LocalDateTime> time = from == null ? known(text) : read(from, text);
    return time.map(t -> to == null ? iso(t) : to.format(t));
  }

  private static Optional<LocalDateTime> read(DateTimeFormatter form, String text) {
    try {
      TemporalAccessor read = form.parseBest(text, LocalDateTime::from, LocalDate::from);
      return Optional.of(
          read instanceof LocalDateTime time ? time : LocalDate.from(read).atStartOfDay());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static Optional<LocalDateTime> known(String text) {
    return SourceTime.parse(text)
        .map(t -> t.day().atTime(t.time() == null ? LocalTime.MIDNIGHT : t.time()));
  }

  private static String iso(LocalDateTime time) {
    return time.toLocalTime().equals(LocalTime.MIDNIGHT)
        ? time.toLocalDate().toString()
        : time.toString();
  }
}
