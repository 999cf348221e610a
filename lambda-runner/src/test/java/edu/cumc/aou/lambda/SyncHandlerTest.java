package edu.cumc.aou.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import edu.cumc.aou.runtime.Outside;
import edu.cumc.aou.simulator.salesforce.fault.Fault;
import edu.cumc.aou.sync.port.LeaseTable;
import edu.cumc.aou.sync.port.SyncStore;
import edu.cumc.aou.sync.testing.VirtualClock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

@Tag("slow")
class SyncHandlerTest {

  private static final int QUARTER_OF_AN_HOUR = 900_000;

  @TempDir Path directory;
  private final VirtualClock clock = new VirtualClock(Instant.parse("2026-01-05T11:00:00Z"));
  private final List<String> metrics = new ArrayList<>();
  private Site site;

  @BeforeEach
  void open() {
    site = new Site(directory, clock, Duration.ofSeconds(20), 60);
  }

  @AfterEach
  void close() {
    site.close();
  }

  @Test
  void dailySync_isDoneAndTheNextHasNothingToDo() throws IOException {
    SyncHandler handler = handler();

    JsonNode first = invoke(handler, "{}", QUARTER_OF_AN_HOUR);
    JsonNode second = invoke(handler, "{}", QUARTER_OF_AN_HOUR);

    assertThat(first.at("/status").asText()).isEqualTo("DONE");
    assertThat(first.at("/run").asLong()).isOne();
    assertThat(first.at("/contacts/inserted").asLong()).isEqualTo(site.contacts()).isPositive();
    assertThat(second.at("/status").asText()).isEqualTo("DONE");
    assertThat(second.at("/planned")).isEmpty();
  }

  @Test
  void callsThatWereRepeated_areCountedInTheAnswer() throws IOException {
    site.org.faults().on("GET", ".+/query", n -> n <= 2, Fault.error(503, "X", "busy"));

    JsonNode first = invoke(handler(), "{}", QUARTER_OF_AN_HOUR);
    JsonNode second = invoke(handler(), "{}", QUARTER_OF_AN_HOUR);

    assertThat(first.at("/status").asText()).isEqualTo("DONE");
    assertThat(first.at("/repeats/query").asLong()).isEqualTo(2);
    assertThat(second.at("/repeats")).isEmpty();
  }

  @Test
  void plan_changesNothing() throws IOException {
    JsonNode answer = invoke(handler(), "{\"mode\": \"plan\"}", QUARTER_OF_AN_HOUR);

    assertThat(answer.at("/status").asText()).isEqualTo("DONE");
    assertThat(answer.at("/planned/0/count").asLong()).isPositive();
    assertThat(site.contacts()).isZero();
  }

  @Test
  void timeOver_answersContinueAndTheNextInvocationFinishes() throws IOException {
    SyncHandler handler = handler();

    JsonNode first = invoke(handler, "{}", 60_000);
    assertThat(first.at("/status").asText()).isEqualTo("CONTINUE");
    JsonNode second = invoke(handler(), "{}", QUARTER_OF_AN_HOUR);

    assertThat(second.at("/status").asText()).isEqualTo("DONE");
    assertThat(second.at("/run")).isEqualTo(first.at("/run"));
    assertThat(second.at("/contacts/inserted").asLong()).isEqualTo(site.contacts()).isPositive();
  }

  @Test
  void trippedGuard_isAnAnswer() throws IOException {
    site.configure("guards.min-contacts = 5000");

    JsonNode answer = invoke(handler(), "{}", QUARTER_OF_AN_HOUR);

    assertThat(answer.at("/status").asText()).isEqualTo("GUARDED");
    assertThat(answer.at("/guards/0/guard").asText()).isEqualTo("guards.min-contacts");
  }

  @Test
  void whoWantsToHear_isTold_alsoIfNothingCouldBegin() throws IOException {
    List<String> posted = new CopyOnWriteArrayList<>();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          posted.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    server.start();
    try {
      String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/hook";
      site.environment.put("AOU_NOTIFY_WEBHOOK_URL", url);
      site.configure("guards.min-contacts = 5000");

      JsonNode guarded = invoke(handler(), "{}", QUARTER_OF_AN_HOUR);
      site.configure("local-zone = Nowhere");
      assertThatExceptionOfType(SyncFailedException.class)
          .isThrownBy(() -> invoke(handler(), "{}", QUARTER_OF_AN_HOUR));

      assertThat(guarded.at("/told/0/told").asBoolean()).isTrue();
      assertThat(posted).hasSize(2);
      assertThat(posted.get(0)).contains("\"occasion\":\"guarded\"", "guards.min-contacts");
      assertThat(posted.get(1)).contains("\"occasion\":\"failed\"", "local-zone");
    } finally {
      server.stop(0);
    }
  }

  @Test
  void firstLoad_liftsTheGuardOnInserts() throws IOException {
    site.configure("guards.max-inserts { number = 10, share = 1% }");

    JsonNode refused = invoke(handler(), "{}", QUARTER_OF_AN_HOUR);
    JsonNode answer = invoke(handler(), "{\"initialLoad\": true}", QUARTER_OF_AN_HOUR);

    assertThat(refused.at("/guards/0/guard").asText()).isEqualTo("guards.max-inserts");
    assertThat(answer.at("/status").asText()).isEqualTo("DONE");
    assertThat(answer.at("/contacts/inserted").asLong()).isEqualTo(site.contacts()).isPositive();
  }

