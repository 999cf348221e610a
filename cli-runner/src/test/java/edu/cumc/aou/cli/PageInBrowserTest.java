package edu.cumc.aou.cli;

import static org.assertj.core.api.Assertions.assertThat;

import edu.cumc.aou.cli.PrintedPages.Sheet;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.Keys;

/** The page of a run as people see, print and hear it. */
class PageInBrowserTest {

  private static final String SETTINGS = "site = \"Example Clinic\"\n";
  private static final String CODE = "FIELD_CUSTOM_VALIDATION_EXCEPTION";

  @TempDir private static Path directory;
  private static Browser browser;

  @BeforeAll
  static void liveThroughAMonth() {
    browser = Browser.open();
    try (Site site = new Site(directory, 12)) {
      site.configure(SETTINGS + "guards.max-field-changes.share = 100%\n");
      site.run("init");
      site.run("sync", "--initial-load");
      site.source(
          "UPDATE dbo.healthpro SET [Email] = 'nobody', [Last Name] = 'Changed'"
              + " WHERE [PMI ID] < 'P5'");
      site.org.faults().onRow("Contact", "LastName", "Changed", 2, CODE, "Asked for");
      site.nextMorning("sync");
      site.run("report", "--out", "few.html");
      site.store(moreDays(31));
      site.run("report", "2", "--out", "many.html", "--show-pmi-ids");
    }
  }

  /** Days like the second; on each ninth a guard stopped the run, and some wrote less. */
  private static String moreDays(int last) {
    StringBuilder sql = new StringBuilder();
    for (int day = 3; day <= last; day++) {
      sql.append(
          """
          CREATE TABLE run AS SELECT * FROM dbo.sync_run WHERE run_id = 2;
          CREATE TABLE change AS SELECT * FROM dbo.sync_change WHERE run_id = 2;
          UPDATE run SET run_id = %1$d, started_at = DATEADD(DAY, %1$d, started_at), finished_at = DATEADD(SECOND, %2$d, DATEADD(DAY, %1$d, finished_at)), state = '%3$s';
          UPDATE change SET run_id = %1$d;
          DELETE FROM change WHERE MOD(seq, 5) < %4$d;
          INSERT INTO dbo.sync_run SELECT * FROM run;
          INSERT INTO dbo.sync_change SELECT * FROM change;
          DROP TABLE run;
          DROP TABLE change;
          """
              .formatted(day, 20 + day * 7 % 45, day % 9 == 0 ? "GUARDED" : "DONE", day % 4));
    }
    return sql.toString();
  }

  @AfterAll
  static void close() {
    if (browser != null) {
      browser.close();
    }
  }

  @AfterEach
  void nothingIsOnTheConsole() {
    assertThat(browser.console()).isEmpty();
  }

  private static Browser show(String page, int width, boolean phone, boolean dark) {
    return browser.show(directory.resolve(page + ".html"), width, 900, phone, dark);
  }

  @ParameterizedTest
  @CsvSource({"few, false", "many, true"})
  void desktop_readsWell_alsoForThoseWhoCannotSee(String page, boolean dark) {
    show(page, 1200, false, dark).picture(page + (dark ? "-desktop-dark" : "-desktop"));

    assertThat(browser.text("getComputedStyle(document.body).backgroundColor"))
        .isEqualTo(dark ? "rgb(18, 24, 30)" : "rgb(245, 247, 249)");
    assertThat(browser.accessibilityProblems()).isEmpty();
    browser.open("details");
    assertThat(browser.accessibilityProblems()).isEmpty();
  }

  @Test
  void whatIsRead_namesPlaceAndNumbersFirst_andApiNamesOnlyInTheDetails() {
    show("few", 1200, false, false);
    String read = browser.text("document.body.innerText");

    assertThat(read)
        .startsWith("Run 2: sync")
        .contains("Example Clinic, sandbox, Salesforce org Simulated Org (00D")
        .containsPattern("\n\\d+ records were brought up to date; \\d records were not sent")
        .contains("a validation rule of the org says no", "no valid e-mail address")
        .doesNotContain("__c", CODE, "invalid-email", "Contact_PMI");
    browser.open("details");
    assertThat(browser.text("document.body.innerText"))
        .contains(CODE, "invalid-email", "Contact_PMI");
  }

