package edu.cumc.aou.simulator.salesforce;

import edu.cumc.aou.simulator.salesforce.org.AddedField;
import edu.cumc.aou.simulator.salesforce.org.AddedRecordType;
import edu.cumc.aou.simulator.salesforce.org.Automation;
import edu.cumc.aou.simulator.salesforce.org.DuplicateRule;
import edu.cumc.aou.simulator.salesforce.org.Ids;
import edu.cumc.aou.simulator.salesforce.org.JourneyFaults;
import edu.cumc.aou.simulator.salesforce.org.OrgSeed;
import edu.cumc.aou.simulator.salesforce.org.OrgSettings;
import edu.cumc.aou.simulator.salesforce.org.OwnSchema;
import edu.cumc.aou.simulator.salesforce.org.PmiKey;
import edu.cumc.aou.simulator.salesforce.org.SchemaAdditions;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The records, the fields and the automation of a simulated org. Not thread-safe.
 *
 * @param <B> the builder itself
 */
public abstract sealed class OrgBuilder<B extends OrgBuilder<B>> permits LoginBuilder {
  private Clock clock = Clock.systemUTC();
  private Duration journeyDelay = Duration.ZERO;
  private JourneyFaults journeyFaults = JourneyFaults.NONE;
  private boolean sandbox = true;
  private boolean pmiFieldUnique = true;
  private boolean pmiFieldCaseSensitive;
  private Optional<Path> stateDirectory = Optional.empty();
  private String organizationId = OrgSeed.DEFAULT_ORGANIZATION;
  private Optional<DuplicateRule> duplicateRule = Optional.empty();
  private Optional<OwnSchema> own = Optional.empty();
  private boolean statePicklists;
  private final List<AddedField> fields = new ArrayList<>();
  private final List<AddedRecordType> recordTypes = new ArrayList<>();
  private Optional<Automation> automation = Optional.empty();
  private ZoneId userTimeZone = ZoneId.of("GMT");

  OrgBuilder() {}

  abstract B self();

  /**
   * The clock of the org; by default the system's.
   *
   * @param source the clock of all stamps, sessions, limits and journeys
   * @return this
   */
  public B clock(Clock source) {
    clock = Objects.requireNonNull(source, "source is null");
    return self();
  }

  /**
   * How long after a Contact its journey is created; at once by default.
   *
   * @param delay the time between the two
   * @return this
   */
  public B journeyDelay(Duration delay) {
    if (delay.isNegative()) {
      throw new IllegalArgumentException("delay is negative");
    }
    journeyDelay = delay;
    return self();
  }

  /**
   * How the creation of journeys goes wrong; not at all by default.
   *
   * @param faults the shares of late, missing and doubled journeys
   * @return this
   */
  public B journeyFaults(JourneyFaults faults) {
    journeyFaults = Objects.requireNonNull(faults, "faults is null");
    return self();
  }

  /**
   * Whether the org is a sandbox, which is the default.
   *
   * @param is false for a production org
   * @return this
   */
  public B sandbox(boolean is) {
    sandbox = is;
    return self();
  }

  /**
   * Whether {@code HP_PMI_ID__c} of Contact is a unique external id that ignores case, which is the
   * default, or plain text.
   *
   * @param unique false for plain text
   * @return this
   */
  public B pmiFieldUnique(boolean unique) {
    pmiFieldUnique = unique;
    return self();
  }

  /**
   * Whether {@code HP_PMI_ID__c} of Contact, as a unique external id, distinguishes upper and lower
   * case; off by default.
   *
   * @param on whether it does
   * @return this
   */
  public B pmiFieldCaseSensitive(boolean on) {
    pmiFieldCaseSensitive = on;
    return self();
  }

  /**
   * Whether state and country picklists are on: addresses have codes beside their states and
   * countries, accept only those of the org's list, and store them in the org's spelling. Off by
   * default.
   *
   * @param on whether they are
   * @return this
   */
  public B statePicklists(boolean on) {
    statePicklists = on;
    return self();
  }

  /**
   * Adds a field to an object; earlier ones stay.
   *
   * @param field its definition
   * @return this
   */
  public B field(AddedField field) {
    fields.add(Objects.requireNonNull(field, "field is null"));
    return self();
  }

  /**
   * Adds a record type to an object; the first has the id {@link AddedRecordType#id} of 1, and so
   * on. An object without record types has no field for them.
   *
   * @param type its definition
   * @return this
   */
  public B recordType(AddedRecordType type) {
    recordTypes.add(Objects.requireNonNull(type, "type is null"));
    return self();
  }

  /**
   * Keeps the records in a folder for the next simulator; by default they are gone when it is
   * closed. Does not keep sessions, limits, counters and bulk jobs; keeps what jobs wrote.
   *
   * @param folder the folder, which is created if it does not exist
   * @return this
   */
  public B stateDirectory(Path folder) {
    stateDirectory = Optional.of(folder);
    return self();
  }

  /**
   * The id of the org, for tests that need two of them.
   *
   * @param id 15 or 18 characters that start with {@code 00D}
   * @return this
   */
  public B organizationId(String id) {
    organizationId =
        Ids.canonical(id)
            .filter(canonical -> canonical.startsWith("00D"))
            .orElseThrow(() -> new IllegalArgumentException("id is not the id of an org"));
    return self();
  }

  /**
   * The time zone of the integration user, for {@code TODAY} and the like in queries; GMT by
   * default.
   *
   * @param zone the zone
   * @return this
   */
  public B userTimeZone(ZoneId zone) {
    userTimeZone = Objects.requireNonNull(zone, "zone is null");
    return self();
  }

  /**
   * The rule that finds duplicate Contacts; none by default.
   *
   * @param rule the rule
   * @return this
   */
  public B duplicateRule(DuplicateRule rule) {
    duplicateRule = Optional.of(rule);
    return self();
  }

  /**
   * What triggers and flows do when the API has written something; nothing by default, besides the
   * journeys of new Contacts.
   *
   * @param triggers gets each record that is created or changed
   * @return this
   */
  public B automation(Automation triggers) {
    automation = Optional.of(triggers);
    return self();
  }

  final void own(OwnSchema schema) {
    own = Optional.of(schema);
  }

  /** The settings of the org. */
  final OrgSettings orgSettings(JourneyFaults allJourneyFaults) {
    return new OrgSettings(
        clock,
        organizationId,
        sandbox,
        userTimeZone,
        PmiKey.of(pmiFieldUnique, pmiFieldCaseSensitive),
        new SchemaAdditions(fields, recordTypes),
        own,
        statePicklists,
        journeyDelay,
        allJourneyFaults,
        duplicateRule,
        automation,
        stateDirectory);
  }

  final JourneyFaults statedJourneyFaults() {
    return journeyFaults;
  }
}
