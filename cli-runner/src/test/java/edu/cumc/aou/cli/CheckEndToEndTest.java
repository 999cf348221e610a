package edu.cumc.aou.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import edu.cumc.aou.cli.Site.Result;
import edu.cumc.aou.simulator.salesforce.org.FieldAccess.Permission;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CheckEndToEndTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path directory;
  private Site site;

  @BeforeEach
  void open() {
    site = new Site(directory, 30);
    site.run("init");
  }

  @AfterEach
  void close() {
    site.close();
  }

  private JsonNode findings(String... args) throws Exception {
    return JSON.readTree(site.run(args).out()).path("findings");
  }

  private static List<String> subjects(JsonNode findings, String level) {
    List<String> subjects = new ArrayList<>();
    findings.forEach(
        f -> {
          if (f.path("level").asText().equals(level)) {
            subjects.add(f.path("subject").asText());
          }
        });
    return subjects;
  }

  @Test
  void check_freshSite_hasNoErrors_andNamesWhatItLookedAt() throws Exception {
    JsonNode findings = findings("check", "--json");
    assertThat(subjects(findings, "error")).as(findings.toString()).isEmpty();
    assertThat(subjects(findings, "ok"))
        .contains("store", "environment", "source.contacts", "source.journeys", "contact.fields");
  }

  @Test
  void check_loginThatIsRefused_isToldOnce() throws Exception {
    site.configure("salesforce.auth.security-token = \"\"");
    JsonNode findings = findings("check", "--json");
    assertThat(subjects(findings, "error")).containsOnlyOnce("salesforce");
  }

  @Test
  void check_versionThatNobodyOffers_isAnErrorWithTheRange() {
    site.configure("salesforce.api-version = \"99.0\"");
    Result result = site.run("check");
    assertThat(result.exitCode()).isEqualTo(3);
    assertThat(result.out())
        .contains(
            "salesforce.api-version: the org does not offer version 99.0 [version-not-offered]");
  }

  @Test
  void check_fieldThatEachNewContactNeeds_andThatNothingIsMappedTo_isAWarning() throws Exception {
    site.org.changeAccess("Contact", "Department", Permission.EDIT, true);
    site.org.changeAccess("Opportunity", "Description", Permission.EDIT, true);

    JsonNode findings = findings("check", "--json");
    assertThat(subjects(findings, "warning")).contains("contact.fields.Department");
    assertThat(subjects(findings, "warning")).doesNotContain("journey.fields.Description");
    assertThat(findings.findValuesAsText("code")).contains("required-not-mapped");

    site.org.changeAccess("Opportunity", "Description", Permission.EDIT, false);
    site.configure("contact.fields.Department.constant = Invented");
    assertThat(findings("check", "--json").findValuesAsText("code"))
        .doesNotContain("required-not-mapped");
    assertThat(site.run("sync", "--initial-load").exitCode()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "contact.account-id, 001Hx0000000001IAB",
    "contact.fields.OwnerId.constant, 005Hx0000000001IAB",
  })
  void mistypedId_isNamedByItsSetting_andNothingIsSent(String setting, String id) {
    site.configure(setting + " = " + id);
    String named = setting.replace(".constant", "");

    for (String command : List.of("check", "sync")) {
      Result result = site.run(command);
      assertThat(result.exitCode()).as(command).isEqualTo(3);
      assertThat(result.out() + result.err())
          .contains(named + ": the last three characters of the id do not fit")
          .doesNotContain("INVALID_QUERY_FILTER_OPERATOR");
    }
    assertThat(site.org.records("Contact")).isEmpty();
  }

  @Test
  void check_withdrawalFieldThatMayNotBeEdited_isNotCalledUnmapped() throws Exception {
    site.org.changeAccess("Opportunity", "HP_Withdrawal_Status__c", Permission.READ, false);

    JsonNode findings = findings("check", "--json");
    assertThat(subjects(findings, "error"))
        .containsExactly("journey.fields.HP_Withdrawal_Status__c");
    assertThat(subjects(findings, "warning")).doesNotContain("withdrawal.journey-fields");
  }

  @Test
  void check_misspeltColumn_isNamedWithTheNearest_andSyncSaysTheSame() throws Exception {
    site.configure("contact.fields.Email { columns = [\"E-mail_HP\"] }");
    Result check = site.run("check");
    assertThat(check.exitCode()).isEqualTo(3);
    assertThat(check.out())
        .contains("contact.fields.Email: the source has no column E-mail_HP")
        .contains("did you mean Email_HP?");

    Result sync = site.run("sync", "--initial-load", "--json");
    assertThat(sync.exitCode()).isEqualTo(3);
    assertThat(sync.err()).contains("E-mail_HP", "Nothing was changed");
    JsonNode document = JSON.readTree(sync.out());
    assertThat(document.at("/error/kind").asText()).isEqualTo("config");
    assertThat(subjects(document.path("findings"), "error"))
        .containsExactly("contact.fields.Email");
    assertThat(document.path("findings").findValuesAsText("code")).contains("no-such-column");
    assertThat(site.org.records("Contact")).isEmpty();
    assertThat(site.run("status").out()).contains("No runs yet");
  }

  @Test
  void check_flagFedByADay_isAnError() {
    site.configure("journey.fields.HP_EHR_Consent_Status__c.columns = [\"EHR Consent Date\"]");
    Result result = site.run("check");
    assertThat(result.exitCode()).isEqualTo(3);
    assertThat(result.out()).contains("journey.fields.HP_EHR_Consent_Status__c: needs a flag");
  }

  @ParameterizedTest
  @CsvSource({
    "contact, Email, nobody",
    "contact, Birthdate, soon",
    "journey, HP_Withdrawal_Status__c, perhaps",
    "contact, AccountId, 7",
  })
  void check_constantThatItsFieldRefuses_isWarnedOf(String object, String field, String constant) {
    site.configure("%s.fields.%s { constant = \"%s\" }\n".formatted(object, field, constant));

    assertThat(site.run("check").out())
        .containsPattern(
            object + "\\.fields\\." + field + ": [^\\n]*rule [a-z-]+ refuses\\s+the\\s+constant");
  }

  @Test
  void check_daysAsTexts_inAnotherOrder_orWithAZone_areWarnedOf() {
    site.source("ALTER TABLE dbo.healthpro ADD [Text Day] VARCHAR(40)");
    site.configure("journey.fields.HP_General_Consent_Date__c.columns = [\"Text Day\"]");
    site.source(
        "UPDATE dbo.healthpro SET [Text Day] = FORMATDATETIME([General Consent Date], 'dd/MM/yyyy')");
    assertThat(site.run("check").out())
        .containsPattern("HP_General_Consent_Date__c: [^\\n]*begin with a number that is no month")
        .contains("steps = [{ date { from = \"d/M/yyyy\" } }]");

    site.source(
        "UPDATE dbo.healthpro SET [Text Day] = FORMATDATETIME([General Consent Date], 'yyyy-MM-dd') || 'T00:00:00Z'");
    assertThat(site.run("check").out())
        .containsPattern("HP_General_Consent_Date__c: reads [^\\n]*midnights of another zone")
        .contains("source-kind = day");

    site.configure(
        "journey.fields.HP_General_Consent_Date__c { columns = [\"Text Day\"], source-kind = day }");
    assertThat(site.run("check").out()).doesNotContain("midnights of another zone");
    site.source(
        "UPDATE dbo.healthpro SET [Text Day] = FORMATDATETIME([General Consent Date], 'yyyy-MM-dd') || 'T14:30:00Z'");
    site.configure("journey.fields.HP_General_Consent_Date__c.columns = [\"Text Day\"]");
    assertThat(site.run("check").out()).doesNotContain("midnights of another zone");
  }

  /** Salesforce counts a sign outside the first plane as two, and so does the normaliser. */
  @Test
  void check_longestText_isCountedAsTheFieldCounts() {
    site.source("UPDATE dbo.healthpro SET [City] = '%s'".formatted("\uD83D\uDE00".repeat(20)));
    assertThat(site.run("check").out()).doesNotContain("MailingCity");

    site.source("UPDATE dbo.healthpro SET [City] = '%s'".formatted("\uD83D\uDE00".repeat(21)));
    assertThat(site.run("check").out())
        .contains("contact.fields.MailingCity")
        .containsPattern("takes 40 characters[^.]*42");
    assertThat(site.run("sync", "--initial-load").out()).contains("contact.MailingCity:too-long");
  }

  @Test
  void check_valuesOfAPicklist_areShownOnRequestOnly() {
    site.configure("contact.fields.MailingGeocodeAccuracy { columns = [\"City_HP\"] }");
    Result result = site.run("check");
    Result shown = site.run("check", "--show-values");
    assertThat(result.exitCode()).isZero();
    assertThat(result.out())
        .contains(
            "contact.fields.MailingGeocodeAccuracy: is a restricted picklist and does not take");
    List<String> more = new ArrayList<>(shown.out().lines().toList());
    more.removeAll(result.out().lines().toList());
    more.removeIf(l -> l.contains("API calls of the day are left"));
    assertThat(more).isNotEmpty().allMatch(l -> l.matches(" {10}.+ \\([0-9,]+ rows\\)"));
    assertThat(shown.err()).isEmpty();
  }
}
