package edu.cumc.aou.cli.runtime;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValueFactory;
import edu.cumc.aou.db.store.SqlSyncStore;
import edu.cumc.aou.db.store.StoreConfig;
import edu.cumc.aou.runtime.PrivacySettings;
import edu.cumc.aou.runtime.RunSettings;
import edu.cumc.aou.runtime.SchemaExport;
import edu.cumc.aou.runtime.notify.NotifySettings;
import edu.cumc.aou.runtime.secrets.AwsSecrets;
import edu.cumc.aou.sync.config.ConfigFile;
import edu.cumc.aou.sync.config.ConfigProblems;
import edu.cumc.aou.sync.config.ConfigSection;
import edu.cumc.aou.sync.config.EnvironmentVariables;
import edu.cumc.aou.sync.config.SecretReferences;
import edu.cumc.aou.sync.model.FailureKind;
import edu.cumc.aou.sync.model.SyncException;
import edu.cumc.aou.sync.port.SyncStore;
import edu.cumc.aou.sync.settings.Environment;
import edu.cumc.aou.sync.settings.KeepSettings;
import edu.cumc.aou.sync.settings.SyncSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a command: the environment over the file over the defaults. It reads only what
 * the command needs, so that {@code init} works before the rest is known. Immutable.
 */
public final class Configuration {

  private static final String FILE = "aou-sync.conf";
  private static final String STORE_FILE = "aou-sync-store";
  private static final String H2_SUFFIX = ".mv.db";
  private static final String STORE_URL = "store.jdbc-url";

  private final ConfigFile file;
  private final Config config;
  private final @Nullable Path storeFile;
  private final SecretReferences secrets;
  private final OperatingUser person;

  private Configuration(
      ConfigFile file,
      Config config,
      @Nullable Path storeFile,
      SecretReferences secrets,
      OperatingUser person) {
    this.file = file;
    this.config = config;
    this.storeFile = storeFile;
    this.secrets = secrets;
    this.person = person;
  }

  /**
   * Reads the file that the option names, else {@code AOU_CONFIG}, else {@code ./aou-sync.conf} if
   * there is one.
   *
   * @param option null when it was not given
   * @throws SyncException CONFIG if it is absent or malformed
   */
  public static Configuration load(@Nullable String option, World world) {
    String location = option == null ? locationFrom(world) : option;
    ConfigFile file =
        location == null ? ConfigFile.none() : ConfigFile.read(location, world.directory());
    Config config = file.resolve(world.environment(), SyncSettings.defaults());
    SecretReferences secrets = AwsSecrets.of(world.environment(), world.pause());
    if (config.hasPath(STORE_URL)) {
      return new Configuration(file, config, null, secrets, world.person());
    }
    Path store = besides(location, world).resolve(STORE_FILE);
    return new Configuration(file, withStore(config, store), store, secrets, world.person());
  }

  private static @Nullable String locationFrom(World world) {
    String named = world.environment().getOrDefault(EnvironmentVariables.CONFIG_FILE, "");
    if (!named.isBlank()) {
      return named;
    }
    return Files.isRegularFile(world.directory().resolve(FILE)) ? FILE : null;
  }

  private static Path besides(@Nullable String location, World world) {
    if (location == null || location.startsWith("classpath:")) {
      return world.directory();
    }
    Path parent = world.directory().resolve(location).toAbsolutePath().getParent();
    return parent == null ? world.directory() : parent;
  }

  /** The store may be a file, so that a sandbox can be tried with nothing installed. */
  private static Config withStore(Config config, Path file) {
    Config store =
        ConfigFactory.empty()
            .withValue(STORE_URL, ConfigValueFactory.fromAnyRef(H2Urls.ofFile(file)))
            .withValue("store.user", ConfigValueFactory.fromAnyRef("sa"))
            .withValue("store.password", ConfigValueFactory.fromAnyRef(""));
    return config.withFallback(store);
  }

  /**
   * All settings, for a run.
   *
   * @throws SyncException CONFIG that lists every problem
   */
  public RunSettings forRun() {
    return read(() -> RunSettings.read(config, secrets));
  }

  /**
   * The people to notify, for a command that needs nothing else.
   *
   * @throws SyncException CONFIG that lists every problem
   */
  public NotifySettings notices() {
    ConfigProblems problems = new ConfigProblems();
    NotifySettings notices = NotifySettings.read(ConfigSection.root(config, problems, secrets));
    return read(() -> problems.orThrow(Optional.of(notices)));
  }

