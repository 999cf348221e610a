package edu.cumc.aou.salesforce;

import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A condition of a {@link Soql} query. Values are those of {@link Soql#literal}. Immutable; {@code
 * toString} shows nothing.
 */
public final class SoqlCondition {

  private final String text;

  private SoqlCondition(String text) {
    this.text = text;
  }

  /** Equal; null asks for fields without a value. */
  public static SoqlCondition eq(String field, @Nullable Object value) {
    return compare(field, "=", value);
  }

  /** Not equal; fields without a value count as not equal. */
  public static SoqlCondition ne(String field, @Nullable Object value) {
    return compare(field, "!=", value);
  }

  /** At or after, at least. */
  public static SoqlCondition ge(String field, Object value) {
    return compare(field, ">=", value);
  }

  /** Before, less. */
  public static SoqlCondition lt(String field, Object value) {
    return compare(field, "<", value);
  }

  /**
   * One of several texts.
   *
   * @throws IllegalArgumentException if there is none: SOQL has no empty list
   */
  public static SoqlCondition in(String field, Collection<String> values) {
    if (values.isEmpty()) {
      throw new IllegalArgumentException("IN needs at least one value");
    }
    return new SoqlCondition(
        Soql.name(field)
            + " IN ("
            + values.stream().map(Soql::literal).collect(Collectors.joining(","))
            + ")");
  }

  /** All of them hold. */
  public static SoqlCondition and(List<SoqlCondition> conditions) {
    return joined(" AND ", conditions);
  }

  /** At least one of them holds. */
  public static SoqlCondition or(List<SoqlCondition> conditions) {
    return joined(" OR ", conditions);
  }

  /** A condition in SOQL from the configuration, used as it is. Never use it for text from data. */
  public static SoqlCondition trusted(String soql) {
    return new SoqlCondition("(" + soql + ")");
  }

  String text() {
    return text;
  }

  private static SoqlCondition compare(String field, String operator, @Nullable Object value) {
    return new SoqlCondition(Soql.name(field) + " " + operator + " " + Soql.literal(value));
  }

  private static SoqlCondition joined(String word, List<SoqlCondition> conditions) {
    if (conditions.isEmpty()) {
      throw new IllegalArgumentException("nothing to join");
    }
    if (conditions.size() == 1) {
      return conditions.get(0);
    }
    return new SoqlCondition(
        conditions.stream().map(c -> c.text).collect(Collectors.joining(word, "(", ")")));
  }

  @Override
  public String toString() {
    return "SoqlCondition[hidden]";
  }
}
