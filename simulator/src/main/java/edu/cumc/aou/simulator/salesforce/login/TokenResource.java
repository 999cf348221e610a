package edu.cumc.aou.simulator.salesforce.login;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import edu.cumc.aou.simulator.salesforce.http.Answer;
import edu.cumc.aou.simulator.salesforce.http.Call;
import edu.cumc.aou.simulator.salesforce.http.OpenSession;
import edu.cumc.aou.simulator.salesforce.http.Resource;
import edu.cumc.aou.simulator.salesforce.http.Router;
import edu.cumc.aou.simulator.salesforce.org.OrgSeed;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** {@code /services/oauth2/token}: login by client credentials, password or a signed assertion. */
public final class TokenResource implements Resource {
  private static final String FORM = "application/x-www-form-urlencoded";
  private static final String JWT_BEARER = "urn:ietf:params:oauth:grant-type:jwt-bearer";

  private final CredentialCheck logins;
  private final OpenSessions sessions;
  private final JwtAssertions assertions;
  private final Clock clock;
  private final boolean myDomain;

  public TokenResource(
      CredentialCheck logins,
      OpenSessions sessions,
      JwtAssertions assertions,
      LoginSettings settings) {
    this.logins = logins;
    this.sessions = sessions;
    this.assertions = assertions;
    this.clock = settings.clock();
    this.myDomain = settings.myDomain();
  }

  @Override
  public void register(Router router) {
    router.open("POST", "/services/oauth2/token", this::token);
  }

  private Answer token(Call call) {
    if (!call.header("Content-Type").orElse("").toLowerCase(Locale.ROOT).startsWith(FORM)) {
      return error("invalid_request", "content type must be " + FORM);
    }
    Map<String, String> form = call.form();
    return switch (form.getOrDefault("grant_type", "")) {
      case "client_credentials" -> clientCredentials(call, form);
      case "password" -> password(call, form);
      case JWT_BEARER -> jwtBearer(form);
      // No flow here gives out a refresh token.
      case "refresh_token" -> refreshToken(call, form);
      default -> error("unsupported_grant_type", "grant type not supported");
    };
  }

  private Answer clientCredentials(Call call, Map<String, String> form) {
    if (!myDomain) {
      return error("invalid_grant", "request not supported on this domain");
    }
    return refuseClient(logins.credentials(), call, form).orElseGet(this::success);
  }

  private Answer password(Call call, Map<String, String> form) {
    Optional<Answer> refused = refuseClient(logins.credentials(), call, form);
    if (refused.isPresent()) {
      return refused.get();
    }
    return logins.check(form.getOrDefault("username", ""), form.getOrDefault("password", ""))
        ? success()
        : error("invalid_grant", "authentication failure");
  }

  private Answer jwtBearer(Map<String, String> form) {
    return assertions
        .refuse(form.getOrDefault("assertion", ""), sessions.url())
        .map(refusal -> error(refusal.error(), refusal.description()))
        .orElseGet(this::success);
  }

  private Answer refreshToken(Call call, Map<String, String> form) {
    return refuseClient(logins.credentials(), call, form)
        .orElseGet(() -> error("invalid_grant", "expired access/refresh token"));
  }

  /** What is wrong with the connected app's id and secret; empty if nothing. */
  static Optional<Answer> refuseClient(
      Credentials credentials, Call call, Map<String, String> form) {
    String id = form.getOrDefault("client_id", "");
    String secret = form.getOrDefault("client_secret", "");
    String authorization = call.header("Authorization").orElse("");
    if (authorization.startsWith("Basic ")) {
      String pair = basic(authorization.substring("Basic ".length()));
      int colon = pair.indexOf(':');
      id = colon < 0 ? pair : pair.substring(0, colon);
      secret = colon < 0 ? "" : pair.substring(colon + 1);
    }
    if (!id.equals(credentials.clientId())) {
      return Optional.of(error("invalid_client_id", "client identifier invalid"));
    }
    return secret.equals(credentials.clientSecret())
        ? Optional.empty()
        : Optional.of(error("invalid_client", "invalid client credentials"));
  }

  private static String basic(String encoded) {
    try {
      return new String(Base64.getDecoder().decode(encoded.strip()), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return "";
    }
  }

  private Answer success() {
    OpenSession session = sessions.open(OrgSeed.INTEGRATION_USER);
    Credentials credentials = logins.credentials();
    String id = session.identityUrl(credentials.organizationId());
    String issuedAt = String.valueOf(clock.millis());
    ObjectNode json =
        JsonNodeFactory.instance
            .objectNode()
            .put("access_token", session.token())
            .put("signature", signature(id + issuedAt, credentials.clientSecret()))
            .put("scope", "api")
            .put("instance_url", session.instanceUrl())
            .put("id", id)
            .put("token_type", "Bearer")
            .put("issued_at", issuedAt);
    return Answer.ok(json);
  }

  private static String signature(String text, String secret) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java platform has HmacSHA256", e);
    }
  }

  private static Answer error(String error, String description) {
    return Answer.json(
        400,
        JsonNodeFactory.instance
            .objectNode()
            .put("error", error)
            .put("error_description", description));
  }
}
