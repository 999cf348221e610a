package edu.cumc.aou.simulator.salesforce.org;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One state of one record. Immutable: a change makes another row with the same id. */
public final class Row {
  private final ObjectType type;
  private final @Nullable Object[] values;

  private Row(ObjectType type, @Nullable Object[] values) {
    this.type = type;
    this.values = values;
  }

  static Row of(ObjectType type, Map<Field, @Nullable Object> values) {
    return new Row(type, new @Nullable Object[type.fields().size()]).with(values);
  }

  /** This record with these values instead of its own; a null clears. */
  Row with(Map<Field, @Nullable Object> changes) {
    @Nullable Object[] changed = values.clone();
    changes.forEach(
        (field, value) -> {
          int place = place(field);
          if (place >= 0) {
            changed[place] = value;
          }
        });
    return new Row(type, changed);
  }

  public ObjectType type() {
    return type;
  }

  public @Nullable Object get(Field field) {
    int place = place(field);
    return place < 0 ? null : values[place];
  }

  /** The caller may know the object from before a schema change; -1 if this row lacks the field. */
  @SuppressWarnings(
      "ReferenceEquality") // asked for every value, so only a different field is looked up by name
  private int place(Field field) {
    int ordinal = field.ordinal();
    List<Field> own = type.fields();
    if (ordinal < own.size() && own.get(ordinal) == field) {
      return ordinal;
    }
    return type.field(field.name())
        .filter(one -> one.type() == field.type())
        .map(Field::ordinal)
        .orElse(-1);
  }

  /** The same record with the fields of this type; values that do not fit are lost. */
  Row as(ObjectType other) {
    if (type == other) {
      return this;
    }
    Row same = new Row(other, new @Nullable Object[other.fields().size()]);
    for (Field field : type.fields()) {
      int place = same.place(field);
      if (place >= 0) {
        same.values[place] = values[field.ordinal()];
      }
    }
    return same;
  }

  /** The value of a field that the simulator itself relies on. */
  public @Nullable Object get(String fieldName) {
    return get(type.known(fieldName));
  }

  public String id() {
    return String.valueOf(get("Id"));
  }

  public boolean isDeleted() {
    return type.field("IsDeleted").map(field -> Boolean.TRUE.equals(get(field))).orElse(false);
  }

  public Instant systemModstamp() {
    return get("SystemModstamp") instanceof Instant stamp ? stamp : Instant.EPOCH;
  }

  /** All fields that have a value, as answers show them. */
  ObjectNode toJson() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    for (Field field : type.fields()) {
      Object value = get(field);
      if (value != null) {
        json.set(field.name(), Values.toJson(value));
      }
    }
    return json;
  }

  /** Names the object only: rows hold personal data. */
  @Override
  public String toString() {
    return type + " row";
  }
}
