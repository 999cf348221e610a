package edu.cumc.aou.db.store;

import edu.cumc.aou.db.DatabaseSettings;
import edu.cumc.aou.db.testing.TestDatabases;

class H2SyncStoreContractTest extends SqlSyncStoreContract {

  @Override
  DatabaseSettings database() {
    return TestDatabases.h2();
  }
}
