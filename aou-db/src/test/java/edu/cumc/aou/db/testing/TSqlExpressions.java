package edu.cumc.aou.db.testing;

import edu.cumc.aou.db.testing.TSqlTokens.Token;
import edu.cumc.aou.db.testing.TSqlValue.Collation;
import edu.cumc.aou.db.testing.TSqlValue.Rank;
import edu.cumc.aou.db.testing.TSqlValue.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Expressions of T-SQL: what has a value is no condition there, and a condition has no value. */
final class TSqlExpressions {

  private static final Set<String> COMPARISONS = Set.of("=", "<>", "!=", "<", ">", "<=", ">=");
  private static final Set<String> AGGREGATES =
      Set.of("COUNT", "COUNT_BIG", "MIN", "MAX", "SUM", "AVG", "CHECKSUM_AGG");
  private static final Set<String> PARTS_OF_TIMES =
      Set.of("YEAR", "MONTH", "DAY", "HOUR", "MINUTE", "SECOND", "MILLISECOND", "MICROSECOND");
  private static final Set<String> FUNCTIONS_OF_RESERVED_NAMES =
      Set.of("COALESCE", "NULLIF", "LEFT", "RIGHT");
  private static final Set<String> NOT_COMPARABLE = Set.of("text", "ntext", "xml");

  private final TSqlReader in;
  private final Map<String, TSqlType> declared;
  private final String database;
  private final List<String> parameters = new ArrayList<>();
  private final TSqlQueries queries;

  TSqlExpressions(
      TSqlReader in, Map<String, TSqlType> declared, String database, TSqlScope.Catalog catalog) {
    this.in = in;
    this.declared = declared;
    this.database = database;
    this.queries = new TSqlQueries(in, this, catalog);
  }

  TSqlQueries queries() {
    return queries;
  }

  /** The names of the parameters met, in the order in which H2's text counts them. */
  List<String> parameters() {
    return List.copyOf(parameters);
  }

  /** A condition, in H2's SQL. */
  String condition(TSqlScope scope) {
    return chain("OR", () -> chain("AND", () -> negation(scope)));
  }

  private String chain(String word, Supplier<String> part) {
    StringBuilder all = new StringBuilder(part.get());
    boolean many = false;
    while (in.takes(word)) {
      many = true;
      all.append(' ').append(word).append(' ').append(part.get());
    }
    return many ? "(" + all + ")" : all.toString();
  }

  private String negation(TSqlScope scope) {
    if (in.takes("NOT")) {
      return "NOT (" + negation(scope) + ")";
    }
    if (in.takes("EXISTS")) {
      in.require("(");
      String query = queries.query(scope, TSqlQueries.Place.EXISTS).h2();
      in.require(")");
      return "EXISTS (" + query + ")";
    }
    if (in.sees("(")) {
      String inner = inParentheses(scope);
      if (inner != null) {
        return inner;
      }
    }
    return comparison(scope);
  }

  /** A condition in parentheses; null when it is a value that they are around. */
  private @Nullable String inParentheses(TSqlScope scope) {
    int start = in.position();
    int known = parameters.size();
    try {
      in.require("(");
      String inner = condition(scope);
      in.require(")");
      return "(" + inner + ")";
    } catch (TSqlRefusal e) {
      in.goTo(start);
      parameters.subList(known, parameters.size()).clear();
      if (in.sees("(", "SELECT")) {
        return null;
      }
      value(scope);
      boolean compared =
          in.seesAny(COMPARISONS) || in.seesAny(Set.of("IN", "NOT", "LIKE", "BETWEEN", "IS"));
      in.goTo(start);
      parameters.subList(known, parameters.size()).clear();
      if (!compared) {
        throw e;
      }
      return null;
    }
  }

