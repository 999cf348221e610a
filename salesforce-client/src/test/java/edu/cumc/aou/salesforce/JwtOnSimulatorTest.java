package edu.cumc.aou.salesforce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import edu.cumc.aou.salesforce.SalesforceException.Kind;
import edu.cumc.aou.simulator.salesforce.SalesforceSimulator;
import java.net.URI;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Logins by JWT bearer, where the other side checks signature and claims. */
class JwtOnSimulatorTest {

  private static final String PASSWORD = "invented";
  private static final String COUNT = "SELECT COUNT() FROM Contact";

  @TempDir static Path dir;
  private static KeyStore own;
  private static Path key;

  private final VirtualTime time = new VirtualTime();

  @BeforeAll
  static void makeKeys() throws Exception {
    own = Keys.make(dir.resolve("own.p12"), "RSA", PASSWORD);
    key =
        Keys.writePem(
            dir.resolve("own.pem"),
            "PRIVATE KEY",
            own.getKey(Keys.ALIAS, PASSWORD.toCharArray()).getEncoded());
  }

  private SalesforceSimulator start(KeyStore uploaded) throws Exception {
    return SalesforceSimulator.builder()
        .clock(time)
        .certificate((X509Certificate) uploaded.getCertificate(Keys.ALIAS))
        .start();
  }

  private Salesforce connect(SalesforceSimulator org, String app, String user, URI audience) {
    return Salesforce.connect(
        SalesforceSettings.builder(
                URI.create(org.url()), new SalesforceAuth.JwtBearer(app, user, key, audience))
            .build(),
        time.surroundings());
  }

  @Test
  void keyOfTheCertificate_opensSessions_asOftenAsTheyEnd() throws Exception {
    try (SalesforceSimulator org = start(own);
        Salesforce salesforce =
            connect(org, org.credentials().clientId(), org.credentials().username(), null)) {
      assertThat(salesforce.count(COUNT)).isZero();
      org.expireSessions();
      assertThat(salesforce.count(COUNT)).isZero();
      assertThat(org.logins()).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "invented-client-id, other@example.org,",
    "other-app, integration@simulated-org.example.org,",
    "invented-client-id, integration@simulated-org.example.org, https://login.salesforce.com"
  })
  void claimsThatDoNotFit_areRefusedOnce(String app, String user, URI audience) throws Exception {
    try (SalesforceSimulator org = start(own);
        Salesforce salesforce = connect(org, app, user, audience)) {
      assertRefused(org, salesforce);
    }
  }

  @Test
  void keyOfAnotherCertificate_isRefusedOnce() throws Exception {
    KeyStore other = Keys.make(dir.resolve("other.p12"), "RSA", PASSWORD);
    try (SalesforceSimulator org = start(other);
        Salesforce salesforce =
            connect(org, org.credentials().clientId(), org.credentials().username(), null)) {
      assertRefused(org, salesforce);
    }
  }

  private static void assertRefused(SalesforceSimulator org, Salesforce salesforce) {
    SalesforceException thrown =
        catchThrowableOfType(SalesforceException.class, () -> salesforce.count(COUNT));

    assertThat(thrown.kind()).isIn(Kind.AUTHENTICATION, Kind.CONFIGURATION);
    assertThat(thrown.getMessage())
        .doesNotContain("example.org", "other-app", org.credentials().clientId());
    assertThat(org.requestCounts()).containsEntry("POST /services/oauth2/token", 1);
  }
}
