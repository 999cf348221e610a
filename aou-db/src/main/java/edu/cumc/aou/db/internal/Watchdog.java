package edu.cumc.aou.db.internal;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * Enforces the time limit of statements where the driver's own fails, because a server may ignore
 * it. It first cancels the statement, and if that does not help, drops the connection. Thread-safe.
 */
final class Watchdog implements SqlLogger {

  /** Waits this long for the driver's own limit to work. */
  private static final Duration UNTIL_CANCELLED = Duration.ofSeconds(5);

  private static final Duration UNTIL_DROPPED = Duration.ofSeconds(15);

  /** A watch over one statement; closing it ends the watch. */
  interface Watch extends AutoCloseable {
    @Override
    void close();
  }

  /** Runs something later. */
  @FunctionalInterface
  interface Timer {
    /** Runs the task after a while, on another thread, unless the watch is closed before. */
    Watch after(Duration delay, Runnable task);
  }

  private final Liveness liveness;
  private final Duration limit;
  private final Timer timer;
  private final Executor dropper;
  private final Map<StatementContext, Watch> watches = new ConcurrentHashMap<>();
  private final Set<Connection> expired =
      Collections.synchronizedSet(Collections.newSetFromMap(new IdentityHashMap<>()));

  Watchdog(Duration limit, Timer timer, Executor dropper, Liveness liveness) {
    this.liveness = liveness;
    this.limit = limit;
    this.timer = timer;
    this.dropper = dropper;
  }

  Watch watch(Connection connection, Statement statement) {
    Watch cancelling =
        timer.after(limit.plus(UNTIL_CANCELLED), () -> cancel(connection, statement));
    Watch dropping = timer.after(limit.plus(UNTIL_DROPPED), () -> drop(connection));
    return () -> {
      cancelling.close();
      dropping.close();
    };
  }

  /** Watches something that cannot be cancelled, only dropped with its connection. */
  Watch watch(Connection connection) {
    return timer.after(limit.plus(UNTIL_DROPPED), () -> drop(connection));
  }

  private void cancel(Connection connection, Statement statement) {
    expired.add(connection);
    try {
      statement.cancel();
    } catch (SQLException e) {
      // It has ended meanwhile, or the connection is dropped next.
    }
  }

  private void drop(Connection connection) {
    expired.add(connection);
    try {
      connection.abort(dropper);
    } catch (SQLException e) {
      // It is closed already.
    }
  }

  /** The failure to report if this watchdog ended the statement. */
  Throwable explain(Connection connection, Throwable thrown) {
    return expired.remove(connection) && DriverFailures.isFromDatabase(thrown)
        ? new SQLTimeoutException("", "HYT00")
        : thrown;
  }

  @Override
  public void logBeforeExecution(StatementContext context) {
    Statement statement = context.getStatement();
    Connection connection = context.getConnection();
    if (statement != null && connection != null) {
      liveness.require(connection);
      watches.put(context, watch(connection, statement));
    }
  }

  @Override
  public void logAfterExecution(StatementContext context) {
    end(context);
  }

  @Override
  public void logException(StatementContext context, SQLException thrown) {
    end(context);
  }

  private void end(StatementContext context) {
    Watch watch = watches.remove(context);
    if (watch != null) {
      watch.close();
    }
    Connection connection = context.getConnection();
    if (connection != null) {
      liveness.used(connection);
    }
  }
}
