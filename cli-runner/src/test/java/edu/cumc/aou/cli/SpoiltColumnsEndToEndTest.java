package edu.cumc.aou.cli;

import static org.assertj.core.api.Assertions.assertThat;

import edu.cumc.aou.cli.Site.Result;
import edu.cumc.aou.cli.runtime.H2Urls;
import edu.cumc.aou.simulator.salesforce.fault.Fault;
import edu.cumc.aou.simulator.salesforce.http.LoggedRequest;
import edu.cumc.aou.simulator.salesforce.org.JourneyFaults;
import edu.cumc.aou.simulator.source.SourceOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Garbage and blanks in every column of text that the store has, whatever its table: the site has
 * lived for some days, and its last run was stopped while updates were under way. The columns are
 * those that the database lists, so none is forgotten. The audit trail is left out, because telling
 * a change is what it is for, and so is Flyway's list of versions.
 */
class SpoiltColumnsEndToEndTest {

  private static final Instant NOW = Instant.parse("2026-01-08T11:00:00Z");

  /** All columns take minutes; see CONTRIBUTING. */
  private static final boolean EVERY = Boolean.getBoolean("aou.test.columns.every");

  private static final Pattern OUT_OF_SCOPE =
      Pattern.compile("(?i)(sync_audit.*|sync_schema_history)");

  /** Tables that no run reads before it has emptied or compared them: all columns at once. */
  private static final Pattern OF_PASSAGE =
      Pattern.compile("(?i)(.*_staging|Contact_PMI|Contact_Journey|Relationship)");

  private static final Pattern GIVE_UP = Pattern.compile("aou-sync abandon (\\d+)");

  /** The mornings within which a site is as it was, if it does what the program says. */
  private static final int MORNINGS = 4;

  /** What the schema refuses. */
  private static final Set<String> CHECKED =
      Set.of(
          "sync_anomaly.kind",
          "sync_change.state",
          "sync_decision.kind",
          "sync_decision.verdict",
          "sync_flaw.kind",
          "sync_hold.kind",
          "sync_job.state",
          "sync_lease.state",
          "sync_run.state");

  private static final String SETTINGS =
      """
      guards.max-rejected { number = 1000, share = 100% }
      guards.max-inserts { number = 1000, share = 100% }
      lease = 20ms
      """;

  @TempDir private static Path known;
  @TempDir private Path directory;

  /** Columns of a table that are spoilt together. */
  private record Columns(String table, List<String> names) {
    @Override
    public String toString() {
      return table + "." + String.join(",", names);
    }
  }

  @BeforeAll
  static void aSiteWhoseRunWasStopped() throws SQLException {
    AtomicReference<StopSignal> signal = new AtomicReference<>();
    try (Site site =
        new Site(
            known,
            8,
            false,
            org ->
                org.stateDirectory(known.resolve("org"))
                    .journeyFaults(JourneyFaults.NONE.withDoubled(0.3, 7))
                    .onRequest(request -> stopAtAJob(request, signal)))) {
      site.configure(SETTINGS);
      site.run("init");
      site.source(
          "UPDATE dbo.healthpro SET [Email] = 'no address' WHERE [PMI ID] IN (SELECT TOP 3 [PMI ID]"
              + " FROM dbo.healthpro ORDER BY [PMI ID])");
      expect(5, site.run("sync", "--initial-load"));
      site.org.delete(contact(site, 0));
      expect(5, site.nextMorning("sync"));
      String somebody = site.record("Contact", contact(site, 0)).get("HP_PMI_ID__c").toString();
      expect(0, site.run("forget", somebody, "--yes"));
      expect(0, site.run("acknowledge", "--all", "--why", "known"));
      site.org
          .faults()
          .on(
              "POST",
              ".+/oauth2/token|.+/Soap/.*",
              n -> true,
              Fault.unavailable(Duration.ofHours(1)));
      assertThat(site.run("sync").exitCode()).isNotZero();
      site.org.faults().clear();
      site.source.load(new SourceOptions(7, 8, 5, false));
      site.configure(SETTINGS + "bulk.threshold = 1");
      site.org.faults().on("POST", ".+/jobs/ingest", 1, Fault.jobStuck(3));
      ByteArrayOutputStream err = new ByteArrayOutputStream();
      PrintStream errors = new PrintStream(err, true, StandardCharsets.UTF_8);
      StopSignal stop = new StopSignal(errors);
      signal.set(stop);
      Main.run(
          new String[] {"sync"},
          new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
          errors,
          site.world(),
          stop);
      assertThat(err.toString(StandardCharsets.UTF_8)).contains("the next sync goes on with run 3");
    }
    plant();
  }

