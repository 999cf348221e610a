package edu.cumc.aou.db.testing;

import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Drops the databases in memory that a test has made, after all that it closes itself. Each holds a
 * megabyte and more, and a suite makes hundreds. JUnit finds this class by its service file.
 */
public final class DroppedDatabases implements AfterEachCallback {

  @Override
  public void afterEach(ExtensionContext context) {
    TestDatabases.dropMemory();
  }
}
