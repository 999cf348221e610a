package edu.cumc.aou.cli;

import static org.assertj.core.api.Assertions.assertThat;

import edu.cumc.aou.cli.Site.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The configuration looked at without asking anybody. */
class ConfigOnlyEndToEndTest {

  private static final String JSON =
      """
      { "$schema": "configuration.schema.json",
        "salesforce": { "login-url": "https://test.salesforce.com",
                        "auth": { "type": "client-credentials", "client-id": "x",
                                  "client-secret": "not-a-real-one" } },
        "contact": { "account-id": "001000000000001AAA",
                     "fields": { "MailingCity": { "steps": ["upper-case"] } } },
        "source": { "jdbc-url": "jdbc:sqlserver://nowhere.invalid", "user": "u", "password": "p" } }
      """;

  @TempDir private Path directory;

  @Test
  void aFileOfJson_isRead_andNobodyIsAsked() throws IOException {
    try (Site site = new Site(directory, 1)) {
      int calls = site.org.apiCalls();
      Files.writeString(directory.resolve("aou-sync.json"), JSON);

      Result good = site.run("check", "--config-only", "--config", "aou-sync.json");

      assertThat(good.exitCode()).as(good.err()).isZero();
      assertThat(good.out())
          .contains("contact.fields")
          .contains("nobody was asked")
          .contains("aou-sync check asks whether a run is possible")
          .doesNotContain("A run is possible");
      assertThat(site.org.apiCalls()).isEqualTo(calls);
      assertThat(directory.resolve("aou-sync-store.mv.db")).doesNotExist();
    }
  }

  @Test
  void misspeltVariable_isToldOnce_andStopsNothing() throws IOException {
    try (Site site = new Site(directory, 1)) {
      Files.writeString(directory.resolve("aou-sync.json"), JSON);
      site.environment.put("AOU_ENVIROMENT", "production");

      Result told = site.run("check", "--config-only", "--config", "aou-sync.json");

      assertThat(told.exitCode()).as(told.err()).isZero();
      assertThat(told.errLines())
          .containsOnlyOnce(
              "aou-sync: note: the environment variable AOU_ENVIROMENT stands for no setting and is"
                  + " not used (did you mean AOU_ENVIRONMENT?)");
    }
  }

  @Test
  void whatIsWrong_isToldTogether_withItsLine() throws IOException {
    try (Site site = new Site(directory, 1)) {
      Files.writeString(
          directory.resolve("aou-sync.json"),
          JSON.replace("\"account-id\"", "\"acount-id\"").replace("upper-case", "uper-case"));

      Result wrong = site.run("check", "--config-only", "--config", "aou-sync.json", "--json");

      assertThat(wrong.exitCode()).isEqualTo(3);
      assertThat(wrong.err() + wrong.out())
          .contains("contact.acount-id: unknown setting (did you mean account-id?) (line 5)")
          .contains("contact.fields.MailingCity.steps.1: a step says one of");
      assertThat(site.run("check", "--config-only", "--show-values").exitCode()).isEqualTo(2);
    }
  }
}
