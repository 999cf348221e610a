package edu.cumc.aou.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Run 1 has sent everything, a guard stopped run 2: what those commands say that name no run. */
class StoppedRunEndToEndTest {

  private static final String STOPPED = "Run 2 was stopped by a guard and sent nothing";

  @TempDir private Path directory;
  private Site site;

  @BeforeEach
  void aRunThatSentAndOneThatWasStopped() {
    site = new Site(directory, 30);
    site.run("init");
    assertThat(site.run("sync", "--initial-load").exitCode()).isZero();
    site.configure("guards.min-contacts = 5000");
    assertThat(site.run("sync").exitCode()).isEqualTo(6);
  }

  @AfterEach
  void close() {
    site.close();
  }

  @Test
  void failures_saysSoAndShowsTheRunBefore() throws Exception {
    assertThat(site.run("failures").out())
        .startsWith(STOPPED)
        .contains("aou-sync failures 2")
        .contains("Run 1");

    JsonNode document = new ObjectMapper().readTree(site.run("failures", "--json").out());
    assertThat(document.at("/run").asLong()).isEqualTo(1);
    assertThat(document.at("/newest/run").asLong()).isEqualTo(2);
    assertThat(document.at("/newest/state").asText()).isEqualTo("guarded");
  }

  @Test
  void failuresOfTheStoppedRun_saysWhichGuardAndWhatToDo() throws Exception {
    assertThat(site.run("failures", "2").out())
        .contains("Stopped by a guard")
        .contains("guards.min-contacts: ")
        .doesNotContain("No record failed");

    JsonNode document = new ObjectMapper().readTree(site.run("failures", "2", "--json").out());
    assertThat(document.at("/guards/0/guard").asText()).isEqualTo("guards.min-contacts");
    assertThat(document.has("newest")).isFalse();
  }

  @Test
  void status_saysSoBelowTheRuns() {
    assertThat(site.run("status").out().strip().lines().reduce((a, b) -> b))
        .hasValueSatisfying(line -> assertThat(line).startsWith(STOPPED));
  }

  @Test
  void report_saysSoOfTheNewestRun() {
    assertThat(site.run("report", "--out", "run.html").out()).contains(STOPPED);
    assertThat(site.run("report", "1", "--out", "run.html").out()).doesNotContain("stopped");
    assertThat(Files.exists(directory.resolve("run.html"))).isTrue();
  }

  @Test
  void retry_saysSoAndTakesTheRunBefore() {
    assertThat(site.run("retry").err()).contains(STOPPED).contains("is 1: its failures count");
  }

  @Test
  void plan_isNoRunThatShouldHaveSent() {
    site.run("plan");

    assertThat(site.run("failures").out()).startsWith(STOPPED);
    assertThat(site.run("status").out()).contains(STOPPED);
  }

  @Test
  void nextSync_endsIt() {
    site.configure("");
    assertThat(site.run("sync").exitCode()).isZero();

    assertThat(site.run("failures").out()).startsWith("Run 3");
    assertThat(site.run("status").out()).doesNotContain("stopped");
  }
}
