package edu.cumc.aou.simulator.salesforce.soql;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A parsed query; names are not checked yet.
 *
 * @param text the whole query as written, for error texts
 * @param items what it selects; empty if it counts
 * @param count whether it is {@code SELECT COUNT()}
 * @param object the object's name as written, or the relationship's in a subquery
 * @param alias an alternative beginning of paths instead of the object; may be empty
 * @param joins parents that FROM names beside the object, by their aliases in lower case
 */
record SoqlQuery(
    String text,
    List<Item> items,
    boolean count,
    Path object,
    String alias,
    Map<String, Path> joins,
    Optional<Condition> where,
    List<Term> groupBy,
    Optional<Condition> having,
    List<Order> orderBy,
    OptionalInt limit,
    OptionalInt offset) {

  /** A name, with dots for parents, and its position in the text. */
  record Path(String name, int position) {}

  /**
   * A field, or a function of one.
   *
   * @param function its name in upper case; empty for the field itself
   * @param convert whether to convert the field to the user's time zone first
   * @param path the field; empty for {@code COUNT()}
   */
  record Term(Optional<String> function, boolean convert, Optional<Path> path, int position) {}

  /** What a query selects. */
  sealed interface Item {}

  /** A field or a function; the alias may be empty. */
  record TermItem(Term term, String alias) implements Item {}

  /** The children of each record. */
  record ChildItem(SoqlQuery query, int position) implements Item {}

  /** {@code FIELDS(ALL)}, {@code FIELDS(STANDARD)} or {@code FIELDS(CUSTOM)}. */
  record FieldsItem(String which, int position) implements Item {}

  /** Kinds of literals. */
  enum LiteralKind {
    STRING,
    NUMBER,
    BOOLEAN,
    DATE,
    DATETIME,
    RELATIVE_DATE,
    NULL
  }

  /** A value in the query; the text of a string is without its quotes and escapes. */
  record Literal(LiteralKind kind, String text, int position) {}

  /** One entry of ORDER BY. */
  record Order(Term term, boolean descending, boolean nullsLast) {}

  /** A condition of WHERE or HAVING. */
  sealed interface Condition {}

  record And(List<Condition> parts) implements Condition {}

  record Or(List<Condition> parts) implements Condition {}

  record Not(Condition part) implements Condition {}

  record Comparison(Term term, String operator, Literal literal) implements Condition {}

  record In(Term term, boolean negated, List<Literal> literals) implements Condition {}

  /** INCLUDES, or EXCLUDES if negated. */
  record Includes(Term term, boolean negated, List<Literal> literals) implements Condition {}

  /** A semi-join, or an anti-join if negated. */
  record InQuery(Term term, boolean negated, SoqlQuery query) implements Condition {}

  /** The field of a term, if the term is the field itself. */
  static Optional<Path> plain(Term term) {
    return term.function().isEmpty() ? term.path() : Optional.empty();
  }

  /** Names the object only: queries quote personal data. */
  @Override
  public String toString() {
    return "query on " + object.name();
  }
}
