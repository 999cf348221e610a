package edu.cumc.aou.salesforce.bulk;

import static edu.cumc.aou.salesforce.bulk.BulkWired.JOB;
import static edu.cumc.aou.salesforce.bulk.BulkWired.KEY;
import static edu.cumc.aou.salesforce.bulk.BulkWired.all;
import static edu.cumc.aou.salesforce.bulk.BulkWired.csv;
import static edu.cumc.aou.salesforce.bulk.BulkWired.job;
import static edu.cumc.aou.salesforce.bulk.BulkWired.queryJob;
import static edu.cumc.aou.salesforce.bulk.BulkWired.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import edu.cumc.aou.salesforce.RawServer;
import edu.cumc.aou.salesforce.RecordCursor;
import edu.cumc.aou.salesforce.SalesforceException;
import edu.cumc.aou.salesforce.SalesforceException.Kind;
import edu.cumc.aou.salesforce.Wired;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Jobs of orgs that write their answers unlike the simulator, and not against the documentation.
 */
class UnannouncedJobsTest {

  private static final String SOQL = "SELECT LastName FROM Contact";

  /** One file with three refused rows, in the forms that a server may write. */
  static List<RawServer.Answer> filesOfThreeRows() {
    String id = Wired.CONTACT;
    String lf =
        "\"sf__Id\",\"sf__Error\",\"%1$s\",\"LastName\"\n\"\",\"DUPLICATE_VALUE:a:b, \"\"c\"\":%1$s --\",\"P000000001\",\"A\nB\"\n\"%2$s\",\"STRING_TOO_LONG:x:LastName --\",\"P000000002\",\"\"\n\"\",\"UNABLE_TO_LOCK_ROW:x:--\",\"P000000003\",\"#N/A\"\n"
            .formatted(KEY, id);
    String bare =
        "sf__Id,sf__Error,%1$s,LastName\n,\"DUPLICATE_VALUE:a:b, \"\"c\"\":%1$s --\",P000000001,\"A\nB\"\n%2$s,STRING_TOO_LONG:x:LastName --,P000000002,\n,UNABLE_TO_LOCK_ROW:x:--,P000000003,#N/A"
            .formatted(KEY, id);
    return List.of(
        csv(lf),
        csv(lf.replace("\n", "\r\n")),
        csv("\uFEFF" + lf),
        csv("\uFEFF" + lf.replace("\n", "\r\n") + "\r\n\r\n"),
        csv(bare),
        csv(
            lf.replace("sf__Id", "SF__ID")
                .replace("sf__Error", "sf__error")
                .replace(KEY, "hp_pmi_id__c")),
        RawServer.text(200, "text/csv; charset=UTF-8", lf, "sforce-locator: null"),
        RawServer.text(200, "application/octet-stream", lf),
        gzipped(lf),
        // columns in another order
        csv(
            "\"LastName\",\"%1$s\",\"sf__Error\",\"sf__Id\"\n\"A\nB\",\"P000000001\",\"DUPLICATE_VALUE:a:b:%1$s --\",\"\"\n\"\",\"P000000002\",\"STRING_TOO_LONG:x:LastName --\",\"%2$s\"\n\"#N/A\",\"P000000003\",\"UNABLE_TO_LOCK_ROW:x:--\",\"\"\n"
                .formatted(KEY, id)));
  }

