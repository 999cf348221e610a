package edu.cumc.aou.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import edu.cumc.aou.cli.Site.Result;
import edu.cumc.aou.cli.runtime.World;
import edu.cumc.aou.simulator.salesforce.fault.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What commands print with {@code --json}, held against the schema of the manual. */
class JsonEndToEndTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Names in the schema that differ from that of the command. */
  private static final Map<String, String> DEFINITIONS = Map.of("report", "reportPage");

  private static final Duration SOON = Duration.ofSeconds(1);

  @TempDir private Path directory;
  private Site site;
  private final Set<String> tried = new TreeSet<>();

  @BeforeEach
  void open() {
    site = new Site(directory, 20, true);
  }

  @AfterEach
  void close() {
    site.close();
  }

  /** The schema, closed: what it does not name may not be there. */
  private static ObjectNode schema() throws IOException {
    Path root = Path.of("").toAbsolutePath();
    while (!Files.exists(root.resolve("CHANGELOG.md"))) {
      root = root.getParent();
    }
    JsonNode schema = JSON.readTree(root.resolve("docs/output.schema.json").toFile());
    close(schema);
    return (ObjectNode) schema;
  }

  private static void close(JsonNode node) {
    if (node instanceof ObjectNode object
        && object.path("type").asText().equals("object")
        && object.path("properties").isObject()) {
      object.put("additionalProperties", false);
    }
    node.forEach(JsonEndToEndTest::close);
  }

  private static List<String> errors(String definition, JsonNode document) throws IOException {
    ObjectNode schema = schema();
    schema.remove("anyOf");
    schema.put("$ref", "#/$defs/" + definition);
    Schema compiled =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(schema);
    return compiled.validate(document).stream().map(Error::toString).toList();
  }

  private JsonNode run(int exitCode, String... args) throws IOException {
    List<String> all = new ArrayList<>(Arrays.asList(args));
    all.add("--json");
    Result result = site.run(all.toArray(String[]::new));
    assertThat(result.exitCode()).as(result.err()).isEqualTo(exitCode);
    JsonNode document = JSON.readTree(result.out());
    tried.add(args[0]);
    String definition =
        document.has("error") ? "error" : DEFINITIONS.getOrDefault(args[0], args[0]);
    assertThat(errors(definition, document)).as(args[0] + ": " + result.out()).isEmpty();
    assertThat(document.path("exitCode").isInt()).isTrue();
    return document;
  }

  private JsonNode agreed(int exitCode, String... args) throws IOException {
    JsonNode document = run(exitCode, args);
    assertThat(document.path("exitCode").asInt()).isEqualTo(exitCode);
    return document;
  }

  @Test
  void everyCommand_printsWhatTheSchemaSays_withItsExitCode() throws IOException {
    site.configure("guards.max-rejected { number = 1000, share = 100% }");
    agreed(3, "status");
    agreed(2, "undo");
    agreed(0, "init");
    agreed(0, "init", "--print");
    agreed(0, "check");
    agreed(5, "plan", "--initial-load");
    agreed(5, "sync", "--initial-load");
    run(0, "status");
    run(0, "status", "2");
    agreed(0, "status", "2", "--skipped");
    agreed(0, "status", "2", "--skipped", "--show-pmi-ids");
    agreed(0, "failures", "--show-pmi-ids");
    agreed(0, "failures", "--show-values");
    agreed(0, "anomalies");
    agreed(0, "anomalies", "--show-ids");
    agreed(3, "anomalies", "--kind", "EXISTED_BEFORE", "--ignore");
    agreed(0, "acknowledge", "--all");
    String someone =
        String.valueOf(site.org.records("Contact").findFirst().orElseThrow().get("HP_PMI_ID__c"));
    agreed(0, "find", someone);
    agreed(0, "explain", someone);
    agreed(0, "release", someone);
    agreed(3, "adopt", someone, "003000000000001AAA");
    agreed(0, "review", "--out", "review.csv");
    agreed(0, "review", "--apply", "review.csv");
    agreed(0, "report", "--out", "run.html");
    agreed(0, "undo", "2", "--dry-run");
    agreed(3, "notify", "--test");
    agreed(0, "plan", "--out", "plan.json");
    agreed(0, "approve", "plan.json", "--why", "looked at");
    agreed(0, "disclosures", someone);
    agreed(0, "audit", "list", "--show-pmi-ids");
    agreed(0, "audit", "verify");
    agreed(0, "purge");
    // a run that has ended is not given up
    agreed(site.run("abandon", "1").exitCode(), "abandon", "1");
    site.day(2);
    run(site.run("retry", someone).exitCode(), "retry", someone);
    agreed(0, "forget", someone, "--yes", "--certificate", "certificate.txt");
    agreed(0, "schema", "export", "--out", "schema.json");
    agreed(0, "simulator", "--list-faults");
    agreed(0, "simulator", "--port", "0");
    agreed(0, "completion");
    agreed(0, "help");
    agreed(0, "help", "sync");
    agreed(0, "version");
    agreed(
        0,
        "generate",
        "--participants",
        "5",
        "--jdbc-url",
        "jdbc:h2:mem:generated;DB_CLOSE_DELAY=-1",
        "--user",
        "sa");
    agreed(0, "demo", "--participants", "10", "--days", "1");

    assertThat(tried)
        .containsAll(
            new CommandLine(new AouSync(World.real(), System.out, System.err))
                .getSubcommands()
                .keySet());
  }

  @Test
  void whoWasTold_standsWhereTheSchemaSays() throws IOException {
    String all = ", on = [done, partial, failed]";
    try (Listener listener = new Listener()) {
      site.configure(
          """
          guards.max-rejected { number = 1000, share = 100%% }
          notify.webhook { url = "%s"%s }
          notify.command { run = ["/nowhere/page"]%s }
          """
              .formatted(listener.url(), all, all));
      agreed(0, "init");

      assertThat(agreed(3, "notify", "--test").at("/told/1/problem").asText()).isNotEmpty();
      assertThat(agreed(5, "sync", "--initial-load").at("/told")).hasSize(2);
      site.org.faults().on("GET", ".+", n -> true, Fault.unavailable(SOON));
      site.day(2);
      JsonNode failed = agreed(4, "sync");
      assertThat(failed.has("error")).isTrue();
      assertThat(failed.at("/told")).hasSize(2);
    }
  }

  @Test
  void abandon_printsWhatTheSchemaSays_ofARunThatCannotGoOn() throws IOException {
    site.configure("guards.max-rejected { number = 1000, share = 100% }\nlease = 20ms");
    agreed(0, "init");
    site.org.faults().on("POST", ".+/composite/.*", n -> true, Fault.unavailable(SOON));
    agreed(4, "sync", "--initial-load");
    site.org.faults().clear();

    JsonNode document = agreed(0, "abandon", "1");

    assertThat(document.path("run").asInt()).isEqualTo(1);
    assertThat(document.path("open").asInt() + document.path("missing").asInt()).isPositive();
    assertThat(agreed(5, "sync", "--initial-load").path("run").asInt()).isEqualTo(2);
  }
}
