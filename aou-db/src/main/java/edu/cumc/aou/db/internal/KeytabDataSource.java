package edu.cumc.aou.db.internal;

import edu.cumc.aou.db.Login;
import java.security.PrivilegedActionException;
import java.security.PrivilegedExceptionAction;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.Properties;
import javax.security.auth.Subject;
import javax.security.auth.login.AppConfigurationEntry;
import javax.security.auth.login.Configuration;
import javax.security.auth.login.LoginContext;
import javax.security.auth.login.LoginException;

/**
 * Connects as a principal with keys in a file. Logs in anew for each connection, because a ticket
 * expires; the driver uses the subject that it runs under. It changes nothing in the process, so
 * two databases may have different principals.
 */
final class KeytabDataSource extends OwnDataSource {

  private final String url;
  private final Properties properties;
  private final Login.KerberosKeytab login;

  KeytabDataSource(String url, Properties properties, Login.KerberosKeytab login) {
    this.url = url;
    this.properties = properties;
    this.login = login;
  }

  /** The login to ask Java for: the keys of the file, and nothing else. */
  static Configuration configuration(Login.KerberosKeytab login) {
    Map<String, String> options =
        Map.of(
            "useKeyTab", "true",
            "keyTab", login.keytab(),
            "principal", login.principal(),
            "storeKey", "true",
            "isInitiator", "true",
            "doNotPrompt", "true",
            "refreshKrb5Config", "true");
    AppConfigurationEntry entry =
        new AppConfigurationEntry(
            "com.sun.security.auth.module.Krb5LoginModule",
            AppConfigurationEntry.LoginModuleControlFlag.REQUIRED,
            options);
    return new Configuration() {
      @Override
      public AppConfigurationEntry[] getAppConfigurationEntry(String name) {
        return new AppConfigurationEntry[] {entry};
      }
    };
  }

  @Override
  public Connection getConnection() throws SQLException {
    Subject subject = new Subject();
    try {
      new LoginContext("aou-sync", subject, null, configuration(login)).login();
    } catch (LoginException e) {
      throw new SQLException("no Kerberos ticket by the keytab", "28000", e);
    }
    try {
      return Subject.doAs(
          subject,
          (PrivilegedExceptionAction<Connection>)
              () -> DriverManager.getConnection(url, properties));
    } catch (PrivilegedActionException e) {
      throw e.getException() instanceof SQLException sql ? sql : new SQLException(e.getException());
    }
  }
}
