package edu.cumc.aou.simulator.salesforce.soql;

import edu.cumc.aou.simulator.salesforce.http.ApiException;
import edu.cumc.aou.simulator.salesforce.org.FieldType;
import edu.cumc.aou.simulator.salesforce.org.Values;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Turns the conditions of a query into a test of rows, or of groups of rows.
 *
 * @param <T> a row or a group
 */
final class SoqlFilter<T> {
  private final SoqlBinder binder;
  private final SoqlLiterals literals;
  private final Function<SoqlQuery.Term, Operand<T>> operands;
  private final Function<SoqlQuery.InQuery, Set<Object>> subqueries;

  /**
   * A filter for one query.
   *
   * @param operands resolves a term
   * @param subqueries gives the result of a semi-join's subquery
   */
  SoqlFilter(
      SoqlBinder binder,
      SoqlLiterals literals,
      Function<SoqlQuery.Term, Operand<T>> operands,
      Function<SoqlQuery.InQuery, Set<Object>> subqueries) {
    this.binder = binder;
    this.literals = literals;
    this.operands = operands;
    this.subqueries = subqueries;
  }

  Predicate<T> test(SoqlQuery.Condition condition) {
    if (condition instanceof SoqlQuery.And and) {
      return tests(and.parts()).stream().reduce(row -> true, Predicate::and);
    } else if (condition instanceof SoqlQuery.Or or) {
      return tests(or.parts()).stream().reduce(row -> false, Predicate::or);
    } else if (condition instanceof SoqlQuery.Not not) {
      return test(not.part()).negate();
    } else if (condition instanceof SoqlQuery.In in) {
      return in(in);
    } else if (condition instanceof SoqlQuery.InQuery in) {
      return in(in);
    } else if (condition instanceof SoqlQuery.Includes includes) {
      return includes(includes);
    } else if (condition instanceof SoqlQuery.Comparison comparison) {
      return comparison(comparison);
    }
    throw new IllegalStateException("Unknown condition");
  }

  private List<Predicate<T>> tests(List<SoqlQuery.Condition> parts) {
    List<Predicate<T>> tests = new ArrayList<>();
    parts.forEach(part -> tests.add(test(part)));
    return tests;
  }

  private Predicate<T> in(SoqlQuery.In in) {
    Operand<T> operand = operands.apply(in.term());
    Set<Object> wanted = new HashSet<>();
    boolean wantsNull = false;
    for (SoqlQuery.Literal literal : in.literals()) {
      Optional<Object> value = literals.value(operand.name(), operand.type(), literal);
      value.map(present -> normal(operand.type(), present)).ifPresent(wanted::add);
      wantsNull |= value.isEmpty();
    }
    boolean orNull = wantsNull;
    Predicate<T> contained =
        row -> {
          Object own = operand.comparable(row);
          return own == null ? orNull : wanted.contains(normal(operand.type(), own));
        };
    return in.negated() ? contained.negate() : contained;
  }

  /** Numbers compare as doubles, whatever the field stores. */
  private static Object normal(FieldType type, Object value) {
    return value instanceof Number number
        ? (Object) number.doubleValue()
        : Values.comparable(type, value);
  }

  private Predicate<T> in(SoqlQuery.InQuery in) {
    Operand<T> operand = operands.apply(in.term());
    if (!operand.type().isId()) {
      throw binder.invalidField(
          operand.position(),
          "The left operand field in the where expression for outer query should be an id field,"
              + " cannot use: '"
              + operand.name()
              + "'");
    }
    Set<Object> ids = subqueries.apply(in);
    Predicate<T> contained =
        row -> {
          Object own = operand.comparable(row);
          return own != null && ids.contains(own);
        };
    return in.negated() ? contained.negate() : contained;
  }

  private Predicate<T> includes(SoqlQuery.Includes includes) {
    Operand<T> operand = operands.apply(includes.term());
    if (operand.type() != FieldType.MULTIPICKLIST) {
      throw binder.error(
          "INVALID_QUERY_FILTER_OPERATOR",
          operand.position(),
          "includes or excludes operator only valid on multipicklist field, cannot use: '"
              + operand.name()
              + "'");
    }
    List<Set<String>> wanted = new ArrayList<>();
    for (SoqlQuery.Literal literal : includes.literals()) {
      literals
          .value(operand.name(), operand.type(), literal)
          .ifPresent(value -> wanted.add(parts(value)));
    }
    Predicate<T> included =
        row -> {
          Object own = operand.value().apply(row);
          return own != null && wanted.stream().anyMatch(parts(own)::containsAll);
        };
    return includes.negated() ? included.negate() : included;
  }

