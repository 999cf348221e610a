package edu.cumc.aou.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import edu.cumc.aou.cli.Site.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanFileEndToEndTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path directory;
  private Site site;
  private Path file;

  @BeforeEach
  void open() {
    site = new Site(directory, 60);
    file = directory.resolve("plan.json");
    assertThat(site.run("init").exitCode()).isZero();
  }

  @AfterEach
  void close() {
    site.close();
  }

  @Test
  void planFile_saysWhatItIsForAndNamesNobody() throws IOException {
    Result result = site.run("plan", "--initial-load", "--out", "plan.json");

    assertThat(result.exitCode()).isZero();
    assertThat(result.out()).contains("plan.json");
    JsonNode plan = JSON.readTree(file.toFile());
    assertThat(plan.at("/run").asLong()).isOne();
    assertThat(plan.at("/orgId").asText()).isEqualTo(site.org.credentials().organizationId());
    assertThat(plan.at("/digest").asText()).matches("[0-9a-f]{64}");
    assertThat(plan.at("/expiresAt").asText()).isEqualTo("2026-01-06T11:00:00Z");
    assertThat(plan.at("/changes").size())
        .isEqualTo(plan.at("/counts/0/count").asInt() + plan.at("/counts/1/count").asInt());
    assertThat(plan.at("/changes/0/fields")).anyMatch(f -> f.asText().equals("LastName"));
    assertThat(Files.readString(file)).doesNotContainPattern("P[0-9]{8}").doesNotContain("@");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void showValues_namesThem() throws IOException {
    Result text = site.run("plan", "--initial-load", "--show-values");
    assertThat(text.out()).containsPattern("contact insert P[0-9]{8}").contains("LastName: ");

    site.run("plan", "--initial-load", "--show-values", "--out", "plan.json");
    JsonNode change = JSON.readTree(file.toFile()).at("/changes/0");
    assertThat(change.at("/pmiId").asText()).matches("P[0-9]+");
    assertThat(change.at("/fields/LastName/to").asText()).isNotEmpty();
  }

  @Test
  void approvedPlan_isCarriedOut() throws IOException {
    site.run("plan", "--initial-load", "--out", "plan.json");

    Result result = site.run("sync", "--plan", "plan.json", "--initial-load", "--json");

    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(JSON.readTree(result.out()).at("/contacts/inserted").asLong()).isPositive();
  }

  @Test
  void planThatAGuardFoundTooLarge_isCarriedOutOnceApproved() throws IOException {
    site.configure("guards.max-inserts { number = 1, share = 0% }");
    Result guarded = site.run("plan", "--out", "plan.json");
    assertThat(guarded.exitCode()).isEqualTo(6);
    assertThat(guarded.out()).contains("guards.max-inserts: ", "The plan is in plan.json.");

    JsonNode report = JSON.readTree(site.run("sync", "--plan", "plan.json", "--json").out());

    assertThat(report.at("/state").asText()).isEqualTo("done");
    assertThat(report.at("/contacts/inserted").asInt())
        .isEqualTo(JSON.readTree(file.toFile()).at("/counts/0/count").asInt())
        .isPositive();
  }

  @Test
  void runThatTheSourceStopped_leavesNoPlanToApprove() {
    site.configure("guards.min-contacts = 1000");

    Result guarded = site.run("plan", "--out", "plan.json");

    assertThat(guarded.exitCode()).isEqualTo(6);
    assertThat(guarded.out()).contains("guards.min-contacts: ", "plan.json was not written");
    assertThat(file).doesNotExist();
  }

  @Test
  void whatChangedSinceThePlan_isLeftAloneAndTheRestIsSent() throws IOException {
    site.run("sync", "--initial-load");
    site.day(12);
    site.run("plan", "--show-values", "--out", "plan.json");
    JsonNode update = firstContactUpdate();
    site.time.forDuration(Duration.ofMinutes(5));
    site.org.edit(update.at("/contactId").asText(), Map.of("Phone", "212-555-0100"));

    Result result = site.run("sync", "--plan", "plan.json", "--json");

    JsonNode report = JSON.readTree(result.out());
    assertThat(result.exitCode()).isEqualTo(5);
    assertThat(report.at("/errors/0/code").asText()).isEqualTo("not-as-approved");
    assertThat(report.at("/contacts/failed").asLong()).isOne();
    assertThat(report.at("/journeys/updated").asLong()).isPositive();
  }

  @Test
  void plan_thatIsAlteredForeignOrExpiredIsRefused() throws IOException {
    site.run("plan", "--initial-load", "--out", "plan.json");
    String plan = Files.readString(file);
    String digest = JSON.readTree(plan).at("/digest").asText();

    Files.writeString(file, plan.replace(digest, "0".repeat(64)));
    assertRefused("do not hold the same changes");
    Files.writeString(file, plan.replace("\"run\" : 1,", "\"run\" : 77,"));
    assertRefused("no plan 77");
    Files.writeString(file, plan.replaceAll("\"version\" : \"[^\"]*\"", "\"version\" : \"9.9\""));
    assertRefused("another version");
    Files.writeString(file, "{");
    assertRefused("damaged");
    Files.writeString(file, "[]");
    assertRefused("no plan");
    Files.delete(file);
    assertRefused("no file of that name");

    Files.writeString(file, plan);
    site.time.forDuration(Duration.ofHours(25));
    assertRefused("older than 24 hours");
    assertThat(site.org.records("Contact").filter(c -> c.containsKey("HP_PMI_ID__c"))).isEmpty();
  }

  private void assertRefused(String why) {
    Result result = site.run("sync", "--plan", "plan.json", "--initial-load");
    assertThat(result.exitCode()).isEqualTo(3);
    assertThat(result.err())
        .contains(why, "make a new plan")
        .containsPattern("(--plan|the plan file): ");
  }

  private JsonNode firstContactUpdate() throws IOException {
    for (JsonNode change : JSON.readTree(file.toFile()).at("/changes")) {
      boolean update = change.at("/action").asText().equals("update");
      if (update
          && change.at("/object").asText().equals("contact")
          && change.has("contactId")
          && change.at("/fields").has("Phone")) {
        return change;
      }
    }
    throw new AssertionError("the day brings no new phone number: choose another day");
  }
}
