package edu.cumc.aou.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import edu.cumc.aou.cli.Site.Result;
import edu.cumc.aou.sync.port.LeaseTable;
import edu.cumc.aou.sync.port.SyncStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SyncEndToEndTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path directory;
  private Site site;

  @BeforeEach
  void open() {
    site = new Site(directory, 60);
    assertThat(site.run("init").exitCode()).isZero();
  }

  @AfterEach
  void close() {
    site.close();
  }

  @Test
  void firstSync_givesEveryContactOneJourneyAndCompleteIds() throws IOException {
    Result result = site.run("sync", "--initial-load", "--json");

    assertThat(result.exitCode()).as(result.err()).isZero();
    JsonNode report = JSON.readTree(result.out());
    long inserted = report.at("/contacts/inserted").asLong();
    assertThat(inserted).isPositive();
    assertThat(contacts()).isEqualTo(inserted);
    Map<Object, Integer> journeys = new HashMap<>();
    site.org
        .records("Opportunity")
        .forEach(o -> journeys.merge(o.get("Contact__c"), 1, Integer::sum));
    assertThat(journeys).hasSize((int) inserted).allSatisfy((c, n) -> assertThat(n).isOne());
    assertThat(report.at("/ids/complete").asLong()).isEqualTo(inserted);
    assertThat(report.at("/contacts/holds").asBoolean()).isTrue();
    assertThat(report.at("/journeys/holds").asBoolean()).isTrue();
  }

  @Test
  void secondSync_plansNothing() throws IOException {
    site.run("sync", "--initial-load");
    String before = site.finalDatabases();

    JsonNode report = JSON.readTree(site.run("sync", "--json").out());

    assertThat(report.at("/state").asText()).isEqualTo("done");
    assertThat(report.at("/planned")).isEmpty();
    assertThat(site.finalDatabases()).isEqualTo(before);
  }

  @Test
  void everyDay_endsWithNothingLeftToSend() {
    site.run("sync", "--initial-load");
    for (int day = 8; day <= 15; day += 7) {
      site.day(day);
      assertThat(site.run("plan").out()).contains("What a sync would send");
      assertThat(site.run("sync").exitCode()).isZero();
      assertThat(site.run("plan").out()).contains("Nothing to send");
    }
  }

  @Test
  void sync_printsBalanceStepsAndCost() {
    Result result = site.run("sync", "--initial-load");

    assertThat(result.out())
        .contains("Where the rows went", "Every row is accounted for.", "What it cost")
        .contains("inserted", "rows read", "Ids: ");
    assertThat(result.err())
        .contains("Run 1 (sync) begins", "Sending Contacts: ", "Waiting for journeys: ");
  }

  @Test
  void sync_onATerminalShowsTheSameSteps() {
    site.interactive(true);

    assertThat(site.run("sync", "--initial-load").err()).contains("Sending Contacts: ");
  }

  @Test
  void noCommand_printsPersonalData() {
    StringBuilder printed = new StringBuilder();
    for (String[] command :
        new String[][] {
          {"check"},
          {"plan", "--initial-load"},
          {"sync", "--initial-load", "--verbose"},
          {"sync", "--json"},
          {"status"},
          {"status", "2"}
        }) {
      Result result = site.run(command);
      printed.append(result.out()).append(result.err());
    }

    assertThat(site.personalData()).hasSizeGreaterThan(100);
    assertThat(site.personalData()).noneMatch(printed.toString()::contains);
    assertThat(printed.toString()).doesNotContain(site.org.credentials().password());
  }

  @Test
  void plan_changesNothingInSalesforce() {
    String before = site.org.fingerprint();

    Result plan = site.run("plan", "--initial-load");
    Result dryRun = site.run("sync", "--dry-run", "--initial-load");

    assertThat(plan.exitCode()).isZero();
    assertThat(plan.out()).contains("What a sync would send", "Contact  insert");
    assertThat(dryRun.out()).contains("What a sync would send");
    assertThat(site.org.fingerprint()).isEqualTo(before);
  }

  @Test
  void firstSyncWithoutInitialLoad_ofMoreThanAllowedIsGuarded() {
    site.configure("guards.max-inserts.number = 5");

    Result result = site.run("sync");

    assertThat(result.exitCode()).isEqualTo(6);
    assertThat(result.out())
        .contains("guards.max-inserts", "--initial-load", "Nothing was changed");
    assertThat(contacts()).isZero();
  }

  @Test
  void halfLoadedSource_isGuarded() {
    site.run("sync", "--initial-load");
    site.source.keepShare(0.5);
    String before = site.finalDatabases();

    Result result = site.run("sync");

    assertThat(result.exitCode()).isEqualTo(6);
    assertThat(result.out()).contains("guards.max-shrink");
    assertThat(site.finalDatabases()).isEqualTo(before);
  }

  @Test
  void leaseHeld_isReportedWithItsHolder() {
    try (SyncStore store = site.openStore()) {
      LeaseTable.LeaseAnswer answer =
          store.lease().acquire("another program", Duration.ofMinutes(5));
      assertThat(answer).isInstanceOf(LeaseTable.Granted.class);

      Result result = site.run("sync", "--initial-load");

      assertThat(result.exitCode()).isEqualTo(7);
      assertThat(result.err()).contains("another program");
      assertThat(contacts()).isZero();
    }
  }

  @Test
  void status_listsRunsAndShowsOne() throws IOException {
    site.run("plan", "--initial-load");
    site.run("sync", "--initial-load");

    Result list = site.run("status");
    assertThat(list.out()).contains("Run", "plan", "planned", "sync", "done");
    assertThat(JSON.readTree(site.run("status", "--json").out()).at("/runs")).hasSize(2);
    assertThat(site.run("status", "2").out()).contains("Run 2 (sync): done", "inserted");
    Result unknown = site.run("status", "99");
    assertThat(unknown.exitCode()).isEqualTo(3);
    assertThat(unknown.err()).contains("no run 99");
  }

  @Test
  void anomaly_givesExitCode5_untilItIsAcknowledged_andThenWithStrictOnly() {
    site.run("sync", "--initial-load");
    String victim = site.org.records("Contact").map(c -> c.get("Id").toString()).findFirst().get();
    site.org.delete(victim);
    site.time.advanceTo(site.time.instant().plus(Duration.ofHours(1)));

    Result open = site.run("sync");

    assertThat(open.exitCode()).isEqualTo(5);
    assertThat(open.out()).contains("Open anomalies", "DELETED_CONTACT", "mend them in Salesforce");

    assertThat(site.run("acknowledge", "--rule", "DELETED_CONTACT").exitCode()).isZero();
    // its journey lost its Contact, which is another thing to mend
    assertThat(site.run("sync").exitCode()).isEqualTo(5);
    assertThat(site.run("acknowledge", "--rule", "ORPHAN_JOURNEY").exitCode()).isZero();
    Result known = site.run("sync");
    assertThat(known.exitCode()).as(known.out()).isZero();
    assertThat(known.out()).contains("1 acknowledged").doesNotContain("mend them");
    assertThat(site.run("sync", "--strict").exitCode()).isEqualTo(5);
  }

  private long contacts() {
    return site.org.records("Contact").filter(c -> c.containsKey("HP_PMI_ID__c")).count();
  }
}
