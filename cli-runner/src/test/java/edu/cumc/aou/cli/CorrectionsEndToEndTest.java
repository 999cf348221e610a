package edu.cumc.aou.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import edu.cumc.aou.cli.Site.Result;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The morning after the upgrade of a site that the version before left: ten people in Salesforce,
 * fifteen more in the source since. What that version had wrong is told apart from the day's
 * changes, in text and JSON, and every guard that it trips says so.
 */
class CorrectionsEndToEndTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** The people that the abandoned plan would have created. */
  private static final int NEW = 15;

  /** A person must look at the Contact that staff deleted, and at the one they entered twice. */
  private static final int ANOMALIES = 5;

  @TempDir private Path directory;
  private Site site;
  private RetypedSource source;

  @BeforeEach
  void open() throws IOException {
    OldSites.unpack("job-open", directory);
    site =
        Site.goingOn(
            directory, Instant.parse("2026-01-07T11:00:00Z"), org -> org.pmiFieldUnique(false));
    source = new RetypedSource(site);
    configure();
    assertThat(site.run("init").exitCode()).isZero();
    assertThat(site.run("abandon", "2").exitCode()).isZero();
  }

  @AfterEach
  void close() {
    site.close();
  }

  private void configure(String... settings) {
    site.configure(
        source.settings()
            + "guards { max-skipped = 90%\n"
            + Stream.of("inserts", "updates", "clears", "withdrawals", "rejected")
                .map(guard -> "max-" + guard + " { number = 1000, share = 100% }\n")
                .collect(Collectors.joining())
            + "}\n"
            + String.join("\n", settings));
  }

  private JsonNode plan() throws IOException {
    Result plan = site.run("plan", "--json");
    assertThat(plan.out()).as(plan.err()).isNotEmpty();
    return JSON.readTree(plan.out());
  }

  private static long corrections(JsonNode plan, String object, String action) {
    for (JsonNode count : plan.path("planned")) {
      if (count.path("object").asText().equals(object)
          && count.path("action").asText().equals(action)) {
        assertThat(count.path("corrections").asLong())
            .isLessThanOrEqualTo(count.path("count").asLong());
        return count.path("corrections").asLong();
      }
    }
    return 0;
  }

  @Test
  void dayOnWhichNothingIsReadInAnotherWay_hasNoCorrections() throws IOException {
    JsonNode plan = plan();

    assertThat(plan.path("corrections").size()).isZero();
    assertThat(corrections(plan, "contact", "insert")).isZero();
    assertThat(corrections(plan, "contact", "update")).isZero();
    assertThat(corrections(plan, "journey", "update")).isZero();
    assertThat(site.run("plan").out()).doesNotContain("Corrections by this version");
  }

  /** The version before took these for people of others, or rejected them. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "journey | Withdrawal Status | CAST(0.00 AS DECIMAL(5, 2))",
        "journey | Withdrawal Status | 'NOT_WITHDRAWN'",
        "journey | Withdrawal Status | 'UNSET'",
        "contact | Paired Organization_HP | 'COLUMBIA_COLUMBIA\u00A0'",
      })
  void peopleWhomTheEarlierVersionPassedOver_appearAsCorrections(
      String relation, String column, String sql) throws IOException {
    if (relation.equals("journey")) {
      source.journey(column, sql);
    } else {
      source.contact(column, sql);
    }
    configure();

    JsonNode plan = plan();

    assertThat(corrections(plan, "contact", "insert")).isGreaterThanOrEqualTo(NEW);
    assertThat(corrections(plan, "journey", "update")).isGreaterThanOrEqualTo(NEW);
    assertThat(site.run("plan").out())
        .containsPattern(
            "Corrections by this version: what an earlier.*\\n.*Contact +insert +1[5-9]")
        .contains("They come once.");
    assertThat(site.run("sync").exitCode()).isEqualTo(ANOMALIES);
    assertThat(site.nextMorning("plan").out())
        .doesNotContain("Corrections by this version")
        .contains("Nothing to send");
  }

  @Test
  void peopleWhomTheEarlierVersionRejectedForTheirDoubledRows_appearAsCorrections()
      throws IOException {
    source.contact("City_HP", "CONCAT(\"City_HP\", CHAR(160))");
    configure();
    site.source(
        "CREATE VIEW dbo.twice AS SELECT * FROM dbo.vw_reporting_base"
            + " UNION ALL SELECT * FROM dbo.contacts_as_they_are");
    configure("source.contacts = \"dm_aou.dbo.twice\"");
    site.store(
        "INSERT INTO dbo.sync_change (run_id, seq, object, pmi_id, action, state, attempts,"
            + " error_code, clears, refused_fields, error_fields)"
            + " SELECT 1, 1000 + seq, object, pmi_id, 'REJECT', 'REFUSED', 0,"
            + " 'contradicting-rows', clears, refused_fields, error_fields"
            + " FROM dbo.sync_change WHERE run_id = 2 AND action = 'INSERT'");

    JsonNode plan = plan();

    assertThat(corrections(plan, "contact", "insert")).as(plan.toString()).isEqualTo(NEW);
    assertThat(corrections(plan, "contact", "update")).isZero();
  }

  /** The version before refused these values, read them in another way, or did not know them. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "HP_EHR_Consent_Date__c | 'Jan  5 2024 12:00AM'",
        "HP_EHR_Consent_Date__c | '20240105'",
        "HP_EHR_Consent_Date__c | '2024-01-05 23:30:00 -05:00'",
        "HP_EHR_Consent_Date__c | 'UNSET'",
        "HP_EHR_Consent_Status__c | 'SUBMITTED_NOT_SURE'",
        "HP_EHR_Consent_Status__c | 'UNSET'",
      })
  void fieldsOfJourneysThatTheEarlierVersionLeft_areCorrections(String field, String sql)
      throws IOException {
    source.journey(field.replace("HP_", "").replace("__c", "").replace('_', ' '), sql);
    configure();

    JsonNode plan = plan();

    assertThat(plan.at("/corrections/journey." + field).asLong()).as(plan.toString()).isPositive();
    assertThat(plan.path("corrections").size()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "State_HP | MailingState | 'U.S. Virgin Islands'",
        "State_HP | MailingState | 'PIIState_NY'",
        "Date of Birth_HP | Birthdate | 'Jul  4 1960 12:00AM'",
        "Date of Birth_HP | Birthdate | CAST('1960-07-04 23:30:00-05:00' AS DATETIMEOFFSET)",
      })
  void fieldsOfContactsThatTheEarlierVersionLeft_areCorrections(
      String column, String field, String sql) throws IOException {
    site.org
        .records("Contact")
        .filter(c -> c.get("HP_PMI_ID__c") != null)
        .forEach(
            c -> site.org.edit(String.valueOf(c.get("Id")), Map.of("Birthdate", "1960-07-05")));
    source.contact(column, sql);
    configure();

    JsonNode plan = plan();

    assertThat(plan.at("/corrections/contact." + field).asLong()).as(plan.toString()).isPositive();
  }

  @Test
  void changesOfTheDay_areNoCorrections() throws IOException {
    source
        .contact("City_HP", "'Yonkers'")
        .contact("Date of Birth_HP", "CAST('1971-01-01' AS DATE)")
        .journey("EHR Consent Date", "CAST('2024-01-05' AS DATE)")
        .journey("EHR Consent Status", "'2'");
    configure();

    JsonNode plan = plan();

    assertThat(plan.path("planned").size()).isPositive();
    assertThat(plan.path("corrections").size()).as(plan.toString()).isZero();
    assertThat(corrections(plan, "contact", "update")).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "max-inserts | journey | Withdrawal Status | CAST(0.00 AS DECIMAL(5, 2)) | 15 new Contacts",
        "max-updates | contact | Paired Organization_HP | 'COLUMBIA_COLUMBIA\u00A0' | Contact"
            + " updates",
        "max-updates | journey | EHR Consent Date | '20240105' | journey updates",
        "max-clears | journey | EHR Consent Date | 'UNSET' | fields cleared",
        "max-withdrawals | journey | Withdrawal Status | CAST(1.00 AS DECIMAL(5, 2)) | withdrawals",
        "max-rejected | contact | Last Name_HP | 'UNSET' | rejected participants",
        "max-skipped | journey | Withdrawal Status | CAST(1.00 AS DECIMAL(5, 2)) | as withdrawn",
        "api-reserve | journey | EHR Consent Date | '20240105' | API calls",
      })
  void guardThatTheyTrip_saysSo_andHowToApprove(
      String guard, String relation, String column, String sql, String what) throws IOException {
    if (relation.equals("journey")) {
      source.journey(column, sql);
    } else {
      source.contact(column, sql);
    }
    configure(
        switch (guard) {
          case "max-skipped" -> "guards.max-skipped = 10%";
          case "api-reserve" -> "guards.api-reserve = 100%";
          default -> "guards." + guard + " { number = 0, share = 0% }";
        });

    Result sync = site.run("sync");

    assertThat(sync.exitCode()).as(sync.out()).isEqualTo(6);
    String trip =
        sync.out()
            .lines()
            .filter(line -> line.contains("guards." + guard + ":") && line.contains(what))
            .findFirst()
            .orElseThrow(() -> new AssertionError(sync.out()));
    assertThat(trip).contains("only correct what an earlier version of aou-sync had wrong");
    switch (guard) {
      case "api-reserve" -> assertThat(trip).contains("run later, or lower the setting");
      case "max-rejected" -> assertThat(trip).contains("correct the source");
      default -> {
        assertThat(trip).contains("plan --out FILE", "sync --plan FILE");
        Path file = directory.resolve("plan.json");
        site.run("plan", "--out", file.toString());
        assertThat(site.run("sync", "--plan", file.toString()).exitCode()).isEqualTo(ANOMALIES);
        assertThat(site.nextMorning("plan").out()).doesNotContain("Corrections by this version");
      }
    }
  }
}
