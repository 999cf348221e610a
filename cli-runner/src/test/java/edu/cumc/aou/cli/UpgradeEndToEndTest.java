package edu.cumc.aou.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import edu.cumc.aou.cli.Site.Result;
import edu.cumc.aou.cli.runtime.H2Urls;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Sites that the version before left with a run half done, in an org where a second create makes a
 * second record. What lies in the archives is told by the README beside them.
 */
class UpgradeEndToEndTest {

  private static final String PMI_ID = "HP_PMI_ID__c";

  /** The morning after the one on which the run stopped. */
  private static final Instant NOW = Instant.parse("2026-01-07T11:00:00Z");

  /** Loaded on day 1, without the one that staff deleted. */
  private static final int BEFORE = 10;

  private static final int NEW = 15;

  @TempDir private Path directory;
  private Site site;
  private List<String> holds;
  private List<String> anomalies;
  private Map<String, Object> forgotten;

  @AfterEach
  void close() {
    site.close();
  }

  private void open(String archive) throws IOException, SQLException {
    OldSites.unpack(archive, directory);
    site = Site.goingOn(directory, NOW, org -> org.pmiFieldUnique(false));
    site.configure(
        """
        bulk.threshold = %d
        guards.max-rejected { number = 1000, share = 100%% }
        guards.max-inserts { number = 1000, share = 100%% }
        """
            .formatted(archive.startsWith("job") ? 5 : 2000));
    holds = holds();
    anomalies = anomalies();
    String someone = query("SELECT pmi_id FROM dbo.sync_hold WHERE kind = 'FORGOTTEN'").get(0);
    forgotten = people().filter(c -> someone.equals(c.get(PMI_ID))).findFirst().orElseThrow();
    assertThat(holds).isNotEmpty();
    assertThat(anomalies).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({"sent", "unknown", "job-open", "job-closed", "suspended"})
  void halfDoneRun_isFinishedBySync_afterInit(String archive) throws IOException, SQLException {
    open(archive);
    upgrade();

    Result sync = site.run("sync");

    assertOnlyAnomaliesAreLeft(sync);
    assertThat(sync.err()).contains("goes on");
    assertThat(sync.out()).contains("Run 2 (sync): done", "Every row is accounted for");

    // the run went on with the plan of the version before; what that had wrong comes next
    Result next = site.nextMorning("sync");

    assertOnlyAnomaliesAreLeft(next);
    assertThat(next.out())
        .contains("Run 3 (sync): done", "Corrections by this version")
        .doesNotContain("inserted");
    assertEverybodyIsThereOnce();
  }

  @ParameterizedTest
  @CsvSource({
    "sent, 7, 8, 0",
    "unknown, 7, 8, 0",
    "job-open, 0, 15, 1",
    "job-closed, 15, 0, 1",
    "suspended, 0, 0, 0"
  })
  void halfDoneRun_isGivenUp_andTheNextSyncPlansAfresh(
      String archive, int found, int missing, int jobs) throws IOException, SQLException {
    open(archive);
    upgrade();

    Result abandon = site.run("abandon", "2", "--json");

    assertThat(abandon.exitCode()).as(abandon.err()).isZero();
    JsonNode document = new ObjectMapper().readTree(abandon.out());
    assertThat(document.path("found").asInt()).as(abandon.out()).isEqualTo(found);
    assertThat(document.path("missing").asInt()).as(abandon.out()).isEqualTo(missing);
    assertThat(document.path("jobs").asInt()).as(abandon.out()).isEqualTo(jobs);
    Result sync = site.run("sync", "--initial-load");
    assertOnlyAnomaliesAreLeft(sync);
    assertThat(sync.out()).contains("Run 3 (sync): done", "Every row is accounted for");
    assertEverybodyIsThereOnce();
  }

  /** A job that Salesforce still holds, with its rows: to start it would create everybody twice. */
  @ParameterizedTest
  @CsvSource({"sync", "abandon"})
  void openJobThatIsStillThere_isBrokenOff(String how) throws IOException, SQLException {
    open("job-open");
    OrgCalls org = new OrgCalls(site.org);
    String job = openJob(org);
    upgrade();

    Result result = how.equals("sync") ? site.run("sync") : site.run("abandon", "2");

    assertThat(org.get("/jobs/ingest/" + job).at("/state").asText()).isEqualTo("Aborted");
    if (how.equals("abandon")) {
      assertThat(result.exitCode()).as(result.err()).isZero();
      result = site.run("sync", "--initial-load");
    }
    assertOnlyAnomaliesAreLeft(result);
    if (how.equals("sync")) {
      result = site.nextMorning("sync");
      assertOnlyAnomaliesAreLeft(result);
    }
    assertEverybodyIsThereOnce();
  }

  /** Makes the job anew that the store names: the simulator does not keep jobs. */
  private String openJob(OrgCalls org) throws IOException, SQLException {
    List<String> created =
        query("SELECT pmi_id FROM dbo.sync_change WHERE run_id = 2 AND state = 'SENT'");
    assertThat(created).hasSize(NEW);
    String job =
        org.post(
                "/jobs/ingest",
                "{\"object\": \"Contact\", \"operation\": \"insert\", \"contentType\": \"CSV\","
                    + " \"lineEnding\": \"LF\"}")
            .at("/id")
            .asText();
    StringBuilder rows = new StringBuilder(PMI_ID + ",LastName\n");
    created.forEach(id -> rows.append(id).append(",Double\n"));
    org.put("/jobs/ingest/" + job + "/batches", "text/csv", rows.toString());
    site.store("UPDATE dbo.sync_change SET job_id = '" + job + "' WHERE run_id = 2");
    site.store("UPDATE dbo.sync_job SET job_id = '" + job + "' WHERE state = 'OPEN'");
    return job;
  }

  @Test
  void holdsOfEachKind_stayWhatTheyWere_andCanBeLifted() throws IOException, SQLException {
    open("suspended");
    List<String> held =
        query(
            "SELECT pmi_id FROM dbo.contact_mirror WHERE is_deleted = 0 AND pmi_id NOT IN (SELECT"
                + " pmi_id FROM dbo.sync_hold) AND pmi_id NOT IN (SELECT pmi_id FROM"
                + " dbo.contact_mirror GROUP BY pmi_id HAVING COUNT(*) > 1) ORDER BY pmi_id");
    hold(held.get(0), "QUARANTINE", "FIELD_INTEGRITY_EXCEPTION");
    hold(held.get(1), "REVIEW", "key-not-kept");
    hold(held.get(2), "UNDO", "undone");
    holds = holds();
    upgrade();

    Result sync = site.run("sync");

    assertThat(sync.exitCode()).as(sync.err() + sync.out()).isEqualTo(5);
    assertThat(holds()).containsAll(holds);
    Result released = site.run("release", held.get(0), held.get(1), held.get(2));
    assertThat(released.exitCode()).as(released.err()).isZero();
    assertThat(holds()).hasSize(holds.size() - 3);
    Result next = site.nextMorning("sync");
    assertOnlyAnomaliesAreLeft(next);
    assertEverybodyStays();
  }

  private void hold(String pmiId, String kind, String reason) {
    site.store(
        "INSERT INTO dbo.sync_hold (pmi_id, kind, reason, since, values_hash) VALUES ('%s', '%s',"
                .formatted(pmiId, kind)
            + " '%s', TIMESTAMP '2026-01-06 11:00:00', NULL)".formatted(reason));
  }

  private void assertEverybodyStays() {
    Map<Object, Long> records =
        people().collect(Collectors.groupingBy(c -> c.get(PMI_ID), Collectors.counting()));
    assertThat(records).hasSize(BEFORE + NEW);
  }

  /** It is refused by its option, and nothing happens. */
  @Test
  void approvedPlanOfTheVersionBefore_isRefused() throws IOException, SQLException {
    open("suspended");
    site.store("CREATE TABLE dbo.a_plan AS SELECT * FROM dbo.sync_run WHERE run_id = 1");
    site.store(
        "UPDATE dbo.a_plan SET run_id = 9, run_mode = 'PLAN', state = 'PLANNED', started_at ="
            + " TIMESTAMP '2026-01-07 10:00:00'");
    site.store("INSERT INTO dbo.sync_run SELECT * FROM dbo.a_plan");
    site.store("DROP TABLE dbo.a_plan");
    upgrade();
    String org = query("SELECT org_id FROM dbo.sync_run WHERE run_id = 1").get(0);
    String mapping = query("SELECT mapping_fingerprint FROM dbo.sync_run WHERE run_id = 1").get(0);
    Path plan = directory.resolve("plan.json");
    Files.writeString(
        plan,
        """
        { "format": 1, "run": 9, "orgId": "%s", "mappingFingerprint": "%s", "version": "0.9.0",
          "createdAt": "2026-01-07T10:00:00Z", "expiresAt": "2026-01-08T10:00:00Z",
          "digest": "%s", "counts": [], "changes": [] }
        """
            .formatted(org, mapping, "0".repeat(64)));
    String before = site.org.fingerprint();

    Result sync = site.run("sync", "--plan", plan.toString());

    assertThat(sync.exitCode()).as(sync.out()).isEqualTo(3);
    assertThat(sync.err())
        .contains(
            "the plan file: ",
            "Nothing was changed; make a new plan with aou-sync plan --out FILE");
    assertThat(site.org.fingerprint()).isEqualTo(before);
  }

  /** Every setting of the version before, spelled out. */
  @Test
  void configurationOfTheVersionBefore_isTaken() throws IOException, SQLException {
    open("sent");
    upgrade();
    try (InputStream old =
        Objects.requireNonNull(
            getClass().getResourceAsStream("/upgrade/settings-of-0514664.conf"))) {
      site.configure(
          new String(old.readAllBytes(), StandardCharsets.UTF_8)
              + """

              contact.account-id = "%s"
              guards.max-rejected { number = 1000, share = 100%% }
              guards.max-inserts { number = 1000, share = 100%% }
              """
                  .formatted(site.org.accountId()));
    }

    Result sync = site.run("sync");

    assertOnlyAnomaliesAreLeft(sync);
    assertThat(sync.out()).contains("Run 2 (sync): done");
  }

  @Test
  void decisionThatWasNotedByHand_isKept_asOneOfTheTableOfDecisions() throws Exception {
    open("suspended");
    site.store("UPDATE dbo.sync_anomaly SET decision = 'left, as staff say'");
    upgrade();

    assertThat(
            query(
                "SELECT d.kind || ' ' || d.verdict || ' ' || d.why FROM dbo.sync_decision d JOIN"
                    + " dbo.sync_anomaly a ON a.subject = d.subject AND a.kind = d.about"))
        .containsExactly(
            "ANOMALY ACKNOWLEDGED left, as staff say", "ANOMALY ACKNOWLEDGED left, as staff say");
    Result sync = site.run("sync");
    assertThat(sync.exitCode()).as(sync.out()).isZero();
    assertThat(sync.out()).contains("1 acknowledged");
  }

  /**
   * As the day before, a person must look at the Contact that staff deleted and the doubled one.
   */
  private static void assertOnlyAnomaliesAreLeft(Result sync) {
    assertThat(sync.exitCode()).as(sync.err() + sync.out()).isEqualTo(5);
    assertThat(sync.out().lines().dropWhile(l -> !l.equals("What to do next")).skip(1))
        .singleElement(STRING)
        .contains("anomalies: mend them in Salesforce");
  }

  /** Before it nothing happens, and what has to be done is said. */
  private void upgrade() throws SQLException {
    String before = site.org.fingerprint();
    List<String> changes = changesOfTheVersionBefore();
    for (String command : List.of("sync", "plan")) {
      Result refused = site.run(command);
      assertThat(refused.exitCode()).isEqualTo(3);
      assertThat(refused.err()).contains("version 6", "upgrade them with aou-sync init");
    }
    assertThat(site.org.fingerprint()).isEqualTo(before);

    Result init = site.run("init");

    assertThat(init.exitCode()).as(init.err()).isZero();
    assertThat(site.org.fingerprint()).isEqualTo(before);
    assertThat(changes()).isEqualTo(changes);
    assertThat(holds()).isEqualTo(holds);
    assertThat(anomalies()).isEqualTo(anomalies);
  }

  private void assertEverybodyIsThereOnce() throws SQLException {
    Map<Object, Long> records =
        people().collect(Collectors.groupingBy(c -> c.get(PMI_ID), Collectors.counting()));
    assertThat(records).hasSize(BEFORE + NEW);
    Object twice =
        people()
            .filter(c -> "Twice".equals(c.get("LastName")))
            .findFirst()
            .orElseThrow()
            .get(PMI_ID);
    assertThat(records.entrySet().stream().filter(e -> e.getValue() > 1).map(Map.Entry::getKey))
        .containsExactly(twice);
    Map<Object, Long> journeys =
        site.org
            .records("Opportunity")
            // that of the deleted Contact is left alone
            .filter(j -> j.get("Contact__c") != null)
            .collect(Collectors.groupingBy(j -> j.get("Contact__c"), Collectors.counting()));
    assertThat(people().map(c -> c.get("Id")))
        .allSatisfy(id -> assertThat(journeys.get(id)).isEqualTo(1));

    assertThat(holds()).containsAll(holds);
    assertThat(anomalies()).containsAll(anomalies);
    assertThat(site.record("Contact", String.valueOf(forgotten.get("Id")))).isEqualTo(forgotten);
    assertThat(site.run("plan").out()).contains("Nothing to send");
  }

  private Stream<Map<String, Object>> people() {
    return site.org.records("Contact").filter(c -> c.get(PMI_ID) != null);
  }

  private List<String> holds() throws SQLException {
    return query("SELECT pmi_id || ' ' || kind || ' ' || reason FROM dbo.sync_hold");
  }

  private List<String> anomalies() throws SQLException {
    return query("SELECT kind || ' ' || subject FROM dbo.sync_anomaly");
  }

  /** They had their values in their own row. */
  private List<String> changesOfTheVersionBefore() throws SQLException {
    return query(
        "SELECT run_id || ' ' || seq || ' ' || state || ' ' || new_values FROM dbo.sync_change"
            + " ORDER BY run_id, seq");
  }

  private List<String> changes() throws SQLException {
    return query(
        "SELECT c.run_id || ' ' || c.seq || ' ' || c.state || ' ' || COALESCE(v.new_values, '{}')"
            + " FROM dbo.sync_change c LEFT JOIN dbo.sync_change_values v ON v.run_id = c.run_id"
            + " AND v.seq = c.seq ORDER BY c.run_id, c.seq");
  }

  private List<String> query(String sql) throws SQLException {
    List<String> texts = new ArrayList<>();
    try (Connection connection =
            DriverManager.getConnection(
                H2Urls.ofFile(directory.resolve("aou-sync-store")), "sa", "");
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        texts.add(rows.getString(1));
      }
    }
    return texts;
  }
}
