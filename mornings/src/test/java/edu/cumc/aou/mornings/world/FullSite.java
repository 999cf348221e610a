package edu.cumc.aou.mornings.world;

import edu.cumc.aou.db.sync.SqlParticipantSource;
import edu.cumc.aou.db.sync.SqlSyncStore;
import edu.cumc.aou.mornings.judge.Facts.Name;
import edu.cumc.aou.mornings.judge.Facts.Org;
import edu.cumc.aou.mornings.judge.Facts.Rec;
import edu.cumc.aou.mornings.judge.Facts.Sent;
import edu.cumc.aou.mornings.judge.Facts.Source;
import edu.cumc.aou.mornings.judge.Facts.Tables;
import edu.cumc.aou.mornings.judge.FieldTable;
import edu.cumc.aou.salesforce.Salesforce;
import edu.cumc.aou.salesforce.SalesforceAuth;
import edu.cumc.aou.salesforce.SalesforceSettings;
import edu.cumc.aou.salesforce.Secret;
import edu.cumc.aou.salesforce.Surroundings;
import edu.cumc.aou.salesforce.sync.SalesforceCrm;
import edu.cumc.aou.simulator.salesforce.SalesforceSimulator;
import edu.cumc.aou.simulator.salesforce.SalesforceSimulatorBuilder;
import edu.cumc.aou.simulator.salesforce.http.SalesforceSimulatorException;
import edu.cumc.aou.sync.FailureKind;
import edu.cumc.aou.sync.SyncListener;
import edu.cumc.aou.sync.SyncSettings;
import edu.cumc.aou.sync.model.RunId;
import edu.cumc.aou.sync.run.RunServices;
import edu.cumc.aou.sync.testing.VirtualClock;
import edu.cumc.aou.sync.testing.VirtualPause;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A site as it really is: the client of Salesforce against the simulated org, and both databases.
 * Requests are answered in the caller's thread, and all time is the world's.
 */
public final class FullSite implements Site {

  private static final String PMI = "HP_PMI_ID__c";
  private static final Duration JOURNEY_DELAY = Duration.ofSeconds(20);

  private static final Set<String> SHOWN =
      Stream.concat(
              FieldTable.all().stream().map(FieldTable.Field::name),
              Stream.of(PMI, "Contact__c", "DV_Enrollment__c"))
          .collect(Collectors.toSet());

  private final VirtualClock clock = new VirtualClock();
  private final StoreFixture tables;
  private final SqlParticipantSource source;
  private final SqlSyncStore store;
  private final SalesforceSimulator simulator;
  private final Map<RunServices, Salesforce> clients = new IdentityHashMap<>();
  private final OrgFlow flow;
  private final Network network;

  public FullSite(boolean uniquePmiField, SourceColumnsOf columns, SyncSettings settings) {
    this(uniquePmiField, columns, settings, false);
  }

  /**
   * A site whose org and databases are reached from other processes too. Their time is no longer
   * one, so journeys come at once.
   */
  public static FullSite forOtherProcesses(
      boolean uniquePmiField, SourceColumnsOf columns, SyncSettings settings) {
    return new FullSite(uniquePmiField, columns, settings, true);
  }

  private FullSite(
      boolean uniquePmiField, SourceColumnsOf columns, SyncSettings settings, boolean overHttp) {
    this.tables = StoreFixture.empty(columns, settings, clock);
    this.source = tables.source();
    this.store = tables.store();
    SalesforceSimulatorBuilder org =
        SalesforceSimulator.builder()
            .clock(clock)
            .pmiFieldUnique(uniquePmiField)
            .journeyDelay(overHttp ? Duration.ZERO : JOURNEY_DELAY)
            .automation(record -> flow().afterSave(record));
    this.simulator = overHttp ? org.start() : org.open("https://org.example.org");
    this.flow = new OrgFlow(simulator);
    this.network = new Network(simulator, clock, flow);
  }

  private OrgFlow flow() {
    return flow;
  }

  @Override
  public VirtualClock clock() {
    return clock;
  }

  /** Where the org is, and how to log in there: address, client id, client secret. */
  public List<String> login() {
    return List.of(
        simulator.url(),
        simulator.credentials().clientId(),
        simulator.credentials().clientSecret());
  }

  @Override
  public void watch(Edges.@Nullable Watch other) {
    network.watch(other);
  }

  @Override
  public void endRun() {
    // what has not struck by now was meant for this run
    simulator.faults().clear();
  }

  @Override
  public RunServices open(SyncSettings settings, SyncListener listener) {
    VirtualPause pause = new VirtualPause(clock);
    Salesforce salesforce =
        Salesforce.connect(
            SalesforceSettings.builder(
                    URI.create(simulator.url()),
                    new SalesforceAuth.ClientCredentials(
                        simulator.credentials().clientId(),
                        Secret.of(simulator.credentials().clientSecret())))
                .build(),
            new Surroundings(
                clock, pause::forDuration, new Random(7), Optional.of(network::carry)));
    RunServices services =
        new RunServices(
            source, SalesforceCrm.create(salesforce, settings), store, clock, pause, listener);
    clients.put(services, salesforce);
    return services;
  }

