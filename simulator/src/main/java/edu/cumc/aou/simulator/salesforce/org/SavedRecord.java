package edu.cumc.aou.simulator.salesforce.org;

import edu.cumc.aou.simulator.salesforce.SalesforceSimulator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A record that the API has just written, for {@link Automation}. Not thread-safe; invalid once the
 * automation has returned.
 */
public final class SavedRecord {
  private final RecordWriter writer;
  private final Schema schema;
  private final ObjectType type;
  private final String id;
  private final boolean created;
  private final String userId;

  SavedRecord(RecordWriter writer, Schema schema, Row row, boolean created, String userId) {
    this.writer = writer;
    this.schema = schema;
    this.type = row.type();
    this.id = row.id();
    this.created = created;
    this.userId = userId;
  }

  /**
   * Its object.
   *
   * @return the object, such as {@code Contact}
   */
  public String object() {
    return type.name();
  }

  /**
   * Its id.
   *
   * @return its id, 18 characters
   */
  public String id() {
    return id;
  }

  /**
   * Whether it is new.
   *
   * @return false if it existed before and has changed
   */
  public boolean created() {
    return created;
  }

  /**
   * Its present value of a field.
   *
   * @param field the API name
   * @return the value as {@link SalesforceSimulator#records} gives it; empty if it has none
   * @throws IllegalArgumentException if the object has no such field
   */
  public Optional<Object> get(String field) {
    Field known =
        type.field(field)
            .orElseThrow(() -> new IllegalArgumentException(type + " has no field " + field));
    return Optional.ofNullable(writer.existing(type, id).get(known));
  }

  /**
   * Changes a field. If the org's own rules refuse this, they refuse the whole record.
   *
   * @param field the API name
   * @param value the value as {@link SalesforceSimulator#records} gives it; null clears
   */
  public void set(String field, @Nullable Object value) {
    Map<String, @Nullable Object> change = new HashMap<>();
    change.put(field, value);
    writer.update(id, Draft.of(schema, type, change), userId);
  }

  /**
   * Changes a field of another record. If the org's own rules refuse this, they refuse the saved
   * record too.
   *
   * @param object its object, such as {@code Opportunity}
   * @param otherId the id of an existing record
   * @param field the API name
   * @param value the value as {@link SalesforceSimulator#records} gives it; null clears
   */
  public void setOf(String object, String otherId, String field, @Nullable Object value) {
    ObjectType other =
        schema
            .type(object)
            .orElseThrow(() -> new IllegalArgumentException("there is no object " + object));
    Map<String, @Nullable Object> change = new HashMap<>();
    change.put(field, value);
    writer.update(otherId, Draft.of(schema, other, change), userId);
  }

  /**
   * Creates another record. If the org's own rules refuse this, they refuse the saved record too.
   *
   * @param object the object, such as {@code Opportunity}
   * @param fields its fields by API name
   * @return its id
   */
  public String create(String object, Map<String, ? extends @Nullable Object> fields) {
    ObjectType other =
        schema
            .type(object)
            .orElseThrow(() -> new IllegalArgumentException("there is no object " + object));
    return writer.insert(Draft.of(schema, other, fields), userId);
  }

  /** Names object and kind of change: the record holds personal data. */
  @Override
  public String toString() {
    return (created ? "new " : "changed ") + type;
  }
}
