package edu.cumc.aou.simulator.salesforce;

import static edu.cumc.aou.simulator.salesforce.BulkCaller.JOBS;
import static edu.cumc.aou.simulator.salesforce.Caller.assertError;
import static edu.cumc.aou.simulator.salesforce.Caller.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import edu.cumc.aou.simulator.salesforce.bulk.BulkSettings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IngestTest {
  private final VirtualClock clock = new VirtualClock();
  private final SalesforceSimulator org =
      SalesforceSimulator.builder()
          .clock(clock)
          .bulk(BulkSettings.DEFAULT.withTimes(Duration.ofSeconds(10), Duration.ofSeconds(100)))
          .start();
  private final Caller caller = Caller.loggedIn(org);
  private final BulkCaller bulk = new BulkCaller(caller);

  @AfterEach
  void close() {
    org.close();
  }

  private static String contacts(int from, int to) {
    StringBuilder csv = new StringBuilder("HP_PMI_ID__c,LastName\n");
    for (int i = from; i < to; i++) {
      csv.append("P%09d,Contact %d\n".formatted(i, i));
    }
    return csv.toString();
  }

  @Test
  void create_answersAnOpenJob() {
    JsonNode job =
        json(
            caller.post(
                JOBS,
                """
                {"object":"contact","operation":"upsert","externalIdFieldName":"hp_pmi_id__c",
                 "contentType":"CSV","lineEnding":"CRLF","columnDelimiter":"PIPE"}"""));

    String id = job.path("id").asText();
    assertThat(id).startsWith("750").hasSize(18);
    assertThat(job)
        .isEqualTo(
            json(
                """
                {"id":"%s","operation":"upsert","object":"Contact","createdById":"%s",
                 "createdDate":"2024-03-01T06:00:00.000+0000",
                 "systemModstamp":"2024-03-01T06:00:00.000+0000","state":"Open",
                 "concurrencyMode":"Parallel","contentType":"CSV","apiVersion":62.0,
                 "externalIdFieldName":"HP_PMI_ID__c",
                 "contentUrl":"services/data/v62.0/jobs/ingest/%s/batches",
                 "lineEnding":"CRLF","columnDelimiter":"PIPE"}"""
                    .formatted(id, org.integrationUserId(), id)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '~',
      value = {
        "{\"object\":\"Foo\",\"operation\":\"insert\"};INVALIDJOB",
        "{\"object\":\"Contact\",\"operation\":\"write\"};API_ERROR",
        "{\"object\":\"Contact\",\"operation\":\"INSERT\"};API_ERROR",
        "{\"object\":\"Contact\"};API_ERROR",
        "{\"operation\":\"insert\"};API_ERROR",
        "{\"object\":\"Contact\",\"operation\":\"upsert\"};INVALIDJOB",
        "{\"object\":\"Contact\",\"operation\":\"upsert\",\"externalIdFieldName\":\"LastName\"}"
            + ";INVALIDJOB",
        "{\"object\":\"Contact\",\"operation\":\"hardDelete\"};FEATURENOTENABLED",
        "{\"object\":\"Organization\",\"operation\":\"insert\"};INVALIDENTITY",
        "{\"object\":\"Contact\",\"operation\":\"insert\",\"contentType\":\"\"};API_ERROR",
        "{\"object\":\"Contact\",\"operation\":\"insert\",\"contentType\":\"JSON\"};API_ERROR",
        "{\"object\":\"Contact\",\"operation\":\"insert\",\"lineEnding\":\"CR\"};API_ERROR",
        "{\"object\":\"Contact\",\"operation\":\"insert\",\"columnDelimiter\":\",\"};API_ERROR",
        "{\"object\":\"Contact\",\"operation\":\"insert\",\"allOrNone\":true};JSON_PARSER_ERROR",
        "[];JSON_PARSER_ERROR",
      })
  void create_refusesWhatIsNoJob(String body, String code) {
    assertError(caller.post(JOBS, body), 400, code);
  }

  @Test
  void job_goesThroughItsStatesAsTimePasses() {
    String job = bulk.createUpsert();
    assertThat(bulk.upload(job, contacts(0, 500)).body()).isEmpty();
    assertThat(bulk.job(job).path("state").asText()).isEqualTo("Open");

    JsonNode closed = json(bulk.state(job, "UploadComplete"));
    assertThat(closed.path("state").asText()).isEqualTo("UploadComplete");
    assertThat(closed.has("jobType")).isFalse();
    assertThat(closed.has("numberRecordsProcessed")).isFalse();
    clock.advance(Duration.ofSeconds(9));
    assertThat(bulk.job(job).path("state").asText()).isEqualTo("UploadComplete");
    clock.advance(Duration.ofSeconds(1));
    assertProgress(bulk.job(job), "InProgress", 0);
    // 10,000 records take 100 seconds, so 200 take 2
    clock.advance(Duration.ofSeconds(2));
    assertProgress(bulk.job(job), "InProgress", 200);
    clock.advance(Duration.ofSeconds(2));
    assertProgress(bulk.job(job), "InProgress", 400);
    clock.advance(Duration.ofHours(1));

    JsonNode done = bulk.job(job);
    assertProgress(done, "JobComplete", 500);
    assertThat(done.path("jobType").asText()).isEqualTo("V2Ingest");
    assertThat(done.path("numberRecordsFailed").asInt()).isZero();
    assertThat(done.path("totalProcessingTime").asLong()).isEqualTo(6_000);
    assertThat(done.path("retries").asInt(-1)).isZero();
    assertThat(done.has("contentUrl")).isFalse();
    // what a job wrote bears the time at which it did, not that of the next request
    assertThat(org.records("Contact").map(contact -> contact.get("SystemModstamp").toString()))
        .contains("2024-03-01T06:00:12Z", "2024-03-01T06:00:14Z", "2024-03-01T06:00:16Z");
  }

  private static void assertProgress(JsonNode job, String state, int processed) {
    assertThat(job.path("state").asText()).isEqualTo(state);
    assertThat(job.path("numberRecordsProcessed").asInt(-1)).isEqualTo(processed);
  }

  @ParameterizedTest
  @ValueSource(strings = {"successfulResults", "failedResults", "unprocessedrecords"})
  void results_areThereOnlyWhenTheJobIsOver(String file) {
    String job = bulk.createUpsert();
    assertError(caller.get(JOBS + "/" + job + "/" + file), 400, "INVALIDJOBSTATE");
    bulk.run(job, contacts(0, 1));
    clock.advance(Duration.ofSeconds(10));
    assertError(caller.get(JOBS + "/" + job + "/" + file), 400, "INVALIDJOBSTATE");
  }

  @Test
  void upload_isTakenOnce_whileTheJobIsOpen() {
    String job = bulk.createUpsert();
    bulk.upload(job, contacts(0, 1));

    assertThat(assertError(bulk.upload(job, contacts(1, 2)), 400, "BULK_API_ERROR").toString())
        .contains("Found multipe contents for job: <" + job + ">");
    bulk.state(job, "UploadComplete");
    assertError(bulk.upload(job, contacts(1, 2)), 400, "INVALIDJOBSTATE");
  }

  @Test
  void upload_hasToBeCsv() {
    String job = bulk.createUpsert();

    for (String type : List.of("application/json", "text/plain", "text/csv; charset=latin1")) {
      assertError(bulk.upload(job, contacts(0, 1), type), 415, "UNSUPPORTED_MEDIA_TYPE");
    }
    assertThat(bulk.upload(job, contacts(0, 1), "text/csv").statusCode()).isEqualTo(201);
  }

  @Test
  void upload_mayBeGzipped_andIsLimitedInflated() throws IOException {
    String job = bulk.createUpsert();
    byte[] large = new byte[112_500_001];
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(zipped)) {
      gzip.write(large);
    }
    assertThat(gzipped(job, zipped.toByteArray())).isEqualTo(413);

    ByteArrayOutputStream small = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(small)) {
      gzip.write(contacts(0, 3).getBytes(StandardCharsets.UTF_8));
    }
    assertThat(gzipped(job, small.toByteArray())).isEqualTo(201);
    bulk.state(job, "UploadComplete");
    clock.advance(Duration.ofMinutes(1));
    assertThat(org.records("Contact")).hasSize(3);
  }

  private int gzipped(String job, byte[] body) {
    return caller
        .send(
            caller
                .request(JOBS + "/" + job + "/batches")
                .header("Content-Type", "text/csv")
                .header("Content-Encoding", "gzip")
                .PUT(BodyPublishers.ofByteArray(body)))
        .statusCode();
  }

  @Test
  void multipart_createsUploadsAndClosesAtOnce() {
    String body =
        """
        --XX
        Content-Disposition: form-data; name="job"
        Content-Type: application/json

        {"object":"Contact","operation":"insert"}
        --XX
        Content-Disposition: form-data; name="content"; filename="content"
        Content-Type: text/csv

        """
                .replace("\n", "\r\n")
            + "LastName\nA\nB\n\r\n--XX--\r\n";
    JsonNode job =
        json(
            caller.send(
                caller
                    .request(JOBS)
                    .header("Content-Type", "multipart/form-data; boundary=XX")
                    .POST(BodyPublishers.ofString(body))));

    assertThat(job.path("state").asText()).isEqualTo("UploadComplete");
    assertThat(job.has("contentUrl")).isFalse();
    clock.advance(Duration.ofMinutes(1));
    assertThat(org.records("Contact").map(contact -> contact.get("LastName")))
        .containsExactly("A", "B");
  }

  @Test
  void abort_keepsWhatIsDone_andNamesTheRest() {
    String job = bulk.createUpsert();
    bulk.run(job, contacts(0, 500));
    clock.advance(Duration.ofSeconds(13));

    assertThat(json(bulk.state(job, "Aborted")).path("state").asText()).isEqualTo("Aborted");
    clock.advance(Duration.ofHours(1));
    assertThat(org.records("Contact")).hasSize(200);
    assertThat(bulk.lines(job, "successfulResults")).hasSize(201);
    assertThat(bulk.lines(job, "failedResults")).hasSize(1);
    assertThat(bulk.lines(job, "unprocessedrecords"))
        .hasSize(301)
        .startsWith("HP_PMI_ID__c,LastName")
        .contains("\"P000000200\",\"Contact 200\"", "\"P000000499\",\"Contact 499\"");
    assertError(bulk.state(job, "Aborted"), 400, "INVALIDJOBSTATE");
  }

  @Test
  void states_goForwardOnly() {
    String job = bulk.createUpsert();
    assertError(bulk.state(job, "InProgress"), 400, "API_ERROR");
    assertError(caller.patch(JOBS + "/" + job, "{}"), 400, "API_ERROR");
    bulk.run(job, contacts(0, 1));
    assertError(bulk.state(job, "UploadComplete"), 400, "INVALIDJOBSTATE");
    assertError(bulk.state(job, "Open"), 400, "API_ERROR");
    clock.advance(Duration.ofMinutes(1));

    assertThat(assertError(bulk.state(job, "Aborted"), 400, "INVALIDJOBSTATE").toString())
        .contains("Aborting already Completed Job not allowed");
  }

  @Test
  void delete_refusesJobsThatRun() {
    String job = bulk.createUpsert();
    assertError(caller.delete(JOBS + "/" + job), 400, "API_ERROR");
    bulk.run(job, contacts(0, 1));
    clock.advance(Duration.ofSeconds(10));
    assertError(caller.delete(JOBS + "/" + job), 400, "API_ERROR");
    clock.advance(Duration.ofMinutes(1));

    assertThat(caller.delete(JOBS + "/" + job).statusCode()).isEqualTo(204);
    assertError(caller.get(JOBS + "/" + job), 404, "NOT_FOUND");
    assertError(caller.delete(JOBS + "/" + job), 404, "NOT_FOUND");
    assertThat(org.records("Contact")).hasSize(1);
  }

  @Test
  void jobs_areKeptFor7Days_andOpenOnesFor1() {
    String done = bulk.createUpsert();
    bulk.run(done, contacts(0, 1));
    clock.advance(Duration.ofMinutes(1));
    bulk.job(done);
    String open = bulk.createUpsert();
    clock.advance(Duration.ofHours(23));
    caller.login();
    assertThat(bulk.job(open).path("state").asText()).isEqualTo("Open");
    clock.advance(Duration.ofHours(1));
    caller.login();
    assertError(caller.get(JOBS + "/" + open), 404, "NOT_FOUND");

    clock.advance(Duration.ofDays(5));
    caller.login();
    assertThat(bulk.job(done).path("state").asText()).isEqualTo("JobComplete");
    clock.advance(Duration.ofDays(1));
    caller.login();
    assertError(caller.get(JOBS + "/" + done), 404, "NOT_FOUND");
  }

  @Test
  void list_hasPagesOf1000() {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 1_001; i++) {
      ids.add(bulk.createUpsert());
    }

    JsonNode first = json(caller.get(JOBS + "?isPkChunkingEnabled=false&jobType=V2Ingest"));
    assertThat(first.path("done").asBoolean(true)).isFalse();
    assertThat(first.path("records")).hasSize(1_000);
    JsonNode second = json(caller.get(first.path("nextRecordsUrl").asText()));
    assertThat(second.path("done").asBoolean(false)).isTrue();
    assertThat(second.path("nextRecordsUrl").isNull()).isTrue();
    List<String> listed = new ArrayList<>();
    first.path("records").forEach(job -> listed.add(job.path("id").asText()));
    second.path("records").forEach(job -> listed.add(job.path("id").asText()));
    assertThat(listed).isEqualTo(ids);
    assertThat(json(caller.get(JOBS + "?jobType=Classic")).path("records")).isEmpty();
    assertError(caller.get(JOBS + "?queryLocator=x"), 400, "INVALID_QUERY_LOCATOR");
  }

  @Test
  void dailyLimits_countDown_andEndJobs() {
    try (SalesforceSimulator small =
        SalesforceSimulator.builder()
            .clock(clock)
            .bulk(BulkSettings.DEFAULT.withDailyLimits(2, 1))
            .start()) {
      Caller other = Caller.loggedIn(small);
      BulkCaller jobs = new BulkCaller(other);
      jobs.run(jobs.createUpsert(), contacts(0, 10_001));
      JsonNode failed = jobs.run(jobs.createUpsert(), contacts(0, 1));
      String query = "{\"operation\":\"query\",\"query\":\"SELECT Id FROM Contact\"}";
      String path = Caller.DATA + "/jobs/query";
      assertThat(other.post(path, query).statusCode()).isEqualTo(200);

      assertThat(failed.path("state").asText()).isEqualTo("Failed");
      assertThat(failed.path("errorMessage").asText())
          .isEqualTo("ExceededQuota : ApiBatchItems Limit exceeded.");
      assertError(other.post(path, query), 403, "REQUEST_LIMIT_EXCEEDED");
      JsonNode limits = json(other.get(Caller.DATA + "/limits"));
      assertThat(limits.path("DailyBulkApiBatches").toString())
          .isEqualTo("{\"Max\":2,\"Remaining\":0}");
      assertThat(limits.path("DailyBulkV2QueryJobs").toString())
          .isEqualTo("{\"Max\":1,\"Remaining\":0}");
    }
  }

  @Test
  void contacts_getTheirJourneys_asTheyDoByRest() {
    String job = bulk.createUpsert();
    bulk.run(job, contacts(0, 250));
    clock.advance(Duration.ofSeconds(12));
    assertThat(org.records("Opportunity")).hasSize(200);
    clock.advance(Duration.ofHours(1));

    assertThat(org.records("Opportunity").map(journey -> journey.get("HP_PMI_ID__c")).distinct())
        .hasSize(250);
    assertThat(org.records("Opportunity").map(journey -> journey.get("CreatedDate").toString()))
        .contains("2024-03-01T06:00:12Z", "2024-03-01T06:00:14Z")
        .hasSize(250);
  }
}
