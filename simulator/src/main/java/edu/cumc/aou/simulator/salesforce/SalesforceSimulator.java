package edu.cumc.aou.simulator.salesforce;

import edu.cumc.aou.simulator.salesforce.bulk.BulkJobs;
import edu.cumc.aou.simulator.salesforce.bulk.IngestResource;
import edu.cumc.aou.simulator.salesforce.bulk.QueryJobResource;
import edu.cumc.aou.simulator.salesforce.fault.Faults;
import edu.cumc.aou.simulator.salesforce.http.Answer;
import edu.cumc.aou.simulator.salesforce.http.AnswerShaper;
import edu.cumc.aou.simulator.salesforce.http.ApiException;
import edu.cumc.aou.simulator.salesforce.http.ApiUsage;
import edu.cumc.aou.simulator.salesforce.http.Call;
import edu.cumc.aou.simulator.salesforce.http.HttpServer;
import edu.cumc.aou.simulator.salesforce.http.LoggedRequest;
import edu.cumc.aou.simulator.salesforce.http.RequestLog;
import edu.cumc.aou.simulator.salesforce.http.Resource;
import edu.cumc.aou.simulator.salesforce.http.Router;
import edu.cumc.aou.simulator.salesforce.http.SalesforceSimulatorException;
import edu.cumc.aou.simulator.salesforce.login.Credentials;
import edu.cumc.aou.simulator.salesforce.login.JwtAssertions;
import edu.cumc.aou.simulator.salesforce.login.Logins;
import edu.cumc.aou.simulator.salesforce.login.RevokeResource;
import edu.cumc.aou.simulator.salesforce.login.Sessions;
import edu.cumc.aou.simulator.salesforce.login.TokenResource;
import edu.cumc.aou.simulator.salesforce.login.UserInfoResource;
import edu.cumc.aou.simulator.salesforce.org.Draft;
import edu.cumc.aou.simulator.salesforce.org.Field;
import edu.cumc.aou.simulator.salesforce.org.ObjectType;
import edu.cumc.aou.simulator.salesforce.org.Org;
import edu.cumc.aou.simulator.salesforce.org.OrgSeed;
import edu.cumc.aou.simulator.salesforce.org.Row;
import edu.cumc.aou.simulator.salesforce.rest.BatchResource;
import edu.cumc.aou.simulator.salesforce.rest.CollectionsResource;
import edu.cumc.aou.simulator.salesforce.rest.CompositeResource;
import edu.cumc.aou.simulator.salesforce.rest.DescribeResource;
import edu.cumc.aou.simulator.salesforce.rest.ExternalIdResource;
import edu.cumc.aou.simulator.salesforce.rest.FeedResource;
import edu.cumc.aou.simulator.salesforce.rest.LimitsResource;
import edu.cumc.aou.simulator.salesforce.rest.QueryResource;
import edu.cumc.aou.simulator.salesforce.rest.RecordResource;
import edu.cumc.aou.simulator.salesforce.rest.RetrieveResource;
import edu.cumc.aou.simulator.salesforce.rest.SubRequests;
import edu.cumc.aou.simulator.salesforce.rest.TreeResource;
import edu.cumc.aou.simulator.salesforce.rest.VersionsResource;
import edu.cumc.aou.simulator.salesforce.soap.SoapResource;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

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
 * integration user. Thread-safe. Whoever starts it closes it.
 */
public final class SalesforceSimulator implements AutoCloseable {
  private final Org org;
  private final Gateway gateway;
  private final Optional<HttpServer> server;
  private final String url;
  private final Credentials credentials;
  private final Sessions sessions;
  private final Logins logins;
  private final Faults faults;
  private final RequestLog log;

