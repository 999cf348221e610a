package edu.cumc.aou.simulator.salesforce;

import static org.assertj.core.api.Assertions.assertThat;

import edu.cumc.aou.simulator.salesforce.fault.Fault;
import edu.cumc.aou.simulator.salesforce.login.Credentials;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A client that we have not written, jsforce, works with the simulator as it is published. */
@Timeout(300)
class JsforceAcceptanceTest {
  private static final Pattern PASSED = Pattern.compile("(?m)^# pass (\\d+)$");
  private static final Pattern FAILED = Pattern.compile("(?m)^# fail (\\d+)$");
  private static final Pattern TEST = Pattern.compile("(?m)^test\\(");

  @RegisterExtension static final ClientMatrix MATRIX = ClientMatrix.of("jsforce");

  private static Node node;

  @BeforeAll
  static void installJsforce() throws IOException {
    node = Node.withPackagesOf("jsforce", Path.of("src/test/js"), Path.of("target/jsforce"));
  }

  @Test
  void restApi_isAcceptedByJsforce() throws IOException {
    try (SalesforceSimulator org = MATRIX.simulator().pageSize(200).start()) {
      for (int i = 0; i < 450; i++) {
        org.create("Contact", Map.of("LastName", "Page" + i, "AccountId", org.accountId()));
      }
      org.faults().on("GET", ".+/limits", 3, Fault.expiredSession());
      org.faults().on("GET", ".+/sobjects", 1, Fault.unavailable(Duration.ofSeconds(1)));
      org.faults().on("GET", ".+/sobjects", 2, Fault.html(420));

      assertPasses(org, "rest.test.mjs");

      assertThat(org.records("Contact")).hasSize(450);
      assertThat(org.recordsAndDeleted("Contact")).hasSize(450 + 2 + 251);
    }
  }

  @Test
  void bulkApi_isAcceptedByJsforce() throws IOException {
    try (SalesforceSimulator org = MATRIX.simulator().start()) {
      assertPasses(org, "bulk.test.mjs");

      assertThat(org.records("Contact")).hasSize(1_200 - 1 + 1 - 50);
      assertThat(org.requestCounts())
          .containsKey("PUT /services/data/{version}/jobs/ingest/{id}/batches");
    }
  }

  @Test
  void sampleOfTheManual_prints_whatItCreated() throws IOException {
    String page = Files.readString(Path.of("../docs/simulator.md"));
    Matcher sample = Pattern.compile("(?ms)^```js\\n(.*?)^```$").matcher(page);
    assertThat(sample.find()).isTrue();
    try (SalesforceSimulator org = MATRIX.simulator().start()) {
      String script = sample.group(1).replace("http://127.0.0.1:8765", org.url());

      Node.Outcome outcome = node.run("sample.mjs", script);

      assertThat(outcome.exitCode()).as(outcome.output()).isZero();
      // jsforce warns of the retirement of the SOAP login before
      assertThat(outcome.output()).endsWith("1 Muster\n");
    }
  }

  private static void assertPasses(SalesforceSimulator org, String script) throws IOException {
    Credentials credentials = org.credentials();
    Node.Outcome outcome =
        node.test(
            script,
            Map.of(
                "SIMULATOR_URL", org.url(),
                "SIMULATOR_USERNAME", credentials.username(),
                "SIMULATOR_PASSWORD", credentials.password() + credentials.securityToken(),
                "SIMULATOR_ORGANIZATION_ID", credentials.organizationId(),
                "SIMULATOR_CLIENT_ID", credentials.clientId(),
                "SIMULATOR_CLIENT_SECRET", credentials.clientSecret()));

    assertThat(outcome.exitCode()).as(outcome.output()).isZero();
    assertThat(number(FAILED, outcome.output())).isZero();
    // a script that stopped early, or ran nothing, has not passed
    assertThat(number(PASSED, outcome.output())).isEqualTo(testsIn(script));
  }

  private static int number(Pattern pattern, String output) {
    Matcher matcher = pattern.matcher(output);
    assertThat(matcher.find()).as(output).isTrue();
    return Integer.parseInt(matcher.group(1));
  }

  private static int testsIn(String script) throws IOException {
    String text = Files.readString(Path.of("src/test/js", script), StandardCharsets.UTF_8);
    return Math.toIntExact(Stream.of(text).flatMap(t -> TEST.matcher(t).results()).count());
  }
}
