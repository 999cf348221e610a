package edu.cumc.aou.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import edu.cumc.aou.cli.Site.Result;
import edu.cumc.aou.cli.demo.VirtualTime;
import edu.cumc.aou.cli.runtime.World;
import edu.cumc.aou.sync.model.FailureKind;
import edu.cumc.aou.sync.model.SyncException;
import edu.cumc.aou.sync.port.Pause;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoEndToEndTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path directory;

  @Test
  void demo_livesItsDaysAndChecksItself() {
    Result result = run("demo", "--participants", "60", "--days", "2");

    assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
    assertThat(result.out())
        .contains("Day 1, 2026-01-05", "Day 2, 2026-01-06", "Sending Contacts")
        .contains("every Contact has exactly one journey", "another sync has nothing to send")
        .contains("What to try next", "aou-sync simulator --dir demo")
        .doesNotContain("NO   ");
    assertThat(result.err()).isEmpty();
  }

  @Test
  void sameSeed_sameEnd() throws IOException {
    JsonNode first = document("--seed", "3");
    JsonNode again = document("--seed", "3");
    JsonNode other = document("--seed", "4");

    assertThat(again.at("/fingerprints")).isEqualTo(first.at("/fingerprints"));
    assertThat(other.at("/fingerprints/source")).isNotEqualTo(first.at("/fingerprints/source"));
    assertThat(other.at("/fingerprints/org")).isNotEqualTo(first.at("/fingerprints/org"));
    assertThat(other.at("/fingerprints/store")).isNotEqualTo(first.at("/fingerprints/store"));
    for (int day = 0; day < 2; day++) {
      assertThat(again.at("/days/" + day + "/report/contacts"))
          .isEqualTo(first.at("/days/" + day + "/report/contacts"));
      assertThat(again.at("/days/" + day + "/apiCalls"))
          .isEqualTo(first.at("/days/" + day + "/apiCalls"));
    }
  }

  @Test
  void directoryOfSomebodyElse_isLeftAlone() throws IOException {
    Path mine = Files.createDirectory(directory.resolve("demo"));
    Files.writeString(mine.resolve("thesis.txt"), "four years of work");

    Result result = run("demo");

    assertThat(result.exitCode()).isEqualTo(3);
    assertThat(result.err()).contains("--dir", "Nothing was changed");
    assertThat(mine.resolve("thesis.txt")).hasContent("four years of work");
    assertThat(mine.toFile().list()).containsExactly("thesis.txt");
  }

  @Test
  void whatTheDemoLeft_canBeGoneOnWithByHand() throws IOException {
    run("demo", "--participants", "40", "--days", "1");
    String url = "jdbc:h2:file:" + directory.resolve("demo").toAbsolutePath().resolve("dm_aou");
    assertThat(run("generate", "--jdbc-url", url, "--participants", "40", "--day", "30").exitCode())
        .isZero();

    // the simulator serves while the commands are run against it, all in the same virtual time
    VirtualTime time = new VirtualTime(Instant.parse("2026-02-03T11:00:00Z"));
    int port = freePort();
    Map<String, String> environment =
        Map.of("AOU_SALESFORCE_LOGIN_URL", "http://localhost:" + port);
    Result[] results = new Result[2];
    World hands = world(environment, time, time, () -> {});
    World serving =
        world(
            environment,
            time,
            time,
            () -> {
              results[0] = Site.run(hands, "status", "--config", "demo/aou-sync.conf");
              results[1] = Site.run(hands, "sync", "--config", "demo/aou-sync.conf");
            });
    Result served = Site.run(serving, "simulator", "--dir", "demo", "--port", "" + port);

    assertThat(served.exitCode()).isZero();
    assertThat(served.out()).contains("login-url", "account-id");
    assertThat(results[0].out()).contains("sync", "done");
    assertThat(results[1].exitCode()).as(results[1].err() + results[1].out()).isZero();
    assertThat(results[1].out()).contains("updated");
  }

  private JsonNode document(String... more) throws IOException {
    String[] args = {"demo", "--participants", "40", "--days", "2", "--json", more[0], more[1]};
    Result result = run(args);
    assertThat(result.exitCode()).as(result.err()).isZero();
    return JSON.readTree(result.out());
  }

  private Result run(String... args) {
    Pause none =
        duration -> {
          throw new SyncException(FailureKind.BUG, "the demo must not wait");
        };
    return Site.run(world(Map.of(), Clock.systemUTC(), none, () -> {}), args);
  }

  private World world(
      Map<String, String> environment, Clock clock, Pause pause, Runnable untilStopped) {
    return new World(
        environment, directory, clock, pause, false, untilStopped, UnaryOperator.identity());
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
