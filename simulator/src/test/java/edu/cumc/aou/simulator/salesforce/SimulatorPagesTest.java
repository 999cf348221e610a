package edu.cumc.aou.simulator.salesforce;

import static edu.cumc.aou.simulator.salesforce.Caller.DATA;
import static edu.cumc.aou.simulator.salesforce.Caller.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import edu.cumc.aou.simulator.salesforce.fault.DeclaredFault;
import edu.cumc.aou.simulator.salesforce.fault.Fault;
import edu.cumc.aou.simulator.salesforce.http.LoggedRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SimulatorPagesTest {
  private final List<LoggedRequest> heard = new CopyOnWriteArrayList<>();
  private final SalesforceSimulator org =
      SalesforceSimulator.builder()
          .clock(new VirtualClock())
          .fault(DeclaredFault.parse("html on GET /limits nth=1 status=502"))
          .fault(DeclaredFault.parse("stalled on DELETE /**"))
          .onRequest(heard::add)
          .start();
  private final Caller caller = Caller.loggedIn(org);

  @AfterEach
  void close() {
    org.close();
  }

  @Test
  void requests_showMethodTemplateStatusAndFault() {
    caller.get(DATA + "/limits");
    caller.query("SELECT Id FROM Contact WHERE LastName = 'Muster'");

    JsonNode requests = json(caller.get("/simulator/requests")).path("requests");

    assertThat(requests).hasSize(3);
    assertThat(requests.get(1))
        .isEqualTo(
            json(
                "{\"number\":2,\"at\":\"2024-03-01T06:00:00.789Z\",\"method\":\"GET\","
                    + "\"path\":\"/services/data/{version}/limits\",\"status\":502,"
                    + "\"fault\":\"html\"}"));
    assertThat(requests.get(2).path("path").asText()).isEqualTo("/services/data/{version}/query");
    assertThat(requests.get(2).has("fault")).isFalse();
  }

  @Test
  void counters_showCallsLoginsKindsStatusesAndFaults() {
    caller.get(DATA + "/limits");
    caller.get(DATA + "/limits");

    JsonNode counters = json(caller.get("/simulator/counters"));

    assertThat(counters.path("apiCalls").asInt()).isEqualTo(1);
    assertThat(counters.path("logins").asInt()).isEqualTo(1);
    assertThat(counters.path("dailyLimit").asInt()).isEqualTo(100_000);
    assertThat(counters.path("requests").path("GET /services/data/{version}/limits").asInt())
        .isEqualTo(2);
    assertThat(counters.path("statuses")).isEqualTo(json("{\"200\":2,\"502\":1}"));
    assertThat(counters.path("faults"))
        .isEqualTo(
            json(
                "[{\"fault\":\"html on GET /limits nth=1 status=502\",\"matched\":2,\"struck\":1},"
                    + "{\"fault\":\"stalled on DELETE /**\",\"matched\":0,\"struck\":0}]"));
  }

  @Test
  void page_isForPeople() {
    caller.get(DATA + "/limits");

    HttpResponse<String> page = caller.get("/simulator");

    assertThat(page.headers().firstValue("Content-Type").orElse("")).startsWith("text/html");
    assertThat(page.body())
        .contains("<td>GET</td><td>/services/data/{version}/limits</td><td>502</td><td>html</td>")
        .contains("stalled on DELETE /**");
  }

  @Test
  void pages_areNotAskedOfSalesforce() {
    org.resetCounters();
    org.faults().on("*", ".*", n -> true, Fault.html(500));

    for (String path : List.of("/simulator", "/simulator/requests", "/simulator/counters")) {
      assertThat(caller.get(path).statusCode()).isEqualTo(200);
    }

    assertThat(org.requests()).isEmpty();
    assertThat(caller.get("/simulator/other").statusCode()).isEqualTo(404);
    assertThat(caller.post("/simulator/counters", "{}").statusCode()).isEqualTo(405);
  }

  @Test
  void neitherPagesNorListener_learnIdsValuesOrTokens() {
    String id =
        caller.create("Contact", "{\"LastName\":\"Muster\",\"HP_PMI_ID__c\":\"P012345678\"}");
    caller.get(DATA + "/sobjects/Contact/" + id);
    caller.get(DATA + "/sobjects/Contact/HP_PMI_ID__c/P012345678");
    caller.query("SELECT Id FROM Contact WHERE LastName = 'Muster'");
    caller.get("/id/" + org.credentials().organizationId() + "/" + org.integrationUserId());
    caller.get("/services/oauth2/revoke?token=" + Caller.encode(caller.token()));
    caller.get("/no/such/place/P012345678");

    String told =
        heard
            + caller.get("/simulator").body()
            + caller.get("/simulator/requests").body()
            + caller.get("/simulator/counters").body();

    assertThat(heard).hasSize(8);
    assertThat(told)
        .doesNotContain(id, id.substring(0, 15), "P012345678", "Muster", caller.token())
        .doesNotContain(org.integrationUserId(), org.credentials().organizationId());
  }

  @Test
  void line_tellsNumberTimeMethodPathStatusAndFault() {
    caller.get(DATA + "/limits");

    assertThat(heard.get(1))
        .hasToString(
            "#2 2024-03-01T06:00:00.789Z GET /services/data/{version}/limits 502 fault=html");
  }

  @Test
  void valuesThatAreAskedFor_areInTheLog_withoutTheToken() {
    try (SalesforceSimulator telling = SalesforceSimulator.builder().showValues(true).start()) {
      Caller other = Caller.loggedIn(telling);
      other.create("Contact", "{\"LastName\":\"Muster\"}");
      other.query("SELECT Id FROM Contact WHERE LastName = 'Muster'");

      String all = other.get("/simulator/requests").body();
      assertThat(all)
          .contains("/services/oauth2/token", "left out: logins hold secrets")
          .doesNotContain(
              other.token(),
              telling.credentials().clientSecret(),
              telling.credentials().password());

      String told = other.get("/simulator/requests?path=sobjects").body();
      JsonNode queries = json(other.get("/simulator/requests?path=query")).path("requests");

      assertThat(told).contains("{\\\"LastName\\\":\\\"Muster\\\"}").doesNotContain(other.token());
      assertThat(queries.get(0).path("url").asText()).contains("/query?q=SELECT");
      assertThat(queries.get(0).path("answer").asText()).contains("\"totalSize\":1");
    }
  }
}
