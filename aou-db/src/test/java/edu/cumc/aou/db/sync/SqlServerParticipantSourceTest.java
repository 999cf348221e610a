package edu.cumc.aou.db.sync;

import edu.cumc.aou.db.DatabaseSettings;

class SqlServerParticipantSourceTest extends SqlParticipantSourceContract {

  @Override
  DatabaseSettings database() {
    return TestDatabases.sqlServer();
  }
}
