package edu.cumc.aou.simulator.salesforce;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Turns the conditions of a query into a test of rows. */
final class SoqlFilter {
  private final Database database;
  private final SoqlBinder binder;
  private final ObjectType object;

  SoqlFilter(Database database, SoqlBinder binder, ObjectType object) {
    this.database = database;
    this.binder = binder;
    this.object = object;
  }

  Predicate<Row> test(Soql.Condition condition) {
    if (condition instanceof Soql.And and) {
      return tests(and.parts()).stream().reduce(row -> true, Predicate::and);
    } else if (condition instanceof Soql.Or or) {
      return tests(or.parts()).stream().reduce(row -> false, Predicate::or);
    } else if (condition instanceof Soql.Not not) {
      return test(not.part()).negate();
    } else if (condition instanceof Soql.In in) {
      return in(in);
    } else if (condition instanceof Soql.Comparison comparison) {
      return comparison(comparison);
    }
    throw new IllegalStateException("Unknown condition");
  }

  private List<Predicate<Row>> tests(List<Soql.Condition> parts) {
    List<Predicate<Row>> tests = new ArrayList<>();
    parts.forEach(part -> tests.add(test(part)));
    return tests;
  }

  private Predicate<Row> in(Soql.In in) {
    Column column = binder.filterColumn(object, in.path(), "filtered");
    Set<Object> wanted = new HashSet<>();
    boolean wantsNull = false;
    for (Soql.Literal literal : in.literals()) {
      Optional<Object> value = value(column.field(), literal);
      value.map(present -> Values.comparable(column.field(), present)).ifPresent(wanted::add);
      wantsNull |= value.isEmpty();
    }
    boolean orNull = wantsNull;
    Predicate<Row> contained =
        row -> {
          Object own = column.value(database, row);
          return own == null ? orNull : wanted.contains(Values.comparable(column.field(), own));
        };
    return in.negated() ? contained.negate() : contained;
  }

  private Predicate<Row> comparison(Soql.Comparison comparison) {
    Column column = binder.filterColumn(object, comparison.path(), "filtered");
    Field field = column.field();
    String operator = comparison.operator();
    if (operator.equals("LIKE")) {
      return like(column, comparison);
    }
    Optional<Object> literal = value(field, comparison.literal());
    boolean equality = operator.equals("=") || operator.equals("!=");
    if (!equality && (literal.isEmpty() || field.type() == FieldType.BOOLEAN)) {
      throw invalidOperator(comparison, "invalid operator on " + field.type().wireName());
    }
    if (literal.isEmpty()) {
      boolean wantsNull = operator.equals("=");
      return row -> (column.value(database, row) == null) == wantsNull;
    }
    Object wanted = Values.comparable(field, literal.get());
    IntPredicate accepts = accepts(operator);
    boolean nullMatches = operator.equals("!=");
    return row -> {
      Object own = column.value(database, row);
      return own == null
          ? nullMatches
          : accepts.test(Values.ORDER.compare(Values.comparable(field, own), wanted));
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

  private Predicate<Row> like(Column column, Soql.Comparison comparison) {
    if (!column.field().type().isText() || comparison.literal().kind() != Soql.LiteralKind.STRING) {
      throw invalidOperator(
          comparison, "invalid operator on " + column.field().type().wireName() + " field");
    }
    Pattern pattern = likePattern(comparison.literal().text());
    return row -> {
      Object own = column.value(database, row);
      return own != null && pattern.matcher(own.toString()).matches();
    };
  }

  private static Pattern likePattern(String like) {
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
    return Pattern.compile(
        regex.toString(), Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.DOTALL);
  }

  /**
   * The literal as a value of the field.
   *
   * @return empty for null and for an empty text, which is the same
   * @throws ApiException if the literal is of another type
   */
  Optional<Object> value(Field field, Soql.Literal literal) {
    return Optional.ofNullable(valueOrNull(field, literal));
  }

  private @Nullable Object valueOrNull(Field field, Soql.Literal literal) {
    FieldType type = field.type();
    Soql.LiteralKind expected = expected(type);
    if (literal.kind() == Soql.LiteralKind.NULL) {
      return null;
    }
    if (literal.kind() != expected) {
      throw wrongType(field, literal, expected);
    }
    String text = literal.text();
    return switch (expected) {
      case STRING -> type.isId() ? id(literal) : unescaped(text);
      case NUMBER -> Double.valueOf(text);
      case BOOLEAN -> Boolean.valueOf(text);
      case DATE -> date(field, literal);
      case DATETIME ->
          Values.parseDateTime(text).orElseThrow(() -> wrongType(field, literal, expected));
      case NULL -> null;
    };
  }

  private LocalDate date(Field field, Soql.Literal literal) {
    try {
      return LocalDate.parse(literal.text());
    } catch (DateTimeParseException e) {
      throw wrongType(field, literal, Soql.LiteralKind.DATE);
    }
  }

  private @Nullable String id(Soql.Literal literal) {
    if (literal.text().isEmpty()) {
      return null;
    }
    return Ids.canonical(literal.text())
        .orElseThrow(
            () ->
                binder.error(
                    "INVALID_QUERY_FILTER_OPERATOR",
                    literal.position(),
                    "invalid ID field: " + literal.text()));
  }

  private static @Nullable String unescaped(String text) {
    String plain = text.replace("\\%", "%").replace("\\_", "_");
    return plain.isEmpty() ? null : plain;
  }

  private static Soql.LiteralKind expected(FieldType type) {
    if (type.isNumber()) {
      return Soql.LiteralKind.NUMBER;
    }
    return switch (type) {
      case BOOLEAN -> Soql.LiteralKind.BOOLEAN;
      case DATE -> Soql.LiteralKind.DATE;
      case DATETIME -> Soql.LiteralKind.DATETIME;
      default -> Soql.LiteralKind.STRING;
    };
  }

  private ApiException wrongType(Field field, Soql.Literal literal, Soql.LiteralKind expected) {
    String quotes =
        expected == Soql.LiteralKind.STRING
            ? " and should be enclosed in quotes"
            : " and should not be enclosed in quotes";
    return binder.error(
        "INVALID_FIELD",
        literal.position(),
        "value of filter criterion for field '"
            + field.name()
            + "' must be of type "
            + expected.name().toLowerCase(Locale.ROOT)
            + quotes);
  }

  private ApiException invalidOperator(Soql.Comparison comparison, String message) {
    return binder.error("INVALID_QUERY_FILTER_OPERATOR", comparison.path().position(), message);
  }
}
