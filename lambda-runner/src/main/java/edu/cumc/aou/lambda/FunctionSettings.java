package edu.cumc.aou.lambda;

import com.typesafe.config.Config;
import edu.cumc.aou.db.sync.SourceConfig;
import edu.cumc.aou.db.sync.StoreConfig;
import edu.cumc.aou.salesforce.SalesforceSettings;
import edu.cumc.aou.salesforce.sync.SalesforceConfig;
import edu.cumc.aou.sync.FailureKind;
import edu.cumc.aou.sync.SyncException;
import edu.cumc.aou.sync.SyncSettings;
import edu.cumc.aou.sync.config.ConfigFile;
import edu.cumc.aou.sync.config.ConfigProblems;
import edu.cumc.aou.sync.config.ConfigSection;
import edu.cumc.aou.sync.config.EnvironmentVariables;
import java.util.Optional;

/** All that the function is told: the environment over {@code AOU_CONFIG} over the defaults. */
record FunctionSettings(
    SyncSettings sync, SalesforceSettings salesforce, SourceConfig source, StoreConfig store) {

  /**
   * Reads them.
   *
   * @throws SyncException CONFIG that lists every problem
   */
  static FunctionSettings load(Surroundings surroundings) {
    String location = surroundings.environment().getOrDefault(EnvironmentVariables.CONFIG_FILE, "");
    ConfigFile file =
        location.isBlank()
            ? ConfigFile.none()
            : ConfigFile.read(location, surroundings.directory());
    Config config = file.resolve(surroundings.environment(), SyncSettings.defaults());
    ConfigProblems problems = new ConfigProblems();
    ConfigSection root = ConfigSection.root(config, problems);
    SyncSettings sync = SyncSettings.read(root);
    Optional<SalesforceSettings> salesforce = SalesforceConfig.read(root);
    Optional<SourceConfig> source = SourceConfig.read(root);
    Optional<StoreConfig> store = StoreConfig.read(root);
    if (store.isPresent() && store.get().database().isEmbedded()) {
      root.section("store")
          .problem(
              "jdbc-url",
              "this is H2 inside the function, which is lost when the function ends; name a SQL"
                  + " Server database, or, to rehearse in a sandbox, an H2 server");
    }
    problems.throwIfAny();
    if (salesforce.isEmpty() || source.isEmpty() || store.isEmpty()) {
      throw new SyncException(
          FailureKind.BUG, "the settings are refused without a reason; please report this");
    }
    return new FunctionSettings(sync, salesforce.get(), source.get(), store.get());
  }
}
