package edu.cumc.aou.db.sync;

import edu.cumc.aou.db.DatabaseSettings;

class H2ParticipantSourceTest extends SqlParticipantSourceContract {

  @Override
  DatabaseSettings database() {
    return TestDatabases.h2();
  }
}
