package edu.cumc.aou.simulator.salesforce;

import edu.cumc.aou.simulator.salesforce.bulk.BulkSettings;
import edu.cumc.aou.simulator.salesforce.fault.DeclaredFault;
import edu.cumc.aou.simulator.salesforce.http.LoggedRequest;
import edu.cumc.aou.simulator.salesforce.http.SalesforceSimulatorException;
import edu.cumc.aou.simulator.salesforce.login.LoginSettings;
import edu.cumc.aou.simulator.salesforce.org.Automation;
import edu.cumc.aou.simulator.salesforce.org.DuplicateRule;
import edu.cumc.aou.simulator.salesforce.org.Ids;
import edu.cumc.aou.simulator.salesforce.org.JourneyFaults;
import edu.cumc.aou.simulator.salesforce.org.OrgSeed;
import edu.cumc.aou.simulator.salesforce.org.OrgSettings;
import edu.cumc.aou.simulator.salesforce.org.PmiKey;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/** The settings of a simulator to be started. Not thread-safe. */
public final class SalesforceSimulatorBuilder {
  private int port;
  private Clock clock = Clock.systemUTC();
  private Duration journeyDelay = Duration.ZERO;
  private JourneyFaults journeyFaults = JourneyFaults.NONE;
  private boolean sandbox = true;
  private boolean pmiFieldUnique = true;
  private boolean pmiFieldCaseSensitive;
  private Duration sessionLifetime = Duration.ofHours(2);
  private int dailyApiLimit = 100_000;
  private int pageSize = 2_000;
  private Optional<Path> stateDirectory = Optional.empty();
  private boolean unevenJson;
  private boolean localisedMessages;
  private boolean bindingErrorsPerRow;
  private boolean myDomain = true;
  private boolean alternatingHosts;
  private int loginAttempts = 10;
  private String organizationId = OrgSeed.DEFAULT_ORGANIZATION;
  private Optional<X509Certificate> certificate = Optional.empty();
  private BulkSettings bulk = BulkSettings.DEFAULT;
  private Optional<DuplicateRule> duplicateRule = Optional.empty();
  private boolean statePicklists;
  private Optional<Automation> automation = Optional.empty();
  private ZoneId userTimeZone = ZoneId.of("GMT");
  private final List<DeclaredFault> faults = new ArrayList<>();
  private Consumer<LoggedRequest> listener = request -> {};

  SalesforceSimulatorBuilder() {}

  /**
   * The port to listen on; 0, the default, takes any that is free.
   *
   * @param number the port
   * @return this
   */
  public SalesforceSimulatorBuilder port(int number) {
    if (number < 0 || number > 65_535) {
      throw new IllegalArgumentException("port is not between 0 and 65535");
    }
    port = number;
    return this;
  }

  /**
   * What time it is in the org; by default what time it is.
   *
   * @param source the clock of all stamps, sessions, limits and journeys
   * @return this
   */
  public SalesforceSimulatorBuilder clock(Clock source) {
    clock = Objects.requireNonNull(source, "source is null");
    return this;
  }

  /**
   * How long after a Contact its journey is created; at once by default.
   *
   * @param delay the time between the two
   * @return this
   */
  public SalesforceSimulatorBuilder journeyDelay(Duration delay) {
    if (delay.isNegative()) {
      throw new IllegalArgumentException("delay is negative");
    }
    journeyDelay = delay;
    return this;
  }

  /**
   * How the creation of journeys goes wrong; not at all by default.
   *
   * @param faults the shares of late, missing and doubled journeys
   * @return this
   */
  public SalesforceSimulatorBuilder journeyFaults(JourneyFaults faults) {
    journeyFaults = Objects.requireNonNull(faults, "faults is null");
    return this;
  }

  /**
   * Whether the org is a sandbox, which is the default.
   *
   * @param is false for a production org
   * @return this
   */
  public SalesforceSimulatorBuilder sandbox(boolean is) {
    sandbox = is;
    return this;
  }

  /**
   * Whether {@code HP_PMI_ID__c} of Contact is a unique external id that ignores case, which is the
   * default, or plain text.
   *
   * @param unique false for plain text
   * @return this
   */
  public SalesforceSimulatorBuilder pmiFieldUnique(boolean unique) {
    pmiFieldUnique = unique;
    return this;
  }

