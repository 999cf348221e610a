package edu.cumc.aou.db.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import edu.cumc.aou.db.DatabaseException;
import edu.cumc.aou.db.DatabaseException.Kind;
import edu.cumc.aou.db.DatabaseSecret;
import edu.cumc.aou.db.DatabaseSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DatabaseTest {

  private static final AtomicInteger COUNT = new AtomicInteger();

  private final List<Integer> waitedBefore = new ArrayList<>();
  private final DatabaseSettings settings =
      DatabaseSettings.of("jdbc:h2:mem:database" + COUNT.incrementAndGet() + ";DB_CLOSE_DELAY=-1")
          .withLogin("sa", DatabaseSecret.of("invented"));
  private Database database;

  @BeforeEach
  void open() {
    database = Database.open(settings, waitedBefore::add);
    database.write("preparing", h -> h.execute("CREATE TABLE t (n INT PRIMARY KEY)"));
  }

  @AfterEach
  void close() {
    assertThat(database.connectionsInUse()).as("connections that were not given back").isZero();
    database.close();
  }

  private static int insert(Handle handle, int n) {
    return handle.execute("INSERT INTO t VALUES (?)", n);
  }

  private long rows() {
    return database.read(
        "counting", h -> h.createQuery("SELECT COUNT(*) FROM t").mapTo(Long.class).one());
  }

  private static DatabaseException failure(Kind kind) {
    return new DatabaseException(kind, "testing", "", 0);
  }

  @Test
  void write_conflict_isRepeatedAsAWhole() {
    AtomicInteger tries = new AtomicInteger();

    int result =
        database.write(
            "testing",
            h -> {
              insert(h, 1);
              if (tries.incrementAndGet() < 3) {
                throw failure(Kind.CONFLICT);
              }
              return tries.get();
            });

    assertThat(result).isEqualTo(3);
    assertThat(rows()).isEqualTo(1);
    assertThat(waitedBefore).containsExactly(2, 3);
  }

  @Test
  void write_conflictThatStays_isGivenUp() {
    AtomicInteger tries = new AtomicInteger();

    assertThatThrownBy(
            () ->
                database.write(
                    "testing",
                    h -> {
                      tries.incrementAndGet();
                      throw failure(Kind.CONFLICT);
                    }))
        .isInstanceOfSatisfying(
            DatabaseException.class, e -> assertThat(e.kind()).isEqualTo(Kind.CONFLICT));

    assertThat(tries).hasValue(4);
  }

  @Test
  void write_otherFailure_isNotRepeatedAndLeavesNothing() {
    AtomicInteger tries = new AtomicInteger();

    assertThatThrownBy(
            () ->
                database.write(
                    "testing",
                    h -> {
                      tries.incrementAndGet();
                      insert(h, 1);
                      return insert(h, 1);
                    }))
        .isInstanceOfSatisfying(
            DatabaseException.class, e -> assertThat(e.kind()).isEqualTo(Kind.DUPLICATE));

    assertThat(tries).hasValue(1);
    assertThat(rows()).isZero();
  }

  @Test
  void write_defectOfTheWork_passesThroughAndLeavesNothing() {
    IllegalStateException defect = new IllegalStateException("a defect");

    assertThatThrownBy(
            () ->
                database.write(
                    "testing",
                    h -> {
                      insert(h, 1);
                      throw defect;
                    }))
        .isSameAs(defect);

    assertThat(rows()).isZero();
  }

  @Test
  void write_interruptedWhileWaiting_stopsAndKeepsTheFlag() {
    try (Database impatient =
        Database.open(
            settings,
            next -> {
              throw new InterruptedException();
            })) {
      assertThatThrownBy(
              () ->
                  impatient.write(
                      "testing",
                      h -> {
                        throw failure(Kind.CONFLICT);
                      }))
          .isInstanceOf(DatabaseException.class);
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void open_refusedLogin_isToldAtTheFirstUse() {
    try (Database stranger =
        Database.open(settings.withLogin("sa", DatabaseSecret.of("wrong")), waitedBefore::add)) {
      assertThatThrownBy(() -> stranger.read("testing", h -> 1))
          .isInstanceOfSatisfying(
              DatabaseException.class, e -> assertThat(e.kind()).isEqualTo(Kind.LOGIN_REFUSED));
      assertThat(waitedBefore).isEmpty();
    }
  }

  @Test
  void read_afterClose_isRefused() {
    Database closed = Database.open(settings, waitedBefore::add);
    closed.close();

    assertThatThrownBy(() -> closed.read("testing", h -> 1))
        .isInstanceOf(IllegalStateException.class);
  }

  /** An interrupted thread that writes to an H2 file would close the file for the whole process. */
  @Test
  void close_whileALaterTaskIsAtWork_doesNotInterruptIt() throws Exception {
    CountDownLatch atWork = new CountDownLatch(1);
    CountDownLatch closed = new CountDownLatch(1);
    CompletableFuture<Boolean> endedAlone = new CompletableFuture<>();
    Database busy = Database.open(settings);
    Runnable unused =
        busy.later(
            Duration.ZERO,
            () -> {
              atWork.countDown();
              try {
                endedAlone.complete(closed.await(1, TimeUnit.MINUTES));
              } catch (InterruptedException e) {
                endedAlone.complete(false);
              }
            });
    atWork.await();

    busy.close();
    closed.countDown();

    assertThat(endedAlone.get(1, TimeUnit.MINUTES)).isTrue();
  }

  @Test
  void close_beforeALaterTask_dropsIt() throws Exception {
    AtomicInteger runs = new AtomicInteger();
    Database busy = Database.open(settings);
    Runnable unused = busy.later(Duration.ofMillis(50), runs::incrementAndGet);

    busy.close();

    Thread.sleep(200);
    assertThat(runs).hasValue(0);
  }

  @Test
  void utcNow_sessionInAnotherZone_isStillUtc() {
    String now = new H2Dialect(null).utcNow();
    String elsewhere =
        database.read(
            "testing",
            h -> {
              h.execute("SET TIME ZONE '-5:00'");
              return difference(h, now);
            });

    assertThat(elsewhere).isEqualTo("0");
  }

  /** Whole minutes between the expression and the clock of a session in UTC. */
  private static String difference(Handle handle, String now) {
    return handle
        .createQuery(
            "SELECT CAST(DATEDIFF(HOUR, " + now + ", DATEADD(HOUR, 5, LOCALTIMESTAMP)) AS VARCHAR)")
        .mapTo(String.class)
        .one();
  }
}
