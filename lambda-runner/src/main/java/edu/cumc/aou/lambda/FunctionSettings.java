package edu.cumc.aou.lambda;

import com.typesafe.config.Config;
import edu.cumc.aou.db.sync.StoreConfig;
import edu.cumc.aou.runtime.RunSettings;
import edu.cumc.aou.runtime.secrets.AwsSecrets;
import edu.cumc.aou.sync.SyncException;
import edu.cumc.aou.sync.SyncSettings;
import edu.cumc.aou.sync.config.ConfigFile;
import edu.cumc.aou.sync.config.ConfigSection;
import edu.cumc.aou.sync.config.EnvironmentVariables;

/** Reads all that the function is told. */
final class FunctionSettings {

  private FunctionSettings() {}

  /**
   * Reads the environment over {@code AOU_CONFIG} over the defaults.
   *
   * @throws SyncException CONFIG that lists every problem
   */
  static RunSettings load(Surroundings surroundings) {
    String location = surroundings.environment().getOrDefault(EnvironmentVariables.CONFIG_FILE, "");
    ConfigFile file =
        location.isBlank()
            ? ConfigFile.none()
            : ConfigFile.read(location, surroundings.directory());
    Config config = file.resolve(surroundings.environment(), SyncSettings.defaults());
    AwsSecrets secrets = AwsSecrets.of(surroundings.environment(), surroundings.outside().pause());
    return RunSettings.read(config, secrets, FunctionSettings::refuseEmbedded);
  }

  private static void refuseEmbedded(StoreConfig store, ConfigSection section) {
    if (store.database().isEmbedded()) {
      section.problem(
          "jdbc-url",
          "this is H2 inside the function, which is lost when the function ends; name a SQL"
              + " Server database, or, to rehearse in a sandbox, an H2 server");
    }
  }
}
