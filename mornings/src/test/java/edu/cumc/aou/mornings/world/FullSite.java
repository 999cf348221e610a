package edu.cumc.aou.mornings.world;

import edu.cumc.aou.db.source.SqlParticipantSource;
import edu.cumc.aou.db.store.SqlSyncStore;
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
import edu.cumc.aou.salesforce.crm.SalesforceCrm;
import edu.cumc.aou.simulator.salesforce.SalesforceSimulator;
import edu.cumc.aou.simulator.salesforce.SalesforceSimulatorBuilder;
import edu.cumc.aou.simulator.salesforce.org.FieldAccess;
import edu.cumc.aou.sync.model.FailureKind;
import edu.cumc.aou.sync.model.RunId;
import edu.cumc.aou.sync.port.SyncListener;
import edu.cumc.aou.sync.run.RunServices;
import edu.cumc.aou.sync.settings.SyncSettings;
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

  private static final Duration JOURNEY_DELAY = Duration.ofSeconds(20);

  private static final Set<String> SHOWN =
      Stream.concat(
              FieldTable.all().stream().map(FieldTable.Field::name),
              Stream.of("HP_PMI_ID__c", "Contact__c", OTHER_FIELD))
          .collect(Collectors.toSet());

  private final @Nullable OldSite old;
  private final VirtualClock clock;
  private final StoreFixture tables;
  private final SqlParticipantSource source;
  private final SqlSyncStore store;
  private final SalesforceSimulator simulator;
  private final Map<RunServices, Salesforce> clients = new IdentityHashMap<>();
  private final OrgStaff staff;
  private final OrgFlow flow;
  private final Network network;

  public FullSite(boolean uniquePmiField, SourceColumnsOf columns, SyncSettings settings) {
    this(uniquePmiField, columns, settings, null, null);
  }

  /** A site that an earlier version of the program has left, and that is upgraded. */
  public static FullSite upgraded(String archive, SourceColumnsOf columns, SyncSettings settings) {
    return new FullSite(false, columns, settings, null, OldSite.of(archive));
  }

  /**
   * A site for several processes: they share its org and its database of this name. Each process
   * has its own time, so journeys come at once.
   */
  public static FullSite forOtherProcesses(
      String database, boolean uniquePmiField, SourceColumnsOf columns, SyncSettings settings) {
    return new FullSite(uniquePmiField, columns, settings, database, null);
  }

  private FullSite(
      boolean uniquePmiField,
      SourceColumnsOf columns,
      SyncSettings settings,
      @Nullable String database,
      @Nullable OldSite old) {
    this.old = old;
    this.clock = old == null ? new VirtualClock() : new VirtualClock(OldSite.NOW);
    this.tables =
        old == null
            ? StoreFixture.empty(database == null ? "mornings" : database, columns, settings, clock)
            : StoreFixture.upgraded(old, columns, settings, clock);
    this.source = tables.source();
    this.store = tables.store();
    SalesforceSimulatorBuilder org =
        SalesforceSimulator.builder()
            .clock(clock)
            .pmiFieldUnique(uniquePmiField)
            .journeyDelay(database == null ? JOURNEY_DELAY : Duration.ZERO)
            .automation(record -> flow().afterSave(record));
    if (old != null) {
      org = org.stateDirectory(old.org());
    }
    this.simulator = database == null ? org.open("https://org.example.org") : org.start();
    this.staff = new OrgStaff(simulator);
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
  public Optional<Source> people() {
    return Optional.ofNullable(old).map(OldSite::people);
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
    return staff.createContact(pmiText, fields);
  }

  @Override
  public String createJourney(String contactId) {
    return staff.createJourney(contactId);
  }

  @Override
  public void edit(String id, Map<String, String> fields) {
    staff.edit(id, fields);
  }

  @Override
  public void changeOwner(String id) {
    staff.changeOwner(id);
  }

  @Override
  public void changeAccount(String id) {
    staff.changeAccount(id);
  }

  @Override
  public void delete(String id) {
    staff.doIt(() -> simulator.delete(id));
  }

  @Override
  public void undelete(String id) {
    staff.doIt(() -> simulator.undelete(id));
  }

  @Override
  public void erase(String id) {
    staff.doIt(() -> simulator.erase(id));
  }

  @Override
  public void merge(String survivor, String loser) {
    staff.doIt(() -> simulator.merge(survivor, loser));
  }

  @Override
  public boolean alterField(String object, String field, Altered how) {
    simulator.changeAccess(
        object,
        field,
        switch (how) {
          case HIDDEN -> FieldAccess.Permission.NONE;
          case READ_ONLY -> FieldAccess.Permission.READ;
          case REQUIRED, AS_BEFORE -> FieldAccess.Permission.EDIT;
        },
        how == Altered.REQUIRED);
    return true;
  }

  @Override
  public void noLongerOffers(String field, String value) {
    simulator.changePicklist("Opportunity", field, List.of(), List.of(value));
  }

  @Override
  public void offers(String field, String value) {
    simulator.changePicklist("Opportunity", field, List.of(value), List.of());
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
  public void databaseClock(Duration by) {
    tables.clock().shift(by);
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
    if (old != null) {
      tables.close();
      old.close();
    }
  }
}
