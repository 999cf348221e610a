package edu.cumc.aou.cli;

import static org.assertj.core.api.Assertions.assertThat;

import edu.cumc.aou.cli.Site.Result;
import edu.cumc.aou.simulator.salesforce.org.SavedRecord;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An automation changes a mapped field that the run does not send, with the run's own write. */
class AlteredFieldEndToEndTest {

  private static final String CITY = "MailingCity";
  private static final String CONSENT = "HP_General_Consent_Status__c";

  @TempDir private Path directory;
  private Site site;
  private Consumer<SavedRecord> trigger = saved -> {};
  private String contact;
  private String journey;

  @BeforeEach
  void twoMornings_takeEverythingOver() {
    site = new Site(directory, 30, false, org -> org.automation(saved -> trigger.accept(saved)));
    site.run("init");
    assertThat(site.run("sync", "--initial-load").exitCode()).isZero();
    Map<String, Object> somebody =
        site.org
            .records("Opportunity")
            .filter(o -> String.valueOf(o.get(CONSENT)).startsWith("1"))
            .filter(o -> o.get("Contact__c") != null)
            .filter(o -> contactOf(o).containsKey(CITY))
            .findFirst()
            .orElseThrow();
    journey = String.valueOf(somebody.get("Id"));
    contact = String.valueOf(somebody.get("Contact__c"));
    assertThat(site.nextMorning("sync").exitCode()).isZero();
  }

  private Map<String, Object> contactOf(Map<String, Object> opportunity) {
    return site.record("Contact", String.valueOf(opportunity.get("Contact__c")));
  }

  @AfterEach
  void close() {
    site.close();
  }

  private Object shown(String field) {
    return field.equals(CONSENT)
        ? site.record("Opportunity", journey).get(field)
        : site.record("Contact", contact).get(field);
  }

  private void staffEdits(String field, Object value) {
    site.time.advanceTo(site.time.instant().plus(Duration.ofHours(4)));
    site.org.edit(contact, Map.of(field, value));
  }

  /** The sync corrects the name, and that write sets off the trigger. */
  private void withTheNext(Consumer<SavedRecord> what) {
    staffEdits("LastName", "Otherwise");
    trigger =
        saved -> {
          if (saved.object().equals("Contact") && saved.id().equals(contact)) {
            what.accept(saved);
          }
        };
  }

  private void assertNothingStays() {
    assertThat(site.run("anomalies").out()).doesNotContain("NOT_TAKEN_OVER");
  }

  @Test
  void fieldThatWasNotSent_isToldByTheSameRun_andCorrectedByTheNext() {
    Object city = shown(CITY);
    withTheNext(saved -> saved.set(CITY, "REWRITTEN"));

    Result told = site.nextMorning("sync");

    assertThat(shown(CITY)).isEqualTo("REWRITTEN");
    assertThat(told.exitCode()).as(told.out()).isEqualTo(5);
    assertThat(told.out()).contains("NOT_TAKEN_OVER  1  1 new");
    trigger = saved -> {};
    Result corrected = site.nextMorning("sync");
    assertThat(corrected.exitCode()).as(corrected.out()).isZero();
    assertThat(shown(CITY)).isEqualTo(city);
    assertNothingStays();
    assertThat(site.nextMorning("sync").out()).doesNotContain("updated");
  }

  @Test
  void fieldThatWasCleared_isToldToo_andARetryMendsIt() {
    Object city = shown(CITY);
    withTheNext(saved -> saved.set(CITY, null));

    assertThat(site.nextMorning("sync").out()).contains("NOT_TAKEN_OVER  1  1 new");
    trigger = saved -> {};
    Result retry = site.run("retry", "--kind", "NOT_TAKEN_OVER");

    assertThat(retry.exitCode()).as(retry.out() + retry.err()).isZero();
    assertThat(shown(CITY)).isEqualTo(city);
    assertThat(site.nextMorning("sync").out()).doesNotContain("updated");
  }

  /** For more than a few participants the source is read once. */
  @Test
  void fieldOfMany_isToldOfEach() {
    List<String> ids =
        site.org
            .records("Contact")
            .filter(c -> c.containsKey("HP_PMI_ID__c") && c.containsKey(CITY))
            .map(c -> String.valueOf(c.get("Id")))
            .toList();
    assertThat(ids).hasSizeGreaterThan(20);
    site.time.advanceTo(site.time.instant().plus(Duration.ofHours(4)));
    ids.forEach(id -> site.org.edit(id, Map.of("LastName", "Otherwise")));
    trigger = saved -> saved.set(CITY, "REWRITTEN");

    Result told = site.nextMorning("sync");

    assertThat(told.exitCode()).as(told.out() + told.err()).isEqualTo(5);
    assertThat(told.out()).contains("NOT_TAKEN_OVER  " + ids.size() + "  " + ids.size() + " new");
  }

