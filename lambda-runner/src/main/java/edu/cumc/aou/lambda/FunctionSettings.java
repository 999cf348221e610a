package edu.cumc.aou.lambda;

import com.typesafe.config.Config;
import edu.cumc.aou.db.store.StoreConfig;
import edu.cumc.aou.runtime.RunSettings;
import edu.cumc.aou.runtime.notify.NotifySettings;
import edu.cumc.aou.runtime.secrets.AwsSecrets;
import edu.cumc.aou.sync.config.ConfigFile;
import edu.cumc.aou.sync.config.ConfigSection;
import edu.cumc.aou.sync.config.EnvironmentVariables;
import edu.cumc.aou.sync.model.SyncException;
import edu.cumc.aou.sync.settings.SyncSettings;
import java.util.Optional;

/** Reads all settings of the function. */
final class FunctionSettings {

  private FunctionSettings() {}

  /**
   * Reads the environment over {@code AOU_CONFIG} over the defaults.
   *
   * @throws SyncException CONFIG that lists every problem
   */
  static RunSettings load(FunctionSurroundings surroundings) {
    return RunSettings.read(
        config(surroundings), secrets(surroundings), FunctionSettings::refuseEmbedded);
  }

  /** The people to notify even if other settings are wrong; empty if nobody can be notified. */
  static Optional<NotifySettings> notices(FunctionSurroundings surroundings) {
    try {
      return RunSettings.readNotify(config(surroundings), secrets(surroundings));
    } catch (SyncException e) {
      return Optional.empty();
    }
  }

  private static AwsSecrets secrets(FunctionSurroundings surroundings) {
    return AwsSecrets.of(surroundings.environment(), surroundings.outside().pause());
  }

  private static Config config(FunctionSurroundings surroundings) {
    String location = surroundings.environment().getOrDefault(EnvironmentVariables.CONFIG_FILE, "");
    ConfigFile file =
        location.isBlank()
            ? ConfigFile.none()
            : ConfigFile.read(location, surroundings.directory());
    return file.resolve(surroundings.environment(), SyncSettings.defaults());
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
