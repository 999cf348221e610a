package edu.cumc.aou.db.sync;

import edu.cumc.aou.db.DatabaseSettings;

class CompatibleParticipantSourceTest extends SqlParticipantSourceContract {

  @Override
  DatabaseSettings database() {
    return TestDatabases.compatible();
  }
}
