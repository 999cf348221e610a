package edu.cumc.aou.simulator.salesforce;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPrivateKey;
import java.util.List;

/** The key of a connected app and the certificate that belongs to it. */
record AppKeys(RSAPrivateKey privateKey, X509Certificate certificate) {
  private static final String PASSWORD = "invented";

  /** Makes a new pair, with the tool of the JDK: the library itself cannot sign certificates. */
  static AppKeys make(Path folder, String algorithm) {
    Path store = folder.resolve(algorithm + ".p12");
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
            "-genkeypair",
            "-alias",
            "app",
            "-keyalg",
            algorithm,
            "-dname",
            "CN=invented",
            "-storetype",
            "PKCS12",
            "-storepass",
            PASSWORD,
            "-keystore",
            store.toString());
    try {
      Path log = folder.resolve("keytool.log");
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      assertThat(process.waitFor()).as(Files.readString(log)).isZero();
      KeyStore keys = KeyStore.getInstance("PKCS12");
      try (InputStream in = Files.newInputStream(store)) {
        keys.load(in, PASSWORD.toCharArray());
      }
      return new AppKeys(
          keys.getKey("app", PASSWORD.toCharArray()) instanceof RSAPrivateKey rsa ? rsa : null,
          (X509Certificate) keys.getCertificate("app"));
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public String toString() {
    return "invented keys";
  }
}
