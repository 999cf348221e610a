package edu.cumc.aou.docs;

import static edu.cumc.aou.docs.CodesInSources.CODE;
import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigUtil;
import edu.cumc.aou.cli.Program;
import edu.cumc.aou.cli.print.FailureAdvice;
import edu.cumc.aou.sync.model.FailureKind;
import edu.cumc.aou.sync.model.FindingCode;
import edu.cumc.aou.sync.plan.PlanTallies;
import edu.cumc.aou.sync.port.AnomalyTable;
import edu.cumc.aou.sync.port.HoldTable;
import edu.cumc.aou.sync.port.SourceEntry.RejectReason;
import edu.cumc.aou.sync.settings.SyncSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ErrorsManualTest {

  private static final String PAGE = "docs/errors.md";
  private static final String CORE = "sync-core/src/main/java/edu/cumc/aou/sync/";

  private static final CodesInSources SYNC = new CodesInSources("sync-core", "edu.cumc.aou.sync");
  private static final String SYNC_CODE = "[a-z]+(?:-[a-z]+)+";

  private static final String SALESFORCE_CODE =
      "[A-Z]+(?:_[A-Z]+)+|[A-Z]{8,}|GONE|TooManyLockFailure|Bad_OAuth_Token";
  private static final String OAUTH_CODE = "[a-z]+(?:_[a-z]+)+";

  /** What a reader finds in the first cells of one of the page's tables. */
  private static Set<String> documented(String heading) {
    return new TreeSet<>(Manual.firstCellsBelow(PAGE, heading));
  }

  private static Set<String> names(Enum<?>[] values) {
    return Arrays.stream(values).map(Enum::name).collect(Collectors.toCollection(TreeSet::new));
  }

  /** The codes that the sources of a package give to what a pattern finds. */
  private static Set<String> codes(String packageName, String... patterns) {
    Set<String> codes = new TreeSet<>();
    try (Stream<Path> files = Files.list(Manual.ROOT.resolve(CORE + packageName))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
        String text = Files.readString(file).replaceAll("\\s+", " ");
        for (String pattern : patterns) {
          Matcher matcher = Pattern.compile(pattern).matcher(text);
          while (matcher.find()) {
            codes.add(matcher.group(1));
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return codes;
  }

  @Test
  void exitCodes_areThoseOfTheProgram() {
    assertThat(documented("Exit codes"))
        .isEqualTo(Program.model().getCommandSpec().usageMessage().exitCodeList().keySet());
  }

  @Test
  void failureKinds_areAllThere_withTheirExitCodes() {
    assertThat(documented("Why a run stops")).isEqualTo(names(FailureKind.values()));
    String page = Manual.read(PAGE);
    assertThat(FailureKind.values())
        .allSatisfy(k -> assertThat(page).contains("| `" + k + "` | " + k.exitCode() + " |"));
  }

  @Test
  void guards_areThoseOfTheSettings() {
    Set<String> known =
        SyncSettings.defaults().resolve().getConfig("guards").root().keySet().stream()
            .map(k -> "guards." + k)
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(documented("Guards")).isEqualTo(known);
  }

  @Test
  void rulesOfFields_areThoseOfTheMapping() {
    Set<String> known =
        codes(
            "mapping",
            "refused\\( ?\"([a-z-]+)\"",
            "-> rule\\([^;]*?, \"([a-z-]+)\"\\);",
            "OTHER -> Optional\\.of\\(\"([a-z-]+)\"\\)",
            "String (?:FUTURE_DATE|CANNOT_BE_BLANK|LOST_ZEROS|DAY_BEFORE_MONTH|REFUSED_BY_OWN) = \"([a-z-]+)\"");
    assertThat(known).hasSizeGreaterThan(10);
    assertThat(documented("Fields that are left alone")).isEqualTo(known);
  }

  @Test
  void reasonsOfRejection_areThoseOfTheSourceAndThePlanner() {
    Set<String> known =
        Arrays.stream(RejectReason.values())
            .map(RejectReason::code)
            .collect(Collectors.toCollection(TreeSet::new));
    known.addAll(
        codes(
            "plan",
            "rejectBoth\\( ?participant, \"([a-z-]+)\"",
            "String (?:MISSING|REFUSED) = \"([a-z-]+):\""));
    known.addAll(codes("adoption", "String [A-Z_]+ = \"([a-z-]+)\""));
    assertThat(known).hasSizeGreaterThan(3);
    assertThat(documented("Records that are rejected")).isEqualTo(known);
  }

  @Test
  void reasonsOfAnUndo_areThoseOfItsPlanner() {
    Set<String> known = SYNC.given("plan", "leave\\( ?done, " + CODE);
    known.addAll(SYNC.given("run", "Verdict\\.no\\( ?" + CODE));
    known.addAll(SYNC.given("run", "refused\\( ?change, " + CODE));
    assertThat(known).hasSizeGreaterThan(10);
    assertThat(documented("Records that an undo leaves alone")).isEqualTo(known);
  }

  @Test
  void reasonsOfHoldingAndSkipping_areThoseOfThePlanner() {
    Set<String> known =
        codes(
            "plan",
            "PlanTallies\\.(?:HELD|SKIPPED) \\+ \"([a-z-]+)\"",
            "skip\\( ?participant, \"([a-z-]+)\"",
            "/\\*\\* A reason to hold: [^\"]+ = \"([a-z-]+)\"");
    assertThat(known).hasSizeGreaterThan(5);
    known.addAll(names(HoldTable.Kind.values()));
    known.addAll(PlanTallies.unsentWithdrawals());
    assertThat(documented("Records that are held or skipped")).isEqualTo(known);
  }

  @Test
  void anomalies_areAllThere() {
    assertThat(documented("Anomalies")).isEqualTo(names(AnomalyTable.Kind.values()));
  }

  @Test
  void codesOfOurs_areThoseOfTheSteps() {
    Set<String> known =
        codes(
            "run",
            "String NOT_AS_APPROVED = \"([^\"]+)\"",
            "String (?:LOCKED_TOO_LONG|ANSWER_LOST|CODE|STOPPED) = \"([^\"]+)\"",
            "String [A-Z]+ = \"([a-z-]+-since)\"");
    known.addAll(
        codes(
            "port",
            "String (?:FAILS_INSIDE|CANNOT_BE_SENT|CREATED_SINCE|CREATED_WITHOUT_KEY)"
                + " = \"([^\"]+)\""));
    // a code of earlier versions: their rows are still shown
    known.add("LOCKED");
    assertThat(documented("Codes of ours in `sync_change.error_code`"))
        .isEqualTo(known)
        .hasSizeGreaterThan(3);
  }

  @Test
  void codesOfOurs_haveAdviceInTheProgram() {
    String unknown = FailureAdvice.of("NOBODY_KNOWS_THIS");
    Set<String> codes = documented("Records that are rejected");
    codes.addAll(documented("Records that an undo leaves alone"));
    codes.addAll(documented("Codes of ours in `sync_change.error_code`"));
    assertThat(codes)
        .allSatisfy(
            code ->
                assertThat(FailureAdvice.of(code + (isOfField(code) ? ":LastName:too-long" : "")))
                    .isNotEqualTo(unknown));
  }

  private static boolean isOfField(String code) {
    return code.startsWith("required-field-");
  }

  /** Words in the shape of a code that no record and no run shows. */
  private static final Set<String> NO_CODES =
      Set.of(
          // names of counts, marks and times of a run
          "approved-by",
          "await-began",
          "await-counted",
          "await-left",
          "await-moved",
          "await-wanted",
          "before-its-plan",
          "counts-changes",
          "corrected-clears",
          "corrected-rejected",
          "corrected-withdrawals",
          "interrupted-left",
          "interrupted-run",
          "keys-not-kept",
          "left-at-stop",
          "looked-back",
          "new-row",
          "not-in-source",
          "org-forgotten",
          "other-person",
          "others-seen",
          "read-back-at",
          "planned-as-of",
          "with-row",
          "withdrawals-taken-back",
          "without-row",
          "sending-since",
          "stops-without-progress",
          "surplus-rows",
          // a setting without a default
          "account-id",
          // in rows of the audit trail
          "initial-load",
          "last-run",
          "lost-before",
          // behind withdrawal-, which the table has
          "changed-back",
          "missing-journey",
          "no-journey-row",
          "no-value",
          "not-taken-over",
          "orphan-journey",
          // steps of a transform
          "lower-case",
          "upper-case");

  /** What the tests above do not ask for by name. */
  @Test
  void wordsInTheShapeOfACode_areOnThePage() {
    Set<String> words = new TreeSet<>();
    for (String from : List.of("adoption", "explain", "mapping", "plan", "port", "run")) {
      words.addAll(SYNC.literals(from, SYNC_CODE));
    }
    assertThat(words).containsAll(NO_CODES);
    words.removeAll(NO_CODES);
    words.removeAll(settings(SyncSettings.defaults()));
    assertThat(words).hasSizeGreaterThan(50);
    String page = Manual.read(PAGE);
    assertThat(words).allSatisfy(w -> assertThat(page).contains("`" + w + "`"));
  }

  /** The names of all settings. */
  private static Set<String> settings(Config config) {
    return config.entrySet().stream()
        .flatMap(e -> ConfigUtil.splitPath(e.getKey()).stream())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void findings_areThoseOfTheCheckUp() {
    assertThat(documented("Findings of `aou-sync check`"))
        .isEqualTo(
            Arrays.stream(FindingCode.values())
                .map(FindingCode::word)
                .collect(Collectors.toCollection(TreeSet::new)));
  }

  @Test
  void codesOfSalesforce_areThoseThatTheClientJudgesAndTheProgramAdvisesOn() {
    CodesInSources client = new CodesInSources("salesforce-client", "edu.cumc.aou.salesforce");
    Set<String> known = client.literals("", SALESFORCE_CODE);
    known.addAll(
        new CodesInSources("salesforce-sync", "edu.cumc.aou.salesforce")
            .literals("", SALESFORCE_CODE));
    known.addAll(
        literals(
            "salesforce-client/src/main/java/edu/cumc/aou/salesforce/"
                + "internal/login/LoginFailures.java",
            OAUTH_CODE));
    known.addAll(
        literals(
            "cli-runner/src/main/java/edu/cumc/aou/cli/print/FailureAdvice.java", SALESFORCE_CODE));
    known.removeAll(documented("Codes of ours in `sync_change.error_code`"));
    // the sync calls it created-since
    known.remove("CREATED_BY_OTHERS");
    // and this one created-without-key
    known.remove("CREATED_WITHOUT_KEY");
    assertThat(known).hasSizeGreaterThan(60);
    assertThat(documented("Codes of Salesforce")).isEqualTo(known);
  }

  @Test
  void numbersOfSqlServer_areThoseThatTheDataLayerJudges() {
    String calls =
        String.join(
            " ",
            matches(
                "aou-db/src/main/java/edu/cumc/aou/db/internal/DriverFailures.java",
                "putSqlServer\\(Kind\\.[A-Z_]+((?:, \\d+)+)\\)"));
    Set<String> known =
        Pattern.compile("\\d+")
            .matcher(calls)
            .results()
            .map(MatchResult::group)
            .collect(Collectors.toCollection(TreeSet::new));
    known.addAll(
        matches(
            "aou-db/src/main/java/edu/cumc/aou/db/internal/CompatibleServer.java",
            "UNMAPPED = (\\d+);"));
    assertThat(known).hasSizeGreaterThan(25);
    assertThat(documented("Numbers of SQL Server")).isEqualTo(known);
  }

  private static List<String> literals(String file, String shape) {
    return matches(file, "\"(" + shape + ")\"");
  }

  private static List<String> matches(String file, String pattern) {
    return Pattern.compile(pattern)
        .matcher(Manual.read(file).replaceAll("\\s+", " "))
        .results()
        .map(r -> r.group(1))
        .toList();
  }
}
