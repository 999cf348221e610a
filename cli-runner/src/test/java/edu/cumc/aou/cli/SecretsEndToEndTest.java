package edu.cumc.aou.cli;

import static org.assertj.core.api.Assertions.assertThat;

import edu.cumc.aou.cli.Site.Result;
import edu.cumc.aou.cli.runtime.Configuration;
import edu.cumc.aou.sync.testing.Canaries;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Secrets come up nowhere: not when logins are refused, nor when settings are, nor in toString. */
class SecretsEndToEndTest {

  @TempDir Path directory;
  private final Canaries canaries = new Canaries();
  private Site site;
  private CapturedOutput output;

  @BeforeEach
  void open() {
    site = new Site(directory, 5);
    output = new CapturedOutput();
  }

  @AfterEach
  void close() {
    output.close();
    site.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"soap-password", "oauth-password", "client-credentials", "jwt", "session"})
  void refusedLogin_andSettings_showNoSecret(String type)
      throws IOException, GeneralSecurityException {
    site.run("init");
    plantSecrets(type);

    String settings = Configuration.load(null, site.world()).forRun().toString();
    Result refused = site.run("sync", "--verbose", "--json");

    assertThat(refused.exitCode()).as(refused.err()).isEqualTo(3);
    assertThat(settings).contains("SalesforceSettings", "StoreConfig");
    assertThat(canaries.leaks("toString", settings)).isEmpty();
    assertNoLeak(refused);
  }

  @Test
  void refusedDatabasePassword_isNotShown() {
    site.run("init");
    site.environment.put("AOU_SOURCE_PASSWORD", canaries.plant("source password"));

    Result refused = site.run("sync", "--verbose");

    assertThat(refused.exitCode()).as(refused.err()).isEqualTo(3);
    assertNoLeak(refused);
  }

  @Test
  void settingsThatAreRefused_areNamedWithoutTheirValue() throws IOException {
    Path key = directory.resolve("bad.pem");
    Files.writeString(key, "-----BEGIN PRIVATE KEY-----\n" + canaries.plant("key") + "\n-----END");
    String jwt = "salesforce.auth { type = jwt, client-id = id, private-key-file = \"%s\" }";
    for (String line :
        List.of(
            "salesforce.auth.password = [" + canaries.plant("list") + "]",
            "salesforce.auth.password { a = " + canaries.plant("object") + " }",
            "salesforce.auth.passwrod = " + canaries.plant("misspelt"),
            "salesforce.login-url = \"ftp://user:" + canaries.plant("url") + "@example.org\"",
            "salesforce.login-url = \"https://u:" + canaries.plant("userinfo") + "@example.org\"",
            "salesforce.api-version = " + canaries.plant("version"),
            "store.jdbc-url = \"jdbc:oracle:thin:u/" + canaries.plant("oracle") + "\"",
            "store.jdbc-url = \"jdbc:sqlserver://;password=" + canaries.plant("driver") + "\"",
            "source.jdbc-url = \"jdbc:h2:nowhere:" + canaries.plant("engine") + ";X=1\"",
            jwt.formatted(key))) {
      site.configure(line);

      Result refused = site.run("sync", "--verbose", "--json");

      assertThat(refused.exitCode()).as(line).isNotZero();
      assertNoLeak(refused);
    }
  }

  private void plantSecrets(String type) throws IOException, GeneralSecurityException {
    Path key = directory.resolve("key.pem");
    KeyPairGenerator keys = KeyPairGenerator.getInstance("RSA");
    keys.initialize(2048);
    String base64 =
        Base64.getMimeEncoder(64, new byte[] {'\n'})
            .encodeToString(keys.generateKeyPair().getPrivate().getEncoded());
    base64.lines().filter(line -> line.length() == 64).forEach(l -> canaries.watch("the key", l));
    Files.writeString(
        key, "-----BEGIN PRIVATE KEY-----\n" + base64 + "\n-----END PRIVATE KEY-----\n");
    site.environment.putAll(
        Map.of(
            "AOU_SALESFORCE_AUTH_TYPE", type,
            "AOU_SALESFORCE_PASSWORD", canaries.plant("password"),
            "AOU_SALESFORCE_SECURITY_TOKEN", canaries.plant("security token"),
            "AOU_SALESFORCE_CLIENT_ID", "an-invented-client",
            "AOU_SALESFORCE_CLIENT_SECRET", canaries.plant("client secret"),
            "AOU_SALESFORCE_PRIVATE_KEY_FILE", key.toString(),
            "AOU_SALESFORCE_ACCESS_TOKEN", canaries.plant("access token"),
            "AOU_SALESFORCE_INSTANCE_URL", site.org.url()));
  }

  private void assertNoLeak(Result result) {
    assertThat(canaries.leaks("stdout", result.out())).isEmpty();
    assertThat(canaries.leaks("stderr", result.err())).isEmpty();
    assertThat(canaries.leaks("the log", output.text())).isEmpty();
  }
}