  private static RawServer.Answer gzipped(String text) {
    return (socket, out) -> {
      ByteArrayOutputStream packed = new ByteArrayOutputStream();
      try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
        gzip.write(text.getBytes(StandardCharsets.UTF_8));
      }
      out.write(
          ("HTTP/1.1 200 OK\r\ncontent-type: text/csv\r\ncontent-encoding: GZIP\r\ncontent-length: "
                  + packed.size()
                  + "\r\n\r\n")
              .getBytes(StandardCharsets.US_ASCII));
      out.write(packed.toByteArray());
      out.flush();
      return true;
    };
  }

  @ParameterizedTest
  @MethodSource("filesOfThreeRows")
  void resultFile_isReadHoweverItIsWritten(RawServer.Answer file) throws IOException {
    try (Wired wired = new Wired()) {
      wired.server.then(200, job("JobComplete", 3, 3, "")).then(file);

      List<BulkRow> rows = all(wired.salesforce.bulk().failed(JOB));

      assertThat(rows)
          .extracting(r -> r.field(KEY).orElse(""))
          .containsExactly("P000000001", "P000000002", "P000000003");
      assertThat(rows)
          .extracting(r -> r.error() == null ? "" : r.error().code())
          .containsExactly("DUPLICATE_VALUE", "STRING_TOO_LONG", "UNABLE_TO_LOCK_ROW");
      assertThat(rows.get(1).recordId()).isEqualTo(Wired.CONTACT);
      assertThat(rows.get(1).error().fields()).containsExactly("LastName");
      assertThat(rows.get(0).field("LastName").orElse("").replace("\r", "")).isEqualTo("A\nB");
    }
  }

  @Test
  void states_mayComeInAnyOrder_orBeUnknown() throws IOException {
    try (Wired wired = new Wired()) {
      wired
          .server
          .then(200, job("Open"))
          .then(200, job("UploadComplete"))
          .then(200, job("Queued"))
          .then(200, job("InProgress", 2, 0, ""))
          .then(200, job("UploadComplete"))
          .then(200, job("INPROGRESS"))
          .then(200, job("jobcomplete", 3, 1, ""));

      BulkJob done = wired.salesforce.bulk().await(JOB, Duration.ofHours(1));

      assertThat(done.state()).isEqualTo(BulkState.JOB_COMPLETE);
      assertThat(done.succeeded()).isEqualTo(2);
      assertThat(wired.server.asked()).hasSize(7);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"state\":\"JobComplete\",\"id\":\"%s\",\"operation\":\"Upsert\",\"object\":\"Contact\","
            + "\"numberRecordsProcessed\":\"3\",\"numberRecordsFailed\":\"1\",\"retries\":\"0\","
            + "\"apiVersion\":\"62.0\",\"totalProcessingTime\":null}",
        "{\"numberRecordsFailed\":1,\"numberRecordsProcessed\":3,\"errorMessage\":null,"
            + "\"id\":\"%s\",\"operation\":\"upsert\",\"state\":\"JobComplete\",\"apiVersion\":62,"
            + "\"isPkChunkingSupported\":false,\"assignmentRuleId\":null}",
        "\uFEFF{\"id\":\"%s\",\"operation\":\"upsert\",\"state\":\"JobComplete\","
            + "\"numberRecordsProcessed\":3.0,\"numberRecordsFailed\":1.0}"
      })
  void job_isReadHoweverItIsWritten(String body) throws IOException {
    try (Wired wired = new Wired()) {
      wired.server.then(200, body.formatted(JOB));

      BulkJob job = wired.salesforce.bulk().job(JOB);

      assertThat(job.state()).isEqualTo(BulkState.JOB_COMPLETE);
      assertThat(job.processed()).isEqualTo(3);
      assertThat(job.failed()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "\"JobComplete\"",
        "{\"id\":\"%s\",\"operation\":\"upsert\"}",
        "{\"id\":\"%s\",\"state\":\"JobComplete\",\"operation\":\"reap\"}",
        "{\"id\":\"../x\",\"state\":\"JobComplete\",\"operation\":\"upsert\"}",
        "{\"id\":\"%s\",\"operation\":\"upsert\",\"state\":\"JobComplete\",\"numberRecordsProcessed\":\"many\"}"
      })
  void whatIsNoJob_isAProtocolFailure(String body) throws IOException {
    try (Wired wired = new Wired()) {
      wired.server.always(RawServer.json(200, body.formatted(JOB)));

      SalesforceException thrown =
          catchThrowableOfType(SalesforceException.class, () -> wired.salesforce.bulk().job(JOB));

      assertThat(thrown.kind()).isEqualTo(Kind.PROTOCOL);
      assertThat(thrown).hasMessageNotContainingAny("reap", "many", "../x", JOB);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"sforce-locator: null", "SFORCE-LOCATOR: null", "Sforce-Locator:", "X: y"})
  void endOfAQuery_isSaidInSeveralWays(String last) throws IOException {
    try (Wired wired = new Wired()) {
      wired
          .server
          .then(200, queryJob("JobComplete", 2))
          .then(200, queryJob("JobComplete", 2))
          .then(csv("LastName\r\nA\r\n", "sforce-locator: MTAw", "sforce-numberofrecords: 1"))
          .then(200, BulkWired.describe())
          .then(csv("\uFEFF\"LastName\"\r\n\"B\"", last))
          .then(204, "");

      List<String> names = new ArrayList<>();
      try (RecordCursor cursor = wired.salesforce.bulk().query(SOQL)) {
        cursor.forEachRemaining(r -> names.add(r.text("LastName").orElse("")));
      }

      assertThat(names).containsExactly("A", "B");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\"LastName\"\n", "LastName", "\uFEFFLastName\r\n", "\r\n"})
  void queryWithoutRecords_mayAnswerWithAHeaderOrNothing(String file) throws IOException {
    try (Wired wired = new Wired()) {
      wired
          .server
          .then(200, queryJob("JobComplete", 0))
          .then(200, queryJob("JobComplete", 0))
          .then(csv(file, "Sforce-Locator: null"))
          .always(RawServer.json(200, BulkWired.describe()));

      try (RecordCursor cursor = wired.salesforce.bulk().query(SOQL)) {
        assertThat(cursor.hasNext()).isFalse();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 202, 204})
  void uploadUnderAnotherStatusThanDocumented_isNotTakenForOne(int status) throws IOException {
    try (Wired wired = BulkWired.describing()) {
      wired.server.then(200, job("Open")).then(RawServer.text(status, "text/plain", ""));
      BulkIngest ingest = BulkWired.upsert(KEY, "LastName");
      Bulk bulk = wired.salesforce.bulk();
      bulk.create(ingest);

      SalesforceException thrown =
          catchThrowableOfType(
              SalesforceException.class,
              () -> bulk.upload(JOB, ingest, List.of(row("P000000001", "A")).iterator()));

      assertThat(thrown.answerLost()).isTrue();
      assertThat(thrown).hasMessageContaining("begin another").hasMessageContaining("" + status);
    }
  }

  @Test
  void uploadThatIsToldToGoOnFirst_goesOn() throws IOException {
    try (Wired wired = BulkWired.describing()) {
      wired
          .server
          .then(200, job("Open"))
          .then(
              (socket, out) -> {
                out.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                return RawServer.text(201, "text/plain", "").write(socket, out);
              });
      BulkIngest ingest = BulkWired.upsert(KEY, "LastName");
      Bulk bulk = wired.salesforce.bulk();
      bulk.create(ingest);

      assertThat(bulk.upload(JOB, ingest, List.of(row("P000000001", "A")).iterator()).rows())
          .isEqualTo(1);
      assertThat(wired.server.asked()).hasSize(3);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "InvalidBatch : Field name not found : Odd__c",
        "InvalidBatch: Field name not found: Odd__c",
        "InvalidBatch:Field name not found:Odd__c",
        "INVALIDBATCH : Feldname nicht gefunden : Odd__c"
      })
  void reasonOfAFailedJob_isItsCode(String message) throws IOException {
    try (Wired wired = new Wired()) {
      wired.server.then(200, job("Failed", 0, 0, ",\"errorMessage\":\"" + message + "\""));

      BulkProblem problem = wired.salesforce.bulk().job(JOB).problem().orElseThrow();

      assertThat(problem.code()).isEqualToIgnoringCase("InvalidBatch");
      assertThat(problem.transientCause()).isFalse();
    }
  }
}
