package edu.cumc.aou.simulator.salesforce.login;

import com.auth0.jwt.JWT;
import com.auth0.jwt.algorithms.Algorithm;
import com.auth0.jwt.exceptions.JWTDecodeException;
import com.auth0.jwt.exceptions.SignatureVerificationException;
import com.auth0.jwt.interfaces.DecodedJWT;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the connected app makes of a signed assertion: the signature against the certificate that
 * was uploaded to it, then the claims. Thread-safe.
 */
public final class JwtAssertions {
  private static final String GRANT = "invalid_grant";
  private static final Duration FARTHEST = Duration.ofMinutes(5);
  private static final String PRODUCTION = "https://login.salesforce.com";
  private static final String SANDBOX = "https://test.salesforce.com";

  private final Optional<X509Certificate> certificate;
  private final Credentials credentials;
  private final boolean sandbox;
  private final Clock clock;

  /** Why an assertion is refused, in the words of the token endpoint. */
  record Refusal(String error, String description) {}

  public JwtAssertions(LoginSettings settings, Credentials credentials) {
    this.certificate = settings.certificate();
    this.credentials = credentials;
    this.sandbox = settings.sandbox();
    this.clock = settings.clock();
  }

  /**
   * Checks an assertion.
   *
   * @param ownUrl the address of the org, which an assertion may be meant for too
   * @return what is wrong with it; empty if it opens a session
   */
  Optional<Refusal> refuse(String assertion, String ownUrl) {
    DecodedJWT jwt;
    try {
      jwt = JWT.decode(assertion);
    } catch (JWTDecodeException e) {
      return refusal(GRANT, "invalid assertion");
    }
    if (!credentials.clientId().equals(jwt.getIssuer())) {
      return refusal("invalid_client_id", "client identifier invalid");
    } else if (!isSigned(jwt)) {
      return refusal(GRANT, "invalid assertion");
    } else if (!isInTime(jwt)) {
      return refusal(GRANT, "expired authorization code");
    } else if (!isMeantForUs(jwt.getAudience(), ownUrl)) {
      return refusal(GRANT, "audience is invalid");
    }
    return credentials.username().equalsIgnoreCase(user(jwt))
        ? Optional.empty()
        : refusal(GRANT, "user hasn't approved this consumer");
  }

  private static Optional<Refusal> refusal(String error, String description) {
    return Optional.of(new Refusal(error, description));
  }

  /** An app without a certificate knows no signature. */
  private boolean isSigned(DecodedJWT jwt) {
    if (certificate.isEmpty() || !"RS256".equals(jwt.getAlgorithm())) {
      return false;
    }
    try {
      Algorithm.RSA256((RSAPublicKey) certificate.get().getPublicKey(), null).verify(jwt);
      return true;
    } catch (SignatureVerificationException e) {
      return false;
    }
  }

  /** Who states milliseconds instead of seconds is thousands of years ahead. */
  private boolean isInTime(DecodedJWT jwt) {
    Instant end = jwt.getExpiresAtAsInstant();
    Instant now = clock.instant();
    return end != null && end.isAfter(now) && !end.isAfter(now.plus(FARTHEST));
  }

  private boolean isMeantForUs(List<String> audience, String ownUrl) {
    return audience != null
        && audience.stream()
            .map(name -> name.replaceAll("/+$", ""))
            .anyMatch(name -> name.equals(sandbox ? SANDBOX : PRODUCTION) || name.equals(ownUrl));
  }

  /** The older claim wins where both are stated. */
  private static String user(DecodedJWT jwt) {
    String older = jwt.getClaim("prn").asString();
    String user = older == null ? jwt.getSubject() : older;
    return user == null ? "" : user;
  }
}
