package edu.cumc.aou.runtime;

import com.typesafe.config.Config;
import edu.cumc.aou.db.source.SourceConfig;
import edu.cumc.aou.db.store.StoreConfig;
import edu.cumc.aou.runtime.notify.NotifySettings;
import edu.cumc.aou.salesforce.SalesforceSettings;
import edu.cumc.aou.salesforce.crm.SalesforceConfig;
import edu.cumc.aou.sync.config.ConfigProblems;
import edu.cumc.aou.sync.config.ConfigSection;
import edu.cumc.aou.sync.config.ConfigShape;
import edu.cumc.aou.sync.config.SecretReferences;
import edu.cumc.aou.sync.model.SyncException;
import edu.cumc.aou.sync.settings.SyncSettings;
import java.util.Optional;
import java.util.function.BiConsumer;

/** All settings of a run: the sync, Salesforce, both databases, the notices, a site's commands. */
public record RunSettings(
    SyncSettings sync,
    SalesforceSettings salesforce,
    SourceConfig source,
    StoreConfig store,
    NotifySettings notices,
    HookSettings hooks) {

  /**
   * Reads all sections.
   *
   * @param references recognises secrets that are kept elsewhere
   * @throws SyncException CONFIG that lists every problem
   */
  public static RunSettings read(Config config, SecretReferences references) {
    return read(config, references, (store, section) -> {});
  }

  /**
   * Reads all sections, for a runner that cannot use every store.
   *
   * @param references recognises secrets that are kept elsewhere
   * @param rule notes in the store's section why a store is refused
   * @throws SyncException CONFIG that lists every problem
   */
  public static RunSettings read(
      Config config, SecretReferences references, BiConsumer<StoreConfig, ConfigSection> rule) {
    ConfigProblems problems = new ConfigProblems();
    ConfigSection root = ConfigSection.root(config, problems, references);
    Parts parts = Parts.read(root);
    parts.store().ifPresent(s -> rule.accept(s, root.section("store")));
    problems.throwIfAny();
    return new RunSettings(
        parts.sync(),
        problems.orThrow(parts.salesforce()),
        problems.orThrow(parts.source()),
        problems.orThrow(parts.store()),
        parts.notices(),
        parts.hooks());
  }

  /** Lists the settings that exist. */
  static ConfigShape shape() {
    return ConfigShape.of(Parts::read);
  }

  /** The results of all section readers, as far as they succeeded. */
  private record Parts(
      SyncSettings sync,
      Optional<SalesforceSettings> salesforce,
      Optional<SourceConfig> source,
      Optional<StoreConfig> store,
      NotifySettings notices,
      HookSettings hooks) {

    static Parts read(ConfigSection root) {
      PrivacySettings unused = PrivacySettings.read(root);
      return new Parts(
          SyncSettings.read(root, Extensions.read(root)),
          SalesforceConfig.read(root),
          SourceConfig.read(root),
          StoreConfig.read(root),
          NotifySettings.read(root),
          HookSettings.read(root));
    }
  }

  /**
   * The people to notify, even if other settings are wrong, because people must hear of that. Empty
   * if this part is wrong itself.
   */
  public static Optional<NotifySettings> readNotify(Config config, SecretReferences references) {
    ConfigProblems problems = new ConfigProblems();
    NotifySettings notices = NotifySettings.read(ConfigSection.root(config, problems, references));
    return problems.isEmpty() ? Optional.of(notices) : Optional.empty();
  }
}
