package edu.cumc.aou.sync.settings;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import edu.cumc.aou.sync.adoption.AdoptionSettings;
import edu.cumc.aou.sync.config.ConfigSection;
import edu.cumc.aou.sync.mapping.AccountRule;
import edu.cumc.aou.sync.mapping.FieldPolicy;
import edu.cumc.aou.sync.mapping.FieldRule;
import edu.cumc.aou.sync.mapping.Mapping;
import edu.cumc.aou.sync.mapping.OwnTransforms;
import edu.cumc.aou.sync.mapping.SourceKind;
import edu.cumc.aou.sync.mapping.SourceReading;
import edu.cumc.aou.sync.model.Cells;
import edu.cumc.aou.sync.plan.GuardSettings;
import edu.cumc.aou.sync.plan.StatusSettings;
import edu.cumc.aou.sync.port.JobSizes;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The settings of the sync itself; Salesforce and the databases have theirs in their own modules.
 * Immutable.
 *
 * @param expectedOrgId the only org id that a run may write to; null to go by {@code environment}
 *     alone
 * @param reading how to read the source's values, and in which zones
 * @param reloadWait how long a run waits altogether for loads of the source to end
 * @param adoption which Contacts without a PMI ID may be adopted
 * @param bulk when to use ingest jobs
 * @param quarantine when to hold a participant after repeated failures
 * @param keep how long the store keeps what runs leave in it
 * @param leaseDuration how long a run holds the store without a sign of life
 */
