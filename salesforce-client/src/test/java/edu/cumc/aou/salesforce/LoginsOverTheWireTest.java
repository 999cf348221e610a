package edu.cumc.aou.salesforce;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
}
