package edu.cumc.aou.simulator.salesforce.login;

import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Optional;

/** The settings of an org's logins. */
public record LoginSettings(
    Clock clock,
    Duration sessionLifetime,
    boolean sandbox,
    boolean myDomain,
    boolean alternatingHosts,
    int loginAttempts,
    Optional<X509Certificate> certificate,
    ZoneId userTimeZone) {}
