package edu.cumc.aou.sync.check;

import edu.cumc.aou.sync.check.Finding.Level;
import edu.cumc.aou.sync.check.FindingList.Side;
import edu.cumc.aou.sync.config.ConfigProblems;
import edu.cumc.aou.sync.mapping.BoundField;
import edu.cumc.aou.sync.mapping.Mapping;
import edu.cumc.aou.sync.mapping.ParentIds;
import edu.cumc.aou.sync.mapping.ValueTables;
import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.model.FindingCode;
import edu.cumc.aou.sync.model.GuardTrip;
import edu.cumc.aou.sync.model.ObjectInfo;
import edu.cumc.aou.sync.model.SourceRelation;
import edu.cumc.aou.sync.model.SyncException;
import edu.cumc.aou.sync.plan.Guards;
import edu.cumc.aou.sync.port.Crm;
import edu.cumc.aou.sync.port.Crm.Concern;
import edu.cumc.aou.sync.port.CrmScope;
import edu.cumc.aou.sync.port.OrgIdentity;
import edu.cumc.aou.sync.port.ParticipantSource;
import edu.cumc.aou.sync.port.SourceColumns;
import edu.cumc.aou.sync.port.SourceCounts;
import edu.cumc.aou.sync.run.Binding;
import edu.cumc.aou.sync.run.OrgRules;
import edu.cumc.aou.sync.run.RunServices;
import edu.cumc.aou.sync.settings.SyncSettings;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Looks at everything that a run needs, and changes nothing. Unlike a run it goes on after a fault
 * and looks at everything it still can.
 */
public final class CheckUp {

  private final RunServices services;
  private final SyncSettings settings;
  private final FindingList findings;
  private final ValueTables tables;
  private final ParentIds parents;

  private CheckUp(RunServices services, SyncSettings settings, boolean beforeRun) {
    this.services = services;
    this.settings = settings;
    this.findings = new FindingList(beforeRun);
    this.tables = Binding.tables(services.source());
    this.parents = Binding.parents(services.crm());
  }

  /**
   * All findings, in the order of a run; also counts and checks the values of the source.
   *
   * @param showValues whether findings name the values of the source, which are personal data
   */
  public static List<Finding> run(RunServices services, SyncSettings settings, boolean showValues) {
    CheckUp checkUp = new CheckUp(services, settings, false);
    checkUp.lookAtStore();
    checkUp.lookAtConcerns();
    checkUp.lookAtLease();
    Optional<Sides> sides = checkUp.lookAtBothSides();
    checkUp.lookAtRows();
    if (sides.isPresent()) {
      checkUp.lookAtValues(CrmObject.CONTACT, SourceRelation.CONTACTS, sides.get(), showValues);
      checkUp.lookAtValues(CrmObject.JOURNEY, SourceRelation.JOURNEYS, sides.get(), showValues);
      checkUp.lookAtStatus(sides.get(), showValues);
      checkUp.lookAtConstants(CrmObject.CONTACT, settings.contact().mapping());
      checkUp.lookAtConstants(CrmObject.JOURNEY, settings.journey().mapping());
      checkUp.count(CrmObject.CONTACT, settings.contact().object());
      checkUp.count(CrmObject.JOURNEY, settings.journey().object());
      OrgFigures figures = new OrgFigures(services, settings, checkUp.findings);
      figures.lookAtCandidates();
      checkUp.lookAtAutomation(sides.get());
      figures.lookAtUsage();
    }
    return checkUp.findings.all();
  }

  /** Findings that the settings alone give; asks no side. */
  public static List<Finding> ofSettings(SyncSettings settings) {
    return Stream.of(settings.contact().mapping(), settings.journey().mapping())
        .map(m -> Finding.ok(m.section(), m.rules().size() + " fields mapped; nobody was asked"))
        .toList();
  }

  /**
   * What a run checks before it begins: org, permissions, fields and columns. It neither counts
   * rows nor reads values, because the plan and the guards do that; it remembers what describe says
   * for the run.
   *
   * @return warnings, and what is all right
   * @throws CheckUpException if there are errors
   * @throws SyncException if a side does not answer
   */
  public static List<Finding> beforeRun(RunServices services, SyncSettings settings) {
    CheckUp checkUp = new CheckUp(services, settings, true);
    Optional<Sides> unused = checkUp.lookAtBothSides();
    List<Finding> findings = checkUp.findings.all();
    if (findings.stream().anyMatch(f -> f.level() == Level.ERROR)) {
      throw new CheckUpException(findings);
    }
    return findings;
  }

  /** What both sides have, as far as they answered. */
  private record Sides(
      Optional<Binding> contact,
      Optional<Binding> journey,
      Optional<SourceColumns> contactColumns,
      Optional<SourceColumns> journeyColumns) {

    Optional<Binding> binding(CrmObject object) {
      return object == CrmObject.CONTACT ? contact : journey;
    }

    Optional<SourceColumns> columns(SourceRelation relation) {
      return relation == SourceRelation.CONTACTS ? contactColumns : journeyColumns;
    }
  }