  private SalesforceSimulator(
      Settings settings, Org org, Faults faults, Optional<String> unservedUrl) {
    this.org = org;
    this.credentials =
        new Credentials(
            OrgSeed.USERNAME,
            "invented-password",
            "INVENTEDTOKEN",
            "invented-client-id",
            "invented-client-secret",
            settings.org().organizationId());
    this.sessions = new Sessions(settings.login(), settings.org().organizationId());
    this.logins = new Logins(credentials, settings.login().loginAttempts());
    this.faults = faults;
    settings.faults().forEach(fault -> fault.addTo(faults));
    this.log = new RequestLog(settings.org().clock(), settings.listener());
    ApiUsage usage =
        new ApiUsage(
            settings.org().clock(), settings.dailyApiLimit(), "TotalRequests Limit exceeded.");
    this.gateway =
        new Gateway(
            org,
            router(settings, usage),
            sessions,
            usage,
            faults,
            log,
            new SimulatorPages(log, new Controls(org, faults, log), faults, sessions, usage),
            new AnswerShaper(settings.unevenJson(), settings.localisedMessages()));
    this.server =
        unservedUrl.isPresent()
            ? Optional.empty()
            : Optional.of(
                HttpServer.start(gateway::answer, settings.port(), settings.org().clock()));
    this.url = server.map(HttpServer::url).or(() -> unservedUrl).orElseThrow();
    sessions.url(url);
  }

  private Router router(Settings settings, ApiUsage usage) {
    Router router = new Router();
    SubRequests subRequests = new SubRequests(org, router);
    BulkJobs jobs = new BulkJobs(settings.org().clock(), settings.bulk());
    org.schedule(jobs);
    List<Resource> resources =
        List.of(
            new SoapResource(logins, sessions, settings.login()),
            new TokenResource(
                logins,
                sessions,
                new JwtAssertions(settings.login(), credentials),
                settings.login()),
            new RevokeResource(logins, sessions),
            new UserInfoResource(org, sessions),
            new VersionsResource(org),
            new LimitsResource(org, usage, jobs.batches(), jobs.queries()),
            new DescribeResource(org),
            new FeedResource(org),
            new RecordResource(org),
            new ExternalIdResource(org),
            new CollectionsResource(org, settings.bindingErrorsPerRow()),
            new RetrieveResource(org),
            new QueryResource(org, settings.pageSize()),
            new IngestResource(org, jobs, settings.bulk()),
            new QueryJobResource(org, jobs, settings.bulk()),
            new CompositeResource(org, subRequests),
            new BatchResource(subRequests, usage),
            new TreeResource(org));
    resources.forEach(resource -> resource.register(router));
    return router;
  }

  /**
   * Settings to start a simulator with.
   *
   * @return the defaults, to be changed and started
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
   * Where it serves, for logins and as the instance.
   *
   * @return the URL without a slash at the end
   */
  public String url() {
    return url;
  }

  /**
   * Answers a request in this thread, without a connection. An answer that is to be lost or cut
   * says so in its {@link Answer#delivery()}, which the caller has to play.
   *
   * @param call the request, as {@link Call#received} makes it
   * @return the answer, errors of the API among them
   */
  public Answer handle(Call call) {
    return gateway.answer(call);
  }

  /**
   * What to log in with.
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
   * The user that the methods of this class write as.
   *
   * @return the id
   */
  public String staffUserId() {
    return OrgSeed.STAFF_USER;
  }

  /**
   * What goes wrong on purpose.
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
   * @return the requests, without URLs and bodies
   */
  public List<LoggedRequest> requests() {
    return log.requests();
  }

  /** Forgets counts and requests; the daily limit stays as far used as it is. */
  public void resetCounters() {
    log.reset();
  }

  /**
   * How often somebody logged in successfully.
   *
   * @return the number of logins since the start
   */
  public int logins() {
    return sessions.logins();
  }

  /**
   * Whether too many bad passwords have locked the integration user out.
   *
   * @return whether no login by password succeeds any more
   */
  public boolean isLockedOut() {
    return logins.isLockedOut();
  }

  /** Ends all sessions: the next call with any of their tokens gets 401. */
  public void expireSessions() {
    sessions.expireAll();
  }

  /**
   * The records outside the recycle bin, in the order of their creation.
   *
   * @param object the object, such as {@code Contact}
   * @return per record its fields that have a value: String, Boolean, Integer, Double, {@link
   *     java.time.LocalDate} or {@link java.time.Instant} by API name
   * @throws SalesforceSimulatorException if there is no such object
   */
  public Stream<Map<String, Object>> records(String object) {
    return rows(object, false).map(SalesforceSimulator::toMap);
  }

