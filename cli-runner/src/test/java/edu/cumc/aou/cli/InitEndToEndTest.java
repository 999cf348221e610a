package edu.cumc.aou.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import edu.cumc.aou.cli.Site.Result;
import edu.cumc.aou.cli.runtime.H2Urls;
import edu.cumc.aou.simulator.salesforce.SalesforceSimulator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class InitEndToEndTest {

  @TempDir Path directory;
  private Site site;

  @BeforeEach
  void open() {
    site = new Site(directory, 20);
  }

  @AfterEach
  void close() {
    site.close();
  }

  @Test
  void init_createsTheTablesOnce() throws IOException {
    assertThat(site.run("status").exitCode()).isEqualTo(3);

    Result first = site.run("init");
    Result second = site.run("init", "--json");

    assertThat(first.exitCode()).as(first.err()).isZero();
    assertThat(first.out()).contains("ready", "aou-sync check");
    assertThat(new ObjectMapper().readTree(second.out()).at("/done/0").asText())
        .contains("current");
    assertThat(site.run("status").out()).contains("No runs yet");
    assertThat(directory.resolve("aou-sync-store.mv.db")).isRegularFile();
  }

  @Test
  void commandsThatAskTheStore_makeNoneWhereThereIsNone() throws IOException {
    for (String[] command :
        List.of(
            new String[] {"status"},
            new String[] {"failures"},
            new String[] {"purge"},
            new String[] {"release", "P000000001"},
            new String[] {"report", "--out", "run.html"})) {
      Result result = site.run(command);

      assertThat(result.exitCode()).isEqualTo(3);
      assertThat(result.err())
          .contains("no store", "aou-sync-store.mv.db", "aou-sync init", "--config");
    }
    assertThat(filesOfTheStore()).isEmpty();
  }

  @Test
  void init_saysWhereTheStoreIs_whereNoConfigurationNamesIt() throws IOException {
    assertThat(site.run("init").out()).doesNotContain("no configuration file");
    Files.delete(directory.resolve("aou-sync.conf"));
    Files.delete(directory.resolve("aou-sync-store.mv.db"));

    Result result = site.run("init");

    assertThat(result.exitCode()).isZero();
    assertThat(result.out())
        .contains("no configuration file", "aou-sync-store.mv.db in the working directory");
  }

  @Test
  void theDatabaseOfTheStore_writesNoLogOfItsOwn() throws IOException {
    assertThat(site.run("sync").exitCode()).isEqualTo(3);

    assertThat(filesOfTheStore()).containsExactly("aou-sync-store.mv.db");
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "it has other permissions")
  void theFileOfTheStore_isForItsOwnerOnly() throws IOException {
    site.run("init");

    assertThat(Files.getPosixFilePermissions(directory.resolve("aou-sync-store.mv.db")))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
  }

  private List<String> filesOfTheStore() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .map(f -> f.getFileName().toString())
          .filter(n -> n.startsWith("aou-sync-store"))
          .toList();
    }
  }

  @Test
  void init_needsTheStoreOnly() {
    site.configure("contact.account-id = nonsense\nsource.jdbc-url = nonsense");

    assertThat(site.run("init").exitCode()).isZero();
    assertThat(site.run("sync").exitCode()).isEqualTo(3);
  }

  @Test
  void print_showsTheSqlAndChangesNothing() {
    Result result = site.run("init", "--print");

    assertThat(result.exitCode()).isZero();
    assertThat(result.out()).contains("CREATE TABLE", "sync_change", "Contact_PMI");
    assertThat(site.run("status").exitCode()).isEqualTo(3);
  }

  /** A DBA runs it on a server that the person who prints it may not even reach. */
  @Test
  void print_ofSqlServer_isGuardedAndInOneTransaction() {
    site.configure(
        "store { jdbc-url = \"jdbc:sqlserver://127.0.0.1:1;databaseName=aou\", user = u, password ="
            + " invented }");

    Result tables = site.run("init", "--print");
    assertThat(tables.exitCode()).as(tables.err()).isZero();
    assertThat(tables.out())
        .contains("SET XACT_ABORT ON", "BEGIN TRANSACTION", "COMMIT TRANSACTION")
        .contains("IF NOT EXISTS (SELECT 1 FROM", "CONSTRAINT pk_sync_run", "CONSTRAINT df_")
        .containsPattern("CONSTRAINT ck_sync_run\\w* CHECK");

    assertThat(site.run("init", "--print-grants").out())
        .contains("GRANT SELECT, INSERT, UPDATE, DELETE ON [dbo].[sync_decision]", "[healthpro]");
    assertThat(site.run("init", "--print-showplan").out())
        .contains("SET SHOWPLAN_ALL ON", "total_logical_reads");
    assertThat(site.run("init", "--print", "--print-grants").exitCode()).isEqualTo(2);
  }

  @Test
  void tableOfSomebodyElse_isKeptUnderAnotherName() throws SQLException {
    execute("CREATE SCHEMA \"dbo\"");
    execute("CREATE TABLE \"dbo\".\"Relationship\" (shoe_size INT)");
    execute("INSERT INTO \"dbo\".\"Relationship\" VALUES (44)");

    Result refused = site.run("init");
    assertThat(refused.exitCode()).isEqualTo(3);
    assertThat(refused.err()).contains("Relationship", "--adopt-tables", "Nothing was changed");

    Result adopted = site.run("init", "--adopt-tables");
    assertThat(adopted.exitCode()).as(adopted.err()).isZero();
    assertThat(adopted.out()).contains("Relationship is now called Relationship_before_sync");
    assertThat(execute("SELECT shoe_size FROM \"dbo\".\"Relationship_before_sync\"")).isEqualTo(44);
    assertThat(site.run("sync", "--initial-load").exitCode()).isZero();
  }

  @Test
  void storeOfAnotherOrg_isRefusedUntilItIsBoundAnew() {
    site.run("init");
    assertThat(site.run("sync", "--initial-load").exitCode()).isZero();
    try (SalesforceSimulator other =
        SalesforceSimulator.builder().clock(site.time).organizationId("00DHx0000000099").start()) {
      site.environment.put("AOU_SALESFORCE_LOGIN_URL", other.url());
      site.environment.put("AOU_EXPECTED_ORG_ID", other.credentials().organizationId());

      Result refused = site.run("sync", "--initial-load");
      assertThat(refused.exitCode()).isEqualTo(3);
      assertThat(refused.err()).contains("another Salesforce org", "--rebind");

      assertThat(site.run("init", "--rebind").out()).contains("forgotten");
      Result bound = site.run("sync", "--initial-load");
      assertThat(bound.exitCode()).as(bound.err()).isZero();
      assertThat(other.records("Contact").filter(c -> c.containsKey("HP_PMI_ID__c"))).isNotEmpty();
    }
  }

  @Test
  void runsOfAForgottenOrg_keepTheirCounts_andSayWhyTheyKnowNoMore() throws Exception {
    site.run("init");
    Result first = site.run("sync", "--initial-load", "--json");
    assertThat(first.exitCode()).isZero();
    String pmiId =
        site.org
            .records("Contact")
            .map(c -> c.get("HP_PMI_ID__c"))
            .filter(Objects::nonNull)
            .map(Object::toString)
            .findFirst()
            .orElseThrow();
    String rows = rows(site.run("status", "1"));
    assertThat(site.run("plan", "--out", "plan.json").exitCode()).isZero();
    assertThat(site.run("disclosures", pmiId).out()).contains("2 disclosures");

    Result rebound = site.run("init", "--rebind");

    assertThat(rebound.out()).contains("undo and disclosures know nothing of them any more");
    assertThat(rows(site.run("status", "1"))).isEqualTo(rows).doesNotContain("does not hold");
    assertThat(site.run("disclosures", pmiId).out())
        .contains("The runs up to 2 are of an org that the store has forgotten");
    assertThat(site.run("forget", pmiId, "--yes", "--unseen").out())
        .contains("other orgs: what the runs up to 2 sent is not kept")
        .doesNotContain("nothing of them was sent");
    Result undo = site.run("undo", "1");
    assertThat(undo.exitCode()).isEqualTo(3);
    assertThat(undo.err()).contains("an org that this store has forgotten");
    for (String[] command :
        new String[][] {
          {"sync", "--plan", "plan.json"}, {"approve", "plan.json"}, {"approve", "2"}
        }) {
      Result plan = site.run(command);
      assertThat(plan.exitCode()).isEqualTo(3);
      assertThat(plan.err())
          .contains("forgotten the org of plan 2", "aou-sync plan --out FILE")
          .doesNotContain("somebody");
    }
  }

  /** Where the rows of a run went. */
  private static String rows(Result status) {
    int begin = status.out().indexOf("Where the rows went");
    return status.out().substring(begin, status.out().indexOf("\n\n", begin));
  }

  /** Runs a statement in the store; gives the first number of a query, 0 for anything else. */
  private int execute(String sql) throws SQLException {
    String url = H2Urls.ofFile(directory.resolve("aou-sync-store"));
    try (Connection connection = DriverManager.getConnection(url, "sa", "");
        Statement statement = connection.createStatement()) {
      if (!statement.execute(sql)) {
        return 0;
      }
      try (ResultSet rows = statement.getResultSet()) {
        return rows.next() ? rows.getInt(1) : 0;
      }
    }
  }
}