  /**
   * The settings for a simulator's schema file, for a command that needs nothing else.
   *
   * @throws SyncException CONFIG that lists every problem
   */
  public SchemaExport schemaExport() {
    return read(() -> SchemaExport.read(config, secrets));
  }

  /** The people to notify even if other settings are wrong; empty if these are wrong. */
  public Optional<NotifySettings> noticesIfReadable() {
    return RunSettings.readNotify(config, secrets);
  }

  /**
   * Who may see personal data.
   *
   * @throws SyncException CONFIG that lists every problem
   */
  public PrivacySettings privacy() {
    ConfigProblems problems = new ConfigProblems();
    PrivacySettings privacy = PrivacySettings.read(ConfigSection.root(config, problems, secrets));
    return read(() -> problems.orThrow(Optional.of(privacy)));
  }

  /** The zone in which times are shown; the default while the setting is malformed. */
  public ZoneId localZone() {
    return ConfigSection.root(config, new ConfigProblems())
        .zone("local-zone", ZoneId.of("America/New_York"));
  }

  /** The site's name; empty text if the settings give none. */
  public String site() {
    return ConfigSection.root(config, new ConfigProblems()).text("site", "");
  }

  /** The sort of org that is meant; a sandbox while the setting is malformed. */
  public Environment environment() {
    return ConfigSection.root(config, new ConfigProblems())
        .choice("environment", Environment.class, Environment.SANDBOX);
  }

  /**
   * Opens the store alone. The caller closes it.
   *
   * @throws SyncException CONFIG if the store cannot be used, or if no setting names it and its
   *     default file is missing: a person in the wrong directory must not read that nothing has run
   */
  public SyncStore openStore() {
    StoreConfig config = store();
    if (storeFile != null && !Files.exists(Path.of(storeFile + H2_SUFFIX))) {
      throw new SyncException(
          FailureKind.CONFIG,
          "there is no store: no setting names one, and there is no "
              + STORE_FILE
              + H2_SUFFIX
              + (file.isNone() ? " in the working directory" : " beside the configuration")
              + "; go where it is, name the right configuration with --config, or create the store"
              + " with aou-sync init");
    }
    SqlSyncStore store = SqlSyncStore.open(config.database(), config.schema()).by(person.atHost());
    try {
      store.verify();
      return store;
    } catch (RuntimeException e) {
      store.close();
      throw e;
    }
  }

  /** How long a holder of the store may be silent; the default while the setting is malformed. */
  public Duration lease() {
    return ConfigSection.root(config, new ConfigProblems())
        .duration("lease", Duration.ofMinutes(5));
  }

  /** How long the store keeps what runs leave in it. */
  public KeepSettings keep() {
    return store().keep();
  }

  /**
   * Keeps other users from reading the store, if it is a file on this machine, however it is named.
   */
  public void protectStore() {
    for (Path file : store().database().files()) {
      if (!Files.isRegularFile(file)
          || Files.getFileAttributeView(file, PosixFileAttributeView.class) == null) {
        continue;
      }
      try {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
      } catch (IOException e) {
        throw new SyncException(
            FailureKind.CONFIG,
            "store: " + file.getFileName() + " cannot be protected; it must belong to you");
      }
    }
  }

  /** A note about the store's place, if neither a file nor the environment names it. */
  public Optional<String> storeNote() {
    return storeFile != null && file.isNone()
        ? Optional.of(
            "There is no configuration file here: the store is the file "
                + STORE_FILE
                + H2_SUFFIX
                + " in the working directory.")
        : Optional.empty();
  }

  /** Opens the installer of the store's tables. The caller closes it. */
  public StoreInstaller installer() {
    return StoreInstaller.open(store(), person);
  }

  private StoreConfig store() {
    ConfigProblems problems = new ConfigProblems();
    return read(
        () -> problems.orThrow(StoreConfig.read(ConfigSection.root(config, problems, secrets))));
  }

  private <T> T read(Supplier<T> reader) {
    try {
      return reader.get();
    } catch (SyncException e) {
      throw e.kind() == FailureKind.CONFIG
          ? new SyncException(FailureKind.CONFIG, e.getMessage() + "\n  (" + whatWasRead() + ")")
          : e;
    }
  }

  private String whatWasRead() {
    return file.isNone()
        ? "read from the environment alone: there is no "
            + FILE
            + " in the working directory; name a file with --config or "
            + EnvironmentVariables.CONFIG_FILE
        : file.name() + " and the environment";
  }
}
