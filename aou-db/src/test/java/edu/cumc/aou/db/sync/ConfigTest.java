package edu.cumc.aou.db.sync;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import edu.cumc.aou.db.DatabaseSettings;
import edu.cumc.aou.db.RelationName;
import edu.cumc.aou.db.Secret;
import edu.cumc.aou.sync.config.ConfigProblems;
import edu.cumc.aou.sync.config.ConfigSection;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ConfigTest {

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
                relation("dm_aou.dbo.healthpro")));
  }

  @Test
  void source_allSettings_areRead() {
    Optional<SourceConfig> config =
        SourceConfig.read(
            root(
                "source { jdbc-url = \"jdbc:h2:mem:x\", user = reader, password = invented, contacts = a.b, journeys = c,"
                    + " time-zone = UTC }"));

    assertThat(problems.list()).isEmpty();
    assertThat(config)
        .contains(
            new SourceConfig(
                DatabaseSettings.of("jdbc:h2:mem:x").withLogin("reader", Secret.of("invented")),
                relation("a.b"),
                relation("c")));
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
  void source_noUrl_namesTheVariable() {
    assertThat(SourceConfig.read(root("source {}"))).isEmpty();
    assertThat(problems.list()).singleElement().asString().contains("AOU_SOURCE_JDBC_URL");
  }

  @Test
  void store_leastSettings_haveDefaults() {
    assertThat(StoreConfig.read(root("store.jdbc-url = \"jdbc:h2:mem:x\"")))
        .contains(
            new StoreConfig(DatabaseSettings.of("jdbc:h2:mem:x"), "dbo", Duration.ofDays(90)));
    assertThat(problems.list()).isEmpty();
  }

  @Test
  void store_allSettings_areRead() {
    Optional<StoreConfig> config =
        StoreConfig.read(
            root(
                "store { jdbc-url = \"jdbc:h2:mem:x\", user = w, password = invented, schema = sync, keep-values = 30d }"));

    assertThat(problems.list()).isEmpty();
    assertThat(config)
        .contains(
            new StoreConfig(
                DatabaseSettings.of("jdbc:h2:mem:x").withLogin("w", Secret.of("invented")),
                "sync",
                Duration.ofDays(30)));
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
