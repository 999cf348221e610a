package edu.cumc.aou.db.testing;

import edu.cumc.aou.db.testing.TSqlTokens.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Statements that make and change tables. What H2 does not know of a column, its type and
 * collation, is kept in the column's comment.
 */
final class TSqlDefinitions {

  /** In H2 the names of indexes are those of a schema, here those of a table. */
  private static final AtomicLong INDEXES = new AtomicLong();

  private final TSqlReader in;
  private final TSqlExpressions expressions;
  private final TSqlScope.Catalog catalog;

  TSqlDefinitions(TSqlReader in, TSqlExpressions expressions, TSqlScope.Catalog catalog) {
    this.in = in;
    this.expressions = expressions;
    this.catalog = catalog;
  }

  TSqlStatement definition() {
    int start = in.position();
    if (in.takes("CREATE", "TABLE")) {
      return createTable();
    }
    if (in.takes("CREATE", "SCHEMA")) {
      requireAlone(start);
      return one("CREATE SCHEMA " + TSqlScope.quoted(in.name()));
    }
    if (in.takes("CREATE", "VIEW")) {
      requireAlone(start);
      String view = expressions.queries().tableName().h2();
      in.require("AS");
      return one(
          "CREATE VIEW "
              + view
              + " AS "
              + expressions.queries().query(null, TSqlQueries.Place.TABLE).h2());
    }
    if (in.sees("CREATE", "INDEX")
        || in.sees("CREATE", "UNIQUE")
        || in.sees("CREATE", "NONCLUSTERED")) {
      return createIndex();
    }
    if (in.takes("ALTER", "TABLE")) {
      return alterTable();
    }
    if (in.takes("DROP", "TABLE")) {
      boolean lenient = in.takes("IF", "EXISTS");
      TSqlQueries.TableName table = expressions.queries().tableName();
      return one("DROP TABLE " + (lenient ? "IF EXISTS " : "") + table.h2());
    }
    if (in.takes("DROP", "VIEW")) {
      return one("DROP VIEW " + expressions.queries().tableName().h2());
    }
    if (in.takes("DROP", "INDEX")) {
      String unused = in.name();
      in.require("ON");
      TSqlQueries.Table unusedTable = expressions.queries().table();
      // an index is there for speed, which is not H2's to show; in H2 it has another name
      return new TSqlStatement.Definition(List.of());
    }
    in.take();
    throw in.unexpected();
  }

  private static TSqlStatement one(String h2) {
    return new TSqlStatement.Definition(List.of(h2));
  }

  /** Some statements have a batch of their own. */
  private void requireAlone(int start) {
    if (start != 0) {
      throw new TSqlRefusal(111, "It must be the first statement in a query batch.");
    }
  }

  private TSqlStatement createTable() {
    TSqlQueries.TableName table = expressions.queries().tableName();
    List<String> parts = new ArrayList<>();
    in.require("(");
    do {
      parts.add(
          in.sees("CONSTRAINT") || in.sees("PRIMARY") || in.sees("UNIQUE")
              ? constraint()
              : column());
    } while (in.takes(","));
    in.require(")");
    return one("CREATE TABLE " + table.h2() + " (" + String.join(", ", parts) + ")");
  }

  private String column() {
    String name = in.name();
    TSqlType type = in.type();
    String collation = type.isText() ? TSqlValue.Collation.DEFAULT : "";
    StringBuilder rest = new StringBuilder();
    while (true) {
      if (in.takes("COLLATE")) {
        collation = in.name();
      } else if (in.takes("NOT", "NULL")) {
        rest.append(" NOT NULL");
      } else if (in.takes("PRIMARY", "KEY")) {
        rest.append(" PRIMARY KEY");
      } else if (in.takes("CONSTRAINT")) {
        // the name of the default that follows; H2 gives defaults none
        String unusedName = in.name();
      } else if (in.takes("DEFAULT")) {
        // H2 wants it before all else
        rest.insert(0, " DEFAULT " + expressions.value(new TSqlScope(null)).h2());
      } else if (!in.takes("NULL")) {
        break;
      }
    }
    boolean ignoringCase = !new TSqlValue.Collation(TSqlValue.Rank.COLUMN, collation).isBinary();
    return TSqlScope.quoted(name)
        + " "
        + type.h2(ignoringCase)
        + rest
        + " COMMENT "
        + TSqlExpressions.literal(type.word() + ";" + collation);
  }