  /** Empty if the org does not answer. */
  private Optional<Sides> lookAtBothSides() {
    Optional<OrgIdentity> org =
        findings.attempt(Side.SALESFORCE, "salesforce", () -> services.crm().org());
    org.ifPresent(this::lookAtOrg);
    Optional<SourceColumns> contacts = lookAtRelation(SourceRelation.CONTACTS, "source.contacts");
    Optional<SourceColumns> journeys = lookAtRelation(SourceRelation.JOURNEYS, "source.journeys");
    if (contacts.isPresent() && journeys.isPresent()) {
      ConfigProblems problems = new ConfigProblems();
      Binding.checkStatusColumns(settings, contacts.get(), journeys.get(), problems);
      findings.addAll(problems);
    }
    if (org.isEmpty()) {
      return Optional.empty();
    }
    Optional<Binding> contact = lookAtObject(CrmObject.CONTACT, contacts);
    contact.ifPresent(
        c -> {
          ConfigProblems problems = new ConfigProblems();
          Binding.checkAdoption(settings, c, problems);
          findings.addAll(problems);
        });
    Optional<Binding> journey = lookAtObject(CrmObject.JOURNEY, journeys);
    journey.ifPresent(j -> findings.addAll(WithdrawalScan.of(settings, j, journeys.get())));
    return Optional.of(new Sides(contact, journey, contacts, journeys));
  }

  private void lookAtStore() {
    Optional<Boolean> usable =
        findings.attempt(
            Side.STORE,
            "store",
            () -> {
              services.store().verify();
              services.store().probe();
              return true;
            });
    if (usable.isPresent()) {
      findings.add(
          Finding.ok("store", "takes rows, and its tables are in the version of this program"));
    } else {
      findings.close(Side.STORE);
    }
  }

  private void lookAtConcerns() {
    for (Concern concern :
        findings
            .attempt(Side.SALESFORCE, "salesforce", services.crm()::concerns)
            .orElse(List.of())) {
      findings.add(
          concern.serious()
              ? Finding.error(
                  FindingCode.VERSION_NOT_OFFERED,
                  concern.setting(),
                  concern.message(),
                  concern.advice())
              : Finding.warning(
                  FindingCode.RETIRES, concern.setting(), concern.message(), concern.advice()));
    }
  }

  private void lookAtLease() {
    Duration call = services.crm().readTimeout();
    if (settings.leaseDuration().compareTo(call) <= 0) {
      findings.add(
          Finding.warning(
              FindingCode.WRONG_SETTING,
              "lease",
              "is no longer than one call to Salesforce may last (salesforce.answer-timeout, "
                  + call.toSeconds()
                  + " s): another run could take the store from one that is alive",
              "make it longer than that, for example 5m"));
    }
  }

  private Optional<SourceColumns> lookAtRelation(SourceRelation relation, String setting) {
    Optional<SourceColumns> columns =
        findings.attempt(Side.SOURCE, setting, () -> services.source().columns(relation));
    columns.ifPresent(c -> findings.add(Finding.ok(setting, c.names().size() + " columns")));
    return columns;
  }

  private void lookAtRows() {
    Optional<SourceCounts> counts =
        findings.attempt(Side.SOURCE, "source", () -> services.source().counts());
    if (counts.isEmpty()) {
      return;
    }
    List<GuardTrip> trips =
        findings
            .attempt(Side.STORE, "store", () -> services.store().runs().lastDone(5))
            .map(runs -> new Guards(settings.guards()).checkSource(counts.get(), runs))
            .orElse(List.of());
    trips.forEach(
        t ->
            findings.add(
                Finding.error(
                    FindingCode.SOURCE_NOT_LOADED,
                    t.guard(),
                    t.message(),
                    "wait until the source is loaded")));
    if (trips.isEmpty()) {
      findings.add(
          Finding.ok(
              "source",
              String.format(
                  Locale.ROOT,
                  "%,d contact rows with a PMI ID, %,d journey rows",
                  counts.get().contacts(),
                  counts.get().journeys())));
    }
  }

  private void lookAtOrg(OrgIdentity org) {
    ConfigProblems problems = new ConfigProblems();
    OrgRules.checkOrg(org, settings, problems);
    findings
        .attempt(Side.STORE, "store", () -> services.store().runs().boundOrg())
        .ifPresent(bound -> OrgRules.checkStore(org, bound, problems));
    findings.addAll(problems);
    if (problems.isEmpty()) {
      findings.add(
          Finding.ok(
              "environment",
              org.isTold()
                  ? "the login leads to a " + (org.isSandbox() ? "sandbox" : "production org")
                  : "the login leads to the org that salesforce.expected-org-id names; whether it is"
                      + " a sandbox is not known, because the user may not read Organization"));
    }
    if (settings.expectedOrgId() == null && !org.isSandbox()) {
      findings.add(
          Finding.warning(
              FindingCode.ORG_NOT_NAMED,
              "salesforce.expected-org-id",
              "is not set: any production org that the login leads to would be written to",
              "set it to the id of your org (Setup, Company Information)"));
    }
  }