  /**
   * All records, those in the recycle bin included.
   *
   * @param object the object, such as {@code Contact}
   * @return as {@link #records} does
   * @throws SalesforceSimulatorException if there is no such object
   */
  public Stream<Map<String, Object>> recordsAndDeleted(String object) {
    return rows(object, true).map(SalesforceSimulator::toMap);
  }

  private Stream<Row> rows(String object, boolean deletedToo) {
    return run(
        () ->
            org.database().table(org.type(object)).rows().stream()
                .filter(row -> deletedToo || !row.isDeleted())
                .toList())
        .stream();
  }

  private static Map<String, Object> toMap(Row row) {
    Map<String, Object> fields = new LinkedHashMap<>();
    for (Field field : row.type().fields()) {
      Object value = row.get(field);
      if (value != null) {
        fields.put(field.name(), value);
      }
    }
    return Collections.unmodifiableMap(fields);
  }

  /**
   * Creates a record as the staff user.
   *
   * @param object the object, such as {@code Contact}
   * @param fields its fields by API name; values as {@link #records} gives them
   * @return its id
   * @throws SalesforceSimulatorException if the org refuses it
   */
  public String create(String object, Map<String, ? extends @Nullable Object> fields) {
    return run(
        () -> org.writer().insert(Draft.of(org.schema(), org.type(object), fields), staffUserId()));
  }

  /**
   * Changes a record as the staff user.
   *
   * @param id its id
   * @param fields the fields to change by API name; null clears
   * @throws SalesforceSimulatorException if the org refuses it
   */
  public void edit(String id, Map<String, ? extends @Nullable Object> fields) {
    run(
        () -> {
          org.writer().update(id, Draft.of(org.schema(), typeOf(id), fields), staffUserId());
          return id;
        });
  }

  /**
   * Puts a record into the recycle bin as the staff user.
   *
   * @param id its id
   * @throws SalesforceSimulatorException if the org refuses it
   */
  public void delete(String id) {
    run(
        () -> {
          org.writer().delete(typeOf(id), id, staffUserId());
          return id;
        });
  }

  /**
   * Merges two records of one object as the staff user: the loser goes into the recycle bin and
   * names its master, and its journeys become the winner's.
   *
   * @param winnerId the id of the record that stays
   * @param loserId the id of the record that goes
   * @throws SalesforceSimulatorException if the org refuses it
   */
  public void merge(String winnerId, String loserId) {
    run(
        () -> {
          org.writer().merge(typeOf(winnerId), winnerId, loserId, staffUserId());
          return winnerId;
        });
  }

  private ObjectType typeOf(String id) {
    return org.schema().typeOfId(id).orElseThrow(ApiException::notFound);
  }

  private <T> T run(Supplier<T> work) {
    try {
      return org.call(work);
    } catch (ApiException e) {
      throw new SalesforceSimulatorException(
          "The simulated org refuses this with "
              + e.code()
              + e.fields().filter(names -> !names.isEmpty()).map(names -> " on " + names).orElse("")
              + "; check the object, the id and the fields against schema.json");
    }
  }

  /**
   * Offers and no longer offers values of a picklist, as an administrator does. Records keep what
   * they have.
   *
   * @param object the object, such as {@code Contact}
   * @param field the API name of the picklist
   * @param added values that it offers from now on
   * @param removed values that it no longer offers
   * @throws SalesforceSimulatorException if there is no such picklist, or a removed value is none
   *     of it
   */
  public void changePicklist(
      String object, String field, List<String> added, List<String> removed) {
    org.changePicklist(object, field, added, removed);
  }

  /**
   * What all records of the org come to: ids, fields and stamps, in a fixed order.
   *
   * @return SHA-256 in hexadecimal
   */
  public String fingerprint() {
    return run(org::fingerprint);
  }

  /** Stops to serve, and writes what is left to the state folder. */
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
