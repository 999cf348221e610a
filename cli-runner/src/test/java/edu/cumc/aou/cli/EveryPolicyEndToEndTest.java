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
      org.field(AddedField.of(object, "Ticked__c", FieldType.BOOLEAN, 0));
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

  /** Salesforce makes a record with unticked boxes, so the tick of a box is its filling in. */
  @Test
  void boxThatIsOnlyFilledIn_isTickedOnce_andStaysAsStaffLeaveIt() {
    boxSays("0");
    assertThat(site.run("sync", "--initial-load").exitCode()).isZero();
    assertBoxes(false);
    boxSays("1");
    assertThat(site.nextMorning("sync").exitCode()).isZero();
    assertBoxes(true);
    assertThat(site.nextMorning("sync").out()).doesNotContain("updated");

    site.time.advanceTo(site.time.instant().plus(Duration.ofHours(4)));
    for (String object : OBJECTS) {
      ours(object)
          .map(r -> String.valueOf(r.get("Id")))
          .toList()
          .forEach(id -> site.org.edit(id, Map.of("Ticked__c", false)));
    }
    Result edited = site.nextMorning("sync", "--full");
    assertThat(edited.exitCode()).as(edited.out()).isZero();
    assertBoxes(false);

    boxSays("0");
    assertThat(site.nextMorning("sync").exitCode()).isZero();
    boxSays("CAST(NULL AS INT)");
    assertThat(site.nextMorning("sync").exitCode()).isZero();
    assertBoxes(false);
  }

  private void boxSays(String ticked) {
    RetypedSource source =
        new RetypedSource(site).contact("Ticked", ticked).journey("Ticked", ticked);
    site.configure(
        source.settings()
            + "contact.fields.Ticked__c { column = Ticked, transform = flag, policy = fill-only }\n"
            + "journey.fields.Ticked__c { column = Ticked, transform = flag, policy = fill-only }\n");
  }

  private void assertBoxes(boolean ticked) {
    for (String object : OBJECTS) {
      assertThat(ours(object).toList())
          .as(object)
          .isNotEmpty()
          .allSatisfy(r -> assertThat(r).containsEntry("Ticked__c", ticked));
    }
  }

  /** What cannot be cleared under a policy that clears is told, and never passed over. */
  @Test
  void blank_ofAFieldThatCannotBeBlank_isTold_untilSomebodyKnowsOfIt() {
    unclearableFieldsSay("'Closed Won'", "1");
    assertThat(site.run("sync", "--initial-load").exitCode()).isZero();

    unclearableFieldsSay("CAST(NULL AS NVARCHAR(9))", "CAST(NULL AS INT)");
    Result blank = site.nextMorning("sync");

    assertThat(blank.exitCode()).as(blank.out()).isEqualTo(5);
    assertThat(blank.out())
        .contains(
            "contact.LastName:cannot-be-blank",
            "contact.Ticked__c:cannot-be-blank",
            "journey.StageName:cannot-be-blank",
            "journey.Ticked__c:cannot-be-blank");
    assertThat(ours("Contact")).allSatisfy(c -> assertThat(c).containsEntry("Ticked__c", true));
    String someone = String.valueOf(ours("Contact").findFirst().orElseThrow().get("HP_PMI_ID__c"));
    assertThat(site.run("explain", someone).out()).contains("cannot-be-blank");
    site.run("acknowledge", "--all");
    assertThat(site.nextMorning("sync").exitCode()).isZero();
    assertThat(site.nextMorning("sync", "--strict").exitCode()).isEqualTo(5);
  }

  /** The org fills in what the source leaves blank, and nothing can clear it again. */
  @Test
  void blank_ofANewRecord_thatCannotBeCleared_isToldOnTheFirstMorning() {
    RetypedSource source = new RetypedSource(site).journey("Stage", "CAST(NULL AS NVARCHAR(9))");
    site.configure(source.settings() + "journey.fields.StageName { column = Stage }\n");

    Result first = site.run("sync", "--initial-load");

    assertThat(first.exitCode()).as(first.out()).isEqualTo(5);
    assertThat(first.out()).containsPattern("NOT_TAKEN_OVER  \\d");
    Result second = site.nextMorning("sync");
    assertThat(second.exitCode()).as(second.out()).isEqualTo(5);
    assertThat(second.out())
        .contains("journey.StageName:cannot-be-blank")
        .doesNotContain("NOT_TAKEN_OVER");
  }

  @Test
  void blank_ofAnAdoptedRecord_thatCannotBeCleared_isToldOnTheFirstMorning() {
    unclearableFieldsSay("'Closed Won'", "CAST(NULL AS INT)");
    assertThat(site.run("sync", "--initial-load").exitCode()).isZero();
    String lost = String.valueOf(ours("Contact").findFirst().orElseThrow().get("Id"));
    site.time.advanceTo(site.time.instant().plus(Duration.ofHours(2)));
    String survivor =
        site.org.create("Contact", Map.of("LastName", "Kept by staff", "Ticked__c", true));
    site.time.advanceTo(site.time.instant().plus(Duration.ofMinutes(5)));
    site.org
        .records("Opportunity")
        .filter(o -> survivor.equals(o.get("Contact__c")))
        .map(o -> String.valueOf(o.get("Id")))
        .toList()
        .forEach(site.org::delete);
    site.org.merge(survivor, lost);

    Result adopted = site.nextMorning("sync");

    assertThat(adopted.exitCode()).as(adopted.out()).isEqualTo(5);
    assertThat(adopted.out()).contains("NOT_TAKEN_OVER  1");
    assertThat(site.nextMorning("sync").out())
        .contains("contact.Ticked__c:cannot-be-blank")
        .doesNotContain("NOT_TAKEN_OVER");
  }

  @Test
  void blank_ofSomebodyWhoHasWithdrawn_saysNothing() {
    unclearableFieldsSay("'Closed Won'", "1");
    assertThat(site.run("sync", "--initial-load").exitCode()).isZero();

    RetypedSource source =
        new RetypedSource(site)
            .journey("Withdrawal Status", "1")
            .contact("Ticked", "CAST(NULL AS INT)")
            .journey("Ticked", "CAST(NULL AS INT)");
    site.configure(
        source.settings()
            + "journey.fields.Ticked__c { column = Ticked, transform = flag }\n"
            + "withdrawal.journey-fields = [HP_Withdrawal_Status__c, Ticked__c]\n");
    Result withdrawn = site.nextMorning("sync");

    assertThat(withdrawn.exitCode()).as(withdrawn.out()).isZero();
  }

  private void unclearableFieldsSay(String text, String ticked) {
    RetypedSource source =
        new RetypedSource(site)
            .contact("Last Name_HP", text)
            .contact("Ticked", ticked)
            .journey("Stage", text)
            .journey("Ticked", ticked);
    site.configure(
        source.settings()
            + "contact.fields.LastName.policy = overwrite\n"
            + "contact.fields.Ticked__c { column = Ticked, transform = flag, policy = overwrite }\n"
            + "journey.fields.Ticked__c { column = Ticked, transform = flag }\n"
            + "journey.fields.StageName { column = Stage }\n");
  }
}
