package edu.cumc.aou.cli.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class H2UrlsTest {

  @Test
  void whatIsMissing_isAdded() {
    assertThat(H2Urls.complete("jdbc:h2:file:/x/y"))
        .isEqualTo(
            "jdbc:h2:file:/x/y;MODE=MSSQLServer;DATABASE_TO_UPPER=FALSE"
                + ";CASE_INSENSITIVE_IDENTIFIERS=TRUE;WRITE_DELAY=0");
  }

  @Test
  void whatIsSaid_stays() {
    String url = H2Urls.complete("jdbc:h2:file:/x/y;write_delay=5;MODE=MSSQLServer");

    assertThat(url).contains("write_delay=5").doesNotContain("WRITE_DELAY=0");
    assertThat(url).containsOnlyOnce("MODE=");
    assertThat(H2Urls.complete(url)).isEqualTo(url);
  }

  @Test
  void otherDatabases_stayAsTheyAre() {
    String url = "jdbc:sqlserver://db.example.org:1433;databaseName=dm_aou";

    assertThat(H2Urls.isH2(url)).isFalse();
    assertThat(H2Urls.complete(url)).isEqualTo(url);
    assertThat(H2Urls.isH2("JDBC:H2:mem:x")).isTrue();
  }
}