  private String comparison(TSqlScope scope) {
    TSqlValue left = value(scope);
    if (in.seesAny(COMPARISONS)) {
      String operator = in.take().text();
      return compared(left, operator, value(scope));
    }
    if (in.takes("IS")) {
      boolean not = in.takes("NOT");
      in.require("NULL");
      return left.h2() + (not ? " IS NOT NULL" : " IS NULL");
    }
    String not = in.takes("NOT") ? " NOT" : "";
    if (in.takes("IN")) {
      return isIn(scope, left, not);
    }
    if (in.takes("LIKE")) {
      return isLike(scope, left, not);
    }
    if (in.takes("BETWEEN")) {
      TSqlValue low = value(scope);
      in.require("AND");
      TSqlValue high = value(scope);
      Collation common = comparable(List.of(left, low, high));
      return left.compared(common) + not + " BETWEEN " + low.h2() + " AND " + high.h2();
    }
    if (!not.isEmpty()) {
      throw in.unexpected();
    }
    throw new TSqlRefusal(
        4145,
        "An expression of non-boolean type specified in a context where a condition is expected.");
  }

  private String compared(TSqlValue left, String operator, TSqlValue right) {
    Collation common = comparable(List.of(left, right));
    String h2 = operator.equals("!=") ? "<>" : operator;
    return left.compared(common) + " " + h2 + " " + right.compared(common);
  }

  private static Collation comparable(List<TSqlValue> values) {
    for (TSqlValue value : values) {
      if (value.type() != null && NOT_COMPARABLE.contains(value.type().name())) {
        throw new TSqlRefusal(402, "The data types are incompatible in the operator.");
      }
    }
    TSqlType unused = TSqlValue.typeOf(values);
    return TSqlValue.comparison(values);
  }

  private String isIn(TSqlScope scope, TSqlValue left, String not) {
    in.require("(");
    List<TSqlValue> values = new ArrayList<>(List.of(left));
    String list;
    if (in.sees("SELECT")) {
      TSqlQueries.Query query = queries.query(scope, TSqlQueries.Place.VALUE);
      values.add(query.columns().get(0).value());
      list = query.h2();
    } else {
      do {
        values.add(value(scope));
      } while (in.takes(","));
      list = values.stream().skip(1).map(TSqlValue::h2).collect(Collectors.joining(", "));
    }
    in.require(")");
    return left.compared(comparable(values)) + not + " IN (" + list + ")";
  }

  private String isLike(TSqlScope scope, TSqlValue left, String not) {
    TSqlValue pattern = value(scope);
    Collation common = TSqlValue.comparison(List.of(left, pattern));
    if (pattern.h2().contains("[")) {
      String regex = asRegex(pattern.h2());
      return left.compared(common) + not + " REGEXP " + regex;
    }
    String escape = in.takes("ESCAPE") ? literal(in.string()) : "''";
    return left.compared(common) + not + " LIKE " + pattern.compared(common) + " ESCAPE " + escape;
  }

  /** H2 has no sets of characters in LIKE. */
  private static String asRegex(String quoted) {
    return quoted
        .replaceFirst("'", "'\\\\A")
        .replaceFirst("'$", "\\\\z'")
        .replace("%", ".*")
        .replace("_", ".");
  }

  /** A value. */
  TSqlValue value(TSqlScope scope) {
    TSqlValue left = product(scope);
    while (in.sees("+") || in.sees("-") || in.sees("&")) {
      String operator = in.take().text();
      left = combined(left, operator, product(scope));
    }
    return left;
  }

  private TSqlValue product(TSqlScope scope) {
    TSqlValue left = signed(scope);
    while (in.sees("*") || in.sees("/") || in.sees("%")) {
      String operator = in.take().text();
      left = combined(left, operator, signed(scope));
    }
    return left;
  }

  private static TSqlValue combined(TSqlValue left, String operator, TSqlValue right) {
    List<TSqlValue> both = List.of(left, right);
    TSqlType type = TSqlValue.typeOf(both);
    boolean text = type != null && type.isText();
    if (text && !operator.equals("+")) {
      throw new TSqlRefusal(8117, "Operand data type is invalid for the operator.");
    }
    if (text) {
      int length = type.isMax() ? TSqlType.MAX : 4000;
      type = new TSqlType("nvarchar", length, 0);
    }
    if (operator.equals("&")) {
      return TSqlValue.of("BITAND(" + left.h2() + ", " + right.h2() + ")", TSqlType.INT);
    }
    return new TSqlValue(
        "(" + left.h2() + " " + (text ? "||" : operator) + " " + right.h2() + ")",
        type,
        TSqlValue.collationOf(both),
        TSqlValue.shapeOf(both));
  }

