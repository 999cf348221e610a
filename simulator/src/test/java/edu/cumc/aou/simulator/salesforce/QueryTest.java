package edu.cumc.aou.simulator.salesforce;

import static edu.cumc.aou.simulator.salesforce.Caller.DATA;
import static edu.cumc.aou.simulator.salesforce.Caller.assertError;
import static edu.cumc.aou.simulator.salesforce.Caller.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import edu.cumc.aou.simulator.salesforce.http.ApiException;
import edu.cumc.aou.simulator.salesforce.soql.SoqlParser;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QueryTest {
  private final VirtualClock clock = new VirtualClock();
  private final SalesforceSimulator org = SalesforceSimulator.builder().clock(clock).start();
  private final Caller caller = Caller.loggedIn(org);
  private String ann = "";
  private String ben = "";
  private String cem = "";

  @BeforeEach
  void createContacts() {
    ann = contact("Ann", "P000000001", Map.of("Phone", "100%", "Birthdate", "1980-01-31"));
    clock.advance(Duration.ofMinutes(1));
    ben = contact("Ben", "P000000002", Map.of("FirstName", "O'Hara", "HP_Sex__c", "Male"));
    clock.advance(Duration.ofMinutes(1));
    cem = contact("cem", "P000000003", Map.of("Phone", "2", "Birthdate", "1990-01-31"));
  }

  @AfterEach
  void close() {
    org.close();
  }

  private String contact(String lastName, String pmiId, Map<String, String> more) {
    Map<String, String> fields = new TreeMap<>(more);
    fields.put("LastName", lastName);
    fields.put("HP_PMI_ID__c", pmiId);
    fields.put("AccountId", org.accountId());
    return org.create("Contact", fields);
  }

  private List<String> names(String where) {
    List<String> names = new ArrayList<>();
    caller
        .found("SELECT LastName FROM Contact " + where)
        .path("records")
        .forEach(record -> names.add(record.path("LastName").asText()));
    return names;
  }

  @Test
  void answer_hasRecordsWithAttributesAndTheSelectedFields() {
    JsonNode answer = caller.found("select id, lastname from contact where Id = '" + ann + "'");

    assertThat(answer.path("totalSize").asInt()).isEqualTo(1);
    assertThat(answer.path("done").asBoolean()).isTrue();
    assertThat(answer.has("nextRecordsUrl")).isFalse();
    assertThat(answer.path("records").get(0))
        .isEqualTo(
            json(
                "{\"attributes\":{\"type\":\"Contact\",\"url\":\""
                    + DATA
                    + "/sobjects/Contact/"
                    + ann
                    + "\"},\"Id\":\""
                    + ann
                    + "\",\"LastName\":\"Ann\"}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "LastName = 'ann' | Ann",
        "LastName != 'ann' | Ben,cem",
        "LastName > 'Ann' | Ben,cem",
        "LastName <= 'BEN' | Ann,Ben",
        "LastName < 'Ben' | Ann",
        "LastName >= 'Ben' | Ben,cem",
        "Phone != '2' | Ann,Ben",
        "Phone <> null | Ann,cem",
        "Phone = null | Ben",
        "Phone = '' | Ben",
        "Phone > '1' | Ann,cem",
        "LastName IN ('ANN','cem') | Ann,cem",
        "LastName NOT IN ('ANN','cem') | Ben",
        "Phone NOT IN ('2') | Ann,Ben",
        "Phone IN ('2', null) | Ben,cem",
        "LastName LIKE '%E%' | Ben,cem",
        "LastName LIKE '_en' | Ben",
        "Phone LIKE '100\\%' | Ann",
        "Phone LIKE '2\\%' | ",
        "FirstName = 'O\\'Hara' | Ben",
        "Birthdate = 1980-01-31 | Ann",
        "Birthdate < 1990-01-31 | Ann",
        "SystemModstamp >= 2024-03-01T06:01:00Z | Ben,cem",
        "SystemModstamp > 2024-03-01T06:01:00.000Z | cem",
        "SystemModstamp >= 2024-03-01T08:02:00+02:00 | cem",
        "SystemModstamp < 2024-03-01T06:01:00Z | Ann",
        "IsEmailBounced = false AND Phone = '2' | cem",
        "IsDeleted = true | ",
        "NOT LastName = 'Ann' | Ben,cem",
        "LastName = 'Ann' OR LastName = 'Ben' | Ann,Ben",
        "Phone != null AND (LastName = 'Ann' OR LastName = 'Ben') | Ann",
        "Phone != null AND (NOT LastName = 'Ann') | cem",
        "HP_PMI_ID__c IN ('p000000001','P000000003') | Ann,cem",
        "HP_PMI_ID__c = 'P000000002' AND Phone != null | ",
        "Account.Name = 'all of us participants' AND Phone = '2' | cem",
        "MailingLatitude = null AND HP_Sex__c = 'Male' | Ben"
      })
  void where_findsWhatItSays(String where, String expected) {
    List<String> names = expected == null ? List.of() : List.of(expected.split(","));

    assertThat(names("WHERE " + where)).containsExactlyElementsOf(names);
  }

  @Test
  void ids_areComparedInBothLengths() {
    assertThat(names("WHERE Id IN ('" + ann.substring(0, 15) + "','" + cem + "')"))
        .containsExactly("Ann", "cem");
    assertError(
        caller.query("SELECT Id FROM Contact WHERE Id = 'x'"),
        400,
        "INVALID_QUERY_FILTER_OPERATOR");
  }

  @Test
  void orderBy_putsNullsFirstUnlessToldOtherwise() {
    assertThat(names("ORDER BY LastName DESC")).containsExactly("cem", "Ben", "Ann");
    assertThat(names("ORDER BY Birthdate")).containsExactly("Ben", "Ann", "cem");
    assertThat(names("ORDER BY Birthdate DESC")).containsExactly("Ben", "cem", "Ann");
    assertThat(names("ORDER BY Birthdate NULLS LAST")).containsExactly("Ann", "cem", "Ben");
    assertThat(names("ORDER BY AccountId ASC NULLS FIRST, SystemModstamp DESC, Id LIMIT 2"))
        .containsExactly("cem", "Ben");
  }

  @Test
  void count_givesTheTotalAndNoRecords() {
    JsonNode answer = caller.found("SELECT COUNT() FROM Contact WHERE Phone != null");

    assertThat(answer.path("totalSize").asInt()).isEqualTo(2);
    assertThat(answer.path("records").isArray()).isTrue();
    assertThat(answer.path("records")).isEmpty();
  }

  @Test
  void parents_areNestedOrNull() {
    String orphan = org.create("Contact", Map.of("LastName", "Orphan"));

    JsonNode records =
        caller
            .found(
                "SELECT Id, Account.Name, Account.OwnerId, Owner.Username FROM Contact WHERE Id IN"
                    + " ('"
                    + ann
                    + "','"
                    + orphan
                    + "')")
            .path("records");

    JsonNode account = records.get(0).path("Account");
    assertThat(account.path("Name").asText()).isEqualTo("All of Us Participants");
    assertThat(account.path("OwnerId").asText()).isEqualTo(org.staffUserId());
    assertThat(account.path("attributes").path("type").asText()).isEqualTo("Account");
    assertThat(records.get(0).path("Owner").path("Username").asText()).contains("@");
    assertThat(records.get(1).path("Account").isNull()).isTrue();
  }

  @Test
  void customParents_areReachedByTheirRelationship() {
    JsonNode answer =
        caller.found(
            "SELECT Contact__c, Contact__r.HP_PMI_ID__c FROM Opportunity WHERE Contact__c = '"
                + ben
                + "'");

    assertThat(answer.path("totalSize").asInt()).isEqualTo(1);
    assertThat(answer.path("records").get(0).path("Contact__r").path("HP_PMI_ID__c").asText())
        .isEqualTo("P000000002");
  }

  @Test
  void organization_saysWhoItIs() {
    JsonNode row =
        caller
            .found("SELECT Id, Name, IsSandbox, InstanceName, OrganizationType FROM Organization")
            .path("records")
            .get(0);

    assertThat(row.path("Id").asText()).isEqualTo(org.credentials().organizationId());
    assertThat(row.path("IsSandbox").asBoolean()).isTrue();
    assertThat(row.path("InstanceName").asText()).isNotEmpty();
  }

  @Test
  void deletedRecords_areSeenByQueryAllOnly() {
    org.delete(ben);
    String soql = "SELECT LastName, IsDeleted FROM Contact WHERE HP_PMI_ID__c = 'P000000002'";

    assertThat(caller.found(soql).path("totalSize").asInt()).isZero();
    JsonNode all = json(caller.queryAll(soql));
    assertThat(all.path("records").get(0).path("IsDeleted").asBoolean()).isTrue();
  }

  @Test
  void unknownColumn_isShownWithACaret() {
    JsonNode error =
        assertError(caller.query("SELECT Bacon__c FROM Account LIMIT 2"), 400, "INVALID_FIELD");

    assertThat(error.path("message").asText())
        .isEqualTo(
            "\nSELECT Bacon__c FROM Account LIMIT 2\n       ^\nERROR at Row:1:Column:8\n"
                + "No such column 'Bacon__c' on entity 'Account'. If you are attempting to use a"
                + " custom field, be sure to append the '__c' after the custom field name. Please"
                + " reference your WSDL or the describe call for the appropriate names.");
  }

  @Test
  void unknownObject_isAnInvalidType() {
    JsonNode error = assertError(caller.query("SELECT Id FROM XYZZY"), 400, "INVALID_TYPE");

    assertThat(error.path("message").asText())
        .contains("Row:1:Column:16")
        .contains("sObject type 'XYZZY' is not supported.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "Description = 'x' | field 'Description' can not be filtered in a query call",
        "Birthdate = '1980-01-31' | must be of type date and should not be enclosed in quotes",
        "LastName = 5 | must be of type string and should be enclosed in quotes",
        "SystemModstamp > 2024-01-01 | must be of type datetime",
        "IsDeleted = 'true' | must be of type boolean",
        "MailingLatitude = 'x' | must be of type number",
        "Nobody.Name = 'x' | Didn't understand relationship 'Nobody'"
      })
  void conditionsThatDoNotFitTheirField_areInvalid(String where, String message) {
    JsonNode error =
        assertError(caller.query("SELECT Id FROM Contact WHERE " + where), 400, "INVALID_FIELD");

    assertThat(error.path("message").asText()).contains(message);
  }

  @Test
  void longTextFields_cannotBeSorted() {
    assertError(caller.query("SELECT Id FROM Contact ORDER BY Description"), 400, "INVALID_FIELD");
  }

  @ParameterizedTest
  @CsvSource({"IsDeleted > true", "LastName < null", "Birthdate LIKE '1%'"})
  void operatorsThatDoNotFitTheirField_areRefused(String where) {
    assertError(
        caller.query("SELECT Id FROM Contact WHERE " + where),
        400,
        "INVALID_QUERY_FILTER_OPERATOR");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELEKT Id FROM Contact",
        "SELECT FROM Contact",
        "SELECT Id Contact",
        "SELECT Id FROM Contact WHERE",
        "SELECT Id FROM Contact WHERE LastName",
        "SELECT Id FROM Contact WHERE LastName = 'x",
        "SELECT Id FROM Contact WHERE LastName = x",
        "SELECT Id FROM Contact WHERE LastName IN ()",
        "SELECT Id FROM Contact WHERE LastName = 'a' AND Phone = 'b' OR Phone = 'c'",
        "SELECT Id FROM Contact WHERE LastName = 'a' AND NOT Phone = 'b'",
        "SELECT Id FROM Contact WHERE (LastName = 'a'",
        "SELECT Id FROM Contact WHERE LastName = '\\x'",
        "SELECT Id FROM Contact LIMIT x",
        "SELECT Id FROM Contact LIMIT 1 WHERE Id = null",
        "SELECT Id FROM Contact; DROP",
        "SELECT * FROM Contact"
      })
  void whatIsNoSoql_isMalformed(String soql) {
    assertError(caller.query(soql), 400, "MALFORMED_QUERY");
  }

  @Test
  void unexpectedToken_isNamed() {
    JsonNode error = assertError(caller.query("SELEKT Id FROM Contact"), 400, "MALFORMED_QUERY");

    assertThat(error.path("message").asText()).isEqualTo("unexpected token: SELEKT");
  }

  @Test
  void missingQuery_isMalformed() {
    assertError(caller.get(DATA + "/query"), 400, "MALFORMED_QUERY");
  }

  @Test
  void longUrls_get414WithHtml() {
    String soql = "SELECT Id FROM Contact WHERE LastName = '" + "x".repeat(3_900) + "'";
    assertThat(caller.query(soql).statusCode()).isEqualTo(200);

    HttpResponse<String> response =
        caller.query("SELECT Id FROM Contact WHERE LastName IN (" + "'x',".repeat(3_000) + "'x')");

    assertThat(response.statusCode()).isEqualTo(414);
    assertThat(response.headers().firstValue("Content-Type").orElse("")).contains("text/html");
    assertThat(response.body()).contains("<html>");
  }

  @Test
  void longQueriesAndLiterals_areMalformed() {
    String literal = "SELECT Id FROM Contact WHERE LastName = '" + "x".repeat(4_001) + "'";
    assertError(caller.query(literal), 400, "MALFORMED_QUERY");

    ApiException tooLong =
        catchThrowableOfType(
            ApiException.class, () -> SoqlParser.parse("SELECT Id".concat(" ".repeat(100_000))));
    assertThat(tooLong.text())
        .isEqualTo("SOQL statements can not be longer than 100000 characters");
  }
}