  private static void expect(int exitCode, Result result) {
    assertThat(result.exitCode()).as(result.out() + result.err()).isEqualTo(exitCode);
  }

  private static void stopAtAJob(LoggedRequest request, AtomicReference<StopSignal> signal) {
    if (request.method().equals("GET") && request.path().contains("/jobs/ingest/")) {
      StopSignal stop = signal.getAndSet(null);
      if (stop != null) {
        stop.stop();
      }
    }
  }

  private static String contact(Site site, int position) {
    return site.org
        .records("Contact")
        .filter(c -> c.containsKey("HP_PMI_ID__c"))
        .skip(position)
        .map(c -> c.get("Id").toString())
        .findFirst()
        .orElseThrow();
  }

  /** Rows that were under way, and rows of the tables that are empty while no run is at work. */
  private static void plant() throws SQLException {
    String planned = " WHERE run_id = 3 AND object = 'CONTACT' AND state = 'PLANNED'";
    try (Connection store = open(known);
        Statement statement = store.createStatement()) {
      for (String sql :
          List.of(
              "INSERT INTO dbo.sync_job (job_id, run_id, object, operation, row_count, state)"
                  + " VALUES ('7500x0000000009AAA', 3, 'CONTACT', 'UPDATE', 2, 'CLOSED')",
              "UPDATE dbo.sync_change SET state = 'SENT', job_id = '7500x0000000009AAA'"
                  + planned
                  + " AND seq > (SELECT MIN(seq) FROM dbo.sync_change"
                  + planned
                  + ")",
              "UPDATE dbo.sync_change SET state = 'SENT'" + planned,
              "INSERT INTO dbo.contact_staging (contact_id, pmi_id, fields, is_gone, seq, token)"
                  + " SELECT contact_id, pmi_id, fields, 0, 1, 2 FROM dbo.contact_mirror",
              "INSERT INTO dbo.journey_staging (journey_id, contact_id, fields, is_gone, seq,"
                  + " token) SELECT journey_id, contact_id, fields, 0, 1, 2 FROM"
                  + " dbo.journey_mirror",
              "INSERT INTO dbo.sync_match (pmi_id, contact_id, run_id)"
                  + " SELECT pmi_id, contact_id, 1 FROM dbo.contact_mirror",
              "INSERT INTO dbo.sync_flaw (subject, what, kind, source_hash, source_value,"
                  + " row_position, first_run) SELECT pmi_id, 'contact.Email:invalid-email',"
                  + " 'FIELD', 'x', 'x', 1, 1 FROM dbo.contact_mirror WHERE is_deleted = 0",
              "INSERT INTO dbo.outcome_staging (token, run_id, seq, state, error_fields)"
                  + " SELECT 2, run_id, seq, state, error_fields FROM dbo.sync_change",
              "INSERT INTO dbo.written_staging (token, record_id, pmi_id, fields, sent)"
                  + " SELECT 2, contact_id, pmi_id, fields, sent FROM dbo.contact_mirror",
              "INSERT INTO dbo.altered_record (run_id, record_id, fields)"
                  + " SELECT 3, contact_id, '{}' FROM dbo.contact_mirror",
              "INSERT INTO dbo.mirror_refresh (refresh_key, token, watermark, full_at,"
                  + " mapping_fingerprint, object, last_id) SELECT 1, 2, watermark, full_at,"
                  + " mapping_fingerprint, 'CONTACT', NULL FROM dbo.mirror_state")) {
        statement.execute(sql);
      }
    }
  }

  private static Connection open(Path site) throws SQLException {
    return DriverManager.getConnection(H2Urls.ofFile(site.resolve("aou-sync-store")), "sa", "");
  }

