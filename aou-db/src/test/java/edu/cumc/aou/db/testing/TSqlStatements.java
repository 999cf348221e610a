package edu.cumc.aou.db.testing;

import edu.cumc.aou.db.testing.TSqlTokens.Kind;
import edu.cumc.aou.db.testing.TSqlTokens.Token;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The statements of a batch, one after the other. */
final class TSqlStatements {

  private static final Set<String> SETTINGS =
      Set.of(
          "ANSI_NULLS",
          "ANSI_PADDING",
          "ANSI_WARNINGS",
          "ARITHABORT",
          "CONCAT_NULL_YIELDS_NULL",
          "FMTONLY",
          "IMPLICIT_TRANSACTIONS",
          "NOCOUNT",
          "NUMERIC_ROUNDABORT",
          "QUOTED_IDENTIFIER",
          "ROWCOUNT",
          "TEXTSIZE",
          "XACT_ABORT");

  private final TSqlReader in;
  private final Map<String, TSqlType> declared;
  private final String database;
  private final TSqlScope.Catalog catalog;

  TSqlStatements(
      TSqlReader in, Map<String, TSqlType> declared, String database, TSqlScope.Catalog catalog) {
    this.in = in;
    this.declared = declared;
    this.database = database;
    this.catalog = catalog;
  }

  /** Refuses a batch with what can be seen to be wrong without a look at any table. */
  static void check(List<Token> tokens, Map<String, TSqlType> declared, String database) {
    TSqlReader in = new TSqlReader(tokens);
    TSqlStatements statements =
        new TSqlStatements(in, new HashMap<>(declared), database, (place, schema, table) -> null);
    TSqlStatement statement;
    do {
      statement = statements.next();
    } while (statement != null);
  }

  /** The next statement; null at the end. */
  @Nullable TSqlStatement next() {
    while (in.takes(";")) {
      // an empty statement
    }
    if (in.atEnd()) {
      return null;
    }
    TSqlStatement statement = statement();
    in.takes(";");
    return statement;
  }

  private TSqlExpressions expressions() {
    return new TSqlExpressions(in, declared, database, catalog);
  }

  private TSqlStatement statement() {
    TSqlExpressions expressions = expressions();
    if (in.sees("SELECT")) {
      TSqlQueries.Query query = expressions.queries().query(null, TSqlQueries.Place.WHOLE);
      return new TSqlStatement.Rows(query.h2(), expressions.parameters(), query.columns());
    }
    if (in.takes("INSERT")) {
      return in.takes("BULK") ? load(expressions) : insert(expressions);
    }
    if (in.takes("UPDATE")) {
      return update(expressions);
    }
    if (in.takes("DELETE")) {
      return delete(expressions);
    }
    if (in.takes("IF")) {
      return condition(expressions);
    }
    if (in.takes("USE")) {
      return use();
    }
    if (in.takes("DECLARE")) {
      return declaration();
    }
    if (in.takes("SET")) {
      return in.peek().kind() == Kind.VARIABLE ? variable(in.take().text()) : setting();
    }
    if (in.sees("CREATE") || in.sees("ALTER") || in.sees("DROP")) {
      return new TSqlDefinitions(in, expressions, catalog).definition();
    }
    if (in.sees("COMMIT")
        || in.sees("ROLLBACK")
        || in.sees("BEGIN", "TRAN")
        || in.sees("BEGIN", "TRANSACTION")) {
      String verb = in.take().text().toUpperCase(Locale.ROOT);
      boolean unused = in.takes("TRAN") || in.takes("TRANSACTION") || in.takes("WORK");
      return new TSqlStatement.Transaction(verb);
    }
    if (in.takes("EXEC") || in.takes("EXECUTE")) {
      return procedure();
    }
    if (in.position() == 0 && in.seesName()) {
      // at the beginning of a batch EXEC may be left out
      return procedure();
    }
    throw in.unexpected();
  }

  private TSqlStatement insert(TSqlExpressions expressions) {
    boolean unused = in.takes("INTO");
    TSqlQueries.Table table = expressions.queries().table();
    expressions.queries().hints();
    StringBuilder h2 = new StringBuilder("INSERT INTO ").append(table.h2());
    List<TSqlScope.@Nullable Column> targets = new ArrayList<>();
    if (in.takes("(")) {
      List<String> names = new ArrayList<>();
      do {
        String name = in.name();
        targets.add(target(table, name));
        names.add(TSqlScope.quoted(name));
      } while (in.takes(","));
      in.require(")");
      h2.append(" (").append(String.join(", ", names)).append(")");
    } else if (table.columns() != null) {
      targets.addAll(table.columns());
    }
    h2.append(' ');
    if (in.takes("VALUES")) {
      int rows = 0;
      do {
        h2.append(rows++ == 0 ? "VALUES " : ", ").append(row(expressions, targets));
      } while (in.takes(","));
      if (rows > 1000) {
        throw new TSqlRefusal(10738, "The number of row value expressions exceeds 1000.");
      }
    } else {
      TSqlQueries.Query query = expressions.queries().query(null, TSqlQueries.Place.INSERTED);
      List<TSqlValue> values = query.columns().stream().map(TSqlQueries.Output::value).toList();
      requireFit(values, targets);
      h2.append(query.h2());
    }
    return new TSqlStatement.Change(
        h2.toString(), expressions.parameters(), TdsAnswer.Command.INSERT);
  }