  private String constraint() {
    String name = in.takes("CONSTRAINT") ? "CONSTRAINT " + TSqlScope.quoted(in.name()) + " " : "";
    String kind = in.takes("UNIQUE") ? "UNIQUE" : "PRIMARY KEY";
    if (kind.equals("PRIMARY KEY")) {
      in.require("PRIMARY", "KEY");
    }
    boolean unused = in.takes("CLUSTERED") || in.takes("NONCLUSTERED");
    return name + kind + " (" + String.join(", ", keyColumns(null)) + ")";
  }

  private List<String> keyColumns(@Nullable List<TSqlScope.Column> known) {
    List<String> columns = new ArrayList<>();
    in.require("(");
    do {
      String name = in.name();
      requireShort(known, name);
      boolean descending = in.takes("DESC");
      boolean unused = in.takes("ASC");
      columns.add(TSqlScope.quoted(name) + (descending ? " DESC" : ""));
    } while (in.takes(","));
    in.require(")");
    return columns;
  }

  private static void requireShort(@Nullable List<TSqlScope.Column> known, String name) {
    if (known == null) {
      return;
    }
    for (TSqlScope.Column column : known) {
      if (column.name().equalsIgnoreCase(name) && column.type() != null && column.type().isMax()) {
        throw new TSqlRefusal(1919, "The column '" + name + "' is invalid for use in an index.");
      }
    }
  }

  private TSqlStatement createIndex() {
    in.require("CREATE");
    String unique = in.takes("UNIQUE") ? "UNIQUE " : "";
    boolean unused = in.takes("NONCLUSTERED");
    in.require("INDEX");
    String name = in.name() + "$" + INDEXES.incrementAndGet();
    in.require("ON");
    TSqlQueries.Table table = expressions.queries().table();
    List<String> columns = keyColumns(table.columns());
    return one(
        "CREATE "
            + unique
            + "INDEX "
            + TSqlScope.quoted(table.schema())
            + "."
            + TSqlScope.quoted(name)
            + " ON "
            + table.h2()
            + " ("
            + String.join(", ", columns)
            + ")");
  }

  private TSqlStatement alterTable() {
    TSqlQueries.Table table = expressions.queries().table();
    String alter = "ALTER TABLE " + table.h2();
    if (in.takes("DROP", "CONSTRAINT")) {
      return one(alter + " DROP CONSTRAINT " + TSqlScope.quoted(in.name()));
    }
    if (in.takes("DROP", "COLUMN")) {
      return one(alter + " DROP COLUMN " + TSqlScope.quoted(in.name()));
    }
    if (in.takes("ALTER", "COLUMN")) {
      return one(alter + " ALTER COLUMN " + column());
    }
    in.require("ADD");
    if (in.sees("CONSTRAINT") && in.peek(2).is("CHECK")) {
      return check(alter, table);
    }
    List<String> added = new ArrayList<>();
    do {
      boolean constraint = in.sees("CONSTRAINT") || in.sees("PRIMARY");
      added.add(alter + " ADD " + (constraint ? constraint() : "COLUMN " + column()));
    } while (in.takes(","));
    return new TSqlStatement.Definition(added);
  }

  private TSqlStatement check(String alter, TSqlQueries.Table table) {
    in.require("CONSTRAINT");
    String name = TSqlScope.quoted(in.name());
    in.require("CHECK");
    in.require("(");
    TSqlScope scope = new TSqlScope(null);
    scope.add(new TSqlScope.Source(table.name(), table.columns()));
    String condition = expressions.condition(scope);
    in.require(")");
    return one(alter + " ADD CONSTRAINT " + name + " CHECK (" + condition + ")");
  }

  /** A name as procedures take it, within a text. */
  static TSqlQueries.TableName parsed(String text) {
    TSqlReader reader = new TSqlReader(TSqlTokens.of(text));
    TSqlQueries.TableName name =
        new TSqlExpressions(reader, Map.of(), "", (place, schema, table) -> null)
            .queries()
            .tableName();
    if (reader.peek().kind() != Kind.END) {
      throw reader.unexpected();
    }
    return name;
  }
}
