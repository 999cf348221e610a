package edu.cumc.aou.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import edu.cumc.aou.cli.Site.Result;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/**
 * A first load of what the source says in some column, in whatever type and writing: everybody has
 * the same value there.
 */
abstract class FirstLoadTestBase {

  private static final ObjectMapper JSON = new ObjectMapper();
  static final int PEOPLE = 6;

  @TempDir Path directory;
  Site site;
  RetypedSource source;

  @BeforeEach
  void open() {
    site = new Site(directory, PEOPLE);
    source = new RetypedSource(site);
  }

  @AfterEach
  void close() {
    site.close();
  }

  Result load(String... settings) {
    site.configure(source.settings() + String.join("\n", settings));
    assertThat(site.run("init").exitCode()).isZero();
    return site.run("sync", "--initial-load", "--json");
  }

  /** Loads, and nobody is needed. */
  void loadWell(String... settings) {
    Result result = load(settings);
    assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
    assertThat(site.org.records("Contact").filter(c -> c.containsKey("HP_PMI_ID__c")).count())
        .as("everybody who has not withdrawn arrives")
        .isPositive();
  }

  Set<String> shown(String object, String field) {
    Set<String> shown = new TreeSet<>();
    site.org
        .records(object)
        .filter(r -> object.equals("Opportunity") || r.containsKey("HP_PMI_ID__c"))
        .forEach(r -> shown.add(String.valueOf(r.getOrDefault(field, ""))));
    return shown;
  }

  static JsonNode json(Result result) {
    try {
      return JSON.readTree(result.out());
    } catch (IOException e) {
      throw new IllegalStateException(result.out() + result.err(), e);
    }
  }

  JsonNode finding(String subject, String... settings) {
    site.configure(source.settings() + String.join("\n", settings));
    assertThat(site.run("init").exitCode()).isZero();
    Result result = site.run("check", "--json");
    for (JsonNode finding : json(result).at("/findings")) {
      if (finding.at("/subject").asText().equals(subject)) {
        return finding;
      }
    }
    throw new AssertionError("nothing is said of " + subject + ": " + result.out());
  }
}
