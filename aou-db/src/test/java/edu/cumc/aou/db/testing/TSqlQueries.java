package edu.cumc.aou.db.testing;

import edu.cumc.aou.db.testing.TSqlTokens.Kind;
import edu.cumc.aou.db.testing.TSqlTokens.Token;
import edu.cumc.aou.db.testing.TSqlValue.Shape;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Queries of T-SQL. */
final class TSqlQueries {

  /** Where a query stands. */
  enum Place {
    WHOLE,
    INSERTED,
    TABLE,
    VALUE,
    EXISTS
  }

  /** A column of a result; {@code name} is null where it has none. */
  record Output(@Nullable String name, TSqlValue value) {}

  record Query(String h2, List<Output> columns) {}

  private static final Set<String> ENDS_SELECT =
      Set.of(
          "FROM",
          "WHERE",
          "GROUP",
          "HAVING",
          "ORDER",
          "UNION",
          "EXCEPT",
          "INTERSECT",
          "SELECT",
          "INSERT",
          "UPDATE",
          "DELETE",
          "SET",
          "IF",
          "ELSE",
          "BEGIN",
          "COMMIT",
          "ROLLBACK",
          "EXEC",
          "EXECUTE",
          "CREATE",
          "ALTER",
          "DROP",
          ";");
  private static final Set<String> HINTS =
      Set.of(
          "TABLOCKX",
          "TABLOCK",
          "HOLDLOCK",
          "UPDLOCK",
          "ROWLOCK",
          "READPAST",
          "NOLOCK",
          "XLOCK",
          "READCOMMITTED",
          "SERIALIZABLE");

  private final TSqlReader in;
  private final TSqlExpressions expressions;
  private final TSqlScope.Catalog catalog;

  TSqlQueries(TSqlReader in, TSqlExpressions expressions, TSqlScope.Catalog catalog) {
    this.in = in;
    this.expressions = expressions;
    this.catalog = catalog;
  }

  Query query(@Nullable TSqlScope outer, Place place) {
    StringBuilder h2 = new StringBuilder();
    Part first = part(outer);
    h2.append(first.h2);
    boolean many = false;
    while (in.sees("UNION") || in.sees("EXCEPT") || in.sees("INTERSECT")) {
      many = true;
      h2.append(' ').append(in.take().text());
      h2.append(in.takes("ALL") ? " ALL " : " ");
      Part next = part(outer);
      if (next.columns.size() != first.columns.size()) {
        throw new TSqlRefusal(205, "All queries of a UNION must have an equal number of columns.");
      }
      h2.append(next.h2);
    }
    boolean limited = first.top != null;
    if (in.takes("ORDER", "BY")) {
      h2.append(order(first, many));
      if (in.takes("OFFSET")) {
        limited = true;
        h2.append(offset(first));
      } else if (!limited && place != Place.WHOLE && place != Place.INSERTED) {
        throw new TSqlRefusal(
            1033, "The ORDER BY clause is invalid in subqueries, unless TOP or OFFSET is there.");
      }
    } else if (in.sees("OFFSET")) {
      throw in.unexpected();
    }
    if (first.top != null) {
      h2.append(" FETCH FIRST ").append(first.top).append(" ROWS ONLY");
    }
    if (place == Place.VALUE && first.columns.size() != 1) {
      throw new TSqlRefusal(116, "Only one expression can be specified in the select list.");
    }
    return new Query(h2.toString(), first.columns);
  }

  private record Part(
      String h2, List<Output> columns, TSqlScope scope, @Nullable String top, boolean distinct) {}

