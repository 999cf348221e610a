package edu.cumc.aou.db.store;

import edu.cumc.aou.db.testing.SqlServerStandIn;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;

@Tag("slow")
class CompatibleSyncStoreContractTest extends StandInStoreContract {

  private static final StandInStore SHARED = new StandInStore(SqlServerStandIn.compatible());

  CompatibleSyncStoreContractTest() {
    super(SHARED);
  }

  @AfterAll
  static void closeServer() {
    SHARED.close();
  }
}
