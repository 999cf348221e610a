package edu.cumc.aou.sync.mapping;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The days that the source writes in its several ways. */
final class SourceDates {

  private static final LocalDate EMPTY = LocalDate.of(1900, 1, 1);
  private static final LocalDate EARLIEST = LocalDate.of(1890, 1, 1);
  private static final LocalDate LATEST = LocalDate.of(2199, 12, 31);

  private static final DateTimeFormatter US_DAY = us("M/d/uuuu");
  private static final List<DateTimeFormatter> TIMES =
      List.of(iso('T'), iso(' '), us("M/d/uuuu h:mm a"));

  private final ZoneId sourceZone;
  private final ZoneId localZone;

  SourceDates(ZoneId sourceZone, ZoneId localZone) {
    this.sourceZone = sourceZone;
    this.localZone = localZone;
  }

  /** What it goes by. */
  String zones() {
    return sourceZone + " " + localZone;
  }

  private static DateTimeFormatter iso(char separator) {
    return new DateTimeFormatterBuilder()
        .append(DateTimeFormatter.ISO_LOCAL_DATE)
        .appendLiteral(separator)
        .append(DateTimeFormatter.ISO_LOCAL_TIME)
        .optionalStart()
        .appendLiteral('Z')
        .toFormatter(Locale.ROOT);
  }

  private static DateTimeFormatter us(String pattern) {
    return new DateTimeFormatterBuilder()
        .parseCaseInsensitive()
        .appendPattern(pattern)
        .toFormatter(Locale.US)
        .withResolverStyle(ResolverStyle.STRICT);
  }

  /** A day in ISO form, blank, or a refusal. */
  Reading read(Object value, boolean notFuture, LocalDate today) {
    if (value instanceof LocalDate day) {
      return checked(day, notFuture, today);
    }
    if (value instanceof LocalDateTime time) {
      return checked(time, notFuture, today);
    }
    String text = Normaliser.line(value.toString());
    if (text.isEmpty()) {
      return Reading.of("");
    }
    Optional<LocalDate> day = parseDay(text);
    if (day.isPresent()) {
      return checked(day.get(), notFuture, today);
    }
    Optional<LocalDateTime> time = parseTime(text);
    return time.isPresent() ? checked(time.get(), notFuture, today) : Reading.refused("not-a-date");
  }

  /**
   * A point in time in ISO form, blank, or a refusal. A day without a time begins at midnight in
   * the local zone, so that it is the same day for whoever looks at it there.
   */
  Reading readInstant(Object value, boolean notFuture, LocalDate today) {
    Reading day = read(value, notFuture, today);
    if (!(day instanceof Reading.Value sound) || sound.value().isBlank()) {
      return day;
    }
    ZonedDateTime time =
        timeOf(value)
            .map(t -> t.atZone(sourceZone))
            .orElseGet(() -> LocalDate.parse(sound.value().text()).atStartOfDay(localZone));
    return Reading.of(time.toInstant().truncatedTo(ChronoUnit.SECONDS).toString());
  }

  private Optional<LocalDateTime> timeOf(Object value) {
    if (value instanceof LocalDateTime time) {
      return Optional.of(time);
    }
    return value instanceof LocalDate
        ? Optional.empty()
        : parseTime(Normaliser.line(value.toString()));
  }

  private Reading checked(LocalDateTime time, boolean notFuture, LocalDate today) {
    if (time.toLocalDate().equals(EMPTY)) {
      return Reading.of("");
    }
    // java.time maps a time in a gap of the source zone forward, as the clock on the wall did
    LocalDate day = time.atZone(sourceZone).withZoneSameInstant(localZone).toLocalDate();
    return checked(day, notFuture, today);
  }

  private static Reading checked(LocalDate day, boolean notFuture, LocalDate today) {
    if (day.equals(EMPTY)) {
      return Reading.of("");
    }
    if (day.isBefore(EARLIEST) || day.isAfter(LATEST)) {
      return Reading.refused("implausible-date");
    }
    if (notFuture && day.isAfter(today)) {
      return Reading.refused("future-date");
    }
    return Reading.of(day.toString());
  }

  private static Optional<LocalDate> parseDay(String text) {
    for (DateTimeFormatter formatter : List.of(DateTimeFormatter.ISO_LOCAL_DATE, US_DAY)) {
      try {
        return Optional.of(LocalDate.parse(text, formatter));
      } catch (DateTimeParseException e) {
        // the next form may fit
      }
    }
    return Optional.empty();
  }

  private Optional<LocalDateTime> parseTime(String text) {
    for (DateTimeFormatter formatter : TIMES) {
      try {
        LocalDateTime time = LocalDateTime.parse(text, formatter);
        boolean saysUtc = text.endsWith("Z");
        return Optional.of(
            saysUtc
                ? time.atZone(ZoneOffset.UTC).withZoneSameInstant(sourceZone).toLocalDateTime()
                : time);
      } catch (DateTimeParseException e) {
        // the next form may fit
      }
    }
    return Optional.empty();
  }
}
