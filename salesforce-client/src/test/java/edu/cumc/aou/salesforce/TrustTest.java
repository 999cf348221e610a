package edu.cumc.aou.salesforce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import edu.cumc.aou.salesforce.SalesforceException.Kind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrustTest {

  private static final String PASSWORD = "invented";

  @TempDir static Path dir;
  private static HttpsServer server;

  @BeforeAll
  static void start() throws Exception {
    Path keys = dir.resolve("server.p12");
    KeyStore store = Keys.make(keys, "EC", PASSWORD);
    Keys.writePem(
        dir.resolve("trusted.pem"), "CERTIFICATE", store.getCertificate(Keys.ALIAS).getEncoded());
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("server", store.getCertificate(Keys.ALIAS));
    try (var out = Files.newOutputStream(dir.resolve("trusted.p12"))) {
      trusted.store(out, PASSWORD.toCharArray());
    }
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(store, PASSWORD.toCharArray());
    SSLContext tls = SSLContext.getInstance("TLS");
    tls.init(managers.getKeyManagers(), null, null);
    server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(tls));
    server.createContext(
        "/",
        exchange -> {
          byte[] body = "[{\"version\":\"62.0\",\"label\":\"x\"}]".getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().add("Content-Type", "application/json");
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
  }

  @AfterAll
  static void stop() {
    server.stop(0);
  }

  private static SalesforceSettings.Builder settings() {
    URI uri = URI.create("https://localhost:" + server.getAddress().getPort());
    return SalesforceSettings.builder(new SalesforceAuth.ReadySession(Secret.of(Wired.TOKEN), uri));
  }

  private static List<ApiVersion> versions(SalesforceSettings settings) {
    try (Salesforce salesforce = Salesforce.connect(settings, new VirtualTime().surroundings())) {
      return salesforce.versions();
    }
  }

  @Test
  void certificateThatJavaDoesNotTrust_isRefused() {
    SalesforceException thrown =
        catchThrowableOfType(SalesforceException.class, () -> versions(settings().build()));

    assertThat(thrown.kind()).isEqualTo(Kind.CONFIGURATION);
    assertThat(thrown).hasMessageContaining("certificates");
  }

  @Test
  void certificateOfTheFile_isTrusted() {
    TrustSettings pem = new TrustSettings(dir.resolve("trusted.pem"), Secret.NONE);
    TrustSettings pkcs12 = new TrustSettings(dir.resolve("trusted.p12"), Secret.of(PASSWORD));

    assertThat(versions(settings().trust(pem).build())).hasSize(1);
    assertThat(versions(settings().trust(pkcs12).build())).hasSize(1);
  }

  @Test
  void fileThatHoldsNoCertificate_isAConfigurationFailure() throws IOException {
    Path empty = Files.writeString(dir.resolve("empty.pem"), "-----BEGIN NOTHING-----\n");
    List<TrustSettings> bad =
        List.of(
            new TrustSettings(empty, Secret.NONE),
            new TrustSettings(dir.resolve("absent.pem"), Secret.NONE),
            new TrustSettings(dir.resolve("trusted.p12"), Secret.of("wrong")));

    for (TrustSettings trust : bad) {
      SalesforceException thrown =
          catchThrowableOfType(
              SalesforceException.class, () -> versions(settings().trust(trust).build()));
      assertThat(thrown.kind()).isEqualTo(Kind.CONFIGURATION);
      assertThat(thrown.toString() + trust).doesNotContain("wrong");
    }
  }
}
