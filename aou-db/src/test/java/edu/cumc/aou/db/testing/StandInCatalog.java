package edu.cumc.aou.db.testing;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What the stand-in knows of the tables in H2, and how it shows them to who asks in T-SQL. */
public final class StandInCatalog {

  private static final String COLUMNS =
      "SELECT COLUMN_NAME, REMARKS, DATA_TYPE, CHARACTER_MAXIMUM_LENGTH, NUMERIC_PRECISION, NUMERIC_SCALE"
          + " FROM INFORMATION_SCHEMA.COLUMNS WHERE UPPER(TABLE_SCHEMA) = ? AND UPPER(TABLE_NAME) = ?"
          + " ORDER BY ORDINAL_POSITION";

  private final Map<String, List<TSqlScope.Column>> known = new ConcurrentHashMap<>();

  private final Map<StandInSession.Prepared, TSqlStatement> statements = new ConcurrentHashMap<>();

  /** Tables have changed. */
  void forget() {
    known.clear();
    statements.clear();
  }

  /** What a text was understood to be, if it was before. */
  @Nullable TSqlStatement known(StandInSession.Prepared text) {
    return statements.get(text);
  }

  /** Keeps what a text is, if it is one statement about rows. */
  void keep(StandInSession.Prepared text, List<TSqlStatement> understood) {
    boolean rows =
        understood.size() == 1
            && (understood.get(0) instanceof TSqlStatement.Rows
                || understood.get(0) instanceof TSqlStatement.Change);
    if (rows) {
      statements.put(text, understood.get(0));
    }
  }

  /** The columns of a table; none if there is no such table. */
  List<TSqlScope.Column> columns(Connection h2, String schema, String table) throws SQLException {
    String place = schema.equalsIgnoreCase("INFORMATION_SCHEMA") ? "sys_information" : schema;
    String key = (place + "." + table).toUpperCase(Locale.ROOT);
    List<TSqlScope.Column> columns = known.get(key);
    if (columns == null) {
      columns = read(h2, place, table);
      if (!columns.isEmpty()) {
        known.put(key, columns);
      }
    }
    return columns;
  }

