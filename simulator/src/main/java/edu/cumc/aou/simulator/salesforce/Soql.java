package edu.cumc.aou.simulator.salesforce;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A parsed query; names are not checked yet.
 *
 * @param text the query as written, for error texts
 * @param fields what it selects; empty if it counts
 * @param object the object's name as written
 */
record Soql(
    String text,
    List<Path> fields,
    boolean count,
    Path object,
    Optional<Condition> where,
    List<Order> orderBy,
    OptionalInt limit) {

  /** A name, with dots for parents, and where in the text it starts. */
  record Path(String name, int position) {}

  /** What a literal looks like. */
  enum LiteralKind {
    STRING,
    NUMBER,
    BOOLEAN,
    DATE,
    DATETIME,
    NULL
  }

  /** A value in the query; the text of a string is without its quotes and escapes. */
  record Literal(LiteralKind kind, String text, int position) {}

  /** One entry of ORDER BY. */
  record Order(Path path, boolean descending, boolean nullsLast) {}

  /** A condition of WHERE. */
  sealed interface Condition {}

  record And(List<Condition> parts) implements Condition {}

  record Or(List<Condition> parts) implements Condition {}

  record Not(Condition part) implements Condition {}

  record Comparison(Path path, String operator, Literal literal) implements Condition {}

  record In(Path path, boolean negated, List<Literal> literals) implements Condition {}

  /** Names the object only: queries quote personal data. */
  @Override
  public String toString() {
    return "query on " + object.name();
  }
}
