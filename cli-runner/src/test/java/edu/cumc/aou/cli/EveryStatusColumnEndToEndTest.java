package edu.cumc.aou.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import edu.cumc.aou.cli.Site.Result;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each column that decides about a participant, in whatever type and writing the source has it. */
class EveryStatusColumnEndToEndTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int PEOPLE = 4;

  @TempDir private Path directory;
  private Site site;
  private RetypedSource source;

  @BeforeEach
  void open() {
    site = new Site(directory, PEOPLE);
    source = new RetypedSource(site);
    site.run("init");
  }

  @AfterEach
  void close() {
    site.close();
  }

  private JsonNode json(String... command) throws Exception {
    Result result = site.run(command);
    return JSON.readTree(result.out());
  }

  @Test
  void everybody_isSkippedForTheirStatus_inWhateverWriting() throws Exception {
    List<String> cases =
        List.of(
            "contact | Paired Organization_HP | 'TEST\u00A0' | test",
            "contact | Paired Organization_HP | CAST('test' AS CHAR(40)) | test",
            "contact | Paired Organization_HP | CAST('COLUMBIA_IRVING' AS CHAR(40)) | left",
            "contact | Email_HP | 'A.B@EXAMPLE.COM\u00A0' | test",
            "contact | Email_HP | CAST('a@example.com' AS CHAR(80)) | test",
            "journey | Login Phone | CAST(4442125550 AS BIGINT) | test",
            "journey | Login Phone | CAST(4442125550 AS FLOAT) | test",
            "journey | Login Phone | CAST(4442125550 AS DECIMAL(12, 2)) | test",
            "journey | Login Phone | '+1 (444) 212-5550' | test",
            "journey | Login Phone | '\u200B444.212.5550' | test",
            "journey | Withdrawal Status | CAST(1 AS TINYINT) | withdrawn",
            "journey | Withdrawal Status | CAST(1 AS REAL) | withdrawn",
            "journey | Withdrawal Status | CAST('1' AS CHAR(5)) | withdrawn",
            "contact | Withdrawal Status_HP | CAST(1 AS DECIMAL(5, 2)) | withdrawn",
            "contact | Withdrawal Status_HP | 'EARLY_OUT' | withdrawn");
    SoftAssertions softly = new SoftAssertions();
    for (String line : cases) {
      String[] one = line.split(" \\| ");
      source = new RetypedSource(site);
      if (one[0].equals("contact")) {
        source.contact(one[1], one[2]);
      } else {
        source.journey(one[1], one[2]);
      }
      site.configure(source.settings());

      JsonNode load = json("sync", "--initial-load", "--json");

      softly.assertThat(load.path("exitCode").asInt()).as(line).isEqualTo(6);
      softly.assertThat(load.at("/skipped/contact." + one[3]).asInt()).as(line).isEqualTo(PEOPLE);
    }
    softly.assertAll();
  }

  /** The settings are read as cells are: else test accounts would become Contacts. */
  @Test
  void settings_inWhateverWriting_meanTheSame() throws Exception {
    source
        .contact("Email_HP", "'a@example.net'")
        .contact("Paired Organization_HP", "'MANY'")
        .journey("Login Phone", "'(333) 212-5550'");
    List<String> cases =
        List.of(
            "ours | organization.ours = [\"many\u00A0\", OTHERS]",
            "test | test.email-domains = [\"@Example.NET \"]",
            "test | test.organizations = [\"\\tmany\"]",
            "test | test.phone-prefixes = [\"(333) 2\"]",
            "test | test.phone-prefixes = [\"+1 333-2\"]",
            "left | test.phone-prefixes = [none]");
    SoftAssertions softly = new SoftAssertions();
    for (String line : cases) {
      String[] one = line.split(" \\| ");
      site.configure(source.settings() + "status." + one[1] + "\n");

      JsonNode skipped = json("plan", "--initial-load", "--json").at("/skipped");

      softly
          .assertThat(skipped.path("contact." + one[0]).asInt())
          .as(line + " " + skipped)
          .isEqualTo(one[0].equals("ours") ? 0 : PEOPLE);
      softly.assertThat(skipped.isEmpty()).as(line).isEqualTo(one[0].equals("ours"));
    }
    softly.assertAll();
  }

  @Test
  void check_saysWhatTheColumnIsTakenFor_andTheRunGoesByTheSame() throws Exception {
    List<String> cases =
        List.of(
            "Deceased | CAST(2 AS INT) | deceased",
            "Deceased | CAST(2.00 AS DECIMAL(5, 2)) | deceased",
            "Deceased | CAST(2 AS FLOAT) | deceased",
            "Deceased | '2\u00A0' | deceased",
            "Deceased | CAST(1 AS BIT) | not deceased",
            "Deceased | CAST(0 AS BIT) | not deceased",
            "Deceased | 'UNSET' | not deceased",
            "Deactivation Status | CAST(1 AS BIT) | deactivated",
            "Deactivation Status | CAST(1.0 AS DECIMAL(3, 1)) | deactivated",
            "Deactivation Status | CAST('1' AS CHAR(3)) | deactivated",
            "Deactivation Status | CAST(0 AS BIGINT) | not deactivated",
            "Withdrawal Status | CAST(0 AS TINYINT) | not withdrawn",
            "Withdrawal Status | CAST(NULL AS INT) | not withdrawn");
    SoftAssertions softly = new SoftAssertions();
    for (String line : cases) {
      String[] one = line.split(" \\| ");
      source = new RetypedSource(site);
      source.journey(one[0], one[1]);
      site.configure(source.settings());

      List<String> told = json("check", "--json").at("/findings").findValuesAsText("message");

      softly
          .assertThat(told)
          .as(line)
          .anySatisfy(
              message ->
                  assertThat(message)
                      .startsWith(one[0] + ": ")
                      .endsWith(one[1].contains("NULL") ? "no value" : "taken for " + one[2]));
      softly.assertThat(json("plan", "--initial-load", "--json").at("/skipped")).as(line).isEmpty();
    }
    softly.assertAll();
  }

  @Test
  void check_columnsThatTheSourceDoesNotHave_areTold() throws Exception {
    site.configure(
        "status { test { email-column = No_Mail, phone-column = \"Login Phon\" },"
            + " deceased.columns = [Deceasd], deactivated.columns = [\"Deactivation Statu\"] }");

    JsonNode findings = json("check", "--json").at("/findings");

    assertTold(findings, "status.test.email-column", "No_Mail");
    assertTold(findings, "status.test.phone-column", "did you mean Login Phone?");
    assertThat(site.run("check").exitCode()).isZero();
    assertTold(findings, "status.deceased.columns", "did you mean Deceased?");
    assertTold(findings, "status.deactivated.columns", "did you mean Deactivation Status?");
  }

  /** A name that another setting uses is not the one that is missing. */
  @Test
  void check_columnThatIsNotThere_isNotTakenForAnother() throws Exception {
    source.journey("Deactivation Status", "").contact("Deactivation Status_HP", "");
    site.configure(source.settings());

    JsonNode findings = json("check", "--json").at("/findings");

    assertTold(findings, "status.deactivated.columns", "no column Deactivation Status, so");
  }

  private static void assertTold(JsonNode findings, String setting, String told) {
    assertThat(findings)
        .filteredOn(f -> f.at("/subject").asText().equals(setting))
        .singleElement()
        .satisfies(
            f -> {
              assertThat(f.at("/level").asText()).isEqualTo("warning");
              assertThat(f.at("/message").asText()).contains(told);
            });
  }
}