  private Part part(@Nullable TSqlScope outer) {
    in.require("SELECT");
    boolean distinct = in.takes("DISTINCT");
    in.takes("ALL");
    TSqlScope scope = new TSqlScope(outer);
    String top = null;
    if (in.takes("TOP")) {
      boolean inParentheses = in.takes("(");
      top = inParentheses ? expressions.value(scope).h2() : String.valueOf(in.integer());
      if (inParentheses) {
        in.require(")");
      }
    }
    int items = in.position();
    skipItems();
    int itemsEnd = in.position();
    String from = in.takes("FROM") ? " FROM " + from(scope) : "";
    int afterFrom = in.position();
    in.goTo(items);
    List<Output> columns = items(scope);
    if (in.position() != itemsEnd) {
      throw in.unexpected();
    }
    in.goTo(afterFrom);
    StringBuilder h2 = new StringBuilder("SELECT ").append(distinct ? "DISTINCT " : "");
    for (int i = 0; i < columns.size(); i++) {
      Output column = columns.get(i);
      requireComparable(distinct, column.value());
      h2.append(i == 0 ? "" : ", ").append(column.value().h2());
      h2.append(column.name() == null ? "" : " AS " + TSqlScope.quoted(column.name()));
    }
    h2.append(from);
    if (in.takes("WHERE")) {
      h2.append(" WHERE ").append(expressions.condition(scope));
    }
    List<String> groups = in.takes("GROUP", "BY") ? group(scope) : List.of();
    if (!groups.isEmpty()) {
      h2.append(" GROUP BY ").append(String.join(", ", groups));
    }
    requireGrouped(columns, groups);
    if (in.takes("HAVING")) {
      h2.append(" HAVING ").append(expressions.condition(scope));
    }
    return new Part(h2.toString(), columns, scope, top, distinct);
  }

  /** FROM is read before what stands in front of it, which needs its names. */
  void skipItems() {
    int depth = 0;
    int cases = 0;
    while (!in.atEnd()) {
      Token token = in.peek();
      if (depth == 0 && cases == 0 && in.seesAny(ENDS_SELECT)) {
        return;
      }
      if (token.is("CASE")) {
        cases++;
      } else if (token.is("END") && cases-- == 0) {
        return;
      } else if (token.is("(")) {
        depth++;
      } else if (token.is(")") && depth-- == 0) {
        return;
      }
      in.take();
    }
  }

  private List<Output> items(TSqlScope scope) {
    List<Output> columns = new ArrayList<>();
    do {
      if (in.takes("*")) {
        scope.sources().forEach(source -> addAll(columns, source));
      } else if (in.seesName() && in.peek(1).is(".") && in.peek(2).is("*")) {
        String name = in.name();
        in.require(".", "*");
        scope.sources().stream()
            .filter(s -> s.name().equalsIgnoreCase(name))
            .forEach(source -> addAll(columns, source));
      } else {
        columns.add(item(scope));
      }
    } while (in.takes(","));
    return columns;
  }

  private static void addAll(List<Output> columns, TSqlScope.Source source) {
    List<TSqlScope.Column> known = source.columns();
    if (known == null) {
      columns.add(new Output(null, TSqlValue.of("*", null)));
      return;
    }
    TSqlScope only = new TSqlScope(null);
    only.add(source);
    known.forEach(c -> columns.add(new Output(c.name(), only.find(source.name(), c.name()))));
  }

  private Output item(TSqlScope scope) {
    int start = in.position();
    TSqlValue value = expressions.value(scope);
    Token last = in.between(start, in.position()).get(in.position() - start - 1);
    String name = value.shape() == Shape.COLUMN ? last.text() : null;
    if (in.takes("AS")) {
      name = in.peek().kind() == Kind.STRING ? in.string() : in.name();
    } else if (in.seesName()) {
      name = in.name();
    }
    return new Output(name, value);
  }

