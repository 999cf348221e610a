package edu.cumc.aou.salesforce.bulk;

import static edu.cumc.aou.salesforce.bulk.BulkWired.JOB;
import static edu.cumc.aou.salesforce.bulk.BulkWired.KEY;
import static edu.cumc.aou.salesforce.bulk.BulkWired.all;
import static edu.cumc.aou.salesforce.bulk.BulkWired.asked;
import static edu.cumc.aou.salesforce.bulk.BulkWired.csv;
import static edu.cumc.aou.salesforce.bulk.BulkWired.job;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import edu.cumc.aou.salesforce.RawServer;
import edu.cumc.aou.salesforce.RecordError;
import edu.cumc.aou.salesforce.SalesforceException;
import edu.cumc.aou.salesforce.SalesforceException.Kind;
import edu.cumc.aou.salesforce.Wired;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BulkResultsTest {

  private static final String HEAD = "\"sf__Id\",\"sf__Created\",\"" + KEY + "\",\"LastName\"\n";

  private static String ok(int number) {
    return "\"" + Wired.CONTACT + "\",\"true\",\"P01234567" + number + "\",\"A\nB\"\n";
  }

  @Test
  void threeFiles_tellWhatBecameOfEachRow() throws IOException {
    try (Wired wired = new Wired()) {
      wired
          .server
          .then(200, job("Failed", 3, 1, ",\"errorMessage\":\"TooManyLockFailure : x\""))
          .then(csv("\uFEFF" + HEAD + ok(1) + ok(2).replace("true", "false")))
          .then(
              csv(
                  "\"sf__Id\",\"sf__Error\",\""
                      + KEY
                      + "\",\"LastName\"\r\n\"\",\"REQUIRED_FIELD_MISSING:Required: x \"\"y\"\":"
                      + "LastName,Phone --\",\"P012345673\",\"#N/A\"\r\n"))
          .then(csv("\"" + KEY + "\",\"LastName\"\n\"P012345674\",\"D\"\n"));
      Bulk bulk = wired.salesforce.bulk();

      BulkJob over = bulk.await(JOB, Duration.ZERO);
      List<BulkRow> good = all(bulk.successful(JOB));
      List<BulkRow> bad = all(bulk.failed(JOB));
      List<BulkRow> rest = all(bulk.unprocessed(JOB));

      assertThat(over.problem().orElseThrow().transientCause()).isTrue();
      assertThat(good).extracting(BulkRow::created).containsExactly(true, false);
      assertThat(good.get(0).recordId()).isEqualTo(Wired.CONTACT);
      assertThat(good.get(0).field("lastname")).contains("A\nB");
      assertThat(good.get(0).fields()).containsOnlyKeys(KEY, "LastName");
      assertThat(bad).hasSize(1);
      assertThat(bad.get(0).error())
          .isEqualTo(
              new RecordError("REQUIRED_FIELD_MISSING", List.of("LastName", "Phone"), false));
      assertThat(bad.get(0).recordId()).isEmpty();
      assertThat(rest).extracting(r -> r.field(KEY).orElseThrow()).containsExactly("P012345674");
      assertThat(rest.get(0).error()).isNull();
      assertThat(asked(wired, 0))
          .as("a job that is over is not asked again how it stands")
          .containsExactly(
              "GET /jobs/ingest/" + JOB,
              "GET /jobs/ingest/" + JOB + "/successfulResults",
              "GET /jobs/ingest/" + JOB + "/failedResults",
              "GET /jobs/ingest/" + JOB + "/unprocessedrecords");
      assertThat(wired.server.asked().get(1).headers()).containsEntry("accept", "text/csv");
      assertThat(good.get(0).toString() + bad.get(0) + over)
          .doesNotContain("P0123", Wired.CONTACT, JOB, "A\nB");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "UNABLE_TO_LOCK_ROW:unable to obtain exclusive access: 001:--|UNABLE_TO_LOCK_ROW|true",
        "TooManyLockFailure 200 Trying again later.|TooManyLockFailure|true",
        "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY:T: caused by UNABLE_TO_LOCK_ROW:--"
            + "|CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY|true",
        "INVALID_EMAIL_ADDRESS:Email: invalid: x@y:Email --|INVALID_EMAIL_ADDRESS|false",
        "O'Hara is no good|UNRECOGNISED|false"
      })
  void reasonOfARow_isItsCode(String text, String code, boolean passes) throws IOException {
    try (Wired wired = new Wired()) {
      wired
          .server
          .then(200, job("JobComplete", 1, 1, ""))
          .then(csv("\"sf__Id\",\"sf__Error\",\"" + KEY + "\"\n\"\",\"" + text + "\",\"P1\"\n"));

      RecordError error = all(wired.salesforce.bulk().failed(JOB)).get(0).error();

      assertThat(error).isNotNull();
      assertThat(error.code()).isEqualTo(code);
      assertThat(error.transientCause()).isEqualTo(passes);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\"sf__Id\",\"sf__Created\",\"LastName\"\n"})
  void noRows_areAnEmptyFileOrAHeader(String body) throws IOException {
    try (Wired wired = new Wired()) {
      wired.server.then(200, job("JobComplete", 1, 1, "")).then(csv(body)).then(204, "");

      assertThat(all(wired.salesforce.bulk().successful(JOB))).isEmpty();
      assertThat(all(wired.salesforce.bulk().unprocessed(JOB))).isEmpty();
    }
  }

  @Test
  void fewerRowsThanTheJobHasCounted_areNoticed() throws IOException {
    try (Wired wired = new Wired()) {
      wired
          .server
          .then(200, job("JobComplete", 3, 0, ""))
          .then(csv(HEAD + ok(1) + ok(2)))
          .then(200, job("JobComplete", 3, 0, ""));

      SalesforceException thrown =
          catchThrowableOfType(
              SalesforceException.class, () -> all(wired.salesforce.bulk().successful(JOB)));

      assertThat(thrown.kind()).isEqualTo(Kind.PROTOCOL);
      assertThat(thrown).hasMessageContaining("counted 3 rows and the file has 2");
    }
  }

  @Test
  void abortedJobThatCountedOn_isAskedOnceMore() throws IOException {
    try (Wired wired = new Wired()) {
      wired
          .server
          .then(200, job("Aborted", 1, 0, ""))
          .then(csv(HEAD + ok(1) + ok(2)))
          .then(200, job("Aborted", 2, 0, ""));

      assertThat(all(wired.salesforce.bulk().successful(JOB))).hasSize(2);
    }
  }

  @Test
  void downloadThatBreaks_goesOnWhereItBroke() throws IOException {
    try (Wired wired = new Wired()) {
      String file = HEAD + ok(1) + ok(2) + ok(3);
      wired
          .server
          .then(200, job("JobComplete", 3, 0, ""))
          .then(truncatedCsv(HEAD + ok(1)))
          .then(truncatedCsv(HEAD + ok(1) + ok(2) + "\"0035500"))
          .then(RawServer.reset())
          .then(503, "[]")
          .then(csv(file));

      List<BulkRow> rows = all(wired.salesforce.bulk().successful(JOB));

      assertThat(rows)
          .extracting(r -> r.field(KEY).orElseThrow())
          .containsExactly("P012345671", "P012345672", "P012345673");
      assertThat(wired.server.asked()).hasSize(6);
    }
  }

  @Test
  void downloadThatComesBackInAnotherOrder_isNotTrusted() throws IOException {
    try (Wired wired = new Wired()) {
      wired
          .server
          .then(200, job("JobComplete", 3, 0, ""))
          .then(truncatedCsv(HEAD + ok(1) + ok(2)))
          .then(csv(HEAD + ok(3) + ok(1) + ok(2)));

      SalesforceException thrown =
          catchThrowableOfType(
              SalesforceException.class, () -> all(wired.salesforce.bulk().successful(JOB)));

      assertThat(thrown.kind()).isEqualTo(Kind.UNAVAILABLE);
      assertThat(thrown).hasMessageContaining("another order");
    }
  }

  @Test
  void downloadThatBreaksAgainAndAgain_isGivenUp() throws IOException {
    try (Wired wired = new Wired()) {
      wired.server.then(200, job("JobComplete", 3, 0, "")).always(truncatedCsv(HEAD + ok(1)));

      SalesforceException thrown =
          catchThrowableOfType(
              SalesforceException.class, () -> all(wired.salesforce.bulk().successful(JOB)));

      assertThat(thrown.kind()).isEqualTo(Kind.UNAVAILABLE);
      assertThat(wired.server.asked()).hasSizeBetween(6, 8);
    }
  }

  @Test
  void downloadThatStalls_isTakenUpAgain() throws IOException {
    try (Wired wired = new Wired(Duration.ofMillis(300))) {
      wired
          .server
          .then(200, job("JobComplete", 1, 0, ""))
          .then(
              (socket, out) -> {
                out.write(
                    ("HTTP/1.1 200 OK\r\nContent-Type: text/csv\r\nContent-Length: 9999\r\n\r\n"
                            + HEAD)
                        .getBytes(StandardCharsets.UTF_8));
                out.flush();
                // ends when the client has gone
                return socket.getInputStream().read() >= 0;
              })
          .then(RawServer.trickle(50))
          .then(csv(HEAD + ok(1)));

      assertThat(all(wired.salesforce.bulk().successful(JOB))).hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"<html>maintenance</html>", "{\"a\":1}", "[]", "Id,Name\n1,2\n"})
  void otherThingsWithStatus200_areNotTakenForResults(String body) throws IOException {
    try (Wired wired = new Wired()) {
      wired.server.then(200, job("JobComplete", 1, 0, "")).always(csv(body));

      SalesforceException thrown =
          catchThrowableOfType(
              SalesforceException.class, () -> all(wired.salesforce.bulk().successful(JOB)));

      assertThat(thrown.kind()).isEqualTo(Kind.PROTOCOL);
    }
  }

  @Test
  void redirect_isNotFollowed() throws IOException {
    try (Wired wired = new Wired()) {
      wired
          .server
          .then(200, job("JobComplete", 1, 0, ""))
          .then(302, "", "Location: http://elsewhere.example.org/");

      SalesforceException thrown =
          catchThrowableOfType(
              SalesforceException.class, () -> wired.salesforce.bulk().successful(JOB));

      assertThat(thrown.kind()).isEqualTo(Kind.CONFIGURATION);
    }
  }

  @Test
  void cursorClosedBeforeItsEnd_dropsTheConnection() throws IOException {
    try (Wired wired = new Wired()) {
      String endless = HEAD + ok(1).repeat(1000);
      wired
          .server
          .then(200, job("JobComplete", 100_000_000, 0, ""))
          .then(
              (socket, out) -> {
                out.write(
                    ("HTTP/1.1 200 OK\r\nContent-Type: text/csv\r\nContent-Length: 99999999999\r\n\r\n"
                            + endless)
                        .getBytes(StandardCharsets.UTF_8));
                out.flush();
                return socket.getInputStream().read() >= 0;
              })
          .then(200, job("JobComplete", 1, 0, ""));

      BulkRows rows = wired.salesforce.bulk().successful(JOB);
      rows.next();
      rows.close();
      rows.close();

      assertThat(rows.hasNext()).isFalse();
      assertThat(wired.salesforce.bulk().job(JOB).processed()).isEqualTo(1);
    }
  }

  @Test
  void resultsOfAJobThatIsNotOver_areRefused() throws IOException {
    try (Wired wired = new Wired()) {
      wired.server.then(200, job("InProgress"));

      assertThatThrownBy(() -> wired.salesforce.bulk().failed(JOB))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("await it first");
    }
  }

  private static RawServer.Answer truncatedCsv(String body) {
    return RawServer.bytes(
        "HTTP/1.1 200 OK\r\nContent-Type: text/csv\r\nContent-Length: 5000\r\n\r\n" + body, false);
  }
}
