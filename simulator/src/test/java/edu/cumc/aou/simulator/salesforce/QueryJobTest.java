package edu.cumc.aou.simulator.salesforce;

import static edu.cumc.aou.simulator.salesforce.Caller.DATA;
import static edu.cumc.aou.simulator.salesforce.Caller.assertError;
import static edu.cumc.aou.simulator.salesforce.Caller.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import edu.cumc.aou.simulator.salesforce.bulk.BulkSettings;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QueryJobTest {
  private static final String JOBS = DATA + "/jobs/query";

  private final VirtualClock clock = new VirtualClock();
  private final SalesforceSimulator org =
      SalesforceSimulator.builder()
          .clock(clock)
          .bulk(
              BulkSettings.DEFAULT
                  .withTimes(Duration.ofSeconds(5), Duration.ofSeconds(10))
                  .withPageSize(1_000))
          .start();
  private final Caller caller = Caller.loggedIn(org);

  @AfterEach
  void close() {
    org.close();
  }

  private static String request(String operation, String query) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("operation", operation)
        .put("query", query)
        .toString();
  }

  private JsonNode create(String query) {
    HttpResponse<String> response = caller.post(JOBS, request("query", query));
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return json(response);
  }

  /** Creates a job and lets it be done. */
  private String done(String query) {
    String id = create(query).path("id").asText();
    clock.advance(Duration.ofMinutes(1));
    return id;
  }

  private HttpResponse<String> results(String job, String parameters) {
    return caller.get(JOBS + "/" + job + "/results" + parameters);
  }

  private static String header(HttpResponse<String> response, String name) {
    return response.headers().firstValue(name).orElse("");
  }

  private String contact(String name) {
    return org.create("Contact", Map.of("LastName", name, "AccountId", org.accountId()));
  }

  @Test
  void job_goesThroughItsStatesAsTimePasses() {
    contact("Muster");
    JsonNode created = create("SELECT Id FROM contact");
    String id = created.path("id").asText();

    assertThat(created)
        .isEqualTo(
            json(
                """
                {"id":"%s","operation":"query","object":"Contact","createdById":"%s",
                 "createdDate":"2024-03-01T06:00:00.000+0000",
                 "systemModstamp":"2024-03-01T06:00:00.000+0000","state":"UploadComplete",
                 "concurrencyMode":"Parallel","contentType":"CSV","apiVersion":62.0,
                 "lineEnding":"LF","columnDelimiter":"COMMA"}"""
                    .formatted(id, org.integrationUserId())));
    assertThat(json(caller.get(JOBS + "/" + id)).path("state").asText())
        .isEqualTo("UploadComplete");
    assertError(results(id, ""), 400, "INVALIDJOBSTATE");
    clock.advance(Duration.ofSeconds(5));
    assertThat(json(caller.get(JOBS + "/" + id)).path("state").asText()).isEqualTo("InProgress");
    assertError(results(id, ""), 400, "INVALIDJOBSTATE");
    clock.advance(Duration.ofSeconds(10));
    JsonNode done = json(caller.get(JOBS + "/" + id));
    assertThat(done.path("state").asText()).isEqualTo("JobComplete");
    assertThat(done.path("jobType").asText()).isEqualTo("V2Query");
    assertThat(done.path("numberRecordsProcessed").asInt()).isEqualTo(1);
    assertThat(done.path("isPkChunkingSupported").asBoolean()).isTrue();
    assertThat(done.path("totalProcessingTime").asLong()).isEqualTo(10_000);
    assertThat(done.has("numberRecordsFailed")).isFalse();
  }

  @Test
  void results_comeInPages_eachWithTheHeader() {
    for (int i = 0; i < 2_500; i++) {
      contact("N%04d".formatted(i));
    }
    String job = done("SELECT LastName FROM Contact ORDER BY LastName");

    List<String> names = new ArrayList<>();
    List<String> sizes = new ArrayList<>();
    String locator = "";
    do {
      HttpResponse<String> page =
          results(job, locator.isEmpty() ? "?maxRecords=5000" : "?locator=" + locator);
      assertThat(header(page, "Content-Type")).isEqualTo("text/csv");
      List<String> lines = page.body().lines().toList();
      assertThat(lines.get(0)).isEqualTo("\"LastName\"");
      names.addAll(lines.subList(1, lines.size()));
      sizes.add(header(page, "Sforce-NumberOfRecords"));
      locator = header(page, "Sforce-Locator");
    } while (!locator.equals("null"));

    assertThat(sizes).containsExactly("1000", "1000", "500");
    assertThat(names).hasSize(2_500).isSorted().doesNotHaveDuplicates();
    HttpResponse<String> small = results(job, "?maxRecords=7");
    assertThat(header(small, "Sforce-NumberOfRecords")).isEqualTo("7");
    assertThat(small.body().lines()).hasSize(8);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"?locator=x", "?locator=null", "?locator=OTk5", "?maxRecords=0", "?maxRecords=x"})
  void results_refuseWhatIsNoPage(String parameters) {
    contact("Muster");

    assertError(results(done("SELECT Id FROM Contact"), parameters), 400, "API_ERROR");
  }

  @Test
  void values_haveTheirCsvFormat_andColumnsTheNamesOfTheQuery() {
    String id =
        org.create(
            "Contact",
            Map.of(
                "LastName",
                "O\"Hara, A",
                "Birthdate",
                "1980-02-03",
                "MailingStreet",
                "1 Main\n2",
                "AccountId",
                org.accountId()));
    String journey =
        org.records("Opportunity").map(row -> row.get("Id").toString()).findFirst().orElseThrow();
    org.edit(journey, Map.of("Amount", 10_000));
    String contacts =
        done(
            "SELECT Id, lastname, Birthdate, Phone, MailingStreet, IsDeleted, CreatedDate,"
                + " Account.Name, ReportsTo.LastName FROM Contact");
    String journeys = done("SELECT Amount, IsWon FROM Opportunity");

    assertThat(results(contacts, "").body())
        .isEqualTo(
            "\"Id\",\"lastname\",\"Birthdate\",\"Phone\",\"MailingStreet\",\"IsDeleted\","
                + "\"CreatedDate\",\"Account.Name\",\"ReportsTo.LastName\"\n\""
                + id
                + "\",\"O\"\"Hara, A\",\"1980-02-03\",\"\",\"1 Main\n2\",\"false\","
                + "\"2024-03-01T06:00:00.000Z\",\"All of Us Participants\",\"\"\n");
    assertThat(results(journeys, "").body())
        .isEqualTo("\"Amount\",\"IsWon\"\n\"10000.0\",\"false\"\n");
  }

  @Test
  void emptyResult_isAHeader() {
    HttpResponse<String> page = results(done("SELECT Id, LastName FROM Contact"), "");

    assertThat(page.body()).isEqualTo("\"Id\",\"LastName\"\n");
    assertThat(header(page, "Sforce-NumberOfRecords")).isEqualTo("0");
    assertThat(header(page, "Sforce-Locator")).isEqualTo("null");
  }

  @Test
  void results_stayAsTheyWere_whileRecordsChange() {
    String id = contact("Before");
    String job = done("SELECT LastName, Account.Name FROM Contact");
    org.edit(id, Map.of("LastName", "After"));
    org.edit(org.accountId(), Map.of("Name", "Renamed"));
    contact("New");

    assertThat(results(job, "").body())
        .isEqualTo("\"LastName\",\"Account.Name\"\n\"Before\",\"All of Us Participants\"\n");
  }

  @Test
  void queryAll_findsDeletedRecords() {
    org.delete(contact("Gone"));
    String all =
        json(caller.post(JOBS, request("queryAll", "SELECT LastName FROM Contact")))
            .path("id")
            .asText();
    String some = done("SELECT LastName FROM Contact");

    assertThat(results(all, "").body()).contains("Gone");
    assertThat(results(some, "").body()).doesNotContain("Gone");
  }

  @Test
  void dialect_isThatOfTheJob() {
    contact("Muster");
    String body =
        "{\"operation\":\"query\",\"query\":\"SELECT LastName, IsDeleted FROM Contact\","
            + "\"columnDelimiter\":\"TAB\",\"lineEnding\":\"CRLF\",\"contentType\":\"CSV\"}";
    String job = json(caller.post(JOBS, body)).path("id").asText();
    clock.advance(Duration.ofMinutes(1));

    assertThat(results(job, "").body())
        .isEqualTo("\"LastName\"\t\"IsDeleted\"\r\n\"Muster\"\t\"false\"\r\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "SELECT COUNT() FROM Contact;API_ERROR",
        "SELECT COUNT(Id) FROM Contact;API_ERROR",
        "SELECT MAX(CreatedDate) FROM Contact;API_ERROR",
        "SELECT LastName FROM Contact GROUP BY LastName;API_ERROR",
        "SELECT Id FROM Contact LIMIT 5 OFFSET 5;API_ERROR",
        "SELECT Id, (SELECT Id FROM Contacts) FROM Account;API_ERROR",
        "SELECT TYPEOF Owner WHEN User THEN Id END FROM Contact;API_ERROR",
        "SELECT Id FROM Organization;INVALIDENTITY",
        "SELECT Foo FROM Contact;INVALID_FIELD",
        "SELECT Id FROM Foo;INVALID_TYPE",
        "SELEKT Id FROM Contact;MALFORMED_QUERY",
      })
  void create_refusesWhatBulkQueriesCannot(String query, String code) {
    assertError(caller.post(JOBS, request("query", query)), 400, code);
  }

  @Test
  void create_takesWordsOfRefusedClausesAsValues() {
    assertThat(create("SELECT Id FROM Contact WHERE LastName = 'GROUP' OR Title = 'offset'"))
        .isNotEmpty();
    assertError(caller.post(JOBS, request("insert", "SELECT Id FROM Contact")), 400, "API_ERROR");
    assertError(caller.post(JOBS, request("query", " ")), 400, "API_ERROR");
    assertError(
        caller.post(JOBS, "{\"operation\":\"query\",\"object\":\"Contact\"}"),
        400,
        "JSON_PARSER_ERROR");
  }

  @Test
  void anotherVersion_isAConflict() {
    String job = done("SELECT Id FROM Contact");

    assertError(
        caller.get("/services/data/v63.0/jobs/query/" + job + "/results"), 409, "API_ERROR");
  }

  @Test
  void jobs_canBeAbortedListedAndDeleted() {
    String job = create("SELECT Id FROM Contact LIMIT 1").path("id").asText();
    assertError(caller.delete(JOBS + "/" + job), 400, "API_ERROR");
    assertError(caller.patch(JOBS + "/" + job, "{\"state\":\"UploadComplete\"}"), 400, "API_ERROR");
    JsonNode aborted = json(caller.patch(JOBS + "/" + job, "{\"state\":\"Aborted\"}"));
    assertThat(aborted.path("state").asText()).isEqualTo("Aborted");
    assertError(results(job, ""), 400, "INVALIDJOBSTATE");
    assertError(caller.patch(JOBS + "/" + job, "{\"state\":\"Aborted\"}"), 400, "INVALIDJOBSTATE");

    JsonNode list = json(caller.get(JOBS));
    assertThat(list.path("records").get(0).path("id").asText()).isEqualTo(job);
    assertThat(json(caller.get(DATA + "/jobs/ingest")).path("records")).isEmpty();
    assertError(caller.get(DATA + "/jobs/ingest/" + job), 404, "NOT_FOUND");
    assertThat(caller.delete(JOBS + "/" + job).statusCode()).isEqualTo(204);
    assertError(caller.get(JOBS + "/" + job), 404, "NOT_FOUND");
  }
}
