package edu.cumc.aou.simulator.salesforce.org;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The ids of the records that have a value in one field, including deleted ones. */
final class ValueIndex {
  private final Field field;

  /** Most values belong to one record, so only the others have a list. */
  private final Map<Object, Object> ids = new HashMap<>();

  ValueIndex(Field field) {
    this.field = field;
  }

  void add(Row row) {
    Object value = row.get(field);
    if (value == null) {
      return;
    }
    Object key = Values.comparable(field, value);
    Object present = ids.get(key);
    if (present == null) {
      ids.put(key, row.id());
    } else {
      List<String> several = several(present);
      several.add(row.id());
      ids.put(key, several);
    }
  }

  void remove(Row row) {
    Object value = row.get(field);
    if (value == null) {
      return;
    }
    Object key = Values.comparable(field, value);
    Object present = ids.get(key);
    if (present == null) {
      return;
    }
    List<String> rest = several(present);
    rest.remove(row.id());
    if (rest.isEmpty()) {
      ids.remove(key);
    } else {
      ids.put(key, rest);
    }
  }

  List<String> find(Object comparableValue) {
    Object present = ids.get(comparableValue);
    return present == null ? List.of() : several(present);
  }

  @SuppressWarnings("unchecked") // only this class adds lists, all of them of ids
  private static List<String> several(Object present) {
    if (present instanceof List<?> list) {
      return (List<String>) list;
    }
    List<String> one = new ArrayList<>(2);
    one.add(present.toString());
    return one;
  }
}
