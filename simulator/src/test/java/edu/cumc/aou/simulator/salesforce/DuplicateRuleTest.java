package edu.cumc.aou.simulator.salesforce;

import static edu.cumc.aou.simulator.salesforce.Caller.DATA;
import static edu.cumc.aou.simulator.salesforce.Caller.assertError;
import static edu.cumc.aou.simulator.salesforce.Caller.assertRowError;
import static edu.cumc.aou.simulator.salesforce.Caller.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import edu.cumc.aou.simulator.salesforce.org.DuplicateRule;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DuplicateRuleTest {
  private static final String CONTACTS = DATA + "/sobjects/Contact";
  private static final String BODY = "{\"LastName\":\"muster\",\"Email\":\"A@example.org\"}";

  private SalesforceSimulator org = start(false);
  private Caller caller = Caller.loggedIn(org);
  private String present = muster();

  private static SalesforceSimulator start(boolean blocks) {
    return SalesforceSimulator.builder()
        .clock(new VirtualClock())
        .duplicateRule(new DuplicateRule("Contacts_DR", List.of("LastName", "Email"), blocks))
        .start();
  }

  private String muster() {
    return org.create("Contact", Map.of("LastName", "Muster", "Email", "a@example.org"));
  }

  @AfterEach
  void close() {
    org.close();
  }

  private HttpResponse<String> allowing(String path, String body) {
    return caller.send(
        caller
            .request(path)
            .header("Content-Type", "application/json")
            .header("Sforce-Duplicate-Rule-Header", "includeRecordDetails=true; allowSave=true")
            .POST(BodyPublishers.ofString(body)));
  }

  @Test
  void duplicate_isRefused_withWhatItIsADuplicateOf() {
    JsonNode error = assertError(caller.post(CONTACTS, BODY), 400, "DUPLICATES_DETECTED");

    JsonNode result = error.path("duplicateResut");
    assertThat(result.path("allowSave").asBoolean()).isTrue();
    assertThat(result.path("duplicateRule").asText()).isEqualTo("Contacts_DR");
    JsonNode match = result.path("matchResults").get(0);
    assertThat(match.path("size").asInt()).isEqualTo(1);
    assertThat(match.path("matchRecords").get(0).path("record").path("Id").asText())
        .isEqualTo(present);
    assertThat(org.records("Contact")).hasSize(1);
  }

  @Test
  void headerAllowsDuplicates_unlessTheRuleBlocks() {
    assertThat(allowing(CONTACTS, BODY).statusCode()).isEqualTo(201);
    org.close();
    org = start(true);
    caller = Caller.loggedIn(org);
    present = muster();

    JsonNode error = assertError(allowing(CONTACTS, BODY), 400, "DUPLICATES_DETECTED");
    assertThat(error.path("duplicateResut").path("allowSave").asBoolean(true)).isFalse();
  }

  @Test
  void collectionsAndJobs_showTheCodeOnly() {
    String record = BODY.replace("{", "{\"attributes\":{\"type\":\"Contact\"},");
    JsonNode row =
        json(caller.post(DATA + "/composite/sobjects", "{\"records\":[" + record + "]}")).get(0);
    JsonNode error = assertRowError(row, "DUPLICATES_DETECTED");
    assertThat(error.has("duplicateResut")).isFalse();
    assertThat(error.path("fields")).isEmpty();

    BulkCaller bulk = new BulkCaller(caller);
    String job = bulk.create("{\"object\":\"Contact\",\"operation\":\"insert\"}");
    bulk.run(job, "LastName,Email\nMuster,a@example.org\nMuster,\n");
    assertThat(bulk.lines(job, "failedResults")).hasSize(2);
    assertThat(bulk.lines(job, "failedResults").get(1))
        .startsWith("\"\",\"DUPLICATES_DETECTED:You're creating a duplicate record.");
    assertThat(org.records("Contact")).hasSize(2);
  }

  @Test
  void record_isNoDuplicateOfItself() {
    assertThat(caller.patch(CONTACTS + "/" + present, "{\"Title\":\"T\"}").statusCode())
        .isEqualTo(204);
    String other = org.create("Contact", Map.of("LastName", "Muster"));
    assertError(
        caller.patch(CONTACTS + "/" + other, "{\"Email\":\"a@example.org\"}"),
        400,
        "DUPLICATES_DETECTED");
    org.delete(present);
    assertThat(caller.post(CONTACTS, BODY).statusCode()).isEqualTo(201);
  }
}
