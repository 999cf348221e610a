package edu.cumc.aou.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import edu.cumc.aou.simulator.salesforce.org.Automation.Refusal;
import edu.cumc.aou.simulator.salesforce.org.SavedRecord;
import java.nio.file.Path;
import java.util.function.Function;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Mornings on which a rule of the org refuses everybody, or some. */
class OrgFaultEndToEndTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String CODE = "FIELD_CUSTOM_VALIDATION_EXCEPTION";

  @TempDir private Path directory;
  private Site site;
  private Predicate<SavedRecord> refused = saved -> false;
  private Function<SavedRecord, String> blamed = saved -> "LastName";

  @BeforeEach
  void open() {
    site = new Site(directory, 60, false, org -> org.automation(this::look));
    site.run("init");
  }

  private void look(SavedRecord saved) {
    if (saved.object().equals("Contact") && refused.test(saved)) {
      throw new Refusal(CODE, "not today", blamed.apply(saved));
    }
  }

  @AfterEach
  void close() {
    site.close();
  }

  private JsonNode morning() throws Exception {
    return JSON.readTree(site.nextMorning("sync", "--json").out());
  }

  @Test
  void refusalOfEverybody_holdsNobody_andTheFirstGoodMorningIsComplete() throws Exception {
    refused = saved -> true;
    for (int day = 1; day <= 5; day++) {
      JsonNode bad = morning();
      assertThat(bad.path("exitCode").asInt()).isEqualTo(5);
      assertThat(bad.path("quarantined").asInt()).isZero();
      assertThat(bad.path("held")).isEmpty();
      assertThat(bad.path("orgFaults").path("contact." + CODE).asInt()).isGreaterThan(20);
    }
    assertThat(site.run("status", "5").out())
        .contains("which is the org's: contact " + CODE)
        .contains("ask the Salesforce administrator");

    refused = saved -> false;
    JsonNode good = morning();

    assertThat(good.path("exitCode").asInt()).isZero();
    assertThat(good.at("/contacts/inserted").asInt()).isGreaterThan(20);
    assertThat(good.path("orgFaults")).isEmpty();
  }

  @Test
  void refusalOfOne_isTheRecords_andAMorningOfTheOrgsDoesNotCountForIt() throws Exception {
    String one = somebody();
    refused = saved -> saved.get("HP_PMI_ID__c").filter(one::equals).isPresent();
    assertThat(morning().path("exitCode").asInt()).isEqualTo(5);
    refused = saved -> true;
    site.configure("guards.max-field-changes.share = 100%\n");
    site.source("UPDATE dbo.healthpro SET [Street Address] = '1 Invented Street'");
    assertThat(morning().path("orgFaults")).isNotEmpty();
    refused = saved -> saved.get("HP_PMI_ID__c").filter(one::equals).isPresent();

    assertThat(morning().path("quarantined").asInt()).isZero();
    JsonNode third = morning();
    assertThat(third.path("quarantined").asInt()).isEqualTo(1);
    assertThat(morning().at("/held/contact.quarantine").asInt()).isEqualTo(1);
  }

  /** Who may no longer create can still update, and many updates make few of the creates. */
  @Test
  void refusalOfEveryCreate_holdsNobody_howeverManyUpdatesGetThrough() throws Exception {
    assertThat(
            JSON.readTree(site.run("sync", "--initial-load", "--json").out())
                .path("exitCode")
                .asInt())
        .isZero();
    refused = saved -> saved.created();
    site.configure("guards.max-field-changes.share = 100%\n");
    for (int day = 1; day <= 4; day++) {
      newPeople(day, 10);
      site.source(
          "UPDATE dbo.healthpro SET [City] = 'Town %d' WHERE [PMI ID] NOT LIKE 'P07%%'"
              .formatted(day));
      JsonNode bad = morning();
      assertThat(bad.at("/contacts/refused").asInt()).isEqualTo(10 * day);
      assertThat(bad.at("/contacts/updated").asInt()).isGreaterThan(40);
      assertThat(bad.path("quarantined").asInt()).isZero();
    }

    refused = saved -> false;
    JsonNode good = morning();

    assertThat(good.path("exitCode").asInt()).isZero();
    assertThat(good.at("/contacts/inserted").asInt()).isEqualTo(40);
  }

  @Test
  void retryOfAFew_whileTheOrgRefusesEverybody_holdsNobody() throws Exception {
    String one = somebody();
    refused = saved -> true;
    assertThat(morning().path("orgFaults")).isNotEmpty();

    JsonNode retry = JSON.readTree(site.nextMorning("retry", one, "--json").out());

    assertThat(retry.path("exitCode").asInt()).isEqualTo(5);
    assertThat(retry.path("quarantined").asInt()).isZero();
    assertThat(retry.at("/orgFaults/contact." + CODE).asInt()).isEqualTo(1);
    refused = saved -> false;
    assertThat(morning().path("exitCode").asInt()).isZero();
  }

  /** Where few change in a day, it takes several mornings to see that it is the org. */
  @Test
  void refusalOfTheFewOfEachMorning_isTheOrgs_onceTheyAreMany_andReleasesThem() throws Exception {
    assertThat(morning().path("exitCode").asInt()).isZero();
    refused = saved -> true;
    boolean seen = false;
    for (int day = 1; day <= 7; day++) {
      newPeople(day, 5);
      JsonNode bad = morning();
      assertThat(bad.path("exitCode").asInt()).isEqualTo(5);
      seen |= !bad.path("orgFaults").isEmpty();
    }
    assertThat(seen).isTrue();

    refused = saved -> false;
    JsonNode good = morning();

    assertThat(good.path("exitCode").asInt()).isZero();
    assertThat(good.at("/contacts/inserted").asInt()).isEqualTo(35);
  }

  @Test
  void twoCausesOfOneCode_areCountedTogether() throws Exception {
    site.configure("quarantine.max-share = 30%\n");
    blamed =
        saved ->
            Character.getNumericValue(
                            saved.get("HP_PMI_ID__c").map(String::valueOf).orElseThrow().charAt(9))
                        % 2
                    == 0
                ? "LastName"
                : "Phone";
    refused = saved -> true;

    JsonNode bad = morning();

    assertThat(bad.at("/orgFaults/contact." + CODE).asInt())
        .isEqualTo(bad.at("/contacts/refused").asInt());
  }

  /**
   * Invented people who enrol on a day: copies of those who were there, under PMI IDs of their own.
   */
  private void newPeople(int day, int number) {
    site.source(
        """
        CREATE TABLE dbo.fresh AS SELECT * FROM dbo.healthpro
          WHERE [PMI ID] IN (SELECT [PMI ID] FROM dbo.healthpro WHERE [Withdrawal Status] = '0'
            AND [Paired Organization] = 'COLUMBIA_COLUMBIA' AND [PMI ID] NOT LIKE 'P07%%'
            AND [Email] NOT LIKE '%%example.com' ORDER BY [PMI ID] FETCH FIRST %d ROWS ONLY);
        UPDATE dbo.fresh SET [PMI ID] = CONCAT('P07', LPAD(CAST(%d + ROWNUM() AS VARCHAR), 7, '0')),
          [Email] = CONCAT('fresh', %d + ROWNUM(), '@example.org');
        INSERT INTO dbo.healthpro SELECT * FROM dbo.fresh;
        DROP TABLE dbo.fresh"""
            .formatted(number, day * 100, day * 100));
  }

  private String somebody() throws Exception {
    site.run("plan", "--initial-load", "--out", "plan.json", "--show-values");
    return JSON.readTree(directory.resolve("plan.json").toFile()).findValuesAsText("pmiId").get(0);
  }
}
