package edu.cumc.aou.sync.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnvironmentVariablesTest {

  @ParameterizedTest
  @CsvSource({
    "AOU_ENVIROMENT, AOU_ENVIRONMENT",
    "AOU_SALESFORCE_LOGINURL, AOU_SALESFORCE_LOGIN_URL",
    "AOU_STORE_PASWORD, AOU_STORE_PASSWORD",
    "AOU_SOURCE_JDBC_ULR, AOU_SOURCE_JDBC_URL"
  })
  void misspelt_slipOfThePen_namesTheVariableThatWasMeant(String name, String meant) {
    assertThat(EnvironmentVariables.misspelt(Map.of(name, "x")))
        .containsExactly(
            "the environment variable "
                + name
                + " stands for no setting and is not used (did you mean "
                + meant
                + "?)");
    assertThat(EnvironmentVariables.misspelt(Map.of(name, "x", meant, "y"))).isEmpty();
    assertThat(EnvironmentVariables.misspelt(Map.of(name, "x", meant, ""))).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "AOU_CONFIG",
        "AOU_JAVA",
        "AOU_JAVA_OPTS",
        "AOU_CACHE_DIR",
        "AOU_LOG_LEVEL",
        "AOU_LOG_LEVEL_OTHERS",
        "AOU_RUN",
        "AOU_EXIT_CODE",
        "AOU_NOTICE_SITE",
        "AOU_NOTICE_ENVIRONMENT",
        "AOU_WORKBENCH",
        "ENVIROMENT"
      })
  void misspelt_namesOfTheirOwn_areLeftAlone(String name) {
    assertThat(EnvironmentVariables.misspelt(Map.of(name, "x"))).isEmpty();
  }

  @Test
  void misspelt_everyVariableOfASetting_isKnown() {
    assertThat(EnvironmentVariables.misspelt(EnvironmentVariables.all())).isEmpty();
  }
}
