package edu.cumc.aou.salesforce.internal.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.auth0.jwt.JWT;
import com.auth0.jwt.algorithms.Algorithm;
import com.auth0.jwt.interfaces.DecodedJWT;
import edu.cumc.aou.salesforce.SalesforceAuth.JwtBearer;
import edu.cumc.aou.salesforce.SalesforceException;
import edu.cumc.aou.salesforce.SalesforceException.Kind;
import edu.cumc.aou.salesforce.Secret;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPublicKey;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JwtAssertionTest {

  private static final Instant NOW = Instant.parse("2036-03-02T06:00:00Z");
  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
  private static final URI LOGIN = URI.create("https://test.salesforce.com");

  private static KeyPair keys;

  @TempDir Path dir;

  @BeforeAll
  static void makeKeys() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    keys = generator.generateKeyPair();
  }

  private Path file(String content) throws Exception {
    return Files.writeString(dir.resolve("key.pem"), content);
  }

  private static String pem() {
    return "-----BEGIN PRIVATE KEY-----\n"
        + Base64.getMimeEncoder().encodeToString(keys.getPrivate().getEncoded())
        + "\n-----END PRIVATE KEY-----\n";
  }

  /** As a variable holds it, and as a text within JSON does. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void keyGivenAsText_signs(boolean escapedLineEnds) {
    String text = escapedLineEnds ? pem().replace("\r", "").replace("\n", "\\n") : pem();
    JwtBearer auth = new JwtBearer("invented-app", "sync@example.org", Secret.of(text), null);

    String assertion = JwtAssertion.sign(auth, LOGIN, CLOCK);

    assertThat(
            JWT.require(Algorithm.RSA256((RSAPublicKey) keys.getPublic(), null))
                .build()
                .verify(assertion)
                .getIssuer())
        .isEqualTo("invented-app");
  }

  @Test
  void assertion_isSignedAndHoldsTheClaims() throws Exception {
    JwtBearer auth = new JwtBearer("invented-app", "sync@example.org", file(pem()), null);

    String assertion = JwtAssertion.sign(auth, LOGIN, CLOCK);

    DecodedJWT read =
        JWT.require(Algorithm.RSA256((RSAPublicKey) keys.getPublic(), null))
            .build()
            .verify(assertion);
    assertThat(read.getAlgorithm()).isEqualTo("RS256");
    assertThat(read.getIssuer()).isEqualTo("invented-app");
    assertThat(read.getSubject()).isEqualTo("sync@example.org");
    assertThat(read.getAudience()).containsExactly("https://test.salesforce.com");
    assertThat(read.getExpiresAtAsInstant()).isEqualTo(NOW.plusSeconds(180));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "no key",
        "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----",
        "-----BEGIN RSA PRIVATE KEY-----\nAAAA\n-----END RSA PRIVATE KEY-----"
      })
  void fileWithoutAUsableKey_isAConfigurationFailure(String content) throws Exception {
    JwtBearer auth = new JwtBearer("app", "sync@example.org", file(content), null);

    SalesforceException thrown =
        catchThrowableOfType(
            SalesforceException.class, () -> JwtAssertion.sign(auth, LOGIN, CLOCK));

    assertThat(thrown.kind()).isEqualTo(Kind.CONFIGURATION);
    assertThat(thrown.getMessage()).contains("PKCS#8");
  }

  @Test
  void missingFile_isAConfigurationFailure() {
    JwtBearer auth = new JwtBearer("app", "u@example.org", dir.resolve("none.pem"), null);

    SalesforceException thrown =
        catchThrowableOfType(
            SalesforceException.class, () -> JwtAssertion.sign(auth, LOGIN, CLOCK));

    assertThat(thrown.kind()).isEqualTo(Kind.CONFIGURATION);
    assertThat(thrown.getMessage()).contains("cannot be read");
  }

  @ParameterizedTest
  @CsvSource({
    "https://login.salesforce.com,https://login.salesforce.com",
    "https://test.salesforce.com,https://test.salesforce.com",
    "https://x.my.salesforce.com,https://login.salesforce.com",
    "https://x--y.sandbox.my.salesforce.com,https://test.salesforce.com",
    "http://localhost:8080,http://localhost:8080"
  })
  void audience_fitsTheLoginAddress(URI login, String audience) {
    JwtBearer auth = new JwtBearer("app", "u@example.org", Path.of("x"), null);

    assertThat(JwtAssertion.audience(auth, login)).isEqualTo(audience);
    assertThat(
            JwtAssertion.audience(
                new JwtBearer("a", "u", Path.of("x"), URI.create("https://a.example.org")), login))
        .isEqualTo("https://a.example.org");
  }
}
