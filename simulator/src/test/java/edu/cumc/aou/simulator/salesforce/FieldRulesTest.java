package edu.cumc.aou.simulator.salesforce;

import static edu.cumc.aou.simulator.salesforce.Caller.DATA;
import static edu.cumc.aou.simulator.salesforce.Caller.assertError;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import com.fasterxml.jackson.databind.JsonNode;
import edu.cumc.aou.simulator.salesforce.org.Ids;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FieldRulesTest {
  private final SalesforceSimulator org =
      SalesforceSimulator.builder().clock(new VirtualClock()).start();
  private final Caller caller = Caller.loggedIn(org);

  @AfterEach
  void close() {
    org.close();
  }

  private static String contact(String field, String jsonValue) {
    return "{\"LastName\":\"Muster\",\"" + field + "\":" + jsonValue + "}";
  }

  private static String journey(String field, String jsonValue) {
    return "{\"Name\":\"j\",\"StageName\":\"Prospecting\",\"CloseDate\":\"2024-12-31\",\""
        + field
        + "\":"
        + jsonValue
        + "}";
  }

  /** Asserts the refusal of a Contact and that the message is the one expected. */
  private JsonNode refused(String field, String jsonValue, String code, String message) {
    JsonNode error =
        assertError(caller.post(DATA + "/sobjects/Contact", contact(field, jsonValue)), 400, code);
    assertThat(error.path("message").asText()).isEqualTo(message);
    assertThat(org.records("Contact")).isEmpty();
    return error;
  }

  private Map<String, Object> stored(String object, String id) {
    return org.records(object).filter(row -> row.get("Id").equals(id)).findFirst().orElseThrow();
  }

  private Object storedContact(String field, String jsonValue) {
    return stored("Contact", caller.create("Contact", contact(field, jsonValue))).get(field);
  }

  private Object storedJourney(String field, String jsonValue) {
    return stored("Opportunity", caller.create("Opportunity", journey(field, jsonValue)))
        .get(field);
  }

  @Test
  void requiredFields_areAllNamed() {
    JsonNode error =
        assertError(
            caller.post(DATA + "/sobjects/Opportunity", "{\"Name\":\" \"}"),
            400,
            "REQUIRED_FIELD_MISSING");

    assertThat(error.path("message").asText())
        .isEqualTo("Required fields are missing: [Name, StageName, CloseDate]");
    assertThat(error.path("fields")).hasSize(3);
  }

  @Test
  void requiredFields_cannotBeCleared() {
    String id = caller.create("Contact", "{\"LastName\":\"Muster\"}");

    assertError(
        caller.patch(DATA + "/sobjects/Contact/" + id, "{\"LastName\":\"\"}"),
        400,
        "REQUIRED_FIELD_MISSING");
  }

  @Test
  void longTexts_areRefusedAndQuoted() {
    JsonNode error =
        refused(
            "MailingCity",
            "\"" + "x".repeat(41) + "\"",
            "STRING_TOO_LONG",
            "Mailing City: data value too large: " + "x".repeat(41) + " (max length=40)");
    assertThat(error.path("fields").get(0).asText()).isEqualTo("MailingCity");

    assertThat(storedContact("MailingCity", "\"" + "x".repeat(40) + "\""))
        .isEqualTo("x".repeat(40));
  }

  @ParameterizedTest
  @ValueSource(strings = {"123", "a@b", "a b@example.org", ".a@example.org", "a@example..org"})
  void badMailAddresses_areRefusedAndQuoted(String address) {
    JsonNode error =
        refused(
            "Email",
            "\"" + address + "\"",
            "INVALID_EMAIL_ADDRESS",
            "Email: invalid email address: " + address);
    assertThat(error.path("fields").get(0).asText()).isEqualTo("Email");
  }

  @Test
  void restrictedPicklists_takeTheirValuesOnly() {
    refused(
        "HP_Sex__c",
        "\"male\"",
        "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST",
        "HP Sex: bad value for restricted picklist field: male");

    assertThat(storedContact("HP_Sex__c", "\"Don't Know\"")).isEqualTo("Don't Know");
    assertThat(storedContact("HP_Language__c", "\"Invented\"")).isEqualTo("Invented");
  }

  @Test
  void unknownFields_areRefused() {
    refused(
        "FavoritePet__c",
        "\"Rex\"",
        "INVALID_FIELD",
        "No such column 'FavoritePet__c' on sobject of type Contact");
  }

  @Test
  void readOnlyFields_areRefused() {
    JsonNode error =
        assertError(
            caller.post(DATA + "/sobjects/Contact", contact("Name", "\"x\"")),
            400,
            "INVALID_FIELD_FOR_INSERT_UPDATE");
    assertThat(error.path("fields").get(0).asText()).isEqualTo("Name");

    String id = caller.create("Contact", "{\"LastName\":\"Muster\"}");
    assertError(
        caller.patch(
            DATA + "/sobjects/Contact/" + id, "{\"SystemModstamp\":\"2024-01-01T00:00:00Z\"}"),
        400,
        "INVALID_FIELD_FOR_INSERT_UPDATE");
  }

  @ParameterizedTest
  @CsvSource({
    "Birthdate, \"31.01.1980\", date",
    "Birthdate, 19800131, date",
    "EmailBouncedDate, \"yesterday\", datetime",
    "MailingLatitude, \"north\", double",
    "MailingLatitude, true, double",
    "Phone, 5125555555, string",
    "LastName, [1], string"
  })
  void valuesOfAnotherType_areNotParsed(String field, String jsonValue, String type) {
    JsonNode error =
        assertError(
            caller.post(DATA + "/sobjects/Contact", contact(field, jsonValue)),
            400,
            "JSON_PARSER_ERROR");

    assertThat(error.path("message").asText())
        .startsWith("Cannot deserialize instance of " + type + " from ");
  }

  /** What two users report: .NET and Qore write points in time with six and seven digits. */
  @Test
  void days_areTakenFromPointsInTime_ofMillisecondsAtMost() {
    assertThat(storedContact("Birthdate", "\"2020-04-30T13:19:18.000+02:00\""))
        .isEqualTo(LocalDate.of(2020, 4, 30));
    for (String time :
        new String[] {"2020-04-30T13:19:18.000000+02:00", "2015-07-23T09:38:33.6366008+02:00"}) {
      assertError(
          caller.post(DATA + "/sobjects/Contact", contact("Birthdate", "\"" + time + "\"")),
          400,
          "JSON_PARSER_ERROR");
    }
  }

  @Test
  void booleans_takeTrueFalseAndTheirTexts() {
    assertThat(storedJourney("HP_Withdrawal_Status__c", "true")).isEqualTo(true);
    assertThat(storedJourney("HP_Withdrawal_Status__c", "\"FALSE\"")).isEqualTo(false);
    assertError(
        caller.post(DATA + "/sobjects/Opportunity", journey("HP_Withdrawal_Status__c", "1")),
        400,
        "JSON_PARSER_ERROR");
    assertError(
        caller.post(DATA + "/sobjects/Opportunity", journey("HP_Withdrawal_Status__c", "null")),
        400,
        "INVALID_TYPE_ON_FIELD_IN_RECORD");
  }

  @Test
  void numbers_areRoundedToTheirScaleAndRefusedBeyondTheirPrecision() {
    assertThat(storedJourney("Amount", "\"12.345\"")).isEqualTo(12.35);
    assertThat(storedJourney("HP_General_Consent_Status__c", "2")).isEqualTo(2.0);
    assertError(
        caller.post(DATA + "/sobjects/Opportunity", journey("HP_General_Consent_Status__c", "10")),
        400,
        "NUMBER_OUTSIDE_VALID_RANGE");
  }

  @Test
  void flags_comeInAllFourKinds() {
    assertThat(storedJourney("HP_General_Consent_Status__c", "1")).isEqualTo(1.0);
    assertThat(storedJourney("HP_EHR_Consent_Status__c", "\"2\"")).isEqualTo("2");
    assertThat(storedJourney("HP_Withdrawal_Status__c", "true")).isEqualTo(true);
    assertThat(storedJourney("HP_Samples_for_DNA_Received__c", "\"1\"")).isEqualTo("1");
    assertError(
        caller.post(DATA + "/sobjects/Opportunity", journey("HP_EHR_Consent_Status__c", "\"3\"")),
        400,
        "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST");
  }

  @Test
  void values_areStoredNormalised() {
    assertThat(storedContact("FirstName", "\"  Maxi \"")).isEqualTo("Maxi");
    assertThat(storedContact("FirstName", "\"\"")).isNull();
    assertThat(storedContact("FirstName", "\"   \"")).isNull();
    assertThat(storedContact("Email", "\"Maxi.Muster@Example.ORG\""))
        .isEqualTo("maxi.muster@example.org");
    assertThat(storedContact("Birthdate", "\"1980-01-31\"")).isEqualTo(LocalDate.of(1980, 1, 31));
    assertThat(storedContact("EmailBouncedDate", "\"2024-01-31T10:00:00.999+02:00\""))
        .isEqualTo(Instant.parse("2024-01-31T08:00:00Z"));
  }

  @Test
  void references_mustBeIdsOfLiveRecordsOfTheirObject() {
    JsonNode malformed =
        refused(
            "AccountId",
            "\"" + org.staffUserId() + "\"",
            "MALFORMED_ID",
            "Account ID: id value of incorrect type: " + org.staffUserId());
    assertThat(malformed.path("fields").get(0).asText()).isEqualTo("AccountId");
    refused(
        "AccountId",
        "\"" + Ids.of("001", 77) + "\"",
        "INVALID_CROSS_REFERENCE_KEY",
        "invalid cross reference id");

    String shortId = org.accountId().substring(0, 15);
    assertThat(storedContact("AccountId", "\"" + shortId + "\"")).isEqualTo(org.accountId());

    String account = org.create("Account", Map.of("Name", "Gone"));
    org.delete(account);
    assertError(
        caller.post(DATA + "/sobjects/Contact", contact("AccountId", "\"" + account + "\"")),
        400,
        "ENTITY_IS_DELETED");
  }

  @Test
  void uniqueFields_refuseTheSecondWhateverItsCase() {
    String first = caller.create("Contact", contact("HP_PMI_ID__c", "\"P012345678\""));

    JsonNode error =
        assertError(
            caller.post(DATA + "/sobjects/Contact", contact("HP_PMI_ID__c", "\"p012345678\"")),
            400,
            "DUPLICATE_VALUE");

    assertThat(error.path("message").asText())
        .isEqualTo(
            "duplicate value found: HP_PMI_ID__c duplicates value on record with id: " + first);
    assertThat(
            caller
                .patch(DATA + "/sobjects/Contact/" + first, "{\"HP_PMI_ID__c\":\"P012345678\"}")
                .statusCode())
        .isEqualTo(204);
    org.delete(first);
    assertThat(storedContact("HP_PMI_ID__c", "\"P012345678\"")).isEqualTo("P012345678");
  }

  @Test
  void pmiField_asPlainText_takesDuplicatesAndIsNoKey() {
    try (SalesforceSimulator plain = SalesforceSimulator.builder().pmiFieldUnique(false).start()) {
      Caller other = Caller.loggedIn(plain);
      other.create("Contact", contact("HP_PMI_ID__c", "\"P012345678\""));
      other.create("Contact", contact("HP_PMI_ID__c", "\"P012345678\""));

      assertError(
          other.patch(DATA + "/sobjects/Contact/HP_PMI_ID__c/P012345678", "{}"), 404, "NOT_FOUND");
      assertThat(plain.records("Contact")).hasSize(2);
    }
  }

  @Test
  void computedFields_followTheirSources() {
    String id = caller.create("Opportunity", journey("Amount", "1"));
    assertThat(stored("Opportunity", id)).contains(entry("IsClosed", false));

    caller.patch(DATA + "/sobjects/Opportunity/" + id, "{\"StageName\":\"Closed Won\"}");

    assertThat(stored("Opportunity", id)).contains(entry("IsClosed", true), entry("IsWon", true));
  }
}
