package edu.cumc.aou.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import edu.cumc.aou.cli.Site.Result;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a first load makes of a value, in whatever type and writing the source has it: everybody has
 * the same one here.
 */
class ValuesOnTheirWayInEndToEndTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int PEOPLE = 6;

  @TempDir Path directory;
  private Site site;
  private RetypedSource source;

  @BeforeEach
  void open() {
    site = new Site(directory, PEOPLE);
    source = new RetypedSource(site);
  }

  @AfterEach
  void close() {
    site.close();
  }

  private Result load(String... settings) {
    site.configure(source.settings() + String.join("\n", settings));
    assertThat(site.run("init").exitCode()).isZero();
    return site.run("sync", "--initial-load", "--json");
  }

  /** Loads, and nobody is needed. */
  private void loadWell(String... settings) {
    Result result = load(settings);
    assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
    assertThat(site.org.records("Contact").filter(c -> c.containsKey("HP_PMI_ID__c")).count())
        .as("everybody who has not withdrawn arrives")
        .isPositive();
  }

  private Set<String> shown(String object, String field) {
    Set<String> shown = new TreeSet<>();
    site.org
        .records(object)
        .filter(r -> object.equals("Opportunity") || r.containsKey("HP_PMI_ID__c"))
        .forEach(r -> shown.add(String.valueOf(r.getOrDefault(field, ""))));
    return shown;
  }

  private static JsonNode json(Result result) {
    try {
      return JSON.readTree(result.out());
    } catch (IOException e) {
      throw new IllegalStateException(result.out() + result.err(), e);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CAST('1960-07-04' AS DATE)",
        "CAST('1960-07-04 00:00' AS DATETIME)",
        "CAST('1960-07-04 00:00' AS DATETIME2)",
        "CAST('1960-07-04 00:00' AS SMALLDATETIME)",
        "CAST('1960-07-04 01:30' AS DATETIME)",
        "CAST('1960-07-04 00:00:00+00:00' AS DATETIMEOFFSET)",
        "CAST('1960-07-04 23:30:00-05:00' AS TIMESTAMP WITH TIME ZONE)",
        "'1960-07-04'",
        "'7/4/1960'",
        "'07/04/1960 00:00:00'",
        "'Jul  4 1960 12:00AM'",
        "'1960-07-04T00:00:00Z'",
      })
  void birthDate_neverMoves(String birth) {
    source.contact("Date of Birth_HP", birth);

    loadWell();

    assertThat(shown("Contact", "Birthdate")).containsExactly("1960-07-04");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "CAST('2023-03-09 01:05' AS DATETIME) | local | 2023-03-09",
        "CAST('2023-03-09 00:00' AS DATETIME) | local | 2023-03-09",
        "CAST('2023-03-09 00:00' AS DATETIME) | instant | 2023-03-09",
        "CAST('2023-03-09 01:05' AS DATETIME) | instant | 2023-03-08",
        "CAST('2023-03-09 01:05' AS DATETIME) | day | 2023-03-09",
        "'3/9/2023 1:05 am' | local | 2023-03-09",
        "'3/9/2023 1:05 am' | instant | 2023-03-08",
        "'20230309' | instant | 2023-03-09",
        "'Mar  9 2023 12:00AM' | local | 2023-03-09",
        "'03/09/2023 21:14' | local | 2023-03-09",
        "'3/9/2023 9:14:05 PM' | local | 2023-03-09",
        "'2023-03-10 01:30:00 +00:00' | local | 2023-03-09",
        "'2023-03-09 23:30:00 -05:00' | local | 2023-03-09",
        "CAST('2023-03-09 23:30:00-05:00' AS DATETIMEOFFSET) | local | 2023-03-09",
        "CAST('2023-03-10 04:30:00+00:00' AS DATETIMEOFFSET) | local | 2023-03-09",
        "CAST('2023-03-10 04:30:00+00:00' AS DATETIMEOFFSET) | instant | 2023-03-09",
        "CAST('2023-03-10 04:30:00+00:00' AS DATETIMEOFFSET) | day | 2023-03-10",
        "CAST('1900-01-01 00:00' AS DATETIME) | local | \"\"",
      })
  void dateOfAJourney_isTheDayThatItsColumnMeans(String sql, String kind, String expected) {
    source.journey("EHR Consent Date", sql);

    loadWell(
        "source.time-zone = UTC",
        "journey.fields { HP_EHR_Consent_Date__c.source-kind = "
            + kind
            + ", HP_gROR_Consent_Date__c.source-kind = instant }");

    assertThat(shown("Opportunity", "HP_EHR_Consent_Date__c")).containsExactly(expected);
  }

  @Test
  void timeWithItsZone_keepsIt_whereTheSourcesZoneIsNewYork() {
    source.journey("EHR Consent Date", "CAST('2024-01-05 23:30:00-05:00' AS DATETIMEOFFSET)");

    loadWell("source.time-zone = \"America/New_York\"");

    assertThat(shown("Opportunity", "HP_EHR_Consent_Date__c")).containsExactly("2024-01-05");
  }

  @Test
  void zoneOfTheVersionBefore_isRefusedWithWhatToSayInstead() {
    site.configure("source.time-zone = UTC");

    Result result = site.run("plan");

    assertThat(result.exitCode()).isEqualTo(3);
    assertThat(result.err()).contains("source.time-zone", "source-kind = instant");
  }

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

  @ParameterizedTest
  @ValueSource(strings = {"UNSET", "PMI_Skip", "PMI_PreferNotToAnswer", "unset\u00A0", "\u200B"})
  void placeholder_isBlank(String city) {
    source.contact("City_HP", "'" + city + "'");

    loadWell();

    assertThat(shown("Contact", "MailingCity")).containsExactly("");
  }

  @ParameterizedTest
  @CsvSource({
    "U.S. Virgin Islands, US VIRGIN ISLANDS",
    "US VIRGIN ISLANDS, US VIRGIN ISLANDS",
    "Washington DC, DISTRICT OF COLUMBIA",
    "PIIState_NY, NEW YORK",
  })
  void state_isThePostalState(String written, String expected) {
    source.contact("State_HP", "'" + written + "'");

    loadWell();

    assertThat(shown("Contact", "MailingState")).containsExactly(expected);
  }

  @Test
  void language_goesByBothNames() {
    source
        .contact("Language_HP", "")
        .contact("Language of Primary Consent_HP", "CAST('es' AS NVARCHAR(32))");

    loadWell();

    assertThat(shown("Contact", "HP_Language__c")).containsExactly("es");
  }

  @Test
  void language_underAnotherName_isHintedAt() {
    source.contact("Language_HP", "");

    Result result = load();

    assertThat(result.exitCode()).isEqualTo(3);
    assertThat(result.err())
        .contains("contact.fields.HP_Language__c", "did you mean Language of General Consent_HP?");
  }

  @ParameterizedTest
  @ValueSource(strings = {".", "a.", "a@", "x"})
  void valueThatIsFarTooLong_costsItsFieldOnly(String piece) {
    source.contact("Email_HP", "CAST(REPEAT('" + piece + "', " + 2_000 + ") AS NVARCHAR(4000))");

    Result result = load();

    assertThat(result.exitCode()).isEqualTo(5);
    assertThat(json(result).at("/refusedFields").fieldNames().next())
        .isEqualTo("contact.Email:too-long");
    assertThat(shown("Contact", "HP_PMI_ID__c")).hasSize(PEOPLE);
  }

  @Test
  void lastNameThatIsTooLong_rejectsItsPerson_andSaysSo() {
    source.contact("Last Name_HP", "REPEAT('x', 256)");

    Result result = load("guards.max-rejected.number = 100");

    assertThat(result.exitCode()).isEqualTo(5);
    assertThat(json(result).at("/errors").findValuesAsText("code"))
        .containsExactly("required-field-refused:LastName:too-long");
    Result failures = site.run("failures");
    assertThat(failures.out()).contains("too long", "the whole person is rejected");
  }

  @ParameterizedTest
  @ValueSource(strings = {"VARBINARY(4)", "TIME"})
  void columnOfATypeThatIsNoValue_isRefusedByName(String type) {
    source.journey("EHR Consent Date", "CAST(NULL AS " + type + ")");

    Result result = load();

    assertThat(result.exitCode()).isEqualTo(3);
    assertThat(result.err()).contains("HP_EHR_Consent_Date__c", "EHR Consent Date");
  }

  @Test
  void secondMorning_sendsNothing() {
    source
        .contact("Date of Birth_HP", "CAST('1960-07-04 00:00' AS DATETIME)")
        .contact("State_HP", "'U.S. Virgin Islands'")
        .journey("EHR Consent Date", "CAST('2024-01-05 23:30:00-05:00' AS DATETIMEOFFSET)");
    loadWell();
    site.time.advanceTo(site.time.instant().plusSeconds(86_400));

    Result result = site.run("sync", "--json");

    assertThat(result.exitCode()).isZero();
    assertThat(json(result).at("/planned")).isEmpty();
  }

  private JsonNode finding(String subject, String... settings) {
    site.configure(source.settings() + String.join("\n", settings));
    assertThat(site.run("init").exitCode()).isZero();
    Result result = site.run("check", "--json");
    for (JsonNode finding : json(result).at("/findings")) {
      if (finding.at("/subject").asText().equals(subject)) {
        return finding;
      }
    }
    throw new AssertionError("nothing is said of " + subject + ": " + result.out());
  }

  @Test
  void check_saysHowAColumnOfTimesIsRead_andHowManyAreNotMidnight() {
    source
        .contact("Date of Birth_HP", "CAST('1960-07-04 00:00' AS DATETIME)")
        .journey("EHR Consent Date", "CAST('2024-01-05 13:30' AS DATETIME2)")
        .journey("General Consent Date", "CAST('2024-01-05 00:00:00+00:00' AS DATETIMEOFFSET)");

    assertThat(finding("contact.fields.Birthdate").at("/message").asText())
        .isEqualTo(
            "reads Date of Birth_HP, a DATETIME column, as the day that is written; 0 of its 6"
                + " values are not midnight");
    assertThat(finding("journey.fields.HP_EHR_Consent_Date__c").at("/message").asText())
        .contains("as the day that is written; 6 of its 6 values are not midnight");
    assertThat(
            finding(
                    "journey.fields.HP_EHR_Consent_Date__c",
                    "journey.fields.HP_EHR_Consent_Date__c.source-kind = instant",
                    "source.time-zone = UTC")
                .at("/message")
                .asText())
        .contains("points in time of UTC, of which it takes the day in America/New_York");
    JsonNode withZone = finding("journey.fields.HP_General_Consent_Date__c");
    assertThat(withZone.at("/code").asText()).isEqualTo("looks-like-days");
    assertThat(withZone.at("/advice").asText()).contains("source-kind = day");
  }

  @Test
  void check_saysWhatEachValueOfTheStatusIsTakenFor() {
    source
        .contact("Paired Organization_HP", "'COLUMBIA_COLUMBIA '")
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
    source.journey("Withdrawal Status", "'Y'");

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

  @Test
  void check_lastNameThatIsTooLong_saysThatThePersonIsRejected() {
    source.contact("Last Name_HP", "REPEAT('x', 256)");

    assertThat(finding("contact.fields.LastName").at("/advice").asText())
        .contains("a person whose text is too long is rejected");
  }
}
