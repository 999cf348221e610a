package edu.cumc.aou.simulator.salesforce.login;

import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Optional;

/** What the logins of an org are set up with. */
public record LoginSettings(
    Clock clock,
    Duration sessionLifetime,
    boolean sandbox,
    boolean myDomain,
    boolean alternatingHosts,
    int loginAttempts,
    Optional<X509Certificate> certificate,
    ZoneId userTimeZone) {}
