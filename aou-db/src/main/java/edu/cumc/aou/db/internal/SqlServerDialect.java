package edu.cumc.aou.db.internal;

import com.microsoft.sqlserver.jdbc.ISQLServerConnection;
import com.microsoft.sqlserver.jdbc.SQLServerBulkCopy;
import com.microsoft.sqlserver.jdbc.SQLServerBulkCopyOptions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** SQL Server, whatever its collation. */
final class SqlServerDialect implements Dialect {

  private static final String BINARY = " COLLATE Latin1_General_BIN2";

  @Override
  public String quote(String identifier) {
    return "[" + identifier.replace("]", "]]") + "]";
  }

  @Override
  public String canonicalKey(String quotedColumn) {
    // First to Unicode, then to binary: the column's own collation may not know zero-width
    // characters, or may sort its code page differently.
    String text = "CAST(" + quotedColumn + " AS NVARCHAR(4000))" + BINARY;
    return Blanks.removedUnless(text + " LIKE N'P" + "[0-9]".repeat(9) + "'", text, "NCHAR");
  }

  @Override
  public String length(String expression) {
    // LEN counts a pair of surrogates as one under some collations.
    return "DATALENGTH(RTRIM(CAST(" + expression + " AS NVARCHAR(MAX)))) / 2";
  }

  @Override
  public String checksum(List<String> quotedColumns) {
    return "CHECKSUM_AGG(BINARY_CHECKSUM(" + String.join(", ", quotedColumns) + "))";
  }

  @Override
  public String hasTimeOfDay(String expression) {
    return "CAST(" + expression + " AS TIME) <> '00:00:00'";
  }

  @Override
  public String binaryOrder() {
    return BINARY;
  }

  @Override
  public String utcNow() {
    return "SYSUTCDATETIME()";
  }

  @Override
  public String utcNowPlusMillis(String name) {
    return "DATEADD(MILLISECOND, CAST(:" + name + " AS INT), SYSUTCDATETIME())";
  }

  @Override
  public String limit() {
    return "OFFSET 0 ROWS FETCH NEXT :limit ROWS ONLY";
  }

  @Override
  public boolean isScriptGuarded() {
    return true;
  }

  @Override
  public Map<String, String> placeholders() {
    return Map.of(
        "id",
        "NVARCHAR(18)" + BINARY,
        "key",
        "NVARCHAR(20)" + BINARY,
        "subject",
        "NVARCHAR(200)" + BINARY,
        "word",
        "NVARCHAR(30)" + BINARY,
        "text",
        "NVARCHAR(MAX)",
        "time",
        "DATETIME2(6)",
        "now",
        utcNow());
  }

  @Override
  public String exclusively() {
    // Without row versioning, a reader would see rows that were not reached yet beside new ones.
    return " WITH (TABLOCKX)";
  }

  @Override
  public String createSchema(String schema) {
    return "IF SCHEMA_ID(N'"
        + schema.replace("'", "''")
        + "') IS NULL EXEC(N'CREATE SCHEMA "
        + quote(schema).replace("'", "''")
        + "')";
  }

  @Override
  public String unlessThere(String schema, String table, String script) {
    return "IF OBJECT_ID(N'"
        + (quote(schema) + "." + quote(table)).replace("'", "''")
        + "', N'U') IS NULL\nBEGIN\n"
        + script
        + "\nEND;";
  }

  @Override
  public String indexOf(String schema, String table, String index) {
    return index + " ON " + quote(schema) + "." + quote(table);
  }

  @Override
  public String renameTable(String schema, String table, String newName) {
    return "EXEC sp_rename N'"
        + (quote(schema) + "." + quote(table)).replace("'", "''")
        + "', N'"
        + newName.replace("'", "''")
        // Optional on SQL Server, but not on compatible servers.
        + "', N'OBJECT'";
  }

  @Override
  public int snapshotLevel() {
    return 4096;
  }

  @Override
  public String snapshotDatabases(Collection<@Nullable String> databases) {
    return "SELECT COUNT(*) FROM sys.databases WHERE snapshot_isolation_state = 1 AND name IN ("
        + databases.stream()
            .map(name -> name == null ? "DB_NAME()" : "N'" + name.replace("'", "''") + "'")
            .collect(Collectors.joining(", "))
        + ")";
  }

  @Override
  public boolean isBroken(Connection connection) {
    try {
      return connection.unwrap(ISQLServerConnection.class).isClosed();
    } catch (SQLException e) {
      return true;
    }
  }

  @Override
  public String changeFrom(String table, String from, String on, String set) {
    return "UPDATE t SET " + set + " FROM " + from + " s JOIN " + table + " t ON " + on;
  }

  @Override
  public void load(Handle handle, Load load, int timeoutSeconds) throws SQLException {
    SQLServerBulkCopyOptions options = new SQLServerBulkCopyOptions();
    options.setBulkCopyTimeout(timeoutSeconds);
    options.setKeepNulls(true);
    // A login that may only insert must not try to disable constraints.
    options.setCheckConstraints(true);
    try (SQLServerBulkCopy copy =
        new SQLServerBulkCopy(handle.getConnection().unwrap(ISQLServerConnection.class))) {
      copy.setBulkCopyOptions(options);
      copy.setDestinationTableName(load.table());
      for (Load.Column column : load.columns()) {
        copy.addColumnMapping(column.name(), column.name());
      }
      copy.writeToServer(new BulkCopyRows(load));
    }
  }
}
