package edu.cumc.aou.sync.check;

import edu.cumc.aou.sync.mapping.BoundField;
import edu.cumc.aou.sync.mapping.ReadValue;
import edu.cumc.aou.sync.model.SourceRow;
import edu.cumc.aou.sync.port.SourceColumns;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Tells whether any value of a column's type can become a value of a field. It asks the code that
 * reads a run's values: each type has specimens, and a field that refuses them all refuses every
 * value.
 */
final class ColumnFit {

  /** For each kind of field that a type can become, one of these specimens fits. */
  private static final Map<SourceColumns.Type, List<Object>> SPECIMENS =
      Map.of(
          SourceColumns.Type.TEXT,
          List.of(
              "word",
              "0",
              "1",
              "NY",
              "2020-05-06",
              "2020-05-06T07:08:09Z",
              "somebody@example.org",
              "003000000000001AAA"),
          SourceColumns.Type.DATE,
          List.of(LocalDate.of(2020, 5, 6)),
          SourceColumns.Type.DATETIME,
          List.of(LocalDateTime.of(2020, 5, 6, 0, 0), LocalDateTime.of(2020, 5, 6, 7, 8, 9)),
          SourceColumns.Type.DATETIME_WITH_ZONE,
          List.of(OffsetDateTime.of(2020, 5, 6, 7, 8, 9, 0, ZoneOffset.UTC)),
          SourceColumns.Type.BOOLEAN,
          List.of(false, true),
          SourceColumns.Type.NUMBER,
          List.of(0L, 1L, 20_200_506L, new BigDecimal("12.5")));

  /** Rules that refuse a value, not its type: another value of the column may fit. */
  private static final Set<String> ABOUT_THE_VALUE =
      Set.of(
          "too-long",
          "not-in-picklist",
          "flag-not-sure",
          "future-date",
          "implausible-date",
          "not-a-whole-number",
          "number-too-large");

  private static final Map<String, String> WANTED =
      Map.of(
          "not-a-flag", "a flag",
          "not-a-date", "a day",
          "not-a-datetime", "a point in time",
          "not-a-number", "a number",
          "not-a-boolean", "true or false",
          "not-an-id", "the id of a record",
          "invalid-email", "an e-mail address",
          "unknown-state", "a state");

  /** No specimen lies in the future on this day. */
  private static final LocalDate LATER = LocalDate.of(2100, 1, 1);

  private ColumnFit() {}

  /**
   * What the field wants and no value of the column gives; empty if some value fits.
   *
   * @param type the type of the column that the field is read from
   */
  static Optional<Misfit> of(BoundField field, SourceColumns.Type type) {
    if (field.isStepped()) {
      // A column's type does not tell what a chain makes of its values.
      return Optional.empty();
    }
    Set<String> rules = new LinkedHashSet<>();
    for (Object specimen : SPECIMENS.getOrDefault(type, List.of())) {
      ReadValue reading = field.read(row(field, specimen), LATER);
      if (!(reading instanceof ReadValue.Refused refused)
          || ABOUT_THE_VALUE.contains(refused.rule())) {
        return Optional.empty();
      }
      rules.add(refused.rule());
    }
    // What the field wants says more than what the transform could not read.
    return rules.stream()
        .filter(rule -> !rule.equals("unknown-state"))
        .findFirst()
        .or(() -> rules.stream().findFirst())
        .map(Misfit::new);
  }

  /** The first of the field's columns feeds it; the others only add lines. */
  private static SourceRow row(BoundField field, Object specimen) {
    List<Object> values = new ArrayList<>(field.columns());
    values.replaceAll(column -> "");
    values.set(0, specimen);
    return new SourceRow(new SourceRow.Header(field.columns()), values.toArray());
  }

  /**
   * No value fits.
   *
   * @param rule the rule that refuses each
   */
  record Misfit(String rule) {

    /** What the field needs, to complete a sentence. */
    String wanted() {
      return WANTED.getOrDefault(rule, "another value");
    }
  }
}
