package edu.cumc.aou.docs.library;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import edu.cumc.aou.cli.demo.Snippet;
import edu.cumc.aou.cli.demo.VirtualTime;
import edu.cumc.aou.db.DatabaseSecret;
import edu.cumc.aou.db.DatabaseSettings;
import edu.cumc.aou.db.store.SqlSyncStore;
import edu.cumc.aou.salesforce.Salesforce;
import edu.cumc.aou.salesforce.SalesforceAuth;
import edu.cumc.aou.salesforce.SalesforceException;
import edu.cumc.aou.salesforce.SalesforceSettings;
import edu.cumc.aou.salesforce.bulk.BulkJob;
import edu.cumc.aou.salesforce.bulk.BulkState;
import edu.cumc.aou.salesforce.load.LoadRow;
import edu.cumc.aou.simulator.salesforce.SalesforceSimulator;
import edu.cumc.aou.simulator.source.SourceOptions;
import edu.cumc.aou.simulator.source.SourceSimulator;
import edu.cumc.aou.sync.DailySync;
import edu.cumc.aou.sync.mapping.Mapping;
import edu.cumc.aou.sync.model.RunState;
import edu.cumc.aou.sync.model.SyncRequest;
import edu.cumc.aou.sync.port.SourceColumns.Column;
import edu.cumc.aou.sync.port.SourceColumns.Type;
import edu.cumc.aou.sync.port.SyncListener;
import edu.cumc.aou.sync.report.SyncReport;
import edu.cumc.aou.sync.settings.SyncSettings;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LibrarySamplesTest {

  private static final int PEOPLE = 40;

  @TempDir Path directory;

  private final VirtualTime time = new VirtualTime(Instant.parse("2026-01-05T11:00:00Z"));
  private SalesforceSimulator org;
  private SourceSimulator people;

  @BeforeEach
  void begin() {
    org = SalesforceSimulator.builder().clock(time).journeyDelay(Duration.ofSeconds(20)).start();
    people = SourceSimulator.open(SourceSimulator.h2Url(directory), "sa", "");
  }

  @AfterEach
  void end() {
    people.close();
    org.close();
  }

  private Salesforce connect() {
    return ClientSamples.connect(
        URI.create(org.url()),
        org.credentials().clientId(),
        edu.cumc.aou.salesforce.Secret.of(org.credentials().clientSecret()));
  }

  private DatabaseSettings store() {
    return DatabaseSettings.of(storeUrl()).withLogin("sa", DatabaseSecret.of(""));
  }

  private String storeUrl() {
    return "jdbc:h2:file:"
        + directory.resolve("store")
        + ";MODE=MSSQLServer;DATABASE_TO_UPPER=FALSE;CASE_INSENSITIVE_IDENTIFIERS=TRUE;WRITE_DELAY=0";
  }

  private SyncSamples.Settings settings() throws IOException {
    Files.writeString(
        directory.resolve("aou-sync.conf"),
        Snippet.of(org.url(), org.credentials(), org.accountId())
            + "source { jdbc-url = \"%s\", user = sa, password = \"\" }\n"
                .formatted(SourceSimulator.h2Url(directory))
            + "store { jdbc-url = \"%s\", user = sa, password = \"\" }\n".formatted(storeUrl())
            + "guards.max-inserts.number = 1000\n");
    return SyncSamples.Settings.read(directory, Map.of());
  }

  private static List<Map<String, Object>> contacts(int number) {
    return IntStream.range(0, number)
        .mapToObj(
            i ->
                Map.<String, Object>of(
                    "HP_PMI_ID__c", "P00000%04d".formatted(i),
                    "LastName", "Invented",
                    "Email", "p%d@example.org".formatted(i)))
        .toList();
  }

  @Test
  void client_countsContactsByAccount() {
    String account = org.create("Account", Map.of("Name", "Site"));
    org.create("Contact", Map.of("LastName", "A", "MailingState", "NY", "AccountId", account));
    org.create("Contact", Map.of("LastName", "B", "MailingState", "NY", "AccountId", account));
    org.create("Contact", Map.of("LastName", "C", "MailingState", "NJ", "AccountId", account));
    org.create("Contact", Map.of("LastName", "D", "MailingState", "NY"));

    try (Salesforce salesforce = connect()) {
      assertThat(ClientSamples.contactsByAccount(salesforce, "NY"))
          .containsExactly(Map.entry("(no account)", 1), Map.entry("Site", 2));
    }
  }

  @Test
  void client_loadsAndSaysWhatWasRefused() {
    List<Map<String, Object>> contacts = new ArrayList<>(contacts(5));
    contacts.add(
        Map.of("HP_PMI_ID__c", "P000009999", "LastName", "Invented", "Email", "no address"));

    try (Salesforce salesforce = connect()) {
      assertThat(ClientSamples.load(salesforce, rows(contacts))).isEqualTo(5);
    }
    assertThat(org.records("Contact")).hasSize(5);
  }

  private static Iterator<LoadRow> rows(List<Map<String, Object>> contacts) {
    return contacts.stream()
        .map(
            contact ->
                new LoadRow(
                    contact.get("HP_PMI_ID__c").toString(),
                    Map.of("LastName", contact.get("LastName"), "Email", contact.get("Email"))))
        .iterator();
  }

  @Test
  void client_insertsByABulkJob_whoseIdIsKnownBeforehand() {
    List<String> kept = new ArrayList<>();

    try (Salesforce salesforce = connect()) {
      BulkJob job = ClientSamples.insert(salesforce, contacts(30), kept::add);

      assertThat(job.state()).isEqualTo(BulkState.JOB_COMPLETE);
      assertThat(job.succeeded()).isEqualTo(30);
      assertThat(kept).containsExactly(job.id());
    }
    assertThat(org.records("Contact")).hasSize(30);
  }

  @Test
  void client_makesAnAccountWithItsContactsInOneCall() {
    try (Salesforce salesforce = connect()) {
      String account = ClientSamples.household(salesforce, "Household", List.of("A", "B"));

      assertThat(org.records("Contact"))
          .hasSize(2)
          .allMatch(c -> account.equals(c.get("AccountId")));
    }
  }

  @Test
  void client_readsChildrenAndLoadsAFile(@TempDir Path files) throws IOException {
    Path csv = files.resolve("contacts.csv");
    Path results = files.resolve("results.csv");
    Files.writeString(csv, "HP_PMI_ID__c,LastName\nP000000001,Invented\nP000000002,\n");
    try (Salesforce salesforce = connect()) {
      assertThat(ClientSamples.file(salesforce, csv, results).saved()).isEqualTo(1);
      assertThat(Files.readString(results)).contains("P000000001,created,003");

      time.forDuration(Duration.ofMinutes(1));
      assertThat(ClientSamples.journeysByContact(salesforce).values()).containsExactly(1);
    }
  }

  @Test
  void client_asksWhatItHasNoMethodFor() throws IOException {
    Map<String, String> answers =
        Map.of(
            "/search", "{\"searchRecords\":[{\"Id\":\"003000000000001AAA\"}]}",
            "/sobjects/ContentVersion", "{\"id\":\"068000000000001AAA\",\"success\":true}",
            "/composite/graph", "{\"graphs\":[{\"graphId\":\"1\",\"isSuccessful\":true}]}");
    HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    server.createContext(
        "/services/data/v62.0",
        call -> {
          String path = call.getRequestURI().getPath().substring("/services/data/v62.0".length());
          byte[] body = answers.get(path).getBytes(StandardCharsets.UTF_8);
          call.sendResponseHeaders(path.startsWith("/sobjects") ? 201 : 200, body.length);
          call.getResponseBody().write(body);
          call.close();
        });
    server.start();
    try (Salesforce salesforce =
        Salesforce.connect(
            SalesforceSettings.builder(
                    new SalesforceAuth.ReadySession(
                        edu.cumc.aou.salesforce.Secret.of("invented"),
                        URI.create("http://127.0.0.1:" + server.getAddress().getPort())))
                .build())) {
      assertThat(ClientSamples.search(salesforce, "Muster")).containsExactly("003000000000001AAA");
      assertThat(ClientSamples.attach(salesforce, "003000000000001AAA", "a.txt", new byte[] {1}))
          .isEqualTo("068000000000001AAA");
      assertThat(ClientSamples.graph(salesforce, Map.of("graphs", List.of()))).isTrue();
    } finally {
      server.stop(0);
    }
  }

  @Test
  void client_saysWhatToDo() {
    try (Salesforce salesforce =
        ClientSamples.connect(
            URI.create(org.url()), "nobody", edu.cumc.aou.salesforce.Secret.of("nothing"))) {
      assertThat(failure(salesforce)).startsWith("ask for new credentials");
    }
    try (Salesforce salesforce = connect()) {
      assertThat(ClientSamples.describe(notThere(salesforce))).startsWith("correct the name");
    }
  }

  private static String failure(Salesforce salesforce) {
    try {
      salesforce.limits();
      return "none";
    } catch (SalesforceException e) {
      return ClientSamples.describe(e);
    }
  }

  private static SalesforceException notThere(Salesforce salesforce) {
    try {
      salesforce.describe("Nothing__c");
      throw new AssertionError("there is no such object");
    } catch (SalesforceException e) {
      return e;
    }
  }

  @Test
  void database_readsParticipants() {
    people.load(new SourceOptions(1, PEOPLE, 1, false));

    Map<String, Integer> counts =
        DatabaseSamples.participants(SourceSimulator.h2Url(directory), "sa", DatabaseSecret.of(""));

    assertThat(counts.keySet()).contains("ACTIVE").isSubsetOf("ACTIVE", "WITHDRAWN");
    assertThat(counts.values().stream().mapToInt(Integer::intValue).sum()).isEqualTo(PEOPLE);
  }

  @Test
  void wholeSync_fromAFile_isInTheStoreAfterwards() throws IOException {
    people.load(new SourceOptions(1, PEOPLE, 1, false));
    DatabaseSamples.install(store(), "dbo");
    assertThat(DatabaseSamples.lastRun(store(), "dbo")).isEqualTo("there was no run yet");

    SyncReport report = SyncSamples.run(settings(), time, time);

    assertThat(report.state()).isEqualTo(RunState.DONE);
    assertThat(report.contacts().inserted()).isPositive().isEqualTo(contactsInOrg());
    assertThat(DatabaseSamples.lastRun(store(), "dbo"))
        .isEqualTo(
            "run 1 is DONE; " + contactsInOrg() + " participants have a Contact and a journey");
  }

  @Test
  void wholeSync_byGuice_findsNothingMoreToDo() throws IOException {
    people.load(new SourceOptions(1, PEOPLE, 1, false));
    DatabaseSamples.install(store(), "dbo");
    SyncSamples.run(settings(), time, time);

    SyncReport again = SyncSamples.runInjected(settings(), time, time);

    assertThat(again.state()).isEqualTo(RunState.DONE);
    assertThat(again.plannedTotal()).isZero();
    assertThat(again.contacts().unchanged()).isEqualTo(contactsInOrg());
  }

  private long contactsInOrg() {
    return org.records("Contact").count();
  }

  @Test
  void ownSource_isSyncedLikeAnyOther() throws IOException {
    SyncSettings settings = settings().sync();
    DatabaseSamples.install(store(), "dbo");
    List<String> log = new ArrayList<>();

    try (Salesforce salesforce = connect();
        SqlSyncStore store = SqlSyncStore.open(store(), "dbo")) {
      DailySync sync =
          SyncSamples.withOwnSource(
              registry(settings), salesforce, store, settings, time, time, log(log));
      assertThat(SyncSamples.exitCode(sync, SyncSamples.firstLoad(time), log::add)).isZero();
    }

    assertThat(org.records("Contact"))
        .extracting(c -> c.get("HP_PMI_ID__c"))
        .containsExactlyInAnyOrder("P000000001", "P000000002");
    assertThat(log).anyMatch(l -> l.contains("took")).anyMatch(l -> l.endsWith("calls"));
  }

  @Test
  void ownSource_thatIsEmpty_isStoppedByAGuard() throws IOException {
    SyncSettings settings = settings().sync();
    DatabaseSamples.install(store(), "dbo");
    List<String> log = new ArrayList<>();
    ListSource empty =
        new ListSource(
            new ListSource.Relation(
                settings.contact().pmiColumn(), contactColumns(settings), List.of()),
            new ListSource.Relation(
                settings.journey().pmiColumn(), journeyColumns(settings), List.of()));

    try (Salesforce salesforce = connect();
        SqlSyncStore store = SqlSyncStore.open(store(), "dbo")) {
      DailySync sync =
          SyncSamples.withOwnSource(
              empty, salesforce, store, settings, time, time, SyncListener.NONE);
      assertThat(SyncSamples.exitCode(sync, SyncRequest.sync("a test"), log::add)).isEqualTo(6);
    }

    assertThat(log).contains("stopped by guards.min-contacts");
  }

  private static SyncListener log(List<String> log) {
    return SyncSamples.listener(log::add);
  }

  /** Two participants in a program that knows the columns of the default mapping. */
  private static ListSource registry(SyncSettings settings) {
    String contactKey = settings.contact().pmiColumn();
    String journeyKey = settings.journey().pmiColumn();
    String ours = settings.status().ourOrganizations().stream().findFirst().orElse("");
    List<Map<String, Object>> contacts =
        List.of(
            contact(contactKey, "P000000001", settings, ours),
            contact(contactKey, "p000000002", settings, ours));
    List<Map<String, Object>> journeys =
        List.of(Map.of(journeyKey, "P000000001"), Map.of(journeyKey, "P000000002"));
    return new ListSource(
        new ListSource.Relation(contactKey, contactColumns(settings), contacts),
        new ListSource.Relation(journeyKey, journeyColumns(settings), journeys));
  }

  private static Map<String, Object> contact(
      String key, String pmiId, SyncSettings settings, String organization) {
    return Map.of(
        key,
        pmiId,
        "Last Name_HP",
        "Invented",
        settings.status().organizationColumn(),
        organization);
  }

  private static List<Column> contactColumns(SyncSettings settings) {
    return columns(
        settings.contact().mapping(),
        settings.contact().pmiColumn(),
        settings.status().organizationColumn());
  }

  private static List<Column> journeyColumns(SyncSettings settings) {
    return columns(
        settings.journey().mapping(),
        settings.journey().pmiColumn(),
        settings.status().withdrawalColumns().get(0));
  }

  private static List<Column> columns(Mapping mapping, String... others) {
    return Stream.concat(
            Stream.of(others),
            mapping.rules().stream()
                .flatMap(r -> Stream.concat(r.columns().stream(), r.secondLine().stream())))
        .distinct()
        .map(name -> new Column(name, Type.TEXT))
        .toList();
  }
}
