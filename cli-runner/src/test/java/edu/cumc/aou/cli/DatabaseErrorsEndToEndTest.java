package edu.cumc.aou.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import edu.cumc.aou.cli.Site.Result;
import edu.cumc.aou.db.testing.TdsServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a user reads when the database refuses: never that it is a defect of the program. */
class DatabaseErrorsEndToEndTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path directory;
  private Site site;

  @BeforeEach
  void open() {
    site = new Site(directory, 30);
    site.run("init");
  }

  @AfterEach
  void close() {
    site.close();
  }

  /** A server that takes the login, and answers every question for rows with this number. */
  private static TdsServer server(int number) {
    return TdsServer.answering(
        sql -> !sql.equals(TdsServer.LOGIN_STATEMENT) && sql.contains("FROM") ? number : 0);
  }

  private void source(TdsServer server, String more) {
    site.configure(
        "source { jdbc-url = \"jdbc:sqlserver://localhost:"
            + server.port()
            + ";connectRetryCount=0"
            + more
            + "\", user = reader, password = invented }");
  }

  private List<JsonNode> errors() throws Exception {
    List<JsonNode> errors = new ArrayList<>();
    JSON.readTree(site.run("check", "--json").out())
        .path("findings")
        .forEach(
            f -> {
              if (f.path("level").asText().equals("error")) {
                errors.add(f);
              }
            });
    return errors;
  }

  @ParameterizedTest
  @CsvSource({
    "4, 1204, out of memory",
    "4, 8645, out of memory",
    "3, 916, lacks a permission",
    "3, 241, a row of the source does not convert",
    "3, 245, a row of the source does not convert",
    "3, 8114, a row of the source does not convert",
    "3, 8152, a row of the source does not convert",
    "3, 468, a view of the source does not work",
    "3, 4413, a view of the source does not work",
    "3, 7202, a view of the source does not work",
    "3, 7416, a view of the source does not work",
    "3, 4711, show the number to the DBA",
    "4, 9002, make room",
  })
  void numberOfTheSource_isToldWithWhatToDo(int exitCode, int number, String words) {
    try (TdsServer server = server(number)) {
      source(server, ";encrypt=false");
      Result result = site.run("sync", "--initial-load");

      assertThat(result.exitCode()).as(result.err()).isEqualTo(exitCode);
      assertThat(result.err()).contains(words).doesNotContain("defect", "P012345678");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {18451, 18461, 40615, 47073})
  void loginThatIsNotAdmitted_isNoDefect(int number) {
    try (TdsServer server =
        TdsServer.answering(sql -> sql.equals(TdsServer.LOGIN_STATEMENT) ? number : 0)) {
      source(server, ";encrypt=false");
      Result result = site.run("sync", "--initial-load");

      assertThat(result.exitCode()).as(result.err()).isEqualTo(3);
      assertThat(result.err()).contains("does not let this program in", "number " + number);
    }
  }

  @Test
  void databaseThatIsNotInService_isTriedAgainLater() {
    try (TdsServer server = server(976)) {
      source(server, ";encrypt=false");
      Result result = site.run("sync", "--initial-load");

      assertThat(result.exitCode()).as(result.err()).isEqualTo(4);
      assertThat(result.err()).contains("not in service (number 976)");
    }
  }

  @Test
  void serverWithoutTls_isToldAsThat_andOnce() throws Exception {
    try (TdsServer server = server(0)) {
      source(server, "");

      assertThat(errors())
          .singleElement()
          .satisfies(f -> assertThat(f.toString()).contains("offers no TLS", ";encrypt=false"));
    }
  }

  @Test
  void encryptWithBlanks_winsOverOurDefault() {
    try (TdsServer server = server(245)) {
      source(server, "; encrypt = false");

      assertThat(site.run("sync", "--initial-load").err()).contains("does not convert");
    }
  }

  @Test
  void propertyThatTheDriverRefuses_isNamed() throws Exception {
    try (TdsServer server = server(0)) {
      source(server, ";encrypt=false;applicationIntent=sometimes");

      assertThat(errors())
          .singleElement()
          .satisfies(f -> assertThat(f.toString()).contains("applicationIntent"));
    }
  }

  @Test
  void refusedLogin_isTriedOnce_andToldOnce() throws Exception {
    List<String> logins = new ArrayList<>();
    try (TdsServer server =
        TdsServer.answering(
            sql -> {
              if (sql.equals(TdsServer.LOGIN_STATEMENT)) {
                logins.add(sql);
                return 18456;
              }
              return 0;
            })) {
      source(server, ";encrypt=false");

      assertThat(errors()).hasSize(1);
      assertThat(logins).hasSize(1);
    }
  }

  @Test
  void missingView_isToldOnce() throws Exception {
    site.configure("source.journeys = \"dm_aou.dbo.nowhere\"");

    assertThat(errors())
        .extracting(f -> f.path("subject").asText())
        .containsExactly("source.journeys");
  }

  @Test
  void sourceThatIsNotThere_isNotMade() throws Exception {
    Path file = directory.resolve("mistyped.mv.db");
    site.configure("source.jdbc-url = \"jdbc:h2:file:" + directory.resolve("mistyped") + "\"");

    assertThat(errors())
        .singleElement()
        .satisfies(f -> assertThat(f.toString()).contains("source.jdbc-url", "no database"));
    assertThat(Files.exists(file)).isFalse();
  }

  @Test
  void storeThatTakesNoRows_isNotOk() throws Exception {
    site.configure(
        "store { jdbc-url = \"jdbc:h2:file:"
            + directory.resolve("aou-sync-store")
            + ";ACCESS_MODE_DATA=r\", user = sa, password = \"\" }");

    assertThat(errors())
        .singleElement()
        .satisfies(
            f -> {
              assertThat(f.path("subject").asText()).isEqualTo("store");
              assertThat(f.path("message").asText()).contains("read-only");
            });
  }

  @Test
  void columnsThatNeverFit_areFound_whateverThePair() {
    site.configure(
        "journey.fields.HP_EHR_Consent_Status__c { columns = [\"EHR Consent Date\"], transform ="
            + " flag }\n"
            + "contact.fields.Birthdate { columns = [\"City_HP\"], transform = us-state }");
    Result result = site.run("check");

    assertThat(result.exitCode()).isEqualTo(3);
    assertThat(result.out())
        .contains("contact.fields.Birthdate: needs a day")
        .contains("journey.fields.HP_EHR_Consent_Status__c: needs a flag");
  }

  @ParameterizedTest
  @ValueSource(strings = {"init", "check", "plan", "sync"})
  void fullDiskUnderTheStore_isToldAsThat(String command) {
    FullDisk.mount();
    String store =
        "store { jdbc-url = \"jdbc:h2:fulldisk:"
            + directory.resolve("full")
            + "\", user = sa, password = \"\" }";
    site.configure(store);
    if (!command.equals("init")) {
      assertThat(site.run("init").exitCode()).isZero();
    }
    FullDisk.fill();
    Result result = site.run(command);
    FullDisk.makeRoom();

    assertThat(result.exitCode()).as(result.err()).isEqualTo(3);
    assertThat(result.out() + result.err())
        .contains("a file of the store database cannot be read or written", "make room")
        .doesNotContain("firewall", "show the number");
  }

  @Test
  void settingOfH2_thatOursForbid_isNamed_once() throws Exception {
    site.configure(
        "store.jdbc-url = \"jdbc:h2:file:"
            + directory.resolve("another-store")
            + ";AUTO_SERVER=TRUE\"");

    assertThat(errors())
        .singleElement()
        .satisfies(f -> assertThat(f.toString()).contains("store.jdbc-url", "AUTO_SERVER"));
    assertThat(site.run("init").err())
        .contains("store.jdbc-url", "AUTO_SERVER")
        .doesNotContain("DBA");
  }

  @Test
  void relativePathOfAnH2File_isTold_once() throws Exception {
    site.configure("source.jdbc-url = \"jdbc:h2:file:dm_aou\"");

    assertThat(errors())
        .singleElement()
        .satisfies(
            f -> assertThat(f.toString()).contains("source.jdbc-url", "write the whole path"));
  }
}
