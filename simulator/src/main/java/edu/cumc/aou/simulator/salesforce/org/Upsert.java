package edu.cumc.aou.simulator.salesforce.org;

import edu.cumc.aou.simulator.salesforce.http.ApiException;
import java.util.List;
import java.util.Optional;

/** Finds and writes records by a key other than their id. */
public final class Upsert {
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
  public static Upsert by(Org org, ObjectType type, String fieldName) {
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

  public Field key() {
    return key;
  }

  /** The records outside the recycle bin that have the value. */
  public List<Row> matches(Object value) {
    if (key.type() == FieldType.ID) {
      return List.of(org.writer().existing(type, value.toString()));
    }
    String text = value.toString().strip();
    return org.database().table(type).find(key, value instanceof String ? text : value).stream()
        .filter(row -> !row.isDeleted())
        .toList();
  }

  /**
   * Updates the record with the value, or creates it.
   *
   * @param match that record; empty if there is none
   * @return the record's id
   */
  public String write(Draft draft, Optional<Row> match, String userId) {
    if (match.isEmpty()) {
      return org.writer().insert(draft, userId);
    }
    draft.values().remove(key);
    org.writer().update(match.get().id(), draft, userId);
    return match.get().id();
  }

  /** The record that was written, and whether it is new. */
  public record Written(String id, boolean created) {}

  /**
   * Writes a record that states its own key.
   *
   * @param twice whether another record of the same request states the same key
   * @param updateOnly whether a missing record is refused rather than created
   */
  public Written put(Draft draft, boolean twice, boolean updateOnly, String userId) {
    boolean byId = key.type() == FieldType.ID;
    Optional<Object> value = byId ? draft.id().map(Object.class::cast) : value(draft);
    if (!byId && draft.id().isPresent()) {
      throw ApiException.ofRecord(
          400, "INVALID_FIELD", "The Id field should not be specified in the sobject data.", "Id");
    }
    if (!byId && value.isEmpty()) {
      throw ApiException.ofRecord(
          400, "MISSING_ARGUMENT", key.name() + " not specified", key.name());
    }
    if (twice && value.isPresent()) {
      if (byId) {
        throw idTwice(value.get().toString());
      }
      throw ApiException.ofRecord(
          400, "DUPLICATE_VALUE", "Duplicate external id specified: " + value.get(), key.name());
    }
    List<Row> matches = value.map(this::matches).orElse(List.of());
    if (matches.size() > 1) {
      throw ambiguous(key);
    }
    Optional<Row> match = matches.stream().findFirst();
    if (match.isEmpty() && updateOnly) {
      throw ApiException.ofRecord(
          404, "NOT_FOUND", "The requested resource does not exist", key.name());
    }
    Draft withoutId = new Draft(type, Optional.empty(), draft.values(), draft.parents());
    return new Written(write(withoutId, match, userId), match.isEmpty());
  }

  /** The refusal of a record that a request names twice. */
  public static ApiException idTwice(String id) {
    return ApiException.ofRecord(400, "DUPLICATE_VALUE", "Duplicate id specified: " + id, "Id");
  }

  private Optional<Object> value(Draft draft) {
    return Optional.ofNullable(draft.values().get(key))
        .filter(value -> !value.toString().isBlank());
  }

  private static ApiException ambiguous(Field key) {
    return ApiException.ofRecord(
        400,
        "DUPLICATE_EXTERNAL_ID",
        key.name() + ": more than one record found for external id field",
        key.name());
  }
}