public record SyncSettings(
    Environment environment,
    @Nullable String expectedOrgId,
    SourceReading reading,
    Duration reloadWait,
    ContactSettings contact,
    JourneySettings journey,
    StatusSettings status,
    List<String> withdrawalFields,
    GuardSettings guards,
    AdoptionSettings adoption,
    JobSizes bulk,
    QuarantineSettings quarantine,
    KeepSettings keep,
    Duration leaseDuration) {

  public SyncSettings {
    withdrawalFields = List.copyOf(withdrawalFields);
  }

  /** The zone of the days that Salesforce shows. */
  public ZoneId localZone() {
    return reading.localZone();
  }

  /** What happens to a participant after their Contact is deleted in Salesforce. */
  public enum WhenDeleted {
    /** Nothing is sent; the report says so. */
    REPORT,
    /** A new Contact is created. */
    RECREATE
  }

  /**
   * Contacts.
   *
   * @param pmiColumn the column of the contact relation that holds the PMI ID
   * @param where SOQL that a Contact must fit; empty text for none
   */
  public record ContactSettings(
      String object,
      String pmiField,
      String pmiColumn,
      String where,
      WhenDeleted whenDeleted,
      Mapping mapping) {}

  /**
   * Journeys.
   *
   * @param contactField the lookup to the Contact
   * @param pmiColumn the column of the journey relation that holds the PMI ID
   * @param firstWait how long to wait for the first new journey
   * @param stall how long to wait without any progress
   * @param max how long to wait at most
   */
  public record JourneySettings(
      String object,
      String contactField,
      String pmiColumn,
      String where,
      Duration firstWait,
      Duration stall,
      Duration max,
      Mapping mapping) {}

  /** The built-in settings, with the default mapping; other settings override them. */
  public static Config defaults() {
    return ConfigFactory.parseResources(SyncSettings.class, "/edu/cumc/aou/sync/default.conf");
  }

  /**
   * Reads the settings that the sync needs from the whole, and ignores the sections of other
   * modules. Reports what is wrong to the section's problems.
   */
  public static SyncSettings read(ConfigSection root) {
    return read(root, OwnTransforms.none());
  }

  /**
   * Reads the settings for a site with transforms of its own.
   *
   * @param own those that its steps may name
   */
  public static SyncSettings read(ConfigSection root, OwnTransforms own) {
    ConfigSection withdrawal = root.section("withdrawal");
    List<String> everyColumn = withdrawal.texts("status-columns");
    List<String> withdrawalColumns =
        withdrawal.text("status-column").map(List::of).orElse(everyColumn).stream()
            .filter(column -> !column.isEmpty())
            .toList();
    List<String> withdrawalFields = withdrawal.texts("journey-fields");
    withdrawal.done();
    Optional<String> expectedOrgId = root.section("salesforce").text("expected-org-id");
    if (expectedOrgId.isPresent()
        && !expectedOrgId.get().matches("[A-Za-z0-9]{15}([A-Za-z0-9]{3})?")) {
      root.section("salesforce")
          .problem("expected-org-id", "expected the 15 or 18 letters and digits of an org id");
    }
    SyncSettings settings =
        new SyncSettings(
            root.choice("environment", Environment.class, Environment.SANDBOX),
            expectedOrgId.orElse(null),
            reading(root),
            root.section("source").duration("reload-wait", Duration.ofMinutes(10)),
            contact(root.section("contact"), own),
            journey(root.section("journey"), own),
            StatusSettings.read(root.section("status"), withdrawalColumns),
            withdrawalFields,
            GuardSettings.read(root.section("guards")),
            AdoptionSettings.read(root.section("adoption")),
            bulk(root.section("bulk")),
            QuarantineSettings.read(root.section("quarantine")),
            KeepSettings.read(root.section("store")),
            root.duration("lease", Duration.ofMinutes(5)));
    checkTimeZone(root, settings);
    if (settings.leaseDuration().isZero()) {
      root.problem("lease", "a run would lose the store at once: expected for example 5m");
    }
    root.passOver(
            "salesforce",
            "source",
            "store",
            "site",
            "notify",
            "metrics-file",
            "hooks",
            "extensions",
            "privacy",
            "$schema")
        .done();
    return settings;
  }

  private static SourceReading reading(ConfigSection root) {
    ZoneId localZone = root.zone("local-zone", ZoneId.of("America/New_York"));
    ConfigSection source = root.section("source");
    return new SourceReading(
        Cells.of(source.texts("placeholders")), source.zone("time-zone", localZone), localZone);
  }

  /**
   * Reports a zone for points in time where no field holds any: before source kinds existed, the
   * zone applied to every DATETIME column.
   */
  private static void checkTimeZone(ConfigSection root, SyncSettings settings) {
    SourceReading reading = settings.reading();
    boolean isUsed =
        Stream.of(settings.contact().mapping(), settings.journey().mapping())
            .flatMap(m -> m.rules().stream())
            .anyMatch(r -> r.sourceKind() == SourceKind.INSTANT);
    if (!isUsed && !reading.sourceZone().getRules().equals(reading.localZone().getRules())) {
      root.section("source")
          .problem(
              "time-zone",
              "applies only to fields with source-kind = instant, and no field has it: give it to"
                  + " fields with points in time in that zone, e.g."
                  + " journey.fields.HP_gROR_Consent_Date__c.source-kind = instant, or remove this"
                  + " setting; then times count as a clock in local-zone shows them");
    }
  }

  private static JobSizes bulk(ConfigSection section) {
    JobSizes bulk =
        new JobSizes(
            section.integer("threshold", 2000, 1, 100_000_000),
            section.integer("rows-per-job", 10_000, 1, 10_000),
            section.duration("max", Duration.ofHours(2)));
    section.done();
    return bulk;
  }

  private static ContactSettings contact(ConfigSection section, OwnTransforms own) {
    Mapping mapping =
        Mapping.read(section.section("fields"), "contact.fields", FieldPolicy.NEVER_CLEAR, own);
    mapping = AccountRule.read(section).map(mapping::and).orElse(mapping);
    ContactSettings contact =
        new ContactSettings(
            section.text("object", "Contact"),
            section.text("pmi-field", "HP_PMI_ID__c"),
            section.text("pmi-column", "PMI ID_HP"),
            section.lines("where").orElse(""),
            section.choice("when-deleted", WhenDeleted.class, WhenDeleted.REPORT),
            mapping);
    refuseKeys(section, mapping, "contact.pmi-field", contact.pmiField());
    section.done();
    return contact;
  }

  /** The sync itself writes or needs the fields that tell whose a record is. */
  private static void refuseKeys(
      ConfigSection section, Mapping mapping, String setting, String key) {
    for (FieldRule rule : mapping.rules()) {
      if (rule.field().equalsIgnoreCase(key)) {
        section
            .section("fields")
            .problem(
                rule.field(),
                "tells whose the record is ("
                    + setting
                    + "), so no mapping may write it; take it away");
      } else if (rule.field().equalsIgnoreCase("Id")) {
        section.section("fields").problem(rule.field(), "is given by Salesforce; take it away");
      }
    }
  }

  private static JourneySettings journey(ConfigSection section, OwnTransforms own) {
    JourneySettings journey =
        new JourneySettings(
            section.text("object", "Opportunity"),
            section.text("contact-field", "Contact__c"),
            section.text("pmi-column", "PMI ID"),
            section.lines("where").orElse(""),
            section.duration("wait", Duration.ofMinutes(5)),
            section.duration("stall", Duration.ofMinutes(10)),
            section.duration("max", Duration.ofHours(2)),
            Mapping.read(section.section("fields"), "journey.fields", FieldPolicy.OVERWRITE, own));
    refuseKeys(section, journey.mapping(), "journey.contact-field", journey.contactField());
    section.done();
    return journey;
  }
}
