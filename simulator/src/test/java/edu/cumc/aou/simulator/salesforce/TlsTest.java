package edu.cumc.aou.simulator.salesforce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import edu.cumc.aou.simulator.salesforce.fault.Fault;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsTest {
  @TempDir Path folder;

  @Test
  void https_isServedToThoseWhoTrustTheCertificate_andToNobodyElse() throws Exception {
    Path certificate = folder.resolve("new/certificate.pem");
    try (SalesforceSimulator org = SalesforceSimulator.builder().tls(certificate).start()) {
      HttpClient trusting = HttpClient.newBuilder().sslContext(trust(certificate)).build();
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(org.url() + "/services/data")).build();

      assertThat(org.url()).startsWith("https://127.0.0.1:");
      assertThat(trusting.send(request, HttpResponse.BodyHandlers.ofString()).body())
          .contains("v62.0");
      HttpRequest byName =
          HttpRequest.newBuilder(
                  URI.create(org.url().replace("127.0.0.1", "localhost") + "/services/data"))
              .build();
      assertThat(trusting.send(byName, HttpResponse.BodyHandlers.ofString()).statusCode())
          .isEqualTo(200);
      assertThatThrownBy(
              () ->
                  HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.discarding()))
          .isInstanceOf(SSLHandshakeException.class);
      org.faults().on("GET", "/services/data", n -> true, Fault.resetAfterApply());
      assertThatThrownBy(() -> trusting.send(request, HttpResponse.BodyHandlers.discarding()))
          .isInstanceOf(IOException.class);
    }
    assertThat(Files.readString(certificate))
        .startsWith("-----BEGIN CERTIFICATE-----\n")
        .doesNotContain("PRIVATE");
  }

  private static SSLContext trust(Path certificate) throws Exception {
    KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
    trusted.load(null, null);
    try (InputStream in = Files.newInputStream(certificate)) {
      trusted.setCertificateEntry(
          "simulator", CertificateFactory.getInstance("X.509").generateCertificate(in));
    }
    TrustManagerFactory managers =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    managers.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, managers.getTrustManagers(), null);
    return context;
  }
}