  private String from(TSqlScope scope) {
    StringBuilder h2 = new StringBuilder(source(scope));
    while (true) {
      if (in.takes(",")) {
        h2.append(", ").append(source(scope));
      } else if (in.takes("CROSS", "JOIN")) {
        h2.append(" CROSS JOIN ").append(source(scope));
      } else if (in.seesAny(Set.of("JOIN", "INNER", "LEFT", "RIGHT", "FULL"))) {
        String kind = in.takes("JOIN") ? "INNER" : in.take().text().toUpperCase(Locale.ROOT);
        if (!in.between(in.position() - 1, in.position()).get(0).is("JOIN")) {
          in.takes("OUTER");
          in.require("JOIN");
        }
        h2.append(' ').append(kind).append(" JOIN ").append(source(scope));
        in.require("ON");
        h2.append(" ON ").append(expressions.condition(scope));
      } else {
        return h2.toString();
      }
    }
  }

  String source(TSqlScope scope) {
    if (!in.takes("(")) {
      Table table = table();
      String alias = alias();
      hints();
      scope.add(new TSqlScope.Source(alias == null ? table.name : alias, table.columns));
      return table.h2 + (alias == null ? "" : " " + TSqlScope.quoted(alias));
    }
    Query query = query(null, Place.TABLE);
    in.require(")");
    String alias = alias();
    if (alias == null) {
      throw in.unexpected();
    }
    List<TSqlScope.Column> columns = new ArrayList<>();
    Set<String> names = new HashSet<>();
    boolean blind = false;
    for (Output column : query.columns()) {
      blind |= column.value().h2().equals("*");
      if (column.name() == null && !blind) {
        throw new TSqlRefusal(
            8155, "No column name was specified for a column of '" + alias + "'.");
      }
      if (column.name() != null && !names.add(column.name().toLowerCase(Locale.ROOT))) {
        throw new TSqlRefusal(8156, "The column '" + column.name() + "' was specified twice.");
      }
      TSqlValue value = column.value();
      boolean text = value.type() == null || value.isText();
      columns.add(
          new TSqlScope.Column(
              column.name() == null ? "*" : column.name(),
              value.type(),
              text ? nameOf(value.collation()) : null));
    }
    scope.add(new TSqlScope.Source(alias, blind ? null : columns));
    return "(" + query.h2() + ") " + TSqlScope.quoted(alias);
  }

  private static String nameOf(TSqlValue.Collation collation) {
    return collation.name().isEmpty() ? TSqlValue.Collation.DEFAULT : collation.name();
  }

  private @Nullable String alias() {
    if (in.takes("AS")) {
      return in.name();
    }
    return in.seesName() && !in.sees("OFFSET") ? in.name() : null;
  }

  void hints() {
    if (in.takes("WITH")) {
      in.require("(");
      do {
        if (!in.seesAny(HINTS)) {
          throw new TSqlRefusal(321, "'" + in.peek().text() + "' is not a recognized table hint.");
        }
        in.take();
      } while (in.takes(","));
      in.require(")");
    }
  }

  /** A table that a statement names. */
  record Table(String h2, String schema, String name, @Nullable List<TSqlScope.Column> columns) {}

  Table table() {
    TableName named = tableName();
    List<TSqlScope.Column> columns =
        catalog.columns(named.database(), named.schema(), named.table());
    return new Table(named.h2(), named.schema(), named.table(), columns);
  }

  /** A name of one to three parts. */
  record TableName(@Nullable String database, String schema, String table) {
    /** What H2 has under this name; the views of the system have schemas of their own there. */
    String h2() {
      String place = schema.equalsIgnoreCase("INFORMATION_SCHEMA") ? "sys_information" : schema;
      return TSqlScope.quoted(place) + "." + TSqlScope.quoted(table);
    }
  }

  TableName tableName() {
    List<String> parts = new ArrayList<>(List.of(in.name()));
    while (in.takes(".")) {
      parts.add(in.name());
    }
    int last = parts.size() - 1;
    if (last > 2) {
      throw in.unexpected();
    }
    return new TableName(
        last == 2 ? parts.get(0) : null, last > 0 ? parts.get(last - 1) : "dbo", parts.get(last));
  }

