package edu.cumc.aou.salesforce.crm;

import edu.cumc.aou.salesforce.RawRequest;
import edu.cumc.aou.salesforce.RecordCursor;
import edu.cumc.aou.salesforce.Salesforce;
import edu.cumc.aou.salesforce.SalesforceException;
import edu.cumc.aou.salesforce.SalesforceException.Kind;
import edu.cumc.aou.salesforce.Soql;
import edu.cumc.aou.salesforce.SoqlCondition;
import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.model.OrgTraits.Sort;
import edu.cumc.aou.sync.port.Crm.Automation;
import edu.cumc.aou.sync.port.Crm.Mail;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Asks for the active automation in the org that acts on the records of the sync's objects. */
final class Automations {

  /** Names no more than this. */
  private static final int MOST = 2_000;

  /** Reserves nothing beyond its own transaction, and fails where e-mail may not be sent. */
  private static final String ASKS_FOR_MAIL = "Messaging.reserveSingleEmailCapacity(1);";

  private static final String REFUSES_MAIL = "System.NoAccessException";

  private final Salesforce salesforce;
  private final Map<CrmObject, String> objects;

  private Automations(Salesforce salesforce, Map<CrmObject, String> objects) {
    this.salesforce = salesforce;
    this.objects = objects;
  }

  /** Takes one call for each sort. */
  static List<Automation> of(Salesforce salesforce, String contact, String journey) {
    Automations automations =
        new Automations(salesforce, Map.of(CrmObject.CONTACT, contact, CrmObject.JOURNEY, journey));
    List<Automation> all = new ArrayList<>();
    all.addAll(
        automations.find(
            Sort.FLOW,
            "FlowDefinitionView",
            "ApiName",
            "TriggerObjectOrEventId",
            SoqlCondition.eq("IsActive", true)));
    all.addAll(
        automations.find(
            Sort.TRIGGER,
            "ApexTrigger",
            "Name",
            "TableEnumOrId",
            SoqlCondition.eq("Status", "Active")));
    all.addAll(automations.validationRules());
    all.addAll(
        automations.find(
            Sort.DUPLICATE_RULE,
            "DuplicateRule",
            "DeveloperName",
            "SobjectType",
            SoqlCondition.eq("IsActive", true)));
    all.addAll(
        automations.find(
            Sort.MATCHING_RULE,
            "MatchingRule",
            "DeveloperName",
            "SobjectType",
            SoqlCondition.eq("RuleStatus", "Active")));
    return all;
  }

  /** Something that acts on an object, by name. */
  private record Found(String object, String name) {}

  private List<Automation> find(
      Sort sort, String setup, String nameField, String objectField, SoqlCondition active) {
    String soql =
        Soql.select(nameField, objectField)
            .from(setup)
            .where(
                SoqlCondition.and(List.of(SoqlCondition.in(objectField, objects.values()), active)))
            .limit(MOST)
            .text();
    List<Found> found = new ArrayList<>();
    try (RecordCursor rows = salesforce.query(soql)) {
      rows.forEachRemaining(
          row ->
              found.add(
                  new Found(row.text(objectField).orElse(""), row.text(nameField).orElse(""))));
    } catch (SalesforceException e) {
      if (isHidden(e)) {
        return sorted(sort, null);
      }
      throw e;
    }
    return sorted(sort, found);
  }

  /** Validation rules are no records of the data API. */
  private List<Automation> validationRules() {
    String soql =
        "SELECT ValidationName, EntityDefinition.QualifiedApiName FROM ValidationRule WHERE"
            + " EntityDefinition.QualifiedApiName IN ("
            + Soql.literal(objects.get(CrmObject.CONTACT))
            + ", "
            + Soql.literal(objects.get(CrmObject.JOURNEY))
            + ") AND Active = true LIMIT "
            + MOST;
    try {
      Object answer = salesforce.send(RawRequest.get("tooling/query").query("q", soql)).json();
      List<Found> found = new ArrayList<>();
      for (Object record : in(answer, "records") instanceof List<?> records ? records : List.of()) {
        found.add(
            new Found(
                text(in(record, "EntityDefinition"), "QualifiedApiName"),
                text(record, "ValidationName")));
      }
      return sorted(Sort.VALIDATION_RULE, found);
    } catch (SalesforceException e) {
      if (isHidden(e)) {
        return sorted(Sort.VALIDATION_RULE, null);
      }
      throw e;
    }
  }

  private static @Nullable Object in(@Nullable Object json, String key) {
    return json instanceof Map<?, ?> object ? object.get(key) : null;
  }

  private static String text(@Nullable Object json, String key) {
    return in(json, key) instanceof String text ? text : "";
  }

  /** {@code found}: null if the user may not see this sort. */
  private List<Automation> sorted(Sort sort, @Nullable List<Found> found) {
    List<Automation> sorted = new ArrayList<>();
    for (CrmObject object : CrmObject.values()) {
      List<String> names =
          found == null
              ? List.of()
              : found.stream()
                  .filter(f -> f.object().equalsIgnoreCase(objects.get(object)))
                  .map(Found::name)
                  .sorted()
                  .toList();
      sorted.add(new Automation(object, sort, found != null, names));
    }
    return sorted;
  }

  /** For a user who may not see a sort of setup, its object does not exist. */
  private static boolean isHidden(SalesforceException e) {
    return e.kind() == Kind.CONFIGURATION
        || e.kind() == Kind.NOT_FOUND
        || e.kind() == Kind.REJECTED;
  }

  /** Whether e-mail of automation leaves the org. One call. */
  static Mail mail(Salesforce salesforce) {
    try {
      Object answer =
          salesforce
              .send(
                  RawRequest.get("tooling/executeAnonymous").query("anonymousBody", ASKS_FOR_MAIL))
              .json();
      if (Boolean.TRUE.equals(in(answer, "success"))) {
        return Mail.LEAVES;
      }
      return text(answer, "exceptionMessage").contains(REFUSES_MAIL) ? Mail.STAYS : Mail.NOT_TOLD;
    } catch (SalesforceException e) {
      if (isHidden(e)) {
        return Mail.NOT_TOLD;
      }
      throw e;
    }
  }
}
