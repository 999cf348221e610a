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
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Asks for the active automation in the org that acts on the records of the sync's objects. */
final class Automations {

  /** Names no more than this. */
  private static final int MOST = 2_000;

  /** What is wrong with a query within a request if the user may not see the sort. */
  private static final Set<String> HIDES =
      Set.of("INVALID_TYPE", "INVALID_FIELD", "INSUFFICIENT_ACCESS", "NOT_FOUND");

  /** Reserves nothing beyond its own transaction, and fails where e-mail may not be sent. */
  private static final String ASKS_FOR_MAIL = "Messaging.reserveSingleEmailCapacity(1);";

  private static final String REFUSES_MAIL = "System.NoAccessException";

  private final Salesforce salesforce;
  private final Map<CrmObject, String> objects;

  private Automations(Salesforce salesforce, Map<CrmObject, String> objects) {
    this.salesforce = salesforce;
    this.objects = objects;
  }

  /** Takes two calls, or one for each sort where the org takes no queries together. */
  static List<Automation> of(Salesforce salesforce, String contact, String journey) {
    Automations automations =
        new Automations(salesforce, Map.of(CrmObject.CONTACT, contact, CrmObject.JOURNEY, journey));
    List<Setup> setups =
        List.of(
            new Setup(
                Sort.FLOW,
                "FlowDefinitionView",
                "ApiName",
                "TriggerObjectOrEventId",
                SoqlCondition.eq("IsActive", true)),
            new Setup(
                Sort.TRIGGER,
                "ApexTrigger",
                "Name",
                "TableEnumOrId",
                SoqlCondition.eq("Status", "Active")),
            new Setup(
                Sort.DUPLICATE_RULE,
                "DuplicateRule",
                "DeveloperName",
                "SobjectType",
                SoqlCondition.eq("IsActive", true)),
            new Setup(
                Sort.MATCHING_RULE,
                "MatchingRule",
                "DeveloperName",
                "SobjectType",
                SoqlCondition.eq("RuleStatus", "Active")));
    List<Automation> all = new ArrayList<>(automations.find(setups));
    all.addAll(automations.validationRules());
    all.sort(Comparator.comparing(Automation::sort));
    return all;
  }

  /** Where one sort is to be found. */
  private record Setup(
      Sort sort, String object, String nameField, String objectField, SoqlCondition active) {}

  /** Something that acts on an object, by name. */
  private record Found(String object, String name) {}

  private List<Automation> find(List<Setup> setups) {
    List<?> answers = together(setups);
    List<Automation> found = new ArrayList<>();
    for (int i = 0; i < setups.size(); i++) {
      Setup setup = setups.get(i);
      Object answer = i < answers.size() ? answers.get(i) : null;
      found.addAll(fromAnswer(setup, answer).orElseGet(() -> find(setup)));
    }
    return found;
  }

  /** The answers to all queries by one call; empty if the org refuses that call. */
  private List<?> together(List<Setup> setups) {
    String query = "/services/data/v" + salesforce.settings().apiVersion() + "/query?q=";
    List<Map<String, String>> queries = new ArrayList<>();
    for (Setup setup : setups) {
      queries.add(
          Map.of(
              "method",
              "GET",
              "url",
              query + RawRequest.encoded(soql(setup)),
              "referenceId",
              setup.object()));
    }
    RawRequest request =
        RawRequest.post("composite")
            .json(Map.of("allOrNone", false, "compositeRequest", queries))
            .repeatable(true);
    try {
      Object parts = in(salesforce.send(request).json(), "compositeResponse");
      return parts instanceof List<?> list && list.size() == setups.size() ? list : List.of();
    } catch (SalesforceException e) {
      if (isHidden(e)) {
        return List.of();
      }
      throw e;
    }
  }

  /** Empty if the sort is to be asked for alone, because this says too little. */
  private Optional<List<Automation>> fromAnswer(Setup setup, @Nullable Object answer) {
    Object body = in(answer, "body");
    if (!setup.object().equals(text(answer, "referenceId"))) {
      return Optional.empty();
    }
    if (body instanceof List<?> errors
        && !errors.isEmpty()
        && errors.stream().allMatch(e -> HIDES.contains(text(e, "errorCode")))) {
      return Optional.of(sorted(setup.sort(), null));
    }
    if (!Boolean.TRUE.equals(in(body, "done"))) {
      return Optional.empty();
    }
    List<Found> found =
        records(body).stream()
            .map(r -> new Found(text(r, setup.objectField()), text(r, setup.nameField())))
            .toList();
    return Optional.of(sorted(setup.sort(), found));
  }

  private String soql(Setup setup) {
    return Soql.select(setup.nameField(), setup.objectField())
        .from(setup.object())
        .where(
            SoqlCondition.and(
                List.of(SoqlCondition.in(setup.objectField(), objects.values()), setup.active())))
        .limit(MOST)
        .text();
  }

  private List<Automation> find(Setup setup) {
    List<Found> found = new ArrayList<>();
    try (RecordCursor rows = salesforce.query(soql(setup))) {
      rows.forEachRemaining(
          row ->
              found.add(
                  new Found(
                      row.text(setup.objectField()).orElse(""),
                      row.text(setup.nameField()).orElse(""))));
    } catch (SalesforceException e) {
      if (isHidden(e)) {
        return sorted(setup.sort(), null);
      }
      throw e;
    }
    return sorted(setup.sort(), found);
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
      for (Object record : records(answer)) {
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

  private static List<?> records(@Nullable Object answer) {
    return in(answer, "records") instanceof List<?> records ? records : List.of();
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
