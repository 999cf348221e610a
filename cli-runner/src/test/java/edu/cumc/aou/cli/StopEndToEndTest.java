package edu.cumc.aou.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import edu.cumc.aou.cli.demo.Snippet;
import edu.cumc.aou.simulator.salesforce.SalesforceSimulator;
import edu.cumc.aou.simulator.salesforce.http.LoggedRequest;
import edu.cumc.aou.simulator.source.SourceOptions;
import edu.cumc.aou.simulator.source.SourceSimulator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A real process that gets the signals of Ctrl-C and of a scheduler in the middle of a sync. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "there is no kill")
class StopEndToEndTest {

  @TempDir private Path directory;

  private final AtomicReference<String> signal = new AtomicReference<>("");
  private final AtomicReference<OtherProcess> toStop = new AtomicReference<>();
  private SalesforceSimulator org;

  @BeforeEach
  void open() throws IOException {
    org =
        SalesforceSimulator.builder()
            .journeyDelay(Duration.ofSeconds(2))
            .onRequest(this::signalAtFirstWrite)
            .start();
    String sourceUrl = SourceSimulator.h2Url(directory);
    try (SourceSimulator source = SourceSimulator.open(sourceUrl, "sa", "")) {
      source.load(new SourceOptions(7, 300, 1, false));
    }
    Files.writeString(
        directory.resolve("aou-sync.conf"),
        Snippet.of(org.url(), org.credentials(), org.accountId())
            + "source { jdbc-url = \"%s\", user = sa, password = \"\" }%n".formatted(sourceUrl));
  }

  @AfterEach
  void close() {
    org.close();
  }

  private void signalAtFirstWrite(LoggedRequest request) {
    if (request.path().contains("/composite/sobjects")) {
      OtherProcess process = toStop.getAndSet(null);
      if (process != null) {
        process.signal(signal.get());
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"INT, 130", "TERM, 143"})
  void signal_endsTheRunAfterTheCallUnderWay_andTheNextGoesOnAtOnce(String name, int exitCode)
      throws IOException, InterruptedException {
    signal.set(name);
    try (OtherProcess init = OtherProcess.start(directory, "init", "init")) {
      assertThat(init.exitCode()).as(init.err()).isZero();
    }
    try (OtherProcess stopped =
        OtherProcess.start(directory, "stopped", "sync", "--initial-load")) {
      toStop.set(stopped);
      assertThat(stopped.exitCode()).as(stopped.err()).isEqualTo(exitCode);
      assertThat(stopped.err()).contains("stopping after the call under way", "stopped as asked");
      assertThat(stopped.out())
          .contains("Run 1 (sync): suspended", "run aou-sync sync: it goes on with this run");
    }
    try (OtherProcess status = OtherProcess.start(directory, "status", "status", "--json")) {
      assertThat(status.exitCode()).as(status.err()).isZero();
      JsonNode attempt = new ObjectMapper().readTree(status.out()).at("/attempts/0");
      assertThat(attempt.path("exitCode").asInt()).isEqualTo(exitCode);
    }
    long contacts = org.records("Contact").count();
    assertThat(contacts).isPositive();
    try (OtherProcess next = OtherProcess.start(directory, "next", "sync")) {
      assertThat(next.exitCode()).as(next.err()).isZero();
      assertThat(next.out()).contains("Run 1 (sync): done", "Every row is accounted for");
      assertThat(next.err()).doesNotContain("waiting until its last call");
    }
    assertThat(org.records("Contact").count()).isGreaterThan(contacts).isLessThan(300);
  }
}
