package edu.cumc.aou.cli;

import static org.assertj.core.api.Assertions.assertThat;

import edu.cumc.aou.cli.Site.Result;
import edu.cumc.aou.simulator.salesforce.SalesforceSimulatorBuilder;
import edu.cumc.aou.simulator.salesforce.org.AddedField;
import edu.cumc.aou.simulator.salesforce.org.FieldType;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the source and the staff say, over mornings, under each policy of a field. */
class EveryPolicyEndToEndTest {

  private static final List<String> POLICIES = List.of("overwrite", "never-clear", "fill-only");
  private static final List<String> OBJECTS = List.of("Contact", "Opportunity");

  @TempDir private Path directory;
  private Site site;

  @BeforeEach
  void open() {
    site = new Site(directory, 3, false, EveryPolicyEndToEndTest::withFields);
    site.run("init");
  }

  @AfterEach
  void close() {
    site.close();
  }

  private static String field(String policy) {
    return policy.replace('-', '_') + "__c";
  }

  private static SalesforceSimulatorBuilder withFields(SalesforceSimulatorBuilder org) {
    for (String object : OBJECTS) {
      POLICIES.forEach(p -> org.field(AddedField.of(object, field(p), FieldType.STRING, 40)));
    }
    return org;
  }

  private void sourceSays(String sql) {
    RetypedSource source = new RetypedSource(site).contact("X", sql).journey("X", sql);
    StringBuilder settings = new StringBuilder(source.settings());
    for (String section : List.of("contact", "journey")) {
      for (String policy : POLICIES) {
        settings.append(
            section + ".fields." + field(policy) + " { column = X, policy = " + policy + " }\n");
      }
    }
    site.configure(settings.toString());
  }

  private void staffSays(@Nullable String value) {
    site.time.advanceTo(site.time.instant().plus(Duration.ofHours(4)));
    Map<String, Object> edit = new HashMap<>();
    POLICIES.forEach(policy -> edit.put(field(policy), value == null ? "" : value));
    for (String object : OBJECTS) {
      ours(object)
          .map(r -> String.valueOf(r.get("Id")))
          .toList()
          .forEach(id -> site.org.edit(id, edit));
    }
  }

  private Stream<Map<String, Object>> ours(String object) {
    return site.org
        .records(object)
        .filter(r -> object.equals("Opportunity") || r.containsKey("HP_PMI_ID__c"));
  }

  /** Runs a morning, and another one that must find nothing to do. */
  private void showsAfterAMorning(String overwrite, String neverClear, String fillOnly) {
    Result sync = site.nextMorning("sync", "--initial-load");
    assertThat(sync.exitCode()).as(sync.out()).isZero();
    List<String> expected = List.of(overwrite, neverClear, fillOnly);
    for (String object : OBJECTS) {
      assertThat(ours(object).toList()).as(object).isNotEmpty();
      ours(object)
          .forEach(
              record ->
                  assertThat(POLICIES)
                      .as(object)
                      .extracting(p -> String.valueOf(record.getOrDefault(field(p), "")))
                      .containsExactlyElementsOf(expected));
    }
    Result quiet = site.nextMorning("sync");
    assertThat(quiet.exitCode()).isZero();
    assertThat(quiet.out()).doesNotContain("updated");
  }

  @Test
  void eachPolicy_meansWhatItSays() {
    sourceSays("'one'");
    showsAfterAMorning("one", "one", "one");

    staffSays("staff");
    showsAfterAMorning("one", "one", "staff");

    sourceSays("'two'");
    showsAfterAMorning("two", "two", "staff");

    sourceSays("CAST(NULL AS NVARCHAR(10))");
    showsAfterAMorning("", "two", "staff");

    staffSays("typed");
    showsAfterAMorning("", "typed", "typed");

    sourceSays("'\u00A0UNSET '");
    showsAfterAMorning("", "typed", "typed");

    staffSays(null);
    showsAfterAMorning("", "", "");

    sourceSays("'three'");
    showsAfterAMorning("three", "three", "three");

    staffSays(null);
    showsAfterAMorning("three", "three", "three");
  }
}
