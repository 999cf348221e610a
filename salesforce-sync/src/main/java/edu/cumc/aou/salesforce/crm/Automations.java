package edu.cumc.aou.salesforce.crm;

import edu.cumc.aou.salesforce.RecordCursor;
import edu.cumc.aou.salesforce.Salesforce;
import edu.cumc.aou.salesforce.SalesforceException;
import edu.cumc.aou.salesforce.SalesforceException.Kind;
import edu.cumc.aou.salesforce.Soql;
import edu.cumc.aou.salesforce.SoqlCondition;
import edu.cumc.aou.sync.port.Crm.Automation;
import java.util.ArrayList;
import java.util.List;

/** Asks what in the org is switched on and acts on the records of an sObject. */
final class Automations {

  /** More are not named. */
  private static final int MOST = 200;

  private Automations() {}

  /** One call for each sort. */
  static List<Automation> of(Salesforce salesforce, String object) {
    return List.of(
        find(
            salesforce,
            Automation.Sort.FLOW,
            Soql.select("ApiName").from("FlowDefinitionView"),
            "ApiName",
            SoqlCondition.eq("TriggerObjectOrEventId", object),
            SoqlCondition.eq("IsActive", true)),
        find(
            salesforce,
            Automation.Sort.TRIGGER,
            Soql.select("Name").from("ApexTrigger"),
            "Name",
            SoqlCondition.eq("TableEnumOrId", object),
            SoqlCondition.eq("Status", "Active")),
        find(
            salesforce,
            Automation.Sort.DUPLICATE_RULE,
            Soql.select("DeveloperName").from("DuplicateRule"),
            "DeveloperName",
            SoqlCondition.eq("SobjectType", object),
            SoqlCondition.eq("IsActive", true)),
        find(
            salesforce,
            Automation.Sort.MATCHING_RULE,
            Soql.select("DeveloperName").from("MatchingRule"),
            "DeveloperName",
            SoqlCondition.eq("SobjectType", object),
            SoqlCondition.eq("RuleStatus", "Active")));
  }

  private static Automation find(
      Salesforce salesforce,
      Automation.Sort sort,
      Soql query,
      String nameField,
      SoqlCondition object,
      SoqlCondition active) {
    List<String> names = new ArrayList<>();
    String soql = query.where(SoqlCondition.and(List.of(object, active))).limit(MOST).text();
    try (RecordCursor rows = salesforce.query(soql)) {
      while (rows.hasNext()) {
        rows.next().text(nameField).ifPresent(names::add);
      }
    } catch (SalesforceException e) {
      if (e.kind() == Kind.CONFIGURATION || e.kind() == Kind.NOT_FOUND) {
        return new Automation(sort, false, List.of());
      }
      throw e;
    }
    names.sort(null);
    return new Automation(sort, true, names);
  }
}
