package edu.cumc.aou.db;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How to reach one database.
 *
 * @param jdbcUrl {@code jdbc:sqlserver:…} or {@code jdbc:h2:…}; may carry driver properties, which
 *     win over what is said here
 * @param user null when the URL says how to log in
 * @param password null when the URL says how to log in
 * @param applicationName what the DBA sees in the list of sessions
 * @param readOnly declares that nothing is ever written ({@code ApplicationIntent=ReadOnly})
 * @param loginTimeout how long to wait for a connection
 * @param queryTimeout how long one statement may take
 * @param lockTimeout how long one statement may wait for somebody else's lock
 * @param maxConnections the most connections at a time
 */
public record DatabaseSettings(
    String jdbcUrl,
    @Nullable String user,
    @Nullable Secret password,
    String applicationName,
    boolean readOnly,
    Duration loginTimeout,
    Duration queryTimeout,
    Duration lockTimeout,
    int maxConnections) {

  private static final String SQL_SERVER = "jdbc:sqlserver:";
  private static final String H2 = "jdbc:h2:";
  private static final List<String> H2_SERVERS = List.of(H2 + "tcp:", H2 + "ssl:");

  /** Throws {@link IllegalArgumentException}, without the value, for what cannot work. */
  public DatabaseSettings {
    if (!isSupported(jdbcUrl)) {
      throw new IllegalArgumentException(
          "the JDBC URL must begin with " + SQL_SERVER + " or " + H2);
    }
    requirePositive(loginTimeout, "the login timeout");
    requirePositive(queryTimeout, "the query timeout");
    requirePositive(lockTimeout, "the lock timeout");
    if (maxConnections < 2) {
      throw new IllegalArgumentException("at least two connections are needed");
    }
  }

  /** The defaults for a URL: 15 s to log in, 10 min a statement, 1 min for a lock. */
  public static DatabaseSettings of(String jdbcUrl) {
    return new DatabaseSettings(
        jdbcUrl,
        null,
        null,
        "aou-sync",
        false,
        Duration.ofSeconds(15),
        Duration.ofMinutes(10),
        Duration.ofMinutes(1),
        4);
  }

  /** Whether this URL names a database that this library knows. */
  public static boolean isSupported(String jdbcUrl) {
    String lower = jdbcUrl.toLowerCase(Locale.ROOT);
    return lower.startsWith(SQL_SERVER) || lower.startsWith(H2);
  }

  /** Whether this is an H2 database, which production refuses as a store. */
  public boolean isH2() {
    return jdbcUrl.toLowerCase(Locale.ROOT).startsWith(H2);
  }

  /** Whether this is an H2 database that lives in this process, and not on an H2 server. */
  public boolean isEmbedded() {
    String lower = jdbcUrl.toLowerCase(Locale.ROOT);
    return isH2() && H2_SERVERS.stream().noneMatch(lower::startsWith);
  }

  /** The same with a login. */
  public DatabaseSettings withLogin(@Nullable String user, @Nullable Secret password) {
    return new DatabaseSettings(
        jdbcUrl,
        user,
        password,
        applicationName,
        readOnly,
        loginTimeout,
        queryTimeout,
        lockTimeout,
        maxConnections);
  }

  /** The same, declared to write nothing. */
  public DatabaseSettings asReadOnly() {
    return new DatabaseSettings(
        jdbcUrl,
        user,
        password,
        applicationName,
        true,
        loginTimeout,
        queryTimeout,
        lockTimeout,
        maxConnections);
  }

  /** The same with other timeouts. */
  public DatabaseSettings withTimeouts(Duration login, Duration query, Duration lock) {
    return new DatabaseSettings(
        jdbcUrl, user, password, applicationName, readOnly, login, query, lock, maxConnections);
  }

  private static void requirePositive(Duration value, String what) {
    if (value.isNegative() || value.isZero()) {
      throw new IllegalArgumentException(what + " must be longer than nothing");
    }
  }

  /** Shows neither the URL, which may hold a password, nor the login. */
  @Override
  public String toString() {
    return "DatabaseSettings[" + (isH2() ? "H2" : "SQL Server") + "]";
  }
}
