package edu.cumc.aou.simulator.salesforce;

import static edu.cumc.aou.simulator.salesforce.Caller.DATA;
import static edu.cumc.aou.simulator.salesforce.Caller.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.auth0.jwt.JWT;
import com.auth0.jwt.JWTCreator;
import com.auth0.jwt.algorithms.Algorithm;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JwtLoginTest {
  private static final String GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer";

  @TempDir static Path folder;
  private static AppKeys keys;

  private final VirtualClock clock = new VirtualClock();
  private SalesforceSimulator org =
      SalesforceSimulator.builder().clock(clock).certificate(keys.certificate()).start();
  private Caller caller = new Caller(org);

  @BeforeAll
  static void makeKeys() {
    keys = AppKeys.make(folder, "RSA");
  }

  @AfterEach
  void close() {
    org.close();
  }

  private void restart(SalesforceSimulatorBuilder builder) {
    org.close();
    org = builder.clock(clock).start();
    caller = new Caller(org);
  }

  private JWTCreator.Builder claims() {
    return JWT.create()
        .withIssuer(org.credentials().clientId())
        .withSubject(org.credentials().username())
        .withAudience("https://test.salesforce.com")
        .withExpiresAt(clock.instant().plus(Duration.ofMinutes(3)));
  }

  private HttpResponse<String> login(JWTCreator.Builder claims) {
    return send(claims.sign(Algorithm.RSA256(null, keys.privateKey())));
  }

  private HttpResponse<String> send(String assertion) {
    return caller.token(Map.of("grant_type", GRANT, "assertion", assertion));
  }

  private static void assertRefused(
      HttpResponse<String> response, String error, String description) {
    assertThat(response.statusCode()).isEqualTo(400);
    JsonNode json = json(response);
    assertThat(json.path("error").asText()).isEqualTo(error);
    assertThat(json.path("error_description").asText()).isEqualTo(description);
  }

  @Test
  void signedAssertion_opensASession() {
    HttpResponse<String> response = login(claims());

    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    assertThat(json(response).has("refresh_token")).isFalse();
    caller.use(json(response).path("access_token").asText());
    assertThat(caller.get(DATA + "/limits").statusCode()).isEqualTo(200);
  }

  @Test
  void assertion_mayBeMeantForTheOrgItself_orForTheHostOfItsKind() {
    assertThat(login(claims().withAudience(org.url() + "/")).statusCode()).isEqualTo(200);
    assertRefused(
        login(claims().withAudience("https://login.salesforce.com")),
        "invalid_grant",
        "audience is invalid");

    restart(SalesforceSimulator.builder().sandbox(false).certificate(keys.certificate()));

    assertThat(login(claims().withAudience("https://login.salesforce.com")).statusCode())
        .isEqualTo(200);
    assertRefused(login(claims()), "invalid_grant", "audience is invalid");
  }

  @Test
  void olderNameOfTheUser_wins() {
    assertThat(login(claims().withClaim("prn", org.credentials().username())).statusCode())
        .isEqualTo(200);
    assertRefused(
        login(claims().withClaim("prn", "other@example.org")),
        "invalid_grant",
        "user hasn't approved this consumer");
  }

  @Test
  void otherUsersAndOtherApps_areRefused() {
    assertRefused(
        login(claims().withSubject("other@example.org")),
        "invalid_grant",
        "user hasn't approved this consumer");
    assertRefused(
        login(claims().withIssuer("other")), "invalid_client_id", "client identifier invalid");
  }

  @Test
  void end_isNotPast_howeverFarAhead_asANumberOrAsText() {
    Instant now = clock.instant();
    assertThat(login(claims().withExpiresAt(now.plusSeconds(300))).statusCode()).isEqualTo(200);
    assertThat(login(claims().withExpiresAt(now.plusSeconds(3_600))).statusCode()).isEqualTo(200);
    // the official command line states milliseconds
    assertThat(
            login(
                    claims()
                        .withExpiresAt(Instant.ofEpochSecond(now.plusSeconds(180).toEpochMilli())))
                .statusCode())
        .isEqualTo(200);
    // Salesforce's help, simple-salesforce and Camel state text
    String text = String.valueOf(now.plusSeconds(180).getEpochSecond());
    assertThat(login(claims().withClaim("exp", text)).statusCode()).isEqualTo(200);

    assertRefused(
        login(claims().withExpiresAt(now)), "invalid_grant", "expired authorization code");
    assertRefused(
        login(claims().withClaim("exp", String.valueOf(now.getEpochSecond()))),
        "invalid_grant",
        "expired authorization code");
    assertRefused(
        login(claims().withClaim("exp", "soon")), "invalid_grant", "expired authorization code");
  }

  @Test
  void otherSignatures_areRefused(@TempDir Path elsewhere) {
    AppKeys others = AppKeys.make(elsewhere, "RSA");
    String good = claims().sign(Algorithm.RSA256(null, keys.privateKey()));

    assertRefused(
        send(claims().sign(Algorithm.RSA256(null, others.privateKey()))),
        "invalid_grant",
        "invalid assertion");
    assertRefused(send(claims().sign(Algorithm.none())), "invalid_grant", "invalid assertion");
    assertRefused(
        send(claims().sign(Algorithm.HMAC256("invented"))), "invalid_grant", "invalid assertion");
    assertRefused(
        send(good.substring(0, good.lastIndexOf('.') + 1)), "invalid_grant", "invalid assertion");
    assertRefused(send("a.b.c"), "invalid_grant", "invalid assertion");
    assertRefused(send(""), "invalid_grant", "invalid assertion");
    assertThat(org.logins()).isZero();
  }

  @Test
  void appWithoutACertificate_knowsNoSignature() {
    restart(SalesforceSimulator.builder());

    assertRefused(login(claims()), "invalid_grant", "invalid assertion");
  }

  @Test
  void certificateOfAnotherAlgorithm_isRefusedAtOnce() {
    AppKeys ec = AppKeys.make(folder, "EC");

    assertThatThrownBy(() -> SalesforceSimulator.builder().certificate(ec.certificate()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("RSA");
  }
}
