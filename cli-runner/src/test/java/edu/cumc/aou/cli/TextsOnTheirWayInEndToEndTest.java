package edu.cumc.aou.cli;

import static org.assertj.core.api.Assertions.assertThat;

import edu.cumc.aou.cli.Site.Result;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Texts, states and values of picklists arrive as Salesforce spells them, or are refused by name.
 */
class TextsOnTheirWayInEndToEndTest extends FirstLoadTestBase {

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

  @Test
  void check_lastNameThatIsTooLong_saysThatThePersonIsRejected() {
    source.contact("Last Name_HP", "REPEAT('x', 256)");

    assertThat(finding("contact.fields.LastName").at("/advice").asText())
        .contains("a text that is too long rejects the person");
  }

  /** Salesforce matches without regard to case there too, and would keep a second spelling. */
  @ParameterizedTest
  @CsvSource({"web, Web", "PHONE  INQUIRY, Phone Inquiry", "Newspaper, Newspaper"})
  void picklistThatIsNotRestricted_getsItsOwnSpelling_orTheTextAsItIs(
      String written, String expected) {
    source.contact("City_HP", "'" + written + "'");

    loadWell("contact.fields.LeadSource.column = City_HP");

    assertThat(shown("Contact", "LeadSource")).containsExactly(expected);
    assertThat(json(site.nextMorning("sync", "--json")).at("/planned")).isEmpty();
  }
}
