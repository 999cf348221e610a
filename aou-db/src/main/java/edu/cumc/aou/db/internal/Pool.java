package edu.cumc.aou.db.internal;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import edu.cumc.aou.db.DatabaseException;
import edu.cumc.aou.db.DatabaseSecret;
import edu.cumc.aou.db.DatabaseSettings;
import edu.cumc.aou.db.Login;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A pool that is created at the first use. It tries the first connection only once, because
 * repeating a refused login may lock the account. Thread-safe.
 */
final class Pool implements AutoCloseable {

  /** H2 caches 16 MB of pages unless told otherwise, however large its server is. */
  private static final int SERVER_CACHE_KB = 131_072;

  private final DatabaseSettings settings;
  private final Liveness liveness;
  private @Nullable HikariDataSource pool;
  private boolean closed;

  Pool(DatabaseSettings settings, Liveness liveness) {
    this.settings = settings;
    this.liveness = liveness;
  }

  /**
   * A live connection. The pool itself does not check connections that were used within half a
   * second, by a clock that stands still while the machine sleeps.
   */
  Connection connection() throws SQLException {
    for (int i = 0; i <= settings.maxConnections(); i++) {
      Connection connection = dataSource().getConnection();
      if (liveness.isAlive(connection)) {
        return connection;
      }
      distrustConnections();
      connection.close();
    }
    throw new SQLNonTransientConnectionException("no connection answers", "08S01");
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

  /** The pool reports a faulty URL by exceptions of its own, which quote the URL. */
  private HikariDataSource create() {
    try {
      return new HikariDataSource(config());
    } catch (RuntimeException e) {
      if (DriverFailures.isFromDatabase(e)) {
        throw e;
      }
      throw new DatabaseException(DatabaseException.Kind.BAD_URL, "opening the database", "", 0);
    } finally {
      if (!settings.readOnly()) {
        PrivateFiles.protect(settings.files());
      }
    }
  }

  /**
   * Drops all present connections. The pool recognises a broken connection by the states of the
   * standard, which some drivers do not use, and does not check one that was just used: a unit of
   * work would be repeated on the broken one.
   */
  synchronized void distrustConnections() {
    HikariPoolMXBean bean = pool == null ? null : pool.getHikariPoolMXBean();
    if (bean != null) {
      bean.softEvictConnections();
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

  /**
   * Reads a password that is kept elsewhere, unless it was read before; a failure of that passes
   * through unchanged.
   */
  void prepareLogin() {
    RenewedLogin.passwordOf(settings.login()).ifPresent(DatabaseSecret::reveal);
  }

  private HikariConfig config() {
    HikariConfig config = new HikariConfig();
    Optional<DatabaseSecret> kept = RenewedLogin.passwordOf(settings.login());
    if (kept.isPresent()) {
      requireLibraries();
      config.setDataSource(new RenewedLogin(kept.get(), this::connect));
    } else if (settings.isH2()) {
      config.setJdbcUrl(h2Url(settings));
      if (settings.login() instanceof Login.Sql login) {
        if (login.user() != null) {
          config.setUsername(login.user());
        }
        if (login.password() != null) {
          config.setPassword(login.password().reveal());
        }
      }
    } else {
      toSqlServer(config);
    }
    config.setPoolName(settings.applicationName());
    config.setMaximumPoolSize(settings.maxConnections());
    config.setMinimumIdle(0);
    config.setConnectionTimeout(settings.loginTimeout().toMillis());
    config.setValidationTimeout(liveness.patience().toMillis());
    config.setInitializationFailTimeout(1);
    return config;
  }

  /** A connection with the present password. */
  private Connection connect() throws SQLException {
    Properties properties = new Properties();
    if (settings.isH2()) {
      if (settings.login() instanceof Login.Sql login) {
        if (login.user() != null) {
          properties.setProperty("user", login.user());
        }
        if (login.password() != null) {
          properties.setProperty("password", login.password().reveal());
        }
      }
      return DriverManager.getConnection(h2Url(settings), properties);
    }
    properties.putAll(DriverProperties.of(settings));
    return DriverManager.getConnection(settings.jdbcUrl(), properties);
  }

  private void requireLibraries() {
    if (!settings.isH2()) {
      Libraries.require(settings.login());
      if (settings.trustStore() != null) {
        TrustStores.require(settings.trustStore());
      }
    }
  }

  private void toSqlServer(HikariConfig config) {
    requireLibraries();
    Map<String, String> properties = DriverProperties.of(settings);
    if (settings.login() instanceof Login.KerberosKeytab keytab) {
      Properties all = new Properties();
      all.putAll(properties);
      config.setDataSource(new KeytabDataSource(settings.jdbcUrl(), all, keytab));
    } else {
      config.setJdbcUrl(settings.jdbcUrl());
      properties.forEach(config::addDataSourceProperty);
    }
  }

  /**
   * Sets three things. Without WRITE_DELAY=0, a killed process loses committed rows. H2's own trace
   * file would hold failed statements with their values. And H2 closes databases as soon as the
   * process is asked to end, before a run has ended.
   */
  static String h2Url(DatabaseSettings settings) {
    StringBuilder url = new StringBuilder(settings.jdbcUrl());
    h2Setting(url, "MODE", "MSSQLServer");
    h2Setting(url, "DATABASE_TO_UPPER", "FALSE");
    h2Setting(url, "CASE_INSENSITIVE_IDENTIFIERS", "TRUE");
    h2Setting(url, "LOCK_TIMEOUT", String.valueOf(settings.lockTimeout().toMillis()));
    h2Setting(url, "DB_CLOSE_ON_EXIT", "FALSE");
    h2Setting(url, "TRACE_LEVEL_FILE", "0");
    if (settings.readOnly()) {
      // Otherwise a mistyped path creates an empty database there.
      if (!isInMemory(settings)) {
        h2Setting(url, "IFEXISTS", "TRUE");
      }
    } else {
      h2Setting(url, "WRITE_DELAY", "0");
      if (isOfServer(settings)) {
        h2Setting(url, "CACHE_SIZE", String.valueOf(SERVER_CACHE_KB));
      }
    }
    return url.toString();
  }

  private static boolean isOfServer(DatabaseSettings settings) {
    String url = settings.jdbcUrl().toLowerCase(Locale.ROOT);
    return url.startsWith("jdbc:h2:tcp:") || url.startsWith("jdbc:h2:ssl:");
  }

  private static boolean isInMemory(DatabaseSettings settings) {
    return settings.jdbcUrl().toLowerCase(Locale.ROOT).startsWith("jdbc:h2:mem:");
  }

  private static void h2Setting(StringBuilder url, String name, String value) {
    if (!UrlProperties.of(url.toString()).say(name)) {
      url.append(';').append(name).append('=').append(value);
    }
  }
}
