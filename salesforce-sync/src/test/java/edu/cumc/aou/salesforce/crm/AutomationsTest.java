package edu.cumc.aou.salesforce.crm;

import static org.assertj.core.api.Assertions.assertThat;

import edu.cumc.aou.salesforce.Clients;
import edu.cumc.aou.salesforce.Salesforce;
import edu.cumc.aou.salesforce.VirtualTime;
import edu.cumc.aou.simulator.salesforce.SalesforceSimulator;
import edu.cumc.aou.simulator.salesforce.fault.Fault;
import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.model.OrgTraits.Sort;
import edu.cumc.aou.sync.port.Crm.Automation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How many calls it takes to see what acts on the sync's objects. */
class AutomationsTest {

  private static final String SETUP =
      """
      { "objects": [
        { "name": "FlowDefinitionView", "fields": [
          { "name": "ApiName", "type": "string" },
          { "name": "TriggerObjectOrEventId", "type": "string" },
          { "name": "IsActive", "type": "boolean" } ] },
        { "name": "ApexTrigger", "fields": [
          { "name": "Name", "type": "string" },
          { "name": "TableEnumOrId", "type": "string" },
          { "name": "Status", "type": "string" } ] } ] }
      """;

  private static final List<Automation> ALL =
      List.of(
          new Automation(CrmObject.CONTACT, Sort.FLOW, true, List.of("Letter", "Make_Journey")),
          new Automation(CrmObject.JOURNEY, Sort.FLOW, true, List.of()),
          new Automation(CrmObject.CONTACT, Sort.TRIGGER, true, List.of()),
          new Automation(CrmObject.JOURNEY, Sort.TRIGGER, true, List.of("OnJourney")),
          new Automation(CrmObject.CONTACT, Sort.VALIDATION_RULE, true, List.of("Phone_Needed")),
          new Automation(CrmObject.JOURNEY, Sort.VALIDATION_RULE, true, List.of()),
          new Automation(CrmObject.CONTACT, Sort.DUPLICATE_RULE, false, List.of()),
          new Automation(CrmObject.JOURNEY, Sort.DUPLICATE_RULE, false, List.of()),
          new Automation(CrmObject.CONTACT, Sort.MATCHING_RULE, false, List.of()),
          new Automation(CrmObject.JOURNEY, Sort.MATCHING_RULE, false, List.of()));

  @TempDir private Path directory;
  private SalesforceSimulator org;
  private Salesforce salesforce;

  @BeforeEach
  void start() throws IOException {
    start(2_000);
  }

  private void start(int pageSize) throws IOException {
    VirtualTime time = new VirtualTime();
    org =
        SalesforceSimulator.builder()
            .clock(time)
            .pageSize(pageSize)
            .schema(Files.writeString(directory.resolve("setup.json"), SETUP))
            .start();
    salesforce = Clients.of(org, time);
    for (String flow : List.of("Make_Journey", "Letter")) {
      org.create(
          "FlowDefinitionView",
          Map.of("ApiName", flow, "TriggerObjectOrEventId", "Contact", "IsActive", true));
    }
    org.create(
        "FlowDefinitionView",
        Map.of("ApiName", "Old_One", "TriggerObjectOrEventId", "Contact", "IsActive", false));
    org.create(
        "ApexTrigger",
        Map.of("Name", "OnJourney", "TableEnumOrId", "Opportunity", "Status", "Active"));
    org.validationRule("Contact", "Phone_Needed", true);
  }

  @AfterEach
  void close() {
    salesforce.close();
    org.close();
  }

  private List<Automation> find() {
    return Automations.of(salesforce, "Contact", "Opportunity");
  }

  @Test
  void allSorts_seenOrNot_takeTwoCalls() {
    assertThat(find()).isEqualTo(ALL);
    assertThat(org.apiCalls()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({
    "400, INVALID_INPUT",
    "403, FUNCTIONALITY_NOT_ENABLED",
    "404, NOT_FOUND",
    "405, METHOD_NOT_ALLOWED"
  })
  void orgThatTakesNoQueriesTogether_isAskedForOneSortAfterTheOther(int status, String code) {
    org.faults().on("POST", ".+/composite", n -> true, Fault.error(status, code, "No."));

    assertThat(find()).isEqualTo(ALL);
    assertThat(org.apiCalls()).as("beside the one that was refused").isEqualTo(5);
  }

  @Test
  void answerWithoutItsParts_isNoAnswer() {
    Map<String, String> json = Map.of("Content-Type", "application/json");
    org.faults().on("POST", ".+/composite", n -> true, Fault.answer(200, json, "{}"));

    assertThat(find()).isEqualTo(ALL);
  }

  @Test
  void sortOfMoreThanAPage_isReadWhole() throws IOException {
    close();
    start(1);

    assertThat(find()).isEqualTo(ALL);
    assertThat(org.apiCalls()).as("and once more for the flows, by pages").isEqualTo(4);
  }
}
