package edu.cumc.aou.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import edu.cumc.aou.cli.Site.Result;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The contact relation tells of a withdrawal, and the journey relation does not. */
class WithdrawalOfTheContactRelationEndToEndTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String STATUS = "HP_Withdrawal_Status__c";
  private static final String NOT_REACHED = "the withdrawal has not reached Salesforce";

  @TempDir private Path directory;
  private Site site;
  private String contact = "";
  private String pmiId = "";
  private String journey = "";

  @BeforeEach
  void open() {
    site = new Site(directory, 30);
    site.run("init");
    assertThat(site.run("sync", "--initial-load").exitCode()).isZero();
    Enrolled enrolled = Enrolled.firstOf(site);
    contact = enrolled.contact();
    pmiId = enrolled.pmiId();
    journey = enrolled.journey();
  }

  @AfterEach
  void close() {
    site.close();
  }

  /** The contact relation says this of one participant, the journey relation of everybody. */
  private String says(String contactSays, String journeySays) {
    return new RetypedSource(site)
        .contact(
            "Withdrawal Status_HP",
            "CASE WHEN \"PMI ID_HP\" = '" + pmiId + "' THEN " + contactSays + " END")
        .journey("Withdrawal Status", journeySays)
        .settings();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"0", "CAST(NULL AS INT)", "'NOT_WITHDRAWN'", "CAST(0.00 AS DECIMAL(5, 2))"})
  void journeyRowThatSaysNo_letsTheWithdrawalThrough(String journeySays) {
    site.configure(says("'EARLY_OUT'", journeySays));

    for (int morning = 1; morning <= 2; morning++) {
      Result sync = site.nextMorning("sync");

      assertThat(sync.exitCode()).as(sync.out()).isZero();
      assertThat(site.record("Opportunity", journey)).containsEntry(STATUS, true);
    }
    assertThat(
            site.org.records("Opportunity").filter(o -> Boolean.TRUE.equals(o.get(STATUS))).count())
        .isEqualTo(1);
  }

  /** Under this policy a value stays, and somebody who has withdrawn would be called again. */
  @ParameterizedTest
  @ValueSource(strings = {"fill-only", "never-clear", "overwrite"})
  void withdrawal_isShownUnderEachPolicy(String policy) {
    site.org.edit(journey, Map.of(STATUS, false));
    site.configure(
        says("1", "CASE WHEN \"PMI ID\" = '" + pmiId + "' THEN 1 ELSE 0 END")
            + "journey.fields."
            + STATUS
            + ".policy = "
            + policy
            + "\n");

    Result sync = site.nextMorning("sync");

    assertThat(sync.exitCode()).as(sync.out()).isZero();
    assertThat(site.record("Opportunity", journey)).containsEntry(STATUS, true);
    assertThat(site.nextMorning("plan").out()).contains("Nothing to send");
  }

  @Test
  void withoutAJourneyRow_isToldUntilSalesforceShowsIt() throws Exception {
    site.source(
        "CREATE VIEW dbo.journeys_but_one AS SELECT * FROM dbo.healthpro WHERE [PMI ID] <> '"
            + pmiId
            + "'");
    site.configure(says("1", "0") + "source.journeys = \"dm_aou.dbo.journeys_but_one\"\n");

    assertTold("no-journey-row");

    site.org.edit(journey, Map.of(STATUS, true));
    Result mended = site.nextMorning("sync");
    assertThat(mended.exitCode()).as(mended.out()).isZero();
    assertThat(mended.out()).doesNotContain(NOT_REACHED);
  }

  /** A site that shows the day alone: a withdrawal without a day shows nowhere. */
  @Test
  void withoutAValueForTheFields_isToldUntilThereIsOne() throws Exception {
    site.configure("withdrawal.journey-fields = [HP_Withdrawal_Date__c]\n");
    String where = " WHERE [PMI ID] = '" + pmiId + "'";
    site.source(
        "UPDATE dbo.healthpro SET [Withdrawal Status] = 1, [Withdrawal Date] = NULL" + where);

    assertTold("no-value");

    site.source("UPDATE dbo.healthpro SET [Withdrawal Date] = '2026-01-03'" + where);
    Result mended = site.nextMorning("sync");
    assertThat(mended.exitCode()).as(mended.out()).isZero();
    assertThat(site.record("Opportunity", journey)).containsKey("HP_Withdrawal_Date__c");
  }

  @Test
  void siteThatShowsNoWithdrawals_hearsOfNone() {
    site.configure(says("1", "0") + "withdrawal.journey-fields = []\n");

    Result sync = site.nextMorning("sync");

    assertThat(sync.exitCode()).as(sync.out()).isZero();
    assertThat(sync.out()).contains("frozen");
  }

  private void assertTold(String reason) throws Exception {
    for (int morning = 1; morning <= 2; morning++) {
      Result sync = site.nextMorning("sync", "--json");
      JsonNode report = JSON.readTree(sync.out());
      assertThat(sync.exitCode()).as(sync.out()).isEqualTo(5);
      assertThat(report.at("/held/contact.withdrawal-" + reason).asInt()).isEqualTo(1);
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
}
