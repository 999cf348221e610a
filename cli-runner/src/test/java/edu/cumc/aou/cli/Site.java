package edu.cumc.aou.cli;

import edu.cumc.aou.cli.demo.Snippet;
import edu.cumc.aou.cli.demo.StoreFingerprint;
import edu.cumc.aou.cli.demo.VirtualTime;
import edu.cumc.aou.cli.runtime.Configuration;
import edu.cumc.aou.cli.runtime.H2Urls;
import edu.cumc.aou.cli.runtime.OperatingUser;
import edu.cumc.aou.cli.runtime.World;
import edu.cumc.aou.simulator.salesforce.SalesforceSimulator;
import edu.cumc.aou.simulator.salesforce.SalesforceSimulatorBuilder;
import edu.cumc.aou.simulator.source.SourceOptions;
import edu.cumc.aou.simulator.source.SourceSimulator;
import edu.cumc.aou.sync.model.RunId;
import edu.cumc.aou.sync.port.AuditTable;
import edu.cumc.aou.sync.port.SyncStore;
import edu.cumc.aou.sync.run.RunServices;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** A research site in a directory: an org, a source, a configuration, and virtual time. */
final class Site implements AutoCloseable {

  /** Fields of records that say when something was written, or who wrote it. */
  private static final Set<String> STAMPS =
      Set.of("SystemModstamp", "LastModifiedDate", "CreatedDate", "LastModifiedById", "CloseDate");

  private static final Instant FIRST_MORNING = Instant.parse("2026-01-05T11:00:00Z");

  final Path directory;
  final VirtualTime time = new VirtualTime(FIRST_MORNING);
  final SalesforceSimulator org;
  final SourceSimulator source;
  final Map<String, String> environment = new HashMap<>();
  private final SourceOptions people;
  private UnaryOperator<RunServices> edges = UnaryOperator.identity();
  private boolean interactive;
  private OperatingUser person = OperatingUser.ofProcess();
  private InputStream input = InputStream.nullInputStream();

  /** What a command printed, and its exit code. */
  record Result(int exitCode, String out, String err) {
    List<String> errLines() {
      return err.lines().toList();
    }
  }

  Site(Path directory, int participants) {
    this(directory, participants, false);
  }

  Site(Path directory, int participants, boolean dirty) {
    this(directory, participants, dirty, org -> org);
  }

  /** With an org that is set up in its own way. */
  Site(
      Path directory,
      int participants,
      boolean dirty,
      UnaryOperator<SalesforceSimulatorBuilder> more) {
    this(directory, new SourceOptions(7, participants, 1, dirty), FIRST_MORNING, more);
    day(1);
  }

  private Site(
      Path directory,
      SourceOptions people,
      Instant now,
      UnaryOperator<SalesforceSimulatorBuilder> more) {
    this.directory = directory;
    this.people = people;
    time.advanceTo(now);
    this.org =
        more.apply(SalesforceSimulator.builder().clock(time).journeyDelay(Duration.ofSeconds(20)))
            .start();
    this.source = SourceSimulator.open(SourceSimulator.h2Url(directory), "sa", "");
    configure("");
  }

  /** A site that has lived in this directory before, with the org and the source that lie there. */
  static Site goingOn(Path directory, Instant now, UnaryOperator<SalesforceSimulatorBuilder> more) {
    return new Site(
        directory,
        new SourceOptions(7, 1, 1, false),
        now,
        org -> more.apply(org.stateDirectory(directory.resolve("org"))));
  }

  /** The source's day, early in the morning. */
  void day(int day) {
    time.advanceTo(FIRST_MORNING.plus(Duration.ofDays(day - 1L)));
    source.load(people.onDay(day));
  }

