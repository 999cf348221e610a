package edu.cumc.aou.db.sync;

import edu.cumc.aou.db.DatabaseSettings;
import java.util.Optional;
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

  /** The suites' database on SQL Server; the test is skipped, or fails if one is required. */
  static DatabaseSettings sqlServer() {
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
  static String freeName(String prefix) {
    return prefix + "_" + ProcessHandle.current().pid() + "_" + COUNT.incrementAndGet();
  }
}
