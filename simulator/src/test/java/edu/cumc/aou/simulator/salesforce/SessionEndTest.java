package edu.cumc.aou.simulator.salesforce;

import static edu.cumc.aou.simulator.salesforce.Caller.DATA;
import static edu.cumc.aou.simulator.salesforce.Caller.assertError;
import static edu.cumc.aou.simulator.salesforce.Caller.encode;
import static edu.cumc.aou.simulator.salesforce.Caller.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who a session belongs to, and the ways to end it. */
class SessionEndTest {
  private final VirtualClock clock = new VirtualClock();
  private final SalesforceSimulator org = SalesforceSimulator.builder().clock(clock).start();
  private final Caller caller = new Caller(org);
  private final JsonNode login = caller.login();

  @AfterEach
  void close() {
    org.close();
  }

  private HttpResponse<String> form(String path, Map<String, String> fields) {
    StringBuilder body = new StringBuilder();
    fields.forEach(
        (name, value) -> body.append(name).append('=').append(encode(value)).append('&'));
    return caller.send(
        caller
            .request(path)
            .setHeader("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(body.toString())));
  }

  private JsonNode introspect(String token) {
    HttpResponse<String> response =
        form(
            "/services/oauth2/introspect",
            Map.of(
                "token", token,
                "client_id", org.credentials().clientId(),
                "client_secret", org.credentials().clientSecret()));
    assertThat(response.statusCode()).isEqualTo(200);
    return json(response);
  }

  @Test
  void identityUrl_saysWhoHasLoggedIn() {
    JsonNode identity = json(caller.get(login.path("id").asText()));

    assertThat(identity.path("id")).isEqualTo(login.path("id"));
    assertThat(identity.path("user_id").asText()).isEqualTo(org.integrationUserId());
    assertThat(identity.path("organization_id").asText())
        .isEqualTo(org.credentials().organizationId());
    assertThat(identity.path("urls").path("rest").asText())
        .isEqualTo(org.url() + "/services/data/v{version}/");
  }

  @Test
  void identityUrl_takesTheTokenAsAParameter() {
    String path = login.path("id").asText() + "?oauth_token=" + encode(caller.token());
    caller.use("");

    assertThat(caller.get(path).statusCode()).isEqualTo(200);
  }

  @Test
  void identityUrl_refusesOtherTokensAndOtherUsers() {
    String own = login.path("id").asText();

    HttpResponse<String> otherUser = caller.get(own.replaceAll("[^/]+$", org.staffUserId()));
    assertThat(otherUser.statusCode()).isEqualTo(403);
    assertThat(otherUser.body()).isEqualTo("Wrong_Org");

    caller.use("unknown");
    HttpResponse<String> unknown = caller.get(own);
    assertThat(unknown.statusCode()).isEqualTo(403);
    assertThat(unknown.body()).isEqualTo("Bad_OAuth_Token");
  }

  @Test
  void userInfo_saysWhoHasLoggedInAndCostsNoCall() {
    org.resetCounters();

    JsonNode info = json(caller.get("/services/oauth2/userinfo"));

    assertThat(info.path("sub")).isEqualTo(login.path("id"));
    assertThat(info.path("preferred_username").asText()).isEqualTo(org.credentials().username());
    assertThat(org.apiCalls()).isZero();
  }

  @Test
  void versionRoot_namesTheIdentityUrl() {
    assertThat(json(caller.get(DATA)).path("identity")).isEqualTo(login.path("id"));
  }

  @Test
  void introspect_tellsUntilWhenATokenIsGood() {
    JsonNode good = introspect(caller.token());
    assertThat(good.path("active").asBoolean()).isTrue();
    assertThat(good.path("username").asText()).isEqualTo(org.credentials().username());
    assertThat(good.path("exp").asLong())
        .isEqualTo(clock.instant().plus(Duration.ofHours(2)).getEpochSecond());

    clock.advance(Duration.ofHours(2));
    assertThat(introspect(caller.token())).isEqualTo(json("{\"active\":false}"));
  }

  @Test
  void introspect_needsTheConnectedApp() {
    HttpResponse<String> response =
        form("/services/oauth2/introspect", Map.of("token", caller.token()));

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(json(response).path("error").asText()).isEqualTo("invalid_client_id");
  }

  @Test
  void revokedTokens_areNotGoodAnyMore() {
    assertThat(form("/services/oauth2/revoke", Map.of("token", caller.token())).statusCode())
        .isEqualTo(200);

    assertError(caller.get(DATA + "/limits"), 401, "INVALID_SESSION_ID");
  }

  @Test
  void revokeByUrl_worksAsWell() {
    assertThat(caller.get("/services/oauth2/revoke?token=" + encode(caller.token())).statusCode())
        .isEqualTo(200);

    assertError(caller.get(DATA + "/limits"), 401, "INVALID_SESSION_ID");
  }

  @Test
  void revokeErrors_areFormsAndNotJson() {
    HttpResponse<String> response = form("/services/oauth2/revoke", Map.of("token", "unknown"));

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.headers().firstValue("Content-Type").orElse(""))
        .startsWith("application/x-www-form-urlencoded");
    assertThat(response.body()).startsWith("error=unsupported_token_type&error_description=");
    assertThat(form("/services/oauth2/revoke", Map.of()).body())
        .startsWith("error=invalid_request&");
  }

  @Test
  void soapLogout_endsTheSession() {
    assertThat(soapLogout(caller.token()).statusCode()).isEqualTo(200);
    assertError(caller.get(DATA + "/limits"), 401, "INVALID_SESSION_ID");

    HttpResponse<String> again = soapLogout(caller.token());
    assertThat(again.statusCode()).isEqualTo(500);
    assertThat(again.body()).contains("<faultcode>sf:INVALID_SESSION_ID</faultcode>");
  }

  private HttpResponse<String> soapLogout(String token) {
    String body =
        "<se:Envelope xmlns:se=\"http://schemas.xmlsoap.org/soap/envelope/\"><se:Header>"
            + "<SessionHeader xmlns=\"urn:partner.soap.sforce.com\"><sessionId>"
            + token
            + "</sessionId></SessionHeader></se:Header><se:Body>"
            + "<logout xmlns=\"urn:partner.soap.sforce.com\"/></se:Body></se:Envelope>";
    return caller.send(
        caller
            .request("/services/Soap/u/64.0")
            .setHeader("Content-Type", "text/xml")
            .setHeader("SOAPAction", "\"\"")
            .POST(BodyPublishers.ofString(body)));
  }

  @Test
  void refreshTokens_areAllExpired() {
    HttpResponse<String> response =
        caller.token(
            Map.of(
                "grant_type",
                "refresh_token",
                "refresh_token",
                "invented",
                "client_id",
                org.credentials().clientId(),
                "client_secret",
                org.credentials().clientSecret()));

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(json(response).path("error_description").asText())
        .isEqualTo("expired access/refresh token");
  }
}
