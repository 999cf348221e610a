package edu.cumc.aou.db.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import edu.cumc.aou.db.DatabaseException;
import edu.cumc.aou.db.DatabaseException.Kind;
import edu.cumc.aou.db.DatabaseSecret;
import edu.cumc.aou.db.DatabaseSettings;
import edu.cumc.aou.db.testing.TdsServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;

/** A time limit that holds on a server which ignores the driver's. */
class WatchdogTest {

  /** Time goes when the test says so. */
  private static final class ManualTimer implements Watchdog.Timer {
    private final TreeMap<Duration, List<Runnable>> tasks = new TreeMap<>();

    @Override
    public synchronized Watchdog.Watch after(Duration delay, Runnable task) {
      tasks.computeIfAbsent(delay, d -> new ArrayList<>()).add(task);
      return () -> remove(delay, task);
    }

    private synchronized void remove(Duration delay, Runnable task) {
      tasks.get(delay).remove(task);
    }

    synchronized int waiting() {
      return tasks.values().stream().mapToInt(List::size).sum();
    }

    synchronized void pass(Duration time) {
      List.copyOf(tasks.headMap(time, true).values())
          .forEach(due -> List.copyOf(due).forEach(Runnable::run));
    }
  }

  private static final Duration LIMIT = Duration.ofSeconds(120);

  private final ManualTimer timer = new ManualTimer();

  private Database watched(TdsServer tds) {
    return Database.open(
        DatabaseSettings.of(
                "jdbc:sqlserver://localhost:"
                    + tds.port()
                    + ";encrypt=false;connectRetryCount=0;responseBuffering=full")
            .withLogin("reader", DatabaseSecret.of("invented"))
            .withTimeouts(Duration.ofSeconds(10), LIMIT, Duration.ofSeconds(5)),
        next -> {},
        timer);
  }

  private static int work(Handle handle) {
    return handle.execute("DELETE FROM work");
  }

  @Test
  void statement_thatIgnoresItsCancelling_losesItsConnection_andIsNotRepeated() {
    List<String> tries = new ArrayList<>();
    try (TdsServer tds =
            TdsServer.answering(
                sql -> {
                  if (!sql.contains("work")) {
                    return 0;
                  }
                  tries.add(sql);
                  timer.pass(LIMIT.plusSeconds(4));
                  assertThat(timer.waiting()).isEqualTo(2);
                  timer.pass(LIMIT.plusSeconds(20));
                  return -1;
                });
        Database database = watched(tds)) {
      DatabaseException thrown =
          catchThrowableOfType(
              DatabaseException.class, () -> database.write("testing", WatchdogTest::work));

      assertThat(thrown.kind()).isEqualTo(Kind.TIMEOUT);
      assertThat(tries).hasSize(1);
      assertThat(timer.waiting()).isZero();
      // the pool has another connection for who comes next
      String answer = database.read("testing", h -> "still there");
      assertThat(answer).isEqualTo("still there");
    }
  }

  @Test
  void statement_thatEnds_isWatchedNoMore() {
    try (TdsServer tds = TdsServer.answering(sql -> 0);
        Database database = watched(tds)) {
      int unused = database.write("testing", WatchdogTest::work);

      assertThat(tds.statements()).anyMatch(s -> s.contains("work"));
      assertThat(timer.waiting()).isZero();
    }
  }
}
