package edu.cumc.aou.cli;

import static org.assertj.core.api.Assertions.assertThat;

import edu.cumc.aou.cli.Site.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What has changed in the org since the last good run, and what the org is called. */
class OrgChangesEndToEndTest {

  @TempDir private Path directory;

  @Test
  void picklist_thatChanged_isToldByCheck_byTheNextRunOnce_andByStatus() {
    try (Site site = loaded()) {
      site.org.changePicklist("Contact", "Salutation", List.of("Mx."), List.of("Dr."));
      site.time.advanceTo(site.time.instant().plus(Duration.ofMinutes(11)));

      assertThat(words(site.run("check")))
          .contains("2 things have changed in the org")
          .contains("value \"Mx.\" of Contact.Salutation is new")
          .contains("value \"Dr.\" of Contact.Salutation is gone");

      String noticed = words(done(site.nextMorning("sync")));
      assertThat(noticed)
          .contains("Changed in the org since the last good run")
          .contains("value \"Mx.\" of Contact.Salutation is new");
      assertThat(words(site.run("check"))).doesNotContain("changed in the org");
      String quiet = words(done(site.nextMorning("sync")));
      assertThat(quiet).doesNotContain("Changed in the org");

      assertThat(words(site.run("status")))
          .contains(
              "Run 2 found the org changed: value \"Mx.\" of Contact.Salutation is new; value")
          .contains("value \"Dr.\" of Contact.Salutation is gone");
      assertThat(words(site.run("status", "2")))
          .contains("value \"Mx.\" of Contact.Salutation is new");
      assertThat(site.run("status", "2", "--json").out())
          .contains("\"kind\" : \"added\"")
          .contains("value \\\"Mx.\\\" of Contact.Salutation");
    }
  }

  @Test
  void rules_areLookedAtOnceAWeek_forThreeCalls() {
    try (Site site = loaded()) {
      site.org.validationRule("Contact", "Phone_Needed", true);
      int quiet = 0;
      for (int day = 2; day <= 7; day++) {
        int before = site.org.apiCalls();
        assertThat(words(done(site.nextMorning("sync")))).doesNotContain("Changed in the org");
        quiet = site.org.apiCalls() - before;
      }
      int before = site.org.apiCalls();
      Result seventh = done(site.nextMorning("sync"));

      assertThat(words(seventh)).contains("validation rule Phone_Needed on Contact is new");
      // the seventh day reads both objects whole besides, and counts them
      assertThat(site.org.apiCalls() - before).isBetween(quiet + 3, quiet + 7);
    }
  }

  @Test
  void runThatComesToNothing_isNoGoodRun_soTheNextTellsItAgain() {
    try (Site site = loaded()) {
      site.org.changePicklist("Contact", "Salutation", List.of("Mx."), List.of());
      site.configure("guards.min-contacts = 1000\n");
      Result stopped = site.nextMorning("sync");
      assertThat(stopped.exitCode()).isEqualTo(6);
      assertThat(words(stopped)).contains("value \"Mx.\" of Contact.Salutation is new");
      site.configure("");

      assertThat(words(done(site.nextMorning("sync"))))
          .contains("value \"Mx.\" of Contact.Salutation is new");
      assertThat(words(done(site.nextMorning("sync")))).doesNotContain("is new");
    }
  }

  @Test
  void ruleThatTheUserMayNoLongerSee_isNotToldAsGone() {
    try (Site site = new Site(directory, 2)) {
      site.org.validationRule("Contact", "Phone_Needed", true);
      done(site.run("init"));
      done(site.run("sync", "--initial-load"));
      site.org.permit(false, false);

      assertThat(words(site.run("check"))).doesNotContain("changed in the org");
      site.time.advanceTo(site.time.instant().plus(Duration.ofDays(7)));
      assertThat(words(done(site.run("sync")))).doesNotContain("Changed in the org");

      site.org.permit(true, false);
      site.org.validationRule("Contact", "Phone_Needed", false);
      site.time.advanceTo(site.time.instant().plus(Duration.ofDays(7)));
      assertThat(words(done(site.run("sync"))))
          .contains("validation rule Phone_Needed on Contact is gone");
    }
  }

  @Test
  void nameOfTheOrg_standsOnThePage_andInStatus() throws IOException {
    try (Site site = loaded()) {
      assertThat(site.run("status").out()).contains("Salesforce org: Simulated Org");
      assertThat(site.run("status", "1").out()).contains("Salesforce org: Simulated Org");
      Path page = directory.resolve("run.html");
      done(site.run("report", "--out", page.toString()));

      assertThat(Files.readString(page)).contains("Salesforce org Simulated Org (00D");
    }
  }

  private Site loaded() {
    Site site = new Site(directory, 2);
    done(site.run("init"));
    done(site.run("sync", "--initial-load"));
    return site;
  }

  private static Result done(Result result) {
    assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
    return result;
  }

  private static String words(Result result) {
    return result.out().replaceAll("\\s+", " ");
  }
}
