package edu.cumc.aou.db.internal;

import java.util.Map;

/** H2 in its mode for SQL Server. Texts compare binary by default. */
final class H2Dialect implements Dialect {

  @Override
  public String quote(String identifier) {
    return '"' + identifier.replace("\"", "\"\"") + '"';
  }

  @Override
  public String canonicalKey(String quotedColumn) {
    return Blanks.removed(quotedColumn, "CHAR");
  }

  @Override
  public String binaryOrder() {
    return "";
  }

  @Override
  public String utcNow() {
    return "CAST(CURRENT_TIMESTAMP AT TIME ZONE 'UTC' AS TIMESTAMP(6))";
  }

  @Override
  public String utcNowPlusMillis(String name) {
    return "DATEADD(MILLISECOND, CAST(:" + name + " AS INT), " + utcNow() + ")";
  }

  @Override
  public String limit() {
    return "OFFSET 0 ROWS FETCH NEXT :limit ROWS ONLY";
  }

  @Override
  public Map<String, String> placeholders() {
    return Map.of(
        "id", "VARCHAR(18)",
        "key", "VARCHAR(20)",
        "subject", "VARCHAR(200)",
        "text", "VARCHAR(1000000000)",
        "time", "TIMESTAMP(6)",
        "now", utcNow());
  }

  @Override
  public String renameTable(String schema, String table, String newName) {
    return "ALTER TABLE " + quote(schema) + "." + quote(table) + " RENAME TO " + quote(newName);
  }
}
