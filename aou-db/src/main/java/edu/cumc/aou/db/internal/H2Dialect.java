package edu.cumc.aou.db.internal;

import edu.cumc.aou.db.RelationName;
import java.sql.Connection;
import java.sql.Types;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/** H2 in its mode for SQL Server. Texts compare in binary by default. */
final class H2Dialect implements Dialect {

  /** Rows per statement. */
  private static final int ROWS = 50;

  /** Statements per batch. */
  private static final int BATCH = 10;

  private static final DateTimeFormatter LITERAL =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS").withZone(ZoneOffset.UTC);

  private final @Nullable Clock clock;

  /**
   * For one database.
   *
   * @param clock the time; null for the database's own clock
   */
  H2Dialect(@Nullable Clock clock) {
    this.clock = clock;
  }

  @Override
  public String quote(String identifier) {
    return '"' + identifier.replace("\"", "\"\"") + '"';
  }

  /** A session is in one database, so the database's name before the schema means nothing. */
  @Override
  public String quote(RelationName relation) {
    List<String> parts = relation.parts();
    return parts.subList(Math.max(0, parts.size() - 2), parts.size()).stream()
        .map(this::quote)
        .collect(Collectors.joining("."));
  }

  @Override
  public String canonicalKey(String quotedColumn) {
    String text = "CAST(" + quotedColumn + " AS NVARCHAR(4000))";
    return Blanks.removedUnless(text + " REGEXP '\\A" + Blanks.CANONICAL + "\\z'", text, "CHAR");
  }

  @Override
  public String length(String expression) {
    return "CHAR_LENGTH(RTRIM(" + expression + "))";
  }

  @Override
  public String checksum(List<String> quotedColumns) {
    return quotedColumns.stream()
        .map(column -> "COALESCE(CAST(" + column + " AS VARCHAR), '~')")
        .collect(Collectors.joining(" || '|' || ", "SUM(ORA_HASH(", "))"));
  }

  @Override
  public String hasTimeOfDay(String expression) {
    // Compared as text, because a cast to a time would use the time zone of the session.
    return "SUBSTRING(CAST(" + expression + " AS VARCHAR), 12) NOT LIKE '00:00:00%'";
  }

  @Override
  public String binaryOrder() {
    return "";
  }

  @Override
  public String utcNow() {
    if (clock != null) {
      return "TIMESTAMP '" + LITERAL.format(clock.instant()) + "'";
    }
    // Not a cast, because that would use the session's time zone, which is this process's.
    return "DATEADD(MICROSECOND, CAST(EXTRACT(EPOCH FROM CURRENT_TIMESTAMP) * 1000000 AS BIGINT), TIMESTAMP '1970-01-01"
        + " 00:00:00')";
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
  public boolean isScriptGuarded() {
    return false;
  }

  @Override
  public Map<String, String> placeholders() {
    return Map.of(
        "id", "NVARCHAR(18)",
        "key", "NVARCHAR(20)",
        "subject", "NVARCHAR(200)",
        "word", "NVARCHAR(30)",
        "text", "NVARCHAR(MAX)",
        "time", "TIMESTAMP(6)",
        "now", utcNow());
  }

  @Override
  public String exclusively() {
    return "";
  }

  @Override
  public String createSchema(String schema) {
    return "CREATE SCHEMA IF NOT EXISTS " + quote(schema);
  }

  @Override
  public String unlessThere(String schema, String table, String script) {
    return script
        .replace("CREATE TABLE ", "CREATE TABLE IF NOT EXISTS ")
        .replace("CREATE INDEX ", "CREATE INDEX IF NOT EXISTS ");
  }

  @Override
  public String indexOf(String schema, String table, String index) {
    return quote(schema) + "." + index;
  }

  @Override
  public String renameTable(String schema, String table, String newName) {
    return "ALTER TABLE " + quote(schema) + "." + quote(table) + " RENAME TO " + quote(newName);
  }

  @Override
  public int snapshotLevel() {
    return 6;
  }

  @Override
  public String snapshotDatabases(Collection<@Nullable String> databases) {
    return "SELECT " + databases.size();
  }

  @Override
  public boolean isBroken(Connection connection) {
    return false;
  }

  /** An UPDATE would read the whole table, and look for the matching row once per column. */
  @Override
  public String changeFrom(String table, String from, String on, String set) {
    return "MERGE INTO "
        + table
        + " t USING "
        + from
        + " s ON ("
        + on
        + ") WHEN MATCHED THEN UPDATE SET "
        + set;
  }

  /**
   * An H2 server is asked once for each statement of a batch, so one statement carries many rows.
   */
  @Override
  public void load(Handle handle, Load load, int timeoutSeconds) {
    List<List<@Nullable Object>> rows = new ArrayList<>(ROWS);
    PreparedBatch batch = handle.prepareBatch(insert(load, ROWS));
    while (load.rows().hasNext()) {
      rows.add(load.rows().next());
      if (rows.size() == ROWS) {
        add(batch, load, rows);
        if (batch.size() == BATCH) {
          int[] unused = batch.execute();
        }
      }
    }
    if (batch.size() > 0) {
      int[] unused = batch.execute();
    }
    batch.close();
    if (!rows.isEmpty()) {
      try (PreparedBatch rest = handle.prepareBatch(insert(load, rows.size()))) {
        add(rest, load, rows);
        int[] unused = rest.execute();
      }
    }
  }

  private String insert(Load load, int rows) {
    List<Load.Column> columns = load.columns();
    String row = columns.stream().map(c -> "?").collect(Collectors.joining(", ", "(", ")"));
    return columns.stream()
            .map(column -> quote(column.name()))
            .collect(Collectors.joining(", ", "INSERT INTO " + load.table() + " (", ") VALUES "))
        + String.join(", ", Collections.nCopies(rows, row));
  }

  private static void add(PreparedBatch batch, Load load, List<List<@Nullable Object>> rows) {
    List<Load.Column> columns = load.columns();
    int position = 0;
    for (List<@Nullable Object> row : rows) {
      for (int i = 0; i < columns.size(); i++) {
        batch.bindBySqlType(position++, row.get(i), sqlType(columns.get(i).type()));
      }
    }
    batch.add();
    rows.clear();
  }

  private static int sqlType(Load.Type type) {
    return switch (type) {
      case TEXT, LONG_TEXT -> Types.NVARCHAR;
      case SMALL_NUMBER -> Types.SMALLINT;
      case INTEGER -> Types.INTEGER;
      case NUMBER -> Types.BIGINT;
      case TIME -> Types.TIMESTAMP;
    };
  }
}
