package edu.cumc.aou.db.internal;

import edu.cumc.aou.db.DatabaseException;
import edu.cumc.aou.db.DatabaseException.Kind;
import edu.cumc.aou.db.DatabaseSettings;
import java.sql.Connection;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.core.statement.StatementExceptions;

/**
 * One database: its pool, its dialect, and units of work that are repeated where they may be.
 * Throws {@link DatabaseException} for what the database says; what the work itself throws passes
 * through. Thread-safe; whoever opens it closes it.
 */
public final class Database implements AutoCloseable {

  private static final int TRIES = 4;

  private final Pool pool;
  private final Jdbi jdbi;
  private final Dialect dialect;
  private final int queryTimeoutSeconds;
  private final Backoff backoff;

  private Database(
      DatabaseSettings settings, Backoff backoff, UnaryOperator<Connection> connections) {
    this.pool = new Pool(settings);
    this.jdbi = Jdbi.create(() -> connections.apply(pool.connection()));
    this.dialect = settings.isH2() ? new H2Dialect() : new SqlServerDialect();
    this.queryTimeoutSeconds = Math.max(1, Math.toIntExact(settings.queryTimeout().toSeconds()));
    this.backoff = backoff;
    jdbi.getConfig(SqlStatements.class).setQueryTimeout(queryTimeoutSeconds);
    jdbi.getConfig(StatementExceptions.class)
        .setMessageRendering(StatementExceptions.MessageRendering.NONE);
  }

  /** No connection is made before the first use. */
  public static Database open(DatabaseSettings settings) {
    return new Database(settings, Backoff.jittered(), UnaryOperator.identity());
  }

  /**
   * The same, with something around every connection that a unit of work gets, which sees its
   * statements; migrations go past it.
   */
  public static Database openWatched(
      DatabaseSettings settings, UnaryOperator<Connection> connections) {
    return new Database(settings, Backoff.jittered(), connections);
  }

  /** With another way to wait, for tests. */
  static Database open(DatabaseSettings settings, Backoff backoff) {
    return new Database(settings, backoff, UnaryOperator.identity());
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
    try {
      return pool.dataSource();
    } catch (RuntimeException e) {
      throw Failures.of(operation, e);
    }
  }

  /** A handle for a stream; whoever opened it closes it. */
  public Handle open(String operation) {
    pool.requireOpen();
    try {
      return jdbi.open();
    } catch (RuntimeException e) {
      throw Failures.of(operation, e);
    }
  }

  /** A unit of work that only reads; repeated when it failed for a passing reason. */
  public <T> T read(String operation, Function<Handle, T> work) {
    return repeat(
        operation,
        attempt -> {
          try (Handle handle = open(operation)) {
            attempt.connected = true;
            return work.apply(handle);
          }
        });
  }

  /**
   * A unit of work in one transaction, READ COMMITTED. It is repeated as a whole when it failed for
   * a passing reason, unless the connection broke while it was being committed: then nobody knows
   * whether it happened.
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
              attempt.committing = true;
              handle.commit();
              return result;
            } catch (RuntimeException | Error e) {
              rollback(handle, e);
              throw e;
            }
          }
        });
  }

  private static void rollback(Handle handle, Throwable thrown) {
    try {
      handle.rollback();
    } catch (RuntimeException e) {
      thrown.addSuppressed(Failures.of("rolling back", e));
    }
  }

  private <T> T repeat(String operation, Work<T> work) {
    for (int number = 1; ; number++) {
      Attempt attempt = new Attempt();
      try {
        return work.run(attempt);
      } catch (RuntimeException e) {
        if (!Failures.isFromDatabase(e)) {
          throw e;
        }
        DatabaseException failure = Failures.of(operation, e);
        if (number >= TRIES || !mayBeRepeated(failure, attempt)) {
          throw failure;
        }
        pause(number + 1, failure);
      }
    }
  }

  /** Where no connection came about the pool has waited already, and a login was maybe counted. */
  private static boolean mayBeRepeated(DatabaseException failure, Attempt attempt) {
    return failure.kind() == Kind.CONFLICT
        || (failure.kind() == Kind.UNREACHABLE && attempt.connected && !attempt.committing);
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

  /** How many connections are in use, for tests that look for leaks. */
  public int connectionsInUse() {
    return pool.connectionsInUse();
  }

  @Override
  public void close() {
    pool.close();
  }
}