  private String row(TSqlExpressions expressions, List<TSqlScope.@Nullable Column> targets) {
    in.require("(");
    List<TSqlValue> values = new ArrayList<>();
    TSqlScope nothing = new TSqlScope(null);
    do {
      values.add(in.takes("DEFAULT") ? TSqlValue.of("DEFAULT", null) : expressions.value(nothing));
    } while (in.takes(","));
    in.require(")");
    requireFit(values, targets);
    return "(" + String.join(", ", values.stream().map(TSqlValue::h2).toList()) + ")";
  }

  private static void requireFit(List<TSqlValue> values, List<TSqlScope.@Nullable Column> targets) {
    boolean known = !targets.isEmpty() && values.stream().noneMatch(v -> v.h2().equals("*"));
    if (known && values.size() != targets.size()) {
      throw new TSqlRefusal(
          values.size() < targets.size() ? 109 : 110,
          "The number of values does not match that of the columns.");
    }
    for (int i = 0; known && i < values.size(); i++) {
      requireFits(values.get(i), targets.get(i));
    }
  }

  private static void requireFits(TSqlValue value, TSqlScope.@Nullable Column target) {
    if (target != null && target.type() != null && value.type() != null) {
      target.type().requireTakes(value.type(), false);
    }
  }

  private static TSqlScope.@Nullable Column target(TSqlQueries.Table table, String name) {
    if (table.columns() == null) {
      return null;
    }
    return table.columns().stream()
        .filter(c -> c.name().equalsIgnoreCase(name))
        .findFirst()
        .orElseThrow(
            () ->
                new TSqlRefusal(TSqlRefusal.MISSING_COLUMN, "Invalid column name '" + name + "'."));
  }

  private TSqlStatement update(TSqlExpressions expressions) {
    int start = in.position();
    if (in.seesName() && in.peek(1).is("SET")) {
      String alias = in.name();
      in.require("SET");
      int assignments = in.position();
      expressions.queries().skipItems();
      if (in.sees("FROM")) {
        return updateFrom(expressions, alias, assignments);
      }
      in.goTo(start);
    }
    TSqlQueries.Table table = expressions.queries().table();
    expressions.queries().hints();
    TSqlScope scope = scope(table);
    in.require("SET");
    String set = assignments(expressions, table, scope);
    return new TSqlStatement.Change(
        "UPDATE " + table.h2() + " SET " + set + where(expressions, scope),
        expressions.parameters(),
        TdsAnswer.Command.UPDATE);
  }

  /** {@code UPDATE t SET … FROM … s JOIN … t ON …}, which H2 knows by another name. */
  private TSqlStatement updateFrom(TSqlExpressions expressions, String target, int assignments) {
    int end = in.position();
    in.require("FROM");
    TSqlScope scope = new TSqlScope(null);
    String from = expressions.queries().source(scope);
    in.require("JOIN");
    TSqlQueries.Table table = expressions.queries().table();
    in.require(target);
    scope.add(new TSqlScope.Source(target, table.columns()));
    in.require("ON");
    String on = expressions.condition(scope);
    int after = in.position();
    in.goTo(assignments);
    String set = assignments(expressions, table, scope);
    if (in.position() != end) {
      throw in.unexpected();
    }
    in.goTo(after);
    return new TSqlStatement.Change(
        "MERGE INTO "
            + table.h2()
            + " "
            + TSqlScope.quoted(target)
            + " USING "
            + from
            + " ON ("
            + on
            + ") WHEN MATCHED THEN UPDATE SET "
            + set,
        expressions.parameters(),
        TdsAnswer.Command.UPDATE);
  }

  private String assignments(
      TSqlExpressions expressions, TSqlQueries.Table table, TSqlScope scope) {
    StringBuilder h2 = new StringBuilder();
    Set<String> names = new HashSet<>();
    do {
      String name = in.name();
      TSqlScope.Column target = target(table, name);
      if (!names.add(name.toLowerCase(Locale.ROOT))) {
        throw new TSqlRefusal(264, "The column name '" + name + "' is specified twice in SET.");
      }
      in.require("=");
      TSqlValue value =
          in.takes("DEFAULT") ? TSqlValue.of("DEFAULT", null) : expressions.value(scope);
      requireFits(value, target);
      h2.append(names.size() == 1 ? "" : ", ").append(TSqlScope.quoted(name));
      h2.append(" = ").append(value.h2());
    } while (in.takes(","));
    return h2.toString();
  }

