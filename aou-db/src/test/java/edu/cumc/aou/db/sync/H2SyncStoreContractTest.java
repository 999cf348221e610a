package edu.cumc.aou.db.sync;

import edu.cumc.aou.db.DatabaseSettings;

class H2SyncStoreContractTest extends SqlSyncStoreContract {

  @Override
  DatabaseSettings database() {
    return TestDatabases.h2();
  }
}
