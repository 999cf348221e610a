package edu.cumc.aou.simulator.salesforce;

import static edu.cumc.aou.simulator.salesforce.Caller.DATA;
import static edu.cumc.aou.simulator.salesforce.Caller.assertError;
import static edu.cumc.aou.simulator.salesforce.Caller.encode;
import static edu.cumc.aou.simulator.salesforce.Caller.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The clock starts at 06:00:00 on 1 March 2024. */
class FeedTest {
  private final VirtualClock clock = new VirtualClock();
  private final SalesforceSimulator org = SalesforceSimulator.builder().clock(clock).start();
  private final Caller caller = Caller.loggedIn(org);

  @AfterEach
  void close() {
    org.close();
  }

  private HttpResponse<String> feed(String kind, String start, String end) {
    return caller.get(
        DATA + "/sobjects/Contact/" + kind + "/?start=" + encode(start) + "&end=" + encode(end));
  }

  @Test
  void updated_listsLiveRecordsOfTheWindow() {
    String first = org.create("Contact", Map.of("LastName", "A"));
    String gone = org.create("Contact", Map.of("LastName", "B"));
    clock.advance(Duration.ofMinutes(2));
    String later = org.create("Contact", Map.of("LastName", "C"));
    org.delete(gone);

    JsonNode early =
        json(feed("updated", "2024-03-01T06:00:59+00:00", "2024-03-01T06:01:59+00:00"));
    JsonNode all = json(feed("updated", "2024-03-01T05:00:00Z", "2024-03-01T07:00:00Z"));

    assertThat(early.path("ids")).extracting(JsonNode::asText).containsExactly(first);
    assertThat(early.path("latestDateCovered").asText()).isEqualTo("2024-03-01T06:01:00.000+0000");
    assertThat(all.path("ids")).extracting(JsonNode::asText).containsExactly(first, later);
    assertThat(all.path("latestDateCovered").asText()).isEqualTo("2024-03-01T06:02:00.000+0000");
  }

  @Test
  void deleted_listsTheRecycleBin() {
    String gone = org.create("Contact", Map.of("LastName", "A"));
    org.create("Contact", Map.of("LastName", "B"));
    clock.advance(Duration.ofMinutes(2));
    org.delete(gone);

    JsonNode answer = json(feed("deleted", "2024-03-01T06:00:00Z", "2024-03-01T06:03:00Z"));

    assertThat(answer.path("deletedRecords")).hasSize(1);
    assertThat(answer.path("deletedRecords").get(0).path("id").asText()).isEqualTo(gone);
    assertThat(answer.path("deletedRecords").get(0).path("deletedDate").asText())
        .isEqualTo("2024-03-01T06:02:00.000+0000");
    assertThat(answer.path("earliestDateAvailable").asText())
        .isEqualTo("2024-02-15T06:02:00.000+0000");
    assertThat(
            json(feed("deleted", "2024-03-01T06:00:00Z", "2024-03-01T06:02:00Z"))
                .path("deletedRecords"))
        .isEmpty();
  }

  @Test
  void windows_mustHoldAMinuteAndLieWithinWhatIsKept() {
    assertRefused("updated", "2024-03-01T06:00:01Z", "2024-03-01T06:00:59Z");
    assertRefused("updated", "2024-03-01T06:01:00Z", "2024-03-01T06:00:00Z");
    assertRefused("updated", "2024-01-30T05:59:00Z", "2024-03-01T06:00:00Z");
    assertRefused("deleted", "2024-02-15T05:59:00Z", "2024-03-01T06:00:00Z");
    assertRefused("updated", "yesterday", "2024-03-01T06:00:00Z");
    assertThat(feed("updated", "2024-01-31T06:00:00Z", "2024-03-01T06:00:00Z").statusCode())
        .isEqualTo(200);
    assertThat(feed("deleted", "2024-02-15T06:00:00Z", "2024-03-01T06:00:00Z").statusCode())
        .isEqualTo(200);
  }

  private void assertRefused(String kind, String start, String end) {
    assertError(feed(kind, start, end), 400, "INVALID_REPLICATION_DATE");
  }
}
