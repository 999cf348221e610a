package edu.cumc.aou.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValueFactory;
import edu.cumc.aou.db.source.SourceConfig;
import edu.cumc.aou.db.store.StoreConfig;
import edu.cumc.aou.salesforce.crm.SalesforceConfig;
import edu.cumc.aou.sync.config.ConfigProblems;
import edu.cumc.aou.sync.config.ConfigSection;
import edu.cumc.aou.sync.settings.SyncSettings;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class SamplesTest {

  private static List<String> problems(Config config) {
    ConfigProblems problems = new ConfigProblems();
    ConfigSection root =
        ConfigSection.root(config.withFallback(SyncSettings.defaults()).resolve(), problems);
    SyncSettings unused = SyncSettings.read(root);
    boolean all =
        SalesforceConfig.read(root).isPresent()
            & SourceConfig.read(root).isPresent()
            & StoreConfig.read(root).isPresent();
    assertThat(all || !problems.isEmpty()).as("what cannot be read says why").isTrue();
    return problems.list();
  }

  @Test
  void configurationOfTheReadme_isComplete_onceItsSecretsAreThere() {
    Config sample = ConfigFactory.parseString(Manual.blocks("README.md", "hocon").get(0));
    Config secrets =
        ConfigFactory.parseString(
            """
            AOU_SALESFORCE_CLIENT_ID = invented
            AOU_SOURCE_PASSWORD = invented, AOU_STORE_PASSWORD = invented
            """);
    assertThat(problems(sample.resolveWith(secrets.withFallback(sample)))).isEmpty();
  }

  @Test
  void mappingOfTheManual_isUnderstood() {
    Config sample =
        ConfigFactory.parseString(Manual.blocks("docs/configuration.md", "hocon").get(0));
    assertThat(problems(sample))
        .noneMatch(p -> p.startsWith("contact.fields") || p.startsWith("journey.fields"));
  }

  @Test
  void everyDocumentedSettingOfSalesforceAndTheDatabases_isKnown() {
    Set<String> keys = new TreeSet<>(Manual.firstCells("docs/configuration.md"));
    keys.removeIf(
        k -> !k.startsWith("salesforce.") && !k.startsWith("source.") && !k.startsWith("store."));
    keys.removeIf(k -> k.matches("(source|store)[.]auth[.].*"));
    assertThat(keys).hasSizeGreaterThan(25);
    for (String type :
        List.of("client-credentials", "soap-password", "oauth-password", "jwt", "session")) {
      assertThat(unknown(keys, "salesforce.auth.type = " + type)).as(type).isEmpty();
    }
  }

  @Test
  void everyDocumentedSettingOfALoginToADatabase_isKnownToThatLogin() {
    assertThat(Manual.firstCells("docs/configuration.md"))
        .contains("source.auth.domain", "store.auth.domain")
        .contains("source.auth.keytab", "store.auth.keytab");
    for (String place : List.of("source", "store")) {
      String type = place + ".auth.type = ";
      assertThat(unknown(Set.of(place + ".auth.domain"), type + "ntlm")).isEmpty();
      assertThat(unknown(Set.of(place + ".auth.keytab"), type + "kerberos")).isEmpty();
      assertThat(unknown(Set.of(place + ".auth.keytab"), type + "sql")).hasSize(1);
    }
  }

  private static List<String> unknown(Set<String> keys, String start) {
    Config config = ConfigFactory.parseString(start);
    for (String key : keys) {
      if (!config.hasPath(key)) {
        config = config.withValue(key, ConfigValueFactory.fromAnyRef("1"));
      }
    }
    return problems(config).stream().filter(p -> p.contains("unknown setting")).toList();
  }

  @Test
  void aSettingThatIsNotDocumented_isUnknown() {
    assertThat(
            problems(
                ConfigFactory.parseString(
                    "store.schemas = dbo, source.colour = red, salesforce.login = x")))
        .filteredOn(p -> p.contains("unknown setting"))
        .hasSize(3);
  }
}
