package edu.cumc.aou.db;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How to reach one database.
 *
 * @param jdbcUrl {@code jdbc:sqlserver:…} or {@code jdbc:h2:…}; may carry driver properties, which
 *     win over these settings
 * @param login how to log in
 * @param trustStore the certificates to trust; null for those that Java trusts
 * @param applicationName what the DBA sees in the list of sessions
 * @param readOnly declares that we never write ({@code ApplicationIntent=ReadOnly})
 * @param loginTimeout how long to wait for a connection
 * @param queryTimeout how long one statement may take
 * @param lockTimeout how long one statement may wait for a lock
 * @param maxConnections the most connections at a time
 */
public record DatabaseSettings(
    String jdbcUrl,
    Login login,
    @Nullable TrustStore trustStore,
    String applicationName,
    boolean readOnly,
    Duration loginTimeout,
    Duration queryTimeout,
    Duration lockTimeout,
    int maxConnections) {

  /** The ways to reach a file on this machine that H2 accepts before its name. */
  private static final Pattern ON_DISK =
      Pattern.compile("(?i)^(?:(?:file|nio|niomapped|async|retry|split(?::[0-9]+)?):)*");

  private static final String SQL_SERVER = "jdbc:sqlserver:";
  private static final String H2 = "jdbc:h2:";
  private static final List<String> H2_SERVERS = List.of(H2 + "tcp:", H2 + "ssl:");

  /** Throws {@link IllegalArgumentException}, without the value, for impossible settings. */
  public DatabaseSettings {
    if (!isSupported(jdbcUrl)) {
      throw new IllegalArgumentException(
          "the JDBC URL must begin with " + SQL_SERVER + " or " + H2);
    }
    if (isH2(jdbcUrl) && !(login instanceof Login.Sql)) {
      throw new IllegalArgumentException("H2 knows logins of its own only");
    }
    requirePositive(loginTimeout, "the login timeout");
    requirePositive(queryTimeout, "the query timeout");
    requirePositive(lockTimeout, "the lock timeout");
    if (maxConnections < 2) {
      throw new IllegalArgumentException("at least two connections are needed");
    }
  }

  /** The defaults for a URL: 15 s to log in, 10 min per statement, 1 min for a lock. */
  public static DatabaseSettings of(String jdbcUrl) {
    return new DatabaseSettings(
        jdbcUrl,
        new Login.Sql(null, null),
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
    return isH2(jdbcUrl);
  }

  private static boolean isH2(String jdbcUrl) {
    return jdbcUrl.toLowerCase(Locale.ROOT).startsWith(H2);
  }

  /** Whether this H2 database runs in this process, and not on an H2 server. */
  public boolean isEmbedded() {
    String lower = jdbcUrl.toLowerCase(Locale.ROOT);
    return isH2() && H2_SERVERS.stream().noneMatch(lower::startsWith);
  }

  /**
   * The files of an H2 database in this process, whether or not they exist; none for any other
   * database.
   */
  public List<Path> files() {
    if (!isEmbedded()) {
      return List.of();
    }
    String rest = jdbcUrl.substring(H2.length());
    int settings = rest.indexOf(';');
    String name = settings < 0 ? rest : rest.substring(0, settings);
    name = ON_DISK.matcher(name).replaceFirst("");
    if (name.startsWith("~")) {
      name = System.getProperty("user.home") + name.substring(1);
    }
    if (name.isEmpty() || name.indexOf(':') > 1 || !isPath(name)) {
      // In memory, in an archive, or reached in another H2 way.
      return List.of();
    }
    List<Path> files = new ArrayList<>();
    files.add(Path.of(name + ".mv.db"));
    files.add(Path.of(name + ".trace.db"));
    for (int part = 1; Files.exists(Path.of(name + ".mv.db." + part + ".part")); part++) {
      files.add(Path.of(name + ".mv.db." + part + ".part"));
    }
    return List.copyOf(files);
  }

  private static boolean isPath(String name) {
    try {
      return !Path.of(name).toString().isEmpty();
    } catch (InvalidPathException e) {
      return false;
    }
  }

  /** The same with a login of the database itself. */
  public DatabaseSettings withLogin(@Nullable String user, @Nullable DatabaseSecret password) {
    return withLogin(new Login.Sql(user, password));
  }

  /** The same with another login. */
  public DatabaseSettings withLogin(Login login) {
    return new DatabaseSettings(
        jdbcUrl,
        login,
        trustStore,
        applicationName,
        readOnly,
        loginTimeout,
        queryTimeout,
        lockTimeout,
        maxConnections);
  }

  /** The same, trusting the certificates in a store; null for those that Java trusts. */
  public DatabaseSettings withTrustStore(@Nullable TrustStore trustStore) {
    return new DatabaseSettings(
        jdbcUrl,
        login,
        trustStore,
        applicationName,
        readOnly,
        loginTimeout,
        queryTimeout,
        lockTimeout,
        maxConnections);
  }

  /** The same, for a database that we never write to. */
  public DatabaseSettings asReadOnly() {
    return new DatabaseSettings(
        jdbcUrl,
        login,
        trustStore,
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
        jdbcUrl,
        this.login,
        trustStore,
        applicationName,
        readOnly,
        login,
        query,
        lock,
        maxConnections);
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
