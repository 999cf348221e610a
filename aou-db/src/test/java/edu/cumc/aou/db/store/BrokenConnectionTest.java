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
import edu.cumc.aou.db.testing.TestDatabases;
import edu.cumc.aou.sync.model.SyncException;
import edu.cumc.aou.sync.port.Cursor;
import edu.cumc.aou.sync.port.LeaseTable.Granted;
import edu.cumc.aou.sync.port.RawRow;
import edu.cumc.aou.sync.port.SourceEntry;
import edu.cumc.aou.sync.testing.TestParticipants;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.h2.tools.Server;
import org.junit.jupiter.api.Test;

/** H2 behind a network that breaks. */
class BrokenConnectionTest extends BrokenConnectionContract {

  private Server server;
  private DatabaseSettings direct;

  @Override
  int start() throws SQLException {
    server = Server.createTcpServer("-tcpPort", "0", "-ifNotExists").start();
    direct = TestDatabases.h2();
    return server.getPort();
  }

  @Override
  void stop() {
    server.stop();
  }

  @Override
  DatabaseSettings direct() {
    return direct;
  }

  @Override
  DatabaseSettings settings(String more) {
    String address = "jdbc:h2:tcp://localhost:" + proxy.port() + "/mem:";
    return hurried(DatabaseSettings.of(direct.jdbcUrl().replace("jdbc:h2:mem:", address) + more));
  }

  @Test
  void read_cutAgainAndAgain_isGivenUpAfterFourTries() {
    try (Database database = Database.openWatched(settings(""), watch)) {
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
    try (Database database = Database.openWatched(settings(""), watch)) {
      proxy.refuse();

      DatabaseException thrown =
          catchThrowableOfType(
              DatabaseException.class,
              () -> database.write("testing", BrokenConnectionContract::insertTwo));
      assertThat(thrown.kind()).isEqualTo(Kind.UNREACHABLE);

      proxy.heal();
      assertThat(database.write("testing", BrokenConnectionContract::insertTwo)).isTrue();
      assertThat(rows()).isEqualTo(2);
    }
  }

  @Test
  void answers_thatComeLate_areWaitedFor() {
    try (Database database = Database.openWatched(settings(""), watch)) {
      once(
          "(2)",
          () -> {
            proxy.stall();
            Thread healer = new Thread(proxy::heal, "healer");
            healer.start();
          });

      assertThat(database.write("testing", BrokenConnectionContract::insertTwo)).isTrue();

      assertThat(watch.executed()).filteredOn(sql -> sql.contains("(1)")).hasSize(1);
      assertThat(rows()).isEqualTo(2);
    }
  }

  @Test
  void lease_cutWhileItIsRenewed_isRenewed() {
    try (SqlSyncStore store = SqlSyncStore.on(Database.openWatched(settings(""), watch), "dbo")) {
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
    try (SqlSyncStore store = SqlSyncStore.on(Database.openWatched(settings(""), watch), "dbo")) {
      store.installer().install(false);
      once("UPDATE", proxy::cut);

      Granted granted = (Granted) store.lease().acquire("one", LEASE);

      assertThat(granted.token()).isEqualTo(1);
      store.lease().renew(granted.token(), LEASE);
    }
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
              new SourceConfig(settings(""), contacts, journeys, null), RawRow.CONTACT_KEY)) {
        SyncException thrown = assertCut(source, 10, 5_000);

        assertThat(thrown).hasMessageContaining("source database cannot be reached");
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
