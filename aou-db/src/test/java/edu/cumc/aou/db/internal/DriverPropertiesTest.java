package edu.cumc.aou.db.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import edu.cumc.aou.db.DatabaseException;
import edu.cumc.aou.db.DatabaseException.Kind;
import edu.cumc.aou.db.DatabaseSecret;
import edu.cumc.aou.db.DatabaseSettings;
import edu.cumc.aou.db.Login;
import edu.cumc.aou.db.TrustStore;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import javax.security.auth.login.AppConfigurationEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The settings in the driver's words, read back by the driver's own parser. */
class DriverPropertiesTest {

  private static final String URL = "jdbc:sqlserver://db.example.org";
  private static final DatabaseSecret PASSWORD = DatabaseSecret.of("invented");

  static Stream<Arguments> logins() {
    return Stream.of(
        Arguments.of(new Login.Sql(null, null), Map.of()),
        Arguments.of(
            new Login.Sql("reader", PASSWORD), Map.of("user", "reader", "password", "invented")),
        Arguments.of(
            new Login.Ntlm("SITE", "reader", PASSWORD),
            Map.of(
                "integratedSecurity", "true",
                "authenticationScheme", "NTLM",
                "domain", "SITE",
                "user", "reader",
                "password", "invented")),
        Arguments.of(
            new Login.KerberosTicket(),
            Map.of("integratedSecurity", "true", "authenticationScheme", "JavaKerberos")),
        Arguments.of(
            new Login.KerberosKeytab("reader@EXAMPLE.ORG", "/etc/reader.keytab"),
            Map.of("integratedSecurity", "true", "authenticationScheme", "JavaKerberos")),
        Arguments.of(
            new Login.KerberosPassword("reader@EXAMPLE.ORG", PASSWORD),
            Map.of(
                "integratedSecurity", "true",
                "authenticationScheme", "JavaKerberos",
                "user", "reader@EXAMPLE.ORG",
                "password", "invented")),
        Arguments.of(
            new Login.Integrated(),
            Map.of("integratedSecurity", "true", "authenticationScheme", "NativeAuthentication")),
        Arguments.of(
            new Login.EntraServicePrincipal("an-id", PASSWORD),
            Map.of(
                "authentication", "ActiveDirectoryServicePrincipal",
                "user", "an-id",
                "password", "invented")),
        Arguments.of(
            new Login.EntraManagedIdentity("an-id"),
            Map.of("authentication", "ActiveDirectoryManagedIdentity", "msiClientId", "an-id")),
        Arguments.of(
            new Login.EntraManagedIdentity(null),
            Map.of("authentication", "ActiveDirectoryManagedIdentity")));
  }

  private static Map<String, DriverPropertyInfo> known(Map<String, String> properties)
      throws SQLException {
    Driver driver = DriverManager.getDriver(URL);
    Properties given = new Properties();
    given.putAll(properties);
    Map<String, DriverPropertyInfo> known = new HashMap<>();
    for (DriverPropertyInfo info : driver.getPropertyInfo(URL, given)) {
      known.put(info.name, info);
    }
    return known;
  }

  @ParameterizedTest
  @MethodSource("logins")
  void login_isSaidInTheDriversWords(Login login, Map<String, String> expected)
      throws SQLException {
    Map<String, String> properties =
        DriverProperties.of(
            DatabaseSettings.of(URL)
                .withTimeouts(Duration.ofSeconds(7), Duration.ofMinutes(2), Duration.ofSeconds(3)));
    Map<String, String> withLogin =
        DriverProperties.of(
            DatabaseSettings.of(URL)
                .withTimeouts(Duration.ofSeconds(7), Duration.ofMinutes(2), Duration.ofSeconds(3))
                .withLogin(login));

    assertThat(properties)
        .isEqualTo(
            Map.of(
                "applicationName", "aou-sync",
                "encrypt", "true",
                "loginTimeout", "7",
                "lockTimeout", "3000",
                "socketTimeout", "150000",
                "sendTemporalDataTypesAsStringForBulkCopy", "false",
                "cacheBulkCopyMetadata", "true"));
    withLogin.keySet().removeAll(properties.keySet());
    assertThat(withLogin).isEqualTo(expected);
    assertThat(known(withLogin).keySet()).containsAll(withLogin.keySet());
  }

  @Test
  void everyProperty_isOneThatTheDriverReads() throws SQLException {
    Map<String, String> properties =
        DriverProperties.of(
            DatabaseSettings.of(URL)
                .asReadOnly()
                .withTrustStore(new TrustStore("/etc/trust.p12", PASSWORD)));

    Map<String, DriverPropertyInfo> known = known(properties);
    assertThat(properties)
        .containsEntry("trustStore", "/etc/trust.p12")
        .containsEntry("trustStorePassword", "invented")
        .containsEntry("applicationIntent", "ReadOnly")
        .allSatisfy(
            (name, value) -> {
              assertThat(known).containsKey(name);
              // the driver keeps what it was given only under names that it knows
              assertThat(known.get(name).value).isEqualTo(value);
              if (known.get(name).choices != null) {
                assertThat(known.get(name).choices)
                    .anyMatch(
                        c -> c.toLowerCase(Locale.ROOT).equals(value.toLowerCase(Locale.ROOT)));
              }
            });
  }

  @Test
  void url_goesFirst() {
    Map<String, String> properties =
        DriverProperties.of(
            DatabaseSettings.of(URL + ";Encrypt=strict;trustStore=/other;user=somebody")
                .withTrustStore(new TrustStore("/etc/trust.p12", null))
                .withLogin("reader", PASSWORD));

    assertThat(properties)
        .doesNotContainKeys("encrypt", "trustStore", "user")
        .containsEntry("password", "invented");
  }

  @ParameterizedTest
  @MethodSource("logins")
  void entra_withoutItsLibrary_isRefusedBeforeItIsTried(
      Login login, Map<String, String> properties) {
    DatabaseException refused =
        catchThrowableOfType(DatabaseException.class, () -> Libraries.require(login));

    if (properties.containsKey("authentication")) {
      assertThat(refused.kind()).isEqualTo(Kind.MISSING_LIBRARY);
      assertThat(refused.operation())
          .contains(login instanceof Login.EntraManagedIdentity ? "azure-identity" : "msal4j");
    } else {
      assertThat(refused).isNull();
    }
  }

  @Test
  void keytab_isReadByAKerberosModuleThatAsksNobody() throws Exception {
    AppConfigurationEntry entry =
        KeytabDataSource.configuration(
                new Login.KerberosKeytab("reader@EXAMPLE.ORG", "/etc/reader.keytab"))
            .getAppConfigurationEntry("any")[0];

    assertThat(Class.forName(entry.getLoginModuleName())).isNotNull();
    assertThat(entry.getOptions().get("keyTab")).isEqualTo("/etc/reader.keytab");
    assertThat(entry.getOptions().get("principal")).isEqualTo("reader@EXAMPLE.ORG");
    assertThat(entry.getOptions().get("doNotPrompt")).isEqualTo("true");
  }

  @Test
  void keytab_thatIsNotThere_isALoginRefused() {
    DatabaseSettings settings =
        DatabaseSettings.of(URL)
            .withLogin(new Login.KerberosKeytab("reader@EXAMPLE.ORG", "/nowhere/reader.keytab"));

    try (Database database = Database.open(settings, next -> {})) {
      assertThat(
              catchThrowableOfType(
                      DatabaseException.class, () -> database.read("testing", h -> true))
                  .kind())
          .isEqualTo(Kind.LOGIN_REFUSED);
    }
  }
}
