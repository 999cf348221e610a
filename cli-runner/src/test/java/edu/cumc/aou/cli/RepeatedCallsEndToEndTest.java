package edu.cumc.aou.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import edu.cumc.aou.simulator.salesforce.fault.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Salesforce made the sync do again is shown wherever the run is. */
class RepeatedCallsEndToEndTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SENTENCE =
      "calls that only did again what had failed before: query 2, write 1";

  @TempDir private Path directory;
  private Site site;

  @BeforeEach
  void open() {
    site = new Site(directory, 30);
    assertThat(site.run("init").exitCode()).isZero();
  }

  @AfterEach
  void close() {
    site.close();
  }

  private JsonNode json(String... args) throws IOException {
    return JSON.readTree(site.run(args).out());
  }

  @Test
  void faultsOfOneRun_areCountedInEveryReportOfIt_andOfNoOther() throws IOException {
    site.org.faults().on("GET", ".+/query", n -> n <= 2, Fault.unavailable(Duration.ofSeconds(1)));
    site.org.faults().on("PATCH", ".+/composite/sobjects.*", 1, Fault.error(503, "X", "busy"));

    JsonNode sync = json("sync", "--initial-load", "--json");

    assertThat(sync.path("exitCode").asInt()).isZero();
    assertThat(sync.path("repeats")).isEqualTo(JSON.readTree("{\"query\": 2, \"write\": 1}"));
    long ofSteps = 0;
    for (JsonNode step : sync.path("steps")) {
      ofSteps += step.path("repeated").asLong();
    }
    assertThat(ofSteps).isEqualTo(3);
    assertThat(site.run("status", "1").out())
        .contains("3 calls of them only did again what had failed before: query 2, write 1.");
    assertThat(json("status", "1", "--json").path("repeats")).isEqualTo(sync.path("repeats"));
    site.run("report", "1", "--out", "run.html");
    assertThat(Files.readString(directory.resolve("run.html"))).contains(SENTENCE, ">Again<");

    site.run("sync");
    assertThat(json("status", "2", "--json").path("repeats")).isEmpty();
    assertThat(site.run("status", "2").out()).doesNotContain("did again");
    site.run("report", "2", "--out", "run.html");
    assertThat(Files.readString(directory.resolve("run.html"))).doesNotContain(SENTENCE, ">Again<");
  }
}
