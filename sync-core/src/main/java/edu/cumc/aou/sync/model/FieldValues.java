package edu.cumc.aou.sync.model;

import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Values of some fields of one record, ordered by field name. An absent field is left alone; a
 * present, blank field has no value. Immutable. {@link #toString()} shows no value.
 */
public final class FieldValues {

  private static final FieldValues EMPTY = new FieldValues(new TreeMap<>());

  private final SortedMap<FieldName, FieldValue> values;

  private FieldValues(SortedMap<FieldName, FieldValue> values) {
    this.values = Collections.unmodifiableSortedMap(values);
  }

  /** Values of no field. */
  public static FieldValues empty() {
    return EMPTY;
  }

  /** Copies the map. */
  public static FieldValues of(Map<FieldName, FieldValue> values) {
    return values.isEmpty() ? EMPTY : new FieldValues(new TreeMap<>(values));
  }

  /** The value of a field; blank when the field is absent. */
  public FieldValue get(FieldName field) {
    return values.getOrDefault(field, FieldValue.BLANK);
  }

  public boolean contains(FieldName field) {
    return values.containsKey(field);
  }

  public Set<FieldName> fields() {
    return values.keySet();
  }

  public boolean isEmpty() {
    return values.isEmpty();
  }

  public int size() {
    return values.size();
  }

  /** An unmodifiable view, ordered by field name. */
  public SortedMap<FieldName, FieldValue> asMap() {
    return values;
  }

  /** These values with those of the other put over them. */
  public FieldValues with(FieldValues other) {
    if (other.isEmpty()) {
      return this;
    }
    SortedMap<FieldName, FieldValue> merged = new TreeMap<>(values);
    merged.putAll(other.values);
    return new FieldValues(merged);
  }

  /** Those that have a value: {@link #get} tells the same of each field as before. */
  public FieldValues withoutBlanks() {
    SortedMap<FieldName, FieldValue> kept = new TreeMap<>(values);
    return kept.values().removeIf(FieldValue::isBlank) ? new FieldValues(kept) : this;
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof FieldValues other && values.equals(other.values);
  }

  @Override
  public int hashCode() {
    return values.hashCode();
  }

  @Override
  public String toString() {
    return "FieldValues" + values.keySet();
  }
}
