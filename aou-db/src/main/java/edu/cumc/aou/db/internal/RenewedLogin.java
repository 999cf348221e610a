package edu.cumc.aou.db.internal;

import edu.cumc.aou.db.DatabaseException.Kind;
import edu.cumc.aou.db.DatabaseSecret;
import edu.cumc.aou.db.Login;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs in with a password that is kept elsewhere and may change there. After a refused login it
 * reads the password again, and tries a different one once. It never offers a refused password
 * twice, because the pool asks again and again, and the server counts. Thread-safe.
 */
final class RenewedLogin extends OwnDataSource {

  private static final Logger LOG = LoggerFactory.getLogger(RenewedLogin.class);

  private final DatabaseSecret password;
  private final Connector connector;
  private @Nullable String refused;
  private @Nullable SQLException refusal;

  /** Makes one connection with the present settings. */
  @FunctionalInterface
  interface Connector {
    Connection connect() throws SQLException;
  }

  RenewedLogin(DatabaseSecret password, Connector connector) {
    this.password = password;
    this.connector = connector;
  }

  /** The password of a login, if it is kept elsewhere. */
  static Optional<DatabaseSecret> passwordOf(Login login) {
    @Nullable DatabaseSecret password = null;
    if (login instanceof Login.Sql sql) {
      password = sql.password();
    } else if (login instanceof Login.Ntlm ntlm) {
      password = ntlm.password();
    } else if (login instanceof Login.KerberosPassword kerberos) {
      password = kerberos.password();
    } else if (login instanceof Login.EntraServicePrincipal principal) {
      password = principal.clientSecret();
    }
    return Optional.ofNullable(password).filter(DatabaseSecret::isKeptElsewhere);
  }

  @Override
  public Connection getConnection() throws SQLException {
    requireNotRefused();
    String tried = password.reveal();
    try {
      return connector.connect();
    } catch (SQLException e) {
      if (!isRefusal(e)) {
        throw e;
      }
      return connectAgain(tried, e);
    }
  }

  private Connection connectAgain(String tried, SQLException first) throws SQLException {
    if (!renewed(first) && password.reveal().equals(tried)) {
      throw remembered(tried, first);
    }
    LOG.info("the database refused the login, and its password has been changed since; trying it");
    String renewed = password.reveal();
    try {
      return connector.connect();
    } catch (SQLException e) {
      throw isRefusal(e) ? remembered(renewed, e) : e;
    }
  }

  private boolean renewed(SQLException refused) {
    try {
      return password.renew();
    } catch (RuntimeException e) {
      // We know that the login was refused; the failure to read its password is added.
      refused.addSuppressed(e);
      LOG.warn("the database refused the login, and its password cannot be read again");
      return false;
    }
  }

  private synchronized void requireNotRefused() throws SQLException {
    if (refusal != null && password.reveal().equals(refused)) {
      throw new SQLException(
          "the login was refused before", refusal.getSQLState(), refusal.getErrorCode(), refusal);
    }
  }

  private synchronized SQLException remembered(String tried, SQLException e) {
    refused = tried;
    refusal = e;
    return e;
  }

  private static boolean isRefusal(SQLException e) {
    return DriverFailures.of("connecting", e).kind() == Kind.LOGIN_REFUSED;
  }
}