  private Optional<Binding> lookAtObject(CrmObject object, Optional<SourceColumns> columns) {
    Optional<ObjectInfo> info =
        findings.attempt(
            Side.SALESFORCE, object.word() + ".object", () -> services.crm().describe(object));
    if (info.isEmpty() || columns.isEmpty()) {
      return Optional.empty();
    }
    ConfigProblems problems = new ConfigProblems();
    Binding binding =
        Binding.of(object, columns.get(), info.get(), settings, tables, parents, problems);
    findings.addAll(problems);
    if (object == CrmObject.CONTACT) {
      lookAtPmiField(info.get());
    }
    Mapping mapping =
        object == CrmObject.CONTACT ? settings.contact().mapping() : settings.journey().mapping();
    int leftOut = mapping.leftOut(columns.get()).size();
    findings.add(
        Finding.ok(
            mapping.section(),
            binding.fields().size()
                + " fields mapped"
                + (leftOut > 0
                    ? ", " + leftOut + " left out because the source has no column for them"
                    : "")));
    findings.addAll(Suitability.of(mapping.section(), binding.fields(), columns.get()));
    findings.addAll(StateScan.of(mapping, info.get()));
    if (object == CrmObject.CONTACT) {
      // Salesforce makes the journeys itself.
      findings.addAll(RequiredScan.of(mapping, info.get(), settings.contact().pmiField()));
    }
    return Optional.of(binding);
  }

  private void lookAtPmiField(ObjectInfo contact) {
    contact
        .field(settings.contact().pmiField())
        .ifPresent(
            field ->
                findings.add(
                    field.isUniqueExternalId()
                        ? Finding.ok(
                            "contact.pmi-field",
                            "a unique external id: new Contacts are upserted by it")
                        : Finding.warning(
                            FindingCode.PMI_FIELD_NOT_UNIQUE,
                            "contact.pmi-field",
                            "is no unique external id: Salesforce would take the same PMI ID twice",
                            "mark the field as External ID and Unique (Do not allow duplicate"
                                + " values); until then new Contacts are created, and lost answers"
                                + " are resolved by asking")));
  }

  private void lookAtValues(
      CrmObject object, SourceRelation relation, Sides sides, boolean showValues) {
    Optional<Binding> binding = sides.binding(object);
    Optional<SourceColumns> columns = sides.columns(relation);
    if (binding.isEmpty() || columns.isEmpty()) {
      return;
    }
    LocalDate today = LocalDate.ofInstant(services.clock().instant(), settings.localZone());
    ValueScan scan = new ValueScan(services.source(), today, showValues);
    TimeScan times = new TimeScan(services.source(), settings);
    String section = object.word() + ".fields";
    List<BoundField> fields = binding.get().fields();
    findings
        .attempt(Side.SOURCE, section, () -> scan.of(section, relation, fields, columns.get()))
        .ifPresent(findings::addAll);
    findings
        .attempt(Side.SOURCE, section, () -> times.of(section, relation, fields, columns.get()))
        .ifPresent(findings::addAll);
    StepScan steps = new StepScan(services.source(), today, showValues);
    findings
        .attempt(Side.SOURCE, section, () -> steps.of(section, relation, fields))
        .ifPresent(findings::addAll);
    Crm crm = services.crm();
    ParticipantSource source = services.source();
    findings
        .attempt(
            Side.SALESFORCE,
            section,
            () -> ReferenceScan.of(object, section, relation, fields, source, crm))
        .ifPresent(findings::addAll);
  }

  private void lookAtAutomation(Sides sides) {
    if (sides.contact().isPresent() && sides.journey().isPresent()) {
      new OrgScan(services, findings)
          .look(sides.contact().get().info(), sides.journey().get().info());
    }
  }

  private void lookAtStatus(Sides sides, boolean showValues) {
    StatusScan scan = new StatusScan(services.source(), settings, showValues);
    if (sides.contactColumns().isPresent() && sides.journeyColumns().isPresent()) {
      findings.addAll(
          scan.missing(List.of(sides.contactColumns().get(), sides.journeyColumns().get())));
    }
    for (SourceRelation relation : SourceRelation.values()) {
      sides
          .columns(relation)
          .flatMap(columns -> findings.attempt(Side.SOURCE, "status", () -> scan.of(columns)))
          .ifPresent(findings::addAll);
    }
  }

  private void lookAtConstants(CrmObject object, Mapping mapping) {
    Crm crm = services.crm();
    findings
        .attempt(Side.SALESFORCE, mapping.section(), () -> ConstantScan.of(object, mapping, crm))
        .ifPresent(findings::addAll);
  }

  private void count(CrmObject object, String name) {
    findings
        .attempt(Side.SALESFORCE, object.word(), () -> services.crm().count(object, CrmScope.all()))
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
}
