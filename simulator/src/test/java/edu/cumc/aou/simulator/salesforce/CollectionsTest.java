package edu.cumc.aou.simulator.salesforce;

import static edu.cumc.aou.simulator.salesforce.Caller.DATA;
import static edu.cumc.aou.simulator.salesforce.Caller.assertError;
import static edu.cumc.aou.simulator.salesforce.Caller.assertRowError;
import static edu.cumc.aou.simulator.salesforce.Caller.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import edu.cumc.aou.simulator.salesforce.org.Ids;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CollectionsTest {
  private static final String COLLECTIONS = DATA + "/composite/sobjects";
  private static final String BY_PMI = COLLECTIONS + "/Contact/HP_PMI_ID__c";

  private final VirtualClock clock = new VirtualClock();
  private SalesforceSimulator org = SalesforceSimulator.builder().clock(clock).start();
  private Caller caller = Caller.loggedIn(org);

  @AfterEach
  void close() {
    org.close();
  }

  private static String contact(String fields) {
    return "{\"attributes\":{\"type\":\"Contact\"}," + fields + "}";
  }

  private static String body(boolean allOrNone, String... records) {
    return "{\"allOrNone\":" + allOrNone + ",\"records\":[" + String.join(",", records) + "]}";
  }

  private JsonNode rows(HttpResponse<String> response) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return json(response);
  }

  @Test
  void create_answersInOrder_failedRowsHaveNoId() {
    JsonNode rows =
        rows(
            caller.post(
                COLLECTIONS,
                body(
                    false,
                    contact("\"LastName\":\"A\""),
                    contact("\"FirstName\":\"B\""),
                    contact("\"LastName\":\"C\",\"Email\":\"no\""),
                    contact("\"LastName\":\"D\""))));

    assertThat(rows).hasSize(4);
    assertThat(rows.get(0).path("success").asBoolean()).isTrue();
    assertThat(rows.get(0).path("errors")).isEmpty();
    assertThat(rows.get(0).has("created")).isFalse();
    JsonNode error = assertRowError(rows.get(1), "REQUIRED_FIELD_MISSING");
    assertThat(error.path("message").asText()).isEqualTo("Required fields are missing: [LastName]");
    assertThat(error.path("fields").get(0).asText()).isEqualTo("LastName");
    assertThat(rows.get(1).has("id")).isFalse();
    assertRowError(rows.get(2), "INVALID_EMAIL_ADDRESS");
    assertThat(org.records("Contact"))
        .extracting(row -> row.get("Id"))
        .containsExactly(rows.get(0).path("id").asText(), rows.get(3).path("id").asText());
  }

  @Test
  void create_withId_failsTheRow() {
    assertRowError(
        rows(caller.post(
                COLLECTIONS,
                body(false, contact("\"LastName\":\"A\",\"id\":\"003000000000001AAA\""))))
            .get(0),
        "INVALID_FIELD_FOR_INSERT_UPDATE");
  }

  @Test
  void allOrNone_takesEverythingBack() {
    JsonNode rows =
        rows(
            caller.post(
                COLLECTIONS,
                body(true, contact("\"LastName\":\"A\""), contact("\"Phone\":\"1\""))));

    assertRowError(rows.get(0), "ALL_OR_NONE_OPERATION_ROLLED_BACK");
    assertRowError(rows.get(1), "REQUIRED_FIELD_MISSING");
    assertThat(org.recordsAndDeleted("Contact")).isEmpty();
    assertThat(org.records("Opportunity")).isEmpty();
  }

  @Test
  void update_needsTheIdOfALiveRecord() {
    String id = caller.create("Contact", "{\"LastName\":\"A\"}");
    String gone = caller.create("Contact", "{\"LastName\":\"B\"}");
    org.delete(gone);

    JsonNode rows =
        rows(
            caller.patch(
                COLLECTIONS,
                body(
                    false,
                    contact("\"id\":\"" + id + "\",\"Phone\":\"1\""),
                    contact("\"Phone\":\"1\""),
                    contact("\"Id\":\"" + gone + "\",\"Phone\":\"1\""),
                    contact("\"Id\":\"" + Ids.of("003", 99) + "\""),
                    contact("\"Id\":\"" + org.accountId() + "\""))));

    assertThat(rows.get(0).path("id").asText()).isEqualTo(id);
    assertRowError(rows.get(1), "MISSING_ARGUMENT");
    assertRowError(rows.get(2), "ENTITY_IS_DELETED");
    assertRowError(rows.get(3), "INVALID_CROSS_REFERENCE_KEY");
    assertRowError(rows.get(4), "MALFORMED_ID");
    assertThat(org.records("Contact"))
        .singleElement()
        .satisfies(row -> assertThat(row).containsEntry("Phone", "1"));
  }

  @Test
  void upsert_saysWhatItCreated() {
    caller.create("Contact", "{\"LastName\":\"Old\",\"HP_PMI_ID__c\":\"P000000001\"}");

    JsonNode rows =
        rows(
            caller.patch(
                BY_PMI,
                body(
                    false,
                    contact("\"HP_PMI_ID__c\":\"P000000001\",\"LastName\":\"New\""),
                    contact("\"HP_PMI_ID__c\":\"P000000002\",\"LastName\":\"B\""),
                    contact("\"HP_PMI_ID__c\":\"P000000003\",\"LastName\":null"),
                    contact("\"LastName\":\"D\""),
                    contact("\"id\":\"003000000000001AAA\",\"HP_PMI_ID__c\":\"P000000004\""))));

    assertThat(rows.get(0).path("created").asBoolean(true)).isFalse();
    assertThat(rows.get(1).path("created").asBoolean()).isTrue();
    assertRowError(rows.get(2), "REQUIRED_FIELD_MISSING");
    assertThat(rows.get(2).path("created").asBoolean()).isTrue();
    assertThat(rows.get(2).has("id")).isFalse();
    assertRowError(rows.get(3), "MISSING_ARGUMENT");
    assertRowError(rows.get(4), "INVALID_FIELD");
    assertThat(org.records("Contact"))
        .extracting(row -> row.get("LastName"))
        .containsExactly("New", "B");
  }

  @Test
  void upsert_ofOneKeyTwice_failsBothRows() {
    JsonNode rows =
        rows(
            caller.patch(
                BY_PMI,
                body(
                    false,
                    contact("\"HP_PMI_ID__c\":\"P000000001\",\"LastName\":\"A\""),
                    contact("\"HP_PMI_ID__c\":\"P000000002\",\"LastName\":\"B\""),
                    contact("\"HP_PMI_ID__c\":\"p000000001 \",\"LastName\":\"C\""))));

    assertThat(assertRowError(rows.get(0), "DUPLICATE_VALUE").path("message").asText())
        .isEqualTo("Duplicate external id specified: P000000001");
    assertRowError(rows.get(2), "DUPLICATE_VALUE");
    assertThat(org.records("Contact")).hasSize(1);
  }

  @Test
  void upsert_ofAnAmbiguousKey_failsTheRow() {
    caller.create("Contact", "{\"LastName\":\"A\",\"Email\":\"both@example.org\"}");
    caller.create("Contact", "{\"LastName\":\"B\",\"Email\":\"both@example.org\"}");

    assertRowError(
        rows(caller.patch(
                COLLECTIONS + "/Contact/Email",
                body(false, contact("\"Email\":\"both@example.org\",\"Phone\":\"1\""))))
            .get(0),
        "DUPLICATE_EXTERNAL_ID");
  }

  @Test
  void upsert_byId_insertsWithoutOneAndUpdatesWithOne() {
    String id = caller.create("Contact", "{\"LastName\":\"A\"}");

    JsonNode rows =
        rows(
            caller.patch(
                COLLECTIONS + "/Contact/Id",
                body(
                    false,
                    contact("\"Id\":null,\"LastName\":\"B\""),
                    contact("\"Id\":\"" + id + "\",\"LastName\":\"C\""))));

    assertThat(rows.get(0).path("created").asBoolean()).isTrue();
    assertThat(rows.get(1).path("created").asBoolean(true)).isFalse();
    assertThat(org.records("Contact"))
        .extracting(row -> row.get("LastName"))
        .containsExactly("C", "B");
  }

  @Test
  void upsert_byNoKey_isNotFound() {
    assertError(caller.patch(COLLECTIONS + "/Contact/Phone", body(false)), 404, "NOT_FOUND");
  }

  @Test
  void delete_answersPerRow() {
    String id = caller.create("Contact", "{\"LastName\":\"A\"}");
    String gone = caller.create("Contact", "{\"LastName\":\"B\"}");
    org.delete(gone);

    JsonNode rows =
        rows(
            caller.delete(
                COLLECTIONS + "?allOrNone=false&ids=" + id + "," + gone + ",003000000000001AAB"));

    assertThat(rows.get(0).path("success").asBoolean()).isTrue();
    assertRowError(rows.get(1), "ENTITY_IS_DELETED");
    assertRowError(rows.get(2), "MALFORMED_ID");
  }

  @Test
  void retrieve_keepsOrderAndAnswersNullForWhatIsNotThere() {
    String id = caller.create("Contact", "{\"LastName\":\"A\"}");
    String gone = caller.create("Contact", "{\"LastName\":\"B\"}");
    org.delete(gone);
    String ids = "\"" + gone + "\",\"" + id + "\",\"nonsense\"";

    JsonNode posted =
        rows(
            caller.post(
                COLLECTIONS + "/Contact", "{\"ids\":[" + ids + "],\"fields\":[\"LastName\"]}"));
    JsonNode got =
        rows(
            caller.get(
                COLLECTIONS + "/Contact?fields=LastName&ids=" + gone + "," + id + ",nonsense"));

    assertThat(got).isEqualTo(posted);
    assertThat(posted).hasSize(3);
    assertThat(posted.get(0).isNull()).isTrue();
    assertThat(posted.get(1).path("LastName").asText()).isEqualTo("A");
    assertThat(posted.get(2).isNull()).isTrue();
  }

  @Test
  void retrieve_takes2000IdsAndKnownFieldsOnly() {
    String ids = String.join(",", Collections.nCopies(2_001, "\"x\""));

    assertError(
        caller.post(COLLECTIONS + "/Contact", "{\"ids\":[" + ids + "],\"fields\":[\"LastName\"]}"),
        400,
        "EXCEEDED_ID_LIMIT");
    assertError(
        caller.post(COLLECTIONS + "/Contact", "{\"ids\":[],\"fields\":[\"Nope__c\"]}"),
        400,
        "INVALID_FIELD");
  }

  @Test
  void moreThan200Records_refuseTheWholeCall() {
    List<String> records = new ArrayList<>(Collections.nCopies(200, contact("\"LastName\":\"A\"")));
    assertThat(rows(caller.post(COLLECTIONS, body(false, records.toArray(String[]::new)))))
        .hasSize(200);
    records.add(records.get(0));

    assertError(
        caller.post(COLLECTIONS, body(false, records.toArray(String[]::new))),
        400,
        "EXCEEDED_ID_LIMIT");
    String ids = String.join(",", Collections.nCopies(201, "x"));
    assertError(caller.delete(COLLECTIONS + "?ids=" + ids), 400, "EXCEEDED_ID_LIMIT");
    assertThat(org.records("Contact")).hasSize(200);
  }

  @Test
  void moreThanTenRunsOfTypes_refuseTheWholeCall() {
    List<String> records = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      records.add(
          i % 2 == 0
              ? contact("\"LastName\":\"A\"")
              : "{\"attributes\":{\"type\":\"Account\"},\"Name\":\"A\"}");
    }
    assertThat(rows(caller.post(COLLECTIONS, body(false, records.toArray(String[]::new)))))
        .allMatch(row -> row.path("success").asBoolean());
    records.add(contact("\"LastName\":\"A\""));

    assertError(
        caller.post(COLLECTIONS, body(false, records.toArray(String[]::new))),
        400,
        "LIMIT_EXCEEDED");
  }

  @Test
  void unknownFieldsAndUnreadableValues_refuseTheWholeCall() {
    assertError(
        caller.post(
            COLLECTIONS, body(false, contact("\"LastName\":\"A\""), contact("\"Nope__c\":1"))),
        400,
        "INVALID_FIELD");
    assertError(
        caller.post(
            COLLECTIONS,
            body(false, contact("\"LastName\":\"A\""), contact("\"Birthdate\":\"no\""))),
        400,
        "JSON_PARSER_ERROR");
    assertThat(org.records("Contact")).isEmpty();
  }

  @Test
  void unknownFieldsAndUnreadableValues_failTheirRowIfSwitchedSo() {
    org.close();
    org = SalesforceSimulator.builder().bindingErrorsPerRow(true).start();
    caller = Caller.loggedIn(org);

    JsonNode rows =
        rows(
            caller.post(
                COLLECTIONS,
                body(
                    false,
                    contact("\"LastName\":\"A\""),
                    contact("\"LastName\":\"B\",\"Nope__c\":1"),
                    contact("\"LastName\":\"C\",\"Birthdate\":\"no\""))));

    assertThat(rows.get(0).path("success").asBoolean()).isTrue();
    assertRowError(rows.get(1), "INVALID_FIELD");
    assertRowError(rows.get(2), "JSON_PARSER_ERROR");
  }

  @Test
  void malformedBodies_refuseTheWholeCall() {
    assertError(caller.post(COLLECTIONS, "{\"records\":[{]}"), 400, "JSON_PARSER_ERROR");
    assertError(caller.post(COLLECTIONS, ""), 400, "JSON_PARSER_ERROR");
    assertError(caller.post(COLLECTIONS, "{}"), 400, "JSON_PARSER_ERROR");
    assertError(
        caller.post(COLLECTIONS, "{\"records\":[{\"LastName\":\"A\"}]}"), 400, "INVALID_FIELD");
  }
}
