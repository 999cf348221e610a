package edu.cumc.aou.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import edu.cumc.aou.cli.Site.Result;
import edu.cumc.aou.sync.model.PmiId;
import edu.cumc.aou.sync.port.HoldTable;
import edu.cumc.aou.sync.port.HoldTable.Hold;
import edu.cumc.aou.sync.port.SyncStore;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A withdrawal reaches Salesforce, or the run says that it does not, whatever a person decided
 * before about the participant.
 */
@Tag("slow")
class UnsentWithdrawalEndToEndTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String STATUS = "HP_Withdrawal_Status__c";
  private static final String NOT_REACHED = "the withdrawal has not reached Salesforce";

  @TempDir private Path directory;
  private Site site;
  private String contact = "";
  private String pmiId = "";
  private String journey = "";

  @AfterEach
  void close() {
    site.close();
  }

  private void open() {
    site = new Site(directory, 30, false, org -> org.pmiFieldUnique(false));
    site.run("init");
    assertThat(site.run("sync", "--initial-load").exitCode()).isZero();
    Enrolled enrolled = Enrolled.firstOf(site);
    contact = enrolled.contact();
    pmiId = enrolled.pmiId();
    journey = enrolled.journey();
  }

  private List<Map<String, Object>> journeys() {
    return site.org
        .records("Opportunity")
        .filter(o -> contact.equals(o.get("Contact__c")))
        .toList();
  }

  private String secondJourney() {
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
            contact));
    return journeys().stream()
        .map(j -> String.valueOf(j.get("Id")))
        .filter(id -> !id.equals(journey))
        .findFirst()
        .orElseThrow();
  }

  private void withdraw() {
    site.source(
        "UPDATE dbo.healthpro SET [Withdrawal Status] = 1 WHERE [PMI ID] = '" + pmiId + "'");
  }

  private void decide(String kind, String decision) {
    assertThat(site.nextMorning("sync").exitCode()).isEqualTo(5);
    String[] words = decision.split(" ");
    Result noted =
        words.length == 1
            ? site.run("anomalies", "--kind", kind, words[0])
            : site.run("anomalies", "--kind", kind, words[0], words[1]);
    assertThat(noted.exitCode()).as(noted.err()).isZero();
    assertThat(site.nextMorning("sync").exitCode()).as("decided").isZero();
  }

  private void assertTold(String reason) throws Exception {
    for (int morning = 1; morning <= 2; morning++) {
      Result sync = site.nextMorning("sync", "--json");
      JsonNode report = JSON.readTree(sync.out());
      assertThat(sync.exitCode()).isEqualTo(5);
      assertThat(report.at("/held/journey.withdrawal-" + reason).asInt()).isEqualTo(1);
      assertThat(report.at("/journeys/frozen").asInt()).isZero();
      assertThat(report.at("/contacts/held").asInt()).isEqualTo(1);
    }
    assertThat(site.nextMorning("sync").out()).contains(NOT_REACHED);
    assertThat(site.run("failures", "--show-pmi-ids").out())
        .contains(pmiId, "held", "withdrawal-" + reason, NOT_REACHED);
    assertThat(site.run("explain", pmiId).out())
        .contains("withdrawal-" + reason, NOT_REACHED)
        .doesNotContain("frozen");
    assertThat(site.run("acknowledge", "--rule", "withdrawal-" + reason).exitCode()).isNotZero();
    assertThat(site.nextMorning("sync").exitCode()).isEqualTo(5);
  }

  private void assertReaches(String id) {
    Result sync = site.nextMorning("sync");
    assertThat(sync.exitCode()).as(sync.out()).isZero();
    assertThat(site.record("Opportunity", id)).containsEntry(STATUS, true);
    assertThat(site.nextMorning("sync").out()).doesNotContain(NOT_REACHED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"--ignore", "--wait-until 2026-12-31"})
  void severalJourneys_ofADecidedAnomaly_areToldUntilOneIsKept(String decision) throws Exception {
    open();
    String second = secondJourney();
    decide("SEVERAL_JOURNEYS", decision);
    withdraw();

    assertTold("several-journeys");

    assertThat(site.run("anomalies", pmiId, "--keep", second).exitCode()).isZero();
    assertReaches(second);
  }

  @Test
  void severalJourneys_ofAnIgnoredAnomaly_areToldUntilTheSurplusOneGoes() throws Exception {
    open();
    String second = secondJourney();
    decide("SEVERAL_JOURNEYS", "--ignore");
    withdraw();
    assertTold("several-journeys");

    site.org.delete(second);

    assertReaches(journey);
  }

  @Test
  void severalJourneys_thatAllShowTheWithdrawal_needNobody() {
    open();
    withdraw();
    assertReaches(journey);
    String second = secondJourney();
    site.org.edit(second, Map.of(STATUS, site.record("Opportunity", journey).get(STATUS)));
    assertThat(site.nextMorning("sync").exitCode()).isEqualTo(5);
    site.run("anomalies", pmiId, "--ignore");

    Result sync = site.nextMorning("sync");

    assertThat(sync.exitCode()).as(sync.out()).isZero();
  }

  @Test
  void keptJourney_thatIsDeleted_leavesTheOthersInDoubt() throws Exception {
    open();
    String second = secondJourney();
    secondJourney();
    assertThat(site.nextMorning("sync").exitCode()).isEqualTo(5);
    site.run("anomalies", pmiId, "--keep", second);
    assertThat(site.nextMorning("sync").exitCode()).isZero();
    withdraw();
    site.org.delete(second);

    assertTold("several-journeys");
  }

  @Test
  void severalContacts_ofAnIgnoredAnomaly_areToldUntilOneIsKept() throws Exception {
    open();
    site.org.create(
        "Contact",
        Map.of("LastName", "Doubled", "HP_PMI_ID__c", pmiId, "AccountId", site.org.accountId()));
    decide("DOUBLED_PMI_ID", "--ignore");
    withdraw();

    assertTold("doubled-pmi-id");

    assertThat(site.run("anomalies", pmiId, "--keep", contact).exitCode()).isZero();
    assertReaches(journey);
  }

  @Test
  void missingJourney_ofAnAnomalyThatWaits_isToldUntilItIsThere() throws Exception {
    open();
    site.org.delete(journey);
    decide("MISSING_JOURNEY", "--wait-until 2026-12-31");
    withdraw();

    assertTold("missing-journey");

    assertReaches(secondJourney());
  }

  @Test
  void journeyThatLostItsContact_ofADecidedAnomaly_isToldUntilItIsBack() throws Exception {
    open();
    site.org.edit(journey, Map.of("Contact__c", ""));
    assertThat(site.nextMorning("sync").exitCode()).isEqualTo(5);
    site.run("anomalies", pmiId, "--ignore");
    assertThat(site.nextMorning("sync").exitCode()).isZero();
    withdraw();

    assertTold("missing-journey");

    site.org.edit(journey, Map.of("Contact__c", contact));
    assertReaches(journey);
  }

  @Test
  void contactWithAnotherPmiId_ofADecidedAnomaly_isTold() throws Exception {
    open();
    site.org.edit(contact, Map.of("HP_PMI_ID__c", "P099999999"));
    assertThat(site.nextMorning("sync").exitCode()).isEqualTo(5);
    site.run("anomalies", pmiId, "--ignore");
    withdraw();

    assertTold("key-changed");

    site.org.edit(contact, Map.of("HP_PMI_ID__c", pmiId));
    site.nextMorning("sync");
    assertThat(site.record("Opportunity", journey)).containsEntry(STATUS, true);
  }

  @Test
  void contactWithoutItsPmiId_ofADecidedAnomaly_isToldUntilItIsBack() throws Exception {
    open();
    site.org.edit(contact, Map.of("HP_PMI_ID__c", ""));
    assertThat(site.nextMorning("sync").exitCode()).isEqualTo(5);
    site.run("anomalies", pmiId, "--ignore");
    assertThat(site.nextMorning("sync").exitCode()).isZero();
    withdraw();

    assertTold("no-contact");

    site.org.edit(contact, Map.of("HP_PMI_ID__c", pmiId));
    assertReaches(journey);
  }

  /** With its Contact, a journey loses the link to it, and stays. */
  @ParameterizedTest
  @ValueSource(strings = {"ticked", "deleted", "restored"})
  void journeyOfADeletedContact_ofDecidedAnomalies_isToldUntilItShowsIt(String mended)
      throws Exception {
    open();
    site.org.edit(journey, Map.of("Contact__c", ""));
    site.org.delete(contact);
    assertThat(site.nextMorning("sync").exitCode()).isEqualTo(5);
    site.run("anomalies", pmiId, "--ignore");
    site.nextMorning("sync");
    site.run("anomalies", pmiId, "--ignore");
    withdraw();

    assertTold("orphan-journey");

    switch (mended) {
      case "ticked" -> site.org.edit(journey, Map.of(STATUS, true));
      case "deleted" -> site.org.delete(journey);
      default -> {
        site.org.undelete(contact);
        site.org.edit(journey, Map.of("Contact__c", contact));
        assertReaches(journey);
      }
    }
    site.nextMorning("sync", mended.equals("ticked") ? "--full" : "--strict");
    Result sync = site.nextMorning("sync");
    assertThat(sync.exitCode()).as(sync.out()).isZero();
    assertThat(sync.out()).doesNotContain(NOT_REACHED);
  }

  @Test
  void holds_stopNoWithdrawal() {
    open();
    List<Map<String, Object>> people =
        site.org.records("Contact").filter(c -> c.get("HP_PMI_ID__c") != null).toList();
    List<HoldTable.Kind> kinds =
        List.of(HoldTable.Kind.UNDO, HoldTable.Kind.QUARANTINE, HoldTable.Kind.REVIEW);
    List<String> journeys = new ArrayList<>();
    for (int i = 0; i < kinds.size(); i++) {
      contact = String.valueOf(people.get(i).get("Id"));
      pmiId = String.valueOf(people.get(i).get("HP_PMI_ID__c"));
      journeys.add(String.valueOf(journeys().get(0).get("Id")));
      try (SyncStore store = site.openStore()) {
        Instant since = Instant.parse("2026-01-05T09:00:00Z");
        store
            .holds()
            .put(List.of(new Hold(new PmiId(pmiId), kinds.get(i), "invented", since, null)));
      }
      withdraw();
    }

    site.nextMorning("sync");

    assertThat(journeys)
        .allSatisfy(id -> assertThat(site.record("Opportunity", id)).containsEntry(STATUS, true));
  }
}
