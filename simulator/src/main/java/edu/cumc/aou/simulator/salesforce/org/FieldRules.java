package edu.cumc.aou.simulator.salesforce.org;

import edu.cumc.aou.simulator.salesforce.http.ApiException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Checks whether a field can store a value, and how the org changes it. Lengths count UTF-16 units.
 */
final class FieldRules {
  private static final Pattern EMAIL =
      Pattern.compile(
          "[\\w!#$%&'*+/=?^`{|}~-]+(\\.[\\w!#$%&'*+/=?^`{|}~-]+)*"
              + "@([A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?\\.)+[A-Za-z]{2,}");

  private static final LocalDate FIRST_DAY = LocalDate.of(1700, 1, 1);
  private static final LocalDate LAST_DAY = LocalDate.of(4000, 12, 31);

  private final OrgRecords database;
  private Optional<StatePicklists> states;

  FieldRules(OrgRecords database, Optional<StatePicklists> states) {
    this.database = database;
    this.states = states;
  }

  /** Restricts addresses to these places, or allows any text. */
  void take(Optional<StatePicklists> lists) {
    states = lists;
  }

  /**
   * The values of the draft as they will be stored.
   *
   * @param present the record to change; empty for a new one
   * @throws ApiException for the first refused value
   */
  Map<Field, @Nullable Object> check(Draft draft, Optional<Row> present) {
    Map<Field, @Nullable Object> stored = new LinkedHashMap<>();
    for (Draft.ParentKey parent : draft.parents()) {
      if (draft.values().containsKey(parent.reference())) {
        throw ApiException.ofRecord(
            400,
            "INVALID_FIELD",
            "More than 1 field provided an external foreign key reference for "
                + parent.reference().name(),
            parent.reference().name());
      }
      stored.put(parent.reference(), resolve(parent));
    }
    draft.values().forEach((field, value) -> stored.put(field, checkValue(field, value)));
    draft
        .type()
        .field(AddedRecordType.FIELD)
        .ifPresent(f -> checkRecordType(draft.type(), f, stored));
    states.ifPresent(lists -> lists.normalise(draft.type(), stored, present));
    stored.forEach(
        (field, value) -> {
          if (field.unique() && value != null) {
            refuseDuplicate(draft.type(), field, value, present);
          }
        });
    return stored;
  }

  private @Nullable Object checkValue(Field field, @Nullable Object value) {
    if (value instanceof String text) {
      String trimmed = text.strip();
      if (trimmed.isEmpty()) {
        return null;
      }
      return field.type() == FieldType.REFERENCE
          ? checkReference(field, trimmed)
          : checkText(field, trimmed);
    }
    if (value instanceof Double number) {
      return checkNumber(field, number);
    }
    if (value instanceof LocalDate day) {
      checkDay(field, day);
    } else if (value instanceof Instant instant) {
      checkDay(field, LocalDate.ofInstant(instant, ZoneOffset.UTC));
    }
    if (value == null && field.type() == FieldType.BOOLEAN) {
      throw ApiException.ofRecord(
          400,
          "INVALID_TYPE_ON_FIELD_IN_RECORD",
          field.label() + ": value not of required type: null",
          field.name());
    }
    return value;
  }

  private static void checkDay(Field field, LocalDate day) {
    if (day.isBefore(FIRST_DAY) || day.isAfter(LAST_DAY)) {
      throw ApiException.ofRecord(
          400,
          "NUMBER_OUTSIDE_VALID_RANGE",
          field.label() + ": invalid date: " + day,
          field.name());
    }
  }

  private static String checkText(Field field, String text) {
    if (field.type() == FieldType.EMAIL && !EMAIL.matcher(text).matches()) {
      throw ApiException.ofRecord(
          400,
          "INVALID_EMAIL_ADDRESS",
          field.label() + ": invalid email address: " + text,
          field.name());
    }
    if (field.type() == FieldType.MULTIPICKLIST) {
      return checkValues(field, text);
    }
    if (field.restrictedPicklist() && !field.values().contains(text)) {
      throw notOffered(field, text);
    }
    if (text.length() > field.length()) {
      throw ApiException.ofRecord(
          400,
          "STRING_TOO_LONG",
          field.label()
              + ": data value too large: "
              + text
              + " (max length="
              + field.length()
              + ")",
          field.name());
    }
    return field.type() == FieldType.EMAIL ? text.toLowerCase(Locale.ROOT) : text;
  }

