package edu.cumc.aou.sync.mapping;

import edu.cumc.aou.sync.model.FieldKind;
import edu.cumc.aou.sync.model.FieldValue;
import edu.cumc.aou.sync.model.SourceRow;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/**
 * What versions before this one made of a cell of the source. It tells, on the morning after an
 * upgrade, the corrections of what they got wrong from the changes of the day, and decides nothing.
 */
public final class EarlierReading {

  private EarlierReading() {}

  /**
   * Whether Salesforce shows just what an earlier version read in today's row, where this one reads
   * something else.
   *
   * @param wanted what this version reads
   * @param shown what Salesforce shows
   */
  public static boolean explains(
      BoundField field, SourceRow row, FieldValue wanted, FieldValue shown) {
    if (field.columns().isEmpty() || shown.isBlank()) {
      return false;
    }
    Object cell = row.value(field.columns().get(0)).orElse("");
    return isMovedByAZone(cell, wanted, shown)
        || Normaliser.canonical(field.info().kind(), cell.toString()).equals(shown)
        || isSameState(field, wanted, shown);
  }

  /** A point in time used to be taken to another zone, even a day without a time. */
  private static boolean isMovedByAZone(Object cell, FieldValue wanted, FieldValue shown) {
    boolean isTime =
        cell instanceof LocalDateTime
            || cell instanceof OffsetDateTime
            || (cell instanceof String text && text.contains(":"));
    if (!isTime || wanted.isBlank()) {
      return false;
    }
    try {
      if (wanted.text().length() == "2026-01-05".length()) {
        LocalDate day = LocalDate.parse(wanted.text());
        return Math.abs(ChronoUnit.DAYS.between(day, LocalDate.parse(shown.text()))) == 1;
      }
      Duration moved =
          Duration.between(Instant.parse(wanted.text()), Instant.parse(shown.text())).abs();
      return moved.compareTo(Duration.ofDays(1)) <= 0;
    } catch (DateTimeException e) {
      return false;
    }
  }

  /** A state used to be written in another way. */
  private static boolean isSameState(BoundField field, FieldValue wanted, FieldValue shown) {
    return field.transform() == Transform.US_STATE
        && field.info().kind() != FieldKind.BOOLEAN
        && wanted.text().toUpperCase(Locale.ROOT).endsWith(shown.text().toUpperCase(Locale.ROOT));
  }
}
