package edu.cumc.aou.cli.runtime;

import edu.cumc.aou.db.sync.SourceConfig;
import edu.cumc.aou.db.sync.StoreConfig;
import edu.cumc.aou.salesforce.SalesforceSettings;
import edu.cumc.aou.salesforce.sync.SalesforceConfig;
import edu.cumc.aou.sync.Environment;
import edu.cumc.aou.sync.SyncSettings;
import edu.cumc.aou.sync.config.ConfigSection;
import java.util.Optional;

/** All that a run is told: of the sync, of Salesforce, of both databases. */
public record RunSettings(
    SyncSettings sync, SalesforceSettings salesforce, SourceConfig source, StoreConfig store) {

  /** Reads all sections; empty if there are problems, which are in the section's. */
  static Optional<RunSettings> read(ConfigSection root) {
    SyncSettings sync = SyncSettings.read(root);
    Optional<SalesforceSettings> salesforce = SalesforceConfig.read(root);
    Optional<SourceConfig> source = SourceConfig.read(root);
    Optional<StoreConfig> store = readStore(root);
    return salesforce.isEmpty() || source.isEmpty() || store.isEmpty()
        ? Optional.empty()
        : Optional.of(new RunSettings(sync, salesforce.get(), source.get(), store.get()));
  }

  /** Reads the section of the store alone. */
  static Optional<StoreConfig> readStore(ConfigSection root) {
    Optional<StoreConfig> store = StoreConfig.read(root);
    Environment environment = root.choice("environment", Environment.class, Environment.SANDBOX);
    if (environment == Environment.PRODUCTION
        && store.isPresent()
        && store.get().database().isH2()) {
      root.section("store")
          .problem(
              "jdbc-url",
              "production needs a SQL Server database for the sync's tables, and this is H2, or the"
                  + " default, which is H2; name one here or in AOU_STORE_JDBC_URL");
    }
    return store;
  }
}
