package edu.cumc.aou.db.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import edu.cumc.aou.db.DatabaseException;
import edu.cumc.aou.db.DatabaseException.Kind;
import edu.cumc.aou.db.DatabaseSettings;
import edu.cumc.aou.db.RelationName;
import edu.cumc.aou.db.internal.Database;
import edu.cumc.aou.db.source.SourceConfig;
import edu.cumc.aou.db.source.SqlParticipantSource;
import edu.cumc.aou.db.testing.RawRelations;
import edu.cumc.aou.db.testing.StatementWatch;
import edu.cumc.aou.db.testing.TestDatabases;
import edu.cumc.aou.sync.model.FailureKind;
import edu.cumc.aou.sync.model.ParticipantStatus;
import edu.cumc.aou.sync.model.SyncException;
import edu.cumc.aou.sync.port.Cursor;
import edu.cumc.aou.sync.port.LeaseTable.Granted;
import edu.cumc.aou.sync.port.RawRow;
import edu.cumc.aou.sync.port.SourceEntry;
import edu.cumc.aou.sync.port.SourceQuery;
import edu.cumc.aou.sync.testing.TcpProxy;
import edu.cumc.aou.sync.testing.TestParticipants;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.h2.tools.Server;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** H2 behind a network that breaks. */
class BrokenConnectionTest {

  private static final Duration LEASE = Duration.ofMinutes(5);

  private final StatementWatch watch = new StatementWatch();
  private Server server;
  private TcpProxy proxy;
  private DatabaseSettings direct;
  private DatabaseSettings settings;
  private Database beside;

  @BeforeEach
  void open() throws SQLException {
    server = Server.createTcpServer("-tcpPort", "0", "-ifNotExists").start();
    proxy = TcpProxy.before(server.getPort());
    direct = TestDatabases.h2();
    settings =
        DatabaseSettings.of(
                direct
                    .jdbcUrl()
                    .replace("jdbc:h2:mem:", "jdbc:h2:tcp://localhost:" + proxy.port() + "/mem:"))
            .withTimeouts(Duration.ofSeconds(2), Duration.ofSeconds(30), Duration.ofSeconds(5));
    beside = Database.open(direct);
    int unused = beside.write("preparing", h -> h.execute("CREATE TABLE t (n INT PRIMARY KEY)"));
  }

  @AfterEach
  void close() {
    beside.close();
    proxy.close();
    server.stop();
  }

  private long rows() {
    return beside.read(
        "counting", h -> h.createQuery("SELECT COUNT(*) FROM t").mapTo(Long.class).one());
  }

  /** Does something just before the first statement that has this in it. */
  private void once(String part, Runnable action) {
    AtomicBoolean done = new AtomicBoolean();
    watch.before(
        sql -> {
          if (sql.contains(part) && done.compareAndSet(false, true)) {
            action.run();
          }
        });
  }

  private static boolean insertTwo(Handle handle) {
    handle.execute("INSERT INTO t VALUES (1)");
    handle.execute("INSERT INTO t VALUES (2)");
    return true;
  }

  @Test
  void unitOfWork_cutInItsMiddle_isRepeatedWhole() {
    try (Database database = Database.openWatched(settings, watch)) {
      once("(2)", proxy::cut);

      assertThat(database.write("testing", BrokenConnectionTest::insertTwo)).isTrue();

      assertThat(rows()).isEqualTo(2);
      assertThat(watch.executed()).filteredOn(sql -> sql.contains("(1)")).hasSize(2);
      assertThat(database.connectionsInUse()).isZero();
    }
  }

  @Test
  void unitOfWork_cutAtItsCommit_isNotRepeated_forNobodyKnowsWhetherItHappened() {
    try (Database database = Database.openWatched(settings, watch)) {
      once(StatementWatch.COMMIT, proxy::cut);

      DatabaseException thrown =
          catchThrowableOfType(
              DatabaseException.class,
              () -> database.write("testing", BrokenConnectionTest::insertTwo));

      assertThat(thrown.kind()).isEqualTo(Kind.UNREACHABLE);
      assertThat(watch.executed()).filteredOn(sql -> sql.contains("(1)")).hasSize(1);
      assertThat(database.connectionsInUse()).isZero();
      // the next caller finds the database as it is, and a connection
      long now =
          database.read(
              "counting", h -> h.createQuery("SELECT COUNT(*) FROM t").mapTo(Long.class).one());
      assertThat(now).isEqualTo(rows());
    }
  }

