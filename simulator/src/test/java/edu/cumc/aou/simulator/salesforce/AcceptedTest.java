package edu.cumc.aou.simulator.salesforce;

import static edu.cumc.aou.simulator.salesforce.Caller.DATA;
import static edu.cumc.aou.simulator.salesforce.Caller.assertError;
import static edu.cumc.aou.simulator.salesforce.Caller.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that widespread clients send, beside those that the guides show. */
class AcceptedTest {
  private final VirtualClock clock = new VirtualClock();
  private final SalesforceSimulator org = SalesforceSimulator.builder().clock(clock).start();
  private final Caller caller = Caller.loggedIn(org);

  @AfterEach
  void close() {
    org.close();
  }

  @Test
  void pathWithTwoSlashesAtItsStart_isTakenAsWithOne() {
    assertThat(caller.get("/" + DATA + "/limits").statusCode()).isEqualTo(200);
    assertThat(org.requestCounts()).containsKey("GET /services/data/{version}/limits");
  }

  @Test
  void jobMayBeChanged_withItsIdBesideTheState() {
    BulkCaller bulk = new BulkCaller(caller);
    String id = bulk.create("{\"object\":\"Contact\",\"operation\":\"insert\"}");
    bulk.upload(id, "LastName\nMuster\n");
    String path = DATA + "/jobs/ingest/" + id;

    assertError(
        caller.patch(path, "{\"id\":\"750000000000000AAA\",\"state\":\"UploadComplete\"}"),
        400,
        "API_ERROR");
    HttpResponse<String> closed =
        caller.patch(path, "{\"id\":\"" + id + "\",\"state\":\"UploadComplete\"}");

    assertThat(closed.statusCode()).as(closed.body()).isEqualTo(200);
    assertThat(org.records("Contact")).hasSize(1);
  }

  @Test
  void uploadOfNoBytes_completesItsJob_withThreeEmptyResults() {
    BulkCaller bulk = new BulkCaller(caller);
    String id = bulk.create("{\"object\":\"Contact\",\"operation\":\"insert\"}");
    bulk.upload(id, "");
    bulk.state(id, "UploadComplete");

    JsonNode job = json(caller.get(DATA + "/jobs/ingest/" + id));
    assertThat(job.path("state").asText()).isEqualTo("JobComplete");
    assertThat(job.path("numberRecordsProcessed").asInt()).isZero();
    for (String file : new String[] {"successfulResults", "failedResults", "unprocessedrecords"}) {
      HttpResponse<String> results = caller.get(DATA + "/jobs/ingest/" + id + "/" + file);
      assertThat(results.statusCode()).isEqualTo(200);
      assertThat(results.body().lines().filter(line -> !line.isBlank()))
          .hasSizeLessThanOrEqualTo(1);
    }
  }

  @Test
  void batch_mayHoldLimits_compositeMayNot() {
    HttpResponse<String> batch =
        caller.post(
            DATA + "/composite/batch",
            "{\"batchRequests\":[{\"method\":\"GET\",\"url\":\"v62.0/limits\"}]}");
    JsonNode result = json(batch).path("results").get(0);

    assertThat(result.path("statusCode").asInt()).isEqualTo(200);
    assertThat(result.path("result").has("DailyApiRequests")).isTrue();

    HttpResponse<String> composite =
        caller.post(
            DATA + "/composite",
            "{\"compositeRequest\":[{\"method\":\"GET\",\"referenceId\":\"a\",\"url\":\""
                + DATA
                + "/limits\"}]}");
    assertThat(json(composite).path("compositeResponse").get(0).path("httpStatusCode").asInt())
        .isEqualTo(400);
  }

