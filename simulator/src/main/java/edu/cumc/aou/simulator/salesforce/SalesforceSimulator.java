package edu.cumc.aou.simulator.salesforce;

import edu.cumc.aou.simulator.salesforce.fault.Faults;
import edu.cumc.aou.simulator.salesforce.http.Answer;
import edu.cumc.aou.simulator.salesforce.http.AnswerShaper;
import edu.cumc.aou.simulator.salesforce.http.Call;
import edu.cumc.aou.simulator.salesforce.http.DailyLimit;
import edu.cumc.aou.simulator.salesforce.http.HttpServer;
import edu.cumc.aou.simulator.salesforce.http.LoggedRequest;
import edu.cumc.aou.simulator.salesforce.http.RequestLog;
import edu.cumc.aou.simulator.salesforce.http.ServerKey;
import edu.cumc.aou.simulator.salesforce.login.CredentialCheck;
import edu.cumc.aou.simulator.salesforce.login.Credentials;
import edu.cumc.aou.simulator.salesforce.login.OpenSessions;
import edu.cumc.aou.simulator.salesforce.org.Org;
import edu.cumc.aou.simulator.salesforce.org.OrgSeed;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A strict Salesforce org that serves its API over HTTP on this machine: logins, describe, records,
 * Collections, queries, change feeds and bulk jobs, and a flow that gives each new Contact its
 * journey.
 *
 * <pre>{@code
 * try (SalesforceSimulator org = SalesforceSimulator.builder().clock(clock).start()) {
 *   org.faults().on("PATCH", ".+/composite/sobjects.*", 1, Fault.resetAfterApply());
 *   run(org.url(), org.credentials());
 *   assertThat(org.records("Contact")).hasSize(3);
 * }
 * }</pre>
 *
 * <p>All its times come from its clock, and with the same clock, settings and requests its records
 * are the same each time. Journeys and bulk jobs that are due have happened by the next request or
 * accessor. Changes made here rather than over HTTP are those of a staff user, who is not the
 * integration user. Thread-safe. The caller that starts it closes it.
 */
public final class SalesforceSimulator extends StaffAccess implements AutoCloseable {
  private final Org org;
  private final RequestGate gateway;
  private final Optional<HttpServer> server;
  private final String url;
  private final Credentials credentials;
  private final OpenSessions sessions;
  private final CredentialCheck logins;
  private final Faults faults;
  private final RequestLog log;

  private SalesforceSimulator(
      Settings settings, Org org, Faults faults, Optional<String> unservedUrl) {
    super(org);
    this.org = org;
    this.credentials =
        new Credentials(
            OrgSeed.USERNAME,
            "invented-password",
            "INVENTEDTOKEN",
            "invented-client-id",
            "invented-client-secret",
            settings.org().organizationId());
    this.sessions = new OpenSessions(settings.login(), settings.org().organizationId());
    this.logins = new CredentialCheck(credentials, settings.login().loginAttempts());
    this.faults = faults;
    settings.faults().forEach(fault -> fault.check(org.schema()));
    settings.faults().forEach(fault -> fault.addTo(faults));
    this.log = new RequestLog(settings.org().clock(), settings.listener(), settings.showValues());
    DailyLimit usage =
        new DailyLimit(
            settings.org().clock(), settings.dailyApiLimit(), "TotalRequests Limit exceeded.");
    this.gateway =
        new RequestGate(
            org,
            Resources.router(settings, org, sessions, logins, credentials, usage),
            sessions,
            usage,
            faults,
            log,
            new SimulatorPages(log, new Controls(org, faults, log), faults, sessions, usage),
            new AnswerShaper(settings.unevenJson(), settings.localisedMessages()),
            settings.serviceTimes());
    this.server =
        unservedUrl.isPresent()
            ? Optional.empty()
            : Optional.of(
                HttpServer.start(
                    gateway::answer, settings.port(), settings.org().clock(), key(settings)));
    this.url = server.map(HttpServer::url).or(() -> unservedUrl).orElseThrow();
    sessions.url(url);
  }

