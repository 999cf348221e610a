package edu.cumc.aou.db.internal;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import edu.cumc.aou.db.DatabaseException;
import edu.cumc.aou.db.DatabaseSettings;
import java.util.Locale;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.core.statement.StatementExceptions;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;

/**
 * One database: its pool, its dialect, and units of work that are repeated where they may be.
 * Thread-safe; whoever opens it closes it.
 */
public final class Database implements AutoCloseable {

  private static final int TRIES = 4;

  private final HikariDataSource pool;
  private final Jdbi jdbi;
  private final Dialect dialect;

  private Database(HikariDataSource pool, Dialect dialect, int queryTimeoutSeconds) {
    this.pool = pool;
    this.dialect = dialect;
    this.jdbi = Jdbi.create(pool);
    jdbi.getConfig(SqlStatements.class).setQueryTimeout(queryTimeoutSeconds);
    jdbi.getConfig(StatementExceptions.class)
        .setMessageRendering(StatementExceptions.MessageRendering.NONE);
  }

  /** Opens the pool; no connection is made before the first use. */
  public static Database open(DatabaseSettings settings) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(settings.isH2() ? h2Url(settings.jdbcUrl()) : settings.jdbcUrl());
    if (settings.user() != null) {
      config.setUsername(settings.user());
    }
    if (settings.password() != null) {
      config.setPassword(settings.password().reveal());
    }
    config.setMaximumPoolSize(settings.maxConnections());
    config.setMinimumIdle(0);
    config.setConnectionTimeout(settings.loginTimeout().toMillis());
    config.setInitializationFailTimeout(-1);
    config.setPoolName(settings.applicationName());
    if (!settings.isH2()) {
      addIfAbsent(config, settings, "applicationName", settings.applicationName());
      addIfAbsent(config, settings, "encrypt", "true");
      addIfAbsent(
          config, settings, "loginTimeout", String.valueOf(settings.loginTimeout().toSeconds()));
      addIfAbsent(
          config, settings, "lockTimeout", String.valueOf(settings.lockTimeout().toMillis()));
      addIfAbsent(config, settings, "sendTemporalDataTypesAsStringForBulkCopy", "false");
      if (settings.readOnly()) {
        addIfAbsent(config, settings, "applicationIntent", "ReadOnly");
      }
    }
    try {
      return new Database(
          new HikariDataSource(config),
          settings.isH2() ? new H2Dialect() : new SqlServerDialect(),
          Math.toIntExact(settings.queryTimeout().toSeconds()));
    } catch (RuntimeException e) {
      throw Failures.of("opening the database", e);
    }
  }

  private static void addIfAbsent(
      HikariConfig config, DatabaseSettings settings, String property, String value) {
    boolean said =
        settings
            .jdbcUrl()
            .toLowerCase(Locale.ROOT)
            .contains(property.toLowerCase(Locale.ROOT) + "=");
    if (!said) {
      config.addDataSourceProperty(property, value);
    }
  }

  /** Without WRITE_DELAY=0 a process that is killed loses rows it has committed. */
  static String h2Url(String url) {
    StringBuilder complete = new StringBuilder(url);
    for (String setting :
        new String[] {
          "MODE=MSSQLServer",
          "DATABASE_TO_UPPER=FALSE",
          "CASE_INSENSITIVE_IDENTIFIERS=TRUE",
          "WRITE_DELAY=0"
        }) {
      String name = setting.substring(0, setting.indexOf('=') + 1);
      if (!url.toUpperCase(Locale.ROOT).contains(";" + name)) {
        complete.append(';').append(setting);
      }
    }
    return complete.toString();
  }

  public Dialect dialect() {
    return dialect;
  }

  /** For migrations. */
  public DataSource dataSource() {
    return pool;
  }

  /** A handle for a stream; whoever opened it closes it. */
  public Handle open(String operation) {
    try {
      return jdbi.open();
    } catch (RuntimeException e) {
      throw Failures.of(operation, e);
    }
  }

  /** A unit of work that only reads; repeated when it failed for a passing reason. */
  public <T> T read(String operation, Function<Handle, T> work) {
    return repeat(operation, () -> jdbi.withHandle(work::apply));
  }

  /** A unit of work in one transaction; repeated as a whole when it failed for a passing reason. */
  public <T> T write(String operation, Function<Handle, T> work) {
    return repeat(
        operation, () -> jdbi.inTransaction(TransactionIsolationLevel.READ_COMMITTED, work::apply));
  }

  private <T> T repeat(String operation, ThrowingWork<T> work) {
    for (int attempt = 1; ; attempt++) {
      try {
        return work.run();
      } catch (Exception e) {
        DatabaseException failure = Failures.of(operation, e);
        if (!failure.isTransient() || attempt >= TRIES || isUnreachableAtFirst(failure, attempt)) {
          throw failure;
        }
      }
    }
  }

  /** The pool has waited for a connection already: asking again at once would only wait again. */
  private static boolean isUnreachableAtFirst(DatabaseException failure, int attempt) {
    return failure.kind() == DatabaseException.Kind.UNREACHABLE && attempt >= 2;
  }

  private interface ThrowingWork<T> {
    T run() throws Exception;
  }

  /** How many connections are in use, for tests that look for leaks. */
  public int connectionsInUse() {
    return pool.getHikariPoolMXBean() == null
        ? 0
        : pool.getHikariPoolMXBean().getActiveConnections();
  }

  @Override
  public void close() {
    pool.close();
  }
}
