package edu.cumc.aou.db.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import edu.cumc.aou.db.DatabaseException;
import edu.cumc.aou.db.DatabaseException.Kind;
import edu.cumc.aou.db.DatabaseSettings;
import edu.cumc.aou.db.internal.Database;
import edu.cumc.aou.db.source.SqlParticipantSource;
import edu.cumc.aou.db.testing.StatementWatch;
import edu.cumc.aou.sync.model.FailureKind;
import edu.cumc.aou.sync.model.ParticipantStatus;
import edu.cumc.aou.sync.model.SyncException;
import edu.cumc.aou.sync.port.Cursor;
import edu.cumc.aou.sync.port.RawRow;
import edu.cumc.aou.sync.port.SourceEntry;
import edu.cumc.aou.sync.port.SourceQuery;
import edu.cumc.aou.sync.testing.TcpProxy;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a unit of work does behind a network that breaks, whichever server is beyond it. */
abstract class BrokenConnectionContract {

  static final Duration LEASE = Duration.ofMinutes(5);

  final StatementWatch watch = new StatementWatch();
  TcpProxy proxy;
  private Database beside;

  /** Starts the server; gives its port. */
  abstract int start() throws SQLException;

  /** The database, without the network between. */
  abstract DatabaseSettings direct();

  /**
   * The database behind the network.
   *
   * @param more what the URL says beside the address
   */
  abstract DatabaseSettings settings(String more);

  abstract void stop();

  @BeforeEach
  void open() throws SQLException {
    proxy = TcpProxy.before(start());
    beside = Database.open(direct());
    int unused = beside.write("preparing", h -> h.execute("CREATE TABLE t (n INT PRIMARY KEY)"));
  }

  @AfterEach
  void close() {
    beside.close();
    proxy.close();
    stop();
  }

  /** Short times, so that a test ends soon. */
  static DatabaseSettings hurried(DatabaseSettings settings) {
    return settings.withTimeouts(
        Duration.ofSeconds(2), Duration.ofSeconds(30), Duration.ofSeconds(5));
  }

  long rows() {
    return beside.read(
        "counting", h -> h.createQuery("SELECT COUNT(*) FROM t").mapTo(Long.class).one());
  }

  /** Does something just before the first statement that has this in it. */
  void once(String part, Runnable action) {
    AtomicBoolean done = new AtomicBoolean();
    watch.before(
        sql -> {
          if (sql.contains(part) && done.compareAndSet(false, true)) {
            action.run();
          }
        });
  }

  static boolean insertTwo(Handle handle) {
    handle.execute("INSERT INTO t VALUES (1)");
    handle.execute("INSERT INTO t VALUES (2)");
    return true;
  }

  @Test
  void unitOfWork_cutInItsMiddle_isRepeatedWhole() {
    try (Database database = Database.openWatched(settings(""), watch)) {
      once("(2)", proxy::cut);

      assertThat(database.write("testing", BrokenConnectionContract::insertTwo)).isTrue();

      assertThat(rows()).isEqualTo(2);
      assertThat(watch.executed()).filteredOn(sql -> sql.contains("(1)")).hasSize(2);
      assertThat(database.connectionsInUse()).isZero();
    }
  }

  @Test
  void unitOfWork_cutAtItsCommit_isNotRepeated_forNobodyKnowsWhetherItHappened() {
    try (Database database = Database.openWatched(settings(""), watch)) {
      once(StatementWatch.COMMIT, proxy::cut);

      DatabaseException thrown =
          catchThrowableOfType(
              DatabaseException.class,
              () -> database.write("testing", BrokenConnectionContract::insertTwo));

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

  /** {@code last}: how many of {@code all} rows come before the network cuts the connection. */
  SyncException assertCut(SqlParticipantSource source, int last, int all) {
    AtomicInteger read = new AtomicInteger();
    SyncException thrown =
        catchThrowableOfType(
            SyncException.class,
            () -> {
              try (Cursor<SourceEntry> people = people(source)) {
                while (people.hasNext()) {
                  people.next();
                  if (read.incrementAndGet() == last) {
                    proxy.cut();
                  }
                }
              }
            });
    assertThat(thrown.kind()).as(thrown.getMessage()).isEqualTo(FailureKind.UNAVAILABLE);
    assertThat(read.get()).isBetween(last, all - 1);
    assertThat(source.connectionsInUse()).isZero();
    return thrown;
  }

  static Cursor<SourceEntry> people(SqlParticipantSource source) {
    return source.read(
        new SourceQuery(
            RawRow.CONTACT_KEY,
            List.of("Last Name_HP"),
            RawRow.JOURNEY_KEY,
            List.of(),
            (contact, journey) -> ParticipantStatus.ACTIVE));
  }
}
