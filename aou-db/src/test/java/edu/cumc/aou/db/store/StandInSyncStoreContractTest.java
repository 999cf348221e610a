package edu.cumc.aou.db.store;

import edu.cumc.aou.db.testing.SqlServerStandIn;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;

@Tag("slow")
class StandInSyncStoreContractTest extends StandInStoreContract {

  private static final StandInStore SHARED = new StandInStore(SqlServerStandIn.original());

  StandInSyncStoreContractTest() {
    super(SHARED);
  }

  @AfterAll
  static void closeServer() {
    SHARED.close();
  }
}
