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
import edu.cumc.aou.db.testing.SqlServerStandIn;
import edu.cumc.aou.db.testing.StatementWatch;
import edu.cumc.aou.db.testing.TestDatabases;
import edu.cumc.aou.sync.model.FailureKind;
import edu.cumc.aou.sync.model.SyncException;
import edu.cumc.aou.sync.port.Cursor;
import edu.cumc.aou.sync.port.LeaseTable.Granted;
import edu.cumc.aou.sync.port.RawRow;
import edu.cumc.aou.sync.port.SourceEntry;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** SQL Server's driver behind a network that breaks. */
class StandInBrokenConnectionTest extends BrokenConnectionContract {

  private SqlServerStandIn server;

  @Override
  int start() {
    server = SqlServerStandIn.original();
    return server.port();
  }

  @Override
  void stop() {
    server.close();
  }

  @Override
  DatabaseSettings direct() {
    return TestDatabases.of(server);
  }

  @Override
  DatabaseSettings settings(String more) {
    String url = direct().jdbcUrl().replace(":" + server.port(), ":" + proxy.port());
    return hurried(DatabaseSettings.of(url + more).withLogin(direct().login()));
  }

  /** The connection is half open: the server has done it, and nobody here hears of it. */
  @Test
  void commit_whoseAnswerNeverComes_isUnreachable_isNotRepeated_andWasDone() {
    try (Database database =
        Database.openWatched(settings(";socketTimeout=2500;connectRetryCount=0"), watch)) {
      once(StatementWatch.COMMIT, proxy::loseAnswers);

      long before = System.nanoTime();
      DatabaseException thrown =
          catchThrowableOfType(
              DatabaseException.class,
              () -> database.write("testing", BrokenConnectionContract::insertTwo));

      assertThat(thrown.kind()).isEqualTo(Kind.UNREACHABLE);
      // one limit for the commit; not another for what is tried on the dead connection after it
      assertThat(Duration.ofNanos(System.nanoTime() - before))
          .isBetween(Duration.ofMillis(2_400), Duration.ofMillis(4_900));
      assertThat(watch.executed()).filteredOn(sql -> sql.contains("(1)")).hasSize(1);
      assertThat(rows()).isEqualTo(2);
      assertThat(database.connectionsInUse()).isZero();

      proxy.heal();
      long now =
          database.read(
              "counting", h -> h.createQuery("SELECT COUNT(*) FROM t").mapTo(Long.class).one());
      assertThat(now).isEqualTo(2);
    }
  }

  @Test
  void statement_whoseAnswerNeverComes_isUnreachable_andNothingIsLeftOpen() {
    try (Database database =
        Database.openWatched(settings(";socketTimeout=1500;connectRetryCount=0"), watch)) {
      once("(2)", proxy::loseAnswers);

      DatabaseException thrown =
          catchThrowableOfType(
              DatabaseException.class,
              () -> database.write("testing", BrokenConnectionContract::insertTwo));

      assertThat(thrown.kind()).isEqualTo(Kind.UNREACHABLE);
      assertThat(database.connectionsInUse()).isZero();
      proxy.heal();
      assertThat(database.write("testing", BrokenConnectionContract::insertTwo)).isTrue();
      assertThat(rows()).isEqualTo(2);
    }
  }

  /** The pool looks at no connection that was used half a second before. */
  @Test
  @Timeout(20)
  void connection_thatDiedWhileTheProcessWasHalted_isNoticedBeforeItIsUsed() {
    try (Database database = Database.openWatched(settings(";connectRetryCount=0"), watch)) {
      database.write("testing", h -> h.execute("INSERT INTO t VALUES (1)"));
      proxy.forget();

      database.write("testing", h -> h.execute("INSERT INTO t VALUES (2)"));

      assertThat(rows()).isEqualTo(2);
      // it was never tried on the dead one
      assertThat(watch.executed()).filteredOn(sql -> sql.contains("(2)")).hasSize(1);
      assertThat(database.connectionsInUse()).isZero();
    }
  }

