package edu.cumc.aou.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import edu.cumc.aou.simulator.salesforce.org.Automation.Refusal;
import edu.cumc.aou.simulator.salesforce.org.SavedRecord;
import java.nio.file.Path;
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

  @BeforeEach
  void open() {
    site = new Site(directory, 60, false, org -> org.automation(this::look));
    site.run("init");
  }

  private void look(SavedRecord saved) {
    if (saved.object().equals("Contact") && refused.test(saved)) {
      throw new Refusal(CODE, "not today", "LastName");
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
    site.source("UPDATE dbo.healthpro SET [Street Address] = '1 Invented Street'");
    assertThat(morning().path("orgFaults")).isNotEmpty();
    refused = saved -> saved.get("HP_PMI_ID__c").filter(one::equals).isPresent();

    assertThat(morning().path("quarantined").asInt()).isZero();
    JsonNode third = morning();
    assertThat(third.path("quarantined").asInt()).isEqualTo(1);
    assertThat(morning().at("/held/contact.quarantine").asInt()).isEqualTo(1);
  }

  private String somebody() throws Exception {
    site.run("plan", "--initial-load", "--out", "plan.json", "--show-values");
    return JSON.readTree(directory.resolve("plan.json").toFile()).findValuesAsText("pmiId").get(0);
  }
}
