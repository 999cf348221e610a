package edu.cumc.aou.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import edu.cumc.aou.cli.Site.Result;
import edu.cumc.aou.simulator.salesforce.org.JourneyFaults;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Contacts with more journeys than one, or journeys without a Contact: who is told, and decides.
 */
class AnomaliesEndToEndTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path directory;
  private Site site;

  @AfterEach
  void close() {
    site.close();
  }

  private JsonNode json(String... args) throws Exception {
    return JSON.readTree(site.run(args).out());
  }

  private static int open(JsonNode report, String kind) {
    for (JsonNode anomaly : report.path("anomalies")) {
      if (anomaly.path("kind").asText().equals(kind)) {
        return anomaly.path("open").asInt();
      }
    }
    return 0;
  }

  @Test
  void sync_journeysThatComeTwice_areToldByTheSameRun_andNotPromisedForTheNext() throws Exception {
    site =
        new Site(
            directory, 30, false, org -> org.journeyFaults(JourneyFaults.NONE.withDoubled(1, 7)));
    site.run("init");

    Result first = site.run("sync", "--initial-load");

    assertThat(first.exitCode()).isEqualTo(5);
    assertThat(first.out()).contains("SEVERAL_JOURNEYS").doesNotContain("the next sync sends them");
    assertThat(first.out()).contains("aou-sync anomalies --show-ids");
    JsonNode report = json("status", "--json", "1");
    int doubled = open(report, "SEVERAL_JOURNEYS");
    assertThat(doubled).isPositive();
    assertThat(report.path("journeys").path("held").asInt()).isEqualTo(doubled);
    assertThat(report.path("journeys").path("notAttempted").asInt()).isZero();
    JsonNode second = json("sync", "--json");
    assertThat(second.path("journeys").path("held").asInt()).isEqualTo(doubled);
  }

  private void siteWithDoubledJourneys() {
    site =
        new Site(
            directory, 30, false, org -> org.journeyFaults(JourneyFaults.NONE.withDoubled(1, 7)));
    site.run("init");
    assertThat(site.run("sync", "--initial-load").exitCode()).isEqualTo(5);
  }

  @Test
  void anomalies_namesNobodyUnasked_andListsRecordsOnRequest() throws Exception {
    siteWithDoubledJourneys();

    Result plain = site.run("anomalies");

    assertThat(plain.exitCode()).isZero();
    assertThat(plain.out())
        .contains("SEVERAL_JOURNEYS  25", "since 2026-01-05", "--keep JOURNEY_ID");
    assertThat(site.personalData()).noneMatch(plain.out()::contains);
    JsonNode records = json("anomalies", "--show-ids", "--json").path("records");
    assertThat(records).hasSize(25);
    assertThat(records.get(0).path("contacts").get(0).path("journeys")).hasSize(2);
    assertThat(records.get(0).path("sinceRun").asInt()).isEqualTo(1);
    assertThat(site.run("anomalies", "--show-ids").out())
        .contains(records.get(0).path("pmiId").asText() + "  SEVERAL_JOURNEYS since run 1");
    assertThat(site.run("anomalies", "--kind", "ORPHAN_JOURNEY").out())
        .contains("No anomaly is open.");
  }

  @Test
  void keep_nextSyncWritesToThatJourneyOnly_untilTakenBack() throws Exception {
    siteWithDoubledJourneys();
    JsonNode first = json("anomalies", "--show-ids", "--json").path("records").get(0);
    String pmiId = first.path("pmiId").asText();
    JsonNode journeys = first.path("contacts").get(0).path("journeys");
    String kept = journeys.get(1).asText();
    String other = journeys.get(0).asText();
    assertThat(site.run("anomalies", pmiId, "--keep", other.replace('0', '9')).exitCode())
        .isEqualTo(3);

    Result noted = site.run("anomalies", pmiId, "--keep", kept, "--why", "the older one");
    JsonNode next = JSON.readTree(site.nextMorning("sync", "--json").out());

    assertThat(noted.exitCode()).isZero();
    assertThat(next.path("journeys").path("updated").asInt()).isEqualTo(1);
    assertThat(next.path("ids").path("complete").asInt()).isEqualTo(1);
    assertThat(site.record("Opportunity", kept)).containsKey("HP_Participant_Status__c");
    assertThat(site.record("Opportunity", other)).doesNotContainKey("HP_Participant_Status__c");
    assertThat(open(next, "SEVERAL_JOURNEYS")).isEqualTo(25);
    JsonNode third = JSON.readTree(site.nextMorning("sync", "--json").out());
    assertThat(third.path("journeys").path("updated").asInt()).isZero();
    assertThat(third.path("journeys").path("held").asInt()).isEqualTo(24);
    assertThat(site.run("anomalies", "--show-ids").out()).contains("keep " + kept, "the older one");

    site.run("anomalies", pmiId, "--take-back");
    JsonNode fourth = JSON.readTree(site.nextMorning("sync", "--json").out());
    assertThat(fourth.path("journeys").path("held").asInt()).isEqualTo(25);
    assertThat(fourth.path("ids").path("complete").asInt()).isZero();
  }

  @Test
  void keep_outlivesWhatIsSaidOfAll() throws Exception {
    siteWithDoubledJourneys();
    JsonNode first = json("anomalies", "--show-ids", "--json").path("records").get(0);
    String pmiId = first.path("pmiId").asText();
    String kept = first.path("contacts").get(0).path("journeys").get(1).asText();
    site.run("anomalies", pmiId, "--keep", kept);

    assertThat(site.run("acknowledge", "--all").out()).contains("24 anomalies");
    site.run("acknowledge", pmiId);
    site.run("acknowledge", "--all", "--take-back");
    site.run("anomalies", "--kind", "SEVERAL_JOURNEYS", "--ignore");
    site.run("anomalies", "--kind", "SEVERAL_JOURNEYS", "--take-back");

    assertThat(site.run("anomalies", "--show-ids").out()).contains("keep " + kept);
    assertThat(JSON.readTree(site.nextMorning("sync", "--json").out()).at("/journeys/held").asInt())
        .isEqualTo(24);

    site.run("anomalies", pmiId, "--ignore");
    assertThat(JSON.readTree(site.nextMorning("sync", "--json").out()).at("/journeys/held").asInt())
        .isEqualTo(25);
  }

  @Test
  void ignoreAndWait_areNoNews_untilTheirDay() throws Exception {
    siteWithDoubledJourneys();
    assertThat(
            site.run("anomalies", "--kind", "SEVERAL_JOURNEYS", "--wait-until", "2026-01-08")
                .exitCode())
        .isZero();

    assertThat(site.nextMorning("sync").exitCode()).isZero();
    assertThat(site.nextMorning("sync").exitCode()).isZero();
    assertThat(site.nextMorning("sync").exitCode()).as("the day has come").isEqualTo(5);

    site.run("anomalies", "--kind", "SEVERAL_JOURNEYS", "--ignore");
    assertThat(site.nextMorning("sync").exitCode()).isZero();
    assertThat(site.nextMorning("sync", "--strict").exitCode()).isEqualTo(5);
  }

  @Test
  void decisions_needSomebodyOrAKind_andADayToCome() {
    siteWithDoubledJourneys();
    assertThat(site.run("anomalies", "--ignore").exitCode()).isEqualTo(2);
    assertThat(site.run("anomalies", "--kind", "SEVERAL_JOURNEYS", "--keep", "x").exitCode())
        .isEqualTo(2);
    assertThat(
            site.run("anomalies", "--kind", "SEVERAL_JOURNEYS", "--wait-until", "2026-01-05")
                .exitCode())
        .isEqualTo(2);
    assertThat(site.run("anomalies", "--kind", "MISSING_JOURNEY", "--ignore").exitCode())
        .isEqualTo(3);
  }

  @Test
  void journeyThatLosesItsContact_isAnOrphan_alsoOfSomebodyWhoLeftTheSource() throws Exception {
    site = new Site(directory, 30);
    site.run("init");
    assertThat(site.run("sync", "--initial-load").exitCode()).isZero();
    List<Map<String, Object>> contacts =
        site.org.records("Contact").filter(c -> c.get("HP_PMI_ID__c") != null).toList();
    String deleted = String.valueOf(contacts.get(0).get("Id"));
    String left = String.valueOf(contacts.get(1).get("HP_PMI_ID__c"));
    String journeyOfDeleted = journeyOf(deleted);
    site.source("DELETE FROM dbo.healthpro WHERE [PMI ID] = '" + left + "'");
    site.org.create(
        "Opportunity",
        Map.of(
            "Name",
            "Second",
            "StageName",
            "New",
            "CloseDate",
            LocalDate.parse("2026-06-01"),
            "Contact__c",
            contacts.get(1).get("Id")));
    site.org.delete(deleted);

    JsonNode next = JSON.readTree(site.nextMorning("sync", "--json").out());

    assertThat(open(next, "ORPHAN_JOURNEY")).isEqualTo(1);
    assertThat(open(next, "SEVERAL_JOURNEYS")).isEqualTo(1);
    String listed = site.run("anomalies", "--show-ids").out();
    assertThat(listed)
        .contains(
            contacts.get(0).get("HP_PMI_ID__c") + "  ORPHAN_JOURNEY " + journeyOfDeleted,
            left + "  SEVERAL_JOURNEYS");
    JsonNode full = JSON.readTree(site.nextMorning("sync", "--full", "--json").out());
    assertThat(open(full, "ORPHAN_JOURNEY")).isEqualTo(1);

    site.org.delete(journeyOfDeleted);
    site.org.erase(journeyOfDeleted);
    JsonNode third = JSON.readTree(site.nextMorning("sync", "--full", "--json").out());
    assertThat(open(third, "ORPHAN_JOURNEY")).isZero();
  }

  private String journeyOf(String contact) {
    return site.org
        .records("Opportunity")
        .filter(o -> contact.equals(o.get("Contact__c")))
        .map(o -> String.valueOf(o.get("Id")))
        .findFirst()
        .orElseThrow();
  }
}
