package edu.cumc.aou.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import edu.cumc.aou.cli.Site.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a user sees when a command fails: one line, what to do, and the exit code. */
class FailureEndToEndTest {

  @TempDir Path directory;
  private Site site;

  @BeforeEach
  void open() {
    site = new Site(directory, 20);
    assertThat(site.run("init").exitCode()).isZero();
  }

  @AfterEach
  void close() {
    site.close();
  }

  @Test
  void usage_isOneLineAndHowToFindOut() {
    for (String[] args :
        new String[][] {
          {"sync", "--bogus"},
          {"status", "first"},
          {"status", "0"},
          {"generate", "--participants", "0", "--jdbc-url", "jdbc:h2:mem:x"},
          {"demo", "--days", "0"},
          {"simulator", "--port", "70000"},
          {"sync", "--dry-run", "--plan", "x.json"},
          {"plan", "--json", "--show-values"},
          {"init", "--print", "--rebind"}
        }) {
      Result result = site.run(args);
      assertThat(result.exitCode()).as(String.join(" ", args)).isEqualTo(2);
      assertThat(result.errLines()).hasSize(2);
      assertThat(result.errLines().get(1)).contains("--help");
    }
  }

  @Test
  void help_needsNoConfiguration() {
    site.environment.put("AOU_CONFIG", "absent.conf");

    assertThat(site.run("--help").out()).contains("Exit codes:", "demo", "sync");
    assertThat(site.run("sync", "--help").exitCode()).isZero();
    assertThat(site.run("--version").out()).contains("aou-sync");
  }

  @Test
  void wrongPassword_isOneLineWithExitCode3() {
    site.environment.put("AOU_SALESFORCE_PASSWORD", "not-the-password");

    Result result = site.run("sync");

    assertThat(result.exitCode()).isEqualTo(3);
    assertThat(result.errLines()).hasSize(1);
    assertThat(result.err()).startsWith("aou-sync: Salesforce").doesNotContain("not-the-password");
    assertThat(site.org.isLockedOut()).isFalse();
  }

  @Test
  void unreachableServer_hasExitCode4() {
    site.org.close();

    Result result = site.run("sync");

    assertThat(result.exitCode()).as(result.err()).isEqualTo(4);
    assertThat(result.errLines()).hasSize(1);
  }

  @Test
  void allProblemsOfTheConfiguration_areToldAtOnce() {
    site.configure("conatct.object = Contact\nlocal-zone = Mars\nsource.jdbc-ulr = x");

    Result result = site.run("sync");

    assertThat(result.exitCode()).isEqualTo(3);
    assertThat(result.err())
        .contains("3 problems", "conatct", "did you mean contact?", "local-zone", "jdbc-ulr")
        .contains("(aou-sync.conf and the environment)");
  }

  @Test
  void unknownField_isNamed() {
    site.configure("contact.fields.Shoe_Size__c { column = \"Email_HP\" }");

    Result result = site.run("sync");

    assertThat(result.exitCode()).isEqualTo(3);
    assertThat(result.err()).contains("Shoe_Size__c");
  }

  @Test
  void missingRelation_isNamedByItsSetting() {
    site.source.dropJourneys();

    Result result = site.run("sync");

    assertThat(result.exitCode()).as(result.err()).isEqualTo(3);
    assertThat(result.err()).contains("source.");
  }

  @Test
  void storeWithoutTables_namesInit() {
    site.environment.put("AOU_STORE_JDBC_URL", "jdbc:h2:file:" + directory.resolve("other"));
    site.environment.put("AOU_STORE_USER", "sa");

    for (String command : new String[] {"sync", "status"}) {
      Result result = site.run(command);
      assertThat(result.exitCode()).isEqualTo(3);
      assertThat(result.err()).contains("aou-sync init");
    }
  }

  @Test
  void production_refusesAnH2Store() {
    site.environment.put("AOU_ENVIRONMENT", "production");

    for (String command : new String[] {"sync", "init"}) {
      Result result = site.run(command);
      assertThat(result.exitCode()).isEqualTo(3);
      assertThat(result.err()).contains("store.jdbc-url", "H2");
    }
  }

  @Test
  void wrongSortOfOrg_isRefusedBeforeAnythingIsSent() {
    site.configure("salesforce.expected-org-id = 00D000000000001AAA");

    Result result = site.run("sync", "--initial-load");

    assertThat(result.exitCode()).isEqualTo(3);
    assertThat(result.err()).contains("salesforce.expected-org-id", "Nothing was changed");
  }

  @Test
  void malformedFile_isToldWithItsLineAndWithoutItsText() throws IOException {
    Files.writeString(directory.resolve("bad.conf"), "environment = sandbox\npassword = se}cret\n");

    Result result = site.run("sync", "--config", "bad.conf");

    assertThat(result.exitCode()).isEqualTo(3);
    assertThat(result.err()).contains("bad.conf:2").doesNotContain("cret");
  }

  @Test
  void defect_isToldWithoutTheTextOfTheException() {
    site.edges(
        services -> {
          throw new IllegalStateException("P012345678 is not to be printed");
        });

    Result result = site.run("sync", "--verbose");

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err())
        .contains("a defect of this program: IllegalStateException", "at edu.cumc.aou.cli")
        .doesNotContain("P012345678");
  }

  @Test
  void verbose_showsWhereAnErrorArose() {
    site.environment.put("AOU_SALESFORCE_PASSWORD", "not-the-password");

    assertThat(site.run("sync").err()).doesNotContain("    at ");
    assertThat(site.run("sync", "--verbose").err()).contains("    at edu.cumc.aou");
  }

  @Test
  void errorWithJson_isADocumentToo() throws IOException {
    site.environment.put("AOU_SALESFORCE_PASSWORD", "not-the-password");

    Result result = site.run("sync", "--json");

    JsonNode document = new ObjectMapper().readTree(result.out());
    assertThat(document.at("/exitCode").asInt()).isEqualTo(3);
    assertThat(document.at("/error/kind").asText()).isEqualTo("auth");
  }

  @Test
  void check_tellsEverythingAndWritesNothing() {
    Result good = site.run("check");
    assertThat(good.exitCode()).as(good.out() + good.err()).isZero();
    assertThat(good.out()).contains("A run is possible.");

    site.configure("contact.fields.Shoe_Size__c { column = \"Email_HP\" }");
    Result bad = site.run("check");
    assertThat(bad.exitCode()).isEqualTo(3);
    assertThat(bad.out()).contains("ERROR", "Shoe_Size__c", "A run would stop");
  }
}
