package edu.cumc.aou.simulator.salesforce.soql;

import edu.cumc.aou.simulator.salesforce.http.ApiException;
import edu.cumc.aou.simulator.salesforce.org.FieldPath;
import edu.cumc.aou.simulator.salesforce.org.FieldType;
import edu.cumc.aou.simulator.salesforce.org.ObjectType;

/** Where Salesforce allows semi-joins and anti-joins, and on what. */
final class SemiJoins {
  private static final int MOST = 2;

  private SemiJoins() {}

  /**
   * Checks their number and place.
   *
   * @throws ApiException {@code MALFORMED_QUERY}
   */
  static void check(SoqlQuery.Condition where) {
    if (count(where, true) > MOST) {
      throw SoqlLexer.malformed("maximum 2 semi join sub-selects are allowed");
    }
  }

  private static int count(SoqlQuery.Condition condition, boolean allowed) {
    if (condition instanceof SoqlQuery.InQuery) {
      if (!allowed) {
        throw SoqlLexer.malformed(
            "Semi join sub-selects are only allowed at the top level WHERE expressions and not in"
                + " nested WHERE expressions");
      }
      return 1;
    } else if (condition instanceof SoqlQuery.And and) {
      return and.parts().stream().mapToInt(part -> count(part, allowed)).sum();
    } else if (condition instanceof SoqlQuery.Or or) {
      return or.parts().stream().mapToInt(part -> count(part, false)).sum();
    }
    return condition instanceof SoqlQuery.Not not ? count(not.part(), false) : 0;
  }

  /**
   * Checks that both sides are ids of the same object.
   *
   * @throws ApiException if they are not
   */
  static void checkTypes(
      SoqlBinder outer, SoqlQuery.Term term, SoqlBinder inner, FieldPath selected) {
    int position = inner.query().object().position();
    if (!selected.isOwn()) {
      throw inner.invalidField(
          position, "The inner select of a semi join selects no field of a parent");
    }
    if (!selected.field().type().isId()) {
      throw inner.invalidField(
          position,
          "The selected field '"
              + selected.field().name()
              + "' in the subquery should be an id or reference field");
    }
    FieldPath left = outer.column(term.path().orElseThrow());
    String expected = target(left, outer.type());
    if (!expected.equals(target(selected, inner.type()))) {
      throw inner.invalidField(
          position,
          "The selected field '"
              + selected.field().name()
              + "' in the subquery and the left operand field '"
              + left.field().name()
              + "' in the where expression in the outer query should point to the same object"
              + " type");
    }
  }

  /** The object of the ids in a column. */
  private static String target(FieldPath column, ObjectType type) {
    if (column.field().type() != FieldType.ID) {
      return column.field().referenceTo();
    }
    return column.isOwn()
        ? type.name()
        : column.parents().get(column.parents().size() - 1).referenceTo();
  }
}