  @ParameterizedTest
  @ValueSource(strings = {"few", "many"})
  void phone_needsNoSidewaysMoves(String page) {
    show(page, 390, true, false).picture(page + "-phone");

    browser.open("details");

    assertThat(browser.number("document.documentElement.scrollWidth")).isLessThanOrEqualTo(390);
    assertThat(browser.list(TOO_WIDE.formatted(390))).isEmpty();
    show(page, 390, true, true).picture(page + "-phone-dark");
    assertThat(browser.accessibilityProblems()).isEmpty();
  }

  /** Elements that stand out on the right, but for those within what scrolls by itself. */
  private static final String TOO_WIDE =
      """
      [...document.querySelectorAll('body *')]
          .filter(e => !e.closest('.scroll') && !e.closest('svg') && !e.closest('.stack thead'))
          .filter(e => e.getBoundingClientRect().right > %d + 0.5)
          .map(e => e.outerHTML.slice(0, 120))""";

  @ParameterizedTest
  @CsvSource({"few, 1200", "few, 390", "many, 1200", "many, 390"})
  void charts_areDrawnWithinTheirFrame_andNoNumberHidesAnother(String page, int width) {
    show(page, width, width < 640, false);

    assertThat(browser.number("document.querySelectorAll('.trend').length")).isEqualTo(5);
    assertThat(browser.list(CHART_PROBLEMS)).isEmpty();
    assertThat(browser.number("document.querySelectorAll('#changes + svg .shown').length"))
        .isEqualTo(1);
    assertThat(browser.number("document.querySelectorAll('.cross').length"))
        .isEqualTo(page.equals("few") ? 0 : 5 * 3);
    assertThat(browser.text("document.getElementById('people-words').textContent"))
        .startsWith(page.equals("few") ? "Two syncs: " : "27 syncs: ")
        .endsWith(page.equals("few") ? "." : " 3 syncs came to nothing (crosses).");
  }

  private static final String CHART_PROBLEMS =
      """
      [...document.querySelectorAll('.trend svg')].flatMap(svg => {
        const frame = svg.getBoundingClientRect();
        const texts = [...svg.querySelectorAll('text')];
        const out = [...svg.querySelectorAll('path, text')].filter(e => {
          const box = e.getBoundingClientRect();
          return box.left < frame.left - 1 || box.right > frame.right + 1
              || box.top < frame.top - 1 || box.bottom > frame.bottom + 1;
        }).map(e => 'out of its frame: ' + e.outerHTML);
        const over = texts.flatMap((a, i) => texts.slice(i + 1).filter(b => {
          const one = a.getBoundingClientRect(), other = b.getBoundingClientRect();
          return one.left < other.right && other.left < one.right
              && one.top < other.bottom && other.top < one.bottom;
        }).map(b => 'hidden: ' + a.outerHTML + b.outerHTML));
        return out.concat(over);
      })""";

  @Test
  void keyboard_opensTheDetails_andMovesWideTables() {
    show("many", 390, true, false);

    browser.press(Keys.TAB);
    assertThat(browser.text("document.activeElement.tagName")).isEqualTo("SUMMARY");
    assertThat(browser.text("getComputedStyle(document.activeElement).outlineStyle"))
        .isEqualTo("solid");
    browser.press(Keys.ENTER);
    assertThat(browser.ask("document.querySelector('details').open")).isEqualTo(true);
    browser.press(Keys.TAB);
    assertThat(browser.text("document.activeElement.getAttribute('aria-label')"))
        .isEqualTo("The last runs");
    browser.press(Keys.ARROW_RIGHT);
    browser.await("document.activeElement.scrollLeft > 0");
  }

  @ParameterizedTest
  @CsvSource({
    "few, letter, 215.9, 279.4",
    "few, a4, 210, 297",
    "many, letter, 215.9, 279.4",
    "many, a4, 210, 297"
  })
  void print_cutsNothing_andLeavesNoPageHalfEmpty(
      String page, String paper, double width, double height) throws IOException {
    show(page, 1200, false, true);

    PrintedPages printed = PrintedPages.of(browser.print(page + "-" + paper, width, height));

    printed.keepPictures(page + "-" + paper);
    assertThat(printed.text())
        .contains("Example Clinic", "no valid e-mail address", CODE, "Contact_PMI")
        .contains("The last runs");
    List<Sheet> sheets = printed.sheets();
    assertThat(sheets).hasSizeLessThanOrEqualTo(page.equals("few") ? 4 : 5);
    assertThat(sheets).allSatisfy(s -> assertThat(s.isWithinMargins()).as(s.toString()).isTrue());
    assertThat(sheets.subList(0, sheets.size() - 1))
        .allSatisfy(s -> assertThat(s.filled()).as(s.toString()).isGreaterThan(0.75));
  }
}
