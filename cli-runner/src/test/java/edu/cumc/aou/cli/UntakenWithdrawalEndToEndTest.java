package edu.cumc.aou.cli;

import static org.assertj.core.api.Assertions.assertThat;

import edu.cumc.aou.cli.Site.Result;
import edu.cumc.aou.simulator.salesforce.org.AddedField;
import edu.cumc.aou.simulator.salesforce.org.FieldType;
import edu.cumc.aou.simulator.salesforce.org.SavedRecord;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Salesforce changes the field of a withdrawal, and somebody has ignored that before. */
class UntakenWithdrawalEndToEndTest {

  private static final String TOLD = "Told__c";
  private static final String NOT_REACHED = "the withdrawal has not reached Salesforce";

  @TempDir private Path directory;
  private Site site;
  private String contact = "";
  private String pmiId = "";
  private String journey = "";
  private volatile UnaryOperator<Object> automation = value -> "No";

  @BeforeEach
  void open() {
    site =
        new Site(
            directory,
            30,
            false,
            org ->
                org.field(AddedField.of("Opportunity", TOLD, FieldType.STRING, 40))
                    .automation(this::rewrite));
    site.configure(
        "journey.fields.Told__c { column = \"Withdrawal Status\", transform = flag }\n"
            + "withdrawal.journey-fields = [Told__c, HP_Withdrawal_Date__c]\n");
    site.run("init");
    assertThat(site.run("sync", "--initial-load").exitCode()).isEqualTo(5);
    site.run("anomalies", "--kind", "NOT_TAKEN_OVER", "--ignore");
    assertThat(site.nextMorning("sync").exitCode()).as("ignored").isZero();
    Enrolled enrolled = Enrolled.firstOf(site);
    contact = enrolled.contact();
    pmiId = enrolled.pmiId();
    journey = enrolled.journey();
  }

  private void rewrite(SavedRecord saved) {
    if (saved.object().equals("Opportunity")) {
      saved.get(TOLD).ifPresent(value -> saved.set(TOLD, automation.apply(value)));
    }
  }

  @AfterEach
  void close() {
    site.close();
  }

  private void sourceSays(String columns) {
    site.source("UPDATE dbo.healthpro SET " + columns + " WHERE [PMI ID] = '" + pmiId + "'");
  }

  @Test
  void withdrawalThatIsNotTakenOver_isToldEachMorning_whateverWasIgnored() {
    sourceSays("[Withdrawal Status] = 1, [Withdrawal Date] = '2026-01-03'");

    Result sync = site.nextMorning("sync");
    assertThat(sync.exitCode()).as("by the run that sends it: " + sync.out()).isEqualTo(5);
    assertThat(sync.out()).contains("NOT_TAKEN_OVER  25  1 new, 24 acknowledged");
    site.run("anomalies", "--kind", "NOT_TAKEN_OVER", "--ignore");
    for (int morning = 1; morning <= 2; morning++) {
      Result next = site.nextMorning("sync");
      assertThat(next.exitCode()).as(next.out()).isEqualTo(5);
      assertThat(next.out()).contains(NOT_REACHED);
    }
    assertThat(site.run("failures", "--show-pmi-ids").out())
        .contains(pmiId, "withdrawal-not-taken-over", NOT_REACHED);
    assertThat(site.run("explain", pmiId).out())
        .contains("withdrawal-not-taken-over", NOT_REACHED)
        .doesNotContain("frozen");

    automation = value -> value;
    Result retry = site.run("retry", pmiId);
    assertThat(retry.exitCode()).as(retry.out()).isZero();
    assertThat(site.record("Opportunity", journey)).containsEntry(TOLD, "1");
    assertThat(site.nextMorning("sync").exitCode()).isZero();
  }

  @Test
  void withdrawalThatStaffTakeBackEachDay_isToldEachMorning_whateverWasIgnored() {
    automation = value -> value;
    sourceSays("[Withdrawal Status] = 1");
    assertThat(site.nextMorning("sync").exitCode()).isZero();
    for (int day = 1; day <= 2; day++) {
      site.time.advanceTo(site.time.instant().plus(Duration.ofHours(4)));
      site.org.edit(journey, Map.of(TOLD, "Stays"));
      site.nextMorning("sync");
    }
    site.run("anomalies", pmiId, "--ignore");

    Result next = site.nextMorning("sync");

    assertThat(next.exitCode()).as(next.out()).isEqualTo(5);
    assertThat(next.out()).contains(NOT_REACHED);
    assertThat(site.run("failures").out()).contains("withdrawal-changed-back");
  }

  /** The day of a withdrawal is not the withdrawal. */
  @Test
  void dayThatIsNotTakenOver_staysIgnored() {
    automation = value -> value;
    sourceSays("[Withdrawal Status] = 1, [Withdrawal Date] = '2026-01-03'");
    assertThat(site.nextMorning("sync").exitCode()).isZero();
    assertThat(site.record("Opportunity", journey)).containsEntry(TOLD, "1");
    for (int day = 1; day <= 2; day++) {
      site.time.advanceTo(site.time.instant().plus(Duration.ofHours(4)));
      site.org.edit(journey, Map.of("HP_Withdrawal_Date__c", "2025-12-24"));
      site.nextMorning("sync");
    }
    assertThat(site.run("anomalies").out()).contains("CHANGED_BACK");
    site.run("anomalies", "--kind", "CHANGED_BACK", "--ignore");

    Result next = site.nextMorning("sync");

    assertThat(next.exitCode()).as(next.out()).isZero();
  }
}
