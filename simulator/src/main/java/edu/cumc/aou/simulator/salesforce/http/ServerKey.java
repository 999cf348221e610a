package edu.cumc.aou.simulator.salesforce.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A new key and its self-signed certificate, valid for this machine only. The key stays in memory.
 */
public final class ServerKey {
  static final String PASSWORD = "invented";

  private static final String ALIAS = "simulator";
  private static final long SECONDS = 60;
  private static final int LINE = 64;

  private final KeyStore store;

  private ServerKey(KeyStore store) {
    this.store = store;
  }

  /** Makes them with the JDK's tool, because its library cannot sign certificates. */
  public static ServerKey make() {
    try {
      Path folder = Files.createTempDirectory("simulator-tls");
      Path file = folder.resolve("key.p12");
      Path log = folder.resolve("keytool.log");
      try {
        run(file, log);
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
          store.load(in, PASSWORD.toCharArray());
        }
        return new ServerKey(store);
      } finally {
        Files.deleteIfExists(file);
        Files.deleteIfExists(log);
        Files.deleteIfExists(folder);
      }
    } catch (IOException | GeneralSecurityException e) {
      throw new SalesforceSimulatorException(
          "The certificate cannot be made; check that this Java has keytool, and the folder for"
              + " temporary files space",
          e);
    }
  }

  private static void run(Path file, Path log) throws IOException {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
            "-J-XX:TieredStopAtLevel=1",
            "-genkeypair",
            "-alias",
            ALIAS,
            "-keyalg",
            "EC",
            "-groupname",
            "secp256r1",
            "-dname",
            "CN=Salesforce simulator on this machine",
            "-ext",
            "SAN=ip:127.0.0.1,dns:localhost",
            "-ext",
            "BC=ca:true",
            "-validity",
            "365",
            "-storetype",
            "PKCS12",
            "-storepass",
            PASSWORD,
            "-keystore",
            file.toString());
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    try {
      if (!process.waitFor(SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new IOException("keytool did not end as it should");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } finally {
      process.destroyForcibly();
    }
  }

  KeyStore store() {
    return store;
  }

  /** Writes the certificate, in PEM, for clients to trust. */
  public void writeCertificate(Path file) {
    try {
      Certificate certificate = store.getCertificate(ALIAS);
      String body =
          Base64.getMimeEncoder(LINE, "\n".getBytes(StandardCharsets.US_ASCII))
              .encodeToString(certificate.getEncoded());
      Path folder = file.toAbsolutePath().getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      Files.writeString(
          file, "-----BEGIN CERTIFICATE-----\n" + body + "\n-----END CERTIFICATE-----\n");
    } catch (IOException | GeneralSecurityException e) {
      throw new SalesforceSimulatorException(
          "The file of the certificate cannot be written; check its folder", e);
    }
  }

  @Override
  public String toString() {
    return "key of the simulator";
  }
}