  private TSqlValue signed(TSqlScope scope) {
    if (in.takes("-")) {
      TSqlValue value = signed(scope);
      return TSqlValue.of("(- " + value.h2() + ")", value.type()).as(value.shape());
    }
    TSqlValue value = primary(scope);
    while (in.takes("COLLATE")) {
      String name = in.name();
      if (value.type() != null && !value.isText()) {
        throw new TSqlRefusal(447, "Expression type is invalid for COLLATE clause.");
      }
      Collation stated = new Collation(Rank.STATED, name);
      value =
          new TSqlValue(
              "CAST("
                  + value.h2()
                  + (stated.isBinary() ? " AS VARCHAR)" : " AS VARCHAR_IGNORECASE)"),
              value.type(),
              stated,
              value.shape() == Shape.COLUMN ? Shape.OTHER : value.shape());
    }
    return value;
  }

  private TSqlValue primary(TSqlScope scope) {
    Token token = in.peek();
    return switch (token.kind()) {
      case STRING -> {
        in.take();
        yield TSqlValue.constant(
            literal(token.text()), new TSqlType("nvarchar", Math.max(1, token.text().length()), 0));
      }
      case NUMBER -> {
        in.take();
        yield TSqlValue.constant(token.text(), numberType(token.text()));
      }
      case VARIABLE -> variable(in.take().text());
      case QUOTED -> column(scope);
      case SYMBOL -> parenthesis(scope);
      case WORD -> word(scope, token.text().toUpperCase(Locale.ROOT));
      case END -> throw in.unexpected();
    };
  }

  private static TSqlType numberType(String text) {
    if (text.contains(".") || text.contains("e") || text.contains("E")) {
      int digits = text.replaceAll("[^0-9]", "").length();
      return new TSqlType("decimal", digits, digits - Math.max(0, text.indexOf('.')));
    }
    return text.length() > 9 ? TSqlType.BIGINT : TSqlType.INT;
  }

  private TSqlValue variable(String name) {
    if (name.equalsIgnoreCase("@@TRANCOUNT")) {
      return TSqlValue.of("CAST(@trancount AS INTEGER)", TSqlType.INT);
    }
    if (name.equalsIgnoreCase("@@OPTIONS")) {
      // what a session of the driver has: ANSI_NULLS and its kin
      return TSqlValue.of("5432", TSqlType.INT);
    }
    TSqlType type = declared.get(name.toLowerCase(Locale.ROOT));
    if (type == null) {
      throw new TSqlRefusal(137, "Must declare the scalar variable \"" + name + "\".");
    }
    parameters.add(name.toLowerCase(Locale.ROOT));
    return TSqlValue.constant("CAST(?" + parameters.size() + " AS " + type.h2(false) + ")", type);
  }

  private TSqlValue parenthesis(TSqlScope scope) {
    in.require("(");
    TSqlValue value;
    if (in.sees("SELECT")) {
      TSqlQueries.Query query = queries.query(scope, TSqlQueries.Place.VALUE);
      TSqlValue column = query.columns().get(0).value();
      value =
          new TSqlValue("(" + query.h2() + ")", column.type(), column.collation(), Shape.SUBQUERY);
    } else {
      value = value(scope);
    }
    in.require(")");
    return value;
  }

  private TSqlValue word(TSqlScope scope, String word) {
    switch (word) {
      case "NULL" -> {
        in.take();
        return TSqlValue.of("NULL", null).as(Shape.NULL);
      }
      case "CASE" -> {
        return choice(scope);
      }
      case "CAST", "CONVERT" -> {
        return conversion(scope, word);
      }
      case "DATEADD" -> {
        return later(scope);
      }
      case "CURRENT_TIMESTAMP" -> {
        in.take();
        return TSqlValue.of("LOCALTIMESTAMP", new TSqlType("datetime", 0, 0));
      }
      default -> {
        boolean call = in.peek(1).is("(");
        if (call && AGGREGATES.contains(word)) {
          return aggregate(scope, in.take().text());
        }
        if (call && (in.seesName() || FUNCTIONS_OF_RESERVED_NAMES.contains(word))) {
          String name = in.take().text();
          List<TSqlValue> arguments = arguments(scope);
          return name.equalsIgnoreCase("DB_NAME")
              ? TSqlValue.of(literal(database), TSqlType.NVARCHAR)
              : TSqlFunctions.call(name, arguments);
        }
        return column(scope);
      }
    }
  }