  private static ApiException notOffered(Field field, String text) {
    return ApiException.ofRecord(
        400,
        "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST",
        field.label() + ": bad value for restricted picklist field: " + text,
        field.name());
  }

  /** Several values are stored in the order of the picklist, each once. */
  private static String checkValues(Field field, String text) {
    List<String> given =
        Arrays.stream(text.split(";")).map(String::strip).filter(v -> !v.isEmpty()).toList();
    List<String> offered = field.values().active();
    for (String one : given) {
      if (field.restrictedPicklist() && !offered.contains(one)) {
        throw notOffered(field, one);
      }
    }
    Stream<String> listed = offered.stream().filter(given::contains);
    Stream<String> others = given.stream().filter(one -> !offered.contains(one)).distinct();
    return Stream.concat(listed, others).collect(Collectors.joining(";"));
  }

  private static Double checkNumber(Field field, Double number) {
    BigDecimal rounded = BigDecimal.valueOf(number).setScale(field.scale(), RoundingMode.HALF_UP);
    BigDecimal bound = BigDecimal.TEN.pow(field.precision() - field.scale());
    if (rounded.abs().compareTo(bound) >= 0) {
      throw ApiException.ofRecord(
          400,
          "NUMBER_OUTSIDE_VALID_RANGE",
          field.label() + ": value outside of valid range on numeric field: " + number,
          field.name());
    }
    return rounded.doubleValue();
  }

  private String checkReference(Field field, String text) {
    Optional<String> id = Ids.canonical(text);
    ObjectType target = database.schema().known(field.referenceTo());
    if (id.isEmpty() || !id.get().startsWith(target.keyPrefix())) {
      throw ApiException.ofRecord(
          400,
          "MALFORMED_ID",
          field.label() + ": id value of incorrect type: " + text,
          field.name());
    }
    Row row =
        database
            .table(target)
            .row(id.get())
            .orElseThrow(
                () ->
                    ApiException.ofRecord(
                        400, "INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id"));
    if (row.isDeleted()) {
      throw ApiException.ofRecord(400, "ENTITY_IS_DELETED", "entity is deleted", field.name());
    }
    return row.id();
  }

  /** The id of a record type that belongs to another object, or is inactive, is invalid. */
  private void checkRecordType(ObjectType type, Field field, Map<Field, @Nullable Object> stored) {
    Object id = stored.get(field);
    if (id == null) {
      return;
    }
    boolean usable = false;
    List<AddedRecordType> all = database.schema().recordTypes();
    for (int i = 0; i < all.size(); i++) {
      AddedRecordType one = all.get(i);
      usable |=
          AddedRecordType.id(i + 1).equals(id)
              && one.object().equals(type.name())
              && one.active()
              && one.available();
    }
    if (!usable) {
      throw ApiException.ofRecord(
          400,
          "INVALID_CROSS_REFERENCE_KEY",
          field.label() + ": this ID value isn't valid for the user: " + id,
          field.name());
    }
  }

  private String resolve(Draft.ParentKey parent) {
    ObjectType target = database.schema().known(parent.reference().referenceTo());
    List<Row> found =
        database.table(target).find(parent.key(), parent.value()).stream()
            .filter(row -> !row.isDeleted())
            .toList();
    if (found.isEmpty()) {
      throw ApiException.ofRecord(
          400,
          "INVALID_FIELD",
          "Foreign key external ID: "
              + parent.value()
              + " not found for field "
              + parent.key().name()
              + " in entity "
              + target.name());
    }
    if (found.size() > 1) {
      throw ApiException.ofRecord(
          400,
          "DUPLICATE_EXTERNAL_ID",
          "Foreign key external ID: more than one record found for external id field: "
              + parent.key().name());
    }
    return found.get(0).id();
  }

  private void refuseDuplicate(ObjectType type, Field field, Object value, Optional<Row> present) {
    for (Row other : database.table(type).find(field, value)) {
      boolean same = present.map(row -> row.id().equals(other.id())).orElse(false);
      if (!other.isDeleted() && !same) {
        throw ApiException.ofRecord(
            400,
            "DUPLICATE_VALUE",
            "duplicate value found: "
                + field.name()
                + " duplicates value on record with id: "
                + other.id());
      }
    }
  }
}
