package edu.cumc.aou.simulator.salesforce;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Salesforce's own command line, sf, works with the simulator as it is published. */
@Timeout(300)
@Tag("slow")
class SfCliAcceptanceTest {
  private static final int OLDEST_NODE = 22;

  @RegisterExtension static final ClientMatrix MATRIX = ClientMatrix.of("official CLI");

  private static Node node;

  @TempDir static Path folder;

  private static AppKeys keys;

  private final SalesforceSimulator org =
      MATRIX.simulator().certificate(keys.certificate()).start();

  @BeforeAll
  static void installTheCli() throws IOException {
    node =
        Node.withPackagesOf("the official CLI", Path.of("src/test/sf"), Path.of("target/sf-cli"));
    keys = AppKeys.make(folder, "RSA");
  }

  @AfterEach
  void close() {
    org.close();
  }

  @Test
  void jwtLogin_thenImportUpsertQueryAndExport() throws IOException {
    JsonNode login =
        sf(
            "org login jwt --alias jwt --client-id %s --username %s --jwt-key-file %s --instance-url %s"
                .formatted(
                    org.credentials().clientId(), org.credentials().username(), pem(), org.url()));
    assertThat(login.path("orgId").asText()).isEqualTo(org.credentials().organizationId());

    Path rows = file("rows.csv", "LastName,HP_PMI_ID__c\nMuster,P000000001\nMeyer,P000000002\n");
    JsonNode imported =
        sf("data import bulk --target-org jwt --sobject Contact --wait 1 --file " + rows);
    assertThat(imported.path("successfulRecords").asInt()).isEqualTo(2);

    Path more = file("more.csv", "LastName,HP_PMI_ID__c\nMaster,P000000001\nMoor,P000000003\n");
    JsonNode upserted =
        sf(
            "data upsert bulk --target-org jwt --sobject Contact --external-id HP_PMI_ID__c --wait 1 --file "
                + more);
    assertThat(upserted.path("jobInfo").path("numberRecordsProcessed").asInt()).isEqualTo(2);
    assertThat(upserted.path("records").path("successfulResults"))
        .extracting(row -> row.path("sf__Created").asText())
        .containsExactlyInAnyOrder("true", "false");

    String id =
        sf("data create record --target-org jwt --sobject Contact --values LastName=Single")
            .path("id")
            .asText();
    sf("data update record --target-org jwt --sobject Contact --values Title=x --record-id " + id);
    sf("data delete record --target-org jwt --sobject Contact --record-id " + id);
    assertThat(
            sf(
                    "data query --target-org jwt --all-rows --query",
                    "SELECT Id, IsDeleted FROM Contact")
                .path("totalSize")
                .asInt())
        .isEqualTo(4);
    assertThat(sf("org list limits --target-org jwt"))
        .extracting(limit -> limit.path("name").asText())
        .contains("DailyApiRequests");
    Path rowsOut = folder.resolve("out.csv");
    sf(
        "data export bulk --target-org jwt --wait 1 --output-file " + rowsOut + " --query",
        "SELECT LastName FROM Contact");
    assertThat(Files.readAllLines(rowsOut)).hasSize(4);

    Path tree =
        file(
            "tree.json",
            """
            {"records":[{"attributes":{"type":"Account","referenceId":"A1"},"Name":"Another",
              "Contacts":{"records":[{"attributes":{"type":"Contact","referenceId":"C1"},
                "LastName":"Child"}]}}]}
            """);
    assertThat(sf("data import tree --target-org jwt --files " + tree)).hasSize(2);

    JsonNode found =
        sf("data query --target-org jwt --query", "SELECT LastName, Account.Name FROM Contact");
    assertThat(found.path("records"))
        .extracting(row -> row.path("LastName").asText())
        .containsExactlyInAnyOrder("Master", "Meyer", "Moor", "Child");

    Path exported = folder.resolve("exported");
    sf(
        "data export tree --target-org jwt --output-dir " + exported + " --query",
        "SELECT Name, (SELECT LastName FROM Contacts) FROM Account WHERE Name = 'Another'");
    try (Stream<Path> files = Files.list(exported)) {
      JsonNode record =
          new ObjectMapper().readTree(files.findFirst().orElseThrow().toFile()).at("/records/0");
      assertThat(record.at("/Contacts/records/0/LastName").asText()).isEqualTo("Child");
    }
  }

  @Test
  void tokenLogin_thenQueryAsATable() throws IOException {
    String token = Caller.loggedIn(org).token();
    org.create("Contact", Map.of("LastName", "Muster", "AccountId", org.accountId()));

    JsonNode login =
        run(
            Map.of("SF_ACCESS_TOKEN", token),
            List.of(
                "org",
                "login",
                "access-token",
                "--alias",
                "token",
                "--no-prompt",
                "--json",
                "--instance-url",
                org.url()));
    assertThat(login.at("/result/username").asText()).isEqualTo(org.credentials().username());

    Node.Outcome table =
        process(
            Map.of(),
            List.of(
                "data",
                "query",
                "--target-org",
                "token",
                "--result-format",
                "csv",
                "--query",
                "SELECT LastName, Account.Name FROM Contact"));

    assertThat(table.output()).isEqualTo("LastName,Account.Name\nMuster,All of Us Participants\n");
  }

  /** The result of a command; words without blanks come first, a last one may have them. */
  private static JsonNode sf(String words, String... last) throws IOException {
    List<String> command = new ArrayList<>(List.of(words.split(" ")));
    command.addAll(Arrays.asList(last));
    command.add("--json");
    return run(Map.of(), command).path("result");
  }

  private static JsonNode run(Map<String, String> environment, List<String> words)
      throws IOException {
    Node.Outcome outcome = process(environment, words);
    assertThat(outcome.exitCode()).as(outcome.output()).isZero();
    return new ObjectMapper().readTree(outcome.output());
  }

  private static Node.Outcome process(Map<String, String> environment, List<String> words)
      throws IOException {
    Map<String, String> all = new HashMap<>(environment);
    all.put("HOME", folder.toString());
    all.put("USERPROFILE", folder.toString());
    all.put("SF_USE_GENERIC_UNIX_KEYCHAIN", "true");
    // nothing but the simulator is to be asked
    all.put("SF_DISABLE_TELEMETRY", "true");
    all.put("SF_AUTOUPDATE_DISABLE", "true");
    all.put("SF_SKIP_NEW_VERSION_CHECK", "true");
    List<String> command = new ArrayList<>();
    command.add(node.runtime(OLDEST_NODE));
    command.add("node_modules/@salesforce/cli/bin/run.js");
    command.addAll(words);
    return node.command(all, command.toArray(String[]::new));
  }

  private static Path file(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content);
  }

  private static Path pem() throws IOException {
    return file(
        "key.pem",
        "-----BEGIN PRIVATE KEY-----\n"
            + Base64.getMimeEncoder(64, new byte[] {'\n'})
                .encodeToString(keys.privateKey().getEncoded())
            + "\n-----END PRIVATE KEY-----\n");
  }
}
