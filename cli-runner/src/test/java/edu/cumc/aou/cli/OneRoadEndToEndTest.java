package edu.cumc.aou.cli;

import static org.assertj.core.api.Assertions.assertThat;

import edu.cumc.aou.cli.Site.Result;
import edu.cumc.aou.simulator.salesforce.fault.DeclaredFault;
import edu.cumc.aou.simulator.salesforce.fault.Fault;
import edu.cumc.aou.simulator.source.SourceSimulator;
import edu.cumc.aou.sync.testing.FaultyProxy;
import edu.cumc.aou.sync.testing.FaultyProxy.How;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a row holds, and whatever Salesforce makes of it: the others arrive. */
class OneRoadEndToEndTest {

  private static final String JOBS = "bulk { threshold = 5, rows-per-job = 20 }";

  @TempDir private Path directory;
  private Site site;

  @BeforeEach
  void start() {
    site = new Site(directory, 40);
    site.run("init");
  }

  @AfterEach
  void close() {
    site.close();
  }

  /** Gives this last name to a person that the sync would create; returns the PMI ID. */
  private String renameOne(String lastName) throws SQLException {
    try (Connection source =
            DriverManager.getConnection(SourceSimulator.h2Url(directory), "sa", "");
        Statement statement = source.createStatement()) {
      String pmiId;
      try (ResultSet row =
          statement.executeQuery(
              "SELECT MIN([PMI ID]) FROM dbo.healthpro"
                  + " WHERE [Paired Organization] LIKE 'COLUMBIA%' AND [Withdrawal Status] = '0'"
                  + " AND [Participant Status] LIKE 'Participant%'")) {
        assertThat(row.next()).isTrue();
        pmiId = row.getString(1);
      }
      assertThat(
              statement.executeUpdate(
                  "UPDATE dbo.healthpro SET [Last Name] = '"
                      + lastName
                      + "' WHERE [PMI ID] = '"
                      + pmiId
                      + "'"))
          .isPositive();
      return pmiId;
    }
  }

  /** A row changed by hand stops the run that it belongs to, and no later one. */
  @Test
  void runWhoseRowsNobodyCanRead_isGivenUp_andTheNextSyncPlansAfresh() {
    site.configure("lease = 20ms\n");
    for (String method : List.of("POST", "PATCH")) {
      site.org
          .faults()
          .on(method, ".+/composite/.*", n -> true, Fault.unavailable(Duration.ofSeconds(1)));
    }
    assertThat(site.run("sync", "--initial-load").exitCode()).isEqualTo(4);
    site.org.faults().clear();
    site.store("UPDATE dbo.sync_change_values SET new_values = 'no JSON' WHERE seq < 3");
    site.store("UPDATE dbo.sync_change SET state = 'SENT' WHERE seq < 3");
    assertThat(site.nextMorning("sync", "--initial-load").err()).contains("aou-sync abandon 1");

    Result given = site.nextMorning("abandon", "1");

    assertThat(given.exitCode()).as(given.err()).isZero();
    Result sync = site.nextMorning("sync", "--initial-load");
    assertThat(sync.exitCode()).as(sync.err()).isZero();
    assertThat(site.org.records("Contact").map(c -> c.get("HP_PMI_ID__c")).toList())
        .isNotEmpty()
        .doesNotHaveDuplicates();
  }

  @Test
  void textThatMeansNoValueToAJob_arrivesByACall() throws SQLException {
    String somebody = renameOne("#N/A");
    site.configure(JOBS);

    Result sync = site.run("sync", "--initial-load");

    assertThat(sync.exitCode()).as(sync.err()).isZero();
    assertThat(contact(somebody)).singleElement().matches(c -> "#N/A".equals(c.get("LastName")));
    assertThat(site.run("plan").out()).contains("Nothing to send");
  }

  private List<Map<String, Object>> contact(String pmiId) {
    return site.org.records("Contact").filter(c -> pmiId.equals(c.get("HP_PMI_ID__c"))).toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "results-cut on GET /jobs/ingest/*/successfulResults",
        "error on GET /jobs/ingest/*/successfulResults status=404 code=NOT_FOUND",
        "error on PUT /jobs/ingest/*/batches status=400 code=INVALIDBATCH"
      })
  void jobsThatNeverTell_orTakeNothing_stopNoMorning(String fault) {
    site.configure(JOBS);
    DeclaredFault.parse(fault).addTo(site.org.faults());

    Result sync = site.run("sync", "--initial-load");

    assertThat(sync.exitCode()).as(sync.err()).isZero();
    assertThat(site.org.records("Contact").map(c -> c.get("HP_PMI_ID__c")).toList())
        .hasSizeGreaterThan(20)
        .doesNotHaveDuplicates();
    assertThat(site.run("plan").out()).contains("Nothing to send");
  }

  @ParameterizedTest
  @EnumSource(
      value = How.class,
      names = {"FAILED_INSIDE", "BAD_GATEWAY", "NO_ANSWER"})
  void recordWithWhichSalesforceFails_isRefused_andEverybodyElseArrives(How how)
      throws SQLException {
    String somebody = renameOne("Poison");
    try (FaultyProxy proxy = new FaultyProxy()) {
      proxy.failWritesWith("Poison", how);
      site.configure("salesforce.proxy { host = localhost, port = " + proxy.port() + " }");

      Result sync = site.run("sync", "--initial-load");

      assertThat(sync.exitCode()).as(sync.err()).isEqualTo(5);
      assertThat(contact(somebody)).isEmpty();
      assertThat(site.org.records("Contact").count()).isGreaterThan(20);
      Result failures = site.run("failures");
      assertThat(failures.out())
          .contains("1 contact refused: FAILS_INSIDE", "Salesforce fails inside");

      proxy.fail(how, r -> false);
      site.run("sync");
      assertThat(contact(somebody)).hasSize(1);
    }
  }
}
