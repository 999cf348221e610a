package edu.cumc.aou.mornings.world;

import edu.cumc.aou.db.DatabaseSettings;
import edu.cumc.aou.db.RelationName;
import edu.cumc.aou.db.sync.SourceConfig;
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
import edu.cumc.aou.salesforce.Surroundings.Carried;
import edu.cumc.aou.salesforce.sync.SalesforceCrm;
import edu.cumc.aou.simulator.salesforce.SalesforceSimulator;
import edu.cumc.aou.simulator.salesforce.fault.Fault;
import edu.cumc.aou.simulator.salesforce.http.Answer;
import edu.cumc.aou.simulator.salesforce.http.Call;
import edu.cumc.aou.simulator.salesforce.http.SalesforceSimulatorException;
import edu.cumc.aou.simulator.salesforce.org.Automation;
import edu.cumc.aou.simulator.salesforce.org.SavedRecord;
import edu.cumc.aou.sync.FailureKind;
import edu.cumc.aou.sync.SyncListener;
import edu.cumc.aou.sync.SyncSettings;
import edu.cumc.aou.sync.model.RunId;
import edu.cumc.aou.sync.run.RunServices;
import edu.cumc.aou.sync.testing.VirtualClock;
import edu.cumc.aou.sync.testing.VirtualPause;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
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
  private static final Duration STALL = Duration.ofSeconds(150);
  private static final String ANY_WRITE = ".*/composite/sobjects.*";
  private static final DateTimeFormatter HTTP_DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
          .withZone(ZoneOffset.UTC);

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
  private final Map<String, String> refused = new HashMap<>();
  private @Nullable String rewritten;
  private boolean cleared;
  private int journeysOfNew = 1;
  private Edges.@Nullable Watch watch;

  public FullSite(boolean uniquePmiField, SourceColumnsOf columns, SyncSettings settings) {
    this.tables = StoreFixture.empty(columns);
    this.source =
        SqlParticipantSource.open(
            new SourceConfig(
                DatabaseSettings.of(StoreFixture.URL),
                RelationName.tryParse("PUBLIC.contacts").orElseThrow(),
                RelationName.tryParse("PUBLIC.journeys").orElseThrow(),
                null),
            settings.contact().pmiColumn());
    this.store = SqlSyncStore.open(DatabaseSettings.of(StoreFixture.URL), "dbo", clock);
    this.simulator =
        SalesforceSimulator.builder()
            .clock(clock)
            .pmiFieldUnique(uniquePmiField)
            .journeyDelay(JOURNEY_DELAY)
            .automation(this::afterSave)
            .open("https://org.example.org");
  }

  @Override
  public VirtualClock clock() {
    return clock;
  }

  @Override
  public void watch(Edges.@Nullable Watch other) {
    watch = other;
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
            new Surroundings(clock, pause::forDuration, new Random(7), Optional.of(this::carry)));
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

  /** Answers a request of the client as the network would bring the answer. */
  private Carried carry(String method, URI uri, Map<String, String> headers, byte[] body)
      throws IOException {
    Edges.Watch watching = watch;
    if (watching != null) {
      watching.before("http." + method);
    }
    withholdJourneys();
    Answer answer =
        simulator.handle(
            Call.received(
                method,
                uri.getRawPath(),
                Optional.ofNullable(uri.getRawQuery()).orElse(""),
                headers,
                body));
    if (watching != null) {
      watching.after("http." + method);
    }
    byte[] whole = answer.body();
    switch (answer.delivery()) {
      case RESET -> throw new SocketException("Connection reset");
      case TRUNCATED -> throw new SocketException("Connection ended within the answer");
      case STALLED -> {
        clock.advance(STALL);
        throw new SocketTimeoutException("Read timed out");
      }
      default -> {}
    }
    Map<String, String> answered = new LinkedHashMap<>(answer.headers());
    answered.put("Date", HTTP_DATE.format(clock.instant()));
    if (!answer.contentType().isEmpty()) {
      answered.put("Content-Type", answer.contentType());
    }
    return new Carried(answer.status(), answered, new ByteArrayInputStream(whole).readAllBytes());
  }

  private void afterSave(SavedRecord record) {
    String pmi = record.get(PMI).map(Object::toString).orElse("");
    String code = refused.get(pmi.toUpperCase(Locale.ROOT));
    if (code != null) {
      throw new Automation.Refusal(code, "refused by a validation rule", "LastName");
    }
    if (!record.object().equals("Contact")) {
      return;
    }
    if (rewritten != null && record.get(rewritten).isPresent()) {
      String text = record.get(rewritten).get().toString();
      String made =
          cleared
              ? ""
              : rewritten.equals(PMI) ? text.replaceFirst("^P", "") : text.toUpperCase(Locale.ROOT);
      if (!made.equals(text)) {
        record.set(rewritten, made);
      }
    }
    if (record.created() && journeysOfNew == 2) {
      record.create("Opportunity", journey(record.id()));
    }
  }

  private static Map<String, Object> journey(String contactId) {
    return Map.of(
        "Contact__c", contactId,
        "Name", "Journey",
        "StageName", "Prospecting",
        "CloseDate", "2027-01-01");
  }

  private final Set<String> journeysThere = new HashSet<>();

  /** While the flow makes no journeys, those that it makes are taken away before anybody looks. */
  private void withholdJourneys() {
    if (journeysOfNew != 0) {
      return;
    }
    simulator
        .records("Opportunity")
        .map(r -> r.get("Id").toString())
        .filter(id -> !journeysThere.contains(id))
        .toList()
        .forEach(simulator::delete);
  }

  @Override
  public void load(Source load) {
    tables.load(load);
  }

  @Override
  public Org org() {
    withholdJourneys();
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
    return asPerson(() -> simulator.create("Opportunity", journey(contactId)));
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
    refused.put(pmi, code);
  }

  @Override
  public void accept(String pmi) {
    refused.remove(pmi);
  }

  @Override
  public void journeysOfNew(int number) {
    if (number == 0) {
      simulator.records("Opportunity").forEach(r -> journeysThere.add(r.get("Id").toString()));
    }
    journeysOfNew = number;
  }

  @Override
  public void rewrite(@Nullable String field) {
    rewritten = field;
    cleared = false;
  }

  @Override
  public void clear(String field) {
    rewrite(field);
    cleared = true;
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
    Fault fault = applied ? Fault.resetAfterApply() : Fault.resetBeforeApply();
    simulator.faults().on("POST", ANY_WRITE, 1, fault);
    simulator.faults().on("PATCH", ANY_WRITE, 1, fault);
  }

  @Override
  public void lockOnce(String contactId) {
    simulator
        .faults()
        .onRow(
            "Contact",
            "Id",
            contactId,
            1,
            "UNABLE_TO_LOCK_ROW",
            "unable to obtain exclusive access to this record");
  }

  @Override
  public boolean orgFails(FailureKind kind, int calls) {
    Fault fault =
        switch (kind) {
          case THROTTLED -> Fault.requestLimitExceeded();
          case AUTH -> Fault.expiredSession();
          default -> Fault.unavailable(Duration.ofSeconds(1));
        };
    simulator.faults().on("*", ".*", n -> n <= calls * 3, fault);
    return true;
  }

  @Override
  public void wireFault(int which, int requests) {
    List<Fault> faults =
        List.of(
            Fault.error(500, "UNKNOWN_EXCEPTION", "An unexpected error occurred."),
            Fault.html(503),
            Fault.html(200),
            Fault.html(502),
            Fault.emptyAnswer(),
            Fault.expiredSession(),
            Fault.resetBeforeApply(),
            Fault.resetAfterApply(),
            Fault.truncatedBody(),
            Fault.stalledBody(),
            Fault.jobFailed("InternalServerError : try again"),
            Fault.rowsUnprocessed(1, "TooManyLockFailure : try again"),
            Fault.resultsCut());
    simulator
        .faults()
        .on("*", ".*", n -> n <= requests, faults.get(Math.floorMod(which, faults.size())));
  }

  @Override
  public void rest() {
    simulator.faults().clear();
    refused.clear();
    rewritten = null;
    journeysOfNew = 1;
  }

  @Override
  public void close() {
    clients.values().forEach(Salesforce::close);
    store.close();
    source.close();
    simulator.close();
  }
}
