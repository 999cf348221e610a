package edu.cumc.aou.db.store;

import edu.cumc.aou.db.DatabaseSettings;
import edu.cumc.aou.db.testing.SqlServerStandIn;
import edu.cumc.aou.db.testing.TestDatabases;
import org.junit.jupiter.api.AfterEach;

/** The same by SQL Server's driver; tables that the site had before compare without case. */
class StandInWriteBackTest extends WriteBackTest {

  private final SqlServerStandIn server = SqlServerStandIn.original();

  @Override
  DatabaseSettings database() {
    return TestDatabases.of(server);
  }

  @Override
  DatabaseSettings behind(DatabaseSettings database) {
    return DatabaseSettings.of(server.h2Url());
  }

  @AfterEach
  void closeServer() {
    server.close();
  }
}
