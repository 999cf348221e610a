package edu.cumc.aou.simulator.salesforce;

import static edu.cumc.aou.simulator.salesforce.Caller.DATA;
import static edu.cumc.aou.simulator.salesforce.Caller.assertError;
import static edu.cumc.aou.simulator.salesforce.Caller.encode;
import static edu.cumc.aou.simulator.salesforce.Caller.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PagingTest {
  private static final String ALL = "SELECT Id FROM Contact ORDER BY Id";

  private final VirtualClock clock = new VirtualClock();
  private SalesforceSimulator org = SalesforceSimulator.builder().clock(clock).pageSize(3).start();
  private Caller caller = Caller.loggedIn(org);

  @AfterEach
  void close() {
    org.close();
  }

  private void createContacts(int number) {
    for (int i = 0; i < number; i++) {
      org.create("Contact", Map.of("LastName", "Contact " + i));
    }
  }

  @Test
  void pages_followEachOtherByPath() {
    createContacts(7);
    List<String> ids = new ArrayList<>();
    List<Integer> sizes = new ArrayList<>();

    JsonNode page = caller.found(ALL);
    while (true) {
      assertThat(page.path("totalSize").asInt()).isEqualTo(7);
      sizes.add(page.path("records").size());
      page.path("records").forEach(record -> ids.add(record.path("Id").asText()));
      if (page.path("done").asBoolean()) {
        break;
      }
      assertThat(page.path("nextRecordsUrl").asText())
          .matches(DATA + "/query/01g[A-Za-z0-9]{15}-" + ids.size());
      page = json(caller.get(page.path("nextRecordsUrl").asText()));
    }

    assertThat(sizes).containsExactly(3, 3, 1);
    assertThat(ids)
        .containsExactlyElementsOf(
            org.records("Contact").map(row -> row.get("Id").toString()).toList());
  }

  @Test
  void pages_showTheRecordsAsOfTheQuery() {
    createContacts(4);
    String next = caller.found(ALL).path("nextRecordsUrl").asText();
    createContacts(1);

    JsonNode page = json(caller.get(next));

    assertThat(page.path("totalSize").asInt()).isEqualTo(4);
    assertThat(page.path("records")).hasSize(1);
  }

  @Test
  void locator_expiresWhenItWasIdle() {
    createContacts(4);
    String next = caller.found(ALL).path("nextRecordsUrl").asText();
    clock.advance(Duration.ofMinutes(14));
    assertThat(caller.get(next).statusCode()).isEqualTo(200);
    clock.advance(Duration.ofMinutes(15));

    assertError(caller.get(next), 400, "INVALID_QUERY_LOCATOR");
  }

  @Test
  void locator_thatNobodyGaveOut_isInvalid() {
    assertError(caller.get(DATA + "/query/01gB000003OCxSPIA1-2000"), 400, "INVALID_QUERY_LOCATOR");
  }

  @Test
  void batchSize_isHeededWithinItsBounds() {
    org.close();
    org = SalesforceSimulator.builder().clock(clock).start();
    caller = Caller.loggedIn(org);
    createContacts(401);

    assertThat(size("batchSize=250")).isEqualTo(250);
    assertThat(size("batchSize=1")).isEqualTo(200);
    assertThat(size("batchSize=9999")).isEqualTo(401);
  }

  private int size(String options) {
    HttpResponse<String> response =
        caller.send(
            caller
                .request(DATA + "/query?q=" + encode(ALL))
                .header("Sforce-Query-Options", options)
                .GET());
    return json(response).path("records").size();
  }
}
