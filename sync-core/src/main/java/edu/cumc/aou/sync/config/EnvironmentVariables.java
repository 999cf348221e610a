package edu.cumc.aou.sync.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValueFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** The environment variables that stand for settings. Reads no environment by itself. */
public final class EnvironmentVariables {

  /** Names the configuration file, or a resource as {@code classpath:NAME}; not a setting. */
  public static final String CONFIG_FILE = "AOU_CONFIG";

  private static final Map<String, String> PATHS = new LinkedHashMap<>();

  static {
    PATHS.put("AOU_ENVIRONMENT", "environment");
    PATHS.put("AOU_SALESFORCE_LOGIN_URL", "salesforce.login-url");
    PATHS.put("AOU_SALESFORCE_API_VERSION", "salesforce.api-version");
    PATHS.put("AOU_SALESFORCE_AUTH_TYPE", "salesforce.auth.type");
    PATHS.put("AOU_SALESFORCE_USERNAME", "salesforce.auth.username");
    PATHS.put("AOU_SALESFORCE_PASSWORD", "salesforce.auth.password");
    PATHS.put("AOU_SALESFORCE_SECURITY_TOKEN", "salesforce.auth.security-token");
    PATHS.put("AOU_SALESFORCE_CLIENT_ID", "salesforce.auth.client-id");
    PATHS.put("AOU_SALESFORCE_CLIENT_SECRET", "salesforce.auth.client-secret");
    PATHS.put("AOU_SALESFORCE_PRIVATE_KEY", "salesforce.auth.private-key");
    PATHS.put("AOU_SALESFORCE_PRIVATE_KEY_FILE", "salesforce.auth.private-key-file");
    PATHS.put("AOU_SALESFORCE_ACCESS_TOKEN", "salesforce.auth.access-token");
    PATHS.put("AOU_SALESFORCE_INSTANCE_URL", "salesforce.auth.instance-url");
    PATHS.put("AOU_EXPECTED_ORG_ID", "salesforce.expected-org-id");
    PATHS.put("AOU_ACCOUNT_ID", "contact.account-id");
    PATHS.put("AOU_SOURCE_JDBC_URL", "source.jdbc-url");
    PATHS.put("AOU_SOURCE_USER", "source.user");
    PATHS.put("AOU_SOURCE_PASSWORD", "source.password");
    PATHS.put("AOU_STORE_JDBC_URL", "store.jdbc-url");
    PATHS.put("AOU_STORE_USER", "store.user");
    PATHS.put("AOU_STORE_PASSWORD", "store.password");
    PATHS.put("AOU_STORE_SCHEMA", "store.schema");
    PATHS.put("AOU_SITE", "site");
    PATHS.put("AOU_NOTIFY_MAIL_PASSWORD", "notify.mail.password");
    PATHS.put("AOU_NOTIFY_WEBHOOK_URL", "notify.webhook.url");
  }

  private EnvironmentVariables() {}

  /**
   * The settings that these variables give; they win over those of the file. An empty variable
   * counts as absent.
   */
  public static Config asConfig(Map<String, String> environment) {
    Config config = ConfigFactory.empty();
    for (Map.Entry<String, String> entry : PATHS.entrySet()) {
      String value = environment.get(entry.getKey());
      if (value != null && !value.isEmpty()) {
        config =
            config.withValue(
                entry.getValue(),
                ConfigValueFactory.fromAnyRef(value, "environment variable " + entry.getKey()));
      }
    }
    return config;
  }

  /** The variable for a setting. */
  public static Optional<String> variableFor(String path) {
    return PATHS.entrySet().stream()
        .filter(e -> e.getValue().equals(path))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  /**
   * Sentences about variables that are nearly named as one that stands for a setting, which is not
   * set itself: the setting keeps its other value, and nobody would notice. Other programs of the
   * site may use the prefix, so a variable with a name of its own is none of our business.
   *
   * @since 0.2.0
   */
  public static List<String> misspelt(Map<String, String> environment) {
    List<String> sentences = new ArrayList<>();
    for (String name : new TreeSet<>(environment.keySet())) {
      if (!name.startsWith("AOU_") || PATHS.containsKey(name)) {
        continue;
      }
      Similar.nearest(name, PATHS.keySet())
          .filter(meant -> environment.getOrDefault(meant, "").isEmpty())
          .ifPresent(
              meant ->
                  sentences.add(
                      "the environment variable "
                          + name
                          + " stands for no setting and is not used"
                          + Similar.question(meant)));
    }
    return sentences;
  }

  /** All variables with their settings, in the order of the manual. */
  public static Map<String, String> all() {
    return Map.copyOf(PATHS);
  }
}
