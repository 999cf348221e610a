package edu.cumc.aou.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import edu.cumc.aou.cli.Site.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A site's own commands before and after a run. */
class HooksEndToEndTest {

  @TempDir private Path directory;
  private Site site;
  private Path log;

  @BeforeEach
  void open() {
    assumeThat(Path.of("/bin/sh")).as("the hooks of these tests are shell commands").isExecutable();
    site = new Site(directory, 5);
    log = directory.resolve("hooks.txt");
    site.run("init");
  }

  @AfterEach
  void close() {
    if (site != null) {
      site.close();
    }
  }

  private String script(String name, String text) throws IOException {
    Path script = directory.resolve(name);
    Files.writeString(script, "#!/bin/sh\n" + text + "\n");
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    return script.toString();
  }

  private void hooks(String before, String after) throws IOException {
    site.configure(
        "hooks { before-run { run = [\"%s\"] }, after-run { run = [\"%s\", \"done\"] } }"
            .formatted(
                script("before.sh", before.replace("LOG", log.toString())),
                script("after.sh", after.replace("LOG", log.toString()))));
  }

  private long written() {
    return site.org.records("Contact").filter(c -> c.containsKey("HP_PMI_ID__c")).count();
  }

  @Test
  void bothAreRun_knowTheRun_andNoSecret() throws IOException {
    site.environment.put("AOU_SOURCE_PASSWORD", "");
    hooks(
        "echo \"before $AOU_MODE $AOU_RUN $(env | grep -c '^AOU_')\" >> LOG",
        "echo \"after $1 $AOU_MODE $AOU_RUN $AOU_EXIT_CODE $(env | grep -c '^AOU_')\" >> LOG");

    assertThat(site.run("sync", "--initial-load").exitCode()).isZero();

    assertThat(Files.readAllLines(log)).containsExactly("before sync 1 2", "after done sync 1 0 3");
    assertThat(written()).isEqualTo(5);
  }

  @Test
  void exitCodeOfTheFirst_stopsTheRun_beforeItWrites() throws IOException {
    hooks("exit 3", "echo after $AOU_EXIT_CODE >> LOG");

    Result guarded = site.run("sync", "--initial-load");

    assertThat(guarded.exitCode()).isEqualTo(6);
    assertThat(guarded.out()).contains("hooks.before-run: the command ended with exit code 3");
    assertThat(written()).isZero();
    assertThat(Files.readAllLines(log)).containsExactly("after 6");
    hooks("true", "true");
    assertThat(site.run("sync", "--initial-load").exitCode()).isZero();
    assertThat(written()).isEqualTo(5);
  }

  @Test
  void exitCode75_asksForALaterAttempt() throws IOException {
    hooks("exit 75", "echo after $AOU_EXIT_CODE >> LOG");

    Result later = site.run("sync", "--initial-load");

    assertThat(later.exitCode()).isEqualTo(4);
    assertThat(later.err()).contains("hooks.before-run").contains("try again later");
    assertThat(Files.readAllLines(log)).containsExactly("after 4");
    assertThat(written()).isZero();
  }

  @Test
  void oneThatHangs_orCannotBeStarted_stopsTheRunToo() throws IOException {
    site.configure("hooks.before-run { run = [\"/bin/sleep\", \"600\"], timeout = 200ms }");
    Result hung = site.run("sync", "--initial-load");
    assertThat(hung.exitCode()).isEqualTo(6);
    assertThat(hung.out()).contains("did not end within");

    site.configure("hooks.before-run { run = [\"/nowhere/ready\"] }");
    Result none = site.run("sync", "--initial-load");
    assertThat(none.exitCode()).isEqualTo(6);
    assertThat(none.out()).contains("cannot be started");
    assertThat(written()).isZero();
  }

  @Test
  void failureOfTheSecond_needsSomebody_andIsStillKnownLater() throws IOException {
    hooks("true", "exit 9");

    Result done = site.run("sync", "--initial-load");

    assertThat(done.exitCode()).isEqualTo(5);
    assertThat(done.out()).contains("After the run, hooks.after-run: the command ended with exit");
    assertThat(written()).isEqualTo(5);
    assertThat(site.run("status", "1").out()).contains("hooks.after-run");
  }

  @Test
  void settingsThatMakeNoSense_areTold() {
    site.configure("hooks { before-run { timeout = 2h }, after-runs { run = [x] } }");
    Result wrong = site.run("sync");
    assertThat(wrong.exitCode()).isEqualTo(3);
    assertThat(wrong.err())
        .contains("hooks.before-run.run: expected the program")
        .contains("hooks.before-run.timeout: expected")
        .contains("hooks.after-runs: unknown setting (did you mean after-run?)");
  }

  @Test
  void commandAsOneText_isOneProblem() {
    for (String section : new String[] {"hooks.before-run", "notify.command"}) {
      site.configure(section + " { run = \"sh -c true\" }");

      Result wrong = site.run("check", "--config-only");

      assertThat(wrong.exitCode()).as(section).isEqualTo(3);
      assertThat(wrong.err())
          .contains(section + ".run: expected a list of texts in square brackets")
          .doesNotContain("problems");
    }
  }
}
