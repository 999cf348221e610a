package edu.cumc.aou.db.source;

import edu.cumc.aou.db.DatabaseSettings;
import edu.cumc.aou.db.testing.TestDatabases;

class CompatibleParticipantSourceTest extends SqlParticipantSourceContract {

  @Override
  DatabaseSettings database() {
    return TestDatabases.compatible();
  }
}
