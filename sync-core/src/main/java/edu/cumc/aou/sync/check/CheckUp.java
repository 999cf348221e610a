package edu.cumc.aou.sync.check;

import edu.cumc.aou.sync.Environment;
import edu.cumc.aou.sync.SyncException;
import edu.cumc.aou.sync.SyncSettings;
import edu.cumc.aou.sync.config.ConfigProblems;
import edu.cumc.aou.sync.mapping.BoundField;
import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.model.FieldInfo;
import edu.cumc.aou.sync.model.ObjectInfo;
import edu.cumc.aou.sync.model.SalesforceIds;
import edu.cumc.aou.sync.model.SourceRelation;
import edu.cumc.aou.sync.plan.GuardTrip;
import edu.cumc.aou.sync.plan.Guards;
import edu.cumc.aou.sync.port.CrmScope;
import edu.cumc.aou.sync.port.CrmUsage;
import edu.cumc.aou.sync.port.OrgIdentity;
import edu.cumc.aou.sync.port.SourceColumns;
import edu.cumc.aou.sync.port.SourceCounts;
import edu.cumc.aou.sync.run.RunServices;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Looks at everything that a run needs and writes nothing. Unlike a run it does not stop at the
 * first fault: what can still be looked at is looked at.
 */
public final class CheckUp {

  private final RunServices services;
  private final SyncSettings settings;
  private final List<Finding> findings = new ArrayList<>();

  private CheckUp(RunServices services, SyncSettings settings) {
    this.services = services;
    this.settings = settings;
  }

  /** All findings, in the order of a run. */
  public static List<Finding> run(RunServices services, SyncSettings settings) {
    CheckUp checkUp = new CheckUp(services, settings);
    checkUp.lookAtStore();
    Optional<SourceColumns> contactColumns =
        checkUp.lookAtRelation(SourceRelation.CONTACTS, "source.contacts");
    Optional<SourceColumns> journeyColumns =
        checkUp.lookAtRelation(SourceRelation.JOURNEYS, "source.journeys");
    checkUp.lookAtRows();
    if (checkUp.lookAtOrg()) {
      checkUp.lookAtObject(CrmObject.CONTACT, contactColumns);
      checkUp.lookAtObject(CrmObject.JOURNEY, journeyColumns);
      checkUp.lookAtUsage();
    }
    return List.copyOf(checkUp.findings);
  }

  private void lookAtStore() {
    attempt(
        "store",
        () -> {
          services.store().verify();
          findings.add(Finding.ok("store", "reachable, tables in the version of this program"));
          return true;
        });
  }

  private Optional<SourceColumns> lookAtRelation(SourceRelation relation, String setting) {
    Optional<SourceColumns> columns = attempt(setting, () -> services.source().columns(relation));
    columns.ifPresent(c -> findings.add(Finding.ok(setting, c.names().size() + " columns")));
    return columns;
  }

  private void lookAtRows() {
    Optional<SourceCounts> counts = attempt("source", () -> services.source().counts());
    if (counts.isEmpty()) {
      return;
    }
    List<GuardTrip> trips =
        attempt("store", () -> services.store().runs().lastDone(5))
            .map(runs -> new Guards(settings.guards()).checkSource(counts.get(), runs))
            .orElse(List.of());
    trips.forEach(
        t ->
            findings.add(Finding.error(t.guard(), t.message(), "wait until the source is loaded")));
    if (trips.isEmpty()) {
      findings.add(
          Finding.ok(
              "source",
              String.format(
                  Locale.ROOT,
                  "%,d contact rows, %,d journey rows",
                  counts.get().contacts(),
                  counts.get().journeys())));
    }
  }

  private boolean lookAtOrg() {
    Optional<OrgIdentity> found = attempt("salesforce", () -> services.crm().org());
    if (found.isEmpty()) {
      return false;
    }
    OrgIdentity org = found.get();
    boolean wantsSandbox = settings.environment() == Environment.SANDBOX;
    if (org.sandbox() == wantsSandbox) {
      findings.add(
          Finding.ok(
              "environment",
              "the login leads to a " + (org.sandbox() ? "sandbox" : "production org")));
    } else {
      findings.add(
          Finding.error(
              "environment",
              "the login leads to a "
                  + (org.sandbox() ? "sandbox" : "production org")
                  + ", the setting says otherwise",
              "correct environment or salesforce.login-url"));
    }
    String expected = settings.expectedOrgId();
    if (expected == null && !wantsSandbox) {
      findings.add(
          Finding.warning(
              "salesforce.expected-org-id",
              "is not set: any production org that the login leads to would be written to",
              "set it to the id of your org (Setup, Company Information)"));
    } else if (expected != null
        && !SalesforceIds.canonical(expected).equals(SalesforceIds.canonical(org.id()))) {
      findings.add(
          Finding.error(
              "salesforce.expected-org-id",
              "the login leads to another org",
              "correct the setting or the login"));
    }
    return true;
  }

