package edu.cumc.aou.db.store;

import edu.cumc.aou.db.DatabaseSettings;
import edu.cumc.aou.db.testing.TestDatabases;
import org.junit.jupiter.api.Tag;

@Tag("slow")
class H2SyncStoreContractTest extends SqlSyncStoreContract {

  @Override
  DatabaseSettings database() {
    return TestDatabases.h2();
  }
}
