package edu.cumc.aou.simulator.salesforce.soql;

import edu.cumc.aou.simulator.salesforce.org.FieldType;
import edu.cumc.aou.simulator.salesforce.org.Values;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The functions that make one value from many. */
enum Aggregate {
  COUNT,
  COUNT_DISTINCT,
  SUM,
  AVG,
  MIN,
  MAX;

  static boolean isOne(String name) {
    for (Aggregate aggregate : values()) {
      if (aggregate.name().equals(name)) {
        return true;
      }
    }
    return false;
  }

  /** Whether it accepts values of this type. */
  boolean takes(FieldType type) {
    return switch (this) {
      case COUNT, COUNT_DISTINCT -> true;
      case SUM, AVG -> type.isNumber();
      case MIN, MAX -> type != FieldType.BOOLEAN;
    };
  }

  /** The type of its value, given that of its field. */
  FieldType result(FieldType type) {
    return switch (this) {
      case COUNT, COUNT_DISTINCT -> FieldType.INT;
      case SUM, AVG -> FieldType.DOUBLE;
      case MIN, MAX -> type;
    };
  }

  /**
   * The value over some rows.
   *
   * @param values the field's values; nulls do not count
   * @param type the field's type
   */
  @Nullable Object apply(List<@Nullable Object> values, FieldType type) {
    List<Object> present =
        values.stream().filter(Objects::nonNull).map(Object.class::cast).toList();
    if (this == COUNT) {
      return present.size();
    } else if (this == COUNT_DISTINCT) {
      Set<Object> distinct = new HashSet<>();
      present.forEach(value -> distinct.add(Values.comparable(type, value)));
      return distinct.size();
    } else if (present.isEmpty()) {
      return null;
    }
    return switch (this) {
      case SUM -> present.stream().mapToDouble(Aggregate::number).sum();
      case AVG -> present.stream().mapToDouble(Aggregate::number).average().orElse(0);
      default -> extreme(present, type);
    };
  }

  private static double number(Object value) {
    return ((Number) value).doubleValue();
  }

  private Object extreme(List<Object> present, FieldType type) {
    Object best = present.get(0);
    for (Object value : present) {
      int order =
          Values.ORDER.compare(Values.comparable(type, value), Values.comparable(type, best));
      if (this == MIN ? order < 0 : order > 0) {
        best = value;
      }
    }
    return best;
  }
}
