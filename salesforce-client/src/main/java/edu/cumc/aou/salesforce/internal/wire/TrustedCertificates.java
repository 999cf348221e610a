package edu.cumc.aou.salesforce.internal.wire;

import edu.cumc.aou.salesforce.SalesforceException;
import edu.cumc.aou.salesforce.SalesforceException.Kind;
import edu.cumc.aou.salesforce.TrustSettings;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** Makes TLS trust Java's certificates and a few more. */
final class TrustedCertificates {

  private TrustedCertificates() {}

  static SSLContext context(TrustSettings settings) {
    try {
      List<Certificate> trusted = new ArrayList<>(more(settings));
      if (trusted.isEmpty()) {
        throw unusable();
      }
      for (TrustManager manager : managers(null)) {
        if (manager instanceof X509TrustManager x509) {
          Collections.<X509Certificate>addAll(trusted, x509.getAcceptedIssuers());
        }
      }
      KeyStore all = KeyStore.getInstance("PKCS12");
      all.load(null, null);
      for (int i = 0; i < trusted.size(); i++) {
        all.setCertificateEntry("trusted-" + i, trusted.get(i));
      }
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, managers(all), null);
      return context;
    } catch (IOException | GeneralSecurityException e) {
      throw unusable();
    }
  }

  private static TrustManager[] managers(@Nullable KeyStore store) throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return factory.getTrustManagers();
  }

  private static Collection<? extends Certificate> more(TrustSettings settings)
      throws IOException, GeneralSecurityException {
    byte[] file = Files.readAllBytes(settings.file());
    if (new String(file, StandardCharsets.ISO_8859_1).contains("-----BEGIN ")) {
      return CertificateFactory.getInstance("X.509")
          .generateCertificates(new ByteArrayInputStream(file));
    }
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(new ByteArrayInputStream(file), settings.password().reveal().toCharArray());
    List<Certificate> certificates = new ArrayList<>();
    for (String alias : Collections.list(store.aliases())) {
      Certificate certificate = store.getCertificate(alias);
      if (certificate != null) {
        certificates.add(certificate);
      }
    }
    return certificates;
  }

  private static SalesforceException unusable() {
    return new SalesforceException(
        Kind.CONFIGURATION,
        "the file of certificates to trust cannot be read or has none; expected PEM, or PKCS12 with"
            + " its password: see the setting trust");
  }
}
