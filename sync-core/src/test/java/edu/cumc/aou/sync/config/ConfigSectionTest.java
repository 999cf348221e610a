package edu.cumc.aou.sync.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import edu.cumc.aou.sync.model.SyncException;
import edu.cumc.aou.sync.settings.Environment;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConfigSectionTest {

  private final ConfigProblems problems = new ConfigProblems();

  private ConfigSection section(String hocon) {
    return ConfigSection.root(ConfigFactory.parseString(hocon), problems);
  }

  @Test
  void read_givesTypedValues() {
    ConfigSection s =
        section(
            "t = x, n = 3, d = 5m, s = 5%, z = UTC, u = \"https://test.salesforce.com\", e = production");
    assertThat(s.text("t")).contains("x");
    assertThat(s.integer("n", 1, 0, 9)).isEqualTo(3);
    assertThat(s.duration("d", Duration.ZERO)).isEqualTo(Duration.ofMinutes(5));
    assertThat(s.share("s", 0)).isEqualTo(0.05);
    assertThat(s.zone("z", ZoneOffset.MAX)).isEqualTo(java.time.ZoneId.of("UTC"));
    assertThat(s.url("u")).map(Object::toString).contains("https://test.salesforce.com");
    assertThat(s.choice("e", Environment.class)).contains(Environment.PRODUCTION);
    s.done();
    assertThat(problems.isEmpty()).isTrue();
  }

  @Test
  void read_collectsEveryProblem_withSettingAndLine_andNoValue() {
    ConfigSection s =
        section("n = secretish\nd = later\ns = 300%\nz = Mars\nu = nowhere\ne = prod\nspelt = 1");
    s.integer("n", 1, 0, 9);
    s.duration("d", Duration.ZERO);
    s.share("s", 0);
    s.zone("z", ZoneOffset.UTC);
    s.url("u");
    s.choice("e", Environment.class);
    s.requiredText("missing");
    s.done();
    assertThat(problems.list()).hasSize(8);
    assertThat(problems.list())
        .anySatisfy(p -> assertThat(p).isEqualTo("n: expected a whole number (line 1)"));
    assertThat(problems.list())
        .anySatisfy(
            p -> assertThat(p).isEqualTo("e: expected one of sandbox, production (line 6)"));
    assertThatThrownBy(problems::throwIfAny)
        .isInstanceOf(SyncException.class)
        .hasMessageContaining("8 problems")
        .hasMessageNotContaining("secretish");
  }

  @Test
  void missing_namesTheEnvironmentVariable() {
    section("source { }").section("source").requiredText("jdbc-url");
    assertThat(problems.list().get(0)).contains("source.jdbc-url").contains("AOU_SOURCE_JDBC_URL");
  }

  @Test
  void environment_standsForSettings_andEmptyVariablesForNothing() {
    var config =
        EnvironmentVariables.asConfig(
            Map.of("AOU_ACCOUNT_ID", "001000000000001", "AOU_ENVIRONMENT", "", "HOME", "x"));
    assertThat(config.getString("contact.account-id")).isEqualTo("001000000000001");
    assertThat(config.hasPath("environment")).isFalse();
  }
}
