package edu.cumc.aou.salesforce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import edu.cumc.aou.salesforce.SalesforceException.Kind;
import edu.cumc.aou.salesforce.SaveResult.Refused;
import edu.cumc.aou.salesforce.SaveResult.Saved;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CollectionsTest {

  private static final String A = "0035500001H9cakAAB";
  private static final String B = "001B000001Lp1G2IAJ";
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Refuses a call that holds a record named Bad as a whole, and saves all others. */
  private static RawServer.Answer refusingBad(RawServer server) {
    return (socket, out) -> {
      JsonNode records =
          JSON.readTree(server.asked().get(server.asked().size() - 1).text()).get("records");
      List<String> rows = new ArrayList<>();
      boolean bad = false;
      for (JsonNode record : records) {
        bad |= record.get("LastName").asText().equals("Bad");
        rows.add("{\"id\":\"" + A + "\",\"success\":true,\"errors\":[]}");
      }
      return (bad
              ? RawServer.json(
                  400, "[{\"errorCode\":\"JSON_PARSER_ERROR\",\"message\":\"Bad\",\"fields\":[]}]")
              : RawServer.json(200, "[" + String.join(",", rows) + "]"))
          .write(socket, out);
    };
  }

  private static Map<String, Object> named(String name) {
    return Map.of("LastName", name);
  }

  @Test
  void results_areInTheOrderOfTheRecordsWithErrorsAsValues() throws IOException {
    try (Wired wired = new Wired()) {
      wired.server.then(
          200,
          "[{\"errors\":[{\"fields\":[\"LastName\"],\"message\":\"Invented\",\"statusCode\":"
              + "\"REQUIRED_FIELD_MISSING\"}],\"success\":false,\"created\":true,\"id\":\""
              + B
              + "\"},{\"id\":\""
              + A
              + "\",\"success\":true,\"errors\":[],\"created\":true},{\"success\":false,"
              + "\"errors\":[{\"statusCode\":\"UNABLE_TO_LOCK_ROW\",\"message\":\"x\"}]},"
              + "{\"success\":false,\"errors\":[{\"statusCode\":"
              + "\"CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY\",\"message\":\"T: caused by:"
              + " UNABLE_TO_LOCK_ROW\",\"fields\":null}]},{\"success\":false}]");

      List<SaveResult> results =
          wired.salesforce.upsertAll(
              "Contact", "Key__c", Collections.nCopies(5, named("Invented")));

      assertThat(results)
          .containsExactly(
              new Refused(
                  List.of(new RecordError("REQUIRED_FIELD_MISSING", List.of("LastName"), false))),
              new Saved(A, true),
              new Refused(List.of(new RecordError("UNABLE_TO_LOCK_ROW", List.of(), true))),
              new Refused(
                  List.of(
                      new RecordError("CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY", List.of(), true))),
              new Refused(List.of(new RecordError("UNRECOGNISED", List.of(), false))));
      assertThat(results.toString()).doesNotContain("Invented", A, B);
      RawServer.Asked asked = wired.server.asked().get(0);
      assertThat(asked.method()).isEqualTo("PATCH");
      assertThat(asked.target())
          .isEqualTo("/services/data/v62.0/composite/sobjects/Contact/Key__c");
      assertThat(asked.headers())
          .containsEntry("sforce-auto-assign", "FALSE")
          .doesNotContainKey("sforce-duplicate-rule-header");
    }
  }

  @Test
  void values_becomeJsonAndNullsStay() throws IOException {
    try (Wired wired = new Wired()) {
      wired.server.then(200, "[{\"id\":\"" + A + "\",\"success\":true,\"errors\":[]}]");
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("LastName", "Žižka \"x\"");
      fields.put("Phone", null);
      fields.put("Birthdate", LocalDate.of(1980, 2, 29));
      fields.put("Seen__c", Instant.parse("2026-01-02T03:04:05.678Z"));
      fields.put("Amount__c", new BigDecimal("10.50"));
      fields.put("Flag__c", true);
      fields.put("Account", Map.of("Site__c", "S-9"));

      wired.salesforce.updateAll("Contact", List.of(new RecordUpdate(A, fields)));

      assertThat(JSON.readTree(wired.server.asked().get(0).bytes()))
          .isEqualTo(
              JSON.readTree(
                  "{\"allOrNone\":false,\"records\":[{\"attributes\":{\"type\":\"Contact\"},"
                      + "\"id\":\""
                      + A
                      + "\",\"LastName\":\"Žižka \\\"x\\\"\",\"Phone\":null,"
                      + "\"Birthdate\":\"1980-02-29\",\"Seen__c\":\"2026-01-02T03:04:05Z\","
                      + "\"Amount__c\":10.50,\"Flag__c\":true,\"Account\":{\"Site__c\":\"S-9\"}}]}"));
    }
  }

  @Test
  void valueOfAnotherType_isRefusedByTheNameOfItsField() throws IOException {
    try (Wired wired = new Wired()) {
      assertThatThrownBy(
              () ->
                  wired.salesforce.createAll("Contact", List.of(Map.of("X__c", List.of("secret")))))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("X__c")
          .hasMessageNotContaining("secret");
      assertThat(wired.server.asked()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "[{\"id\":\"" + A + "\",\"success\":true}]",
        "[{\"id\":\"" + A + "\",\"success\":true},{}]",
        "[{\"id\":\"" + A + "\",\"success\":true},null]",
        "[{\"id\":\"" + A + "\",\"success\":true},{\"success\":true}]"
      })
  void resultsThatDoNotFit_leaveTheWholeBatchUnknown(String body) throws IOException {
    try (Wired wired = new Wired()) {
      wired.server.always(RawServer.json(200, body));

      SalesforceException thrown =
          catchThrowableOfType(
              SalesforceException.class,
              () -> wired.salesforce.createAll("Contact", List.of(named("A"), named("B"))));

      assertThat(thrown.kind()).isEqualTo(Kind.PROTOCOL);
      assertThat(thrown.answerLost()).isTrue();
      assertThat(wired.server.asked()).hasSize(1);
    }
  }

  @Test
  void resultAboutAnotherRecord_leavesTheBatchUnknown() throws IOException {
    try (Wired wired = new Wired()) {
      wired.server.then(200, "[{\"id\":\"" + B + "\",\"success\":true,\"errors\":[]}]");

      SalesforceException thrown =
          catchThrowableOfType(
              SalesforceException.class,
              () -> wired.salesforce.updateAll("Contact", List.of(new RecordUpdate(A, Map.of()))));

      assertThat(thrown.answerLost()).isTrue();
    }
  }

  @Test
  void recordThatMakesTheCallFail_isSingledOut() throws IOException {
    try (Wired wired = new Wired()) {
      wired.server.always(refusingBad(wired.server));
      List<Map<String, Object>> records =
          IntStream.range(0, 200)
              .mapToObj(i -> named(i == 137 ? "Bad" : "Good"))
              .collect(java.util.stream.Collectors.toList());

      List<SaveResult> results = wired.salesforce.createAll("Contact", records);

      assertThat(results).hasSize(200);
      for (int i = 0; i < 200; i++) {
        if (i == 137) {
          assertThat(results.get(i))
              .isEqualTo(
                  new Refused(List.of(new RecordError("JSON_PARSER_ERROR", List.of(), false))));
        } else {
          assertThat(results.get(i)).isEqualTo(new Saved(A, true));
        }
      }
      assertThat(wired.server.asked().size()).isLessThanOrEqualTo(17);
    }
  }

  @Test
  void batchOfBadRecords_doesNotUseUpTheAllowance() throws IOException {
    try (Wired wired = new Wired()) {
      wired.server.always(refusingBad(wired.server));

      List<SaveResult> results =
          wired.salesforce.createAll("Contact", Collections.nCopies(200, named("Bad")));

      assertThat(results).hasSize(200).allMatch(r -> r instanceof Refused);
      assertThat(wired.server.asked().size()).isLessThanOrEqualTo(65);
    }
  }

  @Test
  void lostAnswerAmongHalves_makesTheBatchUnknown() throws IOException {
    try (Wired wired = new Wired()) {
      wired
          .server
          .then(400, "[{\"errorCode\":\"INVALID_FIELD\"}]")
          .then(200, "[{\"id\":\"" + A + "\",\"success\":true,\"errors\":[]}]")
          .then(403, "[{\"errorCode\":\"REQUEST_LIMIT_EXCEEDED\",\"message\":\"TotalRequests\"}]");

      SalesforceException thrown =
          catchThrowableOfType(
              SalesforceException.class,
              () -> wired.salesforce.createAll("Contact", List.of(named("A"), named("B"))));

      assertThat(thrown.kind()).isEqualTo(Kind.THROTTLED);
      assertThat(thrown.answerLost()).isTrue();
    }
  }

  @Test
  void callThatRanTooLong_isHalvedWhenItMayBeRepeatedAndLostWhenNot() throws IOException {
    String tooLong = "[{\"errorCode\":\"REQUEST_RUNNING_TOO_LONG\"}]";
    String saved = "[{\"id\":\"" + A + "\",\"success\":true,\"errors\":[]}]";
    try (Wired wired = new Wired()) {
      wired.server.then(400, tooLong).then(200, saved).then(200, saved).then(400, tooLong);
      RecordUpdate update = new RecordUpdate(A, Map.of());

      assertThat(wired.salesforce.updateAll("Contact", List.of(update, update))).hasSize(2);
      SalesforceException thrown =
          catchThrowableOfType(
              SalesforceException.class,
              () -> wired.salesforce.createAll("Contact", List.of(named("A"), named("B"))));

      assertThat(thrown.answerLost()).isTrue();
      assertThat(wired.server.asked()).hasSize(4);
    }
  }

  @Test
  void deletedAlready_countsAsDeleted() throws IOException {
    try (Wired wired = new Wired()) {
      wired.server.then(
          200,
          "[{\"id\":\""
              + A
              + "\",\"success\":true,\"errors\":[]},{\"success\":false,\"errors\":"
              + "[{\"statusCode\":\"ENTITY_IS_DELETED\",\"message\":\"x\",\"fields\":[]}]}]");

      assertThat(wired.salesforce.deleteAll(List.of(A, B)))
          .containsExactly(new Saved(A, false), new Saved(B, false));
      assertThat(wired.server.asked().get(0).method()).isEqualTo("DELETE");
    }
  }

  @Test
  void retrieve_leavesGapsWhereThereIsNothing() throws IOException {
    try (Wired wired = new Wired()) {
      wired.server.then(200, "[null,{\"attributes\":{\"type\":\"Contact\"},\"Id\":\"" + A + "\"}]");

      List<java.util.Optional<SalesforceRecord>> found =
          wired.salesforce.retrieve("Contact", List.of(B, A), List.of("Id"));

      assertThat(found.get(0)).isEmpty();
      assertThat(found.get(1).orElseThrow().id()).contains(A);
      assertThat(wired.server.asked().get(0).text())
          .isEqualTo("{\"ids\":[\"" + B + "\",\"" + A + "\"],\"fields\":[\"Id\"]}");
    }
  }

  @Test
  void emptyBatch_makesNoCallAndTooLongOneIsRefused() throws IOException {
    try (Wired wired = new Wired()) {
      assertThat(wired.salesforce.createAll("Contact", List.of())).isEmpty();
      assertThat(wired.salesforce.deleteAll(List.of())).isEmpty();
      assertThat(wired.salesforce.retrieve("Contact", List.of(), List.of("Id"))).isEmpty();
      assertThatThrownBy(
              () -> wired.salesforce.createAll("Contact", Collections.nCopies(201, named("A"))))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("200");
      assertThat(wired.server.asked()).isEmpty();
    }
  }

  @Test
  void malformedId_neverBecomesAPath() throws IOException {
    try (Wired wired = new Wired()) {
      for (String id : List.of("../../x", "", "0035500001H9cak/", "003", A + "x")) {
        assertThatThrownBy(() -> wired.salesforce.delete("Contact", id))
            .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> wired.salesforce.deleteAll(List.of(id)))
            .isInstanceOf(IllegalArgumentException.class);
      }
      assertThatThrownBy(() -> wired.salesforce.describe("Contact/../x"))
          .isInstanceOf(IllegalArgumentException.class);
      assertThat(wired.server.asked()).isEmpty();
    }
  }

  @Test
  void compression_isUsedFromTheSizeThatIsSet() throws IOException {
    try (RawServer server = new RawServer()) {
      server.always(RawServer.json(200, "[{\"id\":\"" + A + "\",\"success\":true,\"errors\":[]}]"));
      SalesforceSettings settings =
          SalesforceSettings.builder(new SalesforceAuth.ReadySession(Secret.of("x"), server.uri()))
              .compressFrom(500)
              .allowDuplicates(true)
              .build();
      try (Salesforce salesforce = Salesforce.connect(settings, new VirtualTime().surroundings())) {
        salesforce.createAll("Contact", List.of(named("short")));
        salesforce.createAll("Contact", List.of(named("long".repeat(200))));
      }
      assertThat(server.asked().get(0).headers()).doesNotContainKey("content-encoding");
      RawServer.Asked compressed = server.asked().get(1);
      assertThat(compressed.headers())
          .containsEntry("content-encoding", "gzip")
          .containsEntry("sforce-duplicate-rule-header", "allowSave=true");
      try (java.util.zip.GZIPInputStream in =
          new java.util.zip.GZIPInputStream(new java.io.ByteArrayInputStream(compressed.bytes()))) {
        assertThat(JSON.readTree(in.readAllBytes()).get("records")).hasSize(1);
      }
    }
  }
}
