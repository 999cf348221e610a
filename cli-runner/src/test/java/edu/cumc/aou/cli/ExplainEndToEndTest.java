package edu.cumc.aou.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import edu.cumc.aou.cli.Site.Result;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExplainEndToEndTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path directory;
  private Site site;
  private String somebody;

  @BeforeEach
  void firstDay() {
    site = new Site(directory, 40);
    site.run("init");
    site.run("sync", "--initial-load");
    somebody =
        site.org
            .records("Contact")
            .map(r -> String.valueOf(r.get("HP_PMI_ID__c")))
            .sorted()
            .findFirst()
            .orElseThrow();
  }

  @AfterEach
  void close() {
    site.close();
  }

  @Test
  void explain_somebodyInSalesforce_showsBothSidesAndTheRunsBefore() {
    Result result = site.run("explain", somebody);
    assertThat(result.exitCode()).isZero();
    assertThat(result.out())
        .contains("Participant " + somebody)
        .contains("source      active")
        .contains("contact: unchanged")
        .contains("LastName")
        .contains("more, blank on both sides")
        .contains("insert");
    assertThat(result.out().lines()).noneMatch(l -> l.matches("  [A-Za-z_]+__c"));
    assertThat(result.err()).doesNotContain(somebody);
  }

  @Test
  void explain_keyInLowerCase_asJson() throws Exception {
    JsonNode answer =
        JSON.readTree(site.run("explain", somebody.toLowerCase(Locale.ROOT), "--json").out());
    assertThat(answer.path("inSource").asBoolean()).isTrue();
    assertThat(answer.path("contacts")).hasSize(1);
    assertThat(answer.path("contacts").get(0).path("journeys")).hasSize(1);
    assertThat(answer.path("history")).hasSize(2);
  }

  @Test
  void explain_nobody_saysSo() {
    Result result = site.run("explain", "P000000000");
    assertThat(result.exitCode()).isZero();
    assertThat(result.out()).contains("no row with this PMI ID").contains("no Contact");
  }

  @Test
  void explain_whatIsNoPmiId_isWrongUsage_andIsNotEchoed() {
    Result result = site.run("explain", "P12X");
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).contains("a PMI ID is a P and nine digits").doesNotContain("P12X");
  }

  @Test
  void explain_saysWhatIsLeftAlone_whoSaidNo_andWhatIsNotSent() {
    site.source("UPDATE dbo.healthpro SET [Email] = 'nobody' WHERE [PMI ID] = '" + somebody + "'");
    Result leftAlone = site.run("explain", somebody);
    assertThat(leftAlone.out())
        .contains("next run    contact: leaves Email alone, because invalid-email; correct the")
        .contains("rejected: invalid-email")
        .contains("Would be sent");

    site.source(
        "UPDATE dbo.healthpro SET [Withdrawal Status] = 1 WHERE [PMI ID] = '" + somebody + "'");
    assertThat(site.run("explain", somebody).out())
        .contains("Mapped, not sent")
        .doesNotContain("Would be sent");
  }

  @Test
  void explain_onATerminal_cutsLongValues() {
    site.source(
        "UPDATE dbo.healthpro SET [Last Name] = '"
            + "Longest".repeat(10)
            + "' WHERE [PMI ID] = '"
            + somebody
            + "'");
    assertThat(site.run("explain", somebody).out()).contains("Longest".repeat(10));
    site.interactive(true);
    site.environment.put("COLUMNS", "80");

    assertThat(
            site.run("explain", somebody)
                .out()
                .lines()
                .dropWhile(l -> !l.contains("Salesforce shows"))
                .takeWhile(l -> !l.isBlank()))
        .allMatch(l -> l.length() <= 80)
        .anyMatch(l -> l.contains("LongestLo") && l.contains("…"));
  }
}
