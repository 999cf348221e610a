package edu.cumc.aou.sync.run;

import edu.cumc.aou.sync.Environment;
import edu.cumc.aou.sync.FailureKind;
import edu.cumc.aou.sync.SyncException;
import edu.cumc.aou.sync.SyncSettings;
import edu.cumc.aou.sync.config.ConfigProblems;
import edu.cumc.aou.sync.config.Similar;
import edu.cumc.aou.sync.mapping.BoundField;
import edu.cumc.aou.sync.mapping.BoundMapping;
import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.model.FieldInfo;
import edu.cumc.aou.sync.model.ObjectInfo;
import edu.cumc.aou.sync.model.SalesforceIds;
import edu.cumc.aou.sync.model.SourceRelation;
import edu.cumc.aou.sync.plan.StatusRules;
import edu.cumc.aou.sync.port.OrgIdentity;
import edu.cumc.aou.sync.port.SourceColumns;
import edu.cumc.aou.sync.port.SourceQuery;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What must be known before anything is read: the right org, and a mapping that fits both sides.
 *
 * @param mapping bound to the source's columns and the org's fields
 * @param query what to select from the source
 */
public record Preparation(OrgIdentity org, BoundMapping mapping, SourceQuery query) {

  /** Looks at both sides; throws CONFIG with all problems. */
  public static Preparation of(RunServices services, SyncSettings settings) {
    OrgIdentity org = services.crm().org();
    checkOrg(org, settings);
    checkBinding(org, services);
    ConfigProblems problems = new ConfigProblems();
    SourceColumns contactColumns = services.source().columns(SourceRelation.CONTACTS);
    SourceColumns journeyColumns = services.source().columns(SourceRelation.JOURNEYS);
    ObjectInfo contact = services.crm().describe(CrmObject.CONTACT);
    ObjectInfo journey = services.crm().describe(CrmObject.JOURNEY);
    checkObject(contact, "contact.object", true, problems);
    checkObject(journey, "journey.object", false, problems);
    FieldInfo pmiField = BoundMapping.pmiField(contact, settings.contact().pmiField(), problems);
    if (journey.field(settings.journey().contactField()).isEmpty()) {
      problems.add(
          "journey.contact-field",
          "the sObject "
              + journey.name()
              + " has no such field, or the Salesforce user may not see it");
    }
    List<BoundField> contactFields =
        settings
            .contact()
            .mapping()
            .bind(contactColumns, contact, settings.sourceZone(), settings.localZone(), problems);
    List<BoundField> journeyFields =
        settings
            .journey()
            .mapping()
            .bind(journeyColumns, journey, settings.sourceZone(), settings.localZone(), problems);
    StatusRules rules = new StatusRules(settings.status());
    SourceQuery query =
        new SourceQuery(
            keyColumn(
                contactColumns, "contact.pmi-column", settings.contact().pmiColumn(), problems),
            columns(contactFields, rules.columnsIn(contactColumns)),
            keyColumn(
                journeyColumns, "journey.pmi-column", settings.journey().pmiColumn(), problems),
            columns(journeyFields, rules.columnsIn(journeyColumns)),
            rules);
    checkStatusColumns(settings, contactColumns, journeyColumns, problems);
    problems.throwIfAny();
    return new Preparation(org, new BoundMapping(pmiField, contactFields, journeyFields), query);
  }

  private static void checkOrg(OrgIdentity org, SyncSettings settings) {
    boolean wantsSandbox = settings.environment() == Environment.SANDBOX;
    if (org.sandbox() != wantsSandbox) {
      throw new SyncException(
          FailureKind.CONFIG,
          "environment: the setting says "
              + (wantsSandbox ? "sandbox" : "production")
              + ", the org says it is "
              + (org.sandbox() ? "a sandbox" : "no sandbox")
              + "; correct environment or salesforce.login-url. Nothing was changed.");
    }
    String expected = settings.expectedOrgId();
    if (expected != null
        && !SalesforceIds.canonical(expected).equals(SalesforceIds.canonical(org.id()))) {
      throw new SyncException(
          FailureKind.CONFIG,
          "salesforce.expected-org-id: the login leads to another org; correct it or the login. Nothing was changed.");
    }
  }

  private static void checkBinding(OrgIdentity org, RunServices services) {
    services
        .store()
        .runs()
        .boundOrg()
        .filter(bound -> !bound.equals(org.id()))
        .ifPresent(
            bound -> {
              throw new SyncException(
                  FailureKind.CONFIG,
                  "store.jdbc-url: this store belongs to another Salesforce org; use a store of its own for each org, or"
                      + " start this one afresh with aou-sync init --rebind. Nothing was changed.");
            });
  }

  private static void checkObject(
      ObjectInfo object, String setting, boolean creates, ConfigProblems problems) {
    if (!object.updateable() || (creates && !object.createable())) {
      problems.add(
          setting,
          "the Salesforce user may not "
              + (creates ? "create and edit " : "edit ")
              + object.name()
              + "; grant the permission");
    }
  }

  private static String keyColumn(
      SourceColumns relation, String setting, String column, ConfigProblems problems) {
    return relation
        .find(column)
        .orElseGet(
            () -> {
              problems.add(
                  setting,
                  "the source has no column " + column + Similar.hint(column, relation.names()));
              return column;
            });
  }

  private static void checkStatusColumns(
      SyncSettings settings,
      SourceColumns contacts,
      SourceColumns journeys,
      ConfigProblems problems) {
    require(
        "withdrawal.status-column",
        settings.status().withdrawalColumn(),
        contacts,
        journeys,
        problems);
    require(
        "status.organization.column",
        settings.status().organizationColumn(),
        contacts,
        journeys,
        problems);
  }

  /**
   * These two decide whose data may be sent at all: a misspelt one must not pass for a silent one.
   */
  private static void require(
      String setting,
      String column,
      SourceColumns contacts,
      SourceColumns journeys,
      ConfigProblems problems) {
    if (!column.isEmpty() && contacts.find(column).isEmpty() && journeys.find(column).isEmpty()) {
      problems.add(
          setting,
          "the source has no column " + column + "; name the right one, or set it to \"\"");
    }
  }

  private static List<String> columns(List<BoundField> fields, List<String> more) {
    Set<String> columns = new LinkedHashSet<>();
    fields.forEach(f -> columns.addAll(f.columns()));
    columns.addAll(more);
    return List.copyOf(columns);
  }
}
