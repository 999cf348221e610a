package edu.cumc.aou.simulator.salesforce;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import edu.cumc.aou.simulator.salesforce.fault.Fault;
import edu.cumc.aou.simulator.salesforce.http.Answer;
import edu.cumc.aou.simulator.salesforce.http.Call;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Requests without a connection. */
class InProcessTest {
  @Test
  void request_isAnsweredWithoutAServer() throws Exception {
    try (SalesforceSimulator org = SalesforceSimulator.builder().open("https://org.example.org")) {
      Answer login =
          org.handle(
              call(
                  "POST",
                  "/services/oauth2/token",
                  Map.of("Content-Type", "application/x-www-form-urlencoded"),
                  "grant_type=client_credentials&client_id="
                      + org.credentials().clientId()
                      + "&client_secret="
                      + org.credentials().clientSecret()));
      JsonNode token = login.json();

      assertThat(token.path("instance_url").asText()).isEqualTo("https://org.example.org");

      Answer created =
          org.handle(
              call(
                  "POST",
                  Caller.DATA + "/sobjects/Contact",
                  Map.of(
                      "Content-Type",
                      "application/json",
                      "authorization",
                      "Bearer " + token.path("access_token").asText()),
                  "{\"LastName\":\"Muster\"}"));

      assertThat(created.status()).isEqualTo(201);
      assertThat(new String(created.body(), StandardCharsets.UTF_8)).startsWith("{\"id\":\"003");
      assertThat(org.records("Contact")).hasSize(1);
    }
  }

  @Test
  void answerThatIsToBeLost_saysSo() {
    try (SalesforceSimulator org = SalesforceSimulator.builder().open("https://org.example.org")) {
      org.faults().on("GET", "/services/data", 1, Fault.resetBeforeApply());

      assertThat(org.handle(call("GET", "/services/data", Map.of(), "")).delivery())
          .isEqualTo(Answer.Delivery.RESET);
    }
  }

  private static Call call(String method, String path, Map<String, String> headers, String body) {
    return Call.received(method, path, "", headers, body.getBytes(StandardCharsets.UTF_8));
  }
}
