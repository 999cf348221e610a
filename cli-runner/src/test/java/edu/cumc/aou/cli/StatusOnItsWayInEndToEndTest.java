package edu.cumc.aou.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import edu.cumc.aou.cli.Site.Result;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who has withdrawn, left or stays is read from a cell as a field is. */
class StatusOnItsWayInEndToEndTest extends FirstLoadTestBase {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "CAST(0.00 AS DECIMAL(5, 2)) | CAST(1.00 AS DECIMAL(5, 2))",
        "'0\u00A0' | '1\u00A0'",
        "'\u200B0\uFEFF' | '\u20601 '",
        "CAST(0 AS FLOAT) | CAST(1 AS FLOAT)",
        "CAST(0 AS BIT) | CAST(1 AS BIT)",
        "CAST(0 AS BIGINT) | CAST(1 AS BIGINT)",
        "'0.00' | '1.00'",
        "'NOT_WITHDRAWN' | 'NO_USE'",
        "CAST(NULL AS NVARCHAR(2)) | 'EARLY_OUT'",
        "'UNSET' | 'true'",
      })
  void withdrawal_isReadAsTheFieldReadsIt(String no, String yes) {
    source.journey("Withdrawal Status", no);
    loadWell();
    long everybody = site.org.records("Opportunity").count();
    assertThat(everybody).isEqualTo(PEOPLE);
    assertThat(shown("Opportunity", "HP_Withdrawal_Status__c")).containsExactly("false");

    source.journey("Withdrawal Status", yes);
    site.time.advanceTo(site.time.instant().plusSeconds(3600));
    site.configure(source.settings() + "guards.max-withdrawals.number = 100");
    assertThat(site.run("sync").exitCode()).isZero();

    assertThat(shown("Opportunity", "HP_Withdrawal_Status__c")).containsExactly("true");
  }

  /** One relation that says so is enough, whatever the other one says or lacks. */
  @Test
  void withdrawal_thatTheContactRelationAloneTells_createsNobody() {
    source.contact(
        "Withdrawal Status_HP",
        "CASE WHEN \"PMI ID_HP\" = (SELECT MIN(\"PMI ID_HP\") FROM dbo.vw_reporting_base)"
            + " THEN '1' ELSE '0' END");

    loadWell();

    assertThat(shown("Contact", "HP_PMI_ID__c")).hasSize(PEOPLE - 1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\u00A0", "\u200B", " \t", "\u2003", "\u200E"})
  void organization_withBlanksBehindIt_isOurs(String blank) {
    source.contact("Paired Organization_HP", "'COLUMBIA_COLUMBIA" + blank + "'");

    loadWell();

    assertThat(shown("Contact", "HP_PMI_ID__c")).hasSize(PEOPLE);
  }

  @Test
  void firstLoadThatWouldSkipEverybody_isStopped_andSaysWhy() {
    source.contact("Paired Organization_HP", "'COLUMBIA_IRVING'");

    Result result = load();

    assertThat(result.exitCode()).isEqualTo(6);
    assertThat(json(result).at("/guards").findValuesAsText("guard"))
        .containsExactly("guards.max-skipped");
    assertThat(json(result).at("/skipped/contact.left").asInt()).isEqualTo(PEOPLE);
    Result status = site.run("status", "1");
    assertThat(status.out()).contains("Skipped, by reason", "contact: left", "max-skipped");
  }

  @Test
  void planThatAPersonApproved_maySkipEverybody_andTheNextDayDoesNotAskAgain() {
    source.contact("Paired Organization_HP", "'COLUMBIA_IRVING'");
    assertThat(load().exitCode()).isEqualTo(6);
    Path plan = directory.resolve("plan.json");
    site.run("plan", "--initial-load", "--out", plan.toString());

    assertThat(site.run("sync", "--plan", plan.toString()).exitCode()).isZero();
    site.time.advanceTo(site.time.instant().plusSeconds(86_400));
    assertThat(site.run("sync").exitCode()).isZero();
  }

  @Test
  void laterDay_onWhichManyMoreWouldBeSkipped_isStoppedAgain() {
    String most =
        "CASE WHEN MOD(Row_Id, 3) = 0 THEN 'COLUMBIA_COLUMBIA' ELSE 'COLUMBIA_IRVING' END";
    source.contact("Paired Organization_HP", most);
    assertThat(load().exitCode()).isEqualTo(6);
    Path plan = directory.resolve("plan.json");
    site.run("plan", "--initial-load", "--out", plan.toString());
    assertThat(site.run("sync", "--plan", plan.toString()).exitCode()).isZero();
    assertThat(site.nextMorning("sync").exitCode()).isZero();

    String settings = source.contact("Paired Organization_HP", "'COLUMBIA_IRVING'").settings();
    assertThat(settings).isNotEmpty();
    Result all = site.nextMorning("sync", "--json");

    assertThat(all.exitCode()).isEqualTo(6);
    assertThat(json(all).at("/guards").findValuesAsText("guard"))
        .containsExactly("guards.max-skipped");
  }

  /** Whom such a column would have told of would count as active. */
  @ParameterizedTest
  @CsvSource({
    "withdrawal.status-column, Withdrawal Status_HP, Withdrawal Sts_HP, withdrawal.status-columns",
    "status.test.email-column, Email Of Test, Emails Of Test, status.test.email-column",
    "status.deceased.columns, Died, Deaths, status.deceased.columns"
  })
  void columnThatIsGone_stopsTheRun_andSaysWhatToDo(
      String setting, String column, String another, String named) {
    String blank = "CAST(NULL AS NVARCHAR(9))";
    String settings =
        "status.test.email-column = \"Email Of Test\"\nstatus.deceased.columns = [Died]\n";
    source
        .contact("Withdrawal Status_HP", blank)
        .contact("Email Of Test", blank)
        .contact("Died", blank);
    loadWell(settings);
    assertThat(site.nextMorning("sync").exitCode()).isZero();

    source.contact(column, "").contact(another, blank);
    site.configure(source.settings() + settings);
    Result gone = site.nextMorning("sync", "--json");

    assertThat(gone.exitCode()).as(gone.out()).isEqualTo(6);
    assertThat(json(gone).at("/guards").findValuesAsText("guard")).containsExactly(setting);
    assertThat(json(gone).at("/guards/0/message").asText())
        .contains("no longer has the column " + column, "take it away if it is gone for good");
    boolean isList = named.endsWith("columns");
    site.configure(
        source.settings() + settings + named + " = " + (isList ? "[\"" + another + "\"]" : "\"\""));
    assertThat(site.nextMorning("sync").exitCode()).isZero();
    assertThat(site.nextMorning("sync").exitCode()).isZero();
  }

  /** Everybody's second line would go, and a renamed column of an optional field would rest. */
  @Test
  void columnThatAFieldCanDoWithout_stopsTheRun_whereItsLossIsNoAccident() {
    loadWell();
    source.contact("Street Address2_HP", "");
    site.configure(source.settings());
    Result line = site.nextMorning("sync", "--json");
    assertThat(line.exitCode()).isEqualTo(6);
    assertThat(json(line).at("/guards").findValuesAsText("guard"))
        .containsExactly("contact.fields.MailingStreet.second-line");
    site.configure(source.settings() + "contact.fields.MailingStreet.second-line = []\n");
    assertThat(site.nextMorning("sync").exitCode()).isZero();

    source.journey("gRoR Consent Status", "").journey("gRoR Consent_Status", "'1'");
    site.configure(source.settings() + "contact.fields.MailingStreet.second-line = []\n");
    Result renamed = site.nextMorning("sync", "--json");
    assertThat(renamed.exitCode()).isEqualTo(6);
    assertThat(json(renamed).at("/guards/0/message").asText())
        .contains("did you mean gRoR Consent_Status?");

    source.journey("gRoR Consent_Status", "");
    site.configure(source.settings() + "contact.fields.MailingStreet.second-line = []\n");
    assertThat(site.nextMorning("sync").exitCode()).isZero();
  }

  /** The other relation may not tell of everybody, so a person looks before anything is sent. */
  @Test
  void columnThatOneOfTwoRelationsLost_stopsTheRun_untilAPersonApproves() {
    source.contact("Withdrawal Status", "CAST(NULL AS NVARCHAR(9))");
    loadWell();
    assertThat(site.nextMorning("sync").exitCode()).isZero();

    source.contact("Withdrawal Status", "");
    site.configure(source.settings());
    Result lost = site.nextMorning("sync", "--json");

    assertThat(lost.exitCode()).as(lost.out()).isEqualTo(6);
    assertThat(json(lost).at("/guards").findValuesAsText("guard"))
        .containsExactly("withdrawal.status-column");
    assertThat(json(lost).at("/guards/0/message").asText())
        .contains("the contact relation no longer has the column Withdrawal Status", "--plan FILE");
    assertThat(site.nextMorning("sync").exitCode()).as("as long as nobody looks").isEqualTo(6);
    Path plan = directory.resolve("plan.json");
    site.run("plan", "--out", plan.toString());
    assertThat(site.run("sync", "--plan", plan.toString()).exitCode()).isZero();
    assertThat(site.nextMorning("sync").exitCode()).isZero();
  }

  /** The new column may be empty yet, and the field of everybody would be cleared. */
  @Test
  void columnThatComesBeforeTheOneThatWasRead_stopsTheRun_untilAPersonApproves() {
    loadWell();
    String before = shown("Opportunity", "HP_General_Consent_Date__c").toString();
    assertThat(before).contains("20");
    assertThat(site.nextMorning("sync").exitCode()).isZero();

    source.journey("Primary Consent Date", "CAST(NULL AS DATE)");
    site.configure(source.settings());
    Result moved = site.nextMorning("sync", "--json");

    assertThat(moved.exitCode()).as(moved.out()).isEqualTo(6);
    assertThat(json(moved).at("/guards").findValuesAsText("guard"))
        .containsExactly("journey.fields.HP_General_Consent_Date__c", "guards.max-field-clears");
    assertThat(json(moved).at("/guards/0/message").asText())
        .contains("Primary Consent Date", "General Consent Date", "--plan FILE");
    assertThat(shown("Opportunity", "HP_General_Consent_Date__c")).hasToString(before);
    site.configure(
        source.settings()
            + "journey.fields.HP_General_Consent_Date__c.column = \"General Consent Date\"\n");
    assertThat(site.nextMorning("sync").exitCode()).as("the column named alone").isZero();
    assertThat(shown("Opportunity", "HP_General_Consent_Date__c")).hasToString(before);

    source.journey("Primary Consent Date", "\"General Consent Date\"");
    site.configure(source.settings());
    assertThat(site.nextMorning("sync").exitCode()).as("a run that named it").isZero();
    source.journey("General Consent Date", "");
    site.configure(source.settings());
    assertThat(site.nextMorning("sync").exitCode()).as("the old one is gone").isZero();
  }

  @Test
  void columnThatComesBeforeTheOneThatWasRead_mayBeApproved_once() {
    loadWell();
    source.journey("Primary Consent Date", "\"General Consent Date\"");
    site.configure(source.settings());
    assertThat(site.nextMorning("sync").exitCode()).isEqualTo(6);

    Path plan = directory.resolve("plan.json");
    site.run("plan", "--out", plan.toString());
    assertThat(site.run("sync", "--plan", plan.toString()).exitCode()).isZero();
    assertThat(site.nextMorning("sync").exitCode()).isZero();
  }

  @Test
  void optionalField_whoseColumnIsGone_isNamedOnce() {
    loadWell();
    String before = shown("Opportunity", "HP_gROR_Consent_Status__c").toString();

    source.journey("gRoR Consent Status", "");
    site.configure(source.settings());
    Result gone = site.nextMorning("sync");

    assertThat(gone.exitCode()).isZero();
    assertThat(gone.out() + gone.err())
        .contains("journey.fields.HP_gROR_Consent_Status__c is left out from now on");
    assertThat(shown("Opportunity", "HP_gROR_Consent_Status__c")).hasToString(before);
    Result later = site.nextMorning("sync");
    assertThat(later.out() + later.err()).doesNotContain("left out");
  }

  @Test
  void withdrawalColumn_misspeltInOneRelation_isRefusedBeforeTheFirstRun() {
    source.contact("Withdrawal Status_HP", "").contact("Withdrawal Status HP", "'1'");

    Result result = load();

    assertThat(result.exitCode()).isEqualTo(3);
    assertThat(result.err())
        .contains("withdrawal.status-column", "did you mean Withdrawal Status HP?");
    assertThat(shown("Contact", "HP_PMI_ID__c")).isEmpty();
  }

  @Test
  void check_saysWhatEachValueOfTheStatusIsTakenFor() {
    source
        .contact("Paired Organization_HP", "'COLUMBIA_COLUMBIA '")
        .contact("Withdrawal Status_HP", "")
        .journey("Withdrawal Status", "CAST(0.00 AS DECIMAL(5, 2))")
        .journey("Deceased", "'perhaps'");

    assertThat(finding("withdrawal.status-column").at("/message").asText())
        .isEqualTo("Withdrawal Status: 0.00 (6 rows) taken for not withdrawn");
    assertThat(finding("status.organization.column").at("/message").asText())
        .isEqualTo("Paired Organization_HP: COLUMBIA_COLUMBIA (6 rows) taken for ours");
    JsonNode deceased = finding("status.deceased.columns");
    assertThat(deceased.at("/code").asText()).isEqualTo("unclear-status");
    assertThat(deceased.at("/message").asText())
        .contains("1 other values (6 rows)")
        .doesNotContain("perhaps");
  }

  @Test
  void check_withdrawalThatNobodyUnderstands_isAnErrorWhereItWouldStopARun() {
    source.contact("Withdrawal Status_HP", "").journey("Withdrawal Status", "'Y'");

    assertThat(finding("withdrawal.status-column").at("/level").asText()).isEqualTo("warning");
    assertThat(
            finding("withdrawal.status-column", "guards.max-rejected { number = 2, share = 2% }")
                .at("/level")
                .asText())
        .isEqualTo("error");
  }

  @Test
  void check_organizationsOfOthersOnly_areAnError() {
    source.contact("Paired Organization_HP", "'COLUMBIA_IRVING'");

    JsonNode finding = finding("status.organization.column");
    assertThat(finding.at("/level").asText()).isEqualTo("error");
    assertThat(finding.at("/message").asText()).contains("6 rows", "left");
  }
}