  @Test
  void loginFault_statesItsType_andSoDoTheOthers() {
    String login =
        soap(
            "/services/Soap/u/62.0",
            "partner",
            "<login><username>x</username><password>y</password></login>");
    assertThat(login)
        .contains("<sf:LoginFault xsi:type=\"sf:LoginFault\">")
        .contains("xmlns:sf=\"urn:fault.partner.soap.sforce.com\"")
        .contains("<sf:exceptionCode>INVALID_LOGIN</sf:exceptionCode>")
        .contains("<faultstring>INVALID_LOGIN: Invalid username, password");
    assertThat(
            soap(
                "/services/Soap/c/62.0",
                "enterprise",
                "<login><username>x</username><password>y</password></login>"))
        .contains("xmlns:sf=\"urn:fault.enterprise.soap.sforce.com\"");
    assertThat(
            soap("/services/Soap/u/62.0", "partner", "<logout><sessionId>x</sessionId></logout>"))
        .contains("<sf:UnexpectedErrorFault xsi:type=\"sf:UnexpectedErrorFault\">")
        .contains("<faultcode>sf:INVALID_SESSION_ID</faultcode>");
    assertThat(
            soap("/services/Soap/u/62.0", "partner", "<query><queryString>x</queryString></query>"))
        .contains("docs/simulator.md");
  }

  private String soap(String path, String api, String call) {
    HttpResponse<String> response =
        caller.send(
            caller
                .request(path)
                .header("Content-Type", "text/xml")
                .header("SOAPAction", "login")
                .POST(
                    BodyPublishers.ofString(
                        "<e:Envelope xmlns:e=\"http://schemas.xmlsoap.org/soap/envelope/\" xmlns=\"urn:"
                            + api
                            + ".soap.sforce.com\"><e:Body>"
                            + call
                            + "</e:Body></e:Envelope>")));
    assertThat(response.statusCode()).isEqualTo(500);
    return response.body();
  }

