package edu.cumc.aou.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import edu.cumc.aou.sync.port.SyncStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Staff merge a participant's Contact into one that has no PMI ID. */
class MergedContactEndToEndTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String PMI = "HP_PMI_ID__c";
  private static final String STATUS = "HP_EHR_Consent_Status__c";
  private static final String DATE = "HP_EHR_Consent_Date__c";
  private static final Set<String> COPIED =
      Set.of("LastName", "FirstName", "Email", "Phone", "Birthdate", "AccountId");

  @TempDir private Path directory;
  private Site site;
  private String lost;
  private Map<String, Object> before;

  @BeforeEach
  void open() {
    site = new Site(directory, 30);
    site.configure("contact.fields.MailingCity.policy = fill-only\n");
    site.run("init");
    assertThat(site.run("sync", "--initial-load").exitCode()).isZero();
    before =
        site.org
            .records("Contact")
            .filter(c -> c.containsKey("MailingCity") && c.containsKey("FirstName"))
            .filter(c -> "1".equals(journeyOf(c.get("Id").toString()).get(STATUS)))
            .filter(c -> journeyOf(c.get("Id").toString()).containsKey(DATE))
            .findFirst()
            .orElseThrow();
    lost = String.valueOf(before.get("Id"));
  }

  @AfterEach
  void close() {
    site.close();
  }

  private String mergeInto(Map<String, Object> survivor) {
    site.time.advanceTo(site.time.instant().plus(Duration.ofHours(2)));
    String id = site.org.create("Contact", survivor);
    site.time.advanceTo(site.time.instant().plus(Duration.ofMinutes(5)));
    // the participant's own journey is the one that goes on
    site.org
        .records("Opportunity")
        .filter(o -> id.equals(o.get("Contact__c")))
        .map(o -> String.valueOf(o.get("Id")))
        .toList()
        .forEach(site.org::delete);
    site.org.merge(id, lost);
    return id;
  }

  private JsonNode json(String... command) throws Exception {
    return JSON.readTree(site.nextMorning(command).out());
  }

  private void tablesShowWhatSalesforceHas() {
    try (SyncStore store = site.openStore()) {
      assertThat(store.ids().counts().contactPmi())
          .isEqualTo(site.org.records("Contact").filter(c -> c.containsKey(PMI)).count());
    }
  }

  @Test
  void withdrawalAfterAMergeIntoAnothersContact_isToldEachMorning_untilTheJourneyThereShowsIt()
      throws Exception {
    String journey = String.valueOf(journeyOf(lost).get("Id"));
    Map<String, Object> another =
        site.org
            .records("Contact")
            .filter(c -> c.containsKey(PMI) && !lost.equals(c.get("Id")))
            .findFirst()
            .orElseThrow();
    String survivor = String.valueOf(another.get("Id"));
    String kept = String.valueOf(journeyOf(survivor).get("Id"));
    site.time.advanceTo(site.time.instant().plus(Duration.ofHours(2)));
    site.org.merge(survivor, lost);
    assertThat(json("sync", "--json").path("exitCode").asInt()).isEqualTo(5);
    String pmiId = String.valueOf(another.get(PMI));
    assertThat(site.run("anomalies", pmiId, "--keep", kept).exitCode()).isZero();
    site.source(
        "UPDATE dbo.healthpro SET [Withdrawal Status] = '1', [Withdrawal Date] = '2025-12-30' WHERE [PMI ID] = '%s'"
            .formatted(before.get(PMI)));

    for (int day = 1; day <= 2; day++) {
      JsonNode told = json("sync", "--json");
      assertThat(told.path("exitCode").asInt()).as(told.toString()).isEqualTo(5);
      assertThat(told.at("/held/contact.withdrawal-merged").asInt()).isEqualTo(1);
    }
    assertThat(site.run("failures").out()).contains("came with it, or delete that journey");

    site.org.edit(
        journey, Map.of("HP_Withdrawal_Status__c", true, "HP_Withdrawal_Date__c", "2025-12-30"));
    JsonNode mended = json("sync", "--json");
    assertThat(mended.path("exitCode").asInt()).as(mended.toString()).isZero();
  }

  @Test
  void survivor_isReadBeforeItIsAdopted_andAnUndoGivesItBack() throws Exception {
    String survivor = mergeInto(Map.of("LastName", "Kept by staff", "MailingCity", "Kept"));

    JsonNode sync = json("sync", "--json");

    assertThat(sync.path("exitCode").asInt()).isZero();
    assertThat(sync.at("/contacts/adopted").asInt()).isEqualTo(1);
    assertThat(site.record("Contact", survivor))
        .containsEntry(PMI, before.get(PMI))
        .containsEntry("LastName", before.get("LastName"))
        .containsEntry("MailingCity", "Kept");
    tablesShowWhatSalesforceHas();

    JsonNode undo = json("undo", sync.path("run").asText(), "--json");

    assertThat(undo.at("/contacts/updated").asInt()).isEqualTo(1);
    assertThat(site.record("Contact", survivor))
        .containsEntry("LastName", "Kept by staff")
        .containsEntry("MailingCity", "Kept")
        .doesNotContainKeys(PMI, "FirstName");
    tablesShowWhatSalesforceHas();
  }

  @Test
  void survivorOfAMergeThatWasUndone_isGivenBackByAdopt() throws Exception {
    String pmiId = String.valueOf(before.get(PMI));
    String survivor = mergeInto(Map.of("LastName", "Kept by staff"));
    JsonNode adopted = json("sync", "--json");
    assertThat(adopted.at("/contacts/adopted").asInt()).isEqualTo(1);
    site.nextMorning("undo", adopted.path("run").asText());
    assertThat(site.record("Contact", survivor)).doesNotContainKey(PMI);

    Site.Result held = site.run("adopt", pmiId, survivor);
    assertThat(held.exitCode()).isEqualTo(3);
    assertThat(held.err()).contains("held", "aou-sync release PMI_ID first");
    assertThat(site.run("release", pmiId).exitCode()).isZero();
    assertThat(site.run("adopt", pmiId, survivor).exitCode()).isZero();
    JsonNode again = json("sync", "--json");

    assertThat(again.path("exitCode").asInt()).as(again.toString()).isZero();
    assertThat(site.record("Contact", survivor)).containsEntry(PMI, pmiId);
    assertThat(json("sync", "--json").path("exitCode").asInt()).isZero();
    tablesShowWhatSalesforceHas();
  }

  /** What staff wrote into the journey before the merge is read before anything is sent. */
  @Test
  void journeyOfASurvivor_keepsEachFieldsPolicy_andAnUndoGivesItBack() throws Exception {
    site.configure(
        "contact.fields.MailingCity.policy = fill-only\n"
            + "journey.fields."
            + DATE
            + ".policy = fill-only\n");
    site.nextMorning("sync");
    String journey = String.valueOf(journeyOf(lost).get("Id"));
    site.org.edit(journey, Map.of(DATE, "2001-02-03", STATUS, "0"));
    mergeInto(Map.of("LastName", "Kept by staff"));

    JsonNode sync = json("sync", "--json");

    assertThat(sync.path("exitCode").asInt()).isZero();
    assertThat(consentIn(journey)).isEqualTo("1 on 2001-02-03");
    assertThat(json("plan", "--json").at("/journeys/updated").asInt()).isZero();

    JsonNode undo = json("undo", sync.path("run").asText(), "--json");

    assertThat(undo.at("/journeys/updated").asInt()).isEqualTo(1);
    assertThat(consentIn(journey)).isEqualTo("0 on 2001-02-03");
  }

  private String consentIn(String journey) {
    Map<String, Object> record = site.record("Opportunity", journey);
    return record.get(STATUS) + " on " + record.get(DATE);
  }

  private Map<String, Object> journeyOf(String contact) {
    return site.org
        .records("Opportunity")
        .filter(o -> contact.equals(o.get("Contact__c")))
        .findFirst()
        .orElseThrow();
  }

  /** A full reading shows no deleted records, and a merged one looks as if it had been deleted. */
  @ParameterizedTest
  @ValueSource(strings = {"report", "recreate"})
  void survivor_isFollowed_whereEverythingIsReadAnew(String whenDeleted) throws Exception {
    site.configure("contact.when-deleted = " + whenDeleted + "\n");
    String survivor = mergeInto(Map.of("LastName", "Kept by staff"));
    long contacts = site.org.records("Contact").count();

    JsonNode sync = json("sync", "--full", "--json");

    assertThat(sync.path("exitCode").asInt()).isZero();
    assertThat(sync.at("/contacts/adopted").asInt()).isEqualTo(1);
    assertThat(site.record("Contact", survivor)).containsEntry(PMI, before.get(PMI));
    assertThat(site.org.records("Contact").count()).isEqualTo(contacts);
    tablesShowWhatSalesforceHas();
  }

  /** Salesforce keeps for 15 days what was merged; the journey tells who survived. */
  @ParameterizedTest
  @CsvSource({"report, true", "recreate, true", "report, false", "recreate, false"})
  void survivor_isFollowed_whereTheLastSyncWasTwentyDaysAgo(String whenDeleted, boolean erased)
      throws Exception {
    site.configure("contact.when-deleted = " + whenDeleted + "\n");
    String survivor = mergeInto(Map.of("LastName", "Kept by staff"));
    if (erased) {
      site.org.erase(lost);
    }
    long contacts = site.org.records("Contact").count();
    site.time.advanceTo(site.time.instant().plus(Duration.ofDays(20)));

    JsonNode sync = json("sync", "--json");

    assertThat(sync.path("exitCode").asInt()).isZero();
    assertThat(sync.at("/contacts/adopted").asInt()).isEqualTo(1);
    assertThat(site.record("Contact", survivor)).containsEntry(PMI, before.get(PMI));
    assertThat(site.org.records("Contact").count()).isEqualTo(contacts);
    tablesShowWhatSalesforceHas();
  }

  @Test
  void undo_ofAnAdoptionThatChangedNoField_takesThePmiIdOff() throws Exception {
    Map<String, Object> same = new HashMap<>(before);
    same.keySet().removeIf(f -> !COPIED.contains(f) && !isMapped(f));
    String survivor = mergeInto(same);
    JsonNode sync = json("sync", "--json");
    assertThat(sync.at("/contacts/adopted").asInt()).isEqualTo(1);

    JsonNode undo = json("undo", sync.path("run").asText(), "--json");

    assertThat(undo.at("/contacts/updated").asInt()).isEqualTo(1);
    assertThat(site.record("Contact", survivor))
        .doesNotContainKey(PMI)
        .containsEntry("LastName", before.get("LastName"));
    tablesShowWhatSalesforceHas();
  }

  private static boolean isMapped(String field) {
    return !field.equals(PMI)
        && (field.startsWith("HP_") || field.startsWith("CH_") || field.startsWith("Mailing"));
  }

  @Test
  void contactsOfTwo_mergedIntoOne_areForAPersonToTellApart() throws Exception {
    String other =
        site.org
            .records("Contact")
            .filter(c -> c.containsKey(PMI) && !lost.equals(c.get("Id")))
            .map(c -> String.valueOf(c.get("Id")))
            .findFirst()
            .orElseThrow();
    String survivor = mergeInto(Map.of("LastName", "Two in one"));
    site.org.merge(survivor, other);

    JsonNode sync = json("sync", "--json");

    assertThat(sync.path("exitCode").asInt()).isEqualTo(5);
    assertThat(sync.at("/contacts/adopted").asInt()).isZero();
    assertThat(sync.path("errors").findValuesAsText("code"))
        .contains("adoption-several-participants");
    assertThat(site.record("Contact", survivor)).doesNotContainKey(PMI);
  }
}
