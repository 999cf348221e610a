package edu.cumc.aou.cli;

import static org.assertj.core.api.Assertions.assertThat;

import edu.cumc.aou.cli.Site.Result;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code anomalies} advises about a journey that lost its Contact, followed to its end. */
class OrphanJourneyEndToEndTest {

  private static final String PMI_ID = "HP_PMI_ID__c";
  private static final String CONTACT = "Contact__c";
  private static final String ORPHAN = "ORPHAN_JOURNEY  1";

  @TempDir private Path directory;
  private Site site;
  private String contact;
  private String pmiId;
  private String journey;
  private String otherContact;

  @BeforeEach
  void firstLoad() {
    site = new Site(directory, 30);
    site.run("init");
    assertThat(site.run("sync", "--initial-load").exitCode()).isZero();
    List<Map<String, Object>> journeys =
        site.org.records("Opportunity").filter(o -> o.get(CONTACT) != null).toList();
    journey = String.valueOf(journeys.get(0).get("Id"));
    contact = String.valueOf(journeys.get(0).get(CONTACT));
    otherContact = String.valueOf(journeys.get(1).get(CONTACT));
    pmiId = String.valueOf(site.record("Contact", contact).get(PMI_ID));
  }

  @AfterEach
  void close() {
    site.close();
  }

  private void staffEdits(String record, String field, Object value) {
    site.time.advanceTo(site.time.instant().plus(Duration.ofHours(4)));
    site.org.edit(record, Collections.singletonMap(field, value));
  }

  /** Two mornings on which the anomaly is open, because nobody has mended it. */
  private void assertToldEachMorning(String advice) {
    for (int day = 1; day <= 2; day++) {
      Result told = site.nextMorning("sync");
      assertThat(told.exitCode()).as("day " + day + told.out()).isEqualTo(5);
      assertThat(site.run("anomalies").out().replaceAll("\\s+", " "))
          .contains(ORPHAN.replaceAll("\\s+", " "), advice);
    }
  }

  private void assertAllWell() {
    Result mended = site.nextMorning("sync");
    assertThat(mended.exitCode()).as(mended.out() + site.run("anomalies").out()).isZero();
    assertThat(site.run("anomalies").out()).contains("No anomaly is open.");
    assertThat(site.nextMorning("sync").exitCode()).isZero();
  }

  @Test
  void journeyThatGetsItsContactBack_isWell() {
    staffEdits(journey, CONTACT, null);
    assertToldEachMorning("give the journey its Contact");

    staffEdits(journey, CONTACT, contact);

    assertAllWell();
    assertThat(site.record("Opportunity", journey)).containsEntry(CONTACT, contact);
  }

  @Test
  void journeyThatGetsAnothersContact_isNotWell() {
    staffEdits(journey, CONTACT, null);
    assertToldEachMorning("give the journey its Contact");

    staffEdits(journey, CONTACT, otherContact);

    Result wrong = site.nextMorning("sync");
    assertThat(wrong.exitCode()).isEqualTo(5);
    assertThat(wrong.out()).contains("SEVERAL_JOURNEYS  1").doesNotContain(ORPHAN);
  }

  @Test
  void journeyOfAContactThatGetsItsPmiIdBack_isWell() {
    staffEdits(contact, PMI_ID, null);
    assertToldEachMorning("or that Contact its PMI ID, in Salesforce");

    staffEdits(contact, PMI_ID, pmiId);
    assertThat(site.run("release", pmiId).exitCode()).isZero();

    assertAllWell();
    assertThat(contactsOf(pmiId)).isEqualTo(1);
  }

  /** The participant is gone for good: from the source, and from Salesforce but for the journey. */
  @Test
  void journeyThatIsNobodys_isWellOnceItIsDeleted() {
    site.source("DELETE FROM dbo.healthpro WHERE [PMI ID] = '" + pmiId + "'");
    site.source("DELETE FROM dbo.vw_reporting_base WHERE [PMI ID_HP] = '" + pmiId + "'");
    site.org.delete(contact);
    assertToldEachMorning("delete a journey that is nobody's");

    site.org.delete(journey);

    assertAllWell();
  }

  @Test
  void journeyOfAParticipant_isNotWellOnceItIsDeleted() {
    staffEdits(journey, CONTACT, null);
    assertToldEachMorning("delete a journey that is nobody's");

    site.org.delete(journey);

    Result wrong = site.nextMorning("sync");
    assertThat(wrong.exitCode()).isEqualTo(5);
    assertThat(wrong.out()).contains("MISSING_JOURNEY  1").doesNotContain(ORPHAN);
  }

  private long contactsOf(String wanted) {
    return site.org.records("Contact").filter(c -> wanted.equals(c.get(PMI_ID))).count();
  }
}
