package edu.cumc.aou.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import edu.cumc.aou.runtime.Outside;
import edu.cumc.aou.simulator.salesforce.fault.DeclaredFault;
import edu.cumc.aou.simulator.salesforce.fault.Fault;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the modes do beside the daily sync, and what CloudWatch is told. */
class ModesTest {

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
  void check_saysWhetherARunIsPossible_andChangesNothing() throws IOException {
    JsonNode good = invoke("{\"mode\": \"check\"}");
    site.source.dropJourneys();
    JsonNode bad = invoke("{\"mode\": \"check\"}");

    assertThat(good.at("/status").asText()).isEqualTo("DONE");
    assertThat(good.at("/exitCode").asInt()).isZero();
    assertThat(good.at("/findings")).isNotEmpty();
    assertThat(bad.at("/status").asText()).isEqualTo("PARTIAL");
    assertThat(bad.at("/findings").toString()).contains("\"level\":\"error\"", "source.");
    assertThat(site.contacts()).isZero();
    assertThat(metrics).isEmpty();
  }

  @Test
  void retry_sendsWhomTheRunBeforeCouldNot() throws IOException {
    invoke("{\"initialLoad\": true}");
    String pmiId = site.move("Elsewhere");
    site.org
        .faults()
        .onRow("Contact", "HP_PMI_ID__c", pmiId, 1, "FIELD_CUSTOM_VALIDATION_EXCEPTION", "no");
    JsonNode first = invoke("{}");
    JsonNode retried = invoke("{\"mode\": \"retry\"}");
    JsonNode again = invoke("{\"mode\": \"retry\"}");

    assertThat(first.at("/status").asText()).isEqualTo("PARTIAL");
    assertThat(retried.at("/mode").asText()).isEqualTo("retry");
    assertThat(retried.at("/status").asText()).isEqualTo("DONE");
    assertThat(first.at("/contacts/refused").asLong()).isOne();
    assertThat(retried.at("/contacts/updated").asLong()).isOne();
    assertThat(again.at("/participants").asInt()).isZero();
    assertThat(again.at("/status").asText()).isEqualTo("DONE");
  }

  @Test
  void notify_tellsEverybodyThatItIsATest() throws IOException {
    List<String> heard = new CopyOnWriteArrayList<>();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          heard.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    server.start();
    try {
      site.environment.put(
          "AOU_NOTIFY_WEBHOOK_URL", "http://127.0.0.1:" + server.getAddress().getPort() + "/hook");
      JsonNode told = invoke("{\"mode\": \"notify\"}");

      assertThat(told.at("/status").asText()).isEqualTo("DONE");
      assertThat(heard).hasSize(1);
    } finally {
      server.stop(0);
    }
    JsonNode untold = invoke("{\"mode\": \"notify\"}");
    assertThat(untold.at("/status").asText()).isEqualTo("PARTIAL");
    assertThat(site.org.apiCalls()).isZero();
  }

  @Test
  void notify_withAWrongSection_saysWhatIsWrong() {
    site.configure("notify.webhook.shape = carrier-pigeon");
    assertThatExceptionOfType(SyncFailedException.class)
        .isThrownBy(() -> invoke("{\"mode\": \"notify\"}"))
        .withMessageContaining("notify.webhook.shape");
  }

  @Test
  void notify_withNobodyNamed_isAnError() {
    assertThatExceptionOfType(SyncFailedException.class)
        .isThrownBy(() -> invoke("{\"mode\": \"notify\"}"))
        .withMessageContaining("nobody is named");
  }

  @Test
  void goodRun_isMeasuredByObjectAndStep() throws IOException {
    JsonNode answer = invoke("{\"initialLoad\": true}");
    assertThat(answer.at("/audit/row").asLong()).isPositive();
    assertThat(answer.at("/audit/hash").asText()).matches("[0-9a-f]{64}");

    List<JsonNode> lines = lines();
    JsonNode run = lines.get(0);
    assertThat(run.at("/_aws/CloudWatchMetrics/0/Namespace").asText()).isEqualTo("aou-sync");
    assertThat(run.at("/_aws/CloudWatchMetrics/0/Dimensions").toString())
        .isEqualTo("[[\"Environment\"]]");
    assertThat(run.at("/Environment").asText()).isEqualTo("sandbox");
    assertThat(run.at("/GoodRuns").asInt()).isOne();
    assertThat(run.at("/FailedRuns").asInt()).isZero();
    assertThat(run.at("/AuditFaults").isNumber()).isTrue();
    assertThat(run.at("/AuditFaults").asInt()).isZero();
    assertThat(run.at("/HoursSinceGoodRun").asDouble()).isLessThan(0.1);
    assertThat(run.at("/ApiQuotaLeft").asDouble()).isBetween(1.0, 100.0);
    assertThat(lines)
        .filteredOn(l -> l.has("Object"))
        .extracting(l -> l.at("/Object").asText() + (l.at("/Inserted").asLong() > 0))
        .containsExactly("contacttrue", "journeyfalse");
    assertThat(lines)
        .filteredOn(l -> l.has("Step"))
        .allMatch(l -> l.has("StepSeconds"))
        .isNotEmpty();
    // whatever a directive names is in its line, or CloudWatch drops the line
    for (JsonNode line : lines) {
      JsonNode directive = line.at("/_aws/CloudWatchMetrics/0");
      directive
          .at("/Metrics")
          .forEach(m -> assertThat(line.path(m.at("/Name").asText()).isNumber()).isTrue());
      directive
          .at("/Dimensions/0")
          .forEach(d -> assertThat(line.path(d.asText()).isTextual()).isTrue());
    }
    assertThat(String.join("\n", metrics)).doesNotContainPattern("P[0-9]{8}").doesNotContain("@");
  }