  private TSqlStatement delete(TSqlExpressions expressions) {
    boolean unused = in.takes("FROM");
    TSqlQueries.Table table = expressions.queries().table();
    expressions.queries().hints();
    String where = where(expressions, scope(table));
    return new TSqlStatement.Change(
        "DELETE FROM " + table.h2() + where, expressions.parameters(), TdsAnswer.Command.DELETE);
  }

  private static TSqlScope scope(TSqlQueries.Table table) {
    TSqlScope scope = new TSqlScope(null);
    scope.add(new TSqlScope.Source(table.name(), table.columns()));
    return scope;
  }

  private String where(TSqlExpressions expressions, TSqlScope scope) {
    return in.takes("WHERE") ? " WHERE " + expressions.condition(scope) : "";
  }

  private TSqlStatement load(TSqlExpressions expressions) {
    TSqlQueries.Table table = expressions.queries().table();
    List<String> columns = new ArrayList<>();
    in.require("(");
    do {
      columns.add(in.name());
      TSqlScope.Column unusedTarget = target(table, columns.get(columns.size() - 1));
      TSqlType unusedType = in.type();
      if (in.takes("COLLATE")) {
        String unusedName = in.name();
      }
    } while (in.takes(","));
    in.require(")");
    if (in.takes("WITH")) {
      in.require("(");
      while (!in.takes(")")) {
        Token unused = in.take();
      }
    }
    return new TSqlStatement.Load(table, columns);
  }

  private TSqlStatement condition(TSqlExpressions expressions) {
    String condition = expressions.condition(new TSqlScope(null));
    List<Token> then = body();
    List<Token> otherwise = in.takes("ELSE") ? body() : List.of();
    return new TSqlStatement.If(
        new TSqlStatement.Rows(
            "SELECT CASE WHEN " + condition + " THEN 1 ELSE 0 END",
            expressions.parameters(),
            List.of()),
        then,
        otherwise);
  }

  /** One statement, or those between BEGIN and END; what they do to tables is looked at later. */
  private List<Token> body() {
    TSqlStatements unseen =
        new TSqlStatements(in, declared, database, (place, schema, table) -> null);
    if (!in.takes("BEGIN")) {
      int from = in.position();
      TSqlStatement unused = unseen.next();
      return in.between(from, in.position());
    }
    int from = in.position();
    while (!in.sees("END")) {
      if (unseen.next() == null) {
        throw in.unexpected();
      }
    }
    List<Token> body = in.between(from, in.position());
    in.require("END");
    return body;
  }

  private TSqlStatement use() {
    String name = in.name();
    if (!name.equalsIgnoreCase(database)) {
      throw new TSqlRefusal(911, "Database '" + name + "' does not exist.");
    }
    return new TSqlStatement.Setting("DATABASE", name);
  }

  private TSqlStatement declaration() {
    String name = in.take().text().toLowerCase(Locale.ROOT);
    declared.put(name, in.type());
    return variable(name);
  }

  private TSqlStatement variable(String name) {
    TSqlExpressions expressions = expressions();
    in.require("=");
    String value = expressions.value(new TSqlScope(null)).h2();
    return new TSqlStatement.Variable(
        name.toLowerCase(Locale.ROOT),
        new TSqlStatement.Rows("SELECT " + value, expressions.parameters(), List.of()));
  }

  private TSqlStatement setting() {
    if (in.takes("TRANSACTION", "ISOLATION", "LEVEL")) {
      String level = in.take().text();
      boolean two = level.equalsIgnoreCase("READ") || level.equalsIgnoreCase("REPEATABLE");
      return new TSqlStatement.Setting(
          "ISOLATION", (two ? level + " " + in.take().text() : level).toUpperCase(Locale.ROOT));
    }
    if (in.takes("LOCK_TIMEOUT")) {
      boolean negative = in.takes("-");
      return new TSqlStatement.Setting("LOCK_TIMEOUT", (negative ? "-" : "") + in.integer());
    }
    if (!in.seesAny(SETTINGS)) {
      throw new TSqlRefusal(195, "'" + in.peek().text() + "' is not a recognized SET option.");
    }
    String name = in.take().text().toUpperCase(Locale.ROOT);
    return new TSqlStatement.Setting(name, in.take().text().toUpperCase(Locale.ROOT));
  }

  private TSqlStatement procedure() {
    if (in.takes("(")) {
      String sql = in.string();
      in.require(")");
      return new TSqlStatement.Dynamic(sql);
    }
    String name = in.name();
    List<@Nullable String> arguments = new ArrayList<>();
    while (!in.atEnd() && !in.sees(";") && (arguments.isEmpty() || in.takes(","))) {
      boolean named = in.peek().kind() == Kind.VARIABLE && in.peek(1).is("=");
      if (named) {
        in.goTo(in.position() + 2);
      }
      Token value = in.take();
      arguments.add(value.kind() == Kind.VARIABLE ? null : value.text());
    }
    return name.equalsIgnoreCase("sp_executesql") && arguments.get(0) != null
        ? new TSqlStatement.Dynamic(arguments.get(0))
        : new TSqlStatement.Procedure(name.toLowerCase(Locale.ROOT), arguments);
  }
}
