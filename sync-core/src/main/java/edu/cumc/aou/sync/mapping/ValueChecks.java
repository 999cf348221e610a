package edu.cumc.aou.sync.mapping;

import edu.cumc.aou.sync.model.FieldInfo;
import edu.cumc.aou.sync.model.FieldKind;
import edu.cumc.aou.sync.model.FieldValue;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What makes a canonical value invalid for a field, so that Salesforce need not refuse the whole
 * record for it.
 */
final class ValueChecks {

  private static final Pattern EMAIL =
      Pattern.compile(
          "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
              + "@([A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?\\.)+[A-Za-z][A-Za-z0-9-]*[A-Za-z0-9]");
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9]{15}([A-Za-z0-9]{3})?");

  private ValueChecks() {}

  /** The value as it may be sent, or a refusal. */
  static Reading check(FieldInfo field, FieldValue value) {
    if (value.isBlank()) {
      return new Reading.Value(value);
    }
    String text = value.text();
    Optional<String> broken =
        switch (field.kind()) {
          case EMAIL -> rule(!EMAIL.matcher(text).matches(), "invalid-email");
          case BOOLEAN -> rule(!text.equals("true") && !text.equals("false"), "not-a-boolean");
          case NUMBER -> rule(Normaliser.parseNumber(text).isEmpty(), "not-a-number");
          case DATE -> rule(!isDay(text), "not-a-date");
          case DATETIME -> rule(Normaliser.parseInstant(text).isEmpty(), "not-a-datetime");
          case REFERENCE -> rule(!ID.matcher(text).matches(), "not-an-id");
          case OTHER -> Optional.of("unsupported-field-type");
          case TEXT, LONG_TEXT, PHONE, PICKLIST, MULTI_PICKLIST -> Optional.empty();
        };
    if (broken.isPresent()) {
      return Reading.refused(broken.get());
    }
    if (field.restricted()) {
      return inPicklist(field, text);
    }
    // UTF-16 units: never shorter than what the server counts, so a text that passes here passes
    // there
    return field.length() > 0 && text.length() > field.length()
        ? Reading.refused("too-long")
        : new Reading.Value(value);
  }

  private static Reading inPicklist(FieldInfo field, String text) {
    StringBuilder spelled = new StringBuilder();
    for (String part :
        field.kind() == FieldKind.MULTI_PICKLIST ? List.of(text.split(";")) : List.of(text)) {
      Optional<String> known = spelling(field, part);
      if (known.isEmpty()) {
        return Reading.refused("not-in-picklist");
      }
      spelled.append(spelled.isEmpty() ? "" : ";").append(known.get());
    }
    return Reading.of(spelled.toString());
  }

  /**
   * The picklist's own spelling of a value that differs from it by case only, as long as that is
   * certain.
   */
  private static Optional<String> spelling(FieldInfo field, String text) {
    if (field.picklistValues().contains(text)) {
      return Optional.of(text);
    }
    List<String> alike =
        field.picklistValues().stream().filter(v -> v.equalsIgnoreCase(text)).toList();
    return alike.size() == 1 ? Optional.of(alike.get(0)) : Optional.empty();
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
