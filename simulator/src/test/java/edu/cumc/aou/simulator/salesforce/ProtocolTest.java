package edu.cumc.aou.simulator.salesforce;

import static edu.cumc.aou.simulator.salesforce.Caller.DATA;
import static edu.cumc.aou.simulator.salesforce.Caller.assertError;
import static edu.cumc.aou.simulator.salesforce.Caller.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import edu.cumc.aou.simulator.salesforce.http.LoggedRequest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ProtocolTest {
  private final VirtualClock clock = new VirtualClock();
  private SalesforceSimulator org =
      SalesforceSimulator.builder().clock(clock).dailyApiLimit(5).start();
  private Caller caller = Caller.loggedIn(org);

  @AfterEach
  void close() {
    org.close();
  }

  private void restart(SalesforceSimulatorBuilder builder) {
    org.close();
    org = builder.clock(clock).start();
    caller = Caller.loggedIn(org);
  }

  @Test
  void versions_areFreeAndAscending() {
    JsonNode versions = json(new Caller(org).get("/services/data"));

    assertThat(versions.get(0).path("version").asText()).isEqualTo("31.0");
    assertThat(versions.get(0).path("label").asText()).isEqualTo("Summer '14");
    assertThat(versions.get(31))
        .isEqualTo(
            json(
                "{\"label\":\"Winter '25\",\"url\":\"/services/data/v62.0\",\"version\":\"62.0\"}"));
    assertThat(org.apiCalls()).isZero();
    assertThat(caller.get("/services/data").headers().firstValue("Sforce-Limit-Info")).isEmpty();
  }

  @Test
  void date_isTheOrgsOwnClock() {
    String date = new Caller(org).get("/services/data").headers().firstValue("Date").orElseThrow();

    assertThat(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date, Instant::from))
        .isEqualTo(clock.instant().truncatedTo(ChronoUnit.SECONDS));
    assertThat(date).matches("[A-Z][a-z]{2}, \\d{2} [A-Z][a-z]{2} \\d{4} [0-9:]{8} GMT");
  }

  @Test
  void versionThatNeverWas_isNotFound_retiredOnesAreGone() {
    assertError(caller.get("/services/data/v99.0/limits"), 404, "NOT_FOUND");
    assertError(caller.get("/services/data/62.0/limits"), 404, "NOT_FOUND");
    assertError(caller.get("/services/data/v30.0/limits"), 410, "GONE");
    assertThat(json(caller.get(DATA)).path("query").asText()).isEqualTo(DATA + "/query");
  }

  @Test
  void unknownPaths_areNotFound_otherMethodsNotAllowed() {
    assertError(caller.get(DATA + "/nothing"), 404, "NOT_FOUND");

    JsonNode error =
        assertError(caller.write("PUT", DATA + "/limits", "{}"), 405, "METHOD_NOT_ALLOWED");

    assertThat(error.path("message").asText())
        .isEqualTo("HTTP Method 'PUT' not allowed. Allowed are GET");
  }

  @Test
  void httpMethodParameter_standsInForPatch() {
    String id = caller.create("Contact", "{\"LastName\":\"A\"}");

    HttpResponse<String> response =
        caller.post(
            DATA + "/sobjects/Contact/" + id + "?_HttpMethod=PATCH", "{\"LastName\":\"B\"}");

    assertThat(response.statusCode()).isEqualTo(204);
    assertThat(org.records("Contact"))
        .singleElement()
        .satisfies(row -> assertThat(row).containsEntry("LastName", "B"));
  }

  /** By users' reports the column is that of the value, also in flat objects and far behind. */
  @Test
  void valueThatCannotBeRead_isToldWithItsPlace() {
    String path = DATA + "/sobjects/Contact";
    assertPlace(
        caller.post(path, "{\"LastName\":\"x\",\"Birthdate\":\"y\"}"), "[line:1, column:29]");
    assertPlace(
        caller.post(path, "{\n  \"LastName\": \"x\",\n  \"Birthdate\": true}"),
        "[line:3, column:16]");
    String two =
        "{\"records\":[{\"attributes\":{\"type\":\"Contact\"},\"LastName\":\"a\"},"
            + "{\"attributes\":{\"type\":\"Contact\"},\"LastName\":[1]}]}";
    assertPlace(
        caller.post(DATA + "/composite/sobjects", two),
        "[line:1, column:" + (two.indexOf("[1]") + 1) + "]");
    String tree =
        "{\"records\":[{\"attributes\":{\"type\":\"Contact\",\"referenceId\":\"a\"},\"LastName\":\"b\","
            + "\"Birthdate\":\"c\"}]}";
    assertThat(caller.post(DATA + "/composite/tree/Contact", tree).body())
        .contains("[line:1, column:" + (tree.indexOf("\"c\"") + 1) + "]");
  }

  private static void assertPlace(HttpResponse<String> answer, String place) {
    assertThat(assertError(answer, 400, "JSON_PARSER_ERROR").path("message").asText())
        .endsWith(" or request may be missing a required field at " + place);
  }

  @Test
  void bodies_mustBeJson() {
    String path = DATA + "/sobjects/Contact";
    JsonNode error = assertError(caller.post(path, "{'a'"), 400, "JSON_PARSER_ERROR");
    assertThat(error.path("message").asText())
        .contains("Unexpected character (''' (code 39))")
        .contains("[line:1, column:");
    assertThat(
            assertError(caller.post(path, ""), 400, "JSON_PARSER_ERROR").path("message").asText())
        .isEqualTo("The HTTP entity body is required, but this request has no entity body.");
    assertError(caller.post(path, "[1]"), 400, "JSON_PARSER_ERROR");

    HttpResponse<String> xml =
        caller.send(
            caller
                .request(path)
                .header("Content-Type", "application/xml")
                .POST(BodyPublishers.ofString("<a/>")));

    assertError(xml, 415, "UNSUPPORTED_MEDIA_TYPE");
  }

  @Test
  void gzip_isSpokenBothWays() throws Exception {
    restart(SalesforceSimulator.builder());
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
      out.write("{\"LastName\":\"Zoë\"}".getBytes(StandardCharsets.UTF_8));
    }
    HttpResponse<String> created =
        caller.send(
            caller
                .request(DATA + "/sobjects/Contact")
                .header("Content-Type", "application/json")
                .header("Content-Encoding", "gzip")
                .POST(BodyPublishers.ofByteArray(zipped.toByteArray())));
    assertThat(created.statusCode()).isEqualTo(201);
    assertThat(org.records("Contact"))
        .singleElement()
        .satisfies(row -> assertThat(row).containsEntry("LastName", "Zoë"));

    HttpResponse<byte[]> described =
        HttpClient.newHttpClient()
            .send(
                caller
                    .request(DATA + "/sobjects/Contact/describe")
                    .header("Accept-Encoding", "gzip")
                    .build(),
                BodyHandlers.ofByteArray());

    assertThat(described.headers().firstValue("Content-Encoding")).hasValue("gzip");
    assertThat(unzipped(described.body())).contains("\"HP_PMI_ID__c\"");
  }

  private static String unzipped(byte[] zipped) throws IOException {
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(zipped))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void limits_countDownWithEveryCall() {
    assertThat(caller.get(DATA + "/sobjects").headers().firstValue("Sforce-Limit-Info"))
        .hasValue("api-usage=1/5");
    assertThat(caller.query("SELECT nonsense").headers().firstValue("Sforce-Limit-Info"))
        .hasValue("api-usage=2/5");

    HttpResponse<String> limits = caller.get(DATA + "/limits");

    assertThat(json(limits).path("DailyApiRequests"))
        .isEqualTo(json("{\"Max\":5,\"Remaining\":2}"));
    assertThat(limits.headers().firstValue("Sforce-Limit-Info")).hasValue("api-usage=3/5");
    assertThat(org.apiCalls()).isEqualTo(3);
  }

  @Test
  void limit_refusesUntilADayHasPassed() {
    for (int i = 0; i < 5; i++) {
      assertThat(caller.get(DATA + "/limits").statusCode()).isEqualTo(200);
    }

    JsonNode error = assertError(caller.get(DATA + "/limits"), 403, "REQUEST_LIMIT_EXCEEDED");

    assertThat(error.path("message").asText()).isEqualTo("TotalRequests Limit exceeded.");
    assertThat(org.apiCalls()).isEqualTo(5);
    clock.advance(Duration.ofHours(24));
    caller.login();
    assertThat(caller.get(DATA + "/limits").headers().firstValue("Sforce-Limit-Info"))
        .hasValue("api-usage=1/5");
  }

  @Test
  void recordCount_leavesOutWhatIsNotThere() {
    org.create("Contact", Map.of("LastName", "A"));
    org.delete(org.create("Account", Map.of("Name", "A")));

    JsonNode answer =
        json(caller.get(DATA + "/limits/recordCount?sObjects=Contact,Account,Organization"));

    assertThat(answer.path("sObjects"))
        .extracting(count -> count.path("name").asText() + count.path("count").asText())
        .containsExactly("Account1", "Contact1", "Organization1");
  }

  @Test
  void requests_areLoggedByTemplate() {
    org.resetCounters();
    caller.get(DATA + "/sobjects/Contact/HP_PMI_ID__c/P012345678");
    caller.get(DATA + "/nothing/at/all/here");
    caller.login();

    assertThat(org.requests())
        .extracting(LoggedRequest::method, LoggedRequest::path, LoggedRequest::status)
        .containsExactly(
            tuple("GET", "/services/data/{version}/sobjects/{object}/{field}/{value}", 404),
            tuple("GET", "unknown", 404),
            tuple("POST", "/services/oauth2/token", 200));
    assertThat(org.requestCounts()).contains(entry("POST /services/oauth2/token", 1));
    assertThat(org.apiCalls()).isEqualTo(2);
    org.resetCounters();
    assertThat(org.requests()).isEmpty();
    assertThat(org.requestCounts()).isEmpty();
    assertThat(org.apiCalls()).isZero();
  }

  @Test
  void localisedMessages_changeTheTextOnly() {
    restart(SalesforceSimulator.builder().localisedMessages(true));

    JsonNode error =
        assertError(caller.post(DATA + "/sobjects/Contact", "{}"), 400, "REQUIRED_FIELD_MISSING");

    assertThat(error.path("message").asText()).isEqualTo("Erforderliche Felder fehlen");
    assertThat(error.path("fields").get(0).asText()).isEqualTo("LastName");
  }

  @Test
  void unevenJson_hasKeysInAnyOrderAndUnknownOnes() {
    restart(SalesforceSimulator.builder().unevenJson(true));
    org.create("Contact", Map.of("LastName", "A"));
    Set<List<String>> orders = new HashSet<>();
    Set<String> emptyFields = new HashSet<>();
    for (int i = 0; i < 30; i++) {
      JsonNode answer = caller.found("SELECT Id, LastName FROM Contact");
      assertThat(answer.path("totalSize").asInt()).isEqualTo(1);
      assertThat(answer.has("addedInALaterRelease")).isTrue();
      orders.add(answer.properties().stream().map(Map.Entry::getKey).toList());
      JsonNode error =
          assertError(
              caller.delete(DATA + "/sobjects/Contact/" + deleted()), 404, "ENTITY_IS_DELETED");
      emptyFields.add(String.valueOf(error.get("fields")));
    }

    assertThat(orders).hasSizeGreaterThan(2);
    assertThat(emptyFields).containsExactlyInAnyOrder("null", "[]");
  }

  private String deleted() {
    String id = org.create("Contact", Map.of("LastName", "Gone"));
    org.delete(id);
    return id;
  }
}
