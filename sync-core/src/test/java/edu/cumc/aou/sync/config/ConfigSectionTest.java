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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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

  @ParameterizedTest
  @ValueSource(
      strings = {"2.5", "\"2.5\"", "\"5d\"", "\"0x1p3\"", "NaN", "\"Infinity\"", "true", "[2]"})
  void integer_thatIsNoWholeNumber_isRefused(String value) {
    assertThat(section("n = " + value).integer("n", 1, 1, 9)).isEqualTo(1);
    assertThat(problems.list()).containsExactly("n: expected a whole number (line 1)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "3000000000", "1e99", "99999999999999999999", "-1"})
  void integer_beyondItsBounds_isRefusedWithThem(String value) {
    assertThat(section("n = " + value).integer("n", 1, 1, 9)).isEqualTo(1);
    assertThat(problems.list()).containsExactly("n: expected a whole number from 1 to 9 (line 1)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"7", "\"7\"", "\" 7 \"", "7.0"})
  void integer_mayBeQuoted(String value) {
    assertThat(section("n = " + value).integer("n", 1, 1, 9)).isEqualTo(7);
    assertThat(problems.isEmpty()).isTrue();
  }

  /** A number alone would count as milliseconds: 90 days would be a tenth of a second. */
  @ParameterizedTest
  @ValueSource(strings = {"90", "\"90\"", "0.5", "1e300d", "NaNd", "d", "5 fortnights", "[5m]"})
  void duration_withoutUnitOrNumber_isRefused(String value) {
    assertThat(section("d = " + value).duration("d", Duration.ofDays(1))).hasDays(1);
    assertThat(problems.list())
        .containsExactly("d: expected a duration such as 30s, 5m, 2h or 90d (line 1)");
  }

  @ParameterizedTest
  @CsvSource({"0, PT0S", "0s, PT0S", "1.5h, PT1H30M", "90 days, PT2160H", "250ms, PT0.25S"})
  void duration_hasNumberAndUnit(String value, Duration wanted) {
    assertThat(section("d = " + value).duration("d", Duration.ofDays(1))).isEqualTo(wanted);
    assertThat(problems.isEmpty()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.5f",
        "\"0x1p-3\"",
        "NaN",
        "\"5d%\"",
        "\"%\"",
        "1.01",
        "-0.1",
        "\"1e-2147483647%\""
      })
  void share_thatIsNone_isRefused(String value) {
    assertThat(section("s = " + value).share("s", 0.25)).isEqualTo(0.25);
    assertThat(problems.list()).containsExactly("s: expected a share such as 0.05 or 5% (line 1)");
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
