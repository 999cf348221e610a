package edu.cumc.aou.lambda;

import edu.cumc.aou.db.store.SqlSyncStore;
import edu.cumc.aou.db.store.StoreConfig;

/** The store that a function's settings lead to. */
final class TestStore {

  private TestStore() {}

  static void install(FunctionSurroundings surroundings) {
    try (SqlSyncStore store = open(surroundings)) {
      store.installer().install(false);
    }
  }

  static SqlSyncStore open(FunctionSurroundings surroundings) {
    StoreConfig config = FunctionSettings.load(surroundings).store();
    return SqlSyncStore.open(config.database(), config.schema());
  }
}
