package edu.cumc.aou.salesforce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import edu.cumc.aou.salesforce.SalesforceException.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RawRequestTest {

  @Test
  void request_isSentAsItIsWritten() throws IOException {
    try (Wired wired = new Wired()) {
      wired.server.then(201, "").then(200, "[]").then(200, "{}");

      wired.salesforce.send(
          RawRequest.put("/services/apexrest/letters/" + RawRequest.encoded("a/b c"))
              .query("kind", "a&b=c")
              .header("Sforce-Query-Options", "batchSize=200")
              .header("accept", "text/csv")
              .body("x;y".getBytes(StandardCharsets.UTF_8), "text/plain"));
      wired.salesforce.send(RawRequest.get("search"));
      wired
          .salesforce
          .with(CallHeaders.of("Sforce-Auto-Assign", "TRUE"))
          .send(RawRequest.delete("sobjects"));

      RawServer.Asked put = wired.server.asked().get(0);
      assertThat(put.method()).isEqualTo("PUT");
      assertThat(put.target()).isEqualTo("/services/apexrest/letters/a%2Fb%20c?kind=a%26b%3Dc");
      assertThat(put.text()).isEqualTo("x;y");
      assertThat(put.headers())
          .containsEntry("content-type", "text/plain")
          .containsEntry("accept", "text/csv")
          .containsEntry("authorization", "Bearer " + Wired.TOKEN)
          .containsEntry("sforce-query-options", "batchSize=200")
          .containsEntry("sforce-auto-assign", "FALSE");
      assertThat(wired.server.asked().get(1).target()).isEqualTo("/services/data/v62.0/search");
      assertThat(wired.server.asked().get(2).headers()).containsEntry("sforce-auto-assign", "TRUE");
    }
  }

  @Test
  void headersOfAView_reachItsCallsAlone() throws IOException {
    try (Wired wired = new Wired()) {
      String saved = "{\"id\":\"" + Wired.CONTACT + "\",\"success\":true}";
      wired.server.then(201, saved).then(201, saved);
      Salesforce view =
          wired.salesforce.with(
              CallHeaders.of("Sforce-Auto-Assign", "TRUE")
                  .and("Sforce-Duplicate-Rule-Header", "allowSave=true"));

      view.create("Contact", Map.of("LastName", "Invented"));
      wired.salesforce.create("Contact", Map.of("LastName", "Invented"));

      assertThat(wired.server.asked().get(0).headers())
          .containsEntry("sforce-auto-assign", "TRUE")
          .containsEntry("sforce-duplicate-rule-header", "allowSave=true")
          .containsEntry("sforce-mru", "updateMru=false");
      assertThat(wired.server.asked().get(1).headers())
          .containsEntry("sforce-auto-assign", "FALSE")
          .doesNotContainKey("sforce-duplicate-rule-header");
    }
  }

  @Test
  void post_isSentOnce_andMoreOftenWhereItMayBe() throws IOException {
    try (Wired wired = new Wired()) {
      wired.server.then(500, "").then(503, "").then(200, "1");

      SalesforceException lost =
          catchThrowableOfType(
              SalesforceException.class,
              () -> wired.salesforce.send(RawRequest.post("things").json(Map.of())));
      RawAnswer repeated =
          wired.salesforce.send(RawRequest.post("things").json(Map.of()).repeatable(true));

      assertThat(lost.answerLost()).isTrue();
      assertThat(repeated.json()).isEqualTo(1);
      assertThat(wired.server.asked()).hasSize(3);
    }
  }

  @Test
  void answerThatIsNoJson_isToldWithoutWhatItSays() throws IOException {
    try (Wired wired = new Wired()) {
      wired.server.then(200, "secret text");

      RawAnswer answer = wired.salesforce.send(RawRequest.get("things"));
      SalesforceException thrown = catchThrowableOfType(SalesforceException.class, answer::json);

      assertThat(answer.text()).isEqualTo("secret text");
      assertThat(thrown.kind()).isEqualTo(Kind.PROTOCOL);
      assertThat(thrown).hasMessageNotContaining("secret").hasNoCause();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "//example.org/services/data",
        "/secur/frontdoor.jsp",
        "https://example.org/services/",
        "/services/../secur",
        "query?q=x",
        "a b",
        "a#b",
        "a\\b"
      })
  void path_leadsNowhereElse(String path) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RawRequest.get(path))
        .withMessageContaining("path");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Authorization", "host", "Cookie", "Content-Length", "a b"})
  void headerOfTheSession_isNotTheCallers(String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RawRequest.get("limits").header(name, "x"));
  }
}