  static List<Columns> columns() throws SQLException {
    Map<String, List<String>> byTable = new TreeMap<>();
    Map<String, String> types = new HashMap<>();
    try (Connection store = open(known);
        Statement statement = store.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT TABLE_NAME, COLUMN_NAME, DATA_TYPE || CHARACTER_MAXIMUM_LENGTH FROM"
                    + " INFORMATION_SCHEMA.COLUMNS WHERE TABLE_SCHEMA = 'dbo' AND DATA_TYPE LIKE"
                    + " 'CHARACTER%' ORDER BY 1, 2")) {
      while (row.next()) {
        byTable.computeIfAbsent(row.getString(1), t -> new ArrayList<>()).add(row.getString(2));
        types.put(row.getString(1) + "." + row.getString(2), row.getString(3));
      }
    }
    assertThat(byTable).containsKeys("sync_change", "sync_change_values", "contact_mirror");
    List<Columns> columns = new ArrayList<>();
    byTable.forEach(
        (table, names) -> {
          if (OF_PASSAGE.matcher(table).matches()) {
            columns.add(new Columns(table, names));
          } else if (!OUT_OF_SCOPE.matcher(table).matches()) {
            names.forEach(name -> columns.add(new Columns(table, List.of(name))));
          }
        });
    return EVERY ? columns : some(columns, types);
  }

  /**
   * A good third of them, by a fixed rule: the first column of each table, and the first of each
   * type.
   */
  private static List<Columns> some(List<Columns> all, Map<String, String> types) {
    Set<String> tables = new HashSet<>();
    Set<String> seen = new HashSet<>();
    List<Columns> some = new ArrayList<>();
    for (Columns columns : all) {
      boolean isNew = tables.add(columns.table());
      for (String name : columns.names()) {
        isNew |= seen.add(Objects.requireNonNull(types.get(columns.table() + "." + name)));
      }
      if (isNew) {
        some.add(columns);
      }
    }
    return some;
  }

  @ParameterizedTest
  @MethodSource("columns")
  void garbage_isNoDefect_andBlocksNoLaterMorning(Columns columns) throws Exception {
    copy();
    try (Site site = Site.goingOn(directory, NOW, org -> org);
        Connection store = open(directory)) {
      site.configure(SETTINGS);
      spoil(store, columns);
      for (String command : List.of("status", "failures", "anomalies")) {
        assertNoDefect(columns, site.run(command));
      }
      List<String> told = new ArrayList<>();
      int inRow = 0;
      for (int morning = 0; morning < MORNINGS && inRow < 2; morning++) {
        Result sync = site.nextMorning("sync");
        told.add(sync.exitCode() + " " + sync.err());
        assertNoDefect(columns, sync);
        inRow = isUsual(sync) ? inRow + 1 : 0;
        if (inLine(sync).contains("aou-sync init --rebind")) {
          assertThat(site.run("init", "--rebind").exitCode()).isZero();
        }
        Matcher giveUp = GIVE_UP.matcher(inLine(sync));
        if (!isUsual(sync) && giveUp.find()) {
          Result given = site.run("abandon", giveUp.group(1));
          assertThat(given.exitCode()).as(inLine(sync) + inLine(given)).isZero();
        }
      }
      assertThat(inRow).as("%s", told).isEqualTo(2);
      assertThat(site.org.records("Contact").map(c -> c.get("HP_PMI_ID__c")).filter(k -> k != null))
          .isNotEmpty()
          .doesNotHaveDuplicates();
    }
  }

  private static boolean isUsual(Result result) {
    return result.exitCode() == 0 || result.exitCode() == 5;
  }

  /** It does what it should, or says which table is to blame, or which command helps. */
  private static void assertNoDefect(Columns columns, Result result) {
    if (!isUsual(result)) {
      assertThat(result.exitCode()).as(inLine(result)).isEqualTo(3);
      assertThat(inLine(result))
          .containsAnyOf(columns.table(), "aou-sync init", "aou-sync abandon");
    }
    assertThat(inLine(result)).doesNotContain("defect", "Exception");
  }

  private static String inLine(Result result) {
    return result.err().replaceAll("\\s+", " ");
  }

  /** Garbage and blanks in turn, as far as the schema permits both; a key's value is there once. */
  private static void spoil(Connection store, Columns columns) throws SQLException {
    for (String name : columns.names()) {
      String table = "dbo." + columns.table();
      int spoilt = 0;
      int refused = 0;
      for (String garbage : List.of("'garbage'", "''")) {
        for (String which : List.of(garbage.equals("''") ? "MIN" : "MAX", "ALL")) {
          String where =
              which.equals("ALL")
                  ? " WHERE MOD(_ROWID_, 2) = " + (garbage.equals("''") ? 0 : 1)
                  : " WHERE _ROWID_ = (SELECT " + which + "(_ROWID_) FROM " + table + ")";
          try (Statement statement = store.createStatement()) {
            spoilt +=
                statement.executeUpdate(
                    "UPDATE " + table + " SET " + name + " = " + garbage + where);
          } catch (SQLException e) {
            // 23505: another row has that key already
            refused += e.getSQLState().equals("23505") ? 0 : 1;
          }
        }
      }
      boolean isChecked = CHECKED.contains(columns.table() + "." + name);
      assertThat(refused > 0).as("the schema refuses %s", name).isEqualTo(isChecked);
      assertThat(spoilt > 0).as("rows of %s are spoilt", name).isEqualTo(!isChecked);
    }
  }

  private void copy() throws IOException {
    try (Stream<Path> files = Files.walk(known)) {
      for (Path file : files.toList()) {
        Path to = directory.resolve(known.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(to);
        } else {
          Files.copy(file, to);
        }
      }
    }
  }
}
