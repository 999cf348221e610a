package edu.cumc.aou.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.amazonaws.services.lambda.runtime.Context;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import edu.cumc.aou.simulator.salesforce.SalesforceSimulator;
import edu.cumc.aou.simulator.source.SourceOptions;
import edu.cumc.aou.simulator.source.SourceSimulator;
import edu.cumc.aou.sync.port.LeaseTable;
import edu.cumc.aou.sync.port.SyncStore;
import edu.cumc.aou.sync.testing.VirtualClock;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SyncHandlerTest {

  private static final int QUARTER_OF_AN_HOUR = 900_000;

  @TempDir Path directory;
  private final VirtualClock clock = new VirtualClock(Instant.parse("2026-01-05T11:00:00Z"));
  private final Map<String, String> environment = new HashMap<>();
  private SalesforceSimulator org;
  private SourceSimulator source;

  @BeforeEach
  void open() throws IOException {
    org = SalesforceSimulator.builder().clock(clock).journeyDelay(Duration.ofSeconds(20)).start();
    source = SourceSimulator.open(SourceSimulator.h2Url(directory), "sa", "");
    source.load(new SourceOptions(7, 60, 1, false));
    Files.writeString(
        directory.resolve("aou-sync.conf"),
        """
        salesforce {
          login-url = "%s"
          auth { type = soap-password, username = "%s", password = "%s", security-token = %s }
        }
        contact.account-id = "%s"
        source { jdbc-url = "%s", user = sa, password = "" }
        store { jdbc-url = "jdbc:h2:file:%s", user = sa, password = "" }
        """
            .formatted(
                org.url(),
                org.credentials().username(),
                org.credentials().password(),
                org.credentials().securityToken(),
                org.accountId(),
                SourceSimulator.h2Url(directory),
                directory.resolve("store")));
    environment.put("AOU_CONFIG", "aou-sync.conf");
    TestStore.install(surroundings(true));
  }

  @AfterEach
  void close() {
    source.close();
    org.close();
  }

  @Test
  void dailySync_isDoneAndTheNextHasNothingToDo() throws IOException {
    SyncHandler handler = new SyncHandler(surroundings(true));

    JsonNode first = invoke(handler, "{}", QUARTER_OF_AN_HOUR);
    JsonNode second = invoke(handler, "{}", QUARTER_OF_AN_HOUR);

    assertThat(first.at("/status").asText()).isEqualTo("DONE");
    assertThat(first.at("/runId").asLong()).isOne();
    assertThat(first.at("/contacts/inserted").asLong()).isEqualTo(contacts()).isPositive();
    assertThat(second.at("/status").asText()).isEqualTo("DONE");
    assertThat(second.at("/planned")).isEmpty();
  }

  @Test
  void plan_changesNothing() throws IOException {
    JsonNode answer =
        invoke(new SyncHandler(surroundings(true)), "{\"mode\": \"plan\"}", QUARTER_OF_AN_HOUR);

    assertThat(answer.at("/status").asText()).isEqualTo("DONE");
    assertThat(answer.at("/planned/0/count").asLong()).isPositive();
    assertThat(contacts()).isZero();
  }

  @Test
  void timeOver_answersContinueAndTheNextInvocationFinishes() throws IOException {
    SyncHandler handler = new SyncHandler(surroundings(true));

    JsonNode first = invoke(handler, "{}", 60_000);
    assertThat(first.at("/status").asText()).isEqualTo("CONTINUE");
    JsonNode second = invoke(new SyncHandler(surroundings(true)), "{}", QUARTER_OF_AN_HOUR);

    assertThat(second.at("/status").asText()).isEqualTo("DONE");
    assertThat(second.at("/runId")).isEqualTo(first.at("/runId"));
    assertThat(second.at("/contacts/inserted").asLong()).isEqualTo(contacts()).isPositive();
  }

  @Test
  void trippedGuard_isAnAnswer() throws IOException {
    Files.writeString(
        directory.resolve("aou-sync.conf"),
        Files.readString(directory.resolve("aou-sync.conf")) + "guards.min-contacts = 5000\n");

    JsonNode answer = invoke(new SyncHandler(surroundings(true)), "{}", QUARTER_OF_AN_HOUR);

    assertThat(answer.at("/status").asText()).isEqualTo("GUARDED");
    assertThat(answer.at("/guards/0/guard").asText()).isEqualTo("guards.min-contacts");
  }

  @Test
  void otherRun_isAnAnswerAndNoError() throws IOException {
    try (SyncStore store = TestStore.open(surroundings(true))) {
      LeaseTable.LeaseAnswer granted = store.lease().acquire("another", Duration.ofMinutes(5));
      assertThat(granted).isInstanceOf(LeaseTable.Granted.class);

      JsonNode answer = invoke(new SyncHandler(surroundings(true)), "{}", QUARTER_OF_AN_HOUR);

      assertThat(answer.at("/status").asText()).isEqualTo("ALREADY_RUNNING");
    }
  }

  @Test
  void wrongPassword_isThrownClean() {
    environment.put("AOU_SALESFORCE_PASSWORD", "not-the-password");
    SyncHandler handler = new SyncHandler(surroundings(true));

    assertThatExceptionOfType(SyncFailedException.class)
        .isThrownBy(() -> invoke(handler, "{}", QUARTER_OF_AN_HOUR))
        .withMessageStartingWith("AUTH: ")
        .withNoCause()
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("not-the-password"));
  }

  @Test
  void unknownOption_startsNothing() {
    assertThatExceptionOfType(SyncFailedException.class)
        .isThrownBy(
            () ->
                invoke(
                    new SyncHandler(surroundings(true)), "{\"dryRun\": true}", QUARTER_OF_AN_HOUR))
        .withMessageContaining("Nothing was run");
    assertThat(org.apiCalls()).isZero();
  }

  @Test
  void h2Store_isRefused() {
    assertThatExceptionOfType(SyncFailedException.class)
        .isThrownBy(() -> invoke(new SyncHandler(surroundings(false)), "{}", QUARTER_OF_AN_HOUR))
        .withMessageContaining("store.jdbc-url")
        .withMessageContaining("H2");
  }

  @Test
  void missingSettings_areToldAtOnce() {
    environment.clear();

    assertThatExceptionOfType(SyncFailedException.class)
        .isThrownBy(() -> invoke(new SyncHandler(surroundings(true)), "{}", QUARTER_OF_AN_HOUR))
        .withMessageContaining("AOU_SOURCE_JDBC_URL")
        .withMessageContaining("AOU_STORE_JDBC_URL")
        .withMessageContaining("AOU_ACCOUNT_ID");
  }

  @Test
  void answer_holdsNothingPersonal() throws IOException {
    String answer =
        invoke(new SyncHandler(surroundings(true)), "{}", QUARTER_OF_AN_HOUR).toString();

    assertThat(org.records("Contact").map(c -> String.valueOf(c.get("Id"))))
        .isNotEmpty()
        .noneMatch(answer::contains);
    assertThat(answer).doesNotContainPattern("P[0-9]{8}").doesNotContain("@");
  }

  private Surroundings surroundings(boolean allowsH2) {
    return new Surroundings(environment, directory, clock, clock::advance, allowsH2);
  }

  private long contacts() {
    return org.records("Contact").filter(c -> c.containsKey("HP_PMI_ID__c")).count();
  }

  private static JsonNode invoke(SyncHandler handler, String event, int remainingMillis)
      throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Context context = new FakeContext(remainingMillis);
    handler.handleRequest(
        new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8)), out, context);
    return new ObjectMapper().readTree(out.toByteArray());
  }
}
