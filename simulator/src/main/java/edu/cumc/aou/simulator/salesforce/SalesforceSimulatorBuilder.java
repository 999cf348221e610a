package edu.cumc.aou.simulator.salesforce;

import edu.cumc.aou.simulator.salesforce.bulk.BulkSettings;
import edu.cumc.aou.simulator.salesforce.fault.DeclaredFault;
import edu.cumc.aou.simulator.salesforce.http.LoggedRequest;
import edu.cumc.aou.simulator.salesforce.http.SalesforceSimulatorException;
import edu.cumc.aou.simulator.salesforce.org.JourneyFaults;
import edu.cumc.aou.simulator.salesforce.org.OrgSettings;
import edu.cumc.aou.simulator.salesforce.org.OwnSchema;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/** The settings of a simulator. Not thread-safe. */
public final class SalesforceSimulatorBuilder extends LoginBuilder<SalesforceSimulatorBuilder> {
  private int port;
  private int dailyApiLimit = 100_000;
  private int pageSize = 2_000;
  private boolean unevenJson;
  private boolean localisedMessages;
  private boolean bindingErrorsPerRow;
  private BulkSettings bulk = BulkSettings.DEFAULT;
  private ServiceTimes serviceTimes = ServiceTimes.NONE;
  private final List<DeclaredFault> faults = new ArrayList<>();
  private Consumer<LoggedRequest> listener = request -> {};
  private boolean showValues;
  private Optional<Path> tlsCertificate = Optional.empty();

  SalesforceSimulatorBuilder() {}

  @Override
  SalesforceSimulatorBuilder self() {
    return this;
  }

  /**
   * The port to listen on; 0, the default, takes any free one.
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
   * How many API calls the org accepts in 24 hours; 100,000 by default.
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
   * Adds a fault from the start; add later ones to {@link SalesforceSimulator#faults()}.
   *
   * @param fault one fault; earlier ones stay
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

  /**
   * Keeps URLs, headers and bodies of the last 1,000 requests beside what the log of requests has
   * anyway; off by default.
   *
   * @param on whether {@link SalesforceSimulator#requests} and {@code /simulator/requests} show
   *     them
   * @return this
   */
  public SalesforceSimulatorBuilder showValues(boolean on) {
    showValues = on;
    return this;
  }

  /**
   * Takes objects, fields and rules from a file, as the manual describes it.
   *
   * @param file the file, in JSON
   * @return this
   * @throws SalesforceSimulatorException if the file cannot be read or understood
   */
  public SalesforceSimulatorBuilder schema(Path file) {
    return schema(OwnSchema.read(file));
  }

  /**
   * Takes objects, fields and rules from the content of such a file.
   *
   * @param own the content
   * @return this
   */
  public SalesforceSimulatorBuilder schema(OwnSchema own) {
    own.rules().forEach(rule -> fault(DeclaredFault.parse(rule)));
    own(own);
    return this;
  }

  /**
   * Encrypts connections with a key made at the start; off by default.
   *
   * @param certificateFile where to write the certificate, in PEM, for clients to trust
   * @return this
   */
  public SalesforceSimulatorBuilder tls(Path certificateFile) {
    tlsCertificate = Optional.of(certificateFile);
    return this;
  }

  private JourneyFaults allJourneyFaults() {
    JourneyFaults all = statedJourneyFaults();
    for (DeclaredFault fault : faults) {
      all = fault.addTo(all);
    }
    return all;
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
   * How long the org takes for a request, by the wall clock: it delays the answer. By default there
   * is no delay. {@link #bulk} sets the time of a job.
   *
   * @param perRequest for each request
   * @param perRecord for each record that the request writes, or tries to
   * @return this
   */
  public SalesforceSimulatorBuilder serviceTimes(Duration perRequest, Duration perRecord) {
    serviceTimes = new ServiceTimes(perRequest, perRecord);
    return this;
  }

  /**
   * Starts the simulator.
   *
   * @return the running simulator; the caller closes it
   * @throws SalesforceSimulatorException if the port is taken or the state folder cannot be used
   */
  public SalesforceSimulator start() {
    return SalesforceSimulator.start(settings(), Optional.empty());
  }

  /**
   * Opens the org without a port: requests come by {@link SalesforceSimulator#handle}.
   *
   * @param url the address that logins name, without a slash at the end
   * @return the org; the caller closes it
   * @throws SalesforceSimulatorException if the state folder cannot be used
   */
  public SalesforceSimulator open(String url) {
    return SalesforceSimulator.start(settings(), Optional.of(url));
  }

  private Settings settings() {
    OrgSettings org = orgSettings(allJourneyFaults());
    return new Settings(
        port,
        org,
        loginSettings(org),
        bulk,
        dailyApiLimit,
        pageSize,
        unevenJson,
        localisedMessages,
        bindingErrorsPerRow,
        List.copyOf(faults),
        listener,
        serviceTimes,
        showValues,
        tlsCertificate);
  }
}