  /** A morning corrects it, and the same trigger undoes that. */
  @Test
  void triggerThatStays_isToldEachMorning() {
    withTheNext(saved -> saved.set(CITY, "REWRITTEN"));
    for (int day = 1; day <= 4; day++) {
      Result told = site.nextMorning("sync");
      assertThat(told.exitCode()).as("day " + day + told.out()).isEqualTo(5);
      assertThat(told.out()).containsPattern("(NOT_TAKEN_OVER|CHANGED_BACK)  1");
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void journeyThatTheWriteOfItsContactChanges_isToldByTheSameRun(boolean journeyIsWrittenToo) {
    Object consent = shown(CONSENT);
    withTheNext(saved -> saved.setOf("Opportunity", journey, CONSENT, "0"));
    if (journeyIsWrittenToo) {
      site.org.edit(journey, Map.of("HP_EHR_Consent_Status__c", ehr().startsWith("1") ? "0" : "1"));
    }

    Result told = site.nextMorning("sync");

    assertThat(told.exitCode()).as(told.out()).isEqualTo(5);
    assertThat(told.out()).contains("NOT_TAKEN_OVER  1  1 new");
    trigger = saved -> {};
    assertThat(site.nextMorning("sync").exitCode()).isZero();
    assertThat(shown(CONSENT)).isEqualTo(consent);
  }

  private String ehr() {
    return String.valueOf(site.record("Opportunity", journey).get("HP_EHR_Consent_Status__c"));
  }

  @Test
  void fieldThatIsOnlyFilledIn_isNobodysConcern() {
    site.configure("contact.fields.MailingCity.policy = fill-only\n");
    assertThat(site.nextMorning("sync").exitCode()).isZero();
    withTheNext(saved -> saved.set(CITY, "REWRITTEN"));

    Result quiet = site.nextMorning("sync");

    assertThat(quiet.exitCode()).as(quiet.out()).isZero();
    assertThat(shown(CITY)).isEqualTo("REWRITTEN");
    assertNothingStays();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void fieldThatStaffEditMeanwhile_isLeftToTheNextRun(boolean ofTheRecordThatWasWritten) {
    AtomicBoolean written = new AtomicBoolean();
    withTheNext(saved -> written.set(true));
    String edited = ofTheRecordThatWasWritten ? contact : other();
    site.edges(
        services ->
            Interposed.before(
                services,
                "contacts",
                args -> written.get(),
                () -> site.org.edit(edited, Map.of(CITY, "Typed"))));

    Result first = site.nextMorning("sync");

    assertThat(first.exitCode()).as(first.out()).isZero();
    assertThat(site.record("Contact", edited).get(CITY)).isEqualTo("Typed");
    site.edges(services -> services);
    assertThat(site.nextMorning("sync").exitCode()).isZero();
    assertThat(site.record("Contact", edited).get(CITY)).isNotEqualTo("Typed");
  }

  private String other() {
    return site.org
        .records("Contact")
        .filter(c -> c.containsKey("HP_PMI_ID__c") && c.containsKey(CITY))
        .map(c -> String.valueOf(c.get("Id")))
        .filter(id -> !id.equals(contact))
        .findFirst()
        .orElseThrow();
  }

  /** The source has none, and the policy clears what Salesforce shows. */
  @Test
  void fieldOfANewContact_thatAnAutomationFills_isToldIfThePolicyClearsIt() {
    site.configure("contact.fields.MailingCity.policy = overwrite\n");
    assertThat(site.nextMorning("sync").exitCode()).isZero();
    Set<String> known =
        Set.copyOf(site.org.records("Contact").map(c -> String.valueOf(c.get("Id"))).toList());
    site.day(3);
    site.source("UPDATE dbo.healthpro SET [City] = NULL WHERE [PMI ID] NOT IN (" + pmiIds() + ")");
    trigger =
        saved -> {
          if (saved.object().equals("Contact") && saved.created()) {
            saved.set(CITY, "FILLED");
          }
        };

    Result told = site.run("sync");

    long created =
        site.org
            .records("Contact")
            .filter(c -> !known.contains(String.valueOf(c.get("Id"))))
            .count();
    assertThat(created).isPositive();
    assertThat(told.exitCode()).as(told.out()).isEqualTo(5);
    assertThat(told.out()).contains("NOT_TAKEN_OVER  " + created + "  " + created + " new");
    trigger = saved -> {};
    assertThat(site.nextMorning("sync").exitCode()).isZero();
    assertThat(site.org.records("Contact").filter(c -> "FILLED".equals(c.get(CITY)))).isEmpty();
  }

  private String pmiIds() {
    return String.join(
        ", ",
        site.org
            .records("Contact")
            .filter(c -> c.containsKey("HP_PMI_ID__c"))
            .map(c -> "'" + c.get("HP_PMI_ID__c") + "'")
            .toList());
  }
}
