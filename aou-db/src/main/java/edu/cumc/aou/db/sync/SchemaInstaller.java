package edu.cumc.aou.db.sync;

import edu.cumc.aou.db.internal.Failures;
import edu.cumc.aou.sync.FailureKind;
import edu.cumc.aou.sync.SyncException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jdbi.v3.core.Handle;

/** Creates and upgrades the sync's tables, and shows how. */
public final class SchemaInstaller {

  /** The version that this program needs. */
  private static final String VERSION = "1";

  private static final String HISTORY = "sync_schema_history";
  private static final String LOCATION = "edu/cumc/aou/db/migration";
  private static final String ANALYSTS = "edu/cumc/aou/db/analysts";
  private static final List<String> SCRIPTS = List.of("V1__tables_of_the_sync.sql");

  /** The tables that the site's analysts may have already, with their columns. */
  private static final Map<String, List<String>> ANALYSTS_TABLES = new LinkedHashMap<>();

  static {
    ANALYSTS_TABLES.put("Contact_PMI", List.of("contact_id", "pmi_id"));
    ANALYSTS_TABLES.put("Contact_Journey", List.of("contact_id", "journey_id"));
    ANALYSTS_TABLES.put("Relationship", List.of("contact_id", "pmi_id", "journey_id"));
  }

  private final StoreDatabase store;

  SchemaInstaller(StoreDatabase store) {
    this.store = store;
  }

  /**
   * What an installation did.
   *
   * @param migrations how many versions were applied
   * @param renamed tables that were in the way, with their new names
   */
  public record Installed(int migrations, Map<String, String> renamed) {
    public Installed {
      renamed = Map.copyOf(renamed);
    }
  }

  static boolean isCurrent(Handle handle, StoreDatabase store) {
    return handle
            .createQuery(
                store.sql(
                    "SELECT COUNT(*) FROM $."
                        + HISTORY
                        + " WHERE "
                        + store.dialect().quote("version")
                        + " = :version AND "
                        + store.dialect().quote("success")
                        + " = 1"))
            .bind("version", VERSION)
            .mapTo(Long.class)
            .one()
        > 0;
  }

  /**
   * Creates what is missing and upgrades what is old.
   *
   * @param adoptTables whether tables of the analysts that are in the way are renamed
   * @throws SyncException CONFIG when one is in the way and may not be renamed
   */
  public Installed install(boolean adoptTables) {
    Map<String, String> renamed = new LinkedHashMap<>();
    makeRoom(adoptTables, renamed);
    try {
      int migrations = flyway().migrate().migrationsExecuted;
      createAnalystsTables();
      return new Installed(migrations, renamed);
    } catch (FlywayException e) {
      throw store.translation().translate(Failures.of("creating the sync's tables", e));
    }
  }

  private Flyway flyway() {
    return Flyway.configure()
        .dataSource(store.database().dataSource())
        .locations("classpath:" + LOCATION)
        .table(HISTORY)
        .defaultSchema(store.schema())
        .createSchemas(true)
        .baselineOnMigrate(true)
        .baselineVersion("0")
        .placeholders(placeholders())
        .loggers("slf4j")
        .load();
  }

  /**
   * Tables with the right columns are the site's own and are kept; others are renamed, or refused.
   */
  private void makeRoom(boolean adoptTables, Map<String, String> renamed) {
    for (Map.Entry<String, List<String>> table : ANALYSTS_TABLES.entrySet()) {
      Optional<List<String>> columns = columnsOf(table.getKey());
      if (columns.isEmpty() || columns.get().equals(table.getValue())) {
        continue;
      }
      if (!adoptTables) {
        throw new SyncException(
            FailureKind.CONFIG,
            "store: the table "
                + table.getKey()
                + " is there already, with other columns than the sync needs; run aou-sync init --adopt-tables to keep"
                + " it under another name and have it made anew, filled from Salesforce by the next sync. Nothing was"
                + " changed.");
      }
      String newName = freeName(table.getKey());
      store.run(
          "renaming a table that is in the way",
          handle ->
              handle.execute(store.dialect().renameTable(store.schema(), table.getKey(), newName)));
      renamed.put(table.getKey(), newName);
    }
  }

