package edu.cumc.aou.cli.print;

import edu.cumc.aou.sync.model.OrgChange;
import edu.cumc.aou.sync.report.SyncReport;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;

/** Runs in a table, one per line. */
public final class RunList {

  /** Names at most this many changes of the org. */
  private static final int NAMED = 5;

  private RunList() {}

  /**
   * The table with its heading; one sentence when there are no runs.
   *
   * @param width of the terminal; 0 if there is none
   */
  public static List<String> lines(List<SyncReport> reports, ZoneId zone, int width) {
    List<String> table = table(reports, zone);
    return width > 0 && table.stream().anyMatch(l -> l.length() > width)
        ? blocks(reports, zone)
        : table;
  }

  /** The org's name, and the runs in which it had changed. */
  public static List<String> org(List<SyncReport> reports) {
    List<String> lines = new ArrayList<>();
    reports.stream()
        .map(SyncReport::orgName)
        .filter(Objects::nonNull)
        .findFirst()
        .ifPresent(name -> lines.addAll(List.of("", "Salesforce org: " + name)));
    for (SyncReport report : reports) {
      List<OrgChange> changes = report.orgChanges();
      if (!changes.isEmpty()) {
        String named =
            changes.stream().limit(NAMED).map(OrgChange::text).collect(Collectors.joining("; "));
        lines.add(
            "Run "
                + report.run()
                + " found the org changed: "
                + named
                + (changes.size() > NAMED ? "; … (status " + report.run() + " names all)" : ""));
      }
    }
    return lines;
  }

  /** Two lines per run, for a terminal that is too narrow for the table. */
  private static List<String> blocks(List<SyncReport> reports, ZoneId zone) {
    List<String> lines = new ArrayList<>();
    for (SyncReport report : reports) {
      lines.add(
          "Run "
              + report.run()
              + ": "
              + Words.lower(report.mode())
              + ", "
              + Words.lower(report.state())
              + ", "
              + Words.moment(report.startedAt(), zone));
      lines.add(
          String.format(
              Locale.ROOT,
              "  Contacts %,d new, %,d updated; journeys %,d updated; %,d with errors; %,d calls; %s",
              created(report),
              report.contacts().updated(),
              written(report),
              errors(report),
              report.calls(),
              Words.took(report.startedAt(), report.finishedAt())));
    }
    return lines;
  }

  private static long created(SyncReport report) {
    return report.contacts().inserted() + report.contacts().adopted();
  }

  private static long written(SyncReport report) {
    return report.journeys().updated() + report.journeys().inserted();
  }

  private static long errors(SyncReport report) {
    return report.errors().stream().mapToLong(SyncReport.ErrorCount::count).sum();
  }

  private static List<String> table(List<SyncReport> reports, ZoneId zone) {
    if (reports.isEmpty()) {
      return List.of("No runs yet. The first one: aou-sync sync --initial-load");
    }
    TextTable table =
        new TextTable()
            .row(
                "Run",
                "Mode",
                "State",
                "Started",
                "Took",
                "Contacts new",
                "updated",
                "Journeys updated",
                "With errors",
                "Calls");
    for (SyncReport report : reports) {
      table.row(
          report.run().value(),
          Words.lower(report.mode()),
          Words.lower(report.state()),
          Words.moment(report.startedAt(), zone),
          Words.took(report.startedAt(), report.finishedAt()),
          created(report),
          report.contacts().updated(),
          written(report),
          errors(report),
          report.calls());
    }
    return table.lines("");
  }
}
