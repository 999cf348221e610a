package edu.cumc.aou.db.sync;

import edu.cumc.aou.db.DatabaseSettings;

class SqlServerSyncStoreContractTest extends SqlSyncStoreContract {

  @Override
  DatabaseSettings database() {
    return TestDatabases.sqlServer();
  }
}
