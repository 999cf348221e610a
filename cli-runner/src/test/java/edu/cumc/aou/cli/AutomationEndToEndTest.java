package edu.cumc.aou.cli;

import static org.assertj.core.api.Assertions.assertThat;

import edu.cumc.aou.cli.Site.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a check-up says of the flows, triggers and rules that will act on our writes. */
class AutomationEndToEndTest {

  private static final String OBJECTS =
      """
      { "objects": [
        { "name": "FlowDefinitionView", "fields": [
          { "name": "ApiName", "type": "string" },
          { "name": "TriggerObjectOrEventId", "type": "string" },
          { "name": "IsActive", "type": "boolean" } ] },
        { "name": "ApexTrigger", "fields": [
          { "name": "Name", "type": "string" },
          { "name": "TableEnumOrId", "type": "string" },
          { "name": "Status", "type": "string" } ] },
        { "name": "DuplicateRule", "fields": [
          { "name": "DeveloperName", "type": "string" },
          { "name": "SobjectType", "type": "string" },
          { "name": "IsActive", "type": "boolean" } ] } ] }
      """;

  @TempDir private Path directory;

  @Test
  void whatIsSwitchedOn_isNamed_andWhatCannotBeSeenIsSaid() throws IOException {
    Path schema = Files.writeString(directory.resolve("schema.json"), OBJECTS);
    try (Site site = new Site(directory, 2, false, org -> org.schema(schema))) {
      site.org.create("FlowDefinitionView", flow("Make_Journey", true));
      site.org.create("FlowDefinitionView", flow("Old_One", false));
      site.org.create(
          "ApexTrigger",
          Map.of("Name", "OnJourney", "TableEnumOrId", "Opportunity", "Status", "Active"));
      site.org.create(
          "DuplicateRule",
          Map.of("DeveloperName", "Same_Name", "SobjectType", "Contact", "IsActive", true));
      site.run("init");

      Result check = site.run("check");

      assertThat(check.exitCode()).as(check.out() + check.err()).isZero();
      assertThat(check.out().replaceAll("\\s+", " "))
          .contains("on Contact act 1 active flow (Make_Journey), 0 active triggers")
          .contains("1 active duplicate rule (Same_Name)")
          .contains("may not see matching rules: that takes the permission View Setup and")
          .contains("1 active trigger (OnJourney)")
          .doesNotContain("Old_One");
    }
  }

  @Test
  void validationRules_areNamed_orThePermissionThatTheyTake() {
    try (Site site = new Site(directory, 2)) {
      site.org.validationRule("Contact", "Phone_Needed", true);
      site.org.validationRule("Contact", "Old_Rule", false);
      site.org.validationRule("Opportunity", "Stage_Order", true);
      site.org.validationRule("Case", "Not_Ours", true);
      site.run("init");

      assertThat(words(site.run("check")))
          .contains("on Contact act 1 active validation rule (Phone_Needed)")
          .contains("on Opportunity act 1 active validation rule (Stage_Order)")
          .doesNotContain("Old_Rule", "Not_Ours");

      site.org.permit(false, false);
      assertThat(words(site.run("check")))
          .contains("the Salesforce user may not see flows, triggers, validation rules, duplicate")
          .contains("that takes the permission View Setup and Configuration")
          .doesNotContain("Phone_Needed");
    }
  }

  @Test
  void mailOfASandbox_isToldWhereTheUserMayAsk_andThePermissionElse() {
    try (Site site = new Site(directory, 2)) {
      site.run("init");

      assertThat(words(site.run("check")))
          .contains("is not told: that takes the permission Author Apex");
      site.org.permit(true, true);
      assertThat(words(site.run("check")))
          .contains("e-mail of automation does not leave this sandbox");
      site.org.deliverMail(true);
      Result check = site.run("check");

      assertThat(check.exitCode()).isZero();
      assertThat(words(check))
          .contains("e-mail leaves this sandbox")
          .contains("set Setup, Deliverability, Access level to System email only");
    }
  }

  @Test
  void productionOrg_isNotAskedForItsMail() {
    try (Site site = new Site(directory, 2, false, org -> org.sandbox(false))) {
      site.configure("environment = production\n");
      site.org.permit(true, true);
      site.run("init");

      assertThat(words(site.run("check"))).doesNotContain("e-mail");
    }
  }

  private static String words(Result result) {
    return result.out().replaceAll("\\s+", " ");
  }

  private static Map<String, Object> flow(String name, boolean active) {
    return Map.of("ApiName", name, "TriggerObjectOrEventId", "Contact", "IsActive", active);
  }
}
