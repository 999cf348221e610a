package edu.cumc.aou.db.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import edu.cumc.aou.db.DatabaseSecret;
import edu.cumc.aou.db.DatabaseSettings;
import edu.cumc.aou.db.Login;
import edu.cumc.aou.db.RelationName;
import edu.cumc.aou.db.TrustStore;
import edu.cumc.aou.db.source.SourceConfig;
import edu.cumc.aou.db.store.StoreConfig;
import edu.cumc.aou.sync.config.ConfigProblems;
import edu.cumc.aou.sync.config.ConfigSection;
import edu.cumc.aou.sync.settings.KeepSettings;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DatabaseConfigTest {

  private final ConfigProblems problems = new ConfigProblems();

  private ConfigSection root(String hocon) {
    return ConfigSection.root(ConfigFactory.parseString(hocon), problems);
  }

  private static RelationName relation(String name) {
    return RelationName.tryParse(name).orElseThrow();
  }

  @Test
  void source_leastSettings_haveDefaults() {
    Optional<SourceConfig> config =
        SourceConfig.read(root("source.jdbc-url = \"jdbc:sqlserver://db\""));

    assertThat(problems.list()).isEmpty();
    assertThat(config)
        .contains(
            new SourceConfig(
                DatabaseSettings.of("jdbc:sqlserver://db"),
                relation("dm_aou.dbo.vw_reporting_base"),
                relation("dm_aou.dbo.healthpro"),
                null));
  }

  @Test
  void source_allSettings_areRead() {
    Optional<SourceConfig> config =
        SourceConfig.read(
            root(
                "source { jdbc-url = \"jdbc:h2:mem:x\", user = reader, password = invented, contacts = a.b, journeys = c,"
                    + " time-zone = UTC, load-marker = \"SELECT MAX(loaded) FROM loads\", reload-wait = 5m }"));

    assertThat(problems.list()).isEmpty();
    assertThat(config)
        .contains(
            new SourceConfig(
                DatabaseSettings.of("jdbc:h2:mem:x")
                    .withLogin("reader", DatabaseSecret.of("invented")),
                relation("a.b"),
                relation("c"),
                "SELECT MAX(loaded) FROM loads"));
  }

  @Test
  void source_everyProblem_isToldWithoutAValue() {
    assertThat(
            SourceConfig.read(
                root(
                    "source { jdbc-url = \"jdbc:mysql:secretish\", contacts = \"a.b.c.d\", usr = x }")))
        .isEmpty();

    assertThat(problems.list())
        .hasSize(3)
        .anyMatch(p -> p.startsWith("source.jdbc-url") && p.contains("jdbc:sqlserver:"))
        .anyMatch(p -> p.startsWith("source.contacts"))
        .anyMatch(p -> p.startsWith("source.usr") && p.contains("user"))
        .noneMatch(p -> p.contains("secretish") || p.contains("a.b.c.d"));
  }

  @Test
  void source_loadMarkerThatIsNoQuery_isRefused() {
    assertThat(
            SourceConfig.read(
                root(
                    "source { jdbc-url = \"jdbc:h2:mem:x\", load-marker = \"DELETE FROM loads\" }")))
        .isPresent();
    assertThat(problems.list()).singleElement().asString().startsWith("source.load-marker");
  }

  @Test
  void source_noUrl_namesTheVariable() {
    assertThat(SourceConfig.read(root("source {}"))).isEmpty();
    assertThat(problems.list()).singleElement().asString().contains("AOU_SOURCE_JDBC_URL");
  }

  @Test
  void store_leastSettings_haveDefaults() {
    assertThat(StoreConfig.read(root("store.jdbc-url = \"jdbc:h2:mem:x\"")))
        .contains(
            new StoreConfig(DatabaseSettings.of("jdbc:h2:mem:x"), "dbo", KeepSettings.DEFAULT));
    assertThat(problems.list()).isEmpty();
  }

  @Test
  void store_allSettings_areRead() {
    Optional<StoreConfig> config =
        StoreConfig.read(
            root(
                "store { jdbc-url = \"jdbc:h2:mem:x\", user = w, password = invented, schema = sync, keep-values = 30d, keep-runs = 400d }"));

    assertThat(problems.list()).isEmpty();
    assertThat(config)
        .contains(
            new StoreConfig(
                DatabaseSettings.of("jdbc:h2:mem:x").withLogin("w", DatabaseSecret.of("invented")),
                "sync",
                new KeepSettings(Duration.ofDays(30), Duration.ofDays(400))));
  }

  @Test
  void store_runsKeptShorterThanTheirValues_isAProblem() {
    assertThat(StoreConfig.read(root("store { jdbc-url = \"jdbc:h2:mem:x\", keep-runs = 89d }")))
        .isPresent();
    assertThat(problems.list())
        .singleElement()
        .asString()
        .startsWith("store.keep-runs: is less than keep-values");
  }

  private Login loginOf(String settings) {
    return SourceConfig.read(
            root("source { jdbc-url = \"jdbc:sqlserver://db\", " + settings + " }"))
        .orElseThrow()
        .database()
        .login();
  }

  @Test
  void auth_everyType_isRead() {
    DatabaseSecret password = DatabaseSecret.of("invented");
    String account = "user = reader, password = invented, ";

    assertThat(loginOf(account + "auth.type = sql")).isEqualTo(new Login.Sql("reader", password));
    assertThat(loginOf(account + "auth { type = ntlm, domain = SITE }"))
        .isEqualTo(new Login.Ntlm("SITE", "reader", password));
    assertThat(loginOf("auth.type = kerberos")).isEqualTo(new Login.KerberosTicket());
    assertThat(loginOf(account + "auth.type = kerberos"))
        .isEqualTo(new Login.KerberosPassword("reader", password));
    assertThat(loginOf("user = reader, auth { type = kerberos, keytab = \"/etc/k\" }"))
        .isEqualTo(new Login.KerberosKeytab("reader", "/etc/k"));
    assertThat(loginOf("auth.type = integrated")).isEqualTo(new Login.Integrated());
    assertThat(loginOf(account + "auth.type = entra-service-principal"))
        .isEqualTo(new Login.EntraServicePrincipal("reader", password));
    assertThat(loginOf("auth.type = entra-managed-identity"))
        .isEqualTo(new Login.EntraManagedIdentity(null));
    assertThat(problems.list()).isEmpty();
  }

  @Test
  void auth_whatIsMissingOrOfNoUse_isTold() {
    Login unused = loginOf("auth { type = ntlm, keytab = \"/etc/k\" }");

    assertThat(problems.list())
        .hasSize(4)
        .anyMatch(p -> p.startsWith("source.auth.domain"))
        .anyMatch(p -> p.startsWith("source.auth.keytab") && p.contains("unknown"))
        .anyMatch(p -> p.startsWith("source.user") && p.contains("AOU_SOURCE_USER"))
        .anyMatch(p -> p.startsWith("source.password"));
  }

  @Test
  void auth_ofH2_isItsOwn() {
    StoreConfig config =
        StoreConfig.read(root("store { jdbc-url = \"jdbc:h2:mem:x\", auth.type = integrated }"))
            .orElseThrow();

    assertThat(config.database().login()).isEqualTo(new Login.Sql(null, null));
    assertThat(problems.list()).singleElement().asString().startsWith("store.auth.type");
  }

  @Test
  void connection_trustAndTimeouts_areRead() {
    DatabaseSettings database =
        SourceConfig.read(
                root(
                    "source { jdbc-url = \"jdbc:sqlserver://db\", trust-store = \"/etc/t\", trust-store-password ="
                        + " invented, login-timeout = 5s, query-timeout = 2m, lock-timeout = 3s }"))
            .orElseThrow()
            .database();

    assertThat(problems.list()).isEmpty();
    assertThat(database)
        .isEqualTo(
            DatabaseSettings.of("jdbc:sqlserver://db")
                .withTrustStore(new TrustStore("/etc/t", DatabaseSecret.of("invented")))
                .withTimeouts(Duration.ofSeconds(5), Duration.ofMinutes(2), Duration.ofSeconds(3)));
  }

  @Test
  void connection_timeoutOfNothing_isRefused() {
    assertThat(
            SourceConfig.read(
                root("source { jdbc-url = \"jdbc:sqlserver://db\", query-timeout = 0s }")))
        .isPresent();
    assertThat(problems.list()).singleElement().asString().startsWith("source.query-timeout");
  }

  @Test
  void store_schemaThatIsNoName_isRefused() {
    assertThat(
            StoreConfig.read(
                root("store { jdbc-url = \"jdbc:h2:mem:x\", schema = \"dbo]; DROP\" }")))
        .isEmpty();
    assertThat(problems.list()).singleElement().asString().startsWith("store.schema");
  }
}
