package edu.cumc.aou.lambda;

import edu.cumc.aou.db.sync.SqlSyncStore;
import edu.cumc.aou.db.sync.StoreConfig;

/** The store that a function's settings lead to. */
final class TestStore {

  private TestStore() {}

  static void install(Surroundings surroundings) {
    try (SqlSyncStore store = open(surroundings)) {
      store.installer().install(false);
    }
  }

  static SqlSyncStore open(Surroundings surroundings) {
    StoreConfig config = FunctionSettings.load(surroundings).store();
    return SqlSyncStore.open(config.database(), config.schema());
  }
}
