package edu.cumc.aou.cli.demo;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import edu.cumc.aou.cli.demo.DemoOutcome.DemoCheck;
import edu.cumc.aou.cli.print.JsonText;
import edu.cumc.aou.cli.print.TextTable;
import edu.cumc.aou.cli.print.Words;
import edu.cumc.aou.runtime.ReportDocument;
import edu.cumc.aou.simulator.source.SourceOptions;
import edu.cumc.aou.sync.model.GuardTrip;
import edu.cumc.aou.sync.model.RunState;
import edu.cumc.aou.sync.report.Balance;
import edu.cumc.aou.sync.report.SyncReport;
import edu.cumc.aou.sync.report.SyncReport.ErrorCount;
import edu.cumc.aou.sync.report.SyncReport.StepCost;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;

/** What the demo prints. */
public final class DemoText {

  private DemoText() {}

  /** The lines for a day. */
  public static List<String> day(DemoDay day) {
    List<String> lines = new ArrayList<>(PeopleText.lines(day.people(), day.day()));
    SyncReport report = day.report();
    TextTable steps = new TextTable();
    for (StepCost step : report.steps()) {
      boolean waited = !step.duration().isZero();
      steps.row(
          step.step().title(),
          Words.count(step.calls(), "call"),
          waited ? "after " + Words.duration(step.duration()) + " of virtual time" : "");
    }
    lines.addAll(steps.lines("  "));
    for (GuardTrip trip : report.trips()) {
      lines.add("  Stopped: " + trip.guard() + ": " + trip.message());
    }
    lines.add("  Contacts: " + outcomes(report.contacts()));
    lines.add("  Journeys: " + outcomes(report.journeys()));
    for (ErrorCount error : report.errors()) {
      lines.add(
          "  "
              + error.object().word()
              + " "
              + error.outcome()
              + " "
              + error.code()
              + ": "
              + error.count());
    }
    report.refusedFields().forEach((field, n) -> lines.add("  left alone " + field + ": " + n));
    lines.add(
        "  "
            + (report.state() == RunState.DONE ? "Done" : "Not done")
            + ": the org counted "
            + Words.count(day.apiCalls(), "API call")
            + "; real time "
            + Words.duration(day.real())
            + ".");
    lines.add("");
    return lines;
  }

  private static String outcomes(Balance balance) {
    StringJoiner joined = new StringJoiner(", ");
    add(joined, balance.inserted(), "inserted");
    add(joined, balance.adopted(), "adopted");
    add(joined, balance.updated(), "updated");
    add(joined, balance.unchanged(), "unchanged");
    add(joined, balance.frozen(), "frozen");
    add(joined, balance.held(), "held");
    add(joined, balance.skipped(), "skipped");
    add(joined, balance.rejected(), "rejected");
    add(joined, balance.refused(), "refused");
    add(joined, balance.failed(), "failed");
    add(joined, balance.notAttempted(), "not attempted");
    return joined.length() == 0 ? "none" : joined.toString();
  }

  private static void add(StringJoiner joined, long count, String what) {
    if (count > 0) {
      joined.add(String.format(Locale.ROOT, "%,d %s", count, what));
    }
  }

  /** The lines at the end; {@code directory} is written as the user typed it. */
  public static List<String> end(DemoOutcome outcome, SourceOptions people, Path directory) {
    List<String> lines = new ArrayList<>();
    lines.add("Checked by asking the org itself");
    for (DemoCheck check : outcome.checks()) {
      lines.add("  " + (check.holds() ? "yes  " : "NO   ") + check.claim() + ": " + check.found());
    }
    lines.add("");
    lines.add("Fingerprints (the same for the same seed, participants and days)");
    lines.addAll(
        new TextTable()
            .row("source", outcome.source())
            .row("org", outcome.org())
            .row("store", outcome.store())
            .lines("  "));
    int next = outcome.days().size() + 1;
    String source = "jdbc:h2:file:" + outcome.configuration().resolveSibling("dm_aou");
    String configuration = quoted(directory.resolve(outcome.configuration().getFileName()));
    lines.add("");
    lines.add("What to try next (aou-sync stands for java -jar cli-runner/target/aou-sync.jar)");
    lines.add("  keep the org running in one terminal:");
    lines.add("    aou-sync simulator --dir " + quoted(directory));
    lines.add("  and in another one:");
    lines.add("    aou-sync status --config " + configuration);
    lines.add("    aou-sync check --config " + configuration);
    lines.add("    aou-sync plan --config " + configuration);
    lines.add("  let the people live another day, then sync again:");
    lines.add(
        "    aou-sync generate --jdbc-url "
            + quoted(source)
            + " --participants "
            + people.participants()
            + " --seed "
            + people.seed()
            + " --day "
            + next);
    lines.add("    aou-sync sync --config " + configuration);
    return lines;
  }

  /** Quoted for a shell, so that blanks stay part of a path. */
  private static String quoted(Object path) {
    String text = path.toString();
    return text.contains(" ") ? "'" + text + "'" : text;
  }

  /** The result as one document. */
  public static ObjectNode document(DemoOutcome outcome) {
    ObjectNode document = JsonText.object();
    ArrayNode days = document.putArray("days");
    for (DemoDay day : outcome.days()) {
      ObjectNode node = days.addObject();
      node.set("people", PeopleText.document(day.people(), day.day()));
      node.set("report", ReportDocument.of(day.report(), false));
      node.put("apiCalls", day.apiCalls());
      node.put("realMillis", day.real().toMillis());
    }
    document.set("again", ReportDocument.of(outcome.again(), false));
    ArrayNode checks = document.putArray("checks");
    for (DemoCheck check : outcome.checks()) {
      checks
          .addObject()
          .put("claim", check.claim())
          .put("holds", check.holds())
          .put("found", check.found());
    }
    document
        .putObject("fingerprints")
        .put("source", outcome.source())
        .put("org", outcome.org())
        .put("store", outcome.store());
    document.put("configuration", outcome.configuration().toString());
    return document;
  }
}
