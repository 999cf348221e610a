package edu.cumc.aou.db.internal;

import com.microsoft.sqlserver.jdbc.SQLServerDriver;
import edu.cumc.aou.db.DatabaseSecret;
import edu.cumc.aou.db.DatabaseSettings;
import edu.cumc.aou.db.Login;
import edu.cumc.aou.db.TrustStore;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The settings as properties of SQL Server's driver. */
final class DriverProperties {

  /** The driver waits for a silent server this much longer than a statement may take. */
  private static final Duration GRACE = Duration.ofSeconds(30);

  private final DatabaseSettings settings;
  private final UrlProperties inUrl;
  private final Map<String, String> properties = new LinkedHashMap<>();

  private DriverProperties(DatabaseSettings settings) {
    this.settings = settings;
    this.inUrl = UrlProperties.of(settings.jdbcUrl());
  }

  /** Leaves out what the URL says itself, because the driver would let a property win. */
  static Map<String, String> of(DatabaseSettings settings) {
    return new DriverProperties(settings).all();
  }

  private Map<String, String> all() {
    put("applicationName", settings.applicationName());
    put("encrypt", "true");
    put("loginTimeout", String.valueOf(settings.loginTimeout().toSeconds()));
    put("lockTimeout", String.valueOf(settings.lockTimeout().toMillis()));
    put("socketTimeout", String.valueOf(settings.queryTimeout().plus(GRACE).toMillis()));
    // Otherwise dates go through text in the session's format.
    put("sendTemporalDataTypesAsStringForBulkCopy", "false");
    // Otherwise each bulk copy begins with three queries about its table.
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

  private void putSecret(String name, @Nullable DatabaseSecret value) {
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
    if (!inUrl.say(name)) {
      properties.put(name, value);
    }
  }

  /**
   * The property that one of the driver's texts is about; empty if there is none. The texts spell
   * some of them differently, and quote the value too.
   */
  static String namedIn(@Nullable String text) {
    if (text == null) {
      return "";
    }
    Set<String> words = new HashSet<>();
    for (String word : text.toLowerCase(Locale.ROOT).split("[^a-z0-9]+", -1)) {
      words.add(word);
      words.add(word.replaceAll("option$", ""));
    }
    return names().stream()
        .filter(name -> words.contains(name.toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElse("");
  }

  private static List<String> names() {
    try {
      return Arrays.stream(
              new SQLServerDriver().getPropertyInfo("jdbc:sqlserver://localhost", new Properties()))
          .map(property -> property.name)
          .toList();
    } catch (SQLException e) {
      return List.of();
    }
  }
}