  /** Writes the configuration, with more lines at its end. */
  void configure(String more) {
    String text =
        Snippet.of(org.url(), org.credentials(), org.accountId())
            + "source { jdbc-url = \""
            + SourceSimulator.h2Url(directory)
            + "\", user = sa, password = \"\" }\n"
            + more
            + "\n";
    try {
      Files.writeString(directory.resolve("aou-sync.conf"), text);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The next morning, on which the source says what it said the day before. */
  Result nextMorning(String... command) {
    time.advanceTo(time.instant().plus(Duration.ofDays(1)));
    return run(command);
  }

  /** Changes rows of the source by hand. */
  void source(String sql) {
    execute(SourceSimulator.h2Url(directory), sql);
  }

  /** Changes rows of the sync's own tables by hand. */
  void store(String sql) {
    execute(H2Urls.ofFile(directory.resolve("aou-sync-store")), sql);
  }

  private static void execute(String url, String sql) {
    try (Connection connection = DriverManager.getConnection(url, "sa", "");
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The record with this id. */
  Map<String, Object> record(String object, String id) {
    return org.records(object).filter(r -> id.equals(r.get("Id"))).findFirst().orElseThrow();
  }

  /** The people in the source on day 1. */
  SourceOptions people() {
    return people;
  }

  /** Lets another user of the operating system run what follows. */
  void as(String user) {
    person = new OperatingUser(user, person.host());
  }

  /** The user who runs what follows. */
  String user() {
    return person.user();
  }

  /** Puts something around what runs talk to. */
  void edges(UnaryOperator<RunServices> around) {
    edges = around;
  }

  void interactive(boolean on) {
    interactive = on;
  }

  /** What the next command reads from stdin. */
  void input(String text) {
    input = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  World world() {
    return new World(
        environment, directory, input, time, time, interactive, () -> {}, edges, person);
  }

  Result run(String... args) {
    return run(world(), args);
  }

  static Result run(World world, String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int exitCode =
        Main.run(
            args,
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            world);
    return new Result(
        exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  SyncStore openStore() {
    return Configuration.load(null, world()).openStore();
  }

  /**
   * The audit trail, which must verify and have each record that was sent.
   *
   * @return what stands in its rows of this run: counts by object, action and outcome
   */
  Map<String, Long> trailOf(long run) {
    Result verified = run("audit", "verify");
    if (verified.exitCode() != 0) {
      throw new AssertionError(verified.out() + verified.err());
    }
    Map<String, Long> counts = new TreeMap<>();
    try (SyncStore store = openStore()) {
      if (store.audit().unentered(0).isPresent()) {
        throw new AssertionError("records were sent and stand in no row of the trail");
      }
      for (AuditTable.Row row : store.audit().about(new RunId(run), AuditTable.Kind.WRITES)) {
        row.what().entrySet().stream()
            .filter(e -> e.getKey().matches("(contact|journey)\\..*"))
            .forEach(e -> counts.merge(e.getKey(), Long.parseLong(e.getValue()), Long::sum));
      }
    }
    return counts;
  }

  /** What the store knows, and what the org holds apart from times: to compare two ends. */
  String finalDatabases() {
    try (SyncStore store = openStore()) {
      return StoreFingerprint.of(store) + "\n" + recordsWithoutStamps();
    }
  }

  private String recordsWithoutStamps() {
    List<String> records = new ArrayList<>();
    for (String object : List.of("Contact", "Opportunity")) {
      org.records(object)
          .forEach(
              record -> {
                Map<String, Object> kept = new TreeMap<>(record);
                kept.keySet().removeAll(STAMPS);
                records.add(object + kept);
              });
    }
    return String.join("\n", records);
  }

  /** What must never be printed: ids, names and addresses of everybody in the org. */
  Set<String> personalData() {
    Set<String> data = new HashSet<>();
    org.records("Contact")
        .forEach(
            contact -> {
              for (String field :
                  List.of("Id", "HP_PMI_ID__c", "LastName", "Email", "Phone", "MailingStreet")) {
                String value = String.valueOf(contact.getOrDefault(field, ""));
                if (value.length() > 3) {
                  data.add(value);
                }
              }
            });
    org.records("Opportunity").forEach(o -> data.add(String.valueOf(o.get("Id"))));
    return data;
  }

  @Override
  public void close() {
    source.close();
    org.close();
  }
}
