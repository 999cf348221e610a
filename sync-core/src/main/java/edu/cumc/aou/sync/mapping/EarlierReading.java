package edu.cumc.aou.sync.mapping;

import edu.cumc.aou.sync.model.FieldInfo;
import edu.cumc.aou.sync.model.FieldKind;
import edu.cumc.aou.sync.model.FieldValue;
import edu.cumc.aou.sync.model.Numbers;
import edu.cumc.aou.sync.model.SourceRow;
import edu.cumc.aou.sync.model.Texts;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoUnit;
import java.time.temporal.Temporal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What earlier versions made of a cell of the source. On the morning after an upgrade it tells
 * corrections of their mistakes from the changes of the day. It decides nothing else.
 */
public final class EarlierReading {

  private static final List<DateTimeFormatter> FORMS =
      List.of(
          DateTimeFormatter.ISO_LOCAL_DATE,
          american("M/d/uuuu"),
          american("M/d/uuuu h:mm a"),
          iso('T'),
          iso(' '));

  private EarlierReading() {}

  private static DateTimeFormatter american(String pattern) {
    return new DateTimeFormatterBuilder()
        .parseCaseInsensitive()
        .appendPattern(pattern)
        .toFormatter(Locale.US)
        .withResolverStyle(ResolverStyle.STRICT);
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

  /**
   * Whether an earlier version, given today's row, would leave the field as Salesforce shows it.
   *
   * @param wanted what this version reads, which differs from what is shown
   * @param shown what Salesforce shows
   */
  public static boolean leaves(
      BoundField field, SourceRow row, FieldValue wanted, FieldValue shown) {
    // Earlier versions had no steps: a field with steps was configured later.
    if (field.columns().isEmpty() || field.isStepped()) {
      return false;
    }
    return !couldRead(field, row)
        || isMovedByAZone(cell(field, row, 0), wanted, shown)
        || (!shown.isBlank() && text(field, row).equals(shown));
  }

  /** Whether an earlier version could read the value of a field, and would not have refused it. */
  public static boolean couldRead(BoundField field, SourceRow row) {
    if (field.columns().isEmpty() || field.isStepped()) {
      return true;
    }
    Object cell = cell(field, row, 0);
    String line = Texts.line(cell.toString());
    if (line.isEmpty()) {
      return true;
    }
    return switch (field.transform()) {
      case US_COUNTRY -> false;
      case DATE -> cell instanceof Temporal || isDate(line);
      case FLAG -> flag(line).isPresent();
      case US_STATE -> state(line).filter(name -> isOffered(field.info(), name)).isPresent();
      case TEXT, LOWER_CASE -> fits(field, text(field, row));
    };
  }

  /** The value of a column as selected: without placeholders, and in one zone. */
  private static Object cell(BoundField field, SourceRow row, int column) {
    Object cell = row.value(field.columns().get(column)).orElse("");
    return cell instanceof OffsetDateTime time
        ? time.withOffsetSameInstant(ZoneOffset.UTC).toLocalDateTime()
        : cell;
  }

  private static boolean isDate(String line) {
    for (DateTimeFormatter form : FORMS) {
      try {
        form.parse(line);
        return true;
      } catch (DateTimeException e) {
        // The next form may fit.
      }
    }
    return false;
  }

  private static Optional<String> flag(String line) {
    String digit =
        switch (line.toLowerCase(Locale.ROOT)) {
          case "true" -> "1";
          case "false" -> "0";
          default -> Numbers.parse(line).map(Numbers::plain).orElse("");
        };
    return Optional.of(digit).filter(d -> d.equals("0") || d.equals("1") || d.equals("2"));
  }

  /** Earlier versions knew codes and plain names only, and islands by their short name. */
  private static Optional<String> state(String line) {
    String upper = Texts.spaced(line).toUpperCase(Locale.ROOT);
    return UsStates.find(upper)
        .map(s -> s.code().equals("VI") ? new UsStates.State("VI", "VIRGIN ISLANDS") : s)
        .filter(s -> upper.equals(s.code()) || upper.equals(s.name()))
        .map(UsStates.State::name);
  }

  private static boolean fits(BoundField field, FieldValue value) {
    FieldInfo info = field.info();
    if (value.isBlank()) {
      return true;
    }
    if (info.kind() == FieldKind.DATETIME && !isDate(value.text())) {
      return false;
    }
    return ValueChecks.check(info, null, value) instanceof ReadValue.Value
        && (info.kind() == FieldKind.MULTI_PICKLIST || isOffered(info, value.text()));
  }

  /**
   * Earlier versions recognised values of a restricted picklist only when nothing but the case
   * differed.
   */
  private static boolean isOffered(FieldInfo info, String text) {
    return !info.restricted()
        || info.picklistValues().stream().filter(v -> v.equalsIgnoreCase(text)).count() == 1;
  }

  /** What an earlier version sent for a value that is no date. */
  private static FieldValue text(BoundField field, SourceRow row) {
    String first = textOf(cell(field, row, 0));
    String text =
        switch (field.transform()) {
          case FLAG -> flag(Texts.line(first)).orElse("");
          case US_STATE -> state(Texts.line(first)).orElse("");
          case DATE, US_COUNTRY -> "";
          case TEXT, LOWER_CASE ->
              field.columns().size() < 2
                  ? first
                  : Texts.trim(Texts.trim(first) + "\n" + Texts.trim(textOf(cell(field, row, 1))));
        };
    return Normaliser.canonical(field.info().kind(), text);
  }

  private static String textOf(Object cell) {
    return cell instanceof BigDecimal number ? Numbers.plain(number) : cell.toString();
  }

  /** Earlier versions moved every point in time to another zone, even a day without a time. */
  private static boolean isMovedByAZone(Object cell, FieldValue wanted, FieldValue shown) {
    boolean isTime =
        cell instanceof LocalDateTime || (cell instanceof String text && text.contains(":"));
    if (!isTime || wanted.isBlank() || shown.isBlank()) {
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
}