  @Test
  void describe_isNotSentAgain_toThoseWhoHaveIt() {
    String path = DATA + "/sobjects/Contact/describe";
    String last = caller.get(path).headers().firstValue("Last-Modified").orElseThrow();

    HttpResponse<String> again =
        caller.send(caller.request(path).header("If-Modified-Since", last).GET());
    assertThat(again.statusCode()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
    assertThat(
            caller
                .send(
                    caller
                        .request(path)
                        .header("If-Modified-Since", "Mon, 01 Jan 2018 00:00:00 GMT")
                        .GET())
                .statusCode())
        .isEqualTo(200);
  }

  @Test
  void recordThatMovedOn_isNotWritten_byThoseWhoSaySo() {
    String id = caller.create("Contact", "{\"LastName\":\"Muster\"}");
    String path = DATA + "/sobjects/Contact/" + id;
    String before = "Mon, 01 Jan 2018 00:00:00 GMT";
    String body = "{\"LastName\":\"Other\"}";

    assertThat(patch(path, before, body).statusCode()).isEqualTo(412);
    assertThat(
            caller
                .send(caller.request(path).header("If-Unmodified-Since", before).DELETE())
                .statusCode())
        .isEqualTo(412);
    clock.advance(Duration.ofMinutes(1));
    String now = caller.get(path).headers().firstValue("Date").orElseThrow();
    assertThat(patch(path, now, body).statusCode()).isEqualTo(204);
  }

  private HttpResponse<String> patch(String path, String unmodifiedSince, String body) {
    return caller.send(
        caller
            .request(path)
            .header("Content-Type", "application/json")
            .header("If-Unmodified-Since", unmodifiedSince)
            .method("PATCH", BodyPublishers.ofString(body)));
  }

  @Test
  void prettyPrint_isForPeople() {
    String pretty =
        caller.send(caller.request(DATA + "/limits").header("X-PrettyPrint", "1").GET()).body();

    assertThat(pretty).contains("\"DailyApiRequests\" : {\n");
    assertThat(caller.get(DATA + "/limits").body()).doesNotContain("\n");
  }

  @Test
  void parent_isFoundByThePathOfItsChild() {
    String id = org.create("Contact", Map.of("LastName", "Muster", "AccountId", org.accountId()));

    JsonNode account = json(caller.get(DATA + "/sobjects/Contact/" + id + "/Account?fields=Name"));
    assertThat(account.path("Name").asText()).isEqualTo("All of Us Participants");
    assertThat(account.path("attributes").path("type").asText()).isEqualTo("Account");
    assertThat(caller.get(DATA + "/sobjects/Contact/" + id + "/ReportsTo").statusCode())
        .isEqualTo(204);
    assertError(caller.get(DATA + "/sobjects/Contact/" + id + "/Nobody"), 404, "NOT_FOUND");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/services/data/v62.0/search",
        "/services/data/v62.0/parameterizedSearch",
        "/services/data/v62.0/tooling/sobjects",
        "/services/data/v62.0/sobjects/Contact/listviews",
        "/services/data/v62.0/sobjects/Contact/describe/layouts",
        "/services/data/v62.0/dedupe/job",
        "/services/data/v62.0/commerce",
        "/services/data/v62.0/query?explain=SELECT+Id+FROM+Contact",
        "/services/oauth2/authorize",
        "/services/apexrest/own"
      })
  void whatIsNotServed_isNamed(String path) {
    JsonNode error = assertError(caller.get(path), 404, "NOT_FOUND");

    assertThat(error.path("message").asText()).contains("simulator").contains("docs/simulator.md");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/services/Soap/m/62.0", "/services/Soap/T/62.0/00D", "/services/Soap/s/62.0"})
  void otherSoapApis_areNotServed_asAFault(String path) {
    assertThat(soap(path, "partner", "<describeMetadata/>"))
        .contains("<faultcode>soapenv:Client</faultcode>")
        .contains("docs/simulator.md");
  }

  @Test
  void bulkApiOne_isNotServed_inItsOwnWords() {
    HttpResponse<String> response =
        caller.send(
            caller
                .request("/services/async/62.0/job")
                .header("Content-Type", "application/xml")
                .POST(BodyPublishers.ofString("<jobInfo/>")));

    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(response.headers().firstValue("Content-Type").orElse(""))
        .startsWith("application/xml");
    assertThat(response.body())
        .contains("<error xmlns=\"http://www.force.com/2009/06/asyncapi/dataload\">")
        .contains("docs/simulator.md");
  }

  @Test
  void batch_namesWhatIsNotServed_ofWhatSalesforceTakesThere() {
    JsonNode result =
        json(caller.post(
                DATA + "/composite/batch",
                "{\"batchRequests\":[{\"method\":\"GET\",\"url\":\"v62.0/search?q=x\"}]}"))
            .at("/results/0");

    assertThat(result.path("statusCode").asInt()).isEqualTo(404);
    assertThat(result.at("/result/0/message").asText()).contains("docs/simulator.md");
  }

  @Test
  void children_areFoundByThePathOfTheirParent() {
    String account = org.accountId();
    for (int i = 0; i < 3; i++) {
      org.create("Contact", Map.of("LastName", "Muster" + i, "AccountId", account));
    }
    String path = DATA + "/sobjects/Account/" + account + "/Contacts";

    JsonNode some = json(caller.get(path + "?fields=LastName"));
    assertThat(some.path("totalSize").asInt()).isEqualTo(3);
    assertThat(some.at("/records/2/LastName").asText()).isEqualTo("Muster2");
    assertThat(some.at("/records/0").has("FirstName")).isFalse();
    assertThat(json(caller.get(path)).at("/records/0").has("FirstName")).isTrue();
    assertError(caller.get(path + "?fields=Nothing"), 400, "INVALID_FIELD");
    assertError(caller.get(DATA + "/sobjects/Account/" + account + "/Nobody"), 404, "NOT_FOUND");
  }

  @Test
  void head_hasTheLengthOfGet_orNone_andDatesAreInTheirOneForm() {
    String path = DATA + "/sobjects/Contact/describe";
    HttpResponse<String> head =
        caller.send(caller.request(path).method("HEAD", BodyPublishers.noBody()));

    assertThat(head.headers().firstValue("Content-Length")).isNotEqualTo(Optional.of("0"));
    assertThat(head.headers().firstValue("Last-Modified"))
        .contains("Tue, 01 Jan 2019 00:00:00 GMT");
  }

  @Test
  void head_isGetWithoutABody_andNeedsASession() {
    HttpResponse<String> head =
        caller.send(caller.request(DATA + "/limits").method("HEAD", BodyPublishers.noBody()));
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.body()).isEmpty();

    caller.use("");
    for (String path : new String[] {DATA + "/limits", "/services/data", "/"}) {
      assertThat(
              caller
                  .send(caller.request(path).method("HEAD", BodyPublishers.noBody()))
                  .statusCode())
          .isEqualTo(401);
    }
  }
}
