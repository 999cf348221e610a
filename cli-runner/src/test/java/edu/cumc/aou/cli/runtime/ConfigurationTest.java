package edu.cumc.aou.cli.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import edu.cumc.aou.db.Login;
import edu.cumc.aou.runtime.RunSettings;
import edu.cumc.aou.sync.model.SyncException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationTest {

  private static final String COMPLETE =
      """
      salesforce { login-url = "https://test.salesforce.com"
        auth { type = client-credentials, client-id = an-id, client-secret = a-secret } }
      contact.account-id = 001000000000000AAA
      source.jdbc-url = "jdbc:sqlserver://db.example.org;databaseName=dm_aou"
      """;

  @TempDir Path directory;
  private final Map<String, String> environment = new HashMap<>();

  @BeforeEach
  void write() throws IOException {
    Files.writeString(directory.resolve("aou-sync.conf"), COMPLETE + "local-zone = UTC");
    Files.writeString(directory.resolve("second.conf"), COMPLETE + "local-zone = Europe/Berlin");
    Files.createDirectory(directory.resolve("below"));
    Files.writeString(
        directory.resolve("below").resolve("third.conf"), COMPLETE + "local-zone = Asia/Tokyo");
  }

  @Test
  void option_goesBeforeVariableAndVariableBeforeWorkingDirectory() {
    assertThat(load(null).localZone()).isEqualTo(ZoneId.of("UTC"));
    environment.put("AOU_CONFIG", "second.conf");
    assertThat(load(null).localZone()).isEqualTo(ZoneId.of("Europe/Berlin"));
    assertThat(load("below/third.conf").localZone()).isEqualTo(ZoneId.of("Asia/Tokyo"));
  }

  @Test
  void noFile_leavesEnvironmentAndDefaults() throws IOException {
    Files.delete(directory.resolve("aou-sync.conf"));

    assertThat(load(null).localZone()).isEqualTo(ZoneId.of("America/New_York"));
    assertThatExceptionOfType(SyncException.class)
        .isThrownBy(() -> load(null).forRun())
        .withMessageContaining("AOU_SOURCE_JDBC_URL")
        .withMessageContaining("there is no aou-sync.conf in the working directory");
  }

  @Test
  void store_isAFileBesideTheConfiguration() {
    RunSettings settings = load("below/third.conf").forRun();

    assertThat(settings.store().database().isH2()).isTrue();
    assertThat(settings.store().database().jdbcUrl())
        .startsWith("jdbc:h2:file:" + directory.resolve("below").resolve("aou-sync-store"));
    assertThat(settings.store().database().login()).isEqualTo(new Login.Sql("sa", null));
  }

  @Test
  void namedStore_getsNoLoginOfTheDefault() {
    environment.put(
        "AOU_STORE_JDBC_URL", "jdbc:sqlserver://db.example.org;integratedSecurity=true");

    assertThat(load(null).forRun().store().database().login()).isEqualTo(new Login.Sql(null, null));
  }

  @Test
  void production_needsAStoreOnSqlServer() {
    environment.put("AOU_ENVIRONMENT", "production");
    assertThatExceptionOfType(SyncException.class)
        .isThrownBy(() -> load(null).forRun())
        .withMessageContaining("store.jdbc-url")
        .withMessageContaining("AOU_STORE_JDBC_URL");

    environment.put("AOU_STORE_JDBC_URL", "jdbc:sqlserver://db.example.org;databaseName=aou_sync");
    assertThat(load(null).forRun().store().database().isH2()).isFalse();
  }

  private Configuration load(String option) {
    return Configuration.load(
        option,
        new World(
            environment,
            directory,
            Clock.systemUTC(),
            duration -> {},
            false,
            () -> {},
            UnaryOperator.identity()));
  }
}
