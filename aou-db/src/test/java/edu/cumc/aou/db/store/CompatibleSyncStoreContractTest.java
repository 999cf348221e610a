package edu.cumc.aou.db.store;

import edu.cumc.aou.db.DatabaseSettings;
import edu.cumc.aou.db.testing.SqlServerStandIn;
import org.junit.jupiter.api.AfterAll;

class CompatibleSyncStoreContractTest extends SqlSyncStoreContract {

  private static final StandInStore SHARED = new StandInStore(SqlServerStandIn.compatible());

  @Override
  DatabaseSettings database() {
    return SHARED.settings();
  }

  @Override
  String schema() {
    return StandInStore.SCHEMA;
  }

  @Override
  void prepare(SqlSyncStore store) {
    SHARED.prepare(store);
  }

  @AfterAll
  static void closeServer() {
    SHARED.close();
  }
}
