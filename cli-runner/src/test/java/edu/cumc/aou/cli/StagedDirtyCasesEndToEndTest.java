package edu.cumc.aou.cli;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import edu.cumc.aou.cli.Site.Result;
import edu.cumc.aou.simulator.salesforce.fault.Fault;
import edu.cumc.aou.simulator.source.DirtyCase;
import edu.cumc.aou.simulator.source.DirtyCases;
import edu.cumc.aou.simulator.source.SourceSimulator;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The cases of dirty data that no single row can show: a source or an org that is wrong between two
 * runs.
 */
@Tag("slow")
class StagedDirtyCasesEndToEndTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String REFUSES = "org-refuses-";

  private static final Map<String, Consumer<Site>> STAGES =
      Map.ofEntries(
          entry("source-empty", site -> site.source.empty()),
          entry("source-half-loaded", site -> site.source.keepShare(0.5)),
          entry("source-20-percent-fewer", site -> site.source.keepShare(0.8)),
          entry("source-column-missing", site -> site.source.dropColumn("EHR Consent Date")),
          entry(
              "source-optional-column-missing",
              site -> site.source.dropColumn("Meds PPI Survey Completion Date")),
          entry(
              "source-column-added",
              site -> sql(site, "ALTER TABLE dbo.healthpro ADD [Shoe Size] INT")),
          entry("source-view-missing", site -> site.source.dropContacts()),
          entry("source-table-missing", site -> site.source.dropJourneys()),
          entry(
              "source-rows-doubled",
              site -> sql(site, "INSERT INTO dbo.healthpro SELECT * FROM dbo.healthpro")),
          entry(
              "source-all-re-paired",
              site -> sql(site, "UPDATE dbo.healthpro SET [Paired Organization] = 'OTHER'")),
          entry(
              "source-all-withdrawn",
              site -> sql(site, "UPDATE dbo.healthpro SET [Withdrawal Status] = '1'")),
          entry(
              "source-dates-emptied",
              site -> sql(site, "UPDATE dbo.healthpro SET [General Consent Date] = NULL")),
          entry(
              "source-label-renamed",
              site -> sql(site, "UPDATE dbo.healthpro SET [Participant Status] = 'Renamed'")),
          entry("org-contact-deleted", site -> site.org.delete(contact(site))),
          entry("org-journey-deleted", site -> site.org.delete(journey(site))),
          entry(
              "org-two-journeys",
              site -> site.org.create("Opportunity", journeyOf("Contact__c", contact(site)))),
          entry(
              "org-journey-without-contact",
              site -> site.org.create("Opportunity", journeyOf("AccountId", site.org.accountId()))),
          entry(
              "org-contact-without-pmi-id",
              site -> site.org.create("Contact", Map.of("LastName", "Visitor"))),
          entry(
              "org-pmi-id-removed",
              site -> site.org.edit(contact(site), Collections.singletonMap("HP_PMI_ID__c", null))),
          entry(
              "org-contact-merged",
              site ->
                  site.org.merge(
                      site.org.create("Contact", Map.of("LastName", "Survivor")), contact(site))),
          entry(
              "org-mapped-field-edited",
              site -> site.org.edit(contact(site), Map.of("LastName", "Edited"))),
          entry(
              "org-other-field-edited",
              site -> site.org.edit(contact(site), Map.of("Title", "Edited"))),
          entry("org-session-expired", site -> site.org.expireSessions()),
          entry(
              "org-unavailable-once",
              site -> site.org.faults().on("*", ".+", 3, Fault.unavailable(Duration.ofSeconds(1)))),
          entry(
              "org-row-locked-once",
              site -> {
                rename(site);
                refuseOnce(site, "UNABLE_TO_LOCK_ROW");
              }));

  static List<DirtyCase> cases() {
    return DirtyCases.all().stream().filter(dirty -> !dirty.isPlanted()).toList();
  }

  @TempDir Path directory;

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void stagedCase_endsAsExpected(DirtyCase dirty) throws IOException {
    try (Site site = new Site(directory, 40)) {
      assertThat(site.run("init").exitCode()).isZero();
      assertThat(site.run("sync", "--initial-load").exitCode()).isZero();
      site.configure("guards { max-withdrawals.number = 5, max-updates.number = 5 }");
      site.time.advanceTo(site.time.instant().plus(Duration.ofHours(1)));
      stage(site, dirty);
      String before = site.org.fingerprint();

      Result result = site.run("sync", "--json");

      check(dirty.expected(), result, site, before);
    }
  }

  private static void stage(Site site, DirtyCase dirty) {
    if (dirty.id().startsWith(REFUSES)) {
      rename(site);
      refuseOnce(site, dirty.expected().substring("record refused with ".length()));
    } else {
      assertThat(STAGES).as("nobody stages it").containsKey(dirty.id());
      STAGES.get(dirty.id()).accept(site);
    }
  }

  private static void check(String expected, Result result, Site site, String before)
      throws IOException {
    JsonNode report = JSON.readTree(result.out());
    String told = result.out() + result.err();
    if (expected.startsWith("run stops with exit ")) {
      String[] parts = expected.substring("run stops with exit ".length()).split(": ");
      assertThat(result.exitCode()).as(told).isEqualTo(Integer.parseInt(parts[0]));
      assertThat(told).contains(parts[1]);
      assertThat(site.org.fingerprint()).isEqualTo(before);
    } else if (expected.equals("done")) {
      assertThat(result.exitCode()).as(told).isZero();
      assertThat(JSON.readTree(site.run("plan", "--json").out()).at("/planned")).isEmpty();
    } else if (expected.equals("nothing sent")) {
      assertThat(result.exitCode()).as(told).isZero();
      assertThat(report.at("/planned")).isEmpty();
      assertThat(site.org.fingerprint()).isEqualTo(before);
    } else if (expected.startsWith("anomaly ")) {
      assertThat(result.exitCode()).as(told).isIn(0, 5);
      assertThat(report.at("/anomalies").findValuesAsText("kind"))
          .contains(expected.substring("anomaly ".length()));
    } else if (expected.startsWith("record refused with ")) {
      assertThat(result.exitCode()).as(told).isEqualTo(5);
      assertThat(report.at("/errors").findValuesAsText("code"))
          .containsExactly(expected.substring("record refused with ".length()));
      assertThat(report.at("/contacts/refused").asInt()).isOne();
    } else {
      throw new IllegalArgumentException("nobody knows how to check: " + expected);
    }
  }

  @Test
  void everyStage_belongsToACase() {
    assertThat(cases().stream().map(DirtyCase::id)).containsAll(STAGES.keySet());
  }

  private static Map<String, Object> journeyOf(String parent, String id) {
    return Map.of(
        "Name", "Journey", "StageName", "Prospecting", "CloseDate", "2026-12-31", parent, id);
  }

  private static String contact(Site site) {
    return site.org
        .records("Contact")
        .filter(c -> c.containsKey("HP_PMI_ID__c"))
        .findFirst()
        .orElseThrow()
        .get("Id")
        .toString();
  }

  private static String journey(Site site) {
    return site.org.records("Opportunity").findFirst().orElseThrow().get("Id").toString();
  }

  /** Changes one Contact in the source, so that the next run sends exactly one record. */
  private static void rename(Site site) {
    String pmiId =
        site.org
            .records("Contact")
            .flatMap(c -> Stream.ofNullable(c.get("HP_PMI_ID__c")))
            .findFirst()
            .orElseThrow()
            .toString();
    sql(site, "UPDATE dbo.healthpro SET [Last Name] = 'Renamed' WHERE [PMI ID] = '" + pmiId + "'");
  }

  private static void refuseOnce(Site site, String code) {
    String body =
        "[{\"success\":false,\"errors\":[{\"statusCode\":\"%s\",\"message\":\"no\",\"fields\":[]}]}]"
            .formatted(code);
    site.org
        .faults()
        .on(
            "PATCH",
            ".+/composite/sobjects",
            1,
            Fault.answer(200, Map.of("Content-Type", "application/json"), body));
  }

  private static void sql(Site site, String statement) {
    try (Connection connection =
            DriverManager.getConnection(SourceSimulator.h2Url(site.directory), "sa", "");
        Statement sql = connection.createStatement()) {
      sql.execute(statement);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