  private static void requireGrouped(List<Output> columns, List<String> groups) {
    boolean grouped =
        !groups.isEmpty() || columns.stream().anyMatch(c -> c.value().shape() == Shape.AGGREGATE);
    for (Output column : columns) {
      boolean alone = column.value().shape() == Shape.COLUMN;
      if (grouped && alone && !groups.contains(column.value().h2())) {
        throw new TSqlRefusal(8120, "Column '" + column.name() + "' is not in GROUP BY.");
      }
    }
  }

  private List<String> group(TSqlScope scope) {
    List<String> all = new ArrayList<>();
    do {
      TSqlValue value = expressions.value(scope);
      if (value.shape() == Shape.AGGREGATE || value.shape() == Shape.SUBQUERY) {
        throw new TSqlRefusal(144, "An aggregate or a subquery cannot be used in GROUP BY.");
      }
      if (value.shape() == Shape.CONSTANT) {
        throw new TSqlRefusal(164, "Each GROUP BY expression must contain a column.");
      }
      requireComparable(true, value);
      all.add(value.h2());
    } while (in.takes(","));
    return all;
  }

  private String order(Part part, boolean many) {
    List<String> all = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    do {
      String item = orderItem(part, many);
      if (!seen.add(item)) {
        throw new TSqlRefusal(169, "A column was specified twice in the order by list.");
      }
      all.add(item + (in.takes("DESC") ? " DESC" : in.takes("ASC") ? " ASC" : ""));
    } while (in.takes(","));
    return " ORDER BY " + String.join(", ", all);
  }

  private String orderItem(Part part, boolean many) {
    Token token = in.peek();
    Token next = in.peek(1);
    boolean alone = next.kind() != Kind.SYMBOL || next.is(",") || next.is(")") || next.is(";");
    if (token.kind() == Kind.NUMBER && alone) {
      return String.valueOf(in.integer());
    }
    boolean name = in.seesName() && alone && !next.is("COLLATE");
    if (name) {
      for (Output column : part.columns) {
        if (column.name() != null && column.name().equalsIgnoreCase(token.text())) {
          in.take();
          requireComparable(true, column.value());
          return TSqlScope.quoted(column.name());
        }
      }
    }
    if (many) {
      throw new TSqlRefusal(104, "ORDER BY items must appear in the select list of a UNION.");
    }
    TSqlValue value = expressions.value(part.scope);
    if (value.shape() == Shape.CONSTANT) {
      throw new TSqlRefusal(408, "A constant expression was encountered in the ORDER BY list.");
    }
    requireComparable(true, value);
    if (part.distinct && part.columns.stream().noneMatch(c -> c.value().h2().equals(value.h2()))) {
      throw new TSqlRefusal(145, "ORDER BY items must appear in the select list of a DISTINCT.");
    }
    return value.h2();
  }

  private String offset(Part part) {
    if (part.top != null) {
      throw new TSqlRefusal(10741, "A TOP can not be used in the same query as an OFFSET.");
    }
    String rows = expressions.value(part.scope).h2();
    if (!in.takes("ROWS")) {
      in.require("ROW");
    }
    if (!in.takes("FETCH")) {
      return " OFFSET " + rows + " ROWS";
    }
    if (!in.takes("NEXT")) {
      in.require("FIRST");
    }
    String most = expressions.value(part.scope).h2();
    if (!in.takes("ROWS")) {
      in.require("ROW");
    }
    in.require("ONLY");
    return " OFFSET " + rows + " ROWS FETCH NEXT " + most + " ROWS ONLY";
  }

  /** Texts without limit of the old kind can be read, and nothing else. */
  private static void requireComparable(boolean compared, TSqlValue value) {
    if (compared
        && value.type() != null
        && Set.of("text", "ntext", "xml").contains(value.type().name())) {
      throw new TSqlRefusal(306, "The text data type cannot be compared or sorted.");
    }
  }
}
