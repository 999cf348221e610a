package edu.cumc.aou.mornings;

import static org.assertj.core.api.Assertions.assertThat;

import edu.cumc.aou.mornings.life.Crashes;
import edu.cumc.aou.mornings.world.QuickStart;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.h2.tools.Server;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Real processes are killed at random instants: the profile {@code crash}. */
@EnabledIfSystemProperty(
    named = "crash.kills",
    matches = "\\d+",
    disabledReason = "see the profile crash")
class CrashTest {

  @TempDir private Path directory;

  @Test
  void killedAtAnyInstant_endsAsIfNothingHadHappened() throws Exception {
    assertThat(live(Long.getLong("crash.from", 1), Integer.getInteger("crash.kills"), directory))
        .isEmpty();
  }

  /** Lives through seeds until so many processes were killed; gives what was wrong. */
  static List<String> live(long from, int most, Path directory) throws Exception {
    QuickStart start = new QuickStart(directory);
    Server server = Server.createTcpServer("-tcpPort", "0").start();
    List<String> failures = new ArrayList<>();
    int kills = 0;
    int cutOff = 0;
    int sites = 0;
    try {
      String databases = "jdbc:h2:tcp://localhost:" + server.getPort() + "/mem:";
      Crashes.warmUp(databases, start);
      for (long seed = from; kills < most; seed++) {
        Crashes.Outcome outcome = Crashes.live(seed, databases, start);
        kills += outcome.kills();
        cutOff += outcome.cutOff();
        sites += outcome.sites();
        for (String violation : outcome.violations()) {
          failures.add("seed " + seed + ", " + violation);
        }
        // as lines of the file of counts, without their commit
        System.out.printf("crash;%d;%d;%d;%d;0;0;%d%n", from, seed, sites, kills, failures.size());
        System.out.printf("cut;%d;%d;%d;%d;0;0;0%n", from, seed, sites, cutOff);
        outcome.violations().forEach(System.out::println);
      }
    } finally {
      server.stop();
    }
    return failures;
  }
}
