package edu.cumc.aou.db.sync;

import edu.cumc.aou.db.DatabaseSettings;
import edu.cumc.aou.db.Secret;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Assumptions;

/** The databases that the suites run on: H2 always, SQL Server where one is named. */
final class TestDatabases {

  private static final AtomicInteger COUNT = new AtomicInteger();

  private TestDatabases() {}

  /** A fresh database in memory that lives as long as this process. */
  static DatabaseSettings h2() {
    return DatabaseSettings.of("jdbc:h2:mem:test" + COUNT.incrementAndGet() + ";DB_CLOSE_DELAY=-1");
  }

  /**
   * The server named by {@code -Daou.test.sqlserver.url}; the test is skipped, with the reason, if
   * none is.
   */
  static DatabaseSettings sqlServer() {
    String url = System.getProperty("aou.test.sqlserver.url", "");
    Assumptions.assumeFalse(
        url.isEmpty(), "no SQL Server: name one by -Daou.test.sqlserver.url, .user and .password");
    return DatabaseSettings.of(url)
        .withLogin(
            System.getProperty("aou.test.sqlserver.user"),
            Secret.of(System.getProperty("aou.test.sqlserver.password", "")))
        .withTimeouts(Duration.ofSeconds(15), Duration.ofMinutes(2), Duration.ofSeconds(30));
  }

  /** A name that no other test of this process, or of another one, has. */
  static String freeName(String prefix) {
    return prefix + "_" + ProcessHandle.current().pid() + "_" + COUNT.incrementAndGet();
  }
}
