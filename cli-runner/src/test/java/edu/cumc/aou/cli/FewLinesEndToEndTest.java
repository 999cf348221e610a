package edu.cumc.aou.cli;

import static org.assertj.core.api.Assertions.assertThat;

import edu.cumc.aou.cli.Site.Result;
import edu.cumc.aou.simulator.salesforce.org.Automation.Refusal;
import edu.cumc.aou.simulator.salesforce.org.SavedRecord;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One cause is one line, and how calls are cut up is no news. */
class FewLinesEndToEndTest {

  private static final String CODE = "FIELD_CUSTOM_VALIDATION_EXCEPTION";

  @TempDir private Path directory;
  private Site site;
  private Predicate<SavedRecord> refused = saved -> false;
  private String code = CODE;

  @BeforeEach
  void open() {
    site = new Site(directory, 30, false, org -> org.automation(this::look));
    site.run("init");
  }

  private void look(SavedRecord saved) {
    if (saved.object().equals("Contact") && refused.test(saved)) {
      throw new Refusal(code, "not today", "LastName");
    }
  }

  @AfterEach
  void close() {
    site.close();
  }

  @Test
  void refusedAsNewAndAsKnown_forOneCause_isOneLine() throws Exception {
    assertThat(site.run("sync", "--initial-load").exitCode()).isIn(0, 5);
    refused = saved -> true;
    site.configure("guards.max-field-changes.share = 100%\n");
    site.source("UPDATE dbo.healthpro SET [City] = 'Elsewhere'");
    site.source(
        """
        CREATE TABLE dbo.fresh AS SELECT * FROM dbo.healthpro
          WHERE [Withdrawal Status] = '0' AND [Paired Organization] = 'COLUMBIA_COLUMBIA'
          AND [Email] NOT LIKE '%example.com' ORDER BY [PMI ID] FETCH FIRST 2 ROWS ONLY;
        UPDATE dbo.fresh SET [PMI ID] = CONCAT('P07000000', ROWNUM()),
          [Email] = CONCAT('fresh', ROWNUM(), '@example.org');
        INSERT INTO dbo.healthpro SELECT * FROM dbo.fresh;
        DROP TABLE dbo.fresh""");

    Result sync = site.nextMorning("sync");

    assertThat(sync.exitCode()).as(sync.err()).isEqualTo(5);
    assertThat(site.run("failures", "2", "--json").out())
        .contains("\"action\" : \"insert\"", "\"action\" : \"update\"");
    assertThat(linesWith(sync.out(), "refused  " + CODE)).hasSize(1);
    assertThat(linesWith(site.run("failures").out(), "contacts refused: " + CODE)).hasSize(1);
    site.run("report", "2", "--out", "page.html");
    assertThat(
            Files.readString(directory.resolve("page.html"))
                .split("a validation rule of the org says no", -1))
        .hasSize(2);
  }

  @Test
  void callsThatAreCutInHalves_areSaidAtDebugOnly() {
    code = "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY";
    refused = saved -> true;
    String log;
    try (CapturedOutput output = new CapturedOutput()) {
      assertThat(site.run("sync", "--initial-load").exitCode()).isEqualTo(5);
      log = output.text();
    }

    assertThat(linesWith(log, "in halves")).isNotEmpty().allMatch(l -> l.contains(" DEBUG "));
  }

  private static List<String> linesWith(String text, String words) {
    return text.lines().filter(l -> l.contains(words)).toList();
  }
}