  @Test
  void openAnomalies_makeItPartial_whetherStrictOrNot() throws IOException {
    invoke(handler(), "{}", QUARTER_OF_AN_HOUR);
    site.org.delete(site.org.records("Contact").findFirst().orElseThrow().get("Id").toString());

    JsonNode open = invoke(handler(), "{}", QUARTER_OF_AN_HOUR);
    JsonNode strict = invoke(handler(), "{\"strict\": true}", QUARTER_OF_AN_HOUR);

    assertThat(open.at("/anomalies/0/open").asLong()).isPositive();
    assertThat(open.at("/exitCode").asInt()).isEqualTo(5);
    assertThat(open.at("/status").asText()).isEqualTo("PARTIAL");
    assertThat(strict.at("/status").asText()).isEqualTo("PARTIAL");
  }

  @Test
  void otherRun_isAnAnswerAndNoError() throws IOException {
    try (SyncStore store = TestStore.open(surroundings())) {
      LeaseTable.LeaseAnswer granted = store.lease().acquire("another", Duration.ofMinutes(5));
      assertThat(granted).isInstanceOf(LeaseTable.Granted.class);

      JsonNode answer = invoke(handler(), "{}", QUARTER_OF_AN_HOUR);

      assertThat(answer.at("/status").asText()).isEqualTo("ALREADY_RUNNING");
    }
  }

  @Test
  void wrongPassword_isThrownClean() {
    site.environment.put("AOU_SALESFORCE_PASSWORD", "not-the-password");
    SyncHandler handler = handler();

    assertThatExceptionOfType(SyncFailedException.class)
        .isThrownBy(() -> invoke(handler, "{}", QUARTER_OF_AN_HOUR))
        .withMessageStartingWith("AUTH: ")
        .withNoCause()
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("not-the-password"));
  }

  @Test
  void misspeltVariable_isAWarning_evenIfItsSettingIsMissing() {
    site.environment.put(
        "AOU_SALESFORCE_PASWORD", site.environment.remove("AOU_SALESFORCE_PASSWORD"));
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    Logger logger = (Logger) LoggerFactory.getLogger(Warm.class);
    log.start();
    logger.addAppender(log);

    assertThatExceptionOfType(SyncFailedException.class)
        .isThrownBy(() -> invoke(handler(), "{}", QUARTER_OF_AN_HOUR))
        .withMessageContaining("salesforce.auth.password");
    logger.detachAppender(log);

    assertThat(log.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .containsExactly(
            "the environment variable AOU_SALESFORCE_PASWORD stands for no setting and is not used"
                + " (did you mean AOU_SALESFORCE_PASSWORD?)");
  }

  @Test
  void unknownOption_startsNothing() {
    assertThatExceptionOfType(SyncFailedException.class)
        .isThrownBy(() -> invoke(handler(), "{\"dryRun\": true}", QUARTER_OF_AN_HOUR))
        .withMessageContaining("Nothing was run");
    assertThat(site.org.apiCalls()).isZero();
  }

  @Test
  void storeInsideTheFunction_isRefused() {
    site.environment.put("AOU_STORE_JDBC_URL", "jdbc:h2:file:" + directory.resolve("inside"));

    assertThatExceptionOfType(SyncFailedException.class)
        .isThrownBy(() -> invoke(handler(), "{}", QUARTER_OF_AN_HOUR))
        .withMessageContaining("store.jdbc-url")
        .withMessageContaining("H2 inside the function");
  }

  @Test
  void production_refusesAnH2Server() {
    site.environment.put("AOU_ENVIRONMENT", "production");

    assertThatExceptionOfType(SyncFailedException.class)
        .isThrownBy(() -> invoke(handler(), "{}", QUARTER_OF_AN_HOUR))
        .withMessageContaining("store.jdbc-url")
        .withMessageContaining("production needs a SQL Server database");
  }

  @Test
  void missingSettings_areToldAtOnce() {
    site.environment.clear();

    assertThatExceptionOfType(SyncFailedException.class)
        .isThrownBy(() -> invoke(handler(), "{}", QUARTER_OF_AN_HOUR))
        .withMessageContaining("AOU_SOURCE_JDBC_URL")
        .withMessageContaining("AOU_STORE_JDBC_URL")
        .withMessageContaining("AOU_ACCOUNT_ID");
  }

  @Test
  void answer_holdsNothingPersonal() throws IOException {
    String answer = invoke(handler(), "{}", QUARTER_OF_AN_HOUR).toString();

    assertThat(site.org.records("Contact").map(c -> String.valueOf(c.get("Id"))))
        .isNotEmpty()
        .noneMatch(answer::contains);
    assertThat(answer).doesNotContainPattern("P[0-9]{8}").doesNotContain("@");
  }

  private SyncHandler handler() {
    return new SyncHandler(surroundings());
  }

  private FunctionSurroundings surroundings() {
    return new FunctionSurroundings(
        site.environment, directory, new Outside(clock, clock::advance), metrics::add);
  }

  private static JsonNode invoke(SyncHandler handler, String event, int remainingMillis)
      throws IOException {
    return Invocation.of(handler, event, remainingMillis);
  }
}
