package edu.cumc.aou.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class DatabaseSettingsTest {

  @Test
  void of_unknownDatabase_isRefusedWithoutTheAddress() {
    assertThatThrownBy(() -> DatabaseSettings.of("jdbc:oracle:thin:scott/tiger@x"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("jdbc:sqlserver:")
        .hasMessageNotContaining("tiger");
  }

  @Test
  void withTimeouts_nothing_isRefused() {
    DatabaseSettings settings = DatabaseSettings.of("jdbc:h2:mem:x");

    assertThatThrownBy(
            () ->
                settings.withTimeouts(Duration.ZERO, Duration.ofSeconds(1), Duration.ofSeconds(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("login timeout");
  }

  @Test
  void toString_showsNoSecret() {
    DatabaseSettings settings =
        DatabaseSettings.of("jdbc:sqlserver://db;password=one")
            .withLogin("reader", DatabaseSecret.of("two"));

    assertThat(settings.toString()).isEqualTo("DatabaseSettings[SQL Server]");
    assertThat(settings.login()).hasToString("Sql[user=reader, password=DatabaseSecret[hidden]]");
    assertThat(settings.login()).isEqualTo(new Login.Sql("reader", DatabaseSecret.of("two")));
  }

  @Test
  void asReadOnly_keepsTheRest() {
    DatabaseSettings settings = DatabaseSettings.of("jdbc:h2:mem:x").withLogin("a", null);

    assertThat(settings.asReadOnly().readOnly()).isTrue();
    assertThat(settings.asReadOnly().login()).isEqualTo(new Login.Sql("a", null));
  }
}
