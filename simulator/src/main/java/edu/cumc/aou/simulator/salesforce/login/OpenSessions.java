package edu.cumc.aou.simulator.salesforce.login;

import edu.cumc.aou.simulator.salesforce.http.Call;
import edu.cumc.aou.simulator.salesforce.http.OpenSession;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The open sessions. A session ends after its idle time. Thread-safe. */
public final class OpenSessions {
  private static final String PREFIX = "Bearer ";
  private static final String OLD_PREFIX = "OAuth ";

  private final Clock clock;
  private final Duration lifetime;
  private final String organizationId;
  private final boolean alternatingHosts;
  private final SecureRandom random = new SecureRandom();
  private final Map<String, OpenSession> byToken = new HashMap<>();
  private final Map<String, Instant> lastUse = new HashMap<>();
  private String url = "";
  private int logins;

  public OpenSessions(LoginSettings settings, String organizationId) {
    this.clock = settings.clock();
    this.lifetime = settings.sessionLifetime();
    this.organizationId = organizationId;
    this.alternatingHosts = settings.alternatingHosts();
  }

  public synchronized void url(String own) {
    url = own;
  }

  public synchronized String url() {
    return url;
  }

  /** Logs a user in. */
  public synchronized OpenSession open(String userId) {
    logins++;
    byte[] secret = new byte[48];
    random.nextBytes(secret);
    String token =
        organizationId.substring(0, 15)
            + "!AQ"
            + Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
    boolean elsewhere = alternatingHosts && logins % 2 == 0;
    String instance = elsewhere ? url.replace("127.0.0.1", "localhost") : url;
    OpenSession session = new OpenSession(token, userId, instance);
    byToken.put(token, session);
    lastUse.put(token, clock.instant());
    return session;
  }

  /** The session of a call, which keeps it alive. */
  public synchronized Optional<OpenSession> find(Call call) {
    OpenSession session = byToken.get(token(call));
    if (session == null) {
      return Optional.empty();
    }
    boolean elsewhere =
        alternatingHosts
            && !call.header("Host")
                .equals(Optional.of(URI.create(session.instanceUrl()).getAuthority()));
    if (isIdle(session)) {
      expire(call);
      return Optional.empty();
    }
    if (elsewhere) {
      return Optional.empty();
    }
    lastUse.put(session.token(), clock.instant());
    return Optional.of(session);
  }

  /** The session of a token, if it is still valid; asking does not keep it alive. */
  public synchronized Optional<OpenSession> find(String token) {
    return Optional.ofNullable(byToken.get(token)).filter(session -> !isIdle(session));
  }

  private boolean isIdle(OpenSession session) {
    Instant used = lastUse.getOrDefault(session.token(), Instant.EPOCH);
    return !used.plus(lifetime).isAfter(clock.instant());
  }

  /**
   * Ends the session of a token.
   *
   * @return whether there was one
   */
  public synchronized boolean revoke(String token) {
    boolean wasGood = find(token).isPresent();
    byToken.remove(token);
    lastUse.remove(token);
    return wasGood;
  }

  /** The token in a call; empty if there is none. */
  static String token(Call call) {
    String header = call.header("Authorization").orElse("");
    if (header.startsWith(PREFIX)) {
      return header.substring(PREFIX.length());
    }
    return header.startsWith(OLD_PREFIX) ? header.substring(OLD_PREFIX.length()) : "";
  }

  /** Ends the session of this call. */
  public synchronized void expire(Call call) {
    revoke(token(call));
  }

  public synchronized void expireAll() {
    byToken.clear();
    lastUse.clear();
  }

  /** The number of successful logins. */
  public synchronized int logins() {
    return logins;
  }

  /** When an idle session ends. */
  synchronized Instant end(OpenSession session) {
    return lastUse.getOrDefault(session.token(), Instant.EPOCH).plus(lifetime);
  }

  public Duration lifetime() {
    return lifetime;
  }
}
