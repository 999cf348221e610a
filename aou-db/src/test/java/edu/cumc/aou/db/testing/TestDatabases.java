package edu.cumc.aou.db.testing;

import edu.cumc.aou.db.DatabaseSecret;
import edu.cumc.aou.db.DatabaseSettings;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Assumptions;

/**
 * The databases that the suites run on: H2 and the stand-in always, SQL Server where there is one.
 */
public final class TestDatabases {

  private static final AtomicInteger COUNT = new AtomicInteger();
  private static final Queue<String> IN_MEMORY = new ConcurrentLinkedQueue<>();

  private TestDatabases() {}

  /** A fresh database in memory that lives until its test is over. */
  public static DatabaseSettings h2() {
    String url = "jdbc:h2:mem:test" + COUNT.incrementAndGet() + ";DB_CLOSE_DELAY=-1";
    IN_MEMORY.add(url);
    return DatabaseSettings.of(url);
  }

  /** Drops the databases in memory that were made since the last call. */
  static void dropMemory() {
    for (String url = IN_MEMORY.poll(); url != null; url = IN_MEMORY.poll()) {
      try (Connection connection = DriverManager.getConnection(url);
          Statement statement = connection.createStatement()) {
        statement.execute("SHUTDOWN IMMEDIATELY");
      } catch (SQLException e) {
        throw new IllegalStateException("a database in memory cannot be dropped", e);
      }
    }
  }

  /** What stands in for SQL Server, the same one for all who ask. */
  public static DatabaseSettings standIn() {
    return of(Shared.ORIGINAL);
  }

  /** What stands in for a server that is compatible with it. */
  public static DatabaseSettings compatible() {
    return of(Shared.COMPATIBLE);
  }

  /** They end with this process. */
  private static final class Shared {
    private static final SqlServerStandIn ORIGINAL = SqlServerStandIn.original();
    private static final SqlServerStandIn COMPATIBLE = SqlServerStandIn.compatible();
  }

  /** A stand-in by way of SQL Server's driver. */
  public static DatabaseSettings of(SqlServerStandIn server) {
    return DatabaseSettings.of(server.jdbcUrl())
        .withLogin("reader", DatabaseSecret.of("invented"))
        .withTimeouts(Duration.ofSeconds(10), Duration.ofSeconds(60), Duration.ofSeconds(5));
  }

  /** The suites' database on SQL Server; the test is skipped, or fails if one is required. */
  public static DatabaseSettings sqlServer() {
    Optional<DatabaseSettings> settings = SqlServerForTests.settings();
    if (settings.isEmpty() && SqlServerForTests.REQUIRED) {
      throw new AssertionError(
          "-Daou.test.sqlserver.required is set, but there is no SQL Server: name one by -Daou.test.sqlserver.url,"
              + " .user and .password, or start Docker");
    }
    Assumptions.assumeTrue(
        settings.isPresent(),
        "no SQL Server: name one by -Daou.test.sqlserver.url, .user and .password, or start Docker");
    return settings.get();
  }

  /** A name that no other test of this process, or of another one, has. */
  public static String freeName(String prefix) {
    return prefix + "_" + ProcessHandle.current().pid() + "_" + COUNT.incrementAndGet();
  }
}
