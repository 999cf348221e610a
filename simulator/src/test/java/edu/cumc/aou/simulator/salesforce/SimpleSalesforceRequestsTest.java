package edu.cumc.aou.simulator.salesforce;

import static edu.cumc.aou.simulator.salesforce.Caller.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.auth0.jwt.JWT;
import com.auth0.jwt.algorithms.Algorithm;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * The requests that simple-salesforce for Python sends, as they were written down: it cannot be had
 * where these tests run.
 */
class SimpleSalesforceRequestsTest {
  private static final String REST = "/services/data/v59.0/";

  @RegisterExtension
  static final ClientMatrix MATRIX = ClientMatrix.ofRecorded("simple-salesforce (recorded)");

  @TempDir Path folder;

  @Test
  void passwordLogin_query_recordsAndBulk() {
    try (SalesforceSimulator org = MATRIX.simulator().start()) {
      Caller caller = new Caller(org);
      HttpResponse<String> login =
          caller.send(
              caller
                  .request("/services/Soap/u/59.0")
                  .header("content-type", "text/xml")
                  .header("charset", "UTF-8")
                  .header("SOAPAction", "login")
                  .POST(BodyPublishers.ofString(login(org))));
      assertThat(login.statusCode()).as(login.body()).isEqualTo(200);
      caller.use(login.body().replaceAll("(?s).*<sessionId>(.*)</sessionId>.*", "$1"));

      JsonNode created =
          json(send(caller, "POST", "sobjects/Contact/", "{\"LastName\": \"Muster\"}"));
      String id = created.path("id").asText();
      assertThat(send(caller, "PATCH", "sobjects/Contact/" + id, "{\"Title\": \"x\"}").statusCode())
          .isEqualTo(204);
      assertThat(json(send(caller, "GET", "sobjects/Contact/" + id, "")).path("Title").asText())
          .isEqualTo("x");
      assertThat(
              json(send(caller, "GET", "query/?q=SELECT+Id+FROM+Contact", ""))
                  .path("totalSize")
                  .asInt())
          .isEqualTo(1);
      assertThat(json(send(caller, "GET", "sobjects/Contact/describe", "")).path("name").asText())
          .isEqualTo("Contact");

      JsonNode job =
          json(
              send(
                  caller,
                  "POST",
                  "jobs/ingest",
                  "{\"operation\": \"insert\", \"columnDelimiter\": \"COMMA\", \"lineEnding\": \"LF\","
                      + " \"object\": \"Contact\", \"contentType\": \"CSV\"}"));
      String path = "jobs/ingest/" + job.path("id").asText();
      assertThat(
              caller
                  .send(
                      request(caller, path + "/batches")
                          .setHeader("Content-Type", "text/csv; charset=UTF-8")
                          .PUT(BodyPublishers.ofString("LastName\nA\nB\n")))
                  .statusCode())
          .isEqualTo(201);
      send(caller, "PATCH", path, "{\"state\": \"UploadComplete\"}");
      assertThat(json(send(caller, "GET", path, "")).path("numberRecordsProcessed").asInt())
          .isEqualTo(2);
      assertThat(send(caller, "GET", path + "/successfulResults", "").body().lines()).hasSize(3);
      assertThat(
              send(
                      caller,
                      "PATCH",
                      "sobjects/Contact/HP_PMI_ID__c/P000000001",
                      "{\"LastName\": \"C\"}")
                  .statusCode())
          .isEqualTo(201);
      assertThat(json(send(caller, "GET", "limits/", "")).has("DailyApiRequests")).isTrue();

      JsonNode query =
          json(
              send(
                  caller,
                  "POST",
                  "jobs/query",
                  "{\"operation\": \"query\", \"query\": \"SELECT Id FROM Contact\","
                      + " \"columnDelimiter\": \"COMMA\", \"lineEnding\": \"LF\"}"));
      String queried = "jobs/query/" + query.path("id").asText();
      assertThat(json(send(caller, "GET", queried, "")).path("state").asText())
          .isEqualTo("JobComplete");
      assertThat(send(caller, "GET", queried + "/results?maxRecords=50000", "").body().lines())
          .hasSize(5);

      assertThat(send(caller, "DELETE", "sobjects/Contact/" + id, "").statusCode()).isEqualTo(204);
      assertThat(
              json(send(caller, "GET", "queryAll/?q=SELECT+Id+FROM+Contact", ""))
                  .path("totalSize")
                  .asInt())
          .isEqualTo(4);
      String day = "?start=2020-01-01T00%3A00%3A00%2B00%3A00&end=2020-01-02T00%3A00%3A00%2B00%3A00";
      assertThat(send(caller, "GET", "sobjects/Contact/deleted/" + day, "").body())
          .contains("INVALID_REPLICATION_DATE");
      String now =
          "?start="
              + Caller.encode(
                  Instant.now().minusSeconds(3_600).truncatedTo(ChronoUnit.SECONDS) + "")
              + "&end="
              + Caller.encode(Instant.now().plusSeconds(60).truncatedTo(ChronoUnit.SECONDS) + "");
      assertThat(json(send(caller, "GET", "sobjects/Contact/updated/" + now, "")).path("ids"))
          .isNotEmpty();
    }
  }