  private void lookAtObject(CrmObject object, Optional<SourceColumns> columns) {
    String name =
        object == CrmObject.CONTACT ? settings.contact().object() : settings.journey().object();
    Optional<ObjectInfo> described =
        attempt(object.word() + ".object", () -> services.crm().describe(object));
    if (described.isEmpty()) {
      return;
    }
    ObjectInfo info = described.get();
    boolean mayWrite = info.updateable() && (object == CrmObject.JOURNEY || info.createable());
    if (!mayWrite) {
      findings.add(
          Finding.error(
              object.word() + ".object",
              "the Salesforce user may not "
                  + (object == CrmObject.CONTACT ? "create and edit " : "edit ")
                  + name,
              "grant the permission to the user's profile or a permission set"));
    }
    if (object == CrmObject.CONTACT) {
      lookAtPmiField(info);
    } else if (info.field(settings.journey().contactField()).isEmpty()) {
      findings.add(
          Finding.error(
              "journey.contact-field",
              name
                  + " has no field "
                  + settings.journey().contactField()
                  + " that the user may see",
              "correct the name or grant access"));
    }
    columns.ifPresent(c -> lookAtMapping(object, c, info));
    attempt(object.word(), () -> services.crm().count(object, CrmScope.all()))
        .ifPresent(
            count ->
                findings.add(
                    Finding.ok(
                        object.word(),
                        String.format(
                            Locale.ROOT,
                            "%,d %s records that the sync looks after",
                            count,
                            name))));
  }

  private void lookAtPmiField(ObjectInfo contact) {
    Optional<FieldInfo> field = contact.field(settings.contact().pmiField());
    if (field.isEmpty()) {
      findings.add(
          Finding.error(
              "contact.pmi-field",
              contact.name()
                  + " has no field "
                  + settings.contact().pmiField()
                  + " that the user may see",
              "correct the name or grant access"));
    } else if (!field.get().createable()) {
      findings.add(
          Finding.error("contact.pmi-field", "the Salesforce user may not set it", "grant access"));
    } else if (field.get().isUniqueExternalId()) {
      findings.add(
          Finding.ok("contact.pmi-field", "a unique external id: new Contacts are upserted by it"));
    } else {
      findings.add(
          Finding.warning(
              "contact.pmi-field",
              "is no unique external id: Salesforce would take the same PMI ID twice",
              "mark the field as External ID and Unique (Do not allow duplicate values); until then new Contacts are"
                  + " created, and lost answers are resolved by asking"));
    }
  }

  private void lookAtMapping(CrmObject object, SourceColumns columns, ObjectInfo info) {
    ConfigProblems problems = new ConfigProblems();
    var mapping =
        object == CrmObject.CONTACT ? settings.contact().mapping() : settings.journey().mapping();
    List<BoundField> bound =
        mapping.bind(columns, info, settings.sourceZone(), settings.localZone(), problems);
    for (String problem : problems.list()) {
      int colon = problem.indexOf(": ");
      findings.add(
          Finding.error(
              problem.substring(0, colon), problem.substring(colon + 2), "see the message"));
    }
    int leftOut = mapping.rules().size() - bound.size() - problems.list().size();
    findings.add(
        Finding.ok(
            mapping.section(),
            bound.size()
                + " fields mapped"
                + (leftOut > 0
                    ? ", " + leftOut + " left out because the source has no column for them"
                    : "")));
  }

  private void lookAtUsage() {
    CrmUsage usage = services.crm().usage();
    if (usage.dailyMax() <= 0) {
      findings.add(
          Finding.warning(
              "salesforce",
              "the org does not say how many API calls are left",
              "look at Setup, Company Information"));
      return;
    }
    long left = usage.dailyMax() - usage.dailyUsed();
    String message =
        String.format(
            Locale.ROOT, "%,d of %,d API calls of the day are left", left, usage.dailyMax());
    if (left < settings.guards().apiReserve() * usage.dailyMax()) {
      findings.add(Finding.error("guards.api-reserve", message, "run later, or lower the setting"));
    } else {
      findings.add(Finding.ok("salesforce", message));
    }
  }

  private <T> Optional<T> attempt(String subject, Supplier<T> look) {
    try {
      return Optional.of(look.get());
    } catch (SyncException e) {
      findings.add(Finding.error(subject, String.valueOf(e.getMessage()), "see the message"));
      return Optional.empty();
    }
  }
}
