package edu.cumc.aou.salesforce.internal.login;

import com.auth0.jwt.JWT;
import com.auth0.jwt.algorithms.Algorithm;
import com.auth0.jwt.exceptions.JWTCreationException;
import edu.cumc.aou.salesforce.SalesforceAuth;
import edu.cumc.aou.salesforce.SalesforceException;
import edu.cumc.aou.salesforce.SalesforceException.Kind;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.RSAPrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Locale;

/** Signs the assertion of the JWT bearer login. */
final class JwtAssertion {

  /** Salesforce accepts a few minutes at most; clocks differ by less than this. */
  private static final Duration LIFE = Duration.ofMinutes(3);

  private static final String BEGIN = "-----BEGIN PRIVATE KEY-----";
  private static final String END = "-----END PRIVATE KEY-----";

  private JwtAssertion() {}

  static String sign(SalesforceAuth.JwtBearer auth, URI loginUrl, Clock clock) {
    try {
      return JWT.create()
          .withIssuer(auth.clientId())
          .withSubject(auth.username())
          .withAudience(audience(auth, loginUrl))
          .withExpiresAt(clock.instant().plus(LIFE))
          .sign(Algorithm.RSA256(null, key(auth)));
    } catch (JWTCreationException | IllegalArgumentException e) {
      throw unusable();
    }
  }

  /** Assertions are for the general login hosts, even when a My Domain host receives them. */
  static String audience(SalesforceAuth.JwtBearer auth, URI loginUrl) {
    URI audience = auth.audience();
    if (audience != null) {
      return audience.toString();
    }
    String host = loginUrl.getHost().toLowerCase(Locale.ROOT);
    boolean sandbox = host.equals("test.salesforce.com") || host.contains(".sandbox.");
    if (sandbox) {
      return "https://test.salesforce.com";
    }
    return host.endsWith(".salesforce.com") ? "https://login.salesforce.com" : loginUrl.toString();
  }

  private static RSAPrivateKey key(SalesforceAuth.JwtBearer auth) {
    // A variable or a secret store may hold the line ends as JSON writes them.
    String pem = auth.privateKey().reveal().replace("\\n", "\n");
    int begin = pem.indexOf(BEGIN);
    int end = pem.indexOf(END);
    if (begin < 0 || end < begin) {
      throw unusable();
    }
    try {
      byte[] der = Base64.getMimeDecoder().decode(pem.substring(begin + BEGIN.length(), end));
      return (RSAPrivateKey)
          KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(der));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw unusable();
    }
  }

  private static SalesforceException unusable() {
    return new SalesforceException(
        Kind.CONFIGURATION,
        "the private key is no usable RSA key in PKCS#8 PEM form (BEGIN PRIVATE KEY);"
            + " convert it with: openssl pkcs8 -topk8 -nocrypt");
  }
}
