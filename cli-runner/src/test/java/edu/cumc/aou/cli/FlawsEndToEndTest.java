package edu.cumc.aou.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import edu.cumc.aou.cli.Site.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fields that are left alone and rows that are rejected: found, listed, acknowledged. */
class FlawsEndToEndTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String RULE = "contact.Email:invalid-email";

  @TempDir private Path directory;
  private Site site;
  private List<String> people;

  @BeforeEach
  void start() {
    site = new Site(directory, 20);
    site.run("init");
    assertThat(site.run("sync", "--initial-load").exitCode()).isZero();
    people =
        site.org
            .records("Contact")
            .filter(c -> c.containsKey("HP_PMI_ID__c") && c.containsKey("Email"))
            .map(c -> c.get("HP_PMI_ID__c").toString())
            .sorted()
            .toList();
  }

  @AfterEach
  void close() {
    site.close();
  }

  private void email(String pmiId, String value) {
    site.source(
        "UPDATE dbo.healthpro SET [Email] = '" + value + "' WHERE [PMI ID] = '" + pmiId + "'");
  }

  private JsonNode json(String... args) throws Exception {
    return JSON.readTree(site.run(args).out());
  }

  @Test
  void fieldLeftAlone_isListedWithItsPersonOnRequest_andItsValueOnRequest() throws Exception {
    email(people.get(0), "nobody");
    assertThat(site.nextMorning("sync").exitCode()).isEqualTo(5);

    Result plain = site.run("failures");
    assertThat(plain.out())
        .contains(RULE + "  1 record: 1 new", "correct the address in the source")
        .doesNotContain(people.get(0), "nobody");
    assertThat(site.run("failures", "--show-pmi-ids").out())
        .contains(people.get(0) + "  " + RULE + "  new since run 2")
        .doesNotContain("nobody");
    assertThat(site.run("failures", "--show-values").out())
        .contains(people.get(0) + "  " + RULE + "  new since run 2  \"nobody\"");

    JsonNode flaw = json("failures", "--json", "--show-pmi-ids").at("/flaws/0");
    assertThat(flaw.path("pmiId").asText()).isEqualTo(people.get(0));
    assertThat(flaw.path("field").asText()).isEqualTo("Email");
    assertThat(flaw.path("code").asText()).isEqualTo("invalid-email");
    assertThat(flaw.path("state").asText()).isEqualTo("new");
    assertThat(flaw.has("value")).isFalse();
    assertThat(json("failures", "--json").has("flaws")).isFalse();

    site.nextMorning("sync");
    assertThat(site.run("failures", "--show-pmi-ids").out())
        .contains(people.get(0) + "  " + RULE + "  known since run 2");
    assertThat(site.run("failures").out()).contains(RULE + "  1 record\n");
  }

  @Test
  void acknowledged_isNoNews_untilTheSourceSaysSomethingElse() throws Exception {
    email(people.get(0), "nobody");
    assertThat(site.nextMorning("sync").exitCode()).isEqualTo(5);

    Result acknowledged = site.run("acknowledge", people.get(0), "--why", "left no address");
    assertThat(acknowledged.exitCode()).isZero();
    assertThat(acknowledged.out()).contains("1 field or row").doesNotContain(people.get(0));

    JsonNode known = JSON.readTree(site.nextMorning("sync", "--json").out());
    assertThat(known.path("exitCode").asInt()).isZero();
    assertThat(known.at("/refusedFields/" + RULE).asInt()).isEqualTo(1);
    assertThat(known.at("/acknowledged/" + RULE).asInt()).isEqualTo(1);
    assertThat(site.run("sync", "--strict").exitCode()).isEqualTo(5);
    assertThat(site.run("failures", "--show-pmi-ids").out())
        .contains(RULE + "  acknowledged since run 2");

    email(people.get(0), "nobody at all");
    Result news = site.nextMorning("sync");
    assertThat(news.exitCode()).isEqualTo(5);
    assertThat(news.out()).contains("1 new");

    email(people.get(0), "somebody@example.org");
    assertThat(site.nextMorning("sync").exitCode()).isZero();
    assertThat(site.run("failures", "--show-pmi-ids").out()).doesNotContain(RULE);
  }

  @Test
  void acknowledge_byRule_andTakenBack() {
    email(people.get(0), "nobody");
    email(people.get(1), "nobody");
    site.nextMorning("sync");

    assertThat(site.run("acknowledge", "--rule", RULE).out()).contains("2 fields and rows");
    assertThat(site.nextMorning("sync").exitCode()).isZero();
    assertThat(site.run("acknowledge", "--rule", "invalid-email", "--take-back").exitCode())
        .isZero();
    assertThat(site.nextMorning("sync").exitCode()).isEqualTo(5);
    assertThat(site.run("acknowledge", "--rule", "no-such-rule").exitCode()).isEqualTo(3);
    assertThat(site.run("acknowledge").exitCode()).isEqualTo(2);
  }

  @Test
  void rejectedRows_areListed_thoseWithoutPmiIdByTheirKeyAndPlace() throws Exception {
    site.configure("guards.max-rejected.share = 100%");
    site.source(
        "UPDATE dbo.healthpro SET [Withdrawal Status] = 7 WHERE [PMI ID] = '"
            + people.get(0)
            + "'");
    site.source(
        "UPDATE dbo.healthpro SET [PMI ID] = 'P12' WHERE [PMI ID] = '" + people.get(1) + "'");
    assertThat(site.nextMorning("sync").exitCode()).isEqualTo(5);

    Result listed = site.run("failures", "--show-pmi-ids");
    assertThat(listed.out())
        .contains(people.get(0) + "  contact.unclear-withdrawal-status  new since run 2")
        .containsPattern("row \\d+ by PMI ID \\(\"P12\"\\)  journey.malformed-pmi-id  new");
    assertThat(site.run("failures").out()).contains("malformed-pmi-id: 1 new");

    assertThat(site.run("acknowledge", "--all").exitCode()).isZero();
    Result known = site.nextMorning("sync");
    assertThat(known.exitCode()).as(known.out()).isZero();
    assertThat(site.nextMorning("sync", "--strict").exitCode()).isEqualTo(5);
  }

  @Test
  void csv_hasALineForEachRecordAndField_valuesOnRequest() throws Exception {
    email(people.get(0), "=cmd()");
    site.nextMorning("sync");

    Result result = site.run("failures", "--csv", "flaws.csv");
    assertThat(result.exitCode()).isZero();
    assertThat(result.out()).contains("flaws.csv").doesNotContain(people.get(0));
    Path file = directory.resolve("flaws.csv");
    List<String> lines = Files.readAllLines(file);
    assertThat(lines.get(0)).startsWith("pmi_id,salesforce_id,object,field,outcome,code,state");
    assertThat(lines.get(1))
        .startsWith(people.get(0) + ",,contact,Email,left-alone,invalid-email,new,2,");
    assertThat(Files.readString(file)).doesNotContain("cmd");

    site.run("failures", "--csv", "flaws.csv", "--show-values");
    assertThat(Files.readString(file)).contains(",'=cmd()");
  }

  @Test
  void quietMorning_writesNoFlawAgain() {
    email(people.get(0), "nobody");
    site.nextMorning("sync");
    site.store("UPDATE dbo.sync_flaw SET source_value = 'as it was'");

    site.nextMorning("sync");

    assertThat(site.run("failures", "--show-values").out()).contains("\"as it was\"");
  }

  @Test
  void plan_listsThemToo_withTheirPeopleOnRequest() throws Exception {
    email(people.get(0), "nobody");

    site.run("plan", "--out", "plan.json");
    String file = Files.readString(directory.resolve("plan.json"));
    assertThat(file)
        .contains("\"flaws\"", "\"code\" : \"invalid-email\"", "\"state\" : \"new\"")
        .doesNotContain(people.get(0), "nobody");
    site.run("plan", "--out", "plan.json", "--show-values");
    assertThat(Files.readString(directory.resolve("plan.json")))
        .contains("\"pmiId\" : \"" + people.get(0) + "\"", "\"value\" : \"nobody\"");
    assertThat(site.run("plan", "--show-values").out())
        .contains(people.get(0) + "  " + RULE, "\"nobody\"");
  }

  @Test
  void forget_takesThePersonsFlawsAndDecisions() {
    email(people.get(0), "nobody");
    site.nextMorning("sync");
    site.run("acknowledge", people.get(0));

    assertThat(site.run("forget", people.get(0), "--yes").exitCode()).isZero();

    assertThat(site.run("failures", "--show-pmi-ids").out()).doesNotContain(people.get(0));
    site.nextMorning("sync");
    assertThat(site.run("failures", "--show-pmi-ids").out()).doesNotContain(people.get(0));
  }

  @Test
  void missingJourney_thatIsAcknowledged_isNoNews() {
    String journey =
        site.org
            .records("Opportunity")
            .filter(o -> o.get("Contact__c") != null)
            .map(o -> o.get("Id").toString())
            .findFirst()
            .orElseThrow();
    site.org.delete(journey);
    assertThat(site.nextMorning("sync").exitCode()).isEqualTo(5);

    assertThat(site.run("acknowledge", "--all").out()).contains("1 anomaly");
    Result known = site.nextMorning("sync");
    assertThat(known.exitCode()).as(known.out()).isZero();
    assertThat(known.out()).contains("1 acknowledged").doesNotContain("What to do next");
    assertThat(site.nextMorning("sync", "--strict").exitCode()).isEqualTo(5);
  }

  @Test
  void whatIsAcknowledged_isNotToBeDone() {
    email(people.get(0), "nobody");
    email(people.get(1), "nobody");
    assertThat(site.nextMorning("sync").out()).contains("fields left alone: aou-sync failures");

    site.run("acknowledge", "--all");
    assertThat(site.nextMorning("sync").out())
        .contains(RULE)
        .doesNotContain("fields left alone: aou-sync failures", "What to do next");
    assertThat(site.nextMorning("sync", "--strict").out())
        .contains("fields left alone: aou-sync failures");
  }

  @Test
  void acknowledge_all_takesNoOtherChoice() {
    email(people.get(0), "nobody");
    site.nextMorning("sync");

    Result both = site.run("acknowledge", "--all", "--rule", "malformed-pmi-id");
    assertThat(both.exitCode()).isEqualTo(2);
    assertThat(both.err()).contains("--all");
    assertThat(site.run("acknowledge", people.get(0), "--all").exitCode()).isEqualTo(2);
  }

  @Test
  void failures_beforeAnythingWasSent_showsThePlan_orTheRunThatAGuardStopped() throws Exception {
    Path fresh = Files.createDirectory(directory.resolve("fresh"));
    try (Site first = new Site(fresh, 20)) {
      first.run("init");
      first.source("UPDATE dbo.healthpro SET [Email] = 'nobody'");
      first.source("UPDATE dbo.healthpro SET [Withdrawal Status] = 7 WHERE [PMI ID] <> ''");
      first.configure("guards.max-rejected.number = 1");
      assertThat(first.run("failures").err()).contains("no run has looked at the source yet");

      Result guarded = first.run("sync", "--initial-load");
      assertThat(guarded.exitCode()).isEqualTo(6);
      assertThat(guarded.out()).contains("aou-sync failures 1 lists them");

      Files.createDirectory(fresh.resolve("lists"));
      Result failures = first.run("failures", "--csv", "lists/f.csv");
      assertThat(failures.exitCode()).isZero();
      assertThat(failures.out())
          .contains("Run 1", "unclear-withdrawal-status")
          .contains("They are in " + Path.of("lists", "f.csv"))
          .doesNotContain("aou-sync failures 1\n", "The last run that came to its end");
      assertThat(Files.readString(fresh.resolve("lists/f.csv")))
          .contains("unclear-withdrawal-status");
    }
  }

  @Test
  void valueThatIsTooLongToKeep_isCut_andThatIsSaid() throws Exception {
    email(people.get(0), "nobody" + "y".repeat(240));
    site.nextMorning("sync");

    Result shown = site.run("failures", "--show-values", "--csv", "f.csv");
    assertThat(shown.out())
        .contains(
            "yy\u2026\"\n", "is cut at 200 characters; aou-sync explain PMI_ID shows it whole.");
    assertThat(Files.readString(directory.resolve("f.csv"))).contains("yy\u2026");
    assertThat(site.run("explain", people.get(0)).out()).contains("y".repeat(240));
    assertThat(site.nextMorning("sync").out()).contains("contact.Email:").doesNotContain("1 new");
    assertThat(site.run("failures", "--csv", "f.csv").out()).doesNotContain("is cut at");
  }

  /** A reader's login, or a file on a disk that is read-only. */
  @Test
  void failures_ofAStoreThatIsReadOnly_areShown_andLooksAtPeopleSayWhyNot() {
    email(people.get(0), "nobody");
    site.nextMorning("sync");
    site.configure(
        "store { jdbc-url = \"jdbc:h2:file:"
            + directory.resolve("aou-sync-store")
            + ";ACCESS_MODE_DATA=r\", user = sa, password = \"\" }");

    assertThat(site.run("failures").out()).contains(RULE);
    assertThat(site.run("status").out()).contains("sync  done");
    assertThat(site.run("report", "--out", "page.html").exitCode()).isZero();
    for (String[] command :
        new String[][] {
          {"failures", "--show-pmi-ids"}, {"find", people.get(0)}, {"explain", people.get(0)}
        }) {
      Result look = site.run(command);
      assertThat(look.exitCode()).isEqualTo(3);
      assertThat(look.out()).isEmpty();
      assertThat(look.err())
          .contains(command[0] + " shows personal data, and the audit trail", "is read-only")
          .doesNotContain(people.get(0));
    }
  }

  @Test
  void guardedRunAndPlan_doNotSayThatTheRestWasSent() {
    email(people.get(0), "nobody");
    assertThat(site.run("plan").out())
        .contains("Fields left alone (the rest of their records would be sent)");
    site.configure("guards.max-updates { number = 0, share = 0% }");
    site.source("UPDATE dbo.healthpro SET [Last Name] = 'Renamed'");
    Result guarded = site.nextMorning("sync");
    assertThat(guarded.exitCode()).isEqualTo(6);
    assertThat(guarded.out()).contains(RULE).doesNotContain("the rest of their records was sent");
  }

  @Test
  void listsOfAnOlderRun_sayWhatTheyLeaveOut() throws Exception {
    email(people.get(0), "nobody");
    site.nextMorning("sync");
    site.nextMorning("sync");

    String said = site.run("failures", "2", "--csv", "f.csv").out();

    assertThat(said).contains("are kept as they are now", "aou-sync failures --csv FILE");
  }

  @Test
  void somebodyWhoIsRejected_isListedOnce() {
    site.configure("guards.max-rejected.share = 100%");
    site.source(
        "UPDATE dbo.healthpro SET [Withdrawal Status] = 7 WHERE [PMI ID] = '"
            + people.get(0)
            + "'");
    site.nextMorning("sync");

    assertThat(site.run("failures", "--show-pmi-ids").out().lines())
        .filteredOn(l -> l.contains(people.get(0)) && l.contains("contact."))
        .hasSize(1);
    assertThat(site.run("failures", "--show-pmi-ids").out())
        .doesNotContain("The people they concern (personal data)");
  }
}
