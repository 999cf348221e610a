package edu.cumc.aou.simulator.salesforce;

import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** What a simulator was built with; {@link SalesforceSimulatorBuilder} says what each means. */
record Settings(
    int port,
    Clock clock,
    Duration journeyDelay,
    JourneyFaults journeyFaults,
    boolean sandbox,
    PmiKey pmiKey,
    Duration sessionLifetime,
    int dailyApiLimit,
    int pageSize,
    Optional<Path> stateDirectory,
    boolean unevenJson,
    boolean localisedMessages,
    boolean bindingErrorsPerRow,
    boolean myDomain,
    boolean alternatingHosts,
    int loginAttempts,
    String organizationId,
    Optional<X509Certificate> certificate,
    BulkSettings bulk,
    Optional<DuplicateRule> duplicateRule,
    ZoneId userTimeZone,
    Optional<Automation> automation,
    List<DeclaredFault> faults,
    Consumer<LoggedRequest> listener) {}