  private static Optional<ServerKey> key(Settings settings) {
    Optional<ServerKey> key = settings.tlsCertificate().map(file -> ServerKey.make());
    key.ifPresent(made -> settings.tlsCertificate().ifPresent(made::writeCertificate));
    return key;
  }

  /**
   * Settings for a simulator.
   *
   * @return the defaults, to change and start
   */
  public static SalesforceSimulatorBuilder builder() {
    return new SalesforceSimulatorBuilder();
  }

  static SalesforceSimulator start(Settings settings, Optional<String> unservedUrl) {
    Faults faults = new Faults();
    Org org = Org.open(settings.org(), faults);
    try {
      return new SalesforceSimulator(settings, org, faults, unservedUrl);
    } catch (RuntimeException e) {
      org.close();
      throw e;
    }
  }

  /**
   * The address for logins, and of the instance.
   *
   * @return the URL without a slash at the end
   */
  public String url() {
    return url;
  }

  /**
   * Answers a request in this thread, without a connection. If the answer is to be lost or cut, its
   * {@link Answer#delivery()} says so, and the caller must act accordingly.
   *
   * @param call the request, made by {@link Call#received}
   * @return the answer, which may be an error of the API
   */
  public Answer handle(Call call) {
    return gateway.answer(call);
  }

  /**
   * The parts of the schema file that the org does not simulate: fields that are left out, formulas
   * that stay empty, keys that are not read.
   *
   * @return a line for each, without values
   */
  public List<String> schemaNotes() {
    return org.schema().notes();
  }

  /**
   * The credentials for logins.
   *
   * @return the integration user's credentials, all invented
   */
  public Credentials credentials() {
    return credentials;
  }

  /**
   * The one Account of a new org.
   *
   * @return its id
   */
  public String accountId() {
    return OrgSeed.ACCOUNT;
  }

  /**
   * The user that API calls write as.
   *
   * @return the id
   */
  public String integrationUserId() {
    return OrgSeed.INTEGRATION_USER;
  }

  /**
   * The faults of this simulator.
   *
   * @return the rules, which may be changed at any time
   */
  public Faults faults() {
    return faults;
  }

  /**
   * How many calls counted against the daily limit, since the start or the last {@link
   * #resetCounters}.
   *
   * @return the number of calls
   */
  public int apiCalls() {
    return log.apiCalls();
  }

  /**
   * How many requests there were of each kind, logins included, since the start or the last {@link
   * #resetCounters}.
   *
   * @return the numbers by method and path, such as {@code GET /services/data/{version}/query}
   */
  public Map<String, Integer> requestCounts() {
    return log.counts();
  }

  /**
   * The last 10,000 requests since the start or the last {@link #resetCounters}, oldest first.
   *
   * @return the requests; without URLs and bodies, unless {@link
   *     SalesforceSimulatorBuilder#showValues} asks for them
   */
  public List<LoggedRequest> requests() {
    return log.requests();
  }

  /** Forgets counts and requests; the use of the daily limit stays. */
  public void resetCounters() {
    log.reset();
  }

  /**
   * The number of successful logins.
   *
   * @return the number since the start
   */
  public int logins() {
    return sessions.logins();
  }

  /**
   * Whether too many bad passwords have locked the integration user out.
   *
   * @return whether every login by password fails from now on
   */
  public boolean isLockedOut() {
    return logins.isLockedOut();
  }

  /** Ends all sessions: the next call with any of their tokens gets 401. */
  public void expireSessions() {
    sessions.expireAll();
  }

  /** Stops serving, and writes the rest to the state folder. */
  @Override
  public void close() {
    try {
      server.ifPresent(HttpServer::close);
    } finally {
      org.close();
    }
  }

  @Override
  public String toString() {
    return "Salesforce simulator at " + url();
  }
}
