package edu.cumc.aou.salesforce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import edu.cumc.aou.salesforce.SalesforceException.Kind;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QueryTest {

  private static final String SOQL =
      "SELECT Id, LastName FROM Contact WHERE LastName = 'O\\'Hara + 50%'";

  private static String page(int total, String next, String... names) {
    List<String> records = new ArrayList<>();
    for (String name : names) {
      records.add(
          "{\"LastName\":\"" + name + "\",\"attributes\":{\"url\":\"/x\",\"type\":\"Contact\"}}");
    }
    String end = next == null ? "" : ",\"nextRecordsUrl\":\"" + next + "\"";
    return "{\"records\":["
        + String.join(",", records)
        + "],\"done\":"
        + (next == null)
        + ",\"unheardOf\":{\"a\":[1]}"
        + end
        + ",\"totalSize\":"
        + total
        + "}";
  }

  @Test
  void pages_areFetchedAsTheyAreNeeded() throws IOException {
    try (Wired wired = new Wired()) {
      wired
          .server
          .then(200, page(3, "/services/data/v62.0/query/01gX-2", "A", "B"))
          .then(200, page(3, null, "C"));

      try (RecordCursor cursor = wired.salesforce.query(SOQL)) {
        assertThat(cursor.totalSize()).isEqualTo(3);
        assertThat(cursor.next().text("LastName")).contains("A");
        assertThat(cursor.next().text("lastname")).contains("B");
        assertThat(wired.server.asked()).hasSize(1);
        SalesforceRecord last = cursor.next();
        assertThat(last.type()).isEqualTo("Contact");
        assertThat(last.text("LastName")).contains("C");
        assertThat(cursor.hasNext()).isFalse();
        assertThatThrownBy(cursor::next).isInstanceOf(NoSuchElementException.class);
      }

      RawServer.Asked first = wired.server.asked().get(0);
      assertThat(first.path()).isEqualTo("/services/data/v62.0/query");
      assertThat(
              URLDecoder.decode(
                  first.target().substring(first.target().indexOf("?q=") + 3),
                  StandardCharsets.UTF_8))
          .isEqualTo(SOQL);
      assertThat(first.headers())
          .containsEntry("sforce-query-options", "batchSize=2000")
          .containsEntry("sforce-call-options", "client=aou-sync")
          .containsEntry("sforce-mru", "updateMru=false")
          .doesNotContainKeys("content-length", "transfer-encoding", "upgrade", "cookie");
      assertThat(wired.server.asked().get(1).target())
          .isEqualTo("/services/data/v62.0/query/01gX-2");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://elsewhere.example.org/services/data/v62.0/query/1",
        "//elsewhere.example.org/services/",
        "services/data/v62.0/query/1",
        "/services/data/../../x",
        "/services/data/v62.0/query/1@elsewhere.example.org:80\\\\",
        "/other/data",
        ""
      })
  void nextPageOnAnotherHostOrPath_isRefused(String next) throws IOException {
    try (Wired wired = new Wired()) {
      wired.server.then(200, page(3, next, "A"));

      SalesforceException thrown =
          catchThrowableOfType(SalesforceException.class, () -> wired.salesforce.query(SOQL));

      assertThat(thrown.kind()).isEqualTo(Kind.PROTOCOL);
      assertThat(wired.server.asked()).hasSize(1);
    }
  }

  @Test
  void nextPageGoesToTheInstanceOfTheNewSession() throws IOException {
    try (RawServer login = new RawServer();
        RawServer first = new RawServer();
        RawServer second = new RawServer()) {
      login
          .then(200, "{\"access_token\":\"T1\",\"instance_url\":\"" + first.uri() + "\"}")
          .then(200, "{\"access_token\":\"T2\",\"instance_url\":\"" + second.uri() + "\"}");
      first
          .then(200, page(2, "/services/data/v62.0/query/01gX-1", "A"))
          .then(401, Wired.SESSION_ENDED);
      second.then(200, page(2, null, "B"));
      SalesforceSettings settings =
          SalesforceSettings.builder(
                  login.uri(), new SalesforceAuth.ClientCredentials("app", Secret.of("s")))
              .build();
      try (Salesforce salesforce = Salesforce.connect(settings, new VirtualTime().surroundings());
          RecordCursor cursor = salesforce.query(SOQL)) {
        cursor.next();
        assertThat(cursor.next().text("LastName")).contains("B");
      }
      assertThat(second.asked().get(0).target()).isEqualTo("/services/data/v62.0/query/01gX-1");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void numberOfRecordsUnlikeAnnounced_isNoticedAtTheEnd(int announced) throws IOException {
    try (Wired wired = new Wired()) {
      wired.server.then(200, page(announced, null, "A", "B"));

      try (RecordCursor cursor = wired.salesforce.query(SOQL)) {
        cursor.next();
        cursor.next();
        SalesforceException thrown =
            catchThrowableOfType(SalesforceException.class, cursor::hasNext);
        assertThat(thrown.kind()).isEqualTo(Kind.PROTOCOL);
        assertThat(thrown).hasMessageContaining("announced " + announced + " records and gave 2");
      }
    }
  }

  @Test
  void pageThatPointsAtItself_endsTheQuery() throws IOException {
    try (Wired wired = new Wired()) {
      wired.server.always(RawServer.json(200, page(9, "/services/data/v62.0/query/same")));

      try (RecordCursor cursor = wired.salesforce.query(SOQL)) {
        SalesforceException thrown =
            catchThrowableOfType(SalesforceException.class, cursor::hasNext);
        assertThat(thrown.kind()).isEqualTo(Kind.PROTOCOL);
      }
    }
  }

  @Test
  void expiredLocator_asksToRunTheQueryAgain() throws IOException {
    try (Wired wired = new Wired()) {
      wired
          .server
          .then(200, page(2, "/services/data/v62.0/query/01g-1", "A"))
          .then(400, "[{\"errorCode\":\"INVALID_QUERY_LOCATOR\"}]");

      try (RecordCursor cursor = wired.salesforce.query(SOQL)) {
        cursor.next();
        SalesforceException thrown =
            catchThrowableOfType(SalesforceException.class, cursor::hasNext);
        assertThat(thrown.kind()).isEqualTo(Kind.UNAVAILABLE);
      }
    }
  }

  @Test
  void values_keepTheirTypes() throws IOException {
    try (Wired wired = new Wired()) {
      wired.server.then(
          200,
          "{\"totalSize\":1,\"done\":true,\"records\":[{\"attributes\":{\"type\":\"Contact\"},"
              + "\"Id\":\""
              + Wired.CONTACT
              + "\",\"Amount\":10000.0,\"Big\":12345678901234567890.5,\"Count\":3,"
              + "\"IsDeleted\":true,\"Phone\":null,\"Account\":{\"attributes\":{\"type\":"
              + "\"Account\"},\"Name\":\"Invented\"},\"Owner\":null}]}");

      try (RecordCursor cursor = wired.salesforce.query(SOQL)) {
        SalesforceRecord record = cursor.next();
        assertThat(record.id()).contains(Wired.CONTACT);
        assertThat(record.text("Amount")).contains("10000.0");
        assertThat(record.text("Big")).contains("12345678901234567890.5");
        assertThat(record.text("Count")).contains("3");
        assertThat(record.flag("IsDeleted")).isTrue();
        assertThat(record.text("Phone")).isEmpty();
        assertThat(record.fields()).contains("Phone").doesNotContain("attributes");
        assertThat(record.parent("Account").orElseThrow().text("Name")).contains("Invented");
        assertThat(record.parent("Owner")).isEmpty();
        assertThat(record.toString()).doesNotContain("Invented", Wired.CONTACT).contains("Phone");
      }
    }
  }

  @Test
  void childrenFewerThanAnnounced_areNotTakenForAll() throws IOException {
    try (Wired wired = new Wired()) {
      wired.server.then(
          200,
          "{\"totalSize\":1,\"done\":true,\"records\":[{\"Opportunities\":{\"totalSize\":1,"
              + "\"done\":true,\"records\":[]}}]}");

      try (RecordCursor cursor = wired.salesforce.query(SOQL)) {
        SalesforceException thrown = catchThrowableOfType(SalesforceException.class, cursor::next);
        assertThat(thrown.kind()).isEqualTo(Kind.PROTOCOL);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"done\":true,\"records\":[]}",
        "{\"done\":true,\"totalSize\":0}",
        "{}",
        "{\"totalSize\":1,\"done\":true,\"records\":[null]}"
      })
  void pageWithoutWhatItMustHave_isAProtocolFailure(String body) throws IOException {
    try (Wired wired = new Wired()) {
      wired.server.then(200, body);

      assertThat(
              catchThrowableOfType(SalesforceException.class, () -> wired.salesforce.query(SOQL))
                  .kind())
          .isEqualTo(Kind.PROTOCOL);
    }
  }

  @Test
  void queryTooLongForAUrl_isRefusedBeforeItIsSent() throws IOException {
    try (Wired wired = new Wired()) {
      assertThatThrownBy(() -> wired.salesforce.query("SELECT " + "x".repeat(16_000)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("Soql.chunks");
      assertThat(wired.server.asked()).isEmpty();
    }
  }
}
