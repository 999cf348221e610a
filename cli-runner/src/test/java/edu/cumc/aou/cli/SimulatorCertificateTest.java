package edu.cumc.aou.cli;

import static org.assertj.core.api.Assertions.assertThat;

import edu.cumc.aou.cli.Site.Result;
import edu.cumc.aou.cli.demo.VirtualTime;
import edu.cumc.aou.cli.runtime.World;
import edu.cumc.aou.simulator.source.SourceSimulator;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A login by JWT bearer rehearsed against the simulator, with files as for a real org. */
class SimulatorCertificateTest {

  private static final String PASSWORD = "invented";

  @TempDir Path directory;
  private final VirtualTime time = new VirtualTime(Instant.parse("2026-01-05T11:00:00Z"));

  private World world(Runnable untilStopped) {
    return new World(
        Map.of(), directory, time, time, false, untilStopped, UnaryOperator.identity());
  }

  private void makeKey(String algorithm) throws Exception {
    Path store = directory.resolve(algorithm + ".p12");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(
        List.of(
            ("-genkeypair -alias app -dname CN=invented -storetype PKCS12 -storepass invented"
                    + " -keyalg "
                    + algorithm)
                .split(" ", -1)));
    command.addAll(List.of("-keystore", store.toString()));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("keytool.log").toFile())
            .start();
    assertThat(process.waitFor()).isZero();
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    pem("app.key", "PRIVATE KEY", keys.getKey("app", PASSWORD.toCharArray()).getEncoded());
    pem("app.crt", "CERTIFICATE", keys.getCertificate("app").getEncoded());
  }

  private void pem(String name, String kind, byte[] content) throws Exception {
    Files.writeString(
        directory.resolve(name),
        "-----BEGIN "
            + kind
            + "-----\n"
            + Base64.getMimeEncoder().encodeToString(content)
            + "\n-----END "
            + kind
            + "-----\n");
  }

  private Result run(String... args) {
    return Site.run(world(() -> {}), args);
  }

  private void configure(String port) throws Exception {
    Files.writeString(
        directory.resolve("aou-sync.conf"),
        """
        environment = sandbox
        salesforce {
          login-url = "http://127.0.0.1:%s"
          auth {
            type = jwt
            client-id = invented-client-id
            username = "integration@simulated-org.example.org"
            private-key-file = "%s"
          }
        }
        contact.account-id = 001Hx0000000001
        source { jdbc-url = "%s", user = sa, password = "" }
        """
            .formatted(port, directory.resolve("app.key"), SourceSimulator.h2Url(directory)));
  }

  @Test
  void loginSignedWithTheKeyOfTheCertificate_isTaken() throws Exception {
    makeKey("RSA");
    Result[] checked = new Result[1];
    String port = String.valueOf(SimulatorEndToEndTest.freePort());
    configure(port);
    String url = SourceSimulator.h2Url(directory);
    assertThat(run("generate", "--jdbc-url", url, "--participants", "10").exitCode()).isZero();

    Result served =
        Site.run(
            world(() -> checked[0] = run("check")),
            "simulator",
            "--certificate",
            "app.crt",
            "--port",
            port);

    assertThat(served.exitCode()).as(served.err()).isZero();
    assertThat(checked[0].out()).as(checked[0].err()).contains("the login leads to a sandbox");
  }

  @Test
  void filesThatAreNoCertificateOfRsa_areRefusedWithTheReason() throws Exception {
    makeKey("EC");
    Files.writeString(directory.resolve("text.crt"), "no certificate");

    assertThat(start("app.crt")).contains("--certificate", "RSA");
    assertThat(start("text.crt")).contains("--certificate", "BEGIN CERTIFICATE");
    assertThat(start("absent.crt")).contains("--certificate", "cannot be read");
  }

  private String start(String file) {
    Result result = run("simulator", "--certificate", file, "--port", "0");
    assertThat(result.exitCode()).isEqualTo(3);
    return result.err();
  }
}
