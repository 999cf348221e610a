package edu.cumc.aou.db.internal;

import edu.cumc.aou.db.DatabaseSettings;
import edu.cumc.aou.db.Login;
import edu.cumc.aou.db.Secret;
import edu.cumc.aou.db.TrustStore;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The settings in the words of SQL Server's driver. */
final class DriverProperties {

  /** So much longer than a statement may take does the driver wait for a server that is silent. */
  private static final Duration GRACE = Duration.ofSeconds(30);

  private final DatabaseSettings settings;
  private final Map<String, String> properties = new LinkedHashMap<>();

  private DriverProperties(DatabaseSettings settings) {
    this.settings = settings;
  }

  /** What the URL says itself is left out; the driver would let a property win. */
  static Map<String, String> of(DatabaseSettings settings) {
    return new DriverProperties(settings).all();
  }

  private Map<String, String> all() {
    put("applicationName", settings.applicationName());
    put("encrypt", "true");
    put("loginTimeout", String.valueOf(settings.loginTimeout().toSeconds()));
    put("lockTimeout", String.valueOf(settings.lockTimeout().toMillis()));
    put("socketTimeout", String.valueOf(settings.queryTimeout().plus(GRACE).toMillis()));
    // dates would go by way of text in the session's format
    put("sendTemporalDataTypesAsStringForBulkCopy", "false");
    // else each bulk copy begins with three questions about its table
    put("cacheBulkCopyMetadata", "true");
    if (settings.readOnly()) {
      put("applicationIntent", "ReadOnly");
    }
    TrustStore trust = settings.trustStore();
    if (trust != null) {
      put("trustStore", trust.file());
      putSecret("trustStorePassword", trust.password());
    }
    putLogin(settings.login());
    return properties;
  }

  private void putLogin(Login login) {
    if (login instanceof Login.Sql sql) {
      putText("user", sql.user());
      putSecret("password", sql.password());
    } else if (login instanceof Login.Ntlm ntlm) {
      putIntegrated("NTLM");
      put("domain", ntlm.domain());
      put("user", ntlm.user());
      putSecret("password", ntlm.password());
    } else if (login instanceof Login.KerberosPassword kerberos) {
      putIntegrated("JavaKerberos");
      put("user", kerberos.principal());
      putSecret("password", kerberos.password());
    } else if (login instanceof Login.KerberosTicket || login instanceof Login.KerberosKeytab) {
      putIntegrated("JavaKerberos");
    } else if (login instanceof Login.Integrated) {
      putIntegrated("NativeAuthentication");
    } else if (login instanceof Login.EntraServicePrincipal principal) {
      put("authentication", "ActiveDirectoryServicePrincipal");
      put("user", principal.clientId());
      putSecret("password", principal.clientSecret());
    } else if (login instanceof Login.EntraManagedIdentity identity) {
      put("authentication", "ActiveDirectoryManagedIdentity");
      putText("msiClientId", identity.clientId());
    }
  }

  private void putIntegrated(String scheme) {
    put("integratedSecurity", "true");
    put("authenticationScheme", scheme);
  }

  private void putSecret(String name, @Nullable Secret value) {
    if (value != null) {
      put(name, value.reveal());
    }
  }

  private void putText(String name, @Nullable String value) {
    if (value != null) {
      put(name, value);
    }
  }

  private void put(String name, String value) {
    if (!says(settings.jdbcUrl(), name)) {
      properties.put(name, value);
    }
  }

  /** Whether a URL has a property. */
  static boolean says(String url, String name) {
    return url.toLowerCase(Locale.ROOT).contains(";" + name.toLowerCase(Locale.ROOT) + "=");
  }
}
