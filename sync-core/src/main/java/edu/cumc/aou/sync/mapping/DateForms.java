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
import org.jspecify.annotations.Nullable;

/** Converts days and points in time from one written form to another. Immutable. */
final class DateForms {

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
