package edu.cumc.aou.salesforce.crm;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import edu.cumc.aou.salesforce.ProxySettings;
import edu.cumc.aou.salesforce.SalesforceAuth;
import edu.cumc.aou.salesforce.SalesforceSettings;
import edu.cumc.aou.salesforce.Secret;
import edu.cumc.aou.salesforce.TrustSettings;
import edu.cumc.aou.sync.config.ConfigProblems;
import edu.cumc.aou.sync.config.ConfigSection;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SalesforceConfigTest {

  private final ConfigProblems problems = new ConfigProblems();

  private Optional<SalesforceSettings> read(String hocon) {
    return SalesforceConfig.read(
        ConfigSection.root(ConfigFactory.parseString(hocon).resolve(), problems));
  }

  @Test
  void leastSettings_giveTheDefaults() {
    SalesforceSettings settings =
        read("salesforce { login-url = \"https://test.salesforce.com\", auth {"
                + " type = client-credentials, client-id = app, client-secret = hush } }")
            .orElseThrow();

    assertThat(problems.list()).isEmpty();
    assertThat(settings.loginUrl()).isEqualTo(URI.create("https://test.salesforce.com"));
    assertThat(settings.apiVersion()).isEqualTo("62.0");
    assertThat(settings.loginApiVersion()).isEqualTo("62.0");
    assertThat(settings.connectTimeout()).isEqualTo(Duration.ofSeconds(10));
    assertThat(settings.answerTimeout()).isEqualTo(Duration.ofSeconds(150));
    assertThat(settings.allowDuplicates()).isFalse();
    assertThat(settings.quotaReserve()).isZero();
    assertThat(settings.proxy()).isEmpty();
    assertThat(settings.trust()).isEmpty();
    assertThat(settings.auth())
        .isEqualTo(new SalesforceAuth.ClientCredentials("app", Secret.of("hush")));
  }

  @Test
  void everySetting_arrives() {
    SalesforceSettings settings =
        read("""
            salesforce {
              login-url = "https://x.my.salesforce.com/"
              api-version = "63.0"
              login-api-version = "61.0"
              expected-org-id = 00D000000000001AAA
              connect-timeout = 3s
              answer-timeout = 40s
              allow-duplicates = true
              quota-reserve = 500
              proxy { host = proxy.example.org, port = 3128 }
              trust { file = "trusted.p12", password = invented }
              auth { type = soap-password, username = "u@example.org", password = "p#1",
                security-token = T }
            }""")
            .orElseThrow();

    assertThat(problems.list()).isEmpty();
    assertThat(settings.loginUrl()).isEqualTo(URI.create("https://x.my.salesforce.com"));
    assertThat(settings.apiVersion()).isEqualTo("63.0");
    assertThat(settings.loginApiVersion()).isEqualTo("61.0");
    assertThat(settings.connectTimeout()).isEqualTo(Duration.ofSeconds(3));
    assertThat(settings.answerTimeout()).isEqualTo(Duration.ofSeconds(40));
    assertThat(settings.allowDuplicates()).isTrue();
    assertThat(settings.quotaReserve()).isEqualTo(500);
    assertThat(settings.proxy()).contains(new ProxySettings("proxy.example.org", 3128));
    assertThat(settings.trust())
        .contains(new TrustSettings(Path.of("trusted.p12"), Secret.of("invented")));
    assertThat(settings.auth())
        .isEqualTo(
            new SalesforceAuth.SoapPassword("u@example.org", Secret.of("p#1"), Secret.of("T")));
  }

  @Test
  void eachWayToLogIn_takesItsOwnKeysAndLeavesThoseOfOthers() {
    String keys =
        " username = u, password = p, client-id = c, client-secret = s, private-key-file ="
            + " \"/keys/k.pem\", access-token = a, instance-url = \"https://i.example.org\" } }";
    String before = "salesforce { login-url = \"https://l.example.org\", auth { type = ";
    Secret none = Secret.NONE;

    assertThat(read(before + "jwt, " + keys).orElseThrow().auth())
        .isEqualTo(new SalesforceAuth.JwtBearer("c", "u", Path.of("/keys/k.pem"), null));
    assertThat(read(before + "oauth-password, " + keys).orElseThrow().auth())
        .isEqualTo(
            new SalesforceAuth.OAuthPassword("c", Secret.of("s"), "u", Secret.of("p"), none));
    assertThat(read(before + "soap-password, " + keys).orElseThrow().auth())
        .isEqualTo(new SalesforceAuth.SoapPassword("u", Secret.of("p"), none));
    assertThat(read(before + "session, " + keys).orElseThrow().auth())
        .isEqualTo(
            new SalesforceAuth.ReadySession(Secret.of("a"), URI.create("https://i.example.org")));
    assertThat(problems.list()).isEmpty();
  }

  /** A key of several lines is no text with control characters. */
  @Test
  void privateKeyAsText_keepsItsLines_andGoesBeforeAFile() {
    String key = "-----BEGIN PRIVATE KEY-----\nAA==\n-----END PRIVATE KEY-----\n";

    SalesforceAuth auth =
        read("salesforce { login-url = \"https://l.example.org\", auth { type = jwt, client-id = c,"
                + " username = u, private-key-file = \"/keys/k.pem\", private-key = \"\"\""
                + key
                + "\"\"\" } }")
            .orElseThrow()
            .auth();

    assertThat(problems.list()).isEmpty();
    assertThat(((SalesforceAuth.JwtBearer) auth).privateKey().reveal().strip())
        .isEqualTo(key.strip());
  }

  @Test
  void session_needsNoLoginAddress() {
    assertThat(
            read(
                "salesforce.auth { type = session, access-token = a, instance-url ="
                    + " \"https://i.example.org\" }"))
        .isPresent();
    assertThat(problems.list()).isEmpty();
  }

  @Test
  void everythingThatIsWrong_isToldAtOnce() {
    assertThat(
            read(
                """
                salesforce {
                  api-version = 62
                  login-api-version = "65.0"
                  answer-timeout = 0s
                  colour = red
                  auth { type = soap-password, pasword = hush }
                }"""))
        .isEmpty();

    assertThat(problems.list())
        .anySatisfy(p -> assertThat(p).startsWith("salesforce.login-url: is missing"))
        .anySatisfy(p -> assertThat(p).startsWith("salesforce.api-version:"))
        .anySatisfy(p -> assertThat(p).startsWith("salesforce.login-api-version:"))
        .anySatisfy(p -> assertThat(p).startsWith("salesforce.answer-timeout:"))
        .anySatisfy(p -> assertThat(p).startsWith("salesforce.colour: unknown"))
        .anySatisfy(p -> assertThat(p).contains("did you mean password?"))
        .anySatisfy(
            p -> assertThat(p).contains("salesforce.auth.username", "AOU_SALESFORCE_USERNAME"))
        .noneSatisfy(p -> assertThat(p).contains("hush"));
  }

  @ParameterizedTest
  @CsvSource({
    "'http://login.example.org', salesforce.login-url",
    "'https://login.example.org/services', salesforce.login-url",
    "'nonsense', salesforce.login-url"
  })
  void unusableAddress_isToldByItsSetting(String address, String setting) {
    assertThat(
            read(
                "salesforce { login-url = \""
                    + address
                    + "\", auth { type = soap-password, username = u, password = p } }"))
        .isEmpty();
    assertThat(problems.list()).singleElement().asString().startsWith(setting + ":");
  }

  @Test
  void missingWayToLogIn_isTheOnlyThingAskedFor() {
    assertThat(read("salesforce { login-url = \"https://l.example.org\", auth { username = u } }"))
        .isEmpty();
    assertThat(problems.list())
        .isEqualTo(
            List.of(
                "salesforce.auth.type: is missing; set it in the configuration file or the"
                    + " environment variable AOU_SALESFORCE_AUTH_TYPE"));
  }
}
