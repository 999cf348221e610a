package edu.cumc.aou.db.store;

import edu.cumc.aou.db.DatabaseException;
import edu.cumc.aou.db.internal.DriverFailures;
import edu.cumc.aou.sync.model.FailureKind;
import edu.cumc.aou.sync.model.RunId;
import edu.cumc.aou.sync.model.SyncException;
import edu.cumc.aou.sync.port.AuditTable;
import edu.cumc.aou.sync.port.AuditTable.Entry;
import edu.cumc.aou.sync.port.AuditTable.Head;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jdbi.v3.core.Handle;

/**
 * Creates and upgrades the sync's tables, and shows how. Uses the connections of its store, and
 * works while that is open. Not for two threads at a time.
 */
public final class SchemaInstaller {

  private static final String UNFINISHED = "state IN ('PLANNING', 'APPLYING', 'SUSPENDED')";

  /** A table, an index or a column; in these words only H2 says so. */
  private static final Set<String> THERE_ALREADY = Set.of("42S01", "42S11", "42S21");

  private static final String HISTORY = "sync_schema_history";

  private final StoreDatabase store;
  private final Scripts scripts;
  private final AnalystsTables analystsTables;

  SchemaInstaller(StoreDatabase store) {
    this.store = store;
    this.scripts = new Scripts(store);
    this.analystsTables = new AnalystsTables(store, scripts);
  }

  /**
   * The result of an installation.
   *
   * @param migrations how many versions were applied
   * @param renamed tables that were in the way, with their new names
   */
  public record Installed(int migrations, Map<String, String> renamed) {
    public Installed {
      renamed = Map.copyOf(renamed);
    }
  }

  /**
   * Throws CONFIG unless the tables have the version that this program needs. Only reads, without
   * the migration tool.
   */
  static void verify(StoreDatabase store) {
    int installed;
    try {
      installed = store.database().read("checking the sync's tables", h -> version(h, store));
    } catch (DatabaseException e) {
      if (e.kind() == DatabaseException.Kind.MISSING_RELATION) {
        throw new SyncException(
            FailureKind.CONFIG,
            "store: the sync's tables are not there; create them with aou-sync init, or correct"
                + " store.jdbc-url and store.schema",
            e);
      }
      throw store.translation().translate(e);
    }
    if (installed < Scripts.VERSION) {
      throw new SyncException(
          FailureKind.CONFIG,
          "store: the sync's tables are in version "
              + installed
              + ", this program needs version "
              + Scripts.VERSION
              + "; upgrade them with aou-sync init");
    }
    if (installed > Scripts.VERSION) {
      throw new SyncException(
          FailureKind.CONFIG,
          "store: the sync's tables are in version "
              + installed
              + ", which a newer aou-sync has made; this program knows version "
              + Scripts.VERSION
              + ". Run the newer program.");
    }
  }

  /** The highest version that was fully applied; 0 if there is none. */
  private static int version(Handle handle, StoreDatabase store) {
    return handle
        .createQuery(
            store.sql(
                // Versions are texts, so the longest is the highest.
                "SELECT version FROM $."
                    + HISTORY
                    + " WHERE success = 1 AND version IS NOT NULL ORDER BY "
                    + store.dialect().length("version")
                    + " DESC, version DESC "
                    + store.dialect().limit()))
        .bind("limit", 1)
        .mapTo(String.class)
        .list()
        .stream()
        .mapToInt(version -> version.matches("[0-9]{1,9}") ? Integer.parseInt(version) : 0)
        .max()
        .orElse(0);
  }

  /**
   * Creates what is missing and upgrades what is old. Running it again changes nothing.
   *
   * @param adoptTables whether to rename tables of the analysts that are in the way
   * @throws SyncException CONFIG if one is in the way and may not be renamed
   */
  public Installed install(boolean adoptTables) {
    Map<String, String> renamed = analystsTables.makeRoom(adoptTables);
    int migrations = migrate();
    analystsTables.create();
    store.run("beginning the audit trail", handle -> new AuditBook(store, handle).begin());
    return new Installed(migrations, renamed);
  }

