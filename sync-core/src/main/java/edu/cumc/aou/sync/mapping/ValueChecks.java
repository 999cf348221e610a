package edu.cumc.aou.sync.mapping;

import edu.cumc.aou.sync.model.FieldInfo;
import edu.cumc.aou.sync.model.FieldKind;
import edu.cumc.aou.sync.model.FieldValue;
import edu.cumc.aou.sync.model.Numbers;
import edu.cumc.aou.sync.model.SalesforceIds;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds what makes a canonical value invalid for a field, because otherwise Salesforce refuses the
 * whole record.
 */
final class ValueChecks {

  private ValueChecks() {}

  /** The value to send, or a refusal. */
  static ReadValue check(FieldInfo field, @Nullable Picklist picklist, FieldValue value) {
    if (value.isBlank()) {
      return new ReadValue.Value(value);
    }
    String text = value.text();
    // Counts UTF-16 units, never fewer than the server counts, so a text that passes here passes
    // there. This check comes first, so that no other looks at a text that is far too long.
    boolean restricted = picklist != null && picklist.isRestricted();
    if (!restricted && isText(field.kind()) && isLonger(text, field)) {
      return ReadValue.refused("too-long");
    }
    if (field.kind() == FieldKind.NUMBER) {
      return number(field, text);
    }
    Optional<String> broken =
        switch (field.kind()) {
          case EMAIL -> rule(!EmailSyntax.isValid(text), "invalid-email");
          case BOOLEAN -> rule(!text.equals("true") && !text.equals("false"), "not-a-boolean");
          case DATE -> rule(!isDay(text), "not-a-date");
          case DATETIME -> rule(Normaliser.parseInstant(text).isEmpty(), "not-a-datetime");
          case REFERENCE -> rule(!SalesforceIds.isWellFormed(text), "not-an-id");
          case OTHER -> Optional.of("unsupported-field-type");
          case TEXT, LONG_TEXT, PHONE, PICKLIST, MULTI_PICKLIST, NUMBER -> Optional.empty();
        };
    if (broken.isPresent()) {
      return ReadValue.refused(broken.get());
    }
    if (picklist != null) {
      return picklist
          .spelling(text)
          .map(ReadValue::of)
          .orElse(ReadValue.refused("not-in-picklist"));
    }
    return isLonger(text, field) ? ReadValue.refused("too-long") : new ReadValue.Value(value);
  }

  /** A number as the field holds it; Salesforce refuses a record with any other. */
  private static ReadValue number(FieldInfo field, String text) {
    Optional<BigDecimal> parsed = Numbers.parse(text);
    if (parsed.isEmpty()) {
      return ReadValue.refused("not-a-number");
    }
    BigDecimal rounded = field.size().rounded(parsed.get());
    if (field.size().whole() && rounded.compareTo(parsed.get()) != 0) {
      return ReadValue.refused("not-a-whole-number");
    }
    return field.size().holds(rounded)
        ? ReadValue.of(Numbers.plain(rounded))
        : ReadValue.refused("number-too-large");
  }

  private static boolean isText(FieldKind kind) {
    return switch (kind) {
      case TEXT, LONG_TEXT, EMAIL, PHONE, PICKLIST, MULTI_PICKLIST -> true;
      case BOOLEAN, NUMBER, DATE, DATETIME, REFERENCE, OTHER -> false;
    };
  }

  private static boolean isLonger(String text, FieldInfo field) {
    return field.length() > 0 && text.length() > field.length();
  }

  private static boolean isDay(String text) {
    try {
      LocalDate.parse(text);
      return true;
    } catch (DateTimeParseException e) {
      return false;
    }
  }

  private static Optional<String> rule(boolean broken, String rule) {
    return broken ? Optional.of(rule) : Optional.empty();
  }
}
