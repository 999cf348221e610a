package edu.cumc.aou.simulator.salesforce;

import static edu.cumc.aou.simulator.salesforce.Caller.DATA;
import static edu.cumc.aou.simulator.salesforce.Caller.assertError;
import static edu.cumc.aou.simulator.salesforce.Caller.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CompositeTest {
  private static final String CONTACTS = DATA + "/sobjects/Contact";

  private final SalesforceSimulator org =
      SalesforceSimulator.builder().clock(new VirtualClock()).start();
  private final Caller caller = Caller.loggedIn(org);

  @AfterEach
  void close() {
    org.close();
  }

  private static String sub(String method, String url, String name, String body) {
    return "{\"method\":\"%s\",\"url\":\"%s\",\"referenceId\":\"%s\"%s}"
        .formatted(method, url, name, body.isEmpty() ? "" : ",\"body\":" + body);
  }

  private HttpResponse<String> post(boolean allOrNone, String... subs) {
    return caller.post(
        DATA + "/composite",
        "{\"allOrNone\":" + allOrNone + ",\"compositeRequest\":[" + String.join(",", subs) + "]}");
  }

  private JsonNode composite(boolean allOrNone, String... subs) {
    HttpResponse<String> response = post(allOrNone, subs);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return json(response).path("compositeResponse");
  }

  private static void assertSub(JsonNode sub, int status, String code) {
    assertThat(sub.path("httpStatusCode").asInt()).as(sub.toString()).isEqualTo(status);
    assertThat(sub.path("body").get(0).path("errorCode").asText()).isEqualTo(code);
  }

  @Test
  void requests_useEachOthersAnswers() {
    JsonNode answers =
        composite(
            false,
            sub("POST", CONTACTS, "boss", "{\"LastName\":\"Boss\"}"),
            sub("POST", CONTACTS, "one", "{\"LastName\":\"A\",\"ReportsToId\":\"@{boss.id}\"}"),
            sub("GET", DATA + "/query?q=SELECT Id FROM Contact ORDER BY LastName", "all", ""),
            sub("PATCH", CONTACTS + "/@{all.records[0].Id}", "change", "{\"Title\":\"T\"}"),
            sub("GET", CONTACTS + "/@{one.id}?fields=Title", "read", ""));

    assertThat(answers).hasSize(5);
    JsonNode boss = answers.get(0);
    assertThat(boss.path("httpStatusCode").asInt()).isEqualTo(201);
    assertThat(boss.path("referenceId").asText()).isEqualTo("boss");
    assertThat(boss.path("httpHeaders").path("Location").asText())
        .isEqualTo(CONTACTS + "/" + boss.path("body").path("id").asText());
    assertThat(answers.get(3).path("httpStatusCode").asInt()).isEqualTo(204);
    assertThat(answers.get(3).path("body").isNull()).isTrue();
    assertThat(answers.get(4).path("body").path("Title").asText()).isEqualTo("T");
    assertThat(org.records("Contact").map(row -> row.getOrDefault("ReportsToId", "")))
        .containsExactly("", boss.path("body").path("id").asText());
    // one call, whatever it holds
    assertThat(org.apiCalls()).isEqualTo(1);
    assertThat(org.records("Opportunity")).hasSize(2);
  }

  @Test
  void failure_haltsWhatDependsOnIt_andNothingElse() {
    JsonNode answers =
        composite(
            false,
            sub("POST", CONTACTS, "bad", "{\"Title\":\"T\"}"),
            sub("POST", CONTACTS, "child", "{\"LastName\":\"A\",\"ReportsToId\":\"@{bad.id}\"}"),
            sub("POST", CONTACTS, "other", "{\"LastName\":\"B\"}"),
            sub("GET", DATA + "/sobjects/Foo/describe", "foo", ""),
            sub("GET", CONTACTS + "/@{other.Id}", "wrongCase", ""));

    assertSub(answers.get(0), 400, "REQUIRED_FIELD_MISSING");
    assertSub(answers.get(1), 400, "PROCESSING_HALTED");
    assertThat(answers.get(2).path("httpStatusCode").asInt()).isEqualTo(201);
    assertSub(answers.get(3), 404, "NOT_FOUND");
    assertSub(answers.get(4), 400, "PROCESSING_HALTED");
    assertThat(org.records("Contact").map(row -> row.get("LastName"))).containsExactly("B");
  }

  @Test
  void allOrNone_takesEverythingBack() {
    JsonNode answers =
        composite(
            true,
            sub("POST", CONTACTS, "one", "{\"LastName\":\"A\"}"),
            sub("POST", CONTACTS, "bad", "{\"Title\":\"T\"}"),
            sub("POST", CONTACTS, "two", "{\"LastName\":\"B\"}"));

    assertSub(answers.get(0), 400, "PROCESSING_HALTED");
    assertSub(answers.get(1), 400, "REQUIRED_FIELD_MISSING");
    assertSub(answers.get(2), 400, "PROCESSING_HALTED");
    assertThat(org.records("Contact")).isEmpty();
    assertThat(org.records("Opportunity")).isEmpty();
  }

  @Test
  void collections_mayBeAmongThem() {
    String records =
        "{\"records\":[{\"attributes\":{\"type\":\"Contact\"},\"LastName\":\"A\"},"
            + "{\"attributes\":{\"type\":\"Contact\"}}]}";
    JsonNode answers = composite(false, sub("POST", DATA + "/composite/sobjects", "both", records));

    assertThat(answers.get(0).path("httpStatusCode").asInt()).isEqualTo(200);
    assertThat(answers.get(0).path("body").get(0).path("success").asBoolean()).isTrue();
    assertThat(answers.get(0).path("body").get(1).path("success").asBoolean()).isFalse();
  }

  @Test
  void moreThan25_areTooMany() {
    String many =
        IntStream.range(0, 26)
            .mapToObj(i -> sub("POST", CONTACTS, "r" + i, "{\"LastName\":\"A\"}"))
            .collect(Collectors.joining(","));
    JsonNode answers = composite(false, many);

    assertThat(answers).hasSize(1);
    assertSub(answers.get(0), 400, "LIMIT_EXCEEDED");
    assertThat(answers.get(0).path("referenceId").isNull()).isTrue();
    String queries =
        IntStream.range(0, 6)
            .mapToObj(i -> sub("GET", DATA + "/query?q=SELECT+Id+FROM+Contact", "q" + i, ""))
            .collect(Collectors.joining(","));
    assertSub(composite(false, queries).get(0), 400, "LIMIT_EXCEEDED");
    assertThat(org.records("Contact")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "_a", "a-b", "a.b"})
  void names_areLettersDigitsAndUnderscores(String name) {
    assertError(
        post(false, sub("POST", CONTACTS, name, "{\"LastName\":\"A\"}")), 400, "INVALID_INPUT");
  }

  @Test
  void whatIsNoComposite_isRefusedAsAWhole() {
    String good = sub("POST", CONTACTS, "a", "{\"LastName\":\"A\"}");
    assertError(post(false, good, good), 400, "INVALID_INPUT");
    assertError(post(false, sub("GET", "/sobjects/Contact", "a", "")), 400, "INVALID_INPUT");
    assertError(
        post(false, good.replace("\"method\"", "\"httpHeaders\":{\"Accept\":\"x\"},\"method\"")),
        400,
        "INVALID_INPUT");
    assertError(caller.post(DATA + "/composite", "{}"), 400, "JSON_PARSER_ERROR");
    assertSub(
        composite(false, sub("POST", DATA + "/composite", "a", "{}")).get(0), 400, "INVALID_INPUT");
    assertSub(
        composite(false, sub("GET", "/services/data/v20.0/sobjects", "a", "")).get(0), 410, "GONE");
    assertThat(org.records("Contact")).isEmpty();
  }

  private static String batch(boolean haltOnError) {
    return """
        {"haltOnError":%s,"batchRequests":[
         {"method":"POST","url":"v62.0/sobjects/Contact","richInput":{"LastName":"A"}},
         {"method":"POST","url":"v62.0/sobjects/Contact","richInput":{"Title":"T"}},
         {"method":"GET","url":"v62.0/query?q=SELECT+COUNT()+FROM+Contact"}]}"""
        .formatted(haltOnError);
  }

  @Test
  void batch_answersEachByItself_andCountsEach() {
    JsonNode limits = json(caller.get(DATA + "/limits")).path("DailyApiRequests");
    JsonNode answer = json(caller.post(DATA + "/composite/batch", batch(false)));

    assertThat(answer.path("hasErrors").asBoolean()).isTrue();
    assertThat(answer.path("results").findValuesAsText("statusCode"))
        .containsSequence("201", "400");
    assertThat(answer.path("results").get(2).path("result").path("totalSize").asInt()).isEqualTo(1);
    JsonNode after = json(caller.get(DATA + "/limits")).path("DailyApiRequests");
    assertThat(limits.path("Remaining").asInt() - after.path("Remaining").asInt()).isEqualTo(5);
  }

  @Test
  void batch_haltsOnErrorIfAsked() {
    JsonNode results = json(caller.post(DATA + "/composite/batch", batch(true))).path("results");

    assertThat(results.get(2).path("statusCode").asInt()).isEqualTo(412);
    assertThat(results.get(2).path("result").get(0).path("errorCode").asText())
        .isEqualTo("BATCH_PROCESSING_HALTED");
    assertThat(org.records("Contact")).hasSize(1);
  }
}