  private int migrate() {
    try {
      return Flyway.configure(SchemaInstaller.class.getClassLoader())
          .dataSource(store.database().dataSource("creating the sync's tables"))
          .locations("classpath:" + Scripts.MIGRATIONS)
          .table(HISTORY)
          .defaultSchema(store.schema())
          .createSchemas(true)
          .baselineOnMigrate(true)
          .baselineVersion("0")
          .placeholders(scripts.placeholders())
          .loggers("slf4j")
          .load()
          .migrate()
          .migrationsExecuted;
    } catch (FlywayException e) {
      // Its message quotes the driver.
      DatabaseException failure = DriverFailures.of("creating the sync's tables", e);
      if (THERE_ALREADY.contains(failure.sqlState())) {
        throw new SyncException(
            FailureKind.CONFIG,
            "store: an aou-sync init was cut off while it made the sync's tables, for example by a"
                + " full disk, and H2 cannot take back the half. If the store is new, delete its"
                + " database file and run aou-sync init again; otherwise put back the copy of the"
                + " file from before the upgrade first.",
            e);
      }
      throw store.translation().translate(failure);
    } catch (DatabaseException e) {
      throw store.translation().translate(e);
    }
  }

  /**
   * The SQL that creates the tables, for a DBA who wants to run it by hand; the result is the same
   * as {@link #install}. On SQL Server it also upgrades older tables, and may run again; on H2 it
   * needs an empty schema. Connects to nothing.
   */
  public String sql() {
    return scripts.all();
  }

  /**
   * The least rights that the logins of the sync need, for a DBA; names in angle brackets are to be
   * filled in.
   */
  public String grants() {
    return scripts.forDba("grants.sql");
  }

  /** Statements that show the plans of the important queries, and the sizes of the tables. */
  public String showplan() {
    return scripts.forDba("showplan.sql");
  }

  /**
   * Forgets everything that this store knows of its org, so that it may serve another one: mirror,
   * ids, plans, holds and anomalies, and what its runs sent. Runs stay listed with their counts;
   * unfinished ones are given up. Forgotten participants stay forgotten.
   *
   * @return the unfinished runs that were given up
   * @throws SyncException ALREADY_RUNNING while a run holds the lease
   */
  public List<RunId> rebind() {
    List<String> emptied =
        new ArrayList<>(
            List.of(
                "contact_mirror",
                "journey_mirror",
                "mirror_fingerprint",
                "altered_record",
                "ids_written",
                "contact_staging",
                "journey_staging",
                "outcome_staging",
                "written_staging",
                "mirror_refresh",
                "mirror_state",
                "sync_change",
                "sync_change_values",
                "sync_job",
                "sync_anomaly",
                "sync_org",
                "sync_match"));
    emptied.addAll(AnalystsTables.NAMES);
    return store.write(
        "starting the store afresh",
        handle -> {
          refuseWhileHeld(handle);
          new ForgottenRuns(store, handle).keepCounts();
          List<RunId> unfinished =
              handle
                  .createQuery(
                      store.sql(
                          "SELECT run_id FROM $.sync_run WHERE " + UNFINISHED + " ORDER BY run_id"))
                  .mapTo(Long.class)
                  .map(RunId::new)
                  .list();
          AuditBook book = new AuditBook(store, handle);
          book.holdStanding();
          emptied.forEach(t -> handle.execute(store.sql("DELETE FROM $." + t)));
          // Forgotten participants stay forgotten, whatever the org.
          book.went(
              handle
                  .createQuery(store.sql("SELECT leaf FROM $.sync_hold WHERE kind <> 'FORGOTTEN'"))
                  .map((row, context) -> row.getString("leaf"))
                  .collect(Collectors.toCollection(ArrayList::new)));
          handle.execute(store.sql("DELETE FROM $.sync_hold WHERE kind <> 'FORGOTTEN'"));
          handle.execute(
              store.sql(
                  "UPDATE $.sync_run SET is_bound = 0, state = CASE WHEN "
                      + UNFINISHED
                      + " THEN 'ABANDONED' ELSE state END"));
          Head unused =
              book.append(
                  Entry.of(AuditTable.Kind.OVERRIDE, null, Map.of(AuditTable.REBIND, "yes")));
          return unfinished;
        });
  }

  /** The row stays locked until the end, so that no run can begin meanwhile. */
  private void refuseWhileHeld(Handle handle) {
    int free =
        handle.execute(
            store.sql(
                "UPDATE $.sync_lease SET state = 'FREE', token = token + 1 WHERE lease_key = 1 AND"
                    + " (state <> 'ACTIVE' OR valid_until <= "
                    + store.dialect().utcNow()
                    + ")"));
    if (free == 0) {
      throw new SyncException(
          FailureKind.ALREADY_RUNNING,
          "store: a run holds this store; wait until it has ended, then run aou-sync init --rebind"
              + " again. Nothing was changed.");
    }
  }
}
