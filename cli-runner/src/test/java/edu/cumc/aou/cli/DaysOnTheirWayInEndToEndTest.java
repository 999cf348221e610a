package edu.cumc.aou.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import edu.cumc.aou.cli.Site.Result;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Days and points in time arrive as the day that is written, whatever the type of their column. */
class DaysOnTheirWayInEndToEndTest extends FirstLoadTestBase {

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
}
