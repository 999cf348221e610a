package edu.cumc.aou.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import edu.cumc.aou.cli.Site.Result;
import edu.cumc.aou.simulator.salesforce.fault.Fault;
import edu.cumc.aou.simulator.salesforce.org.AddedRecordType;
import edu.cumc.aou.simulator.salesforce.org.OrgSeed;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the check-up and a run say when an administrator set up the org in another way. */
class OrgOfOthersEndToEndTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path directory;
  private Site site;

  @BeforeEach
  void open() {
    site =
        new Site(
            directory,
            4,
            false,
            org ->
                org.recordType(new AddedRecordType("Contact", "Participant", true, true))
                    .recordType(new AddedRecordType("Opportunity", "Journey", true, true))
                    .recordType(new AddedRecordType("Contact", "Retired", false, true))
                    .recordType(new AddedRecordType("Contact", "Donor", true, false)));
  }

  @AfterEach
  void close() {
    site.close();
  }

  private JsonNode finding(String subject, String settings) throws IOException {
    site.configure(settings);
    assertThat(site.run("init").exitCode()).isZero();
    Result result = site.run("check", "--json");
    for (JsonNode finding : JSON.readTree(result.out()).at("/findings")) {
      if (finding.at("/subject").asText().equals(subject)) {
        return finding;
      }
    }
    throw new AssertionError("nothing is said of " + subject + ": " + result.out());
  }

  /** The first query of each run asks for the Organization. */
  private void hideOrganization() {
    site.org
        .faults()
        .on(
            "GET",
            ".+/query",
            1,
            Fault.answer(
                400,
                Map.of("Content-Type", "application/json"),
                "[{\"message\":\"sObject type 'Organization' is not supported.\","
                    + "\"errorCode\":\"INVALID_TYPE\"}]"));
  }

  @Test
  void organizationThatTheUserMayNotRead_isToldByTheLogin() throws IOException {
    hideOrganization();

    JsonNode environment = finding("environment", "");

    assertThat(environment.at("/level").asText()).isEqualTo("ok");
    assertThat(environment.at("/message").asText()).contains("sandbox");
  }

  @Test
  void run_goesByTheLoginsAnswer() {
    assertThat(site.run("init").exitCode()).isZero();
    hideOrganization();

    Result result = site.run("sync", "--initial-load");

    assertThat(result.exitCode()).as(result.err()).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "contact.where = \"No_Such_Field__c = 1\" | contact.where",
        "journey.where = \"StageName = \" | journey.where",
        "contact.pmi-field = Description | contact.pmi-field",
      })
  void queryThatFails_namesItsSetting(String settings, String named) {
    site.configure(settings);
    assertThat(site.run("init").exitCode()).isZero();

    Result check = site.run("check");
    Result sync = site.run("sync", "--initial-load");

    assertThat(check.out()).contains(named);
    assertThat(sync.exitCode()).isEqualTo(3);
    assertThat(sync.err()).contains(named + ":");
  }

  /** Describe is older than the permission that an administrator takes away while a run begins. */
  @ParameterizedTest
  @CsvSource({
    "1, Contact, HP_Sex__c, contact.fields.HP_Sex__c",
    "2, Opportunity, HP_EHR_Consent_Date__c, journey.fields.HP_EHR_Consent_Date__c",
    "1, Contact, MasterRecordId, contact.object",
  })
  void fieldThatIsHiddenBetweenDescribeAndTheQuery_isNamedByItsSetting(
      int query, String object, String field, String setting) {
    assertThat(site.run("init").exitCode()).isZero();
    assertThat(site.run("sync", "--initial-load").exitCode()).isZero();
    site.org
        .faults()
        .on(
            "GET",
            ".+/queryAll",
            query,
            Fault.answer(
                400,
                Map.of("Content-Type", "application/json"),
                "[{\"message\":\"\\n"
                    + "SELECT Id FROM X\\n"
                    + " ^\\n"
                    + "ERROR at Row:1:Column:8\\n"
                    + "No such column '"
                    + field
                    + "' on entity '"
                    + object
                    + "'. If you are attempting to use a custom field, be sure to append the"
                    + " '__c'\",\"errorCode\":\"INVALID_FIELD\"}]"));

    Result hidden = site.nextMorning("sync");

    assertThat(hidden.exitCode()).isEqualTo(3);
    assertThat(hidden.err()).contains(setting + ": ", object, field, "grant access");
    assertThat(site.nextMorning("sync").exitCode()).isZero();
  }

  @Test
  void account_isLookedUp() throws IOException {
    JsonNode good = finding("contact.account-id", "");
    assertThat(good.at("/level").asText()).isEqualTo("ok");
    assertThat(good.at("/message").asText()).contains("exists", "may use it");

    JsonNode absent = finding("contact.account-id", "contact.account-id = \"001000000000999AAA\"");
    assertThat(absent.at("/level").asText()).isEqualTo("error");
    assertThat(absent.at("/code").asText()).isEqualTo("record-not-usable");

    site.org.delete(site.org.accountId());
    JsonNode deleted = finding("contact.account-id", "");
    assertThat(deleted.at("/message").asText()).contains("deleted");
  }

  @Test
  void owner_isLookedUpWhereAConstantNamesIt() throws IOException {
    JsonNode absent =
        finding(
            "contact.fields.OwnerId", "contact.fields.OwnerId.constant = \"005000000000999AAA\"");

    assertThat(absent.at("/level").asText()).isEqualTo("error");
    assertThat(absent.at("/message").asText()).contains("no User has this id");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1 | ok      | exists, and the user may use it",
        "2 | error   | no record type of Contact has this id",
        "3 | error   | is not active",
        "4 | error   | the profile of the Salesforce user does not have this record type of"
            + " Contact",
        "5 | error   | no record type of Contact has this id",
      })
  void recordType_isLookedUp_andOneThatIsRightIsSent(int number, String level, String message)
      throws IOException {
    String id = AddedRecordType.id(number);
    String mapped = "contact.fields.RecordTypeId.constant = \"" + id.substring(0, 15) + "\"";

    JsonNode finding = finding("contact.fields.RecordTypeId", mapped);

    assertThat(finding.at("/level").asText()).isEqualTo(level);
    assertThat(finding.at("/message").asText()).contains(message);
    Result sync = site.run("sync", "--initial-load");
    assertThat(sync.exitCode()).as(sync.out()).isEqualTo(level.equals("ok") ? 0 : 5);
    if (level.equals("ok")) {
      assertThat(site.org.records("Contact").filter(c -> c.containsKey("HP_PMI_ID__c")))
          .isNotEmpty()
          .allSatisfy(c -> assertThat(c).containsEntry("RecordTypeId", id));
      assertThat(site.nextMorning("sync").out()).doesNotContain("updated");
    }
  }

  @Test
  void owner_whoHasLeft_isTold_andOneWhoIsThereIsSent() throws IOException {
    String staff = OrgSeed.STAFF_USER;
    String mapped = "contact.fields.OwnerId.constant = \"" + staff + "\"";
    assertThat(finding("contact.fields.OwnerId", mapped).at("/level").asText()).isEqualTo("ok");
    assertThat(site.run("sync", "--initial-load").exitCode()).isZero();
    assertThat(site.org.records("Contact").filter(c -> c.containsKey("HP_PMI_ID__c")))
        .isNotEmpty()
        .allSatisfy(c -> assertThat(c).containsEntry("OwnerId", staff));

    site.org.edit(staff, Map.of("IsActive", false));

    assertThat(finding("contact.fields.OwnerId", mapped).at("/message").asText())
        .contains("the User is not active");
  }

  @ParameterizedTest
  @CsvSource({"005000000000999AAA, 4 rows", "'', exist"})
  void ownersOfAColumn_areLookedUp(String id, String told) throws IOException {
    RetypedSource source = new RetypedSource(site);
    source.contact("Owner", "'" + (id.isEmpty() ? OrgSeed.STAFF_USER : id) + "'");
    site.configure(source.settings() + "contact.fields.OwnerId.column = Owner");
    assertThat(site.run("init").exitCode()).isZero();

    JsonNode check = JSON.readTree(site.run("check", "--json").out());

    assertThat(check.at("/findings"))
        .filteredOn(f -> f.at("/subject").asText().equals("contact.fields.OwnerId"))
        .extracting(f -> f.at("/message").asText())
        .anySatisfy(message -> assertThat(message).contains("Owner", told));
  }
}
