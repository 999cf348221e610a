package edu.cumc.aou.salesforce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import edu.cumc.aou.salesforce.RawServer.Answer;
import edu.cumc.aou.salesforce.SalesforceException.Kind;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class WireFaultsTest {

  private static final String COUNT = "SELECT COUNT() FROM Contact";
  private static final String SEVEN = "{\"totalSize\":7,\"done\":true,\"records\":[]}";
  private static final String CREATED =
      "{\"id\":\"" + Wired.CONTACT + "\",\"success\":true,\"errors\":[]}";

  static Stream<Arguments> lostAnswers() {
    return Stream.of(
        Arguments.of("reset", RawServer.reset()),
        Arguments.of("closed", RawServer.bytes("", false)),
        Arguments.of("half a status line", RawServer.bytes("HTTP/1.1 2", false)),
        Arguments.of("truncated by length", RawServer.truncated("{\"totalSize\":")),
        Arguments.of(
            "truncated without length",
            RawServer.bytes(
                "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Type: application/json\r\n\r\n"
                    + "{\"totalSize\":7,\"done\":tr",
                false)),
        Arguments.of(
            "truncated chunks",
            RawServer.bytes(
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n20\r\n{\"total", false)),
        Arguments.of("empty 200", RawServer.json(200, "")),
        Arguments.of("blank 200", RawServer.json(200, " \r\n ")),
        Arguments.of("web page 200", RawServer.text(200, "text/html", "<html>login</html>")),
        Arguments.of("web page 200 said to be JSON", RawServer.json(200, "\n<!DOCTYPE html>")),
        Arguments.of("list for object", RawServer.json(200, "[1,2]")),
        Arguments.of("null", RawServer.json(200, "null")),
        Arguments.of("text after the end", RawServer.json(200, SEVEN + "}")),
        Arguments.of("500 web page", RawServer.text(500, "text/html", "<html>oops</html>")),
        Arguments.of("502 empty", RawServer.text(502, "text/html", "")),
        Arguments.of("503 web page", RawServer.text(503, "text/html", "<h1>down</h1>")),
        Arguments.of("504", RawServer.text(504, "text/plain", "timeout")),
        Arguments.of(
            "500 unknown exception",
            RawServer.json(
                500, "[{\"errorCode\":\"UNKNOWN_EXCEPTION\",\"message\":\"ErrorId: 1-2 (3)\"}]")));
  }

  static Stream<Arguments> notExecuted() {
    return Stream.of(
        Arguments.of(
            "503 from Salesforce",
            RawServer.json(503, "[{\"errorCode\":\"SERVER_UNAVAILABLE\",\"message\":\"x\"}]")),
        Arguments.of(
            "503 with Retry-After", RawServer.text(503, "text/html", "<p>", "Retry-After: 7")),
        Arguments.of("429", RawServer.text(429, "text/plain", "slow down")),
        Arguments.of("420", RawServer.text(420, "text/html", "<html>")),
        Arguments.of(
            "too many at once",
            RawServer.json(
                403,
                "[{\"errorCode\":\"REQUEST_LIMIT_EXCEEDED\",\"message\":\"ConcurrentRequests"
                    + " (Concurrent API Requests) Limit exceeded.\"}]")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource({"lostAnswers", "notExecuted"})
  void read_isRepeatedAfterAFaultThatPasses(String name, Answer fault) throws IOException {
    try (Wired wired = new Wired()) {
      wired.server.then(fault).then(200, SEVEN);

      assertThat(wired.salesforce.count(COUNT)).isEqualTo(7);
      assertThat(wired.server.asked()).hasSize(2);
      assertThat(wired.time.waits()).hasSize(1);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("lostAnswers")
  void create_isSentOnceWhenItsAnswerIsLost(String name, Answer fault) throws IOException {
    try (Wired wired = new Wired()) {
      wired.server.then(fault).always(RawServer.json(201, CREATED));

      SalesforceException thrown =
          catchThrowableOfType(
              SalesforceException.class,
              () -> wired.salesforce.create("Contact", Map.of("LastName", "Invented")));

      assertThat(thrown.answerLost()).isTrue();
      assertThat(wired.server.asked()).hasSize(1);
      assertThat(thrown).hasNoCause();
      assertThat(thrown.getMessage()).doesNotContain("Invented", "oops", "login<", Wired.TOKEN);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("notExecuted")
  void create_isRepeatedWhenItWasCertainlyNotCarriedOut(String name, Answer fault)
      throws IOException {
    try (Wired wired = new Wired()) {
      wired.server.then(fault).then(201, CREATED);

      assertThat(wired.salesforce.create("Contact", Map.of("LastName", "Invented")))
          .isEqualTo(Wired.CONTACT);
      assertThat(wired.server.asked()).hasSize(2);
    }
  }

  @Test
  void create_isNotLostWhenNobodyWasThereToTakeIt() throws IOException {
    try (Wired wired = new Wired()) {
      wired.server.close();

      SalesforceException thrown =
          catchThrowableOfType(
              SalesforceException.class, () -> wired.salesforce.create("Contact", Map.of()));

      assertThat(thrown.kind()).isEqualTo(Kind.UNAVAILABLE);
      assertThat(thrown.answerLost()).isFalse();
      assertThat(thrown.status()).isEmpty();
      assertThat(wired.time.waits()).hasSize(5);
    }
  }

  @Test
  void create_isNotLostOnAConnectionThatTheServerClosedWithoutAWord() throws Exception {
    try (Wired wired = new Wired()) {
      CountDownLatch closed = new CountDownLatch(1);
      wired.server.then(
          (socket, out) -> {
            RawServer.json(200, SEVEN).write(socket, out);
            socket.close();
            closed.countDown();
            return false;
          });
      wired.server.then(201, CREATED);

      assertThat(wired.salesforce.count(COUNT)).isEqualTo(7);
      assertThat(closed.await(10, TimeUnit.SECONDS)).isTrue();

      assertThat(wired.salesforce.create("Contact", Map.of())).isEqualTo(Wired.CONTACT);
    }
  }

  @Test
  void update_saysThatItMayHaveHappenedAlthoughTheLastAttemptWasRefused() throws IOException {
    try (Wired wired = new Wired()) {
      wired.server.then(RawServer.reset()).always(RawServer.text(429, "text/plain", "slow"));

      SalesforceException thrown =
          catchThrowableOfType(
              SalesforceException.class,
              () -> wired.salesforce.update("Contact", new RecordUpdate(Wired.CONTACT, Map.of())));

      assertThat(thrown.kind()).isEqualTo(Kind.UNAVAILABLE);
      assertThat(thrown.answerLost()).isTrue();
    }
  }

  @Test
  void bodyThatTrickles_endsAtTheAnswerTimeout() throws IOException {
    try (Wired wired = new Wired(Duration.ofMillis(400))) {
      wired.server.then(RawServer.trickle(20)).then(200, SEVEN);
      long began = System.nanoTime();

      assertThat(wired.salesforce.count(COUNT)).isEqualTo(7);

      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(10));
      assertThat(wired.server.asked()).hasSize(2);
    }
  }

  @Test
  void silence_endsAtTheAnswerTimeout() throws IOException {
    try (Wired wired = new Wired(Duration.ofMillis(300))) {
      wired.server.then(
          (socket, out) -> {
            Thread.sleep(60_000);
            return false;
          });

      SalesforceException thrown =
          catchThrowableOfType(
              SalesforceException.class, () -> wired.salesforce.create("Contact", Map.of()));

      assertThat(thrown.kind()).isEqualTo(Kind.UNAVAILABLE);
      assertThat(thrown.answerLost()).isTrue();
      assertThat(thrown.getMessage()).contains("no whole answer came in time");
    }
  }

  @Test
  void unknownHost_isUnavailableAndSaysSo() {
    SalesforceSettings settings =
        SalesforceSettings.builder(
                new SalesforceAuth.ReadySession(
                    Secret.of("x"), java.net.URI.create("https://no-such-host.invalid")))
            .build();
    try (Salesforce salesforce = Salesforce.connect(settings, new VirtualTime().surroundings())) {
      SalesforceException thrown =
          catchThrowableOfType(SalesforceException.class, () -> salesforce.count(COUNT));

      assertThat(thrown.kind()).isEqualTo(Kind.UNAVAILABLE);
      assertThat(thrown.getMessage()).contains("check salesforce.login-url");
    }
  }

  @Test
  void redirect_isNotFollowedAndTheTokenStaysHere() throws IOException {
    try (Wired wired = new Wired();
        RawServer elsewhere = new RawServer()) {
      wired.server.then(302, "", "Location: " + elsewhere.uri() + "/services/data");

      SalesforceException thrown =
          catchThrowableOfType(SalesforceException.class, () -> wired.salesforce.count(COUNT));

      assertThat(thrown.kind()).isEqualTo(Kind.CONFIGURATION);
      assertThat(thrown.getMessage()).contains("My Domain");
      assertThat(elsewhere.asked()).isEmpty();
    }
  }

  @Test
  void compressedAnswer_isRead() throws IOException {
    java.io.ByteArrayOutputStream zipped = new java.io.ByteArrayOutputStream();
    try (java.util.zip.GZIPOutputStream gzip = new java.util.zip.GZIPOutputStream(zipped)) {
      gzip.write(SEVEN.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
    try (Wired wired = new Wired()) {
      wired.server.then(
          (socket, out) -> {
            out.write(
                ("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Encoding: gzip\r\n"
                        + "Content-Length: "
                        + zipped.size()
                        + "\r\n\r\n")
                    .getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            out.write(zipped.toByteArray());
            return true;
          });

      assertThat(wired.salesforce.count(COUNT)).isEqualTo(7);
      assertThat(wired.server.asked().get(0).headers().get("accept-encoding")).contains("gzip");
    }
  }

  @Test
  void closedClient_refusesCalls() throws IOException {
    try (Wired wired = new Wired()) {
      wired.salesforce.close();

      assertThat(
              catchThrowableOfType(
                  IllegalStateException.class, () -> wired.salesforce.count(COUNT)))
          .hasMessageContaining("closed");
    }
  }
}
