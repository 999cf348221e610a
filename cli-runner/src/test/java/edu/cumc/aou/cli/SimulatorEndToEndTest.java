package edu.cumc.aou.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import edu.cumc.aou.cli.Site.Result;
import edu.cumc.aou.cli.demo.VirtualTime;
import edu.cumc.aou.cli.runtime.World;
import edu.cumc.aou.simulator.source.SourceSimulator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The simulator used by hand: one command serves it, others call it. */
class SimulatorEndToEndTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern INSERTED = Pattern.compile("(?m)^\\s*inserted\\s.*$");

  @TempDir Path directory;
  private final VirtualTime time = new VirtualTime(Instant.parse("2026-01-05T11:00:00Z"));
  private final int port = freePort();

  static int freePort() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private World world(Runnable untilStopped) {
    return new World(
        Map.of(), directory, time, time, false, untilStopped, UnaryOperator.identity());
  }

  private Result run(String... args) {
    return Site.run(world(() -> {}), args);
  }

  /** Serves while the hands are busy. */
  private Result serve(Runnable hands, String... options) {
    String[] args = new String[options.length + 5];
    System.arraycopy(
        new String[] {"simulator", "--port", "" + port, "--dir", "org"}, 0, args, 0, 5);
    System.arraycopy(options, 0, args, 5, options.length);
    return Site.run(world(hands), args);
  }

  private Result ok(String... args) {
    Result result = run(args);
    assertThat(result.exitCode()).as(result.err() + result.out()).isZero();
    return result;
  }

  private void day(int day) {
    time.advanceTo(Instant.parse("2026-01-05T11:00:00Z").plus(Duration.ofDays(day - 1L)));
    String url = SourceSimulator.h2Url(directory);
    ok("generate", "--jdbc-url", url, "--participants", "40", "--day", "" + day);
  }

  private String get(String path) {
    try {
      HttpResponse<String> response =
          HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(),
                  HttpResponse.BodyHandlers.ofString());
      assertThat(response.statusCode()).isEqualTo(200);
      return response.body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Takes what the simulator prints as the configuration, as its reader would. */
  private void configure(String printed) {
    String source = SourceSimulator.h2Url(directory);
    try {
      Files.writeString(
          directory.resolve("aou-sync.conf"),
          printed + "\nsource { jdbc-url = \"" + source + "\", user = sa, password = \"\" }\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String inserted(Result sync) {
    Matcher matcher = INSERTED.matcher(sync.out());
    return matcher.find() ? matcher.group() : "";
  }

  @Test
  void twoDays_inTwoLivesOfTheSimulator_followEachOther() {
    configure(serve(() -> {}).out());
    day(1);

    Result[] first = new Result[3];
    serve(
        () -> {
          ok("init");
          first[0] = ok("plan", "--initial-load");
          first[1] = ok("sync", "--initial-load");
          first[2] = ok("plan");
        });
    assertThat(inserted(first[1])).isNotEmpty();
    assertThat(first[2].out()).contains("Nothing to send");

    day(9);
    Result[] second = new Result[3];
    Result served =
        serve(
            () -> {
              second[0] = ok("sync");
              second[1] = ok("plan");
              second[2] = ok("status");
            });

    assertThat(second[0].out()).contains("updated");
    assertThat(second[1].out()).contains("Nothing to send");
    assertThat(second[2].out().lines().filter(line -> line.contains("sync"))).hasSize(2);
    assertThat(served.err())
        .contains("API calls; all requests by kind:")
        .contains("GET /services/data/{version}/query");
  }

  @Test
  void faultsAndLog_areSeenOnStderrAndOnThePage() throws IOException {
    configure(serve(() -> {}).out());
    day(1);
    Files.writeString(
        directory.resolve("faults.conf"),
        """
        faults = [
          "reset-after on PATCH /composite/sobjects/** nth=1"
          { fault = unavailable, on = "GET /query/**", every = 3, retry-after = 2s }
        ]
        """);

    String[] pages = new String[2];
    Result[] sync = new Result[1];
    Result served =
        serve(
            () -> {
              ok("init");
              sync[0] = ok("sync", "--initial-load");
              pages[0] = get("/simulator/counters");
              pages[1] = get("/simulator");
            },
            "--fault",
            "expired-session on GET /sobjects/*/describe nth=1",
            "--faults",
            "faults.conf",
            "--log");

    assertThat(inserted(sync[0])).isNotEmpty();
    JsonNode faults = JSON.readTree(pages[0]).path("faults");
    assertThat(faults).hasSize(3);
    assertThat(faults.get(0).path("struck").asInt()).isEqualTo(1);
    assertThat(faults.get(1).path("struck").asInt()).isEqualTo(1);
    assertThat(faults.get(2).path("struck").asInt()).isPositive();
    assertThat(pages[1]).contains("<h1>Salesforce simulator</h1>");
    assertThat(served.errLines())
        .anyMatch(line -> line.matches("#\\d+ 2026-01-0\\S+ GET /services/data/\\S+ 401 .*session"))
        .anyMatch(line -> line.endsWith("503 fault=unavailable"))
        .anyMatch(line -> line.matches("\\s+1  of \\d+ +expired-session on GET .*"));
    assertThat(served.err()).doesNotContainPattern("P[0-9]{9}").doesNotContain("00D0", "SELECT");
  }

  @Test
  void certificateOfTls_isTrustedByTheConfigurationThatIsPrinted() {
    String printed = serve(() -> {}, "--tls").out();
    configure(printed);
    day(1);

    Result[] results = new Result[1];
    serve(
        () -> {
          ok("init");
          results[0] = ok("plan", "--initial-load");
        },
        "--tls");

    assertThat(printed)
        .contains("login-url = \"https://127.0.0.1:" + port)
        .containsPattern("certificate +.*simulator-certificate.pem")
        .contains("client id       invented-client-id");
    assertThat(results[0].out()).contains("insert");
  }

  @Test
  void valuesOfRequests_areShownToThoseWhoAskForThem() {
    String[] pages = new String[2];
    serve(
        () -> {
          get("/services/data?mine=1");
          pages[0] = get("/simulator/requests");
        },
        "--log-values");
    serve(
        () -> {
          get("/services/data?mine=1");
          pages[1] = get("/simulator/requests");
        });

    assertThat(pages[0]).contains("mine=1");
    assertThat(pages[1]).doesNotContain("mine=1");
  }

  @Test
  void unknownFaults_areUsageErrorsThatListWhatThereIs() {
    Result option = run("simulator", "--port", "0", "--fault", "unavailble on GET /query");

    assertThat(option.exitCode()).isEqualTo(2);
    assertThat(option.err())
        .contains("--fault: There is no fault 'unavailble'; the faults are unavailable, error,");
  }

  @Test
  void faultFilesThatCannotBeUnderstood_sayWhere() throws IOException {
    Path file = directory.resolve("faults.conf");

    assertThat(problem()).contains("--faults: the file cannot be read");
    Files.writeString(file, "fault = x");
    assertThat(problem()).contains("--faults: 'fault' is unknown");
    Files.writeString(file, "");
    assertThat(problem()).contains("--faults: the list is missing: faults = [");
    Files.writeString(file, "faults = 5");
    assertThat(problem()).contains("--faults: the file is not HOCON, or faults is not a list");
    Files.writeString(file, "faults = [\"html\", { on = \"GET /query\" }]");
    assertThat(problem()).contains("--faults: fault 2: A fault has no name");
    Files.writeString(file, "faults = [[]]");
    assertThat(problem()).contains("--faults: fault 1: neither a line");
  }

  private String problem() {
    Result result = run("simulator", "--port", "0", "--faults", "faults.conf");
    assertThat(result.exitCode()).isEqualTo(3);
    return result.err();
  }

  @Test
  void listOfFaults_isATableOrADocument() throws IOException {
    assertThat(run("simulator", "--list-faults").out())
        .contains("FAULT", "reset-after", "retry-after=5s", "on METHOD PATH");
    JsonNode document = JSON.readTree(run("simulator", "--list-faults", "--json").out());
    assertThat(document.path("faults").get(0).path("settings").path("retry-after").asText())
        .isEqualTo("5s");
  }
}
