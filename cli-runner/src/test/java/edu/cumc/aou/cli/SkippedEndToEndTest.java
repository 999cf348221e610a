package edu.cumc.aou.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import edu.cumc.aou.cli.Site.Result;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code status RUN --skipped}: who was skipped, and why. */
class SkippedEndToEndTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path directory;
  private Site site;

  @BeforeEach
  void open() {
    site = new Site(directory, 20);
    site.run("init");
    site.source(
        "UPDATE dbo.healthpro SET [Withdrawal Status] = 1 WHERE [PMI ID] IN"
            + " (SELECT TOP 3 [PMI ID] FROM dbo.healthpro ORDER BY [PMI ID])");
  }

  @AfterEach
  void close() {
    site.close();
  }

  private JsonNode json(String... command) throws Exception {
    Result result = site.run(command);
    assertThat(result.exitCode()).as(result.err()).isZero();
    return JSON.readTree(result.out());
  }

  private String load() throws Exception {
    return JSON.readTree(site.run("sync", "--initial-load", "--json").out()).path("run").asText();
  }

  private static List<String> counts(JsonNode skipped, String which) {
    List<String> counts = new ArrayList<>();
    skipped
        .path("reasons")
        .forEach(
            r ->
                counts.add(
                    r.path("object").asText()
                        + "."
                        + r.path("reason").asText()
                        + "="
                        + r.path(which).asInt()));
    return counts;
  }

  @Test
  void reasons_areThoseOfTheReport_andPeopleAreFoundForEach() throws Exception {
    String run = load();
    JsonNode report = json("status", run, "--json");
    List<String> expected = new ArrayList<>();
    report
        .path("skipped")
        .properties()
        .forEach(e -> expected.add(e.getKey() + "=" + e.getValue().asInt()));
    assertThat(expected).isNotEmpty();

    JsonNode plain = json("status", run, "--skipped", "--json");
    assertThat(counts(plain, "count")).containsExactlyInAnyOrderElementsOf(expected);
    assertThat(plain.has("people")).isFalse();

    JsonNode people = json("status", run, "--skipped", "--show-pmi-ids", "--json");

    assertThat(counts(people, "now")).containsExactlyInAnyOrderElementsOf(expected);
    String first = people.at("/people/0/pmiId").asText();
    String reason = people.at("/people/0/reason").asText();
    assertThat(site.run("explain", first).out()).contains("skipped " + reason);
    assertThat(site.run("audit", "list", "--show-pmi-ids").out())
        .contains("status")
        .contains(first);
  }

  @Test
  void text_saysWhatToDo_andHoldsNobodyUnlessAsked() throws Exception {
    String run = load();

    String plain = site.run("status", run, "--skipped").out();

    assertThat(plain).contains("by reason").contains("--show-pmi-ids").doesNotContain("P0");
    assertThat(site.run("status", run, "--skipped", "--show-pmi-ids").out())
        .contains("Who is skipped now (personal data)")
        .containsPattern("P\\d{9}");
  }

  @Test
  void sourceHasMovedOn_isSaid() throws Exception {
    String run = load();
    String someone =
        json("status", run, "--skipped", "--show-pmi-ids", "--json").at("/people/0/pmiId").asText();
    assertThat(site.run("forget", someone, "--yes", "--unseen").exitCode()).isZero();

    Result after = site.run("status", run, "--skipped", "--show-pmi-ids");

    assertThat(after.out())
        .contains("its numbers differ from those of the run")
        .doesNotContain(someone);
  }

  @Test
  void undo_namesWhatTheRunCreated() throws Exception {
    String run = load();
    JsonNode undo = JSON.readTree(site.nextMorning("undo", run, "--dry-run", "--json").out());
    long created = undo.at("/skipped/contact.created-by-the-run").asLong();
    assertThat(created).isPositive();

    JsonNode skipped =
        json("status", undo.path("run").asText(), "--skipped", "--show-pmi-ids", "--json");

    assertThat(counts(skipped, "now")).isEqualTo(counts(skipped, "count"));
  }

  @Test
  void optionsThatDoNotFit_areRefused() {
    assertThat(site.run("status", "--skipped").exitCode()).isEqualTo(2);
    assertThat(site.run("status", "--show-pmi-ids").exitCode()).isEqualTo(2);
    site.configure("privacy.values = none\n");
    assertThat(site.run("status", "1", "--skipped", "--show-pmi-ids").exitCode()).isEqualTo(3);
  }
}