  @Test
  void read_cutAgainAndAgain_isGivenUpAfterFourTries() {
    try (Database database = Database.openWatched(settings, watch)) {
      AtomicInteger tries = new AtomicInteger();
      watch.before(
          sql -> {
            tries.incrementAndGet();
            proxy.cut();
          });

      DatabaseException thrown =
          catchThrowableOfType(
              DatabaseException.class,
              () ->
                  database.read(
                      "testing", h -> h.select("SELECT n FROM t").mapTo(int.class).list()));

      assertThat(thrown.kind()).isEqualTo(Kind.UNREACHABLE);
      assertThat(tries).hasValue(4);
    }
  }

  @Test
  void server_thatIsDown_isToldOnceItsTimeIsOver() {
    try (Database database = Database.openWatched(settings, watch)) {
      proxy.refuse();

      DatabaseException thrown =
          catchThrowableOfType(
              DatabaseException.class,
              () -> database.write("testing", BrokenConnectionTest::insertTwo));
      assertThat(thrown.kind()).isEqualTo(Kind.UNREACHABLE);

      proxy.heal();
      assertThat(database.write("testing", BrokenConnectionTest::insertTwo)).isTrue();
      assertThat(rows()).isEqualTo(2);
    }
  }

  @Test
  void answers_thatComeLate_areWaitedFor() {
    try (Database database = Database.openWatched(settings, watch)) {
      once(
          "(2)",
          () -> {
            proxy.stall();
            Thread healer = new Thread(proxy::heal, "healer");
            healer.start();
          });

      assertThat(database.write("testing", BrokenConnectionTest::insertTwo)).isTrue();

      assertThat(watch.executed()).filteredOn(sql -> sql.contains("(1)")).hasSize(1);
      assertThat(rows()).isEqualTo(2);
    }
  }

  @Test
  void lease_cutWhileItIsRenewed_isRenewed() {
    try (SqlSyncStore store = SqlSyncStore.on(Database.openWatched(settings, watch), "dbo")) {
      store.installer().install(false);
      Granted granted = (Granted) store.lease().acquire("one", LEASE);
      once("UPDATE", proxy::cut);

      store.lease().renew(granted.token(), LEASE);

      assertThat(watch.executed())
          .filteredOn(sql -> sql.contains("sync_lease SET valid_until"))
          .hasSize(2);
      assertThat(store.lease().acquire("another", LEASE)).isNotInstanceOf(Granted.class);
    }
  }

  @Test
  void lease_cutWhileItIsTaken_isOursOnce() {
    try (SqlSyncStore store = SqlSyncStore.on(Database.openWatched(settings, watch), "dbo")) {
      store.installer().install(false);
      once("UPDATE", proxy::cut);

      Granted granted = (Granted) store.lease().acquire("one", LEASE);

      assertThat(granted.token()).isEqualTo(1);
      store.lease().renew(granted.token(), LEASE);
    }
  }

  private static Cursor<SourceEntry> people(SqlParticipantSource source) {
    return source.read(
        new SourceQuery(
            RawRow.CONTACT_KEY,
            List.of("Last Name_HP"),
            RawRow.JOURNEY_KEY,
            List.of(),
            (contact, journey) -> ParticipantStatus.ACTIVE));
  }

  @Test
  void cursor_cutWhileItIsRead_saysThatTheSourceIsGone_andLeavesNothingOpen() {
    try (RawRelations relations = new RawRelations(direct)) {
      RelationName contacts =
          relations.create(
              "contacts",
              RawRow.CONTACTS,
              IntStream.rangeClosed(1, 5_000)
                  .mapToObj(n -> new RawRow(TestParticipants.pmiText(n), Map.of()))
                  .toList());
      RelationName journeys = relations.create("journeys", RawRow.JOURNEYS, List.of());
      try (SqlParticipantSource source =
          SqlParticipantSource.open(
              new SourceConfig(settings, contacts, journeys, null), RawRow.CONTACT_KEY)) {
        AtomicInteger read = new AtomicInteger();
        SyncException thrown =
            catchThrowableOfType(
                SyncException.class,
                () -> {
                  try (Cursor<SourceEntry> people = people(source)) {
                    while (people.hasNext()) {
                      people.next();
                      if (read.incrementAndGet() == 10) {
                        proxy.cut();
                      }
                    }
                  }
                });

        assertThat(thrown.kind()).as(thrown.getMessage()).isEqualTo(FailureKind.UNAVAILABLE);
        assertThat(thrown).hasMessageContaining("source database cannot be reached");
        assertThat(read.get()).isBetween(10, 4_999);
        assertThat(source.connectionsInUse()).isZero();
        // a second look begins anew
        try (Cursor<SourceEntry> people = people(source)) {
          int count = 0;
          for (; people.hasNext(); count++) {
            people.next();
          }
          assertThat(count).isEqualTo(5_000);
        }
      }
    }
  }
}
