package edu.cumc.aou.db.internal;

import edu.cumc.aou.db.DatabaseException;
import edu.cumc.aou.db.DatabaseException.Kind;
import edu.cumc.aou.db.DatabaseSettings;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.core.statement.StatementExceptions;
import org.jspecify.annotations.Nullable;

/**
 * One database: its pool, its dialect, and units of work that are repeated where possible. Throws
 * {@link DatabaseException} for errors of the database; exceptions of the work itself pass through.
 * Thread-safe; the caller closes it.
 */
public final class Database implements AutoCloseable {

  private static final int TRIES = 4;

  private final Liveness liveness;
  private final Pool pool;
  private final Jdbi jdbi;
  private final Dialect dialect;
  private final boolean embedded;
  private final int queryTimeoutSeconds;
  private final Backoff backoff;
  private final Timers timers = new Timers();
  private final Watchdog.Timer timer;
  private final Watchdog watchdog;

  private Database(
      DatabaseSettings settings,
      Backoff backoff,
      UnaryOperator<Connection> connections,
      Watchdog.@Nullable Timer timer,
      @Nullable Clock clock,
      InstantSource wall) {
    this.liveness = new Liveness(settings, wall);
    this.pool = new Pool(settings, liveness);
    this.embedded = settings.isEmbedded();
    this.jdbi = Jdbi.create(() -> connections.apply(pool.connection()));
    this.dialect = settings.isH2() ? new H2Dialect(clock) : new SqlServerDialect();
    this.queryTimeoutSeconds = Math.max(1, Math.toIntExact(settings.queryTimeout().toSeconds()));
    this.backoff = backoff;
    this.timer = timer == null ? timers : timer;
    this.watchdog = new Watchdog(settings.queryTimeout(), this.timer, Runnable::run, liveness);
    jdbi.setSqlLogger(watchdog);
    NamedParameters parameters = new NamedParameters();
    jdbi.getConfig(SqlStatements.class)
        .setTemplateEngine(parameters)
        .setSqlParser(parameters)
        .setQueryTimeout(queryTimeoutSeconds);
    jdbi.getConfig(StatementExceptions.class)
        .setMessageRendering(StatementExceptions.MessageRendering.NONE);
  }

  /** Connects at the first use. */
  public static Database open(DatabaseSettings settings) {
    return new Database(
        settings, Backoff.jittered(), UnaryOperator.identity(), null, null, InstantSource.system());
  }

  /** The same with a clock for an H2 database; SQL Server keeps its own time. */
  public static Database open(DatabaseSettings settings, Clock clock) {
    return new Database(
        settings,
        Backoff.jittered(),
        UnaryOperator.identity(),
        null,
        clock,
        InstantSource.system());
  }

  /**
   * The same, with a wrapper around every connection of a unit of work, which sees its statements;
   * migrations bypass it.
   */
  public static Database openWatched(
      DatabaseSettings settings, UnaryOperator<Connection> connections) {
    return openWatched(settings, connections, InstantSource.system());
  }

  /** The same, with another wall clock, which shows that the process was halted. */
  public static Database openWatched(
      DatabaseSettings settings, UnaryOperator<Connection> connections, InstantSource wall) {
    return new Database(settings, Backoff.jittered(), connections, null, null, wall);
  }

  /** With another way to wait, for tests. */
  static Database open(DatabaseSettings settings, Backoff backoff) {
    return new Database(
        settings, backoff, UnaryOperator.identity(), null, null, InstantSource.system());
  }

  /** With another clock for the time limit of statements, for tests. */
  static Database open(DatabaseSettings settings, Backoff backoff, Watchdog.Timer timer) {
    return new Database(
        settings, backoff, UnaryOperator.identity(), timer, null, InstantSource.system());
  }

  public Dialect dialect() {
    return dialect;
  }

  /** How long one statement may take. */
  public int queryTimeoutSeconds() {
    return queryTimeoutSeconds;
  }

  /** For migrations. */
  public DataSource dataSource(String operation) {
    pool.requireOpen();
    pool.prepareLogin();
    try {
      return pool.dataSource();
    } catch (RuntimeException e) {
      throw DriverFailures.ofConnecting(operation, e);
    }
  }

  /** A handle for a stream; the caller closes it. */
  public Handle open(String operation) {
    pool.requireOpen();
    pool.prepareLogin();
    try {
      return jdbi.open();
    } catch (RuntimeException e) {
      throw DriverFailures.ofConnecting(operation, e);
    }
  }

  /** A unit of work that only reads; repeated after a passing failure. */
  public <T> T read(String operation, Function<Handle, T> work) {
    return repeat(
        operation,
        attempt -> {
          try (Handle handle = open(operation)) {
            attempt.connected = true;
            try {
              return work.apply(handle);
            } catch (RuntimeException e) {
              throw failure(operation, handle, e);
            }
          }
        });
  }

