package edu.cumc.aou.simulator.salesforce;

import static edu.cumc.aou.simulator.salesforce.Caller.DATA;
import static edu.cumc.aou.simulator.salesforce.Caller.assertError;
import static edu.cumc.aou.simulator.salesforce.Caller.assertRowError;
import static edu.cumc.aou.simulator.salesforce.Caller.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import edu.cumc.aou.simulator.salesforce.org.Automation;
import edu.cumc.aou.simulator.salesforce.org.SavedRecord;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AutomationTest {
  private static final String CONTACTS = DATA + "/sobjects/Contact";

  private SalesforceSimulator org;
  private Caller caller;

  @AfterEach
  void close() {
    org.close();
  }

  private void start(Automation automation) {
    org = SalesforceSimulator.builder().clock(new VirtualClock()).automation(automation).start();
    caller = Caller.loggedIn(org);
  }

  private JsonNode collections(int from, int to) {
    String records =
        IntStream.range(from, to)
            .mapToObj(i -> "{\"attributes\":{\"type\":\"Contact\"},\"LastName\":\"N" + i + "\"}")
            .collect(Collectors.joining(","));
    return json(
        caller.post(
            DATA + "/composite/sobjects", "{\"allOrNone\":false,\"records\":[" + records + "]}"));
  }

  @Test
  void savedRecord_mayBeChanged_beforeItsCallerLearnsOfIt() {
    start(record -> record.set("Department", record.created() ? "New" : "Changed"));

    String id = caller.create("Contact", "{\"LastName\":\"A\",\"Department\":\"Mine\"}");
    JsonNode created = json(caller.get(CONTACTS + "/" + id));
    caller.patch(CONTACTS + "/" + id, "{\"Title\":\"Dr\"}");
    JsonNode changed = json(caller.get(CONTACTS + "/" + id));

    assertThat(created.path("Department").asText()).isEqualTo("New");
    assertThat(changed.path("Department").asText()).isEqualTo("Changed");
    assertThat(changed.path("Title").asText()).isEqualTo("Dr");
  }

  @Test
  void otherRecords_mayBeCreated_andAreNotLookedAtAgain() {
    start(
        record ->
            record.create(
                "Account",
                Map.of("Name", "Of " + record.object() + " " + record.get("LastName").orElse(""))));

    caller.create("Contact", "{\"LastName\":\"A\"}");

    assertThat(org.records("Account").map(row -> row.get("Name")))
        .containsExactly("All of Us Participants", "Of Contact A");
  }

  @Test
  void refusedRecord_isNotWritten_norWhatTheAutomationWroteForIt() {
    start(
        record -> {
          record.create("Account", Map.of("Name", "Trace"));
          if (record.get("LastName").equals(Optional.of("N1"))) {
            throw new Automation.Refusal(
                "FIELD_CUSTOM_VALIDATION_EXCEPTION", "Not this one", "LastName");
          }
        });

    JsonNode answer = collections(0, 3);

    assertThat(answer.get(0).path("success").asBoolean()).isTrue();
    JsonNode error = assertRowError(answer.get(1), "FIELD_CUSTOM_VALIDATION_EXCEPTION");
    assertThat(error.path("fields").get(0).asText()).isEqualTo("LastName");
    assertThat(answer.get(2).path("success").asBoolean()).isTrue();
    assertThat(org.records("Contact").map(row -> row.get("LastName"))).containsExactly("N0", "N2");
    assertThat(org.records("Account")).hasSize(3);
    assertError(
        caller.post(CONTACTS, "{\"LastName\":\"N1\"}"), 400, "FIELD_CUSTOM_VALIDATION_EXCEPTION");
  }

  /** A trigger that can take no more than so many records at once. */
  private static Automation limitedTo(int most) {
    return new Automation() {
      @Override
      public void afterSave(SavedRecord record) {}

      @Override
      public void afterChunk(int records) {
        if (records > most) {
          throw new Refusal(
              "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY",
              "ContactTrigger: System.LimitException: Too many SOQL queries: 101");
        }
      }
    };
  }

  @Test
  void refusedChunk_writesNothingOfACollectionsCall() {
    start(limitedTo(10));

    JsonNode refused = collections(0, 11);
    JsonNode written = collections(0, 10);

    assertThat(refused).hasSize(11);
    refused.forEach(row -> assertRowError(row, "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY"));
    assertThat(written.findValues("success")).allMatch(JsonNode::asBoolean);
    assertThat(org.records("Contact")).hasSize(10);
  }

  @Test
  void refusedChunk_writesNothingOfItsRowsInAJob() {
    start(limitedTo(199));
    BulkCaller bulk = new BulkCaller(caller);
    StringBuilder csv = new StringBuilder("LastName\n");
    IntStream.range(0, 250).forEach(i -> csv.append('N').append(i).append('\n'));

    String job = bulk.create("{\"object\":\"Contact\",\"operation\":\"insert\"}");
    JsonNode done = bulk.run(job, csv.toString());

    assertThat(done.path("numberRecordsFailed").asInt()).isEqualTo(200);
    assertThat(bulk.lines(job, "failedResults")).hasSize(1 + 200);
    assertThat(bulk.lines(job, "successfulResults")).hasSize(1 + 50);
    assertThat(org.records("Contact")).hasSize(50);
    assertThat(org.records("Opportunity")).hasSize(50);
  }

  @Test
  void staffUsers_areNotLookedAt() {
    start(
        record -> {
          throw new Automation.Refusal("APEX_ERROR", "never");
        });

    org.create("Contact", Map.of("LastName", "Staff"));

    assertThat(org.records("Contact")).hasSize(1);
  }
}
