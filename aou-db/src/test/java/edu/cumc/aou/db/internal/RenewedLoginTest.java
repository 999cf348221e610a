package edu.cumc.aou.db.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import edu.cumc.aou.db.DatabaseException;
import edu.cumc.aou.db.DatabaseSecret;
import edu.cumc.aou.db.DatabaseSettings;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

/** A password that is kept elsewhere may be another one tomorrow. */
class RenewedLoginTest {

  private static final String URL = "jdbc:h2:mem:renewed;DB_CLOSE_DELAY=-1";

  /** What is kept elsewhere, and what of it was read. */
  private static final class Keeper implements DatabaseSecret.Source {
    private String kept = "";
    private String read = "";
    private int renewals;

    @Override
    public String read() {
      if (read.isEmpty()) {
        read = kept;
      }
      return read;
    }

    @Override
    public boolean renew() {
      renewals++;
      boolean other = !kept.equals(read);
      read = kept;
      return other;
    }
  }

  private final Keeper keeper = new Keeper();

  @Test
  void changedPassword_servesTheOpenPool() throws SQLException {
    keeper.kept = "first";
    try (var admin = DriverManager.getConnection(URL, "sa", "first");
        Statement statement = admin.createStatement();
        Database database = open()) {
      assertThat(ask(database)).isOne();

      statement.execute("ALTER USER sa SET PASSWORD 'second'");
      keeper.kept = "second";
      // connections that break make the pool log in again
      try (var held = database.open("holding");
          var more = database.open("asking")) {
        assertThat(more.createQuery("SELECT 1").mapTo(Integer.class).one()).isOne();
        assertThat(held.createQuery("SELECT 1").mapTo(Integer.class).one()).isOne();
      }
      assertThat(keeper.renewals).isOne();
      statement.execute("SHUTDOWN");
    }
  }

  @Test
  void passwordThatStaysWrong_isOfferedOnce() throws SQLException {
    int[] logins = new int[1];
    keeper.kept = "wrong";
    RenewedLogin login =
        new RenewedLogin(
            DatabaseSecret.from(keeper),
            () -> {
              logins[0]++;
              throw new SQLException("refused", "28000", 28000);
            });

    for (int time = 0; time < 3; time++) {
      assertThatExceptionOfType(SQLException.class)
          .isThrownBy(login::getConnection)
          .satisfies(e -> assertThat(e.getErrorCode()).isEqualTo(28000));
    }
    assertThat(logins[0]).isOne();
    assertThat(keeper.renewals).isOne();
  }

  @Test
  void failureToReadThePassword_comesThroughAsItIs() {
    DatabaseSecret unreadable =
        DatabaseSecret.from(
            new DatabaseSecret.Source() {
              @Override
              public String read() {
                throw new IllegalStateException("source.password: may not be read");
              }

              @Override
              public boolean renew() {
                return false;
              }
            });
    try (Database database =
        Database.open(DatabaseSettings.of("jdbc:h2:mem:x").withLogin("sa", unreadable))) {
      assertThatExceptionOfType(IllegalStateException.class)
          .isThrownBy(() -> ask(database))
          .withMessage("source.password: may not be read");
    }
  }

  @Test
  void wrongPassword_isARefusedLogin() throws SQLException {
    keeper.kept = "wrong";
    try (var admin = DriverManager.getConnection(URL, "sa", "right");
        Statement statement = admin.createStatement();
        Database database = open()) {
      assertThatExceptionOfType(DatabaseException.class)
          .isThrownBy(() -> ask(database))
          .satisfies(e -> assertThat(e.kind()).isEqualTo(DatabaseException.Kind.LOGIN_REFUSED));
      statement.execute("SHUTDOWN");
    }
  }

  private Database open() {
    return Database.open(DatabaseSettings.of(URL).withLogin("sa", DatabaseSecret.from(keeper)));
  }

  private static int ask(Database database) {
    return database.read(
        "asking", handle -> handle.createQuery("SELECT 1").mapTo(Integer.class).one());
  }
}