  /**
   * Whether {@code HP_PMI_ID__c} of Contact, as a unique external id, takes upper and lower case
   * for two; off by default.
   *
   * @param on whether it does
   * @return this
   */
  public SalesforceSimulatorBuilder pmiFieldCaseSensitive(boolean on) {
    pmiFieldCaseSensitive = on;
    return this;
  }

  /**
   * Whether state and country picklists are on: addresses have codes beside their states and
   * countries, take those of the org's list only and store them in the org's spelling. Off by
   * default.
   *
   * @param on whether they are
   * @return this
   */
  public SalesforceSimulatorBuilder statePicklists(boolean on) {
    statePicklists = on;
    return this;
  }

  /**
   * How long a session may be idle; 2 hours by default.
   *
   * @param lifetime after this time without a call the session is over
   * @return this
   */
  public SalesforceSimulatorBuilder sessionLifetime(Duration lifetime) {
    if (lifetime.isNegative() || lifetime.isZero()) {
      throw new IllegalArgumentException("lifetime is not positive");
    }
    sessionLifetime = lifetime;
    return this;
  }

  /**
   * How many API calls the org takes in 24 hours; 100,000 by default.
   *
   * @param calls the limit
   * @return this
   */
  public SalesforceSimulatorBuilder dailyApiLimit(int calls) {
    if (calls < 0) {
      throw new IllegalArgumentException("calls is negative");
    }
    dailyApiLimit = calls;
    return this;
  }

  /**
   * The most records on a page of a query, whatever the client asks for; 2,000 by default.
   *
   * @param records from 1 to 2,000
   * @return this
   */
  public SalesforceSimulatorBuilder pageSize(int records) {
    if (records < 1 || records > 2_000) {
      throw new IllegalArgumentException("records is not between 1 and 2000");
    }
    pageSize = records;
    return this;
  }

  /**
   * Keeps the records in a folder, from which the next simulator goes on; by default they are gone
   * when it is closed. Sessions, limits, counters and bulk jobs are not kept; what jobs wrote is.
   *
   * @param folder the folder, which is created if it is not there
   * @return this
   */
  public SalesforceSimulatorBuilder stateDirectory(Path folder) {
    stateDirectory = Optional.of(folder);
    return this;
  }

  /**
   * Shuffles the keys of JSON objects, adds unknown ones and varies how errors show that no field
   * is meant; off by default.
   *
   * @param on whether to do so
   * @return this
   */
  public SalesforceSimulatorBuilder unevenJson(boolean on) {
    unevenJson = on;
    return this;
  }

  /**
   * Gives error messages in German, as for an integration user of that language; off by default.
   *
   * @param on whether to do so
   * @return this
   */
  public SalesforceSimulatorBuilder localisedMessages(boolean on) {
    localisedMessages = on;
    return this;
  }

  /**
   * Whether an unknown field, or a value of the wrong type, in one record of a Collections call
   * fails that record only. By default it fails the whole call.
   *
   * @param perRow true for the record only
   * @return this
   */
  public SalesforceSimulatorBuilder bindingErrorsPerRow(boolean perRow) {
    bindingErrorsPerRow = perRow;
    return this;
  }

  /**
   * Whether the login host is the org's own My Domain, which is the default. The common login hosts
   * refuse client credentials.
   *
   * @param own false for a common login host
   * @return this
   */
  public SalesforceSimulatorBuilder myDomain(boolean own) {
    myDomain = own;
    return this;
  }

  /**
   * Names another instance host at every second login, and takes each session on its own host only;
   * off by default.
   *
   * @param on whether to do so
   * @return this
   */
  public SalesforceSimulatorBuilder alternatingHosts(boolean on) {
    alternatingHosts = on;
    return this;
  }

  /**
   * How many bad passwords in a row lock the user out; 10 by default.
   *
   * @param number at least 1
   * @return this
   */
  public SalesforceSimulatorBuilder loginAttempts(int number) {
    if (number < 1) {
      throw new IllegalArgumentException("number is less than 1");
    }
    loginAttempts = number;
    return this;
  }

  /**
   * The id of the org, for tests that need two of them.
   *
   * @param id 15 or 18 characters that start with {@code 00D}
   * @return this
   */
  public SalesforceSimulatorBuilder organizationId(String id) {
    organizationId =
        Ids.canonical(id)
            .filter(canonical -> canonical.startsWith("00D"))
            .orElseThrow(() -> new IllegalArgumentException("id is not the id of an org"));
    return this;
  }

