package edu.cumc.aou.cli;

import static org.assertj.core.api.Assertions.assertThat;

import edu.cumc.aou.cli.Site.Result;
import edu.cumc.aou.sync.testing.AwsStub;
import edu.cumc.aou.sync.testing.Canaries;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line takes its secrets from AWS where the configuration refers to them. */
class SecretReferencesEndToEndTest {

  @TempDir Path directory;
  private final AwsStub aws = new AwsStub();
  private Site site;

  @BeforeEach
  void open() {
    site = new Site(directory, 5);
    site.environment.putAll(aws.services());
    keep(site.org.credentials().password());
    site.configure(
        """
        salesforce.auth.password = "secret:aou-sync/sandbox#password"
        salesforce.auth.security-token = "ssm:/aou-sync/token"
        """);
  }

  @AfterEach
  void close() {
    site.close();
    aws.close();
  }

  @Test
  void sync_readsItsSecretsOnce() {
    assertThat(site.run("init").exitCode()).isZero();
    assertThat(aws.reads()).as("init needs the store only").isEmpty();

    Result sync = site.run("sync");

    assertThat(sync.exitCode()).as(sync.err()).isZero();
    assertThat(aws.reads()).containsExactlyInAnyOrder("aou-sync/sandbox", "/aou-sync/token");
  }

  @Test
  void changedPassword_isReadAgainOnceTheLoginIsRefused() {
    site.run("init");
    aws.secret("aou-sync/sandbox", "{\"password\": \"of-yesterday\"}");
    aws.secretAfter("aou-sync/sandbox", 1, json(site.org.credentials().password()));

    Result sync = site.run("sync");

    assertThat(sync.exitCode()).as(sync.err()).isZero();
    assertThat(site.org.isLockedOut()).isFalse();
  }

  @Test
  void wrongPassword_isOfferedOnceAndShownNowhere() {
    site.run("init");
    Canaries canaries = new Canaries();
    keep(canaries.plant("password"));

    Result sync = site.run("sync", "--verbose");

    assertThat(sync.exitCode()).as(sync.err()).isEqualTo(3);
    assertThat(sync.err()).contains("password or security token is wrong");
    assertThat(canaries.leaks("stderr", sync.err())).isEmpty();
    assertThat(aws.reads().stream().filter("aou-sync/sandbox"::equals)).hasSize(2);
    assertThat(site.org.requests().stream().filter(r -> r.path().contains("/services/Soap/")))
        .hasSize(1);
  }

  @Test
  void missingPermission_tellsTheSettingAndThePermission() {
    site.run("init");
    aws.refuse("aou-sync/sandbox", 9, 400, "AccessDeniedException");

    Result sync = site.run("sync");

    assertThat(sync.exitCode()).as(sync.err()).isEqualTo(3);
    assertThat(sync.err())
        .contains(
            "salesforce.auth.password: ", "secretsmanager:GetSecretValue", "aou-sync/sandbox");
  }

  @Test
  void malformedAndMisplacedReferences_areToldWithAllOtherProblems() {
    site.configure(
        """
        salesforce.auth.password = "secret:a b"
        salesforce.auth.username = "ssm:/aou-sync/user"
        """);

    Result sync = site.run("sync");

    assertThat(sync.exitCode()).isEqualTo(3);
    assertThat(sync.err())
        .contains("salesforce.auth.password: begins like a reference")
        .contains("salesforce.auth.username: a reference may stand for a password");
    assertThat(aws.reads()).isEmpty();
  }

  private void keep(String password) {
    aws.secret("aou-sync/sandbox", json(password));
    aws.parameter("/aou-sync/token", site.org.credentials().securityToken());
  }

  private static String json(String password) {
    return "{\"password\": \"" + password + "\"}";
  }
}
