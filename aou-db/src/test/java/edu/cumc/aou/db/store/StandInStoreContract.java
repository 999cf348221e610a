package edu.cumc.aou.db.store;

import edu.cumc.aou.db.DatabaseSettings;

/** The contract of the store, by SQL Server's driver on a server that stands in for it. */
abstract class StandInStoreContract extends SqlSyncStoreContract {

  private final StandInStore shared;

  /** {@code shared}: one server for all tests of a class, which closes it. */
  StandInStoreContract(StandInStore shared) {
    this.shared = shared;
  }

  @Override
  DatabaseSettings database() {
    return shared.settings();
  }

  @Override
  String schema() {
    return StandInStore.SCHEMA;
  }

  @Override
  void prepare(SqlSyncStore store) {
    shared.prepare(store);
  }
}
