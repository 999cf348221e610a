package edu.cumc.aou.simulator.salesforce;

import java.util.List;
import java.util.Optional;

/** Finds and writes records by a key other than their id. */
final class Upsert {
  private final Org org;
  private final ObjectType type;
  private final Field key;

  private Upsert(Org org, ObjectType type, Field key) {
    this.org = org;
    this.type = type;
    this.key = key;
  }

  /**
   * Prepares upserts by the named field.
   *
   * @throws ApiException if there is no such field, or records cannot be found by it
   */
  static Upsert by(Org org, ObjectType type, String fieldName) {
    Field key =
        type.field(fieldName)
            .filter(Field::isKey)
            .orElseThrow(
                () ->
                    ApiException.of(
                        404,
                        "NOT_FOUND",
                        "Provided external ID field does not exist or is not accessible: "
                            + fieldName));
    return new Upsert(org, type, key);
  }

  Field key() {
    return key;
  }

  /** The records outside the recycle bin that have the value. */
  List<Row> matches(Object value) {
    if (key.type() == FieldType.ID) {
      return List.of(org.writer().existing(type, value.toString()));
    }
    String text = value.toString().strip();
    return org.database().table(type).find(key, value instanceof String ? text : value).stream()
        .filter(row -> !row.isDeleted())
        .toList();
  }

  /**
   * Updates the record that the value belongs to, or creates it.
   *
   * @param match that record; empty if there is none
   * @return the record's id
   */
  String write(Draft draft, Optional<Row> match, String userId) {
    if (match.isEmpty()) {
      return org.writer().insert(draft, userId);
    }
    draft.values().remove(key);
    org.writer().update(match.get().id(), draft, userId);
    return match.get().id();
  }

  static ApiException ambiguous(Field key) {
    return ApiException.ofRecord(
        400,
        "DUPLICATE_EXTERNAL_ID",
        key.name() + ": more than one record found for external id field",
        key.name());
  }
}
