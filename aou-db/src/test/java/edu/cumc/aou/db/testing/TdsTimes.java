package edu.cumc.aou.db.testing;

import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/** Dates and times as MS-TDS has them, and the two ways in which it writes letters. */
final class TdsTimes {

  static final Charset UTF_16 = StandardCharsets.UTF_16LE;

  /** That of {@link TdsType#COLLATION}. */
  static final Charset CODE_PAGE = Charset.forName("windows-1252");

  private static final LocalDate FIRST_DAY = LocalDate.of(1, 1, 1);
  private static final LocalDateTime DATETIME_ZERO = LocalDateTime.of(1900, 1, 1, 0, 0);
  private static final int DATE_BYTES = 3;
  private static final int OFFSET_BYTES = 2;

  private TdsTimes() {}

  static Object decoded(int code, int scale, ByteBuffer in) {
    if (code == TdsType.DATE) {
      return day(in);
    }
    if (code == TdsType.DATETIME) {
      long days = little(in, in.limit() / 2);
      long rest = little(in, in.limit() / 2);
      return in.limit() == 4
          ? DATETIME_ZERO.plusDays(days).plusMinutes(rest)
          : DATETIME_ZERO.plusDays((int) days).plus(Duration.ofMillis(Math.round(rest * 10 / 3.0)));
    }
    int after =
        code == TdsType.TIME
            ? 0
            : code == TdsType.DATETIME2 ? DATE_BYTES : DATE_BYTES + OFFSET_BYTES;
    LocalTime time =
        LocalTime.ofNanoOfDay(little(in, in.limit() - after) * (long) Math.pow(10, 9 - scale));
    if (code == TdsType.TIME) {
      return time;
    }
    LocalDateTime point = day(in).atTime(time);
    if (code == TdsType.DATETIME2) {
      return point;
    }
    ZoneOffset offset = ZoneOffset.ofTotalSeconds(60 * (short) little(in, OFFSET_BYTES));
    return point.atOffset(ZoneOffset.UTC).withOffsetSameInstant(offset);
  }

  private static LocalDate day(ByteBuffer in) {
    return FIRST_DAY.plusDays(little(in, DATE_BYTES));
  }

  private static long little(ByteBuffer in, int bytes) {
    long value = 0;
    for (int i = 0; i < bytes; i++) {
      value |= (in.get() & 0xFFL) << (8 * i);
    }
    return value;
  }

  static void encode(int code, int length, int scale, Object value, TdsBytes out) {
    switch (code) {
      case TdsType.DATE -> encode((LocalDate) value, out);
      case TdsType.TIME -> encode((LocalTime) value, scale, out);
      case TdsType.DATETIME2 -> {
        LocalDateTime point = (LocalDateTime) value;
        encode(point.toLocalTime(), scale, out);
        encode(point.toLocalDate(), out);
      }
      case TdsType.DATETIMEOFFSET -> {
        OffsetDateTime point = (OffsetDateTime) value;
        OffsetDateTime utc = point.withOffsetSameInstant(ZoneOffset.UTC);
        encode(utc.toLocalTime(), scale, out);
        encode(utc.toLocalDate(), out);
        out.number(OFFSET_BYTES, point.getOffset().getTotalSeconds() / 60);
      }
      default -> {
        LocalDateTime point = (LocalDateTime) value;
        long days = DATETIME_ZERO.toLocalDate().until(point.toLocalDate(), ChronoUnit.DAYS);
        double millis = point.toLocalTime().toNanoOfDay() / 1e6;
        out.number(length / 2, days);
        out.number(length / 2, Math.round(length == 8 ? millis * 3 / 10 : millis / 60_000));
      }
    }
  }

  private static void encode(LocalDate day, TdsBytes out) {
    out.number(DATE_BYTES, FIRST_DAY.until(day, ChronoUnit.DAYS));
  }

  private static void encode(LocalTime time, int scale, TdsBytes out) {
    int bytes = scale <= 2 ? 3 : scale <= 4 ? 4 : 5;
    out.number(bytes, time.toNanoOfDay() / (long) Math.pow(10, 9 - scale));
  }
}