  private void createAnalystsTables() {
    for (String table : ANALYSTS_TABLES.keySet()) {
      if (columnsOf(table).isEmpty()) {
        for (String statement : resolved(ANALYSTS + "/" + table + ".sql").split(";", -1)) {
          if (!statement.isBlank()) {
            store.run("creating " + table, handle -> handle.execute(statement));
          }
        }
      }
    }
  }

  private String freeName(String table) {
    for (int i = 1; ; i++) {
      String name = table + "_before_sync" + (i == 1 ? "" : "_" + i);
      if (columnsOf(name).isEmpty()) {
        return name;
      }
    }
  }

  /** The columns of a table in lower case; empty when there is no such table. */
  private Optional<List<String>> columnsOf(String table) {
    List<String> columns =
        store.read(
            "looking at a table that may be in the way",
            handle ->
                handle
                    .createQuery(
                        "SELECT COLUMN_NAME FROM INFORMATION_SCHEMA.COLUMNS WHERE UPPER(TABLE_SCHEMA) = :schema AND"
                            + " UPPER(TABLE_NAME) = :table ORDER BY ORDINAL_POSITION")
                    .bind("schema", store.schema().toUpperCase(Locale.ROOT))
                    .bind("table", table.toUpperCase(Locale.ROOT))
                    .mapTo(String.class)
                    .list());
    return columns.isEmpty()
        ? Optional.empty()
        : Optional.of(columns.stream().map(c -> c.toLowerCase(Locale.ROOT)).toList());
  }

  /** The SQL that creates the tables, for a DBA who wants to run it by hand. */
  public String sql() {
    StringBuilder sql = new StringBuilder();
    SCRIPTS.forEach(s -> sql.append(resolved(LOCATION + "/" + s)));
    ANALYSTS_TABLES
        .keySet()
        .forEach(t -> sql.append('\n').append(resolved(ANALYSTS + "/" + t + ".sql")));
    return sql.toString();
  }

  private String resolved(String resource) {
    String text = resource(resource);
    for (Map.Entry<String, String> placeholder : placeholders().entrySet()) {
      text = text.replace("${" + placeholder.getKey() + "}", placeholder.getValue());
    }
    return text;
  }

  private Map<String, String> placeholders() {
    Map<String, String> placeholders = new HashMap<>(store.dialect().placeholders());
    placeholders.put("schema", store.dialect().quote(store.schema()));
    return placeholders;
  }

  private static String resource(String name) {
    try (InputStream stream = SchemaInstaller.class.getClassLoader().getResourceAsStream(name)) {
      if (stream == null) {
        throw new IllegalStateException("the program is incomplete: a migration script is missing");
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Forgets all that this store knows of its org, so that it may serve another: mirror, ids, plans,
   * holds and anomalies. Runs stay listed.
   */
  public void rebind() {
    List<String> emptied =
        new ArrayList<>(
            List.of(
                "contact_mirror",
                "journey_mirror",
                "mirror_state",
                "sync_change",
                "sync_job",
                "sync_hold",
                "sync_anomaly"));
    emptied.addAll(ANALYSTS_TABLES.keySet());
    store.run(
        "starting the store afresh",
        handle -> {
          emptied.forEach(t -> handle.execute(store.sql("DELETE FROM $." + t)));
          handle.execute(
              store.sql(
                  "UPDATE $.sync_run SET is_bound = 0, state = CASE WHEN state IN ('PLANNING', 'APPLYING', 'SUSPENDED')"
                      + " THEN 'ABANDONED' ELSE state END"));
        });
  }
}
