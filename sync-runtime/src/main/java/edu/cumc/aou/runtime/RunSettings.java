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

/**
 * All that a run is told: of the sync, of Salesforce, of both databases, of whom to tell, of a
 * site's commands.
 */
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
   * @param references knows which texts stand for secrets that are kept elsewhere
   * @throws SyncException CONFIG that lists every problem
   */
  public static RunSettings read(Config config, SecretReferences references) {
    return read(config, references, (store, section) -> {});
  }

  /**
   * Reads all sections, for a runner that cannot use every store.
   *
   * @param references knows which texts stand for secrets that are kept elsewhere
   * @param rule notes in the store's section why it is refused
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

  /** Which settings there are. */
  static ConfigShape shape() {
    return ConfigShape.of(Parts::read);
  }

  /** What the readers of all sections made of them, as far as they could. */
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
   * Whom to tell, whatever the other settings are: somebody must hear of those that are wrong.
   * Empty if this part is wrong itself.
   */
  public static Optional<NotifySettings> readNotify(Config config, SecretReferences references) {
    ConfigProblems problems = new ConfigProblems();
    NotifySettings notices = NotifySettings.read(ConfigSection.root(config, problems, references));
    return problems.isEmpty() ? Optional.of(notices) : Optional.empty();
  }
}
