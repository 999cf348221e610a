package edu.cumc.aou.db.store;

import edu.cumc.aou.db.internal.Dialect;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The installation as one batch for SQL Server. Each step first checks whether it is done, so that
 * the same text makes a new database, upgrades an old one, and changes nothing the second time. One
 * transaction: it is done as a whole or not at all.
 */
final class GuardedScript {

  /** The server would invent a name for an unnamed default or key. */
  private static final Pattern UNNAMED_DEFAULT =
      Pattern.compile("(?i)(ALTER TABLE \\S+\\.(\\w+) ADD (\\w+) [^;]*?)(?<!' )\\bDEFAULT\\b");

  private static final Pattern DEFAULT_OF_A_COLUMN =
      Pattern.compile("(?m)^(\\s+(\\w+) [^,\\n]*?)\\bDEFAULT\\b");

  private final StoreDatabase store;
  private final Scripts scripts;
  private final StringBuilder sql = new StringBuilder();

  GuardedScript(StoreDatabase store, Scripts scripts) {
    this.store = store;
    this.scripts = scripts;
  }

  String text() {
    Dialect dialect = store.dialect();
    sql.append("-- The tables of aou-sync in the schema ")
        .append(dialect.quote(store.schema()))
        .append(", version ")
        .append(Scripts.VERSION)
        .append(
            ".\n-- Run it in the store's database. It may be run again: what is there stays, what is old is brought up"
                + " to date.\n-- One transaction; an error undoes all of it.\n");
    sql.append("SET XACT_ABORT ON;\nBEGIN TRANSACTION;\n\n");
    sql.append(dialect.createSchema(store.schema())).append(";\n\n");
    unlessThere("sync_schema_history", scripts.history());
    for (String name : Scripts.NAMES) {
      migration(name);
    }
    for (String table : AnalystsTables.NAMES) {
      unlessThere(table, scripts.analystsTable(table));
    }
    return sql.append("COMMIT TRANSACTION;\n").toString();
  }

  private void unlessThere(String table, String script) {
    sql.append("IF OBJECT_ID(N'")
        .append(literal(store.dialect().quote(store.schema()) + "." + store.dialect().quote(table)))
        .append("', N'U') IS NULL\nBEGIN\n");
    statements(named(table, script)).forEach(this::execute);
    sql.append("END;\n\n");
  }

  private void migration(String name) {
    sql.append("-- ").append(name).append('\n');
    sql.append(
        store.sql(
            "IF NOT EXISTS (SELECT 1 FROM $.sync_schema_history WHERE success = 1 AND version = '"
                + Scripts.versionOf(name)
                + "')\nBEGIN\n"));
    String script =
        UNNAMED_DEFAULT
            .matcher(scripts.migration(name))
            .replaceAll("$1CONSTRAINT df_$2_$3 DEFAULT");
    statements(script).forEach(this::execute);
    execute(scripts.historyRow(name));
    sql.append("END;\n\n");
  }

  private static String named(String table, String script) {
    String keyed =
        script.replace("\n  PRIMARY KEY (", "\n  CONSTRAINT pk_" + table + " PRIMARY KEY (");
    return DEFAULT_OF_A_COLUMN
        .matcher(keyed)
        .replaceAll("$1CONSTRAINT df_" + table + "_$2 DEFAULT");
  }

  /**
   * Each statement is a text of its own, because the server checks a batch's columns before it
   * runs, when an earlier step has not yet created them.
   */
  private void execute(String statement) {
    sql.append("  EXEC(N'").append(literal(statement)).append("');\n");
  }

  private static List<String> statements(String script) {
    String withoutComments = script.replaceAll("(?m)^--.*\\R?", "");
    return Pattern.compile(";\\s*(?:\\R|$)")
        .splitAsStream(withoutComments)
        .map(String::strip)
        .filter(statement -> !statement.isEmpty())
        .toList();
  }

  private static String literal(String text) {
    return text.replace("'", "''");
  }
}
