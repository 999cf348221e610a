package edu.cumc.aou.simulator.salesforce.login;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * Checks a signed assertion as the connected app does: the signature against its uploaded
 * certificate, then the claims. Thread-safe.
 */
public final class JwtAssertions {
  private static final String GRANT = "invalid_grant";
  private static final ObjectMapper JSON = new ObjectMapper();
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
   * @param ownUrl the address of the org, which is also an allowed audience
   * @return what is wrong with it; empty if it opens a session
   */
  Optional<Refusal> refuse(String assertion, String ownUrl) {
    List<String> parts = List.of(assertion.split("\\.", -1));
    Optional<JsonNode> header = parts.size() == 3 ? json(parts.get(0)) : Optional.empty();
    Optional<JsonNode> stated = parts.size() == 3 ? json(parts.get(1)) : Optional.empty();
    if (header.isEmpty() || stated.isEmpty()) {
      return refusal(GRANT, "invalid assertion");
    }
    JsonNode claims = stated.get();
    if (!credentials.clientId().equals(claims.path("iss").asText())) {
      return refusal("invalid_client_id", "client identifier invalid");
    } else if (!isSigned(header.get(), parts)) {
      return refusal(GRANT, "invalid assertion");
    } else if (isOver(claims.path("exp"))) {
      return refusal(GRANT, "expired authorization code");
    } else if (!isMeantForUs(claims.path("aud"), ownUrl)) {
      return refusal(GRANT, "audience is invalid");
    }
    return credentials.username().equalsIgnoreCase(user(claims))
        ? Optional.empty()
        : refusal(GRANT, "user hasn't approved this consumer");
  }

  private static Optional<JsonNode> json(String part) {
    try {
      return Optional.of(JSON.readTree(decoded(part))).filter(JsonNode::isObject);
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Some clients keep the padding. */
  private static byte[] decoded(String part) {
    return Base64.getUrlDecoder().decode(part);
  }

  private static Optional<Refusal> refusal(String error, String description) {
    return Optional.of(new Refusal(error, description));
  }

  /** An app without a certificate accepts no signature. */
  private boolean isSigned(JsonNode header, List<String> parts) {
    if (certificate.isEmpty() || !"RS256".equals(header.path("alg").asText())) {
      return false;
    }
    try {
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initVerify(certificate.get().getPublicKey());
      signature.update((parts.get(0) + "." + parts.get(1)).getBytes(StandardCharsets.US_ASCII));
      return signature.verify(decoded(parts.get(2)));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      return false;
    }
  }

  /**
   * Accepts seconds as a number or as text. A far future does not matter: Salesforce's own command
   * line states milliseconds and logs in.
   */
  private boolean isOver(JsonNode end) {
    boolean stated = end.isNumber() || end.asText().matches("\\d{1,18}");
    return !stated || end.asLong() <= clock.instant().getEpochSecond();
  }

  private boolean isMeantForUs(JsonNode audience, String ownUrl) {
    List<String> all = new ArrayList<>();
    if (audience.isArray()) {
      audience.forEach(one -> all.add(one.asText()));
    } else {
      all.add(audience.asText());
    }
    return all.stream()
        .map(name -> name.replaceAll("/+$", ""))
        .anyMatch(name -> name.equals(sandbox ? SANDBOX : PRODUCTION) || name.equals(ownUrl));
  }

  /** The older claim wins if both are stated. */
  private static String user(JsonNode claims) {
    return claims.path("prn").asText(claims.path("sub").asText());
  }
}