  @Override
  public void leave(RunServices services) {
    Salesforce salesforce = clients.remove(services);
    if (salesforce != null) {
      salesforce.close();
    }
  }

  @Override
  public void load(Source load) {
    tables.load(load);
  }

  @Override
  public Org org() {
    flow.withholdJourneys();
    return new Org(records("Contact"), records("Opportunity"));
  }

  private Map<String, Rec> records(String object) {
    Map<String, Rec> records = new LinkedHashMap<>();
    simulator
        .recordsAndDeleted(object)
        .forEach(
            r -> {
              String id = r.get("Id").toString();
              Map<String, String> fields = new HashMap<>();
              r.forEach(
                  (field, value) -> {
                    if (SHOWN.contains(field)) {
                      fields.put(field, value.toString());
                    }
                  });
              Object master = r.get("MasterRecordId");
              records.put(
                  id,
                  new Rec(
                      id,
                      fields,
                      Boolean.TRUE.equals(r.get("IsDeleted")),
                      master == null ? null : master.toString()));
            });
    return records;
  }

  @Override
  public Tables tables() {
    Set<String> ids = tables.rows("SELECT Contact_Id, PMI_Id FROM dbo.Contact_PMI");
    ids.addAll(tables.rows("SELECT Contact_Id, Journey_Id FROM dbo.Contact_Journey"));
    return new Tables(
        ids, tables.rows("SELECT Contact_Id, PMI_Id, Journey_Id FROM dbo.Relationship"));
  }

  @Override
  public List<Name> names() {
    List<Name> names = StoreNames.of(store);
    tables
        .rows("SELECT subject, kind FROM dbo.sync_anomaly")
        .forEach(
            row -> {
              String pmi = row.substring(0, 10);
              int kind = row.lastIndexOf(' ');
              names.add(
                  new Name(pmi, "ANOMALY", row.substring(kind + 1) + row.substring(10, kind)));
            });
    return names;
  }

  @Override
  public List<Sent> sent(RunId run) {
    return StoreNames.sent(store, run);
  }

  @Override
  public String createContact(@Nullable String pmiText, Map<String, String> fields) {
    Map<String, Object> all = new HashMap<>(fields);
    if (pmiText != null) {
      all.put(PMI, pmiText);
    }
    return asPerson(() -> simulator.create("Contact", all));
  }

  @Override
  public String createJourney(String contactId) {
    return asPerson(() -> simulator.create("Opportunity", OrgFlow.journey(contactId)));
  }

  @Override
  public void edit(String id, Map<String, String> fields) {
    Map<String, @Nullable Object> values = new HashMap<>();
    fields.forEach((f, v) -> values.put(f, v.isEmpty() ? null : value(f, v)));
    asPerson(
        () -> {
          simulator.edit(id, values);
          return id;
        });
  }

  private static Object value(String field, String text) {
    boolean number =
        FieldTable.all().stream()
            .anyMatch(f -> f.name().equals(field) && f.holds().equals("number"));
    return number ? (Object) Double.valueOf(text) : text;
  }

  @Override
  public void delete(String id) {
    asPerson(
        () -> {
          simulator.delete(id);
          return id;
        });
  }

  @Override
  public void undelete(String id) {
    asPerson(
        () -> {
          simulator.undelete(id);
          return id;
        });
  }

  @Override
  public void erase(String id) {
    asPerson(
        () -> {
          simulator.erase(id);
          return id;
        });
  }

  @Override
  public void merge(String survivor, String loser) {
    asPerson(
        () -> {
          simulator.merge(survivor, loser);
          return loser;
        });
  }

  /** A deed of the staff. */
  private interface Deed {
    String doIt();
  }

  private static String asPerson(Deed deed) {
    try {
      return deed.doIt();
    } catch (SalesforceSimulatorException e) {
      throw new IllegalArgumentException(e);
    }
  }

  @Override
  public void refuse(String pmi, String code) {
    flow.refuse(pmi, code);
  }

  @Override
  public void accept(String pmi) {
    flow.accept(pmi);
  }

  @Override
  public void journeysOfNew(int number) {
    flow.journeysOfNew(number);
  }

  @Override
  public void rewrite(@Nullable String field) {
    flow.rewrite(field, false);
  }

  @Override
  public void clear(String field) {
    flow.rewrite(field, true);
  }

  @Override
  public void columns(SourceColumnsOf columns) {
    tables.columns(columns);
  }

  @Override
  public void rebind() {
    store.installer().rebind();
  }

  @Override
  public String staff() {
    return simulator.staffUserId();
  }

  @Override
  public void loseNextAnswer(boolean applied) {
    network.loseNextAnswer(applied);
  }

  @Override
  public void lockOnce(String contactId) {
    network.lockOnce(contactId);
  }

  @Override
  public boolean orgFails(FailureKind kind, int calls) {
    network.orgFails(kind, calls);
    return true;
  }

  @Override
  public void wireFault(int which, int requests) {
    network.fault(which, requests);
  }

  @Override
  public void rest() {
    simulator.faults().clear();
    flow.rest();
  }

  @Override
  public void close() {
    clients.values().forEach(Salesforce::close);
    simulator.close();
  }
}