  /** The values of a multi-select field, in any case. */
  private static Set<String> parts(Object value) {
    return Set.copyOf(List.of(value.toString().toLowerCase(Locale.ROOT).split(";")));
  }

  private Predicate<T> comparison(SoqlQuery.Comparison comparison) {
    Operand<T> operand = operands.apply(comparison.term());
    FieldType type = operand.type();
    String operator = comparison.operator();
    if (operator.equals("LIKE")) {
      return like(operand, comparison);
    } else if (comparison.literal().kind() == SoqlQuery.LiteralKind.RELATIVE_DATE) {
      return relative(operand, comparison);
    }
    Optional<Object> literal = literals.value(operand.name(), type, comparison.literal());
    boolean equality = operator.equals("=") || operator.equals("!=");
    if (!equality && (literal.isEmpty() || type == FieldType.BOOLEAN)) {
      throw invalidOperator(operand, "invalid operator on " + type.wireName());
    }
    if (literal.isEmpty()) {
      boolean wantsNull = operator.equals("=");
      return row -> (operand.value().apply(row) == null) == wantsNull;
    }
    Object wanted = Values.comparable(type, literal.get());
    IntPredicate accepts = accepts(operator);
    boolean nullMatches = operator.equals("!=");
    return row -> {
      Object own = operand.comparable(row);
      return own == null ? nullMatches : accepts.test(Values.ORDER.compare(own, wanted));
    };
  }

  /** Before a span means before its start; after it means at its end or later. */
  private Predicate<T> relative(Operand<T> operand, SoqlQuery.Comparison comparison) {
    SoqlLiterals.Span span = literals.span(operand.name(), operand.type(), comparison.literal());
    String operator = comparison.operator();
    boolean nullMatches = operator.equals("!=");
    return row -> {
      Object own = operand.comparable(row);
      if (own == null) {
        return nullMatches;
      }
      boolean beforeStart = Values.ORDER.compare(own, span.start()) < 0;
      boolean beforeEnd = Values.ORDER.compare(own, span.end()) < 0;
      return switch (operator) {
        case "=" -> !beforeStart && beforeEnd;
        case "!=" -> beforeStart || !beforeEnd;
        case "<" -> beforeStart;
        case "<=" -> beforeEnd;
        case ">" -> !beforeEnd;
        default -> !beforeStart;
      };
    };
  }

  private static IntPredicate accepts(String operator) {
    return switch (operator) {
      case "=" -> order -> order == 0;
      case "!=" -> order -> order != 0;
      case "<" -> order -> order < 0;
      case "<=" -> order -> order <= 0;
      case ">" -> order -> order > 0;
      case ">=" -> order -> order >= 0;
      default -> throw new IllegalStateException("Unknown operator");
    };
  }

  private Predicate<T> like(Operand<T> operand, SoqlQuery.Comparison comparison) {
    if (!operand.type().isText() || comparison.literal().kind() != SoqlQuery.LiteralKind.STRING) {
      throw invalidOperator(operand, "invalid operator on " + operand.type().wireName() + " field");
    }
    Pattern pattern = likePattern(comparison.literal().text(), operand.type());
    return row -> {
      Object own = operand.value().apply(row);
      return own != null && pattern.matcher(own.toString()).matches();
    };
  }

  private static Pattern likePattern(String like, FieldType type) {
    StringBuilder regex = new StringBuilder();
    for (int i = 0; i < like.length(); i++) {
      char c = like.charAt(i);
      boolean escaped = c == '\\' && i + 1 < like.length();
      if (escaped) {
        i++;
        regex.append(Pattern.quote(String.valueOf(like.charAt(i))));
      } else if (c == '%') {
        regex.append(".*");
      } else if (c == '_') {
        regex.append('.');
      } else {
        regex.append(Pattern.quote(String.valueOf(c)));
      }
    }
    int ignoringCase = type.ignoresCase() ? Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE : 0;
    return Pattern.compile(regex.toString(), ignoringCase | Pattern.DOTALL);
  }

  private ApiException invalidOperator(Operand<T> operand, String message) {
    return binder.error("INVALID_QUERY_FILTER_OPERATOR", operand.position(), message);
  }
}
