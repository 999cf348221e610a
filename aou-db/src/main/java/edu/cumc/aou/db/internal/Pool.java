package edu.cumc.aou.db.internal;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import edu.cumc.aou.db.DatabaseException;
import edu.cumc.aou.db.DatabaseSettings;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Locale;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A pool that is made by the first use. The first connection is tried once: a refused login must
 * not be repeated until the account is locked. Thread-safe.
 */
final class Pool implements AutoCloseable {

  /** So much longer than a statement may take does the driver wait for a server that is silent. */
  private static final Duration GRACE = Duration.ofSeconds(30);

  private final DatabaseSettings settings;
  private @Nullable HikariDataSource pool;
  private boolean closed;

  Pool(DatabaseSettings settings) {
    this.settings = settings;
  }

  Connection connection() throws SQLException {
    return dataSource().getConnection();
  }

  synchronized DataSource dataSource() {
    requireOpen();
    if (pool == null) {
      pool = create();
    }
    return pool;
  }

  synchronized void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the database was closed");
    }
  }

  /** What is wrong with a URL the pool says by exceptions of its own, which quote the URL. */
  private HikariDataSource create() {
    try {
      return new HikariDataSource(config());
    } catch (RuntimeException e) {
      if (Failures.isFromDatabase(e)) {
        throw e;
      }
      throw new DatabaseException(DatabaseException.Kind.BAD_URL, "opening the database", "", 0);
    }
  }

  synchronized int connectionsInUse() {
    HikariPoolMXBean bean = pool == null ? null : pool.getHikariPoolMXBean();
    return bean == null ? 0 : bean.getActiveConnections();
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (pool != null) {
      pool.close();
    }
  }

  private HikariConfig config() {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(settings.isH2() ? h2Url(settings) : settings.jdbcUrl());
    if (settings.user() != null) {
      config.setUsername(settings.user());
    }
    if (settings.password() != null) {
      config.setPassword(settings.password().reveal());
    }
    config.setPoolName(settings.applicationName());
    config.setMaximumPoolSize(settings.maxConnections());
    config.setMinimumIdle(0);
    config.setConnectionTimeout(settings.loginTimeout().toMillis());
    config.setInitializationFailTimeout(1);
    if (!settings.isH2()) {
      property(config, "applicationName", settings.applicationName());
      property(config, "encrypt", "true");
      property(config, "loginTimeout", String.valueOf(settings.loginTimeout().toSeconds()));
      property(config, "lockTimeout", String.valueOf(settings.lockTimeout().toMillis()));
      property(
          config, "socketTimeout", String.valueOf(settings.queryTimeout().plus(GRACE).toMillis()));
      if (settings.readOnly()) {
        property(config, "applicationIntent", "ReadOnly");
      }
    }
    return config;
  }

  /** What the URL says itself goes first; the driver would let a property win. */
  private void property(HikariConfig config, String name, String value) {
    if (!says(settings.jdbcUrl(), name)) {
      config.addDataSourceProperty(name, value);
    }
  }

  /** Without WRITE_DELAY=0 a process that is killed loses rows it has committed. */
  static String h2Url(DatabaseSettings settings) {
    StringBuilder url = new StringBuilder(settings.jdbcUrl());
    h2Setting(url, "MODE", "MSSQLServer");
    h2Setting(url, "DATABASE_TO_UPPER", "FALSE");
    h2Setting(url, "CASE_INSENSITIVE_IDENTIFIERS", "TRUE");
    h2Setting(url, "LOCK_TIMEOUT", String.valueOf(settings.lockTimeout().toMillis()));
    if (!settings.readOnly()) {
      h2Setting(url, "WRITE_DELAY", "0");
    }
    return url.toString();
  }

  private static void h2Setting(StringBuilder url, String name, String value) {
    if (!says(url.toString(), name)) {
      url.append(';').append(name).append('=').append(value);
    }
  }

  private static boolean says(String url, String name) {
    return url.toLowerCase(Locale.ROOT).contains(";" + name.toLowerCase(Locale.ROOT) + "=");
  }
}
