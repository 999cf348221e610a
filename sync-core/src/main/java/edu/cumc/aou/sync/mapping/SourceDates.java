package edu.cumc.aou.sync.mapping;

import edu.cumc.aou.sync.model.Cells;
import edu.cumc.aou.sync.model.Texts;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * The days that the source writes in its several ways. A value with a zone of its own is a point in
 * time. One without a time of day is a day, the same in every zone. Of any other the {@link
 * SourceKind} of the field says what it is.
 */
final class SourceDates {

  private static final LocalDate EARLIEST = LocalDate.of(1890, 1, 1);
  private static final LocalDate LATEST = LocalDate.of(2199, 12, 31);

  private final ZoneId sourceZone;
  private final ZoneId localZone;

  SourceDates(ZoneId sourceZone, ZoneId localZone) {
    this.sourceZone = sourceZone;
    this.localZone = localZone;
  }

  /** A day in ISO form, blank, or a refusal. */
  ReadValue day(Object cell, SourceKind kind, boolean notFuture, LocalDate today) {
    return read(cell, kind, notFuture, today, false);
  }

  /**
   * A point in time in ISO form, blank, or a refusal. A day begins at midnight in the local zone,
   * so that it is the same day for everybody who looks at it there.
   */
  ReadValue instant(Object cell, SourceKind kind, boolean notFuture, LocalDate today) {
    return read(cell, kind, notFuture, today, true);
  }

  private ReadValue read(
      Object cell, SourceKind kind, boolean notFuture, LocalDate today, boolean asInstant) {
    if (cell instanceof String text && Texts.line(text).isEmpty()) {
      return ReadValue.of("");
    }
    Optional<SourceTime> read = SourceTime.of(cell);
    if (read.isEmpty()) {
      return ReadValue.refused("not-a-date");
    }
    SourceTime written = read.get();
    if (written.day().equals(Cells.EMPTY_DATE)) {
      return ReadValue.of("");
    }
    if (isImplausible(written.day())) {
      return ReadValue.refused("implausible-date");
    }
    Instant time = instantOf(written, kind);
    LocalDate day = isDay(written, kind) ? written.day() : LocalDate.ofInstant(time, localZone);
    if (isImplausible(day)) {
      return ReadValue.refused("implausible-date");
    }
    if (notFuture && day.isAfter(today)) {
      return ReadValue.refused(ReadValue.FUTURE_DATE);
    }
    return ReadValue.of(
        asInstant ? time.truncatedTo(ChronoUnit.SECONDS).toString() : day.toString());
  }

  private static boolean isImplausible(LocalDate day) {
    return day.isBefore(EARLIEST) || day.isAfter(LATEST);
  }

  /** Whether the day is the one that is written, with nothing to convert. */
  private static boolean isDay(SourceTime written, SourceKind kind) {
    return kind == SourceKind.DAY
        || (written.offset() == null && (written.time() == null || kind == SourceKind.LOCAL));
  }

  /** A time in a gap of its zone is taken an hour later, as the clock on the wall went. */
  private Instant instantOf(SourceTime written, SourceKind kind) {
    LocalTime time = written.time();
    if (time == null || kind == SourceKind.DAY) {
      return written.day().atStartOfDay(localZone).toInstant();
    }
    ZoneOffset offset = written.offset();
    if (offset != null) {
      return written.day().atTime(time).toInstant(offset);
    }
    ZoneId zone = kind == SourceKind.INSTANT ? sourceZone : localZone;
    return written.day().atTime(time).atZone(zone).toInstant();
  }
}
