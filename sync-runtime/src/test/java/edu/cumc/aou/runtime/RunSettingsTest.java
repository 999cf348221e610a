package edu.cumc.aou.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import edu.cumc.aou.sync.config.SecretReferences;
import edu.cumc.aou.sync.model.SyncException;
import edu.cumc.aou.sync.settings.SyncSettings;
import org.junit.jupiter.api.Test;

class RunSettingsTest {

  private static final String COMPLETE =
      """
      salesforce { login-url = "https://test.salesforce.com"
        auth { type = client-credentials, client-id = an-id, client-secret = a-secret } }
      contact.account-id = 001000000000000AAA
      source.jdbc-url = "jdbc:sqlserver://db.example.org;databaseName=dm_aou"
      store.jdbc-url = "jdbc:sqlserver://db.example.org;databaseName=aou_sync"
      """;

  @Test
  void allSections_areRead() {
    RunSettings settings = RunSettings.read(config(COMPLETE), SecretReferences.NONE);

    assertThat(settings.source().database().jdbcUrl()).endsWith("dm_aou");
    assertThat(settings.store().database().jdbcUrl()).endsWith("aou_sync");
    assertThat(settings.salesforce().loginUrl()).hasHost("test.salesforce.com");
    assertThat(settings.sync().localZone().getId()).isEqualTo("America/New_York");
  }

  @Test
  void problemsOfAllSections_andTheRunnersOwn_areToldAtOnce() {
    Config config =
        config(COMPLETE + "source.jdbc-url = null\nsalesforce.nonsense = 1\nlocal-zone = Nowhere");

    assertThatExceptionOfType(SyncException.class)
        .isThrownBy(
            () ->
                RunSettings.read(
                    config,
                    SecretReferences.NONE,
                    (store, section) -> section.problem("jdbc-url", "no")))
        .withMessageContaining("source.jdbc-url")
        .withMessageContaining("salesforce.nonsense")
        .withMessageContaining("local-zone")
        .withMessageContaining("store.jdbc-url: no");
  }

  private static Config config(String text) {
    return ConfigFactory.parseString(text).withFallback(SyncSettings.defaults());
  }
}
