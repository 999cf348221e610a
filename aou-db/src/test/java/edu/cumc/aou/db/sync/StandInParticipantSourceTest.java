package edu.cumc.aou.db.sync;

import edu.cumc.aou.db.DatabaseSettings;

class StandInParticipantSourceTest extends SqlParticipantSourceContract {

  @Override
  DatabaseSettings database() {
    return TestDatabases.standIn();
  }
}
