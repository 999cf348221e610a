package edu.cumc.aou.cli.runtime;

import edu.cumc.aou.db.sync.SourceConfig;
import edu.cumc.aou.db.sync.StoreConfig;
import edu.cumc.aou.salesforce.SalesforceSettings;
import edu.cumc.aou.salesforce.sync.SalesforceConfig;
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
    Optional<StoreConfig> store = StoreConfig.read(root);
    return salesforce.isEmpty() || source.isEmpty() || store.isEmpty()
        ? Optional.empty()
        : Optional.of(new RunSettings(sync, salesforce.get(), source.get(), store.get()));
  }
}
