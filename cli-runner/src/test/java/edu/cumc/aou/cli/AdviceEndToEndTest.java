package edu.cumc.aou.cli;

import static org.assertj.core.api.Assertions.assertThat;

import edu.cumc.aou.cli.Site.Result;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Messages say what happened, to which field or setting, and advice that helps. */
class AdviceEndToEndTest {

  private static final String EMAIL = "contact.Email:invalid-email";

  @TempDir private Path directory;
  private Site site;

  @BeforeEach
  void open() {
    site = new Site(directory, 20);
    site.run("init");
  }

  @AfterEach
  void close() {
    site.close();
  }

  private List<String> load() {
    assertThat(site.run("sync", "--initial-load").exitCode()).isZero();
    return site.org
        .records("Contact")
        .filter(c -> c.containsKey("HP_PMI_ID__c"))
        .map(c -> c.get("HP_PMI_ID__c").toString())
        .sorted()
        .toList();
  }

  private void set(String pmiId, String what) {
    site.source("UPDATE dbo.healthpro SET " + what + " WHERE [PMI ID] = '" + pmiId + "'");
  }

  @Test
  void fieldThatRejectsItsPerson_isToldOnce_andByName() {
    List<String> people = load();
    set(people.get(0), "[PMI ID] = 'P000000001', [Last Name] = '" + "b".repeat(81) + "'");
    set(people.get(1), "[PMI ID] = 'P000000002', [Last Name] = ''");
    site.configure("guards.max-rejected.number = 9");
    Result result = site.nextMorning("sync");

    assertThat(result.exitCode()).as(result.err()).isEqualTo(5);
    assertThat(result.out())
        .contains("required-field-refused:LastName:too-long")
        .doesNotContain("Fields left alone");
    assertThat(site.run("failures").out())
        .contains("the value of LastName is too long for the field")
        .contains("LastName is blank, and a new Contact needs it: fill the column");
    assertThat(site.run("acknowledge", "--rule", "required-field-missing").out())
        .contains("1 field or row");
  }

  @Test
  void acknowledge_saysWhatIsOpen_whomNothingFits_andWhatWasNotAcknowledged() {
    List<String> people = load();
    set(people.get(0), "[Email] = 'nobody'");
    site.nextMorning("sync");

    assertThat(site.run("acknowledge", "--rule", "no-such-rule").err())
        .contains("nothing that is open fits", "Open are: " + EMAIL + ".");
    assertThat(site.run("acknowledge", people.get(0), people.get(1)).out())
        .contains("1 field or row", "Nothing fits 1 of the 2 PMI IDs");
    assertThat(site.run("acknowledge", people.get(0), "--take-back").exitCode()).isZero();
    Result again = site.run("acknowledge", people.get(0), "--take-back");
    assertThat(again.exitCode()).isEqualTo(3);
    assertThat(again.err()).contains("nothing that fits was acknowledged");
  }

  @Test
  void disclosures_ofAForgottenPerson_doNotSayThatNothingWasSent() {
    String person = load().get(0);
    assertThat(site.run("disclosures", person).out()).contains("disclosures, newest first");
    assertThat(site.run("forget", person, "--yes").exitCode()).isZero();

    assertThat(site.run("disclosures", person).out())
        .contains("Forgotten on 2026-01-05")
        .doesNotContain("Nothing was sent");
  }

  @Test
  void explain_tellsRunsThatSentNothing() {
    site.configure("guards.max-inserts { number = 1, share = 0% }");
    assertThat(site.run("sync").exitCode()).isEqualTo(6);
    site.configure("");
    assertThat(site.run("plan", "--initial-load").exitCode()).isZero();
    String person = load().get(0);

    assertThat(site.run("explain", person).out())
        .containsPattern("1  contact  insert  stopped by a guard")
        .containsPattern("2  journey  update  only planned")
        .containsPattern("3  contact  insert  done");
  }

  @Test
  void whatIsNotThere_isSaid() {
    assertThat(site.run("sync", "--initial-load").exitCode()).isZero();
    assertThat(site.run("review", "--out", "review.csv").out())
        .contains("No adoption is doubtful")
        .doesNotContain("yes or no", "personal data");
    assertThat(site.run("report", "--out", "nowhere/page.html").err())
        .contains("--out nowhere/page.html: its directory does not exist; make it")
        .doesNotContain("Exception");
    assertThat(site.run("status", "--config", directory.toString()).err())
        .contains("a directory, and no file, is at");
  }

  @Test
  void flags_areJudgedByTheirRule_andNotByALengthOrAPicklist() {
    List<String> people = load();
    set(people.get(0), "[Samples for DNA Received] = 'maybe', [EHR Consent Status] = 'maybe'");
    String out = site.run("check").out();

    for (String field : List.of("HP_Samples_for_DNA_Received__c", "HP_EHR_Consent_Status__c")) {
      assertThat(out).containsPattern("warning journey.fields." + field + ": the rule not-a-flag");
    }
    assertThat(out).doesNotContain("add the values to the picklist", "lengthen the field");
  }

  @Test
  void quoteThatDoesNotEnd_isToldAsThat() {
    site.configure("source.user = \"sa\nsource.password = \"\"");
    assertThat(site.run("check").err())
        .contains("a text in quotes does not end on its line")
        .doesNotContain("backslash");
  }

  @Test
  void addressThatLeadsNowhere_namesItsSetting() {
    site.configure("salesforce.login-url = \"https://no-such-host.invalid\"");
    Result result = site.run("sync");

    assertThat(result.exitCode()).isEqualTo(4);
    assertThat(result.err()).contains("the host is not known; check salesforce.login-url");
  }
}