  /**
   * The certificate of the connected app, whose key signs the assertions of JWT bearer logins; none
   * by default, so that such logins are refused.
   *
   * @param uploaded a certificate with an RSA key
   * @return this
   */
  public SalesforceSimulatorBuilder certificate(X509Certificate uploaded) {
    if (!(uploaded.getPublicKey() instanceof RSAPublicKey)) {
      throw new IllegalArgumentException("uploaded has no RSA key, which RS256 needs");
    }
    certificate = Optional.of(uploaded);
    return this;
  }

  /**
   * The time zone of the integration user, in which queries see {@code TODAY} and the like; GMT by
   * default.
   *
   * @param zone the zone
   * @return this
   */
  public SalesforceSimulatorBuilder userTimeZone(ZoneId zone) {
    userTimeZone = Objects.requireNonNull(zone, "zone is null");
    return this;
  }

  /**
   * Lets something go wrong from the start; faults that come to mind later go to {@link
   * SalesforceSimulator#faults()}.
   *
   * @param fault one fault, beside those that were given before
   * @return this
   */
  public SalesforceSimulatorBuilder fault(DeclaredFault fault) {
    faults.add(Objects.requireNonNull(fault, "fault is null"));
    return this;
  }

  /**
   * Tells of every request once it is answered, one at a time; nobody by default.
   *
   * @param watcher gets the requests; called by the threads that serve, so it should be quick
   * @return this
   */
  public SalesforceSimulatorBuilder onRequest(Consumer<LoggedRequest> watcher) {
    listener = Objects.requireNonNull(watcher, "watcher is null");
    return this;
  }

  private JourneyFaults allJourneyFaults() {
    JourneyFaults all = journeyFaults;
    for (DeclaredFault fault : faults) {
      all = fault.addTo(all);
    }
    return all;
  }

  /**
   * The rule that finds duplicate Contacts; none by default.
   *
   * @param rule the rule
   * @return this
   */
  public SalesforceSimulatorBuilder duplicateRule(DuplicateRule rule) {
    duplicateRule = Optional.of(rule);
    return this;
  }

  /**
   * What triggers and flows do when the API has written something; nothing by default, besides the
   * journeys of new Contacts.
   *
   * @param triggers gets each record that is created or changed
   * @return this
   */
  public SalesforceSimulatorBuilder automation(Automation triggers) {
    automation = Optional.of(triggers);
    return this;
  }

  /**
   * How the Bulk API behaves; as {@link BulkSettings#DEFAULT} by default.
   *
   * @param settings the times that jobs take, and what differs between orgs
   * @return this
   */
  public SalesforceSimulatorBuilder bulk(BulkSettings settings) {
    bulk = Objects.requireNonNull(settings, "settings is null");
    return this;
  }

  /**
   * Starts the simulator.
   *
   * @return it, serving; to be closed by the caller
   * @throws SalesforceSimulatorException if the port is taken or the state folder cannot be used
   */
  public SalesforceSimulator start() {
    return SalesforceSimulator.start(settings(), Optional.empty());
  }

  /**
   * Opens the org without listening anywhere: requests come by {@link SalesforceSimulator#handle}.
   *
   * @param url the address that logins name, without a slash at the end
   * @return it; to be closed by the caller
   * @throws SalesforceSimulatorException if the state folder cannot be used
   */
  public SalesforceSimulator open(String url) {
    return SalesforceSimulator.start(settings(), Optional.of(url));
  }

  private Settings settings() {
    return new Settings(
        port,
        new OrgSettings(
            clock,
            organizationId,
            sandbox,
            userTimeZone,
            PmiKey.of(pmiFieldUnique, pmiFieldCaseSensitive),
            statePicklists,
            journeyDelay,
            allJourneyFaults(),
            duplicateRule,
            automation,
            stateDirectory),
        new LoginSettings(
            clock,
            sessionLifetime,
            sandbox,
            myDomain,
            alternatingHosts,
            loginAttempts,
            certificate,
            userTimeZone),
        bulk,
        dailyApiLimit,
        pageSize,
        unevenJson,
        localisedMessages,
        bindingErrorsPerRow,
        List.copyOf(faults),
        listener);
  }
}
