package edu.cumc.aou.simulator.salesforce.org;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Optional;

/** The settings of an org's records and automation. */
public record OrgSettings(
    Clock clock,
    String organizationId,
    boolean sandbox,
    ZoneId userTimeZone,
    PmiKey pmiKey,
    SchemaAdditions additions,
    Optional<OwnSchema> own,
    boolean statePicklists,
    Duration journeyDelay,
    JourneyFaults journeyFaults,
    Optional<DuplicateRule> duplicateRule,
    Optional<Automation> automation,
    Optional<Path> stateDirectory) {}