  private static String login(SalesforceSimulator org) {
    return "<?xml version=\"1.0\" encoding=\"utf-8\" ?><env:Envelope"
        + " xmlns:xsd=\"http://www.w3.org/2001/XMLSchema\""
        + " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\""
        + " xmlns:env=\"http://schemas.xmlsoap.org/soap/envelope/\""
        + " xmlns:urn=\"urn:partner.soap.sforce.com\"><env:Header><urn:CallOptions>"
        + "<urn:client>simple-salesforce</urn:client>"
        + "<urn:defaultNamespace>sf</urn:defaultNamespace></urn:CallOptions></env:Header><env:Body>"
        + "<n1:login xmlns:n1=\"urn:partner.soap.sforce.com\"><n1:username>"
        + org.credentials().username()
        + "</n1:username><n1:password>"
        + org.credentials().password()
        + org.credentials().securityToken()
        + "</n1:password></n1:login></env:Body></env:Envelope>";
  }

  @Test
  void jwtLogin_statesItsEndAsText() {
    AppKeys keys = AppKeys.make(folder, "RSA");
    try (SalesforceSimulator org = MATRIX.simulator().certificate(keys.certificate()).start()) {
      String end = String.valueOf(System.currentTimeMillis() / 1_000 + 180);
      String assertion =
          JWT.create()
              .withIssuer(org.credentials().clientId())
              .withSubject(org.credentials().username())
              .withClaim("aud", "https://test.salesforce.com")
              .withClaim("exp", end)
              .sign(Algorithm.RSA256(null, keys.privateKey()));
      HttpResponse<String> response =
          new Caller(org)
              .token(
                  Map.of(
                      "grant_type",
                      "urn:ietf:params:oauth:grant-type:jwt-bearer",
                      "assertion",
                      assertion));

      assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    }
  }

  @Test
  void clientCredentials_comeInTheHeader() {
    try (SalesforceSimulator org = MATRIX.simulator().start()) {
      Caller caller = new Caller(org);
      String pair = org.credentials().clientId() + ":" + org.credentials().clientSecret();
      HttpResponse<String> response =
          caller.send(
              caller
                  .request("/services/oauth2/token")
                  .header("Content-Type", "application/x-www-form-urlencoded")
                  .header(
                      "Authorization",
                      "Basic "
                          + Base64.getEncoder()
                              .encodeToString(
                                  pair.getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                  .POST(BodyPublishers.ofString("grant_type=client_credentials")));

      assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    }
  }

  private static HttpRequest.Builder request(Caller caller, String path) {
    return caller
        .request(REST + path)
        .header("Content-Type", "application/json")
        .header("X-PrettyPrint", "1");
  }

  private static HttpResponse<String> send(Caller caller, String method, String path, String body) {
    return caller.send(request(caller, path).method(method, BodyPublishers.ofString(body)));
  }
}
