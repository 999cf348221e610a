package edu.cumc.aou.salesforce.bulk;

import static edu.cumc.aou.salesforce.bulk.BulkWired.JOB;
import static edu.cumc.aou.salesforce.bulk.BulkWired.asked;
import static edu.cumc.aou.salesforce.bulk.BulkWired.csv;
import static edu.cumc.aou.salesforce.bulk.BulkWired.queryJob;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import edu.cumc.aou.salesforce.RawServer;
import edu.cumc.aou.salesforce.RecordCursor;
import edu.cumc.aou.salesforce.SalesforceException;
import edu.cumc.aou.salesforce.SalesforceException.Kind;
import edu.cumc.aou.salesforce.SalesforceRecord;
import edu.cumc.aou.salesforce.Wired;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BulkQueryTest {

  private static final String SOQL = "SELECT LastName FROM Contact WHERE LastName != 'x FROM y ('";
  private static final String RESULTS = "GET /jobs/query/" + JOB + "/results?maxRecords=50000";

  private static List<String> names(RecordCursor cursor) {
    List<String> names = new ArrayList<>();
    cursor.forEachRemaining(r -> names.add(r.text("LastName").orElse("-")));
    return names;
  }

  @Test
  void query_runsAJobAndReadsItsPages_andLooksAtItWhenItMayBeOver() throws IOException {
    try (Wired wired = new Wired()) {
      wired
          .server
          .then(200, queryJob("UploadComplete", 0))
          .then(200, queryJob("JobComplete", 3))
          .then(
              csv(
                  "\"LastName\"\n\"A\"\n\"\"\n",
                  "Sforce-Locator: MTAwMDA",
                  "Sforce-NumberOfRecords: 2"))
          .then(200, BulkWired.describe())
          .then(csv("\"LastName\"\n\"C\"\n", "Sforce-Locator: null"))
          .then(204, "");

      try (RecordCursor cursor = wired.salesforce.bulk().query(SOQL)) {
        assertThat(cursor.totalSize()).isEqualTo(3);
        assertThat(names(cursor)).containsExactly("A", "-", "C");
      }

      assertThat(wired.server.asked().get(0).text())
          .contains("\"operation\":\"query\"", "\"query\":\"" + SOQL + "\"");
      assertThat(asked(wired, 1))
          .containsExactly(
              "GET /jobs/query/" + JOB,
              RESULTS,
              "GET /sobjects/Contact/describe",
              RESULTS + "&locator=MTAwMDA",
              "DELETE /jobs/query/" + JOB);
      assertThat(wired.time.waits()).containsExactly(Duration.ofSeconds(1));
    }
  }

  @Test
  void record_isTheOneThatRestGives() throws IOException {
    try (Wired wired = new Wired()) {
      String soql =
          "SELECT Id, Score__c, Visits__c, HasOptedOutOfEmail, SystemModstamp, Birthdate, LastName,"
              + " Account.Name, Account.IsDeleted FROM Contact";
      wired
          .server
          .then(
              200,
              "{\"totalSize\":2,\"done\":true,\"records\":[{\"attributes\":{\"type\":\"Contact\"},"
                  + "\"Id\":\""
                  + Wired.CONTACT
                  + "\",\"Score__c\":912260031.0,\"Visits__c\":3,\"HasOptedOutOfEmail\":true,"
                  + "\"SystemModstamp\":\"2022-03-17T16:21:26.000+0000\",\"Birthdate\":\"1980-02-29\","
                  + "\"LastName\":\"true\",\"Account\":{\"attributes\":{\"type\":\"Account\"},"
                  + "\"Name\":\"Invented\",\"IsDeleted\":false}},{\"attributes\":{\"type\":\"Contact\"},"
                  + "\"Id\":\""
                  + Wired.CONTACT
                  + "\",\"Score__c\":0.25,\"Visits__c\":null,\"HasOptedOutOfEmail\":false,"
                  + "\"SystemModstamp\":null,\"Birthdate\":null,\"LastName\":null,\"Account\":null}]}")
          .then(200, queryJob("UploadComplete", 0))
          .then(200, queryJob("JobComplete", 2))
          .then(
              csv(
                  "\"Id\",\"Score__c\",\"Visits__c\",\"HasOptedOutOfEmail\",\"SystemModstamp\","
                      + "\"Birthdate\",\"LastName\",\"Account.Name\",\"Account.IsDeleted\"\n\""
                      + Wired.CONTACT
                      + "\",\"9.12260031E8\",\"3\",\"true\",\"2022-03-17T16:21:26.000Z\","
                      + "\"1980-02-29\",\"true\",\"Invented\",\"false\"\n\""
                      + Wired.CONTACT
                      + "\",\"0.250\",\"\",\"false\",\"\",\"\",\"\",\"\",\"\"\n"))
          .then(200, BulkWired.describe())
          .then(200, BulkWired.describeAccount())
          .then(204, "");

      List<String> byRest = new ArrayList<>();
      List<String> byBulk = new ArrayList<>();
      try (RecordCursor rest = wired.salesforce.query(soql);
          RecordCursor bulk = wired.salesforce.bulk().query(soql)) {
        rest.forEachRemaining(r -> byRest.add(shown(r)));
        bulk.forEachRemaining(r -> byBulk.add(shown(r)));
      }

      assertThat(byRest).hasSize(2).first().asString().contains("912260031.0", "true", "Invented");
      assertThat(byBulk).isEqualTo(byRest);
    }
  }

  private static String shown(SalesforceRecord record) {
    StringBuilder shown = new StringBuilder(record.type());
    for (String field : record.fields()) {
      shown.append(' ').append(field).append('=').append(record.text(field));
      shown.append(record.flag(field));
      record.parent(field).ifPresent(p -> shown.append('{').append(shown(p)).append('}'));
    }
    return shown.toString();
  }

  @Test
  void resume_goesOnAtTheLocator() throws IOException {
    try (Wired wired = new Wired()) {
      wired
          .server
          .then(200, queryJob("UploadComplete", 0))
          .then(200, queryJob("JobComplete", 3))
          .then(csv("\"LastName\"\n\"A\"\n", "Sforce-Locator: MTAw"))
          .then(200, BulkWired.describe())
          .then(csv("\"LastName\"\n\"B\"\n\"C\"\n", "Sforce-Locator: null"))
          .then(200, queryJob("JobComplete", 3))
          .then(csv("\"LastName\"\n\"B\"\n\"C\"\n", "Sforce-Locator: null"))
          .then(204, "");
      Bulk bulk = wired.salesforce.bulk();
      BulkQuery begun = bulk.start(SOQL, false);
      assertThat(wired.server.asked()).as("start does not wait").hasSize(1);
      begun.next();
      begun.next();
      String locator = begun.locator();
      assertThat(begun.readOfPage()).isEqualTo(1);
      begun.close();

      try (BulkQuery resumed = bulk.resume(begun.jobId(), locator)) {
        assertThat(locator).isEqualTo("MTAw");
        assertThat(names(resumed)).containsExactly("B", "C");
      }

      assertThat(asked(wired, 5))
          .as("the job was not deleted before it was read")
          .containsExactly(
              "GET /jobs/query/" + JOB, RESULTS + "&locator=MTAw", "DELETE /jobs/query/" + JOB);
    }
  }

  @Test
  void pageThatBreaks_goesOnWhereItBroke() throws IOException {
    try (Wired wired = new Wired()) {
      wired
          .server
          .then(200, queryJob("UploadComplete", 0))
          .then(200, queryJob("JobComplete", 2))
          .then(
              RawServer.bytes(
                  "HTTP/1.1 200 OK\r\nContent-Type: text/csv\r\nTransfer-Encoding: chunked\r\n\r\n"
                      + "12\r\n\"LastName\"\n\"A\"\n\"B\r\n",
                  false))
          .then(200, BulkWired.describe())
          .then(csv("\"LastName\"\n\"A\"\n\"B\"\n", "Sforce-Locator: null"))
          .then(204, "");

      try (RecordCursor cursor = wired.salesforce.bulk().query(SOQL)) {
        assertThat(names(cursor)).containsExactly("A", "B");
      }
    }
  }

  @Test
  void fewerRecordsThanCounted_areNoticed() throws IOException {
    try (Wired wired = new Wired()) {
      wired
          .server
          .then(200, queryJob("UploadComplete", 0))
          .then(200, queryJob("JobComplete", 2))
          .then(csv("\"LastName\"\n\"A\"\n", "Sforce-Locator: null"))
          .then(200, BulkWired.describe())
          .then(204, "");

      try (RecordCursor cursor = wired.salesforce.bulk().query(SOQL)) {
        SalesforceException thrown =
            catchThrowableOfType(SalesforceException.class, () -> names(cursor));
        assertThat(thrown.kind()).isEqualTo(Kind.PROTOCOL);
      }
    }
  }

  @Test
  void locatorThatPointsAtItsOwnPage_endsTheQuery() throws IOException {
    try (Wired wired = new Wired()) {
      wired
          .server
          .then(200, queryJob("UploadComplete", 0))
          .then(200, queryJob("JobComplete", 9))
          .then(csv("\"LastName\"\n", "Sforce-Locator: same"))
          .then(200, BulkWired.describe())
          .then(csv("\"LastName\"\n", "Sforce-Locator: same"));

      RecordCursor cursor = wired.salesforce.bulk().query(SOQL);

      assertThat(catchThrowableOfType(SalesforceException.class, cursor::hasNext).kind())
          .isEqualTo(Kind.PROTOCOL);
    }
  }

  @Test
  void jobThatFails_isToldAndDeleted() throws IOException {
    try (Wired wired = new Wired()) {
      wired
          .server
          .then(200, queryJob("UploadComplete", 0))
          .then(
              200,
              queryJob("Failed", 0)
                  .replace("\"retries\"", "\"errorMessage\":\"Timeout : x\",\"retries\""))
          .then(204, "");

      SalesforceException thrown =
          catchThrowableOfType(
              SalesforceException.class, () -> wired.salesforce.bulk().query(SOQL));

      assertThat(thrown).hasMessageContaining("the query job failed (Timeout)");
      assertThat(asked(wired, 2)).containsExactly("DELETE /jobs/query/" + JOB);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT COUNT() FROM Contact",
        "SELECT Id, (SELECT Id FROM Opportunities) FROM Account",
        "SELECT LastName, COUNT(Id) FROM Contact GROUP BY LastName",
        "SELECT Id FROM Contact LIMIT 5 OFFSET 5",
        "SELECT FIELDS(ALL) FROM Contact LIMIT 200",
        "SELECT TYPEOF Owner WHEN User THEN Email END FROM Contact",
        "SELECT c.Id FROM Contact c",
        "DELETE everything"
      })
  void queryThatAJobCannotRun_isRefusedByBulkAndReadByRest(String soql) throws IOException {
    try (Wired wired = new Wired()) {
      wired.server.then(200, "{\"totalSize\":0,\"done\":true,\"records\":[]}");

      assertThatThrownBy(() -> wired.salesforce.bulk().query(soql))
          .isInstanceOf(SalesforceException.class)
          .hasMessageContaining("a job cannot run this query");
      assertThat(wired.server.asked()).isEmpty();
      try (RecordCursor cursor = wired.salesforce.read(soql, 0)) {
        assertThat(cursor.hasNext()).isFalse();
      }
      assertThat(asked(wired, 0)).singleElement().asString().startsWith("GET /query?q=");
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1999, 2000})
  void read_countsAndThenChooses(long found) throws IOException {
    try (Wired wired = new Wired()) {
      String count = "{\"totalSize\":" + found + ",\"done\":true,\"records\":[]}";
      wired.server.then(200, count);
      if (found < 2000) {
        wired.server.then(200, "{\"totalSize\":0,\"done\":true,\"records\":[]}");
      } else {
        wired
            .server
            .then(200, queryJob("UploadComplete", 0))
            .then(200, queryJob("JobComplete", 0))
            .then(csv("\"LastName\"\n"))
            .then(200, BulkWired.describe())
            .then(204, "");
      }

      try (RecordCursor cursor =
          wired.salesforce.read(SOQL + " ORDER BY LastName DESC LIMIT 5000", 2000)) {
        assertThat(cursor.hasNext()).isFalse();
      }

      assertThat(
              java.net.URLDecoder.decode(
                  asked(wired, 0).get(0), java.nio.charset.StandardCharsets.UTF_8))
          .isEqualTo(
              "GET /query?q=SELECT COUNT() FROM Contact WHERE LastName != 'x FROM y (' LIMIT 5000");
      assertThat(asked(wired, 1).get(0))
          .startsWith(found < 2000 ? "GET /query?q=SELECT" : "POST /jobs/query");
    }
  }

  @Test
  void jobThatTakesTooLong_canBeResumedLater() throws IOException {
    try (Wired wired = new Wired()) {
      wired.server.always(RawServer.json(200, queryJob("InProgress", 0)));

      BulkQuery query = wired.salesforce.bulk().start(SOQL, true);
      SalesforceException thrown = catchThrowableOfType(SalesforceException.class, query::hasNext);

      assertThat(thrown.kind()).isEqualTo(Kind.UNAVAILABLE);
      assertThat(thrown).hasMessageContaining("60 minutes");
      assertThat(wired.server.asked().get(0).text()).contains("\"operation\":\"queryAll\"");
    }
  }
}
