package edu.cumc.aou.db.internal;

import java.util.Map;

/** SQL Server, whatever its collation. */
final class SqlServerDialect implements Dialect {

  private static final String BINARY = " COLLATE Latin1_General_BIN2";

  @Override
  public String quote(String identifier) {
    return "[" + identifier.replace("]", "]]") + "]";
  }

  @Override
  public String canonicalKey(String quotedColumn) {
    return Blanks.removed(quotedColumn + BINARY, "NCHAR");
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
  public Map<String, String> placeholders() {
    return Map.of(
        "id",
        "VARCHAR(18)" + BINARY,
        "key",
        "VARCHAR(20)" + BINARY,
        "subject",
        "VARCHAR(200)" + BINARY,
        "text",
        "NVARCHAR(MAX)",
        "time",
        "DATETIME2(6)",
        "now",
        utcNow());
  }

  @Override
  public String renameTable(String schema, String table, String newName) {
    return "EXEC sp_rename '" + schema.replace("'", "''") + "." + table + "', '" + newName + "'";
  }
}
