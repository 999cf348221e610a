package edu.cumc.aou.salesforce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import edu.cumc.aou.salesforce.SalesforceException.Kind;
import edu.cumc.aou.salesforce.SaveResult.Refused;
import edu.cumc.aou.salesforce.SaveResult.Saved;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Answers that fit the documentation and are unlike those of the simulator: other orgs, other
 * releases, and what stands between them and us.
 */
class UnannouncedOrgTest {

  private static final String SOQL = "SELECT Id, LastName FROM Contact";
  private static final String OTHER = "0035500001H9calAAB";

  /** One answer of the query, in the forms that a server may write. */
  static List<RawServer.Answer> answersWithTwoRecords() {
    String records =
        "[{\"Id\":\"%s\",\"LastName\":\"A\",\"attributes\":null},{\"LastName\":\"B\",\"Id\":\"%s\"}]"
            .formatted(Wired.CONTACT, OTHER);
    String plain = "{\"done\":true,\"records\":" + records + ",\"totalSize\":2}";
    return List.of(
        RawServer.json(200, plain),
        RawServer.json(200, "\uFEFF" + plain),
        RawServer.json(200, "\r\n \t" + plain + "\r\n"),
        RawServer.json(200, "{\"totalSize\":\"2\",\"done\":\"true\",\"records\":" + records + "}"),
        RawServer.json(
            200,
            "{\"entityTypeName\":null,\"queryLocator\":{},\"nextRecordsUrl\":null,\"done\":true,"
                + "\"totalSize\":2,\"records\":"
                + records
                + ",\"more\":[[]]}"),
        RawServer.text(200, "application/json", plain),
        RawServer.text(200, "text/json; charset=utf-8", plain),
        bytes("http/1.1 200\r\ncontent-type: application/json\r\n", plain),
        chunked("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n", plain),
        bytes("HTTP/1.0 200 OK\r\nContent-Type: application/json\r\n", plain),
        (socket, out) -> {
          out.write(
              "HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
          return RawServer.json(200, plain).write(socket, out);
        });
  }

  private static RawServer.Answer bytes(String head, String body) {
    return RawServer.bytes(
        head.replace("http/1.1", "HTTP/1.1")
            + "content-length: "
            + body.getBytes(StandardCharsets.UTF_8).length
            + "\r\n\r\n"
            + body,
        true);
  }

  /** In chunks of seven bytes with an extension each, and a trailer. */
  private static RawServer.Answer chunked(String head, String body) {
    StringBuilder all = new StringBuilder(head).append("transfer-encoding: Chunked\r\n\r\n");
    for (int i = 0; i < body.length(); i += 7) {
      String chunk = body.substring(i, Math.min(body.length(), i + 7));
      all.append("%04X;n=%d\r\n%s\r\n".formatted(chunk.length(), i, chunk));
    }
    return RawServer.bytes(all + "0\r\nX-Trailer: 1\r\n\r\n", true);
  }

  @ParameterizedTest
  @MethodSource("answersWithTwoRecords")
  void query_isReadHoweverItsAnswerIsWritten(RawServer.Answer answer) throws IOException {
    try (Wired wired = new Wired()) {
      wired.server.then(answer).then(200, "{\"totalSize\":0,\"done\":true,\"records\":[]}");

      List<String> names = new ArrayList<>();
      try (RecordCursor cursor = wired.salesforce.query(SOQL)) {
        cursor.forEachRemaining(r -> names.add(r.id().orElse("") + r.text("LastName").orElse("")));
      }

      assertThat(names).containsExactly(Wired.CONTACT + "A", OTHER + "B");
      assertThat(wired.salesforce.count("SELECT COUNT() FROM Contact")).isZero();
      assertThat(wired.server.asked()).hasSize(2);
    }
  }

  @Test
  void userOfASessionThatWasHandedOver_isAskedForOnce() throws IOException {
    String user = "005xx000001X8UzAAK";
    try (Wired wired = new Wired()) {
      wired.server.then(
          200,
          "{\"query\":\"/services/data/v62.0/query\",\"identity\":"
              + "\"https://login.salesforce.com/id/00Dxx0000001gPLEAY/%s\"}".formatted(user));

      assertThat(wired.salesforce.userId()).contains(user);
      assertThat(wired.salesforce.userId()).contains(user);
      assertThat(wired.server.asked()).hasSize(1);
    }
  }

  @Test
  void userOfASession_isUnknownWhereTheOrgDoesNotTell() throws IOException {
    try (Wired wired = new Wired()) {
      wired.server.then(200, "{\"query\":\"/services/data/v62.0/query\"}");

      assertThat(wired.salesforce.userId()).isEmpty();
    }
  }

  @Test
  void nextPage_mayBelongToAnotherVersion() throws IOException {
    try (Wired wired = new Wired()) {
      wired
          .server
          .then(
              200,
              "{\"totalSize\":2,\"done\":false,\"records\":[{\"LastName\":\"A\"}],\"nextRecordsUrl\":"
                  + "\"/services/data/v59.0/query/0r8xx000000invented-500\"}")
          .then(200, "{\"totalSize\":2,\"done\":true,\"records\":[{\"LastName\":\"B\"}]}");

      try (RecordCursor cursor = wired.salesforce.query(SOQL)) {
        cursor.next();
        assertThat(cursor.next().text("LastName")).contains("B");
        assertThat(cursor.hasNext()).isFalse();
      }
      assertThat(wired.server.asked().get(1).target())
          .isEqualTo("/services/data/v59.0/query/0r8xx000000invented-500");
    }
  }

  @Test
  void nextPage_thatIsAWholeAddress_isFollowedOnTheOwnHostOnly() throws IOException {
    try (Wired wired = new Wired();
        RawServer other = new RawServer()) {
      String page = "{\"totalSize\":2,\"done\":false,\"records\":[],\"nextRecordsUrl\":\"%s\"}";
      String path = "/services/data/v62.0/query/01gX-1";
      wired
          .server
          .then(200, page.formatted(wired.server.uri() + path))
          .then(
              200,
              "{\"totalSize\":2,\"done\":true,\"records\":[{\"LastName\":\"A\"},{\"LastName\":\"B\"}]}")
          .then(200, page.formatted(other.uri() + path));

      try (RecordCursor cursor = wired.salesforce.query(SOQL)) {
        assertThat(cursor.next().text("LastName")).contains("A");
      }
      assertThat(wired.server.asked().get(1).target()).isEqualTo(path);

      SalesforceException thrown =
          catchThrowableOfType(SalesforceException.class, () -> wired.salesforce.query(SOQL));
      assertThat(thrown.kind()).isEqualTo(Kind.PROTOCOL);
      assertThat(thrown).hasMessageContaining("next page");
      assertThat(other.asked()).isEmpty();
    }
  }

  @Test
  void nothingWithABody_isNothing_andTheConnectionIsNotTrusted() throws IOException {
    try (Wired wired = new Wired()) {
      wired
          .server
          .then(
              RawServer.bytes(
                  "HTTP/1.1 204 No Content\r\nContent-Length: 9\r\n\r\n{\"a\":\"b\"}", true))
          .then(200, "{\"totalSize\":7,\"done\":true,\"records\":[]}")
          .always(RawServer.json(200, "{\"totalSize\":7,\"done\":true,\"records\":[]}"));

      wired.salesforce.update("Contact", new RecordUpdate(Wired.CONTACT, Map.of("Title", "Dr")));

      assertThat(wired.salesforce.count("SELECT COUNT() FROM Contact")).isEqualTo(7);
    }
  }

  @Test
  void retryAfter_mayBeADate_underAnyCaseOfItsName() throws IOException {
    try (Wired wired = new Wired()) {
      Instant then = wired.time.instant().plus(Duration.ofSeconds(90));
      String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(then.atOffset(ZoneOffset.UTC));
      wired
          .server
          .then(RawServer.text(503, "text/html", "<html>", "retry-after: " + date))
          .then(RawServer.text(503, "text/html", "<html>", "RETRY-AFTER:  2 "))
          .then(200, "{\"totalSize\":7,\"done\":true,\"records\":[]}");

      assertThat(wired.salesforce.count("SELECT COUNT() FROM Contact")).isEqualTo(7);

      assertThat(wired.time.waits().get(0))
          .isBetween(Duration.ofSeconds(89), Duration.ofSeconds(120));
      assertThat(wired.time.waits().get(1)).isGreaterThanOrEqualTo(Duration.ofSeconds(2));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[{\"success\":\"true\",\"id\":\"%1$s\",\"errors\":null,\"created\":\"true\"},"
            + "{\"success\":false,\"id\":null,\"errors\":[{\"fields\":\"Email\",\"message\":null,"
            + "\"statusCode\":\"INVALID_EMAIL_ADDRESS\",\"extendedErrorDetails\":[]}],\"created\":true}]",
        "[{\"created\":true,\"errors\":[],\"id\":\"%1$s\",\"success\":true,\"infoMessages\":[]},"
            + "{\"errors\":[{\"statusCode\":\"INVALID_EMAIL_ADDRESS\"}],\"success\":false}]",
        "\uFEFF [{\"id\":\"%1$s\",\"success\":true,\"created\":true},\r\n"
            + "{\"success\":\"false\",\"errors\":{\"errorCode\":\"INVALID_EMAIL_ADDRESS\"}}]\r\n"
      })
  void resultsOfRecords_areReadHoweverTheyAreWritten(String body) throws IOException {
    try (Wired wired = new Wired()) {
      wired.server.then(200, body.formatted(Wired.CONTACT));

      List<SaveResult> results =
          wired.salesforce.upsertAll(
              "Contact",
              "Key__c",
              List.of(Map.of("Key__c", "a", "LastName", "A"), Map.of("Key__c", "b")));

      assertThat(results.get(0)).isEqualTo(new Saved(Wired.CONTACT, true));
      assertThat(((Refused) results.get(1)).errors())
          .extracting(RecordError::code)
          .containsExactly("INVALID_EMAIL_ADDRESS");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"message\":\"x\",\"errorCode\":\"MALFORMED_QUERY\"}",
        "[{\"errorCode\":\"MALFORMED_QUERY\",\"message\":\"x\",\"fields\":null}]",
        "\uFEFF[{\"errorCode\":\"MALFORMED_QUERY\",\"message\":\"x\"}]",
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Errors><Error><errorCode>MALFORMED_QUERY"
            + "</errorCode><message>x</message></Error></Errors>",
        "[{\"message\":\"x\",\"statusCode\":\"MALFORMED_QUERY\",\"fields\":\"Id\"}]"
      })
  void errors_areReadHoweverTheyAreWritten(String body) throws IOException {
    try (Wired wired = new Wired()) {
      wired.server.then(RawServer.text(400, "application/octet-stream", body));

      SalesforceException thrown =
          catchThrowableOfType(SalesforceException.class, () -> wired.salesforce.query(SOQL));

      assertThat(thrown.errorCode()).isEqualTo("MALFORMED_QUERY");
      assertThat(thrown.kind()).isEqualTo(Kind.CONFIGURATION);
    }
  }

  @Test
  void allowance_isReadWhateverStandsBesideIt() throws IOException {
    try (Wired wired = new Wired()) {
      wired.server.then(
          200,
          "{\"totalSize\":7,\"done\":true,\"records\":[]}",
          "sforce-limit-info: per-app-api-usage=17/250(appName=sample-app), api-usage=18/5000",
          "x-extra: 1",
          "Set-Cookie: BrowserId=invented; path=/",
          "Warning: 299 - \"This API is deprecated\"");
      wired.server.then(200, "{\"totalSize\":7,\"done\":true,\"records\":[]}");

      wired.salesforce.count("SELECT COUNT() FROM Contact");
      wired.salesforce.count("SELECT COUNT() FROM Contact");

      assertThat(wired.salesforce.usage().dailyUsed()).hasValue(18);
      assertThat(wired.salesforce.usage().dailyMax()).hasValue(5_000);
      assertThat(wired.server.asked().get(1).headers()).doesNotContainKey("cookie");
    }
  }

  @Test
  void describe_mayLackWhatItCannotSay() throws IOException {
    try (Wired wired = new Wired()) {
      wired.server.then(
          200,
          "{\"fields\":[{\"type\":\"anyType\",\"name\":\"Odd__c\",\"length\":\"80\",\"referenceTo\":null,"
              + "\"picklistValues\":null,\"nillable\":\"true\",\"precision\":null,\"futureFlag\":{}}],"
              + "\"name\":\"Contact\",\"urls\":{},\"associateParentEntity\":null}");

      FieldDescription field = wired.salesforce.describe("Contact").field("odd__C").orElseThrow();

      assertThat(field.type()).isEqualTo("anyType");
      assertThat(field.length()).isEqualTo(80);
      assertThat(field.nillable()).isTrue();
      assertThat(field.precision()).isZero();
    }
  }
}