  @Test
  void failure_isMeasured_evenIfNothingCanBeRead() throws IOException {
    invoke("{\"initialLoad\": true}");
    metrics.clear();
    clock.advance(Duration.ofHours(30));
    site.source.dropJourneys();
    assertThatExceptionOfType(SyncFailedException.class).isThrownBy(() -> invoke("{}"));
    site.environment.clear();
    site.environment.put("AOU_ENVIRONMENT", "P012345678");
    assertThatExceptionOfType(SyncFailedException.class).isThrownBy(() -> invoke("{}"));

    JsonNode broken = lines().get(0);
    assertThat(broken.at("/FailedRuns").asInt()).isOne();
    assertThat(broken.at("/HoursSinceGoodRun").asDouble()).isBetween(29.0, 31.0);
    JsonNode blind = lines().get(1);
    assertThat(blind.at("/FailedRuns").asInt()).isOne();
    assertThat(blind.at("/Environment").asText()).isEqualTo("unknown");
    assertThat(metrics).hasSize(2);
  }

  @Test
  void guardAndContinuation_areMeasuredAsThat() throws IOException {
    invoke("{}", 60_000);
    site.configure("guards.min-contacts = 5000");
    invoke("{}");

    assertThat(lines().get(0).at("/ContinuedRuns").asInt()).isOne();
    assertThat(lines().get(1).at("/GuardedRuns").asInt()).isOne();
  }

  @Test
  void longJob_isNotWaitedFor_andTheNextInvocationGoesOn() throws IOException {
    site.configure("bulk.threshold = 1");
    site.org.faults().on("PATCH", ".+/jobs/ingest/.+", n -> n == 1, Fault.jobStuck(0));
    Instant begin = clock.instant();

    JsonNode first = invoke("{\"initialLoad\": true}");
    assertThat(first.at("/status").asText()).isEqualTo("CONTINUE");
    assertThat(first.at("/waitSeconds").asInt()).isBetween(16, 30);
    assertThat(Duration.between(begin, clock.instant())).isLessThan(Duration.ofMinutes(2));
  }

  /** The state machine waits between invocations; a function that waits is paid for. */
  @Test
  void journeysThatNeverCome_areAwaitedOutside_andMakeItPartial() throws IOException {
    site.close();
    site =
        new Site(
            directory.resolve("without-journeys"),
            clock,
            Duration.ofSeconds(20),
            60,
            request -> {},
            org -> org.fault(DeclaredFault.parse("journeys-missing share=1 seed=7")));
    List<Integer> waits = new ArrayList<>();
    JsonNode answer;
    do {
      Instant begin = clock.instant();
      answer = invoke("{\"initialLoad\": true}");
      assertThat(Duration.between(begin, clock.instant())).isLessThan(Duration.ofMinutes(1));
      if (answer.at("/status").asText().equals("CONTINUE")) {
        waits.add(answer.at("/waitSeconds").asInt());
        clock.advance(Duration.ofSeconds(answer.at("/waitSeconds").asInt()));
      }
    } while (answer.at("/status").asText().equals("CONTINUE") && waits.size() < 50);

    assertThat(answer.at("/status").asText()).isEqualTo("PARTIAL");
    assertThat(answer.at("/exitCode").asInt()).isEqualTo(5);
    assertThat(site.contacts()).isPositive();
    assertThat(answer.at("/contacts/inserted").asLong()).isEqualTo(site.contacts());
    assertThat(waits).hasSizeBetween(2, 10).containsOnly(60);

    JsonNode next = invoke("{}");
    assertThat(next.at("/status").asText()).isEqualTo("PARTIAL");
    assertThat(next.at("/anomalies").toString()).contains("MISSING_JOURNEY");
  }

  @Test
  void snapshot_holdsNoConnection_andTheFunctionGoesOnAfterIt() throws Exception {
    SyncHandler handler = handler();
    Invocation.of(handler, "{\"initialLoad\": true}", QUARTER_OF_AN_HOUR);
    handler.beforeCheckpoint(null);
    assertThat(site.connections()).isZero();
    handler.afterRestore(null);

    JsonNode next = Invocation.of(handler, "{}", QUARTER_OF_AN_HOUR);
    assertThat(next.at("/status").asText()).isEqualTo("DONE");
    assertThat(next.at("/planned")).isEmpty();
  }

  private List<JsonNode> lines() throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    for (String line : metrics) {
      lines.add(new ObjectMapper().readTree(line));
    }
    return lines;
  }

  private JsonNode invoke(String event) throws IOException {
    return invoke(event, QUARTER_OF_AN_HOUR);
  }

  private JsonNode invoke(String event, int remainingMillis) throws IOException {
    return Invocation.of(handler(), event, remainingMillis);
  }

  private SyncHandler handler() {
    return new SyncHandler(
        new FunctionSurroundings(
            site.environment, directory, new Outside(clock, clock::advance), metrics::add));
  }
}
