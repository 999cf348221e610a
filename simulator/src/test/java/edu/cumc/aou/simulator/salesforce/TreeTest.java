package edu.cumc.aou.simulator.salesforce;

import static edu.cumc.aou.simulator.salesforce.Caller.DATA;
import static edu.cumc.aou.simulator.salesforce.Caller.assertError;
import static edu.cumc.aou.simulator.salesforce.Caller.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TreeTest {
  private final SalesforceSimulator org =
      SalesforceSimulator.builder().clock(new VirtualClock()).start();
  private final Caller caller = Caller.loggedIn(org);

  @AfterEach
  void close() {
    org.close();
  }

  private static String record(String type, String name, String fields) {
    return "{\"attributes\":{\"type\":\"%s\",\"referenceId\":\"%s\"}%s}"
        .formatted(type, name, fields.isEmpty() ? "" : "," + fields);
  }

  private static String contact(String name, String fields) {
    return record("Contact", name, "\"LastName\":\"" + name + "\"" + fields);
  }

  private HttpResponse<String> tree(String object, String... records) {
    return caller.post(
        DATA + "/composite/tree/" + object, "{\"records\":[" + String.join(",", records) + "]}");
  }

  @Test
  void records_areCreatedWithTheirChildren_levelByLevel() {
    HttpResponse<String> response =
        tree(
            "Account",
            record(
                "Account",
                "site",
                "\"Name\":\"Site\",\"Contacts\":{\"records\":[" + contact("one", "") + "]}"),
            record("Account", "other", "\"Name\":\"Other\""));

    assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
    JsonNode json = json(response);
    assertThat(json.path("hasErrors").asBoolean(true)).isFalse();
    assertThat(json.path("results").findValuesAsText("referenceId"))
        .containsExactly("site", "other", "one");
    String site = json.path("results").get(0).path("id").asText();
    assertThat(org.records("Contact"))
        .singleElement()
        .satisfies(row -> assertThat(row).containsEntry("AccountId", site));
    assertThat(org.apiCalls()).isEqualTo(1);
    assertThat(org.records("Opportunity")).hasSize(1);
  }

  @Test
  void recordThatIsRefused_takesAllBack_andIsNamedAlone() {
    HttpResponse<String> response =
        tree("Contact", contact("good", ""), contact("bad", ",\"Email\":\"nobody\""));

    assertThat(response.statusCode()).isEqualTo(400);
    JsonNode json = json(response);
    assertThat(json.path("hasErrors").asBoolean()).isTrue();
    assertThat(json.path("results")).hasSize(1);
    JsonNode culprit = json.path("results").get(0);
    assertThat(culprit.path("referenceId").asText()).isEqualTo("bad");
    assertThat(culprit.path("errors").get(0).path("statusCode").asText())
        .isEqualTo("INVALID_EMAIL_ADDRESS");
    assertThat(culprit.path("errors").get(0).path("fields").get(0).asText()).isEqualTo("Email");
    assertThat(org.records("Contact")).isEmpty();
  }

  @Test
  void namesGivenTwice_areAllShown() {
    HttpResponse<String> response =
        tree("Contact", contact("a", ""), contact("b", ""), contact("a", ""));

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(json(response).path("results").findValuesAsText("referenceId"))
        .containsExactly("a", "a");
    assertThat(org.records("Contact")).isEmpty();
  }

  @Test
  void twoHundredRecords_areTheMost() {
    String[] records =
        IntStream.range(0, 201).mapToObj(i -> contact("c" + i, "")).toArray(String[]::new);

    assertError(tree("Contact", records), 400, "INVALID_INPUT");

    records[200] = records[199].replace("c199", "last");
    HttpResponse<String> response =
        tree("Contact", IntStream.range(1, 201).mapToObj(i -> records[i]).toArray(String[]::new));
    assertThat(response.statusCode()).isEqualTo(201);
    assertThat(org.records("Contact")).hasSize(200);
  }

  @Test
  void childrenOfChildren_pointToTheirParent() {
    String journeys =
        ",\"Opportunities__r\":{\"records\":["
            + record(
                "Opportunity",
                "j",
                "\"Name\":\"J\",\"StageName\":\"Prospecting\",\"CloseDate\":\"2024-01-01\"")
            + "]}";
    String three =
        record(
            "Account",
            "a",
            "\"Name\":\"A\",\"Contacts\":{\"records\":[" + contact("c", journeys) + "]}");

    assertThat(tree("Account", three).statusCode()).isEqualTo(201);
    assertThat(org.records("Opportunity").map(row -> row.get("Contact__c")).distinct()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"attributes\":{\"type\":\"Account\",\"referenceId\":\"a\"},\"Name\":\"A\"}",
        "{\"attributes\":{\"type\":\"Contact\"},\"LastName\":\"A\"}",
        "{\"LastName\":\"A\"}",
        "7"
      })
  void recordsWithoutTheirTypeOrName_areRefused(String record) {
    assertError(tree("Contact", record), 400, "INVALID_INPUT");
    assertThat(org.records("Contact")).isEmpty();
  }

  @Test
  void bodyWithoutRecords_isRefused() {
    assertError(caller.post(DATA + "/composite/tree/Contact", "{}"), 400, "JSON_PARSER_ERROR");
    assertError(tree("Nothing__c", contact("a", "")), 404, "NOT_FOUND");
  }
}
