package edu.cumc.aou.salesforce.bulk;

import static edu.cumc.aou.salesforce.bulk.BulkWired.JOB;
import static edu.cumc.aou.salesforce.bulk.BulkWired.KEY;
import static edu.cumc.aou.salesforce.bulk.BulkWired.describing;
import static edu.cumc.aou.salesforce.bulk.BulkWired.job;
import static edu.cumc.aou.salesforce.bulk.BulkWired.row;
import static edu.cumc.aou.salesforce.bulk.BulkWired.upsert;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import edu.cumc.aou.salesforce.CallKind;
import edu.cumc.aou.salesforce.RawServer;
import edu.cumc.aou.salesforce.SalesforceException;
import edu.cumc.aou.salesforce.SalesforceException.Kind;
import edu.cumc.aou.salesforce.Wired;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BulkIngestTest {

  private static final BulkIngest INGEST = upsert(KEY, "LastName");

  @Test
  void create_saysWhatTheJobIsAndGivesItsId() throws IOException {
    try (Wired wired = describing()) {
      wired.server.then(200, job("Open"));

      BulkJob job = wired.salesforce.bulk().create(upsert("hp_pmi_id__C", "lastname"));

      assertThat(job.id()).isEqualTo(JOB);
      assertThat(job.state()).isEqualTo(BulkState.OPEN);
      assertThat(wired.server.asked().get(1).target())
          .isEqualTo("/services/data/v62.0/jobs/ingest");
      assertThat(wired.server.asked().get(1).text())
          .isEqualTo(
              "{\"object\":\"Contact\",\"operation\":\"upsert\",\"externalIdFieldName\":\""
                  + KEY
                  + "\",\"contentType\":\"CSV\",\"lineEnding\":\"LF\",\"columnDelimiter\":\"COMMA\"}");
    }
  }

  @Test
  void upload_writesTheCsvThatBulkReads() throws IOException {
    try (Wired wired = describing()) {
      wired.server.then(200, BulkWired.describeAccount()).then(201, "");
      BulkIngest ingest =
          upsert(
              KEY,
              "LASTNAME",
              "Birthdate",
              "Score__c",
              "HasOptedOutOfEmail",
              "account.site_key__c");
      Map<String, Object> full =
          Map.of(
              KEY,
              "P012345678",
              "lastname",
              "O\"Hara, \r\nInvented\rÄ",
              "BIRTHDATE",
              LocalDate.of(1980, 2, 29),
              "Score__c",
              new BigDecimal("1E+3"),
              "HasOptedOutOfEmail",
              true,
              "Account",
              Map.of("Site_Key__c", "S-9"));

      BulkUpload upload =
          wired
              .salesforce
              .bulk()
              .upload(JOB, ingest, Arrays.asList(full, row("P012345679", null)).iterator());

      RawServer.Asked put = wired.server.asked().get(2);
      String csv =
          KEY
              + ",LastName,Birthdate,Score__c,HasOptedOutOfEmail,Account.Site_Key__c\n"
              + "P012345678,\"O\"\"Hara, \nInvented\nÄ\",1980-02-29,1000,true,S-9\n"
              + "P012345679,#N/A,,,,\n";
      assertThat(put.text()).isEqualTo(csv);
      assertThat(put.method() + " " + put.target())
          .isEqualTo("PUT /services/data/v62.0/jobs/ingest/" + JOB + "/batches");
      assertThat(put.headers())
          .containsEntry("authorization", "Bearer " + Wired.TOKEN)
          .containsEntry("content-length", String.valueOf(upload.bytes()))
          .hasEntrySatisfying(
              "content-type",
              type -> assertThat(type).isEqualToIgnoringCase("text/csv; charset=utf-8"));
      assertThat(upload.rows()).isEqualTo(2);
    }
  }

  @Test
  void columnUnknownToDescribe_isRefusedBeforeAJobIsMade() throws IOException {
    try (Wired wired = describing()) {
      SalesforceException thrown =
          catchThrowableOfType(
              SalesforceException.class,
              () -> wired.salesforce.bulk().create(upsert(KEY, "LastNam")));

      assertThat(thrown.kind()).isEqualTo(Kind.CONFIGURATION);
      assertThat(thrown.fields()).containsExactly("LastNam");
      assertThat(wired.server.asked()).hasSize(1);
    }
  }

  @Test
  void columnThatMayNotBeWritten_isRefusedBeforeAJobIsMade() throws IOException {
    try (Wired wired = describing()) {
      SalesforceException thrown =
          catchThrowableOfType(
              SalesforceException.class,
              () -> wired.salesforce.bulk().create(upsert(KEY, "SystemModstamp")));

      assertThat(thrown)
          .hasMessageContaining("does not let the user write the field SystemModstamp");
      assertThat(wired.server.asked()).hasSize(1);
    }
  }

  @Test
  void rowsThatBulkCannotCarry_areRefusedBeforeAnythingIsSent() throws IOException {
    try (Wired wired = describing()) {
      Bulk bulk = wired.salesforce.bulk();

      assertThatThrownBy(
              () -> bulk.upload(JOB, INGEST, List.of(row("P012345678", "#N/A")).iterator()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("row 1, LastName");
      assertThatThrownBy(
              () ->
                  bulk.upload(
                      JOB, INGEST, List.of(Map.<String, Object>of("Phone", "1")).iterator()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("no column of the job: Phone");
      assertThatThrownBy(
              () ->
                  bulk.upload(
                      JOB, INGEST, List.of(row("P012345678", "x".repeat(131_073))).iterator()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("131,072")
          .hasMessageNotContaining("xx");
      assertThatThrownBy(() -> bulk.upload(JOB, INGEST, List.of(row("P012345678", 1.5)).iterator()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("a Double cannot be sent");
      assertThat(wired.server.asked()).isEmpty();
    }
  }

  @Test
  void moreThanAJobTakes_isRefusedAtTheRowThatDoesNotFit() throws IOException {
    try (Wired wired = describing()) {
      String long1 = "x".repeat(100_000);
      Map<String, ?> row = row("P012345678", long1);
      int size = wired.salesforce.bulk().size(INGEST, row("P012345678", long1));
      long fit = (Bulk.MAX_BYTES - 30) / size;
      Iterator<Map<String, Object>> rows =
          IntStream.range(0, 2000).mapToObj(i -> Map.<String, Object>copyOf(row)).iterator();

      assertThatThrownBy(() -> wired.salesforce.bulk().upload(JOB, INGEST, rows))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("row " + (fit + 1) + " does not fit");
      assertThat(wired.server.asked()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void uploadWithoutAnAnswer_isNotRepeatedAndSaysSo(boolean reset) throws IOException {
    try (Wired wired = describing()) {
      wired.server.then(reset ? RawServer.reset() : RawServer.text(200, "text/html", "<html>"));

      SalesforceException thrown =
          catchThrowableOfType(
              SalesforceException.class,
              () ->
                  wired
                      .salesforce
                      .bulk()
                      .upload(JOB, INGEST, List.of(row("P012345678", "A")).iterator()));

      assertThat(thrown.answerLost()).isTrue();
      assertThat(thrown).hasMessageContaining("abort the job and begin another");
      assertThat(wired.server.asked()).hasSize(2);
    }
  }

  @Test
  void fileWhoseUploadWasLost_goesIntoAnotherJobAsItIs() throws IOException {
    try (Wired wired = describing()) {
      Bulk bulk = wired.salesforce.bulk();
      BulkFile file = bulk.write(INGEST, List.of(row("P012345678", "A")).iterator());
      assertThat(wired.server.asked()).isEmpty();
      wired.server.then(RawServer.reset()).then(201, "");

      assertThatThrownBy(() -> bulk.upload(JOB, file)).isInstanceOf(SalesforceException.class);
      BulkUpload upload = bulk.upload("750000000000002AAA", file);

      List<RawServer.Asked> asked = wired.server.asked();
      assertThat(asked.get(2).target()).contains("750000000000002AAA");
      assertThat(asked.get(2).text())
          .isEqualTo(asked.get(1).text())
          .isEqualTo(KEY + ",LastName\nP012345678,A\n");
      assertThat(upload).isEqualTo(new BulkUpload(file.rows(), file.bytes()));
    }
  }

  @Test
  void uploadThatWasCertainlyNotTaken_isRepeatedAfterRetryAfter() throws IOException {
    try (Wired wired = describing()) {
      wired
          .server
          .then(503, "[{\"errorCode\":\"SERVER_UNAVAILABLE\"}]", "Retry-After: 7")
          .then(201, "");

      wired.salesforce.bulk().upload(JOB, INGEST, List.of(row("P012345678", "A")).iterator());

      assertThat(wired.time.waits()).containsExactly(Duration.ofSeconds(7));
      assertThat(wired.server.asked().get(2).text()).isEqualTo(wired.server.asked().get(1).text());
      assertThat(wired.salesforce.usage().requests()).containsEntry(CallKind.BULK, 2L);
    }
  }

  @Test
  void completeWhoseAnswerWasLost_isRepeatedAndFindsTheJobBegun() throws IOException {
    try (Wired wired = new Wired()) {
      wired
          .server
          .then(RawServer.reset())
          .then(400, "[{\"errorCode\":\"INVALIDJOBSTATE\",\"message\":\"x\"}]")
          .then(200, job("InProgress"));

      assertThat(wired.salesforce.bulk().complete(JOB).state()).isEqualTo(BulkState.IN_PROGRESS);
      assertThat(wired.server.asked().get(0).text()).isEqualTo("{\"state\":\"UploadComplete\"}");
    }
  }

  @Test
  void completeOfAnAbortedJob_fails() throws IOException {
    try (Wired wired = new Wired()) {
      wired.server.then(400, "[{\"errorCode\":\"INVALIDJOBSTATE\"}]").then(200, job("Aborted"));

      SalesforceException thrown =
          catchThrowableOfType(
              SalesforceException.class, () -> wired.salesforce.bulk().complete(JOB));

      assertThat(thrown.errorCode()).isEqualTo("INVALIDJOBSTATE");
    }
  }

  @Test
  void await_asksAtGrowingIntervalsUntilTheJobIsOver() throws IOException {
    try (Wired wired = new Wired()) {
      wired.server.then(200, job("UploadComplete"));
      for (int i = 0; i < 11; i++) {
        wired.server.then(200, job("InProgress", 200L * i, 0, ""));
      }
      wired.server.then(200, job("JobComplete", 3000, 2, ""));

      BulkJob job = wired.salesforce.bulk().await(JOB, Duration.ofHours(1));

      assertThat(job.state()).isEqualTo(BulkState.JOB_COMPLETE);
      assertThat(job.succeeded()).isEqualTo(2998);
      assertThat(wired.time.waits()).hasSize(12).isSorted().startsWith(Duration.ofSeconds(1));
      assertThat(wired.time.waits().get(11)).isEqualTo(Duration.ofSeconds(30));
    }
  }

  @Test
  void await_givesTheUnfinishedJobWhenTheTimeIsOver() throws IOException {
    try (Wired wired = new Wired()) {
      wired.server.always(RawServer.json(200, job("SomethingNew")));

      BulkJob job = wired.salesforce.bulk().await(JOB, Duration.ofSeconds(100));

      assertThat(job.state()).isEqualTo(BulkState.OTHER);
      assertThat(job.state().isFinal()).isFalse();
      assertThat(wired.time.waits().stream().reduce(Duration.ZERO, Duration::plus))
          .isEqualTo(Duration.ofSeconds(100));
    }
  }

  @Test
  void failedJob_isExplainedWithoutWhatSalesforceWrote() throws IOException {
    try (Wired wired = new Wired()) {
      wired.server.then(
          200,
          job(
              "Failed",
              0,
              0,
              ",\"errorMessage\":\"InvalidBatch : Field name not found : Zip__c\""));

      BulkProblem problem =
          wired.salesforce.bulk().await(JOB, Duration.ZERO).problem().orElseThrow();

      assertThat(problem.code()).isEqualTo("InvalidBatch");
      assertThat(problem.fields()).containsExactly("Zip__c");
      assertThat(problem.transientCause()).isFalse();
      assertThat(problem.advice()).contains("describe");
    }
  }

  @Test
  void abortOfAJobThatIsOver_leavesItAsItIs() throws IOException {
    try (Wired wired = new Wired()) {
      wired
          .server
          .then(400, "[{\"errorCode\":\"INVALIDJOBSTATE\"}]")
          .then(200, job("JobComplete", 3, 0, ""))
          .then(200, job("Aborted"));

      assertThat(wired.salesforce.bulk().abort(JOB).state()).isEqualTo(BulkState.JOB_COMPLETE);
      assertThat(wired.salesforce.bulk().abort(JOB).state()).isEqualTo(BulkState.ABORTED);
    }
  }

  @Test
  void deleteOfAJobThatIsGone_isFine() throws IOException {
    try (Wired wired = new Wired()) {
      wired.server.then(204, "").then(404, "[{\"errorCode\":\"NOT_FOUND\"}]");

      wired.salesforce.bulk().delete(JOB);
      wired.salesforce.bulk().delete(JOB);

      assertThat(BulkWired.asked(wired, 0)).containsOnly("DELETE /jobs/ingest/" + JOB).hasSize(2);
    }
  }

  @Test
  void partsThatDoNotFitTogether_areRefused() {
    assertThatThrownBy(
            () -> new BulkIngest("Contact", BulkOperation.UPDATE, null, List.of("LastName")))
        .hasMessageContaining("needs the column Id");
    assertThatThrownBy(() -> new BulkIngest("Contact", BulkOperation.INSERT, null, List.of("id")))
        .hasMessageContaining("cannot have the column Id");
    assertThatThrownBy(
            () -> new BulkIngest("Contact", BulkOperation.DELETE, null, List.of("Id", "LastName")))
        .hasMessageContaining("no other");
    assertThatThrownBy(() -> upsert("LastName")).hasMessageContaining("external id field");
    assertThatThrownBy(() -> upsert(KEY, "LastName", "LASTNAME")).hasMessageContaining("twice");
    assertThatThrownBy(() -> new BulkIngest("Contact", BulkOperation.QUERY, null, List.of("Id")))
        .hasMessageContaining("not an ingest job");
    assertThatThrownBy(() -> upsert(KEY, "Last Name")).isInstanceOf(IllegalArgumentException.class);
  }
}
