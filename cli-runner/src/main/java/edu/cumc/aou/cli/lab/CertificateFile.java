package edu.cumc.aou.cli.lab;

import edu.cumc.aou.sync.model.FailureKind;
import edu.cumc.aou.sync.model.SyncException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;

/** Reads the certificate of a connected app, as it would be uploaded to Salesforce. */
final class CertificateFile {

  private CertificateFile() {}

  /**
   * Reads the file, in PEM or DER.
   *
   * @throws SyncException CONFIG if it cannot be read, or holds no certificate with an RSA key
   */
  static X509Certificate read(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      X509Certificate certificate =
          (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
      if (!(certificate.getPublicKey() instanceof RSAPublicKey)) {
        throw problem("the certificate has no RSA key; Salesforce takes RS256 only");
      }
      return certificate;
    } catch (IOException e) {
      throw problem("the file cannot be read; check its name and permissions");
    } catch (CertificateException e) {
      throw problem("the file holds no X.509 certificate; it begins with BEGIN CERTIFICATE");
    }
  }

  private static SyncException problem(String text) {
    return new SyncException(FailureKind.CONFIG, "--certificate: " + text);
  }
}
