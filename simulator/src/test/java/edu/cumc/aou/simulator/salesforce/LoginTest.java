package edu.cumc.aou.simulator.salesforce;

import static edu.cumc.aou.simulator.salesforce.Caller.DATA;
import static edu.cumc.aou.simulator.salesforce.Caller.assertError;
import static edu.cumc.aou.simulator.salesforce.Caller.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LoginTest {
  private final VirtualClock clock = new VirtualClock();
  private SalesforceSimulator org =
      SalesforceSimulator.builder()
          .clock(clock)
          .loginAttempts(3)
          .sessionLifetime(Duration.ofMinutes(30))
          .start();
  private Caller caller = new Caller(org);

  @AfterEach
  void close() {
    org.close();
  }

  private void restart(SalesforceSimulatorBuilder builder) {
    org.close();
    org = builder.clock(clock).start();
    caller = new Caller(org);
  }

  private HttpResponse<String> soap(String version, String username, String password) {
    String body =
        "<se:Envelope xmlns:se='http://schemas.xmlsoap.org/soap/envelope/'><se:Body>"
            + "<n1:login xmlns:n1='urn:partner.soap.sforce.com'><n1:username>"
            + username
            + "</n1:username><n1:password>"
            + password
            + "</n1:password></n1:login></se:Body></se:Envelope>";
    return caller.send(
        caller
            .request("/services/Soap/u/" + version)
            .header("Content-Type", "text/xml")
            .header("SOAPAction", "login")
            .POST(BodyPublishers.ofString(body)));
  }

  private String passwordAndToken() {
    return org.credentials().password() + org.credentials().securityToken();
  }

  private static String element(String xml, String name) {
    Matcher matcher = Pattern.compile("<" + name + ">([^<]*)</" + name + ">").matcher(xml);
    assertThat(matcher.find()).as(name + " in " + xml).isTrue();
    return matcher.group(1);
  }

  @Test
  void soapLogin_givesASessionAndTheInstance() {
    HttpResponse<String> response = soap("62.0", org.credentials().username(), passwordAndToken());

    assertThat(response.statusCode()).isEqualTo(200);
    String xml = response.body();
    assertThat(element(xml, "serverUrl")).startsWith(org.url() + "/services/Soap/u/62.0/00D");
    assertThat(element(xml, "sandbox")).isEqualTo("true");
    assertThat(element(xml, "passwordExpired")).isEqualTo("false");
    assertThat(element(xml, "sessionSecondsValid")).isEqualTo("1800");
    assertThat(element(xml, "organizationId")).isEqualTo(org.credentials().organizationId());
    caller.use(element(xml, "sessionId"));
    assertThat(caller.get(DATA + "/limits").statusCode()).isEqualTo(200);
    assertThat(org.logins()).isEqualTo(1);
  }

  @Test
  void soapLogin_badPassword_isAFault() {
    HttpResponse<String> response = soap("62.0", org.credentials().username(), "wrong");

    assertThat(response.statusCode()).isEqualTo(500);
    assertThat(element(response.body(), "sf:exceptionCode")).isEqualTo("INVALID_LOGIN");
    assertThat(element(response.body(), "faultcode")).isEqualTo("INVALID_LOGIN");
    assertThat(org.logins()).isZero();
  }

  @Test
  void soapLogin_isGoneAfterVersion64() {
    assertThat(soap("64.0", org.credentials().username(), passwordAndToken()).statusCode())
        .isEqualTo(200);

    HttpResponse<String> response = soap("65.0", org.credentials().username(), passwordAndToken());

    assertThat(response.statusCode()).isEqualTo(500);
    assertThat(response.body()).contains("UNSUPPORTED_API_VERSION");
  }

  @Test
  void soapLogin_needsTheSoapActionHeader() {
    HttpResponse<String> response =
        caller.send(
            caller
                .request("/services/Soap/u/62.0")
                .header("Content-Type", "text/xml")
                .POST(BodyPublishers.ofString("<x/>")));

    assertThat(response.statusCode()).isEqualTo(500);
    assertThat(element(response.body(), "faultstring")).contains("SOAPAction");
  }

  @Test
  void soapLogin_refusesDoctypes() {
    HttpResponse<String> response =
        caller.send(
            caller
                .request("/services/Soap/u/62.0")
                .header("SOAPAction", "login")
                .POST(BodyPublishers.ofString("<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>")));

    assertThat(response.statusCode()).isEqualTo(500);
    assertThat(element(response.body(), "faultstring")).contains("well-formed");
  }

  @Test
  void tooManyBadPasswords_lockTheUserOut() {
    for (int i = 0; i < 3; i++) {
      assertThat(soap("62.0", org.credentials().username(), "wrong").statusCode()).isEqualTo(500);
    }

    assertThat(org.isLockedOut()).isTrue();
    assertThat(soap("62.0", org.credentials().username(), passwordAndToken()).statusCode())
        .isEqualTo(500);
  }

  @Test
  void goodPassword_endsTheRowOfBadOnes() {
    for (int i = 0; i < 4; i++) {
      soap("62.0", org.credentials().username(), "wrong");
      if (i == 1) {
        soap("62.0", org.credentials().username(), passwordAndToken());
      }
    }

    assertThat(org.isLockedOut()).isFalse();
  }

  @Test
  void clientCredentials_asForm_giveAToken() {
    JsonNode answer = caller.login();

    assertThat(answer.path("instance_url").asText()).isEqualTo(org.url());
    assertThat(answer.path("issued_at").isTextual()).isTrue();
    assertThat(answer.path("issued_at").asText()).isEqualTo(String.valueOf(clock.millis()));
    assertThat(answer.path("id").asText())
        .endsWith("/id/" + org.credentials().organizationId() + "/" + org.integrationUserId());
    assertThat(answer.path("access_token").asText()).startsWith("00D").contains("!");
    assertThat(answer.has("refresh_token")).isFalse();
  }

  @Test
  void clientCredentials_asBasicHeader_giveAToken() {
    String pair = org.credentials().clientId() + ":" + org.credentials().clientSecret();
    HttpResponse<String> response =
        caller.send(
            caller
                .request("/services/oauth2/token")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header(
                    "Authorization",
                    "Basic "
                        + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)))
                .POST(BodyPublishers.ofString("grant_type=client_credentials")));

    assertThat(response.statusCode()).isEqualTo(200);
  }

  @Test
  void clientCredentials_wrongOnes_areRefused() {
    assertTokenError(
        Map.of("grant_type", "client_credentials", "client_id", "nobody", "client_secret", "x"),
        "invalid_client_id");
    assertTokenError(
        Map.of(
            "grant_type", "client_credentials",
            "client_id", org.credentials().clientId(),
            "client_secret", "wrong"),
        "invalid_client");
  }

  @Test
  void clientCredentials_onACommonLoginHost_areRefused() {
    restart(SalesforceSimulator.builder().myDomain(false));

    JsonNode error = assertTokenError(caller.clientCredentials(), "invalid_grant");

    assertThat(error.path("error_description").asText())
        .isEqualTo("request not supported on this domain");
  }

  @Test
  void passwordGrant_givesATokenOrAnAuthenticationFailure() {
    assertThat(caller.token(passwordGrant(passwordAndToken())).statusCode()).isEqualTo(200);

    JsonNode error = assertTokenError(passwordGrant("wrong"), "invalid_grant");

    assertThat(error.path("error_description").asText()).isEqualTo("authentication failure");
  }

  private Map<String, String> passwordGrant(String password) {
    return Map.of(
        "grant_type", "password",
        "client_id", org.credentials().clientId(),
        "client_secret", org.credentials().clientSecret(),
        "username", org.credentials().username(),
        "password", password);
  }

  @Test
  void otherGrants_areUnsupported() {
    assertTokenError(
        Map.of("grant_type", "urn:ietf:params:oauth:grant-type:saml2-bearer", "assertion", "a"),
        "unsupported_grant_type");
  }

  private JsonNode assertTokenError(Map<String, String> form, String error) {
    HttpResponse<String> response = caller.token(form);
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(json(response).path("error").asText()).isEqualTo(error);
    return json(response);
  }

  @Test
  void badToken_gets401() {
    caller.use("00Dinvented!token");

    HttpResponse<String> response = caller.get(DATA + "/limits");

    JsonNode error = assertError(response, 401, "INVALID_SESSION_ID");
    assertThat(error.path("message").asText()).isEqualTo("Session expired or invalid");
    assertThat(response.headers().firstValue("WWW-Authenticate")).hasValue("Token");
    assertThat(org.apiCalls()).isZero();
  }

  @Test
  void session_endsWhenItWasIdleForItsLifetime() {
    caller.login();
    clock.advance(Duration.ofMinutes(29));
    assertThat(caller.get(DATA + "/limits").statusCode()).isEqualTo(200);
    clock.advance(Duration.ofMinutes(29));
    assertThat(caller.get(DATA + "/limits").statusCode()).isEqualTo(200);
    clock.advance(Duration.ofMinutes(30));

    assertError(caller.get(DATA + "/limits"), 401, "INVALID_SESSION_ID");
  }

  @Test
  void expireSessions_needsANewLogin_theOldTokenKeepsFailing() {
    caller.login();
    String old = caller.token();
    org.expireSessions();
    assertError(caller.get(DATA + "/limits"), 401, "INVALID_SESSION_ID");

    caller.login();

    assertThat(caller.token()).isNotEqualTo(old);
    assertThat(caller.get(DATA + "/limits").statusCode()).isEqualTo(200);
    caller.use(old);
    assertError(caller.get(DATA + "/limits"), 401, "INVALID_SESSION_ID");
    assertThat(org.logins()).isEqualTo(2);
  }

  @Test
  void alternatingHosts_bindASessionToItsHost() {
    restart(SalesforceSimulator.builder().alternatingHosts(true));
    String first = caller.login().path("instance_url").asText();
    String second = caller.login().path("instance_url").asText();

    assertThat(second).isNotEqualTo(first);
    assertThat(caller.get(second + DATA + "/limits").statusCode()).isEqualTo(200);
    assertError(caller.get(first + DATA + "/limits"), 401, "INVALID_SESSION_ID");
  }
}
