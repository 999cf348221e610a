package edu.cumc.aou.simulator.salesforce.org;

import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;

/** All records of one object, including deleted ones, with the indexes that queries use. */
public final class Table {
  private static final Comparator<Row> BY_STAMP =
      Comparator.comparing(Row::systemModstamp).thenComparing(Row::id);

  private final ObjectType type;
  private final Map<String, Row> byId = new LinkedHashMap<>();
  private final Map<Field, ValueIndex> indexes = new HashMap<>();
  private final NavigableSet<Row> byStamp = new TreeSet<>(BY_STAMP);
  private long lastNumber;

  Table(ObjectType type) {
    this.type = type;
    for (Field field : type.fields()) {
      if (field.indexed() || field.unique()) {
        indexes.put(field, new ValueIndex(field));
      }
    }
  }

  public ObjectType type() {
    return type;
  }

  public Optional<Row> row(String id) {
    return Optional.ofNullable(byId.get(id));
  }

  /** All rows in the order of their creation. */
  public Collection<Row> rows() {
    return Collections.unmodifiableCollection(byId.values());
  }

  /** Adds the row, in place of the one with the same id. */
  void put(Row row) {
    Row former = byId.put(row.id(), row);
    if (former != null) {
      unindex(former);
    }
    indexes.values().forEach(index -> index.add(row));
    byStamp.add(row);
    Ids.number(row.id()).ifPresent(number -> lastNumber = Math.max(lastNumber, number));
  }

  void remove(String id) {
    Row former = byId.remove(id);
    if (former != null) {
      unindex(former);
    }
  }

  private void unindex(Row row) {
    indexes.values().forEach(index -> index.remove(row));
    byStamp.remove(row);
  }

  /** An id that no record of this object has or had. */
  String nextId() {
    lastNumber++;
    return Ids.of(type.keyPrefix(), lastNumber);
  }

  /** Whether {@link #find} needs no search through every row for this field. */
  public boolean isIndexed(Field field) {
    return indexes.containsKey(field);
  }

  /** The rows, including deleted ones, that have this value, compared as the field compares. */
  public List<Row> find(Field field, Object value) {
    Object key = Values.comparable(field, value);
    ValueIndex index = indexes.get(field);
    if (index != null) {
      return index.find(key).stream().map(byId::get).filter(Objects::nonNull).toList();
    }
    return byId.values().stream()
        .filter(
            row -> {
              Object own = row.get(field);
              return own != null && Values.comparable(field, own).equals(key);
            })
        .toList();
  }

  /** The rows stamped at or after the given time, oldest stamp first. */
  public Collection<Row> stampedSince(Instant from) {
    Map<Field, Object> bound = new HashMap<>();
    bound.put(type.known("Id"), "");
    bound.put(type.known("SystemModstamp"), from);
    return byStamp.tailSet(Row.of(type, bound), true);
  }
}