  @Test
  @Timeout(20)
  void connections_thatAllDiedTogether_costOneLook() {
    try (Database database = Database.openWatched(settings(";connectRetryCount=0"), watch)) {
      try (Handle one = database.open("one");
          Handle two = database.open("two");
          Handle three = database.open("three")) {
        Stream.of(one, two, three).forEach(h -> h.execute("SELECT n FROM t"));
      }
      proxy.forget();

      database.write("testing", h -> h.execute("INSERT INTO t VALUES (1)"));

      assertThat(rows()).isEqualTo(1);
    }
  }

  @Test
  @Timeout(20)
  void unitOfWork_haltedInItsMiddle_isRepeatedWhole() {
    AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
    try (Database database =
        Database.openWatched(settings(";connectRetryCount=0"), watch, now::get)) {
      AtomicBoolean halted = new AtomicBoolean();

      boolean done =
          database.write(
              "testing",
              h -> {
                h.execute("INSERT INTO t VALUES (1)");
                if (halted.compareAndSet(false, true)) {
                  proxy.forget();
                  now.set(now.get().plusSeconds(600));
                }
                h.execute("INSERT INTO t VALUES (2)");
                return true;
              });

      assertThat(done).isTrue();
      assertThat(watch.executed()).filteredOn(sql -> sql.contains("(1)")).hasSize(2);
      assertThat(database.connectionsInUse()).isZero();
    }
  }

  @Test
  @Timeout(20)
  void unitOfWork_haltedBeforeItsCommit_isRepeatedWhole() {
    AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
    try (Database database =
        Database.openWatched(settings(";connectRetryCount=0"), watch, now::get)) {
      AtomicBoolean halted = new AtomicBoolean();

      database.write(
          "testing",
          h -> {
            int unused = h.execute("INSERT INTO t VALUES (1)");
            if (halted.compareAndSet(false, true)) {
              proxy.forget();
              now.set(now.get().plusSeconds(600));
            }
            return true;
          });

      assertThat(watch.executed()).filteredOn(sql -> sql.contains("(1)")).hasSize(2);
      assertThat(watch.executed()).filteredOn(StatementWatch.COMMIT::equals).hasSize(1);
    }
  }

  @Test
  void lease_whoseRenewalIsNotHeardOf_isHeldByWhoHadIt() {
    try (SqlSyncStore store =
        SqlSyncStore.on(
            Database.openWatched(settings(";socketTimeout=1500;connectRetryCount=0"), watch),
            "dbo")) {
      store.installer().install(false);
      Granted granted = (Granted) store.lease().acquire("one", LEASE);
      once(StatementWatch.COMMIT, proxy::loseAnswers);

      SyncException thrown =
          catchThrowableOfType(
              SyncException.class, () -> store.lease().renew(granted.token(), LEASE));

      assertThat(thrown.kind()).isEqualTo(FailureKind.UNAVAILABLE);
      proxy.heal();
      store.lease().renew(granted.token(), LEASE);
      assertThat(store.lease().acquire("another", LEASE)).isNotInstanceOf(Granted.class);
    }
  }

  @Test
  void cursor_cutWhileItIsRead_saysThatTheSourceIsGone_andLeavesNothingOpen() throws SQLException {
    try (RawRelations relations = new RawRelations(direct())) {
      RelationName contacts = relations.create("contacts", RawRow.CONTACTS, List.of());
      // more than the network holds on its way
      try (Connection connection = DriverManager.getConnection(server.h2Url());
          Statement statement = connection.createStatement()) {
        statement.execute(
            "INSERT INTO dbo."
                + contacts.parts().get(1)
                + " (\"PMI ID_HP\", \"Last Name_HP\") SELECT 'P0' || (10000000 + X), REPEAT('x',"
                + " 190) FROM SYSTEM_RANGE(1, 50000)");
      }
      RelationName journeys = relations.create("journeys", RawRow.JOURNEYS, List.of());
      try (SqlParticipantSource source =
          SqlParticipantSource.open(
              new SourceConfig(settings(""), contacts, journeys, null), RawRow.CONTACT_KEY)) {
        // a connection may end between two rows, or within a value
        for (int last = 10; last < 600; last += 37) {
          assertCut(source, last, 50_000);
        }
        try (Cursor<SourceEntry> people = people(source)) {
          assertThat(people.hasNext()).isTrue();
        }
      }
    }
  }
}
