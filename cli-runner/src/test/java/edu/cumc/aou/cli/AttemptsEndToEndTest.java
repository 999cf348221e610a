package edu.cumc.aou.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import edu.cumc.aou.cli.Site.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every attempt leaves a trace: on Monday status tells of the weekend. */
class AttemptsEndToEndTest {

  @TempDir Path directory;
  private Site site;

  @BeforeEach
  void open() {
    site = new Site(directory, 20);
    assertThat(site.run("init").exitCode()).isZero();
  }

  @AfterEach
  void close() {
    site.close();
  }

  @Test
  void wrongPassword_standsInStatus_withItsMessageAndExitCode() throws Exception {
    assertThat(site.run("sync", "--initial-load").exitCode()).isZero();
    site.environment.put("AOU_SALESFORCE_PASSWORD", "not-the-password");
    Result refused = site.run("sync");
    assertThat(refused.exitCode()).isEqualTo(3);

    String status = site.run("status").out();
    assertThat(status).contains("Attempts that came to nothing", "sync, exit 3: Salesforce");
    assertThat(status).doesNotContain("not-the-password");

    JsonNode json = new ObjectMapper().readTree(site.run("status", "--json").out());
    assertThat(json.get("attempts")).hasSize(1);
    assertThat(json.get("attempts").get(0).get("exitCode").asInt()).isEqualTo(3);
    assertThat(json.get("attempts").get(0).get("run").isNull()).isTrue();
    assertThat(json.get("lastGoodSync").asText()).isNotBlank();
  }

  @Test
  void orgDown_standsInStatus_andTheFailedRunSaysItsCause() {
    site.org.close();
    assertThat(site.run("sync").exitCode()).isEqualTo(4);

    assertThat(site.run("status").out()).contains("sync, exit 4: ");
  }

  @Test
  void status_whoseLastGoodSyncIsOld_saysSoFirst_andSoDoesThePage() throws Exception {
    assertThat(site.run("sync", "--initial-load").exitCode()).isZero();
    assertThat(site.run("status").out()).doesNotContain("The last good sync");

    site.time.advanceTo(site.time.instant().plus(Duration.ofDays(3)));

    assertThat(site.run("status").out().lines().findFirst().orElseThrow())
        .startsWith("The last good sync ended 3 days ago");
    assertThat(site.run("report", "--out", "page.html").exitCode()).isZero();
    assertThat(Files.readString(directory.resolve("page.html")))
        .containsSubsequence("<h1>", "The last good sync ended 3 days ago", "<h2>");
  }

  @Test
  void undoThatIsTriedFirst_andRefused_isAnUndo() {
    assertThat(site.run("undo", "999", "--dry-run").exitCode()).isEqualTo(3);

    assertThat(site.run("status").out()).contains("undo, exit 3: ").doesNotContain("plan, exit 3");
  }

  @Test
  void undoOfARunThatIsNotThere_isRefused_beforeARunBegins() {
    assertThat(site.run("sync", "--initial-load").exitCode()).isZero();

    Result refused = site.run("undo", "999");

    assertThat(refused.exitCode()).isEqualTo(3);
    assertThat(refused.err()).contains("there is no run 999");
    assertThat(site.run("status").out()).doesNotContain("undo   ");
    assertThat(site.run("status", "2").exitCode()).isEqualTo(3);
  }
}
