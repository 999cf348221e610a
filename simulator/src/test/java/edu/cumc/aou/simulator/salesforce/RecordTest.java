package edu.cumc.aou.simulator.salesforce;

import static edu.cumc.aou.simulator.salesforce.Caller.DATA;
import static edu.cumc.aou.simulator.salesforce.Caller.assertError;
import static edu.cumc.aou.simulator.salesforce.Caller.encode;
import static edu.cumc.aou.simulator.salesforce.Caller.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import edu.cumc.aou.simulator.salesforce.org.Ids;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RecordTest {
  private static final String CONTACTS = DATA + "/sobjects/Contact";

  private final VirtualClock clock = new VirtualClock();
  private final SalesforceSimulator org = SalesforceSimulator.builder().clock(clock).start();
  private final Caller caller = Caller.loggedIn(org);

  @AfterEach
  void close() {
    org.close();
  }

  private JsonNode contact(String id) {
    return json(caller.get(CONTACTS + "/" + id));
  }

  @Test
  void create_answers201WithLocationAndAnIdOf18() {
    HttpResponse<String> response = caller.post(CONTACTS, "{\"LastName\":\"Muster\"}");

    assertThat(response.statusCode()).isEqualTo(201);
    String id = json(response).path("id").asText();
    assertThat(id).hasSize(18).startsWith("003");
    assertThat(Ids.canonical(id)).hasValue(id);
    assertThat(json(response).path("success").asBoolean()).isTrue();
    assertThat(response.headers().firstValue("Location")).hasValue(CONTACTS + "/" + id);
  }

  @Test
  void read_showsAttributesAndStampsInTheOrgsFormat() {
    String id = caller.create("Contact", "{\"LastName\":\"Muster\",\"FirstName\":\"Maxi\"}");

    JsonNode contact = contact(id);

    assertThat(contact.path("attributes").path("type").asText()).isEqualTo("Contact");
    assertThat(contact.path("attributes").path("url").asText()).isEqualTo(CONTACTS + "/" + id);
    assertThat(contact.path("SystemModstamp").asText()).isEqualTo("2024-03-01T06:00:00.000+0000");
    assertThat(contact.path("Name").asText()).isEqualTo("Maxi Muster");
    assertThat(contact.path("OwnerId").asText()).isEqualTo(org.integrationUserId());
    assertThat(contact.has("Phone")).isTrue();
    assertThat(contact.path("Phone").isNull()).isTrue();
  }

  @Test
  void read_withFields_showsThoseOnly() {
    String id = caller.create("Contact", "{\"LastName\":\"Muster\"}");

    JsonNode contact = json(caller.get(CONTACTS + "/" + id + "?fields=lastname"));

    assertThat(contact.properties())
        .extracting(Map.Entry::getKey)
        .containsExactlyInAnyOrder("attributes", "Id", "LastName");
    assertError(caller.get(CONTACTS + "/" + id + "?fields=Nope__c"), 400, "INVALID_FIELD");
  }

  @Test
  void shortIds_areAccepted_wrongChecksumsAreNot() {
    String id = caller.create("Contact", "{\"LastName\":\"Muster\"}");

    assertThat(contact(id.substring(0, 15)).path("Id").asText()).isEqualTo(id);
    String wrong = id.substring(0, 17) + (id.endsWith("A") ? "B" : "A");
    JsonNode error = assertError(caller.patch(CONTACTS + "/" + wrong, "{}"), 400, "MALFORMED_ID");
    assertThat(error.path("message").asText())
        .isEqualTo("Record ID: id value of incorrect type: " + wrong);
    assertThat(error.path("fields").get(0).asText()).isEqualTo("Id");
    assertError(caller.get(CONTACTS + "/" + org.accountId()), 400, "MALFORMED_ID");
  }

  @Test
  void update_answers204AndMovesTheStamp() {
    String id = caller.create("Contact", "{\"LastName\":\"Muster\",\"Phone\":\"1\"}");
    clock.advance(Duration.ofSeconds(5));

    HttpResponse<String> response = caller.patch(CONTACTS + "/" + id, "{\"Phone\":null}");

    assertThat(response.statusCode()).isEqualTo(204);
    assertThat(response.body()).isEmpty();
    JsonNode contact = contact(id);
    assertThat(contact.path("Phone").isNull()).isTrue();
    assertThat(contact.path("LastName").asText()).isEqualTo("Muster");
    assertThat(contact.path("SystemModstamp").asText()).isEqualTo("2024-03-01T06:00:05.000+0000");
    assertThat(contact.path("CreatedDate").asText()).isEqualTo("2024-03-01T06:00:00.000+0000");
  }

  @Test
  void update_withIdInTheBody_isRefused() {
    String id = caller.create("Contact", "{\"LastName\":\"Muster\"}");

    assertError(caller.patch(CONTACTS + "/" + id, "{\"Id\":\"" + id + "\"}"), 400, "INVALID_FIELD");
    assertError(
        caller.post(CONTACTS, "{\"LastName\":\"x\",\"Id\":\"" + id + "\"}"),
        400,
        "INVALID_FIELD_FOR_INSERT_UPDATE");
  }

  @Test
  void delete_answers204Once() {
    String id = caller.create("Contact", "{\"LastName\":\"Muster\"}");

    assertThat(caller.delete(CONTACTS + "/" + id).statusCode()).isEqualTo(204);

    JsonNode error = assertError(caller.delete(CONTACTS + "/" + id), 404, "ENTITY_IS_DELETED");
    assertThat(error.path("fields").isArray()).isTrue();
    assertError(caller.patch(CONTACTS + "/" + id, "{}"), 404, "ENTITY_IS_DELETED");
    assertError(caller.get(CONTACTS + "/" + Ids.of("003", 99)), 404, "NOT_FOUND");
  }

  @Test
  void upsert_answers201ThenWith200() {
    String path = CONTACTS + "/HP_PMI_ID__c/P012345678";

    HttpResponse<String> created = caller.patch(path, "{\"LastName\":\"Muster\"}");
    HttpResponse<String> updated = caller.patch(path, "{\"LastName\":\"Mustermann\"}");

    assertThat(created.statusCode()).isEqualTo(201);
    assertThat(json(created).path("created").asBoolean()).isTrue();
    assertThat(updated.statusCode()).isEqualTo(200);
    assertThat(json(updated).path("created").asBoolean(true)).isFalse();
    assertThat(json(updated).path("id")).isEqualTo(json(created).path("id"));
    assertThat(org.records("Contact"))
        .singleElement()
        .satisfies(
            contact ->
                assertThat(contact)
                    .containsEntry("HP_PMI_ID__c", "P012345678")
                    .containsEntry("LastName", "Mustermann"));
  }

  @Test
  void upsert_ignoresCase() {
    caller.create("Contact", "{\"LastName\":\"Muster\",\"HP_PMI_ID__c\":\"P012345678\"}");

    assertThat(caller.patch(CONTACTS + "/hp_pmi_id__c/p012345678", "{}").statusCode())
        .isEqualTo(200);
  }

  @Test
  void caseSensitiveKey_tellsItsCasesApart() {
    String query =
        DATA + "/query?q=" + Caller.encode("SELECT Id FROM Contact WHERE HP_PMI_ID__c = ");
    try (SalesforceSimulator exact =
        SalesforceSimulator.builder().clock(clock).pmiFieldCaseSensitive(true).start()) {
      Caller other = Caller.loggedIn(exact);
      other.create("Contact", "{\"LastName\":\"Upper\",\"HP_PMI_ID__c\":\"P012345678\"}");

      HttpResponse<String> lower =
          other.patch(CONTACTS + "/HP_PMI_ID__c/p012345678", "{\"LastName\":\"Lower\"}");

      assertThat(lower.statusCode()).isEqualTo(201);
      assertThat(json(other.get(query + "'p012345678'")).path("totalSize").asInt()).isEqualTo(1);
      JsonNode field = field(other, "HP_PMI_ID__c");
      assertThat(field.path("caseSensitive").asBoolean()).isTrue();
      assertThat(field.path("type").asText()).isEqualTo("string");
    }
    assertThat(field(caller, "HP_PMI_ID__c").path("caseSensitive").asBoolean(true)).isFalse();
  }

  private static JsonNode field(Caller caller, String name) {
    for (JsonNode field : json(caller.get(CONTACTS + "/describe")).path("fields")) {
      if (field.path("name").asText().equals(name)) {
        return field;
      }
    }
    throw new AssertionError("no such field");
  }

  @Test
  void upsert_upToVersion45_updatesWithoutABody() {
    String path = "/services/data/v45.0/sobjects/Contact/HP_PMI_ID__c/P012345678";
    HttpResponse<String> created = caller.patch(path, "{\"LastName\":\"Muster\"}");

    HttpResponse<String> updated = caller.patch(path, "{\"LastName\":\"Muster\"}");

    assertThat(created.statusCode()).isEqualTo(201);
    assertThat(updated.statusCode()).isEqualTo(204);
    assertThat(updated.body()).isEmpty();
  }

  @Test
  void upsert_ofSeveralMatches_answers300AndWritesNothing() {
    String json = "{\"LastName\":\"Muster\",\"Email\":\"both@example.org\"}";
    String first = caller.create("Contact", json);
    String second = caller.create("Contact", json);

    HttpResponse<String> response =
        caller.patch(CONTACTS + "/Email/" + encode("both@example.org"), "{\"LastName\":\"Other\"}");

    assertThat(response.statusCode()).isEqualTo(300);
    assertThat(json(response))
        .extracting(JsonNode::asText)
        .containsExactly(CONTACTS + "/" + first, CONTACTS + "/" + second);
    assertThat(org.records("Contact")).allMatch(row -> row.get("LastName").equals("Muster"));
  }

  @Test
  void upsert_byAFieldThatIsNoKey_isNotFound() {
    assertError(caller.patch(CONTACTS + "/Phone/1", "{}"), 404, "NOT_FOUND");
    assertError(caller.patch(CONTACTS + "/Nope__c/1", "{}"), 404, "NOT_FOUND");
  }

  @Test
  void upsert_withTheKeyInTheBody_isRefused() {
    assertError(
        caller.patch(
            CONTACTS + "/HP_PMI_ID__c/P012345678",
            "{\"LastName\":\"x\",\"HP_PMI_ID__c\":\"P012345678\"}"),
        400,
        "INVALID_FIELD");
  }

  @Test
  void upsert_updateOnly_neverCreates() {
    assertError(
        caller.patch(CONTACTS + "/HP_PMI_ID__c/P012345678?updateOnly=true", "{\"LastName\":\"x\"}"),
        404,
        "NOT_FOUND");
    assertThat(org.records("Contact")).isEmpty();
  }

  @Test
  void externalIdInTheUrl_isDecodedWhateverItHolds() {
    String key = "a/b+c d%é";
    assertThat(
            caller
                .patch(CONTACTS + "/HP_PMI_ID__c/" + encode(key), "{\"LastName\":\"Muster\"}")
                .statusCode())
        .isEqualTo(201);

    HttpResponse<String> read = caller.get(CONTACTS + "/HP_PMI_ID__c/" + encode(key));

    assertThat(json(read).path("HP_PMI_ID__c").asText()).isEqualTo(key);
    assertThat(caller.delete(CONTACTS + "/HP_PMI_ID__c/" + encode(key)).statusCode())
        .isEqualTo(204);
    assertThat(caller.get(CONTACTS + "/HP_PMI_ID__c/" + encode(key)).statusCode()).isEqualTo(404);
  }

  @Test
  void upsert_afterADeletion_createsAnotherRecord() {
    String path = CONTACTS + "/HP_PMI_ID__c/P012345678";
    String first = json(caller.patch(path, "{\"LastName\":\"Muster\"}")).path("id").asText();
    org.delete(first);

    HttpResponse<String> again = caller.patch(path, "{\"LastName\":\"Muster\"}");

    assertThat(again.statusCode()).isEqualTo(201);
    assertThat(json(again).path("id").asText()).isNotEqualTo(first);
  }

  @Test
  void parentByExternalId_isResolvedOrRefused() {
    String contact =
        caller.create("Contact", "{\"LastName\":\"Muster\",\"HP_PMI_ID__c\":\"P012345678\"}");
    String journey =
        "{\"Name\":\"j\",\"StageName\":\"Prospecting\",\"CloseDate\":\"2024-12-31\","
            + "\"Contact__r\":{\"HP_PMI_ID__c\":\"%s\"}}";

    String id = caller.create("Opportunity", journey.formatted("P012345678"));

    assertThat(json(caller.get(DATA + "/sobjects/Opportunity/" + id)).path("Contact__c").asText())
        .isEqualTo(contact);
    JsonNode error =
        assertError(
            caller.post(DATA + "/sobjects/Opportunity", journey.formatted("P000000000")),
            400,
            "INVALID_FIELD");
    assertThat(error.path("message").asText())
        .isEqualTo(
            "Foreign key external ID: P000000000 not found for field HP_PMI_ID__c in entity"
                + " Contact");
  }
}
