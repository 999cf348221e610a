package edu.cumc.aou.cli;

import static org.assertj.core.api.Assertions.assertThat;

import edu.cumc.aou.cli.Site.Result;
import edu.cumc.aou.sync.testing.AwsStub;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is needed to tell people may be kept in AWS as well. */
class NotifySecretsEndToEndTest {

  @TempDir private Path directory;
  private final AwsStub aws = new AwsStub();
  private final Listener listener = new Listener();
  private Site site;

  @BeforeEach
  void open() {
    site = new Site(directory, 5);
    site.environment.putAll(aws.services());
    site.configure("notify.webhook { url = \"secret:aou-sync/hook#url\", on = [done] }");
  }

  @AfterEach
  void close() {
    site.close();
    listener.close();
    aws.close();
  }

  private static String json(String url) {
    return "{\"url\": \"" + url + "\"}";
  }

  @Test
  void addressThatIsKeptElsewhere_isReadWhenThereIsSomethingToTell() {
    aws.secret("aou-sync/hook", json(listener.url()));

    assertThat(site.run("init").exitCode()).isZero();
    assertThat(aws.reads()).isEmpty();
    Result done = site.run("sync", "--initial-load");

    assertThat(done.out()).contains("notify.webhook: told");
    assertThat(listener.bodies()).hasSize(1);
    assertThat(aws.reads()).containsExactly("aou-sync/hook");
  }

  @Test
  void exchangedAddress_isReadAgainOnceItIsRefused() {
    aws.secret("aou-sync/hook", json(listener.url() + "/gone"));
    aws.secretAfter("aou-sync/hook", 1, json(listener.url()));
    listener.answersUnder("/a-secret-path/gone", 404);

    Result tested = site.run("notify", "--test");

    assertThat(tested.exitCode()).as(tested.out()).isZero();
    assertThat(listener.bodies()).hasSize(2);
  }

  @Test
  void addressThatMayNotBeRead_isSaid_andLeavesTheRunWhatItWas() {
    aws.refuse("aou-sync/hook", 9, 400, "AccessDeniedException");
    site.run("init");

    Result done = site.run("sync", "--initial-load");

    assertThat(done.exitCode()).isZero();
    assertThat(done.out())
        .contains("notify.webhook: not told: notify.webhook.url: this program may not read");
  }

  @Test
  void addressThatIsNone_isNamedByItsSetting_withoutItsText() {
    aws.secret("aou-sync/hook", json("http://hooks.example.org/a-secret-path"));

    Result tested = site.run("notify", "--test");

    assertThat(tested.exitCode()).isEqualTo(3);
    assertThat(tested.out())
        .contains("notify.webhook.url: expected an address that begins with https://")
        .doesNotContain("a-secret-path");
  }
}
