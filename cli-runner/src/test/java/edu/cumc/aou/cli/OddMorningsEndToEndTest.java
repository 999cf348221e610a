package edu.cumc.aou.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import edu.cumc.aou.cli.Site.Result;
import edu.cumc.aou.simulator.salesforce.http.LoggedRequest;
import edu.cumc.aou.sync.model.SyncStep;
import edu.cumc.aou.sync.port.SyncListener;
import edu.cumc.aou.sync.run.RunServices;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Mornings that each were wrong without a word. */
class OddMorningsEndToEndTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String PMI = "HP_PMI_ID__c";

  @TempDir private Path directory;
  private Site site;
  private Consumer<LoggedRequest> watcher = request -> {};

  @BeforeEach
  void open() {
    site = new Site(directory, 30, false, org -> org.onRequest(r -> watcher.accept(r)));
    site.run("init");
    assertThat(site.run("sync", "--initial-load").exitCode()).isZero();
  }

  @AfterEach
  void close() {
    site.close();
  }

  private Map<String, Object> somebody() {
    return site.org.records("Contact").filter(c -> c.containsKey(PMI)).findFirst().orElseThrow();
  }

  @Test
  void forgottenPerson_staysForgotten_whenTheStoreIsBoundAnew() {
    Map<String, Object> contact = somebody();
    String pmiId = String.valueOf(contact.get(PMI));
    assertThat(site.run("forget", pmiId, "--yes").exitCode()).isZero();
    site.org.delete(String.valueOf(contact.get("Id")));
    assertThat(site.run("init", "--rebind").exitCode()).isZero();

    Result sync = site.nextMorning("sync", "--initial-load");

    assertThat(sync.exitCode()).as(sync.out()).isZero();
    assertThat(sync.out()).contains("contact: forgotten  1");
    assertThat(site.org.records("Contact").filter(c -> pmiId.equals(c.get(PMI)))).isEmpty();
  }

  @Test
  void withdrawalFields_inAnotherCaseThanTheMappings_areCountedByTheGuard() {
    site.configure(
        "withdrawal.journey-fields = [\"hp_WITHDRAWAL_status__c\", \"hp_withdrawal_date__C\"]\n"
            + "guards.max-withdrawals { number = 2, share = 0% }\n");
    site.source("UPDATE dbo.healthpro SET [Withdrawal Status] = 1");

    Result sync = site.nextMorning("sync");

    assertThat(sync.exitCode()).isEqualTo(6);
    assertThat(sync.out()).contains("guards.max-withdrawals");
  }

  @Test
  void columnThatASmallSiteLost_clearsNothing_untilAPersonSaysSo() {
    String before = site.org.fingerprint();
    site.source("UPDATE dbo.healthpro SET [General Consent Date] = NULL");

    Result sync = site.nextMorning("sync");

    assertThat(sync.exitCode()).as(sync.out()).isEqualTo(6);
    assertThat(sync.out())
        .contains("guards.max-field-clears", "of journeys would be cleared: ")
        .contains("allowed are 20 records for one field", "aou-sync plan --out FILE");
    assertThat(site.org.fingerprint()).isEqualTo(before);
    String pmiId = String.valueOf(somebody().get(PMI));
    assertThat(site.run("explain", pmiId).out())
        .contains("HP_General_Consent_Date__c")
        .doesNotContain("cleared");
    assertThat(site.run("explain", pmiId, "--json").out()).doesNotContain("cleared");

    assertThat(site.run("plan", "--out", "plan.json").exitCode()).isEqualTo(6);
    Result approved = site.run("sync", "--plan", "plan.json");
    assertThat(approved.exitCode()).as(approved.out() + approved.err()).isZero();
    assertThat(site.org.fingerprint()).isNotEqualTo(before);
  }

  @Test
  void columnWithFewValues_thatLostThemAll_clearsNothing_untilAPersonSaysSo() {
    String consents = "UPDATE dbo.healthpro SET [General Consent Date] = NULL";
    site.source(
        consents
            + " WHERE [PMI ID] NOT IN (SELECT TOP 12 [PMI ID] FROM dbo.healthpro WHERE [General Consent Date] IS NOT NULL ORDER BY [PMI ID])");
    site.configure("guards.max-field-clears.share = 100%\n");
    assertThat(site.nextMorning("sync").exitCode()).isZero();
    site.configure("");
    String before = site.org.fingerprint();
    site.source(consents);

    Result sync = site.nextMorning("sync");

    assertThat(sync.exitCode()).as(sync.out()).isEqualTo(6);
    assertThat(sync.out())
        .contains(
            "guards.max-field-clears", "HP_General_Consent_Date__c in 9, all that have a value")
        .containsPattern(
            "Values that go, because the source has none\\R +journey HP_General_Consent_Date__c +9");
    assertThat(site.org.fingerprint()).isEqualTo(before);
    assertThat(site.run("plan", "--json").out()).containsPattern("\"cleared\"[^}]*: 9");
  }

  /** As a view does that joins by the number of a row. */
  @Test
  void peopleJoinedWithTheRowsOfOthers_stayWhoTheyAre_untilAPersonSaysSo() {
    String before = site.org.fingerprint();
    site.source(
        "UPDATE dbo.healthpro SET [Last Name] = 'Other-' || [First Name], [First Name] = 'Another',"
            + " [Date of Birth] = DATEADD(DAY, 1, [Date of Birth])");

    Result sync = site.nextMorning("sync");

    assertThat(sync.exitCode()).as(sync.out()).isEqualTo(6);
    assertThat(sync.out())
        .contains("guards.max-other-persons", "25 Contacts would become other persons")
        .contains("guards.max-field-changes", "of Contacts would get other values: ")
        .contains("Birthdate in 25 of 25");
    assertThat(site.org.fingerprint()).isEqualTo(before);
    String pmiId = String.valueOf(somebody().get(PMI));
    assertThat(site.run("explain", pmiId).out())
        .doesNotContain("changed-field", "other-person", "with-row");
    assertThat(site.run("explain", pmiId, "--json").out())
        .doesNotContain("changed-field", "other-person", "with-row");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "~~",
        "journey.fields.HP_Participant_Status__c { columns = [\"Withdrawal Status\"], steps = [{ map { 1 = Withdrawn, 0 = Active }, unknown = keep }] }, withdrawal.journey-fields = [HP_Participant_Status__c]",
      })
  void withdrawalThatAnOldSourceTakesBack_isTold(String settings) {
    site.configure("guards.max-field-changes.share = 100%\n" + settings + "\n");
    String one = " WHERE [PMI ID] = '%s'".formatted(somebody().get(PMI));
    assertThat(site.nextMorning("sync").exitCode()).isZero();
    site.source(
        "UPDATE dbo.healthpro SET [Withdrawal Status] = '1', [Withdrawal Date] = '2025-12-24'"
            + one);
    assertThat(site.nextMorning("sync").exitCode()).isZero();
    site.source(
        "UPDATE dbo.healthpro SET [Withdrawal Status] = '0', [Withdrawal Date] = NULL" + one);

    Result plan = site.nextMorning("plan");
    Result sync = site.run("sync");

    assertThat(plan.exitCode()).isEqualTo(5);
    assertThat(plan.out()).contains("withdrawals taken back: aou-sync plan --out FILE");
    assertThat(sync.exitCode()).as(sync.out()).isEqualTo(5);
    assertThat(sync.out())
        .contains("1 journey in Salesforce showed a withdrawal that the source no longer has");
    assertThat(site.nextMorning("sync").exitCode()).isZero();
  }

  @Test
  void organisationThatIsOursForEverybody_takesNobodyIn_untilAPersonSaysSo() {
    site.source(
        "UPDATE dbo.healthpro SET [Paired Organization] = 'COLUMBIA_IRVING' WHERE [PMI ID] IN (SELECT TOP 8 [PMI ID] FROM dbo.healthpro ORDER BY [PMI ID])");
    assertThat(site.nextMorning("sync").exitCode()).isIn(0, 6);
    site.run("plan", "--out", "p.json");
    assertThat(site.run("sync", "--plan", "p.json").exitCode()).isZero();
    String before = site.org.fingerprint();
    site.source("UPDATE dbo.healthpro SET [Paired Organization] = 'COLUMBIA_COLUMBIA'");

    Result sync = site.nextMorning("sync");

    assertThat(sync.exitCode()).as(sync.out()).isEqualTo(6);
    assertThat(sync.out()).contains("skipped as left would be skipped no more");
    assertThat(site.org.fingerprint()).isEqualTo(before);
  }

  @Test
  void gapsFilledWithOneDayForEverybody_areNoNews_untilAPersonSaysSo() {
    String before = site.org.fingerprint();
    site.source(
        "UPDATE dbo.healthpro SET [EHR Consent Date] = COALESCE([EHR Consent Date], DATE '2026-01-05'),"
            + " [gRoR Consent Date] = COALESCE([gRoR Consent Date], DATE '2026-01-05')");

    Result sync = site.nextMorning("sync");

    assertThat(sync.exitCode()).as(sync.out()).isEqualTo(6);
    assertThat(sync.out()).contains("of journeys would get their first values: ", "where ");
    assertThat(site.org.fingerprint()).isEqualTo(before);
  }

  @Test
  void contactRowsWithThePmiIdsOfOthers_doubleNobody() {
    String before = site.org.fingerprint();
    site.source("UPDATE dbo.healthpro SET [PMI ID] = 'P09' || SUBSTRING([PMI ID], 4)");

    Result sync = site.nextMorning("sync");

    assertThat(sync.exitCode()).as(sync.out()).isEqualTo(6);
    assertThat(sync.out())
        .contains(
            "20 of 25 participants with a Contact no longer have a row in the contact relation");
    assertThat(site.org.fingerprint()).isEqualTo(before);
  }

  @Test
  void journeyRowsThatAreGone_areTold() {
    site.source(
        "CREATE VIEW dbo.journeys_but_one AS SELECT * FROM dbo.healthpro WHERE [PMI ID] <> '%s'"
            .formatted(somebody().get(PMI)));
    site.configure("source.journeys = \"dm_aou.dbo.journeys_but_one\"\n");

    Result sync = site.nextMorning("sync");

    assertThat(sync.exitCode()).as(sync.out()).isZero();
    assertThat(sync.out())
        .contains("1 participant with a Contact and without a row in the journey relation");
  }

  @Test
  void placeholderInTheColumnOfTheOrganisation_makesNobodyLeave() {
    String before = site.org.fingerprint();
    site.source(
        "UPDATE dbo.healthpro SET [Paired Organization] = 'N/A' WHERE MOD(LENGTH([Last Name]), 2) = 0");

    Result sync = site.nextMorning("sync");

    assertThat(sync.exitCode()).as(sync.out()).isEqualTo(6);
    assertThat(sync.out()).contains("guards.max-skipped", "would be skipped as left");
    assertThat(site.org.fingerprint()).isEqualTo(before);
  }

  @Test
  void daysThatBeginWithTheDay_areNotSentAsMonths_untilAPersonSaysSo() {
    String before = site.org.fingerprint();
    site.source("ALTER TABLE dbo.healthpro ADD [Text Day] VARCHAR(40)");
    site.source(
        "UPDATE dbo.healthpro SET [Text Day] = FORMATDATETIME([General Consent Date], 'dd/MM/yyyy')");
    site.configure(
        "journey.fields.HP_General_Consent_Date__c.columns = [\"Text Day\"]\n"
            + "guards.max-field-changes.share = 100%\n");

    Result sync = site.nextMorning("sync");

    assertThat(sync.exitCode()).as(sync.out()).isEqualTo(6);
    assertThat(sync.out())
        .contains("journey.fields.HP_General_Consent_Date__c: ", "so the day seems to stand first");
    assertThat(site.org.fingerprint()).isEqualTo(before);

    site.configure(
        "journey.fields.HP_General_Consent_Date__c { columns = [\"Text Day\"], steps = [{ date { from = \"d/M/yyyy\" } }] }\n");
    Result mended = site.nextMorning("sync");
    assertThat(mended.exitCode()).as(mended.out()).isZero();
    assertThat(site.org.fingerprint()).isEqualTo(before);
  }

  @Test
  void zipCodesThatLoseTheirZeros_areLeftAlone() {
    site.configure("guards { max-field-changes.share = 100%, max-updates.share = 100% }\n");
    site.source("UPDATE dbo.healthpro SET [ZIP] = '01234'");
    assertThat(site.nextMorning("sync").exitCode()).isZero();
    String before = site.org.fingerprint();
    site.source("ALTER TABLE dbo.healthpro ALTER COLUMN [ZIP] INT");

    Result sync = site.nextMorning("sync");

    assertThat(sync.exitCode()).as(sync.out()).isEqualTo(5);
    assertThat(sync.out()).containsPattern("MailingPostalCode:lost-zeros +25");
    assertThat(site.org.fingerprint()).isEqualTo(before);
    assertThat(site.run("failures").out()).contains("make the column a text in the source");
    assertThat(site.run("check").out()).contains("MailingPostalCode", "leading zeros");
  }

  /** A site may show a withdrawal by a word or a day, and not by a flag. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "[{ map { 1 = Withdrawn, 0 = Active }, unknown = keep }] | [HP_Participant_Status__c]",
        "[{ map { 1 = EARLY_OUT, 0 = NOT_WITHDRAWN } }] | [hp_participant_status__c]",
        "[] | [HP_Withdrawal_Date__c]",
      })
  void withdrawals_thatAreNoFlags_areCountedByTheGuard(String steps, String fields) {
    String settings =
        "journey.fields.HP_Participant_Status__c { columns = [\"Withdrawal Status\"], steps = %s }\n"
                .formatted(steps)
            + "withdrawal.journey-fields = %s\n".formatted(fields);
    site.configure(settings + "guards.max-field-changes.share = 100%\n");
    assertThat(site.nextMorning("sync").exitCode()).isZero();
    site.configure(settings + "guards.max-withdrawals { number = 2, share = 0% }\n");
    site.source(
        "UPDATE dbo.healthpro SET [Withdrawal Status] = 1, [Withdrawal Date] = '2025-12-24'");

    Result sync = site.nextMorning("sync");

    assertThat(sync.exitCode()).as(sync.out()).isEqualTo(6);
    assertThat(sync.out()).contains("guards.max-withdrawals");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "withdrawal.status-column = \"Withdrawal Statis\" | withdrawal.status-column | did you mean"
            + " Withdrawal Status?",
        "withdrawal.journey-fields = [HP_Withdrawal_Statis__c] | withdrawal.journey-fields | did"
            + " you mean HP_Withdrawal_Status__c",
        "journey.fields { HP_Withdrawal_Status__c = off, HP_Withdrawal_Date__c = off } |"
            + " withdrawal.journey-fields | no withdrawal would reach Salesforce",
      })
  void withdrawalFields_thatAreNotMapped_areRefusedByName(
      String settings, String named, String told) {
    site.configure(settings);

    Result sync = site.nextMorning("sync");

    assertThat(sync.exitCode()).isEqualTo(3);
    assertThat(sync.err()).contains(named, told);
  }

  @Test
  void withdrawalField_thatIsNotMappedBesideOthers_isAWarning() {
    site.configure("journey.fields.HP_Withdrawal_Date__c = off");

    assertThat(site.nextMorning("sync").exitCode()).isZero();
    assertThat(site.run("check").out())
        .contains("withdrawal.journey-fields", "HP_Withdrawal_Date__c is not mapped");
  }

  @Test
  void contact_touchedBetweenTheTwoReadsOfARefresh_isNotGone() {
    site.configure("contact.where = \"Department != 'Elsewhere'\"\n");
    assertThat(site.nextMorning("sync").exitCode()).isZero();
    String id = String.valueOf(somebody().get("Id"));
    int[] queries = new int[1];
    watcher =
        request -> {
          if (request.path().endsWith("/queryAll") && ++queries[0] == 1) {
            site.org.edit(id, Map.of("Title", "Touched"));
          }
        };

    Result sync = site.nextMorning("sync");

    assertThat(queries[0]).isPositive();
    assertThat(site.record("Contact", id)).containsEntry("Title", "Touched");
    assertThat(sync.exitCode()).as(sync.out()).isZero();
    assertThat(sync.out()).doesNotContain("DELETED_CONTACT");
  }

  @Test
  void balanceThatDoesNotHold_isAFailedRun_andNeverADoneOne() throws Exception {
    site.source("UPDATE dbo.healthpro SET [Street Address] = '1 Invented Street'");
    site.configure("guards.max-field-changes.share = 100%\n");
    site.edges(services -> losesARow(services));

    Result sync = site.nextMorning("sync");

    assertThat(sync.exitCode()).isEqualTo(1);
    assertThat(sync.err()).contains("balance of run 2 does not add up");
    assertThat(JSON.readTree(site.run("status", "2", "--json").out()).path("state").asText())
        .isEqualTo("failed");
    site.edges(services -> services);
    // the audit trail misses the removed row, until a person accepts that
    assertThat(site.nextMorning("sync").exitCode()).isEqualTo(5);
    String row =
        JSON.readTree(site.run("audit", "verify", "--json").out()).at("/faults/0/row").asText();
    assertThat(site.run("audit", "verify", "--accept", row, "--why", "invented").exitCode())
        .isZero();
    assertThat(site.nextMorning("sync").exitCode()).isZero();
  }

  private RunServices losesARow(RunServices s) {
    SyncListener thief =
        new SyncListener() {
          @Override
          public void stepStarted(SyncStep step) {
            if (step == SyncStep.CLOSE) {
              site.store("DELETE FROM dbo.sync_change WHERE run_id = 2 AND seq = 1");
            }
          }
        };
    return new RunServices(s.source(), s.crm(), s.store(), s.clock(), s.pause(), thief);
  }
}
