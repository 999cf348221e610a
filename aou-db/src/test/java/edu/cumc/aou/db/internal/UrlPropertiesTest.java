package edu.cumc.aou.db.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Held against SQL Server's own driver, which reads the same URLs. */
class UrlPropertiesTest {

  private static String encrypt(String url) throws SQLException {
    Driver driver = DriverManager.getDriver(url);
    return Arrays.stream(driver.getPropertyInfo(url, new Properties()))
        .filter(p -> p.name.equals("encrypt"))
        .map((DriverPropertyInfo p) -> p.value)
        .findFirst()
        .orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ";encrypt=false",
        "; encrypt = false ",
        ";\tENCRYPT\t=\tfalse",
        ";;encrypt=false",
        ";databaseName={a;b}}c};encrypt=false",
        ";databaseName=a;user=x y;encrypt=false;",
        ";password=a}x;encrypt=false",
        ";encrypt=",
        ";databaseName={a};encrypt=false",
      })
  void propertyThatTheDriverSees_isSeen(String more) throws SQLException {
    String url = "jdbc:sqlserver://db.example.org:1433" + more;

    assertThat(encrypt(url)).isNotEqualToIgnoringCase("true");
    assertThat(UrlProperties.of(url).say("encrypt")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ";databaseName={a;encrypt=false}",
        ";databaseName={a}};encrypt=false}",
        ";password=x encrypt=false",
        ";trustServerCertificate=true",
        " encrypt=false",
      })
  void whatOnlyLooksLikeAProperty_isNone(String more) throws SQLException {
    String url = "jdbc:sqlserver://db.example.org" + more;

    assertThat(encrypt(url)).isEqualToIgnoringCase("true");
    assertThat(UrlProperties.of(url).say("encrypt")).isFalse();
  }

  @Test
  void synonyms_areOneProperty() {
    assertThat(UrlProperties.of("jdbc:sqlserver://h;userName=me").say("user")).isTrue();
    assertThat(UrlProperties.of("jdbc:sqlserver://h;user=me").say("user")).isTrue();
  }

  @Test
  void h2_knowsNoBlanks_andEscapesSemicolons() {
    assertThat(UrlProperties.of("jdbc:h2:/a;mode=Oracle").say("MODE")).isTrue();
    assertThat(UrlProperties.of("jdbc:h2:/a;X=1\\;MODE=Oracle").say("MODE")).isFalse();
    assertThat(UrlProperties.of("jdbc:h2:/a=b;IFEXISTS=TRUE").say("ifexists")).isTrue();
  }
}
