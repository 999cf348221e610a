package edu.cumc.aou.cli.print;

import edu.cumc.aou.sync.SyncReport;
import java.time.ZoneId;
import java.util.List;

/** Runs in a table, one a line. */
public final class RunList {

  private RunList() {}

  /** The table with its heading; one sentence when there are no runs. */
  public static List<String> lines(List<SyncReport> reports, ZoneId zone) {
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
          report.contacts().inserted() + report.contacts().adopted(),
          report.contacts().updated(),
          report.journeys().updated() + report.journeys().inserted(),
          report.errors().stream().mapToLong(SyncReport.ErrorCount::count).sum(),
          report.calls());
    }
    return table.lines("");
  }
}
