package edu.cumc.aou.db.source;

import edu.cumc.aou.db.DatabaseSettings;
import edu.cumc.aou.db.testing.TestDatabases;

class StandInParticipantSourceTest extends SqlParticipantSourceContract {

  @Override
  DatabaseSettings database() {
    return TestDatabases.standIn();
  }
}
