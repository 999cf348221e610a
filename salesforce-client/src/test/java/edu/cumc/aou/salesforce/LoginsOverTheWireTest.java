package edu.cumc.aou.salesforce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import edu.cumc.aou.salesforce.SalesforceException.Kind;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoginsOverTheWireTest {

  private static final String COUNT = "SELECT COUNT() FROM Contact";
  private static final String SEVEN = "{\"totalSize\":7,\"done\":true,\"records\":[]}";

  @Test
  void jwtLogin_sendsAFreshAssertionEachTime(@TempDir Path dir) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    Path key =
        Files.writeString(
            dir.resolve("key.pem"),
            "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder()
                    .encodeToString(generator.generateKeyPair().getPrivate().getEncoded())
                + "\n-----END PRIVATE KEY-----\n");
    VirtualTime time = new VirtualTime();
    try (RawServer server = new RawServer()) {
      server
          .then(RawServer.text(503, "text/html", "<html>", "Retry-After: 60"))
          .then(
              200,
              "{\"access_token\":\"T\",\"instance_url\":\""
                  + server.uri()
                  + "\",\"scope\":\"api\"}")
          .then(200, SEVEN);
      SalesforceSettings settings =
          SalesforceSettings.builder(
                  server.uri(), new SalesforceAuth.JwtBearer("app", "sync@example.org", key, null))
              .build();
      try (Salesforce salesforce = Salesforce.connect(settings, time.surroundings())) {
        assertThat(salesforce.count(COUNT)).isEqualTo(7);
      }
      String first = server.asked().get(0).text();
      assertThat(first)
          .startsWith(
              "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer&assertion=ey")
          .doesNotContain("client_secret");
      assertThat(server.asked().get(1).text()).isNotEqualTo(first);
    }
  }

  @Test
  void proxy_isAskedInsteadOfTheHost() throws IOException {
    try (RawServer proxy = new RawServer()) {
      proxy.then(200, SEVEN);
      SalesforceSettings settings =
          SalesforceSettings.builder(
                  new SalesforceAuth.ReadySession(
                      Secret.of("T"), URI.create("http://simulated-org.internal")))
              .proxy(new ProxySettings("localhost", proxy.uri().getPort()))
              .build();
      try (Salesforce salesforce = Salesforce.connect(settings, new VirtualTime().surroundings())) {
        assertThat(salesforce.count(COUNT)).isEqualTo(7);
      }
      assertThat(proxy.asked().get(0).headers()).containsEntry("host", "simulated-org.internal");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "403, CONFIGURATION, 'the proxy, and not Salesforce'",
    "407, CONFIGURATION, the proxy wants a login",
    "502, UNAVAILABLE, the proxy did not reach Salesforce"
  })
  void proxyThatRefusesToConnect_isNotTakenForSalesforce(int status, Kind kind, String words)
      throws IOException {
    try (RawServer proxy = new RawServer()) {
      proxy.always(RawServer.text(status, "text/html", "<html>no</html>"));
      SalesforceSettings settings =
          SalesforceSettings.builder(
                  new SalesforceAuth.ReadySession(
                      Secret.of("T"), URI.create("https://org.example.org")))
              .proxy(new ProxySettings("localhost", proxy.uri().getPort()))
              .build();
      try (Salesforce salesforce = Salesforce.connect(settings, new VirtualTime().surroundings())) {
        assertThatThrownBy(() -> salesforce.count(COUNT))
            .isInstanceOfSatisfying(
                SalesforceException.class, e -> assertThat(e.kind()).isEqualTo(kind))
            .hasMessageContaining(words);
      }
      assertThat(proxy.asked().get(0).method()).isEqualTo("CONNECT");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "invalid_client, External client app is not installed in this org, not installed",
    "invalid_client, invalid client credentials, client-secret where there is one",
    "OAUTH_EC_APP_NOT_FOUND, External client app is not installed in this org, not installed",
    "invalid_app_access, user is not admin approved to access this app, pre-authorise",
    "invalid_grant, authentication failure, blocks logins by password",
    "invalid_grant, ip restricted, login IP ranges",
    "invalid_grant, inactive user, not active",
    "unsupported_grant_type, grant type not supported, the org blocks it"
  })
  void refusedOAuthLogin_saysWhatToDo(String code, String description, String words)
      throws IOException {
    try (RawServer server = new RawServer()) {
      server.always(
          RawServer.json(
              400, "{\"error\":\"" + code + "\",\"error_description\":\"" + description + "\"}"));
      SalesforceSettings settings =
          SalesforceSettings.builder(
                  server.uri(), new SalesforceAuth.ClientCredentials("app", Secret.of("secret")))
              .build();
      try (Salesforce salesforce = Salesforce.connect(settings, new VirtualTime().surroundings())) {
        assertThatThrownBy(() -> salesforce.count(COUNT))
            .isInstanceOf(SalesforceException.class)
            .hasMessageContaining(words);
      }
      assertThat(server.asked()).hasSize(1);
    }
  }
}