  private List<TSqlValue> arguments(TSqlScope scope) {
    List<TSqlValue> arguments = new ArrayList<>();
    in.require("(");
    if (!in.takes(")")) {
      do {
        arguments.add(value(scope));
      } while (in.takes(","));
      in.require(")");
    }
    return arguments;
  }

  private TSqlValue aggregate(TSqlScope scope, String name) {
    in.require("(");
    if (name.toUpperCase(Locale.ROOT).startsWith("COUNT") && in.takes("*")) {
      in.require(")");
      return TSqlFunctions.aggregate(name, false, null);
    }
    boolean distinct = in.takes("DISTINCT");
    TSqlValue argument = value(scope);
    in.require(")");
    return TSqlFunctions.aggregate(name, distinct, argument);
  }

  private TSqlValue later(TSqlScope scope) {
    in.require("DATEADD", "(");
    if (!in.seesAny(PARTS_OF_TIMES)) {
      throw new TSqlRefusal(155, "'" + in.peek().text() + "' is not a recognized dateadd option.");
    }
    String part = in.take().text().toUpperCase(Locale.ROOT);
    in.require(",");
    TSqlValue number = value(scope);
    in.require(",");
    TSqlValue time = value(scope);
    in.require(")");
    return TSqlValue.of(
        "DATEADD(" + part + ", CAST(" + number.h2() + " AS INTEGER), " + time.h2() + ")",
        time.type());
  }

  private TSqlValue conversion(TSqlScope scope, String word) {
    in.take();
    in.require("(");
    TSqlType type = null;
    if (word.equals("CONVERT")) {
      type = in.type();
      in.require(",");
    }
    TSqlValue value = value(scope);
    if (type == null) {
      in.require("AS");
      type = in.type();
    }
    in.require(")");
    Collation collation = type.isText() ? value.collation() : Collation.NONE;
    if (type.isText() && collation.rank() == Rank.NONE && value.type() != null && !value.isText()) {
      collation = new Collation(Rank.COLUMN, Collation.DEFAULT);
    }
    return new TSqlValue(
        "CAST(" + value.h2() + " AS " + type.h2(false) + ")",
        type,
        collation,
        TSqlValue.shapeOf(List.of(value)));
  }

  private TSqlValue choice(TSqlScope scope) {
    in.require("CASE");
    TSqlValue subject = in.sees("WHEN") ? null : value(scope);
    StringBuilder h2 = new StringBuilder("CASE");
    List<TSqlValue> results = new ArrayList<>();
    do {
      in.require("WHEN");
      String condition = subject == null ? condition(scope) : compared(subject, "=", value(scope));
      in.require("THEN");
      results.add(value(scope));
      h2.append(" WHEN ").append(condition).append(" THEN ");
      h2.append(results.get(results.size() - 1).h2());
    } while (in.sees("WHEN"));
    if (in.takes("ELSE")) {
      results.add(value(scope));
      h2.append(" ELSE ").append(results.get(results.size() - 1).h2());
    }
    in.require("END");
    if (results.stream().allMatch(r -> r.shape() == Shape.NULL)) {
      throw new TSqlRefusal(8133, "At least one of the results of CASE must not be NULL.");
    }
    return new TSqlValue(
        h2.append(" END").toString(),
        TSqlValue.typeOf(results),
        TSqlValue.collationOf(results),
        TSqlValue.shapeOf(results));
  }

  private TSqlValue column(TSqlScope scope) {
    String first = in.name();
    if (!in.takes(".")) {
      return scope.find(null, first);
    }
    String second = in.name();
    return in.takes(".") ? scope.find(second, in.name()) : scope.find(first, second);
  }

  static String literal(String text) {
    return "'" + text.replace("'", "''") + "'";
  }
}
