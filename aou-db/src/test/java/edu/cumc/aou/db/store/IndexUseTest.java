package edu.cumc.aou.db.store;

import static org.assertj.core.api.Assertions.assertThat;

import edu.cumc.aou.db.testing.StatementWatch;
import edu.cumc.aou.sync.model.JobId;
import edu.cumc.aou.sync.model.RunId;
import edu.cumc.aou.sync.port.PersonalData.Removed;
import edu.cumc.aou.sync.testing.TestParticipants;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;

/**
 * H2's plan of every statement that a first run, a quiet run, a full one and the look-ups of the
 * command line execute: none goes through a big table row by row unless it is about all of it.
 */
class IndexUseTest {

  private static final Pattern SCAN = Pattern.compile("\\.\"?(\\w+)\"?\\.tableScan");

  private static final Pattern CHANGING =
      Pattern.compile("^(?:UPDATE|DELETE FROM) (\"dbo\"\\.\\w+)");

  /** Tables of one row, of one row a run, or of few rows whatever the population. */
  private static final Set<String> SMALL =
      Set.of(
          "sync_lease",
          "mirror_state",
          "mirror_refresh",
          "altered_record",
          "ids_written",
          "sync_run",
          "sync_schema_history");

  /** Of all that was staged, and of nobody else. */
  private static final String TAKES_BACK = "DELETE FROM \"dbo\".mirror_fingerprint";

  /** Statements about all rows of a table, by what they begin with, and why that is so. */
  private static final Map<String, String> WHOLE =
      Map.ofEntries(
          Map.entry("DELETE FROM \"dbo\".contact_staging", "empties it"),
          Map.entry("DELETE FROM \"dbo\".journey_staging", "empties it"),
          Map.entry("SELECT COUNT(*) FROM \"dbo\".contact_staging", "looks at all staged"),
          Map.entry("SELECT COUNT(*) FROM \"dbo\".journey_staging", "looks at all staged"),
          Map.entry("SELECT COUNT(*) FROM \"dbo\".contact_mirror WHERE is_deleted", "counts it"),
          Map.entry("SELECT COUNT(*) FROM \"dbo\".journey_mirror WHERE is_deleted", "counts it"),
          Map.entry(
              "INSERT INTO \"dbo\".sync_anomaly (kind, subject, first_run, last_run) SELECT",
              "looks at all"),
          Map.entry(
              "MERGE INTO \"dbo\".contact_mirror t USING \"dbo\".contact_staging s",
              "merges all that was staged"),
          Map.entry("UPDATE \"dbo\".contact_mirror SET is_deleted", "all that is no longer there"),
          Map.entry("INSERT INTO \"dbo\".contact_mirror (", "merges all that was staged"),
          Map.entry(
              "MERGE INTO \"dbo\".journey_mirror t USING \"dbo\".journey_staging s",
              "merges all that was staged"),
          Map.entry(
              "MERGE INTO \"dbo\".journey_mirror t USING \"dbo\".written_staging s",
              "takes all that was staged"),
          Map.entry(
              "MERGE INTO \"dbo\".sync_change t USING \"dbo\".outcome_staging s",
              "takes all that was staged"),
          Map.entry("UPDATE \"dbo\".journey_mirror SET is_deleted", "all that is no longer there"),
          Map.entry("INSERT INTO \"dbo\".journey_mirror (", "merges all that was staged"),
          Map.entry("DELETE FROM \"dbo\".Contact_PMI", "compares all ids"),
          Map.entry("DELETE FROM \"dbo\".Contact_Journey", "compares all ids"),
          Map.entry("DELETE FROM \"dbo\".Relationship", "compares all ids"),
          Map.entry("INSERT INTO \"dbo\".Contact_PMI", "compares all ids"),
          Map.entry("INSERT INTO \"dbo\".Contact_Journey", "compares all ids"),
          Map.entry("INSERT INTO \"dbo\".Relationship", "compares all ids"),
          Map.entry("SELECT COUNT(*) FROM \"dbo\".Contact_PMI", "counts it"),
          Map.entry("SELECT COUNT(*) FROM \"dbo\".Contact_Journey", "counts it"),
          Map.entry("SELECT COUNT(*) FROM \"dbo\".Relationship", "counts it"),
          Map.entry("SELECT a.kind, COUNT(*) AS open_count", "counts it by kind"));

