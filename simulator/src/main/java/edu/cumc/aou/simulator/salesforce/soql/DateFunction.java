package edu.cumc.aou.simulator.salesforce.soql;

import edu.cumc.aou.simulator.salesforce.org.FieldType;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Optional;

/** The functions that make a number, or a day, from a date. */
enum DateFunction {
  CALENDAR_YEAR,
  CALENDAR_QUARTER,
  CALENDAR_MONTH,
  FISCAL_YEAR,
  FISCAL_QUARTER,
  FISCAL_MONTH,
  DAY_IN_MONTH,
  DAY_IN_WEEK,
  DAY_IN_YEAR,
  WEEK_IN_MONTH,
  WEEK_IN_YEAR,
  DAY_ONLY,
  HOUR_IN_DAY;

  private static final int DAYS_IN_WEEK = 7;
  private static final int MONTHS_IN_QUARTER = 3;

  static Optional<DateFunction> of(String name) {
    for (DateFunction function : values()) {
      if (function.name().equals(name)) {
        return Optional.of(function);
      }
    }
    return Optional.empty();
  }

  /** Whether it accepts a field of this type; two need a time and not only a day. */
  boolean takes(FieldType type) {
    boolean needsTime = this == DAY_ONLY || this == HOUR_IN_DAY;
    return type == FieldType.DATETIME || (type == FieldType.DATE && !needsTime);
  }

  FieldType result() {
    return this == DAY_ONLY ? FieldType.DATE : FieldType.INT;
  }

  /**
   * The value for a day or a point in time.
   *
   * @param zone the zone of the result
   */
  Object apply(Object value, ZoneId zone) {
    ZonedDateTime time =
        value instanceof LocalDate date
            ? date.atStartOfDay(ZoneOffset.UTC)
            : ((Instant) value).atZone(zone);
    return switch (this) {
      case CALENDAR_YEAR, FISCAL_YEAR -> time.getYear();
      case CALENDAR_QUARTER, FISCAL_QUARTER -> (time.getMonthValue() - 1) / MONTHS_IN_QUARTER + 1;
      case CALENDAR_MONTH, FISCAL_MONTH -> time.getMonthValue();
      case DAY_IN_MONTH -> time.getDayOfMonth();
      // Sunday is the first day.
      case DAY_IN_WEEK -> time.getDayOfWeek().getValue() % DAYS_IN_WEEK + 1;
      case DAY_IN_YEAR -> time.getDayOfYear();
      case WEEK_IN_MONTH -> (time.getDayOfMonth() - 1) / DAYS_IN_WEEK + 1;
      case WEEK_IN_YEAR -> (time.getDayOfYear() - 1) / DAYS_IN_WEEK + 1;
      case DAY_ONLY -> time.toLocalDate();
      case HOUR_IN_DAY -> time.getHour();
    };
  }
}
