package edu.cumc.aou.db.store;

import com.typesafe.config.ConfigFactory;
import edu.cumc.aou.db.DatabaseSettings;
import edu.cumc.aou.db.RelationName;
import edu.cumc.aou.db.internal.Database;
import edu.cumc.aou.db.source.SourceConfig;
import edu.cumc.aou.db.source.SqlParticipantSource;
import edu.cumc.aou.db.source.WatchedSource;
import edu.cumc.aou.db.testing.RawRelations;
import edu.cumc.aou.db.testing.StatementWatch;
import edu.cumc.aou.db.testing.TestDatabases;
import edu.cumc.aou.sync.DailySync;
import edu.cumc.aou.sync.config.ConfigProblems;
import edu.cumc.aou.sync.config.ConfigSection;
import edu.cumc.aou.sync.mapping.FieldRule;
import edu.cumc.aou.sync.mapping.Mapping;
import edu.cumc.aou.sync.model.RunMode;
import edu.cumc.aou.sync.model.SyncRequest;
import edu.cumc.aou.sync.port.InMemoryCrm;
import edu.cumc.aou.sync.port.RawRow;
import edu.cumc.aou.sync.port.SyncListener;
import edu.cumc.aou.sync.report.SyncReport;
import edu.cumc.aou.sync.run.RunServices;
import edu.cumc.aou.sync.settings.SyncSettings;
import edu.cumc.aou.sync.testing.TestParticipants;
import edu.cumc.aou.sync.testing.VirtualClock;
import edu.cumc.aou.sync.testing.VirtualPause;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** A site with source and store in H2, both watched; its org is in memory. */
final class SqlWorld implements AutoCloseable {

  static final String SCHEMA = "dbo";

  /** The table of the source that says which load it holds; it has one row and one column. */
  static final String MARK = "last_load";

  final VirtualClock clock = new VirtualClock();
  final VirtualPause pauses = new VirtualPause(clock);

  /** What happens at the site during each pause of a run. */
  Runnable meanwhile = () -> {};

  final InMemoryCrm crm = new InMemoryCrm(clock, true);
  final StatementWatch sourceWatch = new StatementWatch();
  final StatementWatch storeWatch = new StatementWatch();
  final Database beside;
  final SqlSyncStore store;

  private final SqlParticipantSource source;
  private final RawRelations relations;
  private final RelationName contacts;
  private final SyncSettings settings;

  SqlWorld(int people) {
    this(people, TestDatabases.h2());
  }

  /** {@code database}: an empty one for both. */
  SqlWorld(int people, DatabaseSettings database) {
    ConfigProblems problems = new ConfigProblems();
    settings =
        SyncSettings.read(
            ConfigSection.root(
                ConfigFactory.parseString("contact.account-id = 001000000000001AAA")
                    .withFallback(SyncSettings.defaults())
                    .resolve(),
                problems));
    problems.throwIfAny();
    beside = Database.open(database);
    execute("CREATE TABLE " + MARK + " (\"mark\" NVARCHAR(20))");
    execute("INSERT INTO " + MARK + " VALUES ('monday')");
    relations = new RawRelations(database);
    contacts =
        relations.create(
            "contacts",
            columns(
                settings.contact().pmiColumn(),
                settings.contact().mapping(),
                "Paired Organization_HP"),
            rows(
                people,
                n ->
                    Map.of(
                        "Last Name_HP", "Muster" + n,
                        "Email_HP", "p" + n + "@example.org",
                        "Paired Organization_HP", "COLUMBIA_COLUMBIA")));
    RelationName journeys =
        relations.create(
            "journeys",
            columns(
                settings.journey().pmiColumn(), settings.journey().mapping(), "Withdrawal Status"),
            rows(
                people,
                n ->
                    Map.of(
                        "Participant Status", "Participant",
                        "Withdrawal Status", "0",
                        "Primary Consent Status", "1")));
    source =
        WatchedSource.on(
            Database.openWatched(database.asReadOnly(), sourceWatch),
            new SourceConfig(database, contacts, journeys, "SELECT \"mark\" FROM " + MARK),
            settings.contact().pmiColumn());
    store = SqlSyncStore.on(Database.openWatched(database, storeWatch), SCHEMA);
    store.installer().install(false);
    storeWatch.forget();
  }

  private static List<RawRow> rows(
      int people, java.util.function.IntFunction<Map<String, Object>> values) {
    return IntStream.rangeClosed(1, people)
        .mapToObj(n -> new RawRow(TestParticipants.pmiText(n), values.apply(n)))
        .toList();
  }

  private static List<RawRow.Column> columns(String key, Mapping mapping, String... more) {
    List<String> columns = new ArrayList<>(List.of(key));
    mapping.rules().stream()
        .map(FieldRule::columns)
        .flatMap(c -> c.stream().limit(1))
        .forEach(columns::add);
    columns.addAll(List.of(more));
    return columns.stream()
        .distinct()
        .map(c -> new RawRow.Column(c, c.contains("Date") ? RawRow.Type.DATE : RawRow.Type.TEXT))
        .toList();
  }

  SyncReport firstSync() {
    return sync().run(new SyncRequest(RunMode.SYNC, "test", false, true, null, null));
  }

  SyncReport nextSync() {
    clock.advance(Duration.ofHours(1));
    return sync().run(SyncRequest.sync("test"));
  }

  private DailySync sync() {
    return new DailySync(
        new RunServices(source, crm, store, clock, this::pause, new SyncListener() {}), settings);
  }

  private void pause(Duration duration) {
    pauses.forDuration(duration);
    meanwhile.run();
  }

  /** The lease of a run that was killed is over. */
  void leaseRunsOut() {
    clock.advance(Duration.ofMinutes(6));
    execute("UPDATE dbo.sync_lease SET valid_until = since");
  }

  /** The contact relation, quoted. */
  String contactTable() {
    return beside.dialect().quote(contacts);
  }

  void execute(String sql) {
    int unused = beside.write("changing the store from beside", handle -> handle.execute(sql));
  }

  List<String> texts(String sql) {
    return beside.read("looking at the store", h -> h.createQuery(sql).mapTo(String.class).list());
  }

  @Override
  public void close() {
    store.close();
    source.close();
    relations.close();
    beside.close();
  }
}