  @Test
  void everyStatement_findsItsRowsByAnIndex_unlessItIsAboutAllOfThem() {
    try (SqlWorld world = new SqlWorld(600)) {
      world.firstSync();
      world.nextSync();
      lookUp(world);
      world.execute("ANALYZE");
      Set<String> statements = new TreeSet<>(world.storeWatch.executed());
      statements.remove(StatementWatch.COMMIT);
      assertThat(statements).hasSizeGreaterThan(50);
      List<String> scanning = new ArrayList<>();
      Set<String> scanned = new TreeSet<>();
      for (String sql : statements) {
        String plan = world.beside.read("explaining", handle -> plan(handle, sql));
        Matcher scan = SCAN.matcher(plan);
        while (scan.find()) {
          scanned.add(scan.group(1));
          boolean staged =
              sql.startsWith(TAKES_BACK) && scan.group(1).matches(".*_staging|mirror_fingerprint");
          if (!SMALL.contains(scan.group(1))
              && !staged
              && WHOLE.keySet().stream().noneMatch(sql::startsWith)) {
            scanning.add(scan.group(1) + ": " + sql);
          }
        }
      }
      assertThat(scanned).as("the pattern knows a scan").contains("contact_staging");
      assertThat(scanning).as("statements that go through a table row by row").isEmpty();
    }
  }

  /**
   * H2 asks a query in the condition of an update anew for each row that is changed, if it reads
   * the table that the update writes: marking a job of 10,000 rows took 70 seconds.
   */
  @Test
  void noStatement_asksForAValueInTheTableThatItChanges() {
    try (SqlWorld world = new SqlWorld(600)) {
      world.firstSync();
      world.nextSync();
      lookUp(world);
      String contacts = " WHERE run_id = 1 AND object = 'CONTACT'";
      world.execute("UPDATE \"dbo\".sync_change SET state = 'PLANNED'" + contacts);
      List<Long> seqs =
          world.texts("SELECT seq FROM \"dbo\".sync_change" + contacts).stream()
              .map(Long::valueOf)
              .toList();
      world.store.changes().markSent(new RunId(1), seqs, new JobId("7500000000000001AA"));
      List<String> executed = world.storeWatch.executed();
      assertThat(executed).anyMatch(sql -> sql.contains("state = 'SENT'"));
      assertThat(executed.stream().filter(IndexUseTest::asksTheTableThatItChanges)).isEmpty();
    }
  }

  private static boolean asksTheTableThatItChanges(String sql) {
    Matcher changing = CHANGING.matcher(sql);
    return changing.find()
        && Pattern.compile("[=<>] \\(SELECT [^)]*FROM " + Pattern.quote(changing.group(1)) + "\\b")
            .matcher(sql)
            .find();
  }

  @Test
  void exceptions_areStatementsThatExist() {
    try (SqlWorld world = new SqlWorld(3)) {
      world.firstSync();
      world.nextSync();
      List<String> executed = world.storeWatch.executed();
      assertThat(WHOLE.keySet())
          .allSatisfy(
              begin -> assertThat(executed).anySatisfy(sql -> assertThat(sql).startsWith(begin)));
    }
  }

  private static void lookUp(SqlWorld world) {
    world.store.mirror().find(TestParticipants.pmiId(7));
    world.store.changes().history(TestParticipants.pmiId(7), 20);
    world.store.runs().latest(10);
    world.store.flaws().of(TestParticipants.pmiId(7));
    world.store.decisions().of(TestParticipants.pmiId(7));
    Removed unusedRemoved =
        world
            .store
            .personalData()
            .forget(List.of(TestParticipants.pmiId(7)), Instant.parse("2026-01-05T11:00:00Z"));
    world.store.personalData().forgetAgain();
    int unused = world.store.holds().release(List.of(TestParticipants.pmiId(7)));
  }

  private static String plan(Handle handle, String sql) {
    try (PreparedStatement statement = handle.getConnection().prepareStatement("EXPLAIN " + sql)) {
      int parameters = statement.getParameterMetaData().getParameterCount();
      for (int i = 1; i <= parameters; i++) {
        statement.setString(i, "1");
      }
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getString(1);
      }
    } catch (SQLException e) {
      throw new AssertionError("no plan for: " + sql, e);
    }
  }
}
