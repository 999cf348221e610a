package edu.cumc.aou.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import edu.cumc.aou.cli.Site.Result;
import edu.cumc.aou.simulator.salesforce.org.DuplicateRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A duplicate rule of the org refuses a new Contact, because one is there that is like it. */
class DuplicatesEndToEndTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  private record Newcomer(String pmiId, String last, String email) {}

  @TempDir private Path directory;
  private Site site;
  private List<Newcomer> newcomers;

  @BeforeEach
  void aSiteBeforeItsFirstDay() throws IOException {
    site =
        new Site(
            directory,
            12,
            false,
            org ->
                org.duplicateRule(
                    new DuplicateRule("Contacts_DR", List.of("LastName", "Email"), true)));
    done(site.run("init"));
    done(site.run("plan", "--initial-load", "--out", "plan.json", "--show-values"));
    newcomers = new ArrayList<>();
    for (JsonNode change : JSON.readTree(directory.resolve("plan.json").toFile()).path("changes")) {
      JsonNode values = change.path("fields");
      if (values.has("LastName") && values.has("Email")) {
        newcomers.add(
            new Newcomer(
                change.path("pmiId").asText(),
                values.path("LastName").path("to").asText(),
                values.path("Email").path("to").asText()));
      }
    }
    assertThat(newcomers).hasSizeGreaterThan(2);
  }

  @AfterEach
  void close() {
    site.close();
  }

  private String alike(Newcomer person, Map<String, String> more) {
    Map<String, String> fields = new HashMap<>(more);
    fields.put("LastName", person.last());
    fields.put("Email", person.email());
    return site.org.create("Contact", fields);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "bulk.threshold = 1\n"})
  void contactThatIsLikeTheNewOne_isFoundByReview_andAdopted(String settings) throws IOException {
    site.configure(settings);
    Newcomer person = newcomers.get(1);
    String known = alike(person, Map.of());

    Result first = site.run("sync", "--initial-load");

    assertThat(first.exitCode()).as(first.err()).isEqualTo(5);
    assertThat(first.out()).contains("DUPLICATES_DETECTED");
    assertThat(first.out() + first.err()).doesNotContain(known, known.substring(0, 15));
    assertThat(site.run("failures").out()).doesNotContain(known);
    assertThat(site.run("failures", "--show-pmi-ids").out())
        .contains(person.pmiId() + "  contact  DUPLICATES_DETECTED  like " + known);
    assertThat(site.run("explain", person.pmiId()).out())
        .contains(known)
        .contains("aou-sync adopt " + person.pmiId() + " CONTACT_ID")
        .doesNotContain("aou-sync release");

    done(site.run("review", "--out", "review.csv"));
    Path file = directory.resolve("review.csv");
    String review = Files.readString(file);
    assertThat(review).contains(person.pmiId(), known, "DUPLICATES_DETECTED");
    done(site.run("adopt", person.pmiId(), known, "--why", "the same person"));
    Result next = done(site.nextMorning("sync", "--json"));

    assertThat(JSON.readTree(next.out()).path("contacts").path("adopted").asInt()).isEqualTo(1);
    assertThat(
            site.org
                .records("Contact")
                .filter(r -> known.equals(r.get("Id")))
                .map(r -> r.get("HP_PMI_ID__c")))
        .containsExactly(person.pmiId());
    done(site.run("review", "--out", "review.csv"));
    assertThat(Files.readString(file)).doesNotContain(known);
  }

  @Test
  void contactOfSomebodyElse_isNamedOnRequest_andNoCandidate() throws IOException {
    Newcomer person = newcomers.get(1);
    String others = alike(person, Map.of("HP_PMI_ID__c", "P099999998"));

    assertThat(site.run("sync", "--initial-load").exitCode()).isEqualTo(5);

    JsonNode failures = JSON.readTree(site.run("failures", "--show-pmi-ids", "--json").out());
    assertThat(failures.path("participants"))
        .anySatisfy(
            one -> {
              assertThat(one.path("pmiId").asText()).isEqualTo(person.pmiId());
              assertThat(one.path("matches").get(0).asText()).isEqualTo(others);
            });
    done(site.run("review", "--out", "review.csv"));
    assertThat(Files.readString(directory.resolve("review.csv"))).doesNotContain(others);
  }

  @Test
  void whoIsForgotten_isInNoMatchAnyMore() throws IOException {
    Newcomer person = newcomers.get(1);
    String known = alike(person, Map.of());
    assertThat(site.run("sync", "--initial-load").exitCode()).isEqualTo(5);

    done(site.run("forget", person.pmiId(), "--yes"));

    assertThat(site.run("failures", "--show-pmi-ids").out()).doesNotContain(known);
    done(site.run("review", "--out", "review.csv"));
    assertThat(Files.readString(directory.resolve("review.csv"))).doesNotContain(known);
  }

  private static Result done(Result result) {
    assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
    return result;
  }
}
