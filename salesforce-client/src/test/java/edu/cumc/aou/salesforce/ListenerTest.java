package edu.cumc.aou.salesforce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import edu.cumc.aou.salesforce.SalesforceException.Kind;
import edu.cumc.aou.salesforce.micrometer.SalesforceMetrics;
import edu.cumc.aou.simulator.salesforce.SalesforceSimulator;
import edu.cumc.aou.simulator.salesforce.fault.Fault;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ListenerTest {

  private static final String COUNT = "SELECT COUNT() FROM Contact WHERE LastName = 'Invented'";

  private final VirtualTime time = new VirtualTime();
  private SalesforceSimulator org;

  @BeforeEach
  void start() {
    org = SalesforceSimulator.builder().clock(time).start();
  }

  @AfterEach
  void close() {
    org.close();
  }

  private Salesforce connect(SalesforceListener listener) {
    return Salesforce.connect(
        Clients.settings(org).listener(listener).build(), time.surroundings());
  }

  @Test
  void eachAttempt_isToldWithWhatCameOfIt() {
    List<CallAttempt> told = new CopyOnWriteArrayList<>();
    try (Salesforce salesforce = connect(told::add)) {
      org.faults().on("GET", ".*/query", 1, Fault.unavailable(Duration.ofSeconds(7)));
      org.faults().on("GET", ".*/query", 2, Fault.expiredSession());
      salesforce.count(COUNT);
      catchThrowableOfType(SalesforceException.class, () -> salesforce.describe("NoSuch__c"));
    }

    assertThat(told.stream().map(a -> a.kind() + " " + a.number() + " " + a.result()))
        .containsExactly(
            "LOGIN 1 ANSWERED",
            "QUERY 1 REPEATED",
            "QUERY 2 SESSION_ENDED",
            "LOGIN 1 ANSWERED",
            "QUERY 3 ANSWERED",
            "DESCRIBE 1 FAILED");
    assertThat(told.get(1).pause()).isEqualTo(Duration.ofSeconds(7));
    assertThat(told.get(1).failure()).contains(Kind.UNAVAILABLE);
    assertThat(told.get(2).errorCode()).isEqualTo("INVALID_SESSION_ID");
    assertThat(told.get(5).failure()).contains(Kind.NOT_FOUND);
    assertThat(told.toString()).doesNotContain("Invented");
  }

  @Test
  void listenerThatThrows_changesNothing() {
    try (Salesforce salesforce =
        connect(
            attempt -> {
              throw new IllegalStateException("invented");
            })) {
      assertThat(salesforce.count(COUNT)).isZero();
      assertThat(salesforce.create("Contact", Map.of("LastName", "Invented"))).isNotEmpty();
    }
  }

  @Test
  void metrics_countAttemptsWaitsAndTheAllowance() {
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    SalesforceMetrics metrics = SalesforceMetrics.of(registry);
    try (Salesforce salesforce = connect(metrics)) {
      metrics.watch(salesforce);
      assertThat(registry.get("salesforce.calls.used").gauge().value()).isNaN();
      org.faults().on("GET", ".*/query", 1, Fault.unavailable(Duration.ofSeconds(7)));

      salesforce.count(COUNT);

      assertThat(registry.get("salesforce.calls.used").gauge().value()).isPositive();
      assertThat(registry.get("salesforce.calls.allowed").gauge().value())
          .isGreaterThan(registry.get("salesforce.calls.used").gauge().value());
    }
    assertThat(
            registry
                .get("salesforce.attempts")
                .tags("kind", "query", "result", "repeated", "error", "SERVER_UNAVAILABLE")
                .timer()
                .count())
        .isEqualTo(1);
    assertThat(
            registry
                .get("salesforce.attempts")
                .tags("kind", "query", "result", "answered", "error", "none")
                .timer()
                .count())
        .isEqualTo(1);
    assertThat(
            registry
                .get("salesforce.waits")
                .tag("kind", "query")
                .timer()
                .totalTime(TimeUnit.SECONDS))
        .isEqualTo(7);
  }
}
