package edu.cumc.aou.db.store;

import edu.cumc.aou.sync.model.Change;
import edu.cumc.aou.sync.model.RunState;
import edu.cumc.aou.sync.port.AnomalyTable;
import edu.cumc.aou.sync.port.DecisionTable;
import edu.cumc.aou.sync.port.FlawTable;
import edu.cumc.aou.sync.port.HoldTable;
import edu.cumc.aou.sync.port.JobTable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.zip.CRC32;

/** The SQL scripts of this library, with their placeholders filled in. */
final class Scripts {

  /** The version that the last migration leads to. */
  static final int VERSION = 22;

  /** The place of the migrations. */
  static final String MIGRATIONS = "edu/cumc/aou/db/migration";

  /** Their files, in order. */
  static final List<String> NAMES =
      List.of(
          "V1__tables_of_the_sync.sql",
          "V3__guards_and_retention.sql",
          "V4__undone_runs.sql",
          "V5__numbered_staging.sql",
          "V6__removal_of_runs.sql",
          "V7__leases_of_staged_rows.sql",
          "V8__fingerprints.sql",
          "V10__checks_of_states.sql",
          "V11__attempts.sql",
          "V12__flaws_and_decisions.sql",
          "V13__reading_mark.sql",
          "V14__audit_trail.sql",
          "V15__orphan_journeys.sql",
          "V16__what_the_org_is_like.sql",
          "V19__purged_until.sql",
          "V20__values_of_changes.sql",
          "V21__decisions_in_the_trail.sql",
          "V22__altered_records.sql");

  private final StoreDatabase store;

  Scripts(StoreDatabase store) {
    this.store = store;
  }

  /** The values of the placeholders. */
  Map<String, String> placeholders() {
    Map<String, String> placeholders = new HashMap<>(store.dialect().placeholders());
    placeholders.put("schema", store.dialect().quote(store.schema()));
    placeholders.put("known_run_state", known("state", RunState.values()));
    placeholders.put("known_lease_state", known("state", "FREE", "ACTIVE", "SUSPENDED"));
    placeholders.put("known_change_state", known("state", Change.State.values()));
    placeholders.put("known_job_state", known("state", JobTable.State.values()));
    placeholders.put("known_hold_kind", known("kind", HoldTable.Kind.values()));
    placeholders.put("known_anomaly_kind", known("kind", AnomalyTable.Kind.values()));
    placeholders.put("known_flaw_kind", known("kind", FlawTable.Kind.values()));
    placeholders.put("known_decision_kind", known("kind", DecisionTable.Kind.values()));
    placeholders.put("known_verdict", known("verdict", DecisionTable.Verdict.values()));
    placeholders.put(
        "old_key_index",
        store.dialect().indexOf(store.schema(), "contact_mirror", "ix_contact_mirror_pmi_id"));
    return placeholders;
  }

  /** The script that creates a table of the analysts. */
  String analystsTable(String table) {
    return resolved(text("edu/cumc/aou/db/analysts/" + table + ".sql"));
  }

  private static String known(String column, Enum<?>... constants) {
    return known(column, Arrays.stream(constants).map(Enum::name).toArray(String[]::new));
  }

  /** An expression that is 1 if a column has one of these words, else 0. */
  private static String known(String column, String... words) {
    return Arrays.stream(words)
        .map(word -> "WHEN '" + word + "' THEN 1 ")
        .collect(Collectors.joining("", "CASE " + column + " ", "ELSE 0 END"));
  }

  /** The whole installation, for a person to run; the result is the same as {@code install}. */
  String all() {
    return store.dialect().isScriptGuarded() ? new GuardedScript(store, this).text() : plain();
  }

  /** For an empty schema: H2 has no conditions, and cannot undo changes to tables. */
  private String plain() {
    StringBuilder sql =
        new StringBuilder(store.dialect().createSchema(store.schema())).append(";\n\n");
    NAMES.forEach(name -> sql.append(migration(name)).append('\n'));
    AnalystsTables.NAMES.forEach(
        table ->
            sql.append(
                    store
                        .dialect()
                        .unlessThere(store.schema(), table, analystsTable(table).strip()))
                .append("\n\n"));
    sql.append(history());
    NAMES.forEach(name -> sql.append(historyRow(name)).append(";\n"));
    return sql.toString();
  }

  /** A migration as it is run. */
  String migration(String name) {
    return resolved(text(MIGRATIONS + "/" + name));
  }

  /** The table in which Flyway records the applied migrations. */
  String history() {
    return resolved(text("edu/cumc/aou/db/script/history.sql"));
  }

  /** The number of a migration. */
  static String versionOf(String name) {
    return name.substring(1, name.indexOf("__"));
  }

  /** A statement that records a migration as done. */
  String historyRow(String name) {
    int underscores = name.indexOf("__");
    return store.sql(
        "INSERT INTO $.sync_schema_history (installed_rank, version, description, type, script,"
            + " checksum, installed_by, execution_time, success) SELECT"
            + " COALESCE(MAX(installed_rank), 0) + 1, '"
            + versionOf(name)
            + "', '"
            + name.substring(underscores + 2, name.length() - ".sql".length()).replace('_', ' ')
            + "', 'SQL', '"
            + name
            + "', "
            + checksum(text(MIGRATIONS + "/" + name))
            + ", 'by hand', 0, 1 FROM $.sync_schema_history");
  }

  /** A script for the DBA, with the store's schema in it. */
  String forDba(String name) {
    String text = text("edu/cumc/aou/db/dba/" + name);
    int own = Math.max(0, text.indexOf("-- Part 2"));
    String schema = store.dialect().quote(store.schema());
    return text.substring(0, own)
        + text.substring(own)
            .replace("[dbo]", schema)
            .replace("N'dbo'", "N'" + store.schema() + "'");
  }

  /** Computed as Flyway does: over the lines, without their ends. */
  private static int checksum(String text) {
    CRC32 checksum = new CRC32();
    text.lines().forEach(line -> checksum.update(line.getBytes(StandardCharsets.UTF_8)));
    return (int) checksum.getValue();
  }

  private String resolved(String text) {
    String resolved = text;
    for (Map.Entry<String, String> placeholder : placeholders().entrySet()) {
      resolved = resolved.replace("${" + placeholder.getKey() + "}", placeholder.getValue());
    }
    return resolved;
  }

  private static String text(String resource) {
    try (InputStream stream = Scripts.class.getClassLoader().getResourceAsStream(resource)) {
      if (stream == null) {
        throw new IllegalStateException("the program is incomplete: an SQL script is missing");
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