  /**
   * A unit of work in one transaction, READ COMMITTED. It is repeated as a whole after a passing
   * failure, unless the connection broke during the commit: then it is unknown whether it happened.
   */
  public <T> T write(String operation, Function<Handle, T> work) {
    return repeat(
        operation,
        attempt -> {
          try (Handle handle = open(operation)) {
            attempt.connected = true;
            handle.begin();
            try {
              T result = work.apply(handle);
              liveness.require(handle.getConnection());
              attempt.committing = true;
              handle.commit();
              return result;
            } catch (RuntimeException e) {
              RuntimeException failure = failure(operation, handle, e);
              rollback(handle, failure);
              throw failure;
            } catch (Error e) {
              rollback(handle, e);
              throw e;
            }
          }
        });
  }

  /**
   * Names the failure of a statement; leaves an exception of the work itself unchanged.
   *
   * @param operation what was being done
   */
  public RuntimeException failure(String operation, Handle handle, Throwable thrown) {
    Throwable explained = watchdog.explain(handle.getConnection(), thrown);
    if (explained instanceof RuntimeException own && !DriverFailures.isFromDatabase(own)) {
      return own;
    }
    DatabaseException failure = DriverFailures.of(operation, explained);
    boolean unexplained = failure.kind() == Kind.OTHER || failure.kind() == Kind.REFUSED;
    // SQL Server's driver gives no state when a connection ends within a value, and H2's client
    // then gives the number of a file error.
    if ((unexplained && dialect.isBroken(handle.getConnection()))
        || (failure.kind() == Kind.STORAGE && !embedded)) {
      failure =
          new DatabaseException(
              Kind.UNREACHABLE, operation, failure.sqlState(), failure.vendorCode());
    }
    if (failure.kind() == Kind.UNREACHABLE) {
      pool.distrustConnections();
    }
    return failure;
  }

  /** One call of a driver. */
  @FunctionalInterface
  public interface DriverCall<T> {
    T call() throws SQLException;
  }

  /** Executes a statement outside Jdbi, and ends it when it takes too long. */
  public <T> T limited(Handle handle, Statement statement, DriverCall<T> call) throws SQLException {
    Watchdog.Watch watch = watchdog.watch(handle.getConnection(), statement);
    try {
      return call.call();
    } finally {
      watch.close();
    }
  }

  /**
   * Runs something later, on another thread. It must be short, because the time limits of
   * statements share the threads.
   *
   * @return cancels it
   */
  public Runnable later(Duration delay, Runnable task) {
    return timer.after(delay, task)::close;
  }

  /** Loads rows into a table in the fastest way there, within a unit of work. */
  public void load(Handle handle, Load load) {
    Watchdog.Watch watch = watchdog.watch(handle.getConnection());
    try {
      dialect.load(handle, load, queryTimeoutSeconds);
    } catch (SQLException e) {
      throw DriverFailures.of("loading rows", watchdog.explain(handle.getConnection(), e));
    } finally {
      watch.close();
    }
  }

  private static void rollback(Handle handle, Throwable thrown) {
    try {
      handle.rollback();
    } catch (RuntimeException e) {
      thrown.addSuppressed(DriverFailures.of("rolling back", e));
    }
  }

  private <T> T repeat(String operation, Work<T> work) {
    for (int number = 1; ; number++) {
      Attempt attempt = new Attempt();
      try {
        return work.run(attempt);
      } catch (RuntimeException e) {
        if (!DriverFailures.isFromDatabase(e)) {
          throw e;
        }
        DatabaseException failure = DriverFailures.of(operation, e);
        if (number >= TRIES || !mayBeRepeated(failure, attempt)) {
          throw failure;
        }
        pause(number + 1, failure);
      }
    }
  }

  /**
   * If no connection was made, the pool has already waited, and the server may have counted a
   * login.
   */
  private static boolean mayBeRepeated(DatabaseException failure, Attempt attempt) {
    return failure.kind() == Kind.CONFLICT
        || (failure.isTransient() && attempt.connected && !attempt.committing);
  }

  private void pause(int nextTry, DatabaseException failure) {
    try {
      backoff.before(nextTry);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failure;
    }
  }

  /** How far one try has come. */
  private static final class Attempt {
    private boolean connected;
    private boolean committing;
  }

  private interface Work<T> {
    T run(Attempt attempt);
  }

  /** How many connections are in use; tests look for leaks. */
  public int connectionsInUse() {
    return pool.connectionsInUse();
  }

  @Override
  public void close() {
    timers.close();
    pool.close();
  }
}
