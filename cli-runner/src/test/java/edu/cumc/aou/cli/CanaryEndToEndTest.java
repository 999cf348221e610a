package edu.cumc.aou.cli;

import static org.assertj.core.api.Assertions.assertThat;

import edu.cumc.aou.cli.Site.Result;
import edu.cumc.aou.cli.runtime.Configuration;
import edu.cumc.aou.runtime.SyncRuntime;
import edu.cumc.aou.sync.model.SyncException;
import edu.cumc.aou.sync.model.SyncRequest;
import edu.cumc.aou.sync.port.SyncListener;
import edu.cumc.aou.sync.testing.Canaries;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/**
 * Personal data and secrets that were planted everywhere come up nowhere: not on stdout, on stderr,
 * in the log at its finest, in plans, or in what exceptions say, whatever goes wrong.
 */
class CanaryEndToEndTest {

  private static final List<String> OF_OTHERS =
      List.of(
          "org.apache.hc.client5.http.wire",
          "org.apache.hc.client5.http.headers",
          "feign.Logger",
          "com.zaxxer.hikari.pool.HikariPool",
          "com.zaxxer.hikari.HikariConfig",
          "org.flywaydb.core.internal.command.DbMigrate",
          "com.microsoft.sqlserver.jdbc.internals.SQLServerStatement",
          "com.microsoft.sqlserver.jdbc.Statement",
          "org.jdbi.sql",
          "h2database");

  @TempDir Path directory;
  private PlantedSite planted;
  private CapturedOutput output;
  private final Map<String, String> told = new LinkedHashMap<>();

  @BeforeEach
  void open() {
    planted = new PlantedSite(directory, 30);
    planted.changeSource();
    output = new CapturedOutput();
    run("init");
  }

  @AfterEach
  void close() {
    output.close();
    planted.close();
  }

  @Test
  void runsOfEverySort_tellNothing() throws IOException {
    run("check", "--json");
    run("plan", "--json");
    run("plan", "--out", "plan.json");
    told.put("the plan's file", Files.readString(directory.resolve("plan.json")));
    Result first = run("sync", "--initial-load", "--json");
    assertThat(planted.site.org.records("Contact").map(c -> c.get("LastName")))
        .as("what is looked for does come through")
        .anyMatch(name -> String.valueOf(name).startsWith(Canaries.MARK));
    assertThat(first.out()).contains("\"refusedFields\"");

    planted.changeOrg();
    planted.changeSource();
    run("plan");
    run("sync", "--strict");
    run("status");
    run("status", "--json");
    run("check");

    assertNoLeak();
  }

  @Test
  void mishapsOfEverySort_tellNothing() {
    run("sync", "--initial-load");
    planted.changeOrg();
    List<String> harmless = new ArrayList<>();
    for (Mishap mishap : Mishap.all()) {
      int before = told.size();
      planted.changeSource();
      mishap.begin().accept(planted);
      Result result = run("sync", "--verbose");
      mishap.end().accept(planted);
      planted.changeSource();
      mishap.begin().accept(planted);
      boolean thrown = runInside(mishap);
      mishap.end().accept(planted);
      planted.site.time.advanceTo(planted.site.time.instant().plusSeconds(3600));
      if (result.exitCode() == 0 && !thrown) {
        harmless.add(mishap.name());
      }
      assertThat(told).hasSizeGreaterThan(before);
    }

    assertThat(harmless)
        .as("mishaps that the sync gets over; the others must have stopped a run")
        .isSubsetOf(
            "unavailable", "session over", "lost answer", "reset", "cut answer", "empty answer");
    assertNoLeak();
  }

  @Test
  void wireLogsOfOthers_areOffAtTheFinestLevel() {
    String leak = planted.canaries.plant("wire");
    LoggerFactory.getLogger("edu.cumc.aou.sync.Probe").trace("ours is heard");
    LoggerFactory.getLogger("org.example.Other").trace("others are heard");
    for (String name : OF_OTHERS) {
      LoggerFactory.getLogger(name).error("{}", leak);
      java.util.logging.Logger.getLogger(name).severe(leak);
    }

    assertThat(output.text()).contains("ours is heard", "others are heard");
    assertNoLeak();
  }

  @Test
  void leak_wouldBeFound() {
    LoggerFactory.getLogger("edu.cumc.aou.sync.Probe").trace(planted.canaries.plant("a leak"));
    told.put("stderr of sync", planted.canaries.plant("another leak"));

    assertThat(leaks())
        .anyMatch(leak -> leak.startsWith("a leak in the log"))
        .anyMatch(leak -> leak.startsWith("another leak in stderr of sync"));
  }

  private Result run(String... args) {
    Result result = planted.site.run(args);
    String command = told.size() + " " + String.join(" ", args);
    told.put("stdout of " + command, result.out());
    told.put("stderr of " + command, result.err());
    return result;
  }

  /** Runs it without the command line's filter, to see what a program that embeds it would read. */
  private boolean runInside(Mishap mishap) {
    Configuration configuration = Configuration.load(null, planted.site.world());
    try (SyncRuntime runtime =
        SyncRuntime.open(
            configuration.forRun(), planted.site.world().outside(), new SyncListener() {})) {
      told.put(
          told.size() + " report after " + mishap,
          runtime.sync().run(SyncRequest.sync("canary")).toString());
      return false;
    } catch (SyncException e) {
      told.put(told.size() + " exception of " + mishap, Canaries.everythingOf(e));
      return true;
    } catch (IllegalStateException e) {
      // the defect that the test made itself
      return true;
    }
  }

  private void assertNoLeak() {
    assertThat(leaks()).isEmpty();
  }

  private List<String> leaks() {
    List<String> leaks = new ArrayList<>(planted.canaries.leaks("the log", output.text()));
    told.forEach((where, text) -> leaks.addAll(planted.canaries.leaks(where, text)));
    return leaks;
  }
}
