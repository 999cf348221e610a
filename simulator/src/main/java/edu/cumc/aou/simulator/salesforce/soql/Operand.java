package edu.cumc.aou.simulator.salesforce.soql;

import edu.cumc.aou.simulator.salesforce.org.FieldType;
import edu.cumc.aou.simulator.salesforce.org.Values;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A field or function of a query, ready to give its value.
 *
 * @param name its name in error texts
 * @param type the type of its values
 * @param value its value for a row or for a group of rows
 * @param <T> a row or a group
 */
record Operand<T>(String name, FieldType type, int position, Function<T, @Nullable Object> value) {

  /** The value in comparable form; null if there is none. */
  @Nullable Object comparable(T holder) {
    Object own = value.apply(holder);
    return own == null ? null : Values.comparable(type, own);
  }

  /** The order of ORDER BY; empty if there is none. */
  static <T> Optional<Comparator<T>> order(
      List<SoqlQuery.Order> orders, Function<SoqlQuery.Term, Operand<T>> operands) {
    Optional<Comparator<T>> all = Optional.empty();
    for (SoqlQuery.Order one : orders) {
      Operand<T> operand = operands.apply(one.term());
      Comparator<T> next = (a, b) -> compare(operand, one, a, b);
      all = Optional.of(all.map(former -> former.thenComparing(next)).orElse(next));
    }
    return all;
  }

  private static <T> int compare(Operand<T> operand, SoqlQuery.Order order, T a, T b) {
    Object x = operand.comparable(a);
    Object y = operand.comparable(b);
    if (x == null && y == null) {
      return 0;
    } else if (x == null || y == null) {
      return (x == null) == order.nullsLast() ? 1 : -1;
    }
    int ascending = Values.ORDER.compare(x, y);
    return order.descending() ? -ascending : ascending;
  }
}