  private static List<TSqlScope.Column> read(Connection h2, String schema, String table)
      throws SQLException {
    List<TSqlScope.Column> columns = new ArrayList<>();
    try (PreparedStatement statement = h2.prepareStatement(COLUMNS)) {
      statement.setString(1, schema.toUpperCase(Locale.ROOT));
      statement.setString(2, table.toUpperCase(Locale.ROOT));
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          columns.add(column(row));
        }
      }
    }
    return columns;
  }

  private static TSqlScope.Column column(ResultSet row) throws SQLException {
    String remark = row.getString("REMARKS");
    if (remark != null && remark.contains(";")) {
      String collation = remark.substring(remark.indexOf(';') + 1);
      return new TSqlScope.Column(
          row.getString("COLUMN_NAME"),
          TSqlType.parse(remark.substring(0, remark.indexOf(';'))),
          collation.isEmpty() ? null : collation);
    }
    String h2 = row.getString("DATA_TYPE");
    long length = row.getLong("CHARACTER_MAXIMUM_LENGTH");
    TSqlType type =
        TSqlType.ofH2(
            h2,
            length == 0 ? row.getLong("NUMERIC_PRECISION") : length,
            row.getInt("NUMERIC_SCALE"));
    boolean binary = h2.equals("CHARACTER VARYING");
    return new TSqlScope.Column(
        row.getString("COLUMN_NAME"),
        type,
        !type.isText() ? null : binary ? "Latin1_General_BIN2" : TSqlValue.Collation.DEFAULT);
  }

  /** The number of a relation. */
  public static int id(String schema, String name) {
    return (schema + "." + name).toUpperCase(Locale.ROOT).hashCode() & Integer.MAX_VALUE;
  }

  /** The number of the relation of a name, null if it is not there. */
  public static @Nullable Integer objectId(Connection h2, String text) throws SQLException {
    TSqlQueries.TableName name = TSqlDefinitions.parsed(text);
    return read(h2, name.schema(), name.table()).isEmpty() ? null : id(name.schema(), name.table());
  }

  /** The number of a schema, null if it is not there. */
  public static @Nullable Integer schemaId(Connection h2, String name) throws SQLException {
    try (PreparedStatement statement =
        h2.prepareStatement(
            "SELECT 1 FROM INFORMATION_SCHEMA.SCHEMATA WHERE UPPER(SCHEMA_NAME) = ?")) {
      statement.setString(1, name.toUpperCase(Locale.ROOT));
      return statement.executeQuery().next() ? id(name, "") : null;
    }
  }

  /** The name of a schema, that of the login where none is asked for. */
  public static @Nullable String schemaName(Connection h2, Integer... id) throws SQLException {
    if (id.length == 0) {
      return "dbo";
    }
    try (PreparedStatement statement =
        h2.prepareStatement("SELECT \"name\" FROM \"sys\".\"schemas\" WHERE \"schema_id\" = ?")) {
      statement.setInt(1, id[0]);
      ResultSet row = statement.executeQuery();
      return row.next() ? row.getString(1) : null;
    }
  }

  /** The statements that make a new H2 look like a database of SQL Server's from within. */
  static List<String> views(boolean compatible) {
    String name = StandInCatalog.class.getName();
    String shown = compatible ? "LOWER(%s)" : "%s";
    String text = "CAST(%s AS VARCHAR_IGNORECASE(128))";
    String table = text.formatted(shown.formatted("TABLE_NAME"));
    String tableName = text.formatted("TABLE_NAME");
    String schemaName = text.formatted("TABLE_SCHEMA");
    String own =
        " WHERE TABLE_SCHEMA NOT IN ('INFORMATION_SCHEMA', 'sys', 'sys_information', 'PUBLIC')";
    List<String> all = new ArrayList<>();
    for (String schema : List.of("dbo", "sys", "sys_information")) {
      all.add("CREATE SCHEMA \"" + schema + "\"");
    }
    all.add("CREATE ALIAS \"sys\".ID FOR '" + name + ".id'");
    all.add("CREATE ALIAS \"sys\".OBJECT_ID FOR '" + name + ".objectId'");
    all.add("CREATE ALIAS \"sys\".SCHEMA_ID FOR '" + name + ".schemaId'");
    all.add("CREATE ALIAS \"sys\".SCHEMA_NAME FOR '" + name + ".schemaName'");
    all.add(
        "CREATE ALIAS \"sys\".SERVERPROPERTY FOR '"
            + name
            + (compatible ? ".compatibleProperty'" : ".property'"));
    all.add(
        "CREATE VIEW \"sys\".\"schemas\" AS SELECT "
            + text.formatted("SCHEMA_NAME")
            + " AS \"name\", \"sys\".ID(SCHEMA_NAME, '') AS \"schema_id\" FROM INFORMATION_SCHEMA.SCHEMATA");
    all.add(
        "CREATE VIEW \"sys\".\"tables\" AS SELECT "
            + table
            + " AS \"name\", \"sys\".ID(TABLE_SCHEMA, TABLE_NAME) AS \"object_id\", \"sys\".ID(TABLE_SCHEMA, '') AS"
            + " \"schema_id\", 0 AS \"temporal_type\", FALSE AS \"is_memory_optimized\" FROM INFORMATION_SCHEMA.TABLES"
            + own);
    all.add(
        "CREATE VIEW \"sys\".\"objects\" AS SELECT \"name\", \"object_id\", \"schema_id\", 0 AS"
            + " \"parent_object_id\", CAST('U' AS VARCHAR_IGNORECASE(2)) AS \"type\", FALSE AS \"is_ms_shipped\", TIMESTAMP '2026-01-01 00:00:00' AS \"create_date\" FROM"
            + " \"sys\".\"tables\"");
    all.add(
        "CREATE TABLE \"sys\".\"extended_properties\" (\"class\" INTEGER, \"major_id\" INTEGER, \"minor_id\""
            + " INTEGER, \"name\" VARCHAR_IGNORECASE(128))");
    all.add(
        "CREATE TABLE \"sys\".\"types\" (\"name\" VARCHAR_IGNORECASE(128), \"schema_id\" INTEGER,"
            + " \"is_user_defined\" BOOLEAN)");
    all.add(
        "CREATE TABLE \"sys\".\"assemblies\" (\"name\" VARCHAR_IGNORECASE(128), \"is_user_defined\" BOOLEAN)");
    all.add(
        "CREATE VIEW \"sys\".\"databases\" AS SELECT "
            + text.formatted("'" + SqlServerStandIn.DATABASE + "'")
            + " AS \"name\", 5 AS \"database_id\""
            + (compatible ? "" : ", 1 AS \"snapshot_isolation_state\""));
    all.add(
        "CREATE VIEW \"sys\".\"columns\" AS SELECT \"sys\".ID(TABLE_SCHEMA, TABLE_NAME) AS \"object_id\", "
            + text.formatted("COLUMN_NAME")
            + " AS \"name\", CAST(ORDINAL_POSITION AS INTEGER) AS \"column_id\", CASE WHEN LOCATE(';', REMARKS) <"
            + " LENGTH(REMARKS) THEN "
            + text.formatted("SUBSTRING(REMARKS, LOCATE(';', REMARKS) + 1)")
            + " END AS \"collation_name\", FALSE AS \"is_computed\", CAST(NULL AS INTEGER) AS \"encryption_type\" FROM"
            + " INFORMATION_SCHEMA.COLUMNS"
            + own);
    all.add(
        "CREATE VIEW \"sys_information\".\"TABLES\" AS SELECT "
            + schemaName
            + " AS TABLE_SCHEMA, "
            + tableName
            + " AS TABLE_NAME, TABLE_TYPE FROM INFORMATION_SCHEMA.TABLES"
            + own);
    all.add(
        "CREATE VIEW \"sys_information\".\"SCHEMATA\" AS SELECT "
            + text.formatted("SCHEMA_NAME")
            + " AS SCHEMA_NAME FROM INFORMATION_SCHEMA.SCHEMATA");
    all.add(
        "CREATE VIEW \"sys_information\".\"COLUMNS\" AS SELECT "
            + schemaName
            + " AS TABLE_SCHEMA, "
            + tableName
            + " AS TABLE_NAME, "
            + text.formatted("COLUMN_NAME")
            + " AS COLUMN_NAME, CAST(ORDINAL_POSITION AS INTEGER) AS ORDINAL_POSITION, "
            + text.formatted(
                "CASE WHEN LOCATE(',', REMARKS) > 0 THEN LEFT(REMARKS, LOCATE(',', REMARKS) - 1) END")
            + " AS DATA_TYPE, CASE WHEN REMARKS LIKE '%char,%' THEN CAST(REGEXP_REPLACE(REMARKS,"
            + " '^[a-z]+,(-?[0-9]+),.*$', '$1') AS INTEGER) END AS CHARACTER_MAXIMUM_LENGTH, "
            + text.formatted("IS_NULLABLE")
            + " AS IS_NULLABLE FROM INFORMATION_SCHEMA.COLUMNS"
            + own);
    return all;
  }

  /** What the server says of itself. */
  public static @Nullable String property(String name) {
    return switch (name.toUpperCase(Locale.ROOT)) {
      case "ENGINEEDITION" -> "3";
      case "EDITION" -> "Standard Edition (64-bit)";
      default -> null;
    };
  }

  /** What one that is compatible says of itself. */
  public static @Nullable String compatibleProperty(String name) {
    return name.equalsIgnoreCase("BABELFISH") ? "1" : property(name);
  }
}
