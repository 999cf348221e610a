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
 * Reads the days and times of the source in their various forms. A value with its own zone is a
 * point in time. A value without a time of day is a day, the same in every zone. For any other
 * value the field's {@link SourceKind} decides.
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
   * A point in time in ISO form, blank, or a refusal. A day becomes its midnight in the local zone,
   * so that everybody there sees the same day.
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
      return ReadValue.refused(
          cell instanceof String text && SourceTime.isDayFirst(Texts.line(text))
              ? ReadValue.DAY_BEFORE_MONTH
              : "not-a-date");
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

  /** Whether the value is the written day, with nothing to convert. */
  private static boolean isDay(SourceTime written, SourceKind kind) {
    return kind == SourceKind.DAY
        || (written.offset() == null && (written.time() == null || kind == SourceKind.LOCAL));
  }

  /** Moves a time in a gap of its zone an hour later, as clocks did. */
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
