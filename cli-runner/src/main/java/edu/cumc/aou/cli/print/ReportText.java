package edu.cumc.aou.cli.print;

import edu.cumc.aou.runtime.NextSteps;
import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.model.GuardTrip;
import edu.cumc.aou.sync.model.RunMode;
import edu.cumc.aou.sync.model.RunState;
import edu.cumc.aou.sync.port.AnomalyTable.AnomalyCount;
import edu.cumc.aou.sync.report.Balance;
import edu.cumc.aou.sync.report.SyncReport;
import edu.cumc.aou.sync.report.SyncReport.ErrorCount;
import edu.cumc.aou.sync.report.SyncReport.PlannedCount;
import edu.cumc.aou.sync.report.SyncReport.StepCost;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;

/** A run's report as people read it: counts, codes and field names, nothing personal. */
public final class ReportText {

  /** Names at most this many changes of the org one by one. */
  private static final int MOST_CHANGES = 20;

  private static final String INDENT = "  ";

  private final SyncReport report;
  private final boolean strict;
  private final boolean initialLoad;
  private final List<String> lines = new ArrayList<>();

  private ReportText(SyncReport report, boolean strict, boolean initialLoad) {
    this.report = report;
    this.strict = strict;
    this.initialLoad = initialLoad;
  }

  /**
   * The report, line by line.
   *
   * @param strict whether acknowledged anomalies count too
   */
  public static List<String> lines(SyncReport report, ZoneId zone, boolean strict) {
    return lines(report, zone, strict, false);
  }

  /**
   * The report of a command that may have been told that this is the first load.
   *
   * @param initialLoad whether it was
   */
  public static List<String> lines(
      SyncReport report, ZoneId zone, boolean strict, boolean initialLoad) {
    ReportText text = new ReportText(report, strict, initialLoad);
    boolean guarded = report.state() == RunState.GUARDED;
    text.head(zone);
    text.interrupted();
    text.orgChanges();
    if (guarded) {
      text.lines.addAll(guards(report));
    }
    text.balance();
    text.planned();
    text.corrections();
    text.cleared();
    text.errors();
    text.skipped();
    text.held();
    text.anomalies();
    text.ids();
    text.cost();
    text.org();
    text.audit();
    text.next();
    if (guarded) {
      // A terminal shows the end of a long report.
      text.lines.add("");
      text.lines.addAll(guards(report));
    } else {
      text.afterIt();
    }
    return List.copyOf(text.lines);
  }

  private void head(ZoneId zone) {
    lines.add(
        String.format(
            Locale.ROOT,
            "Run %s (%s%s): %s. Started %s, took %s, %s to Salesforce.",
            report.run(),
            Words.lower(report.mode()),
            report.undone() == null
                ? ""
                : report.mode() == RunMode.PLAN
                    ? ": undo run " + report.undone()
                    : " run " + report.undone(),
            Words.lower(report.state()),
            Words.moment(report.startedAt(), zone),
            Words.took(report.startedAt(), report.finishedAt()),
            Words.count(report.calls(), "call")));
  }

  private void interrupted() {
    SyncReport.Interrupted first = report.interrupted();
    if (first != null) {
      lines.add("");
      lines.add(
          String.format(
              Locale.ROOT,
              "The next sync does something else first: it goes on with run %s (%s), which is under way"
                  + " or was interrupted and has %s left. aou-sync status %s shows it, aou-sync abandon"
                  + " %s gives it up. What follows compares the source with Salesforce as it is now, so it holds what"
                  + " that run has left as well.",
              first.run(),
              Words.lower(first.mode()),
              Words.count(first.left(), "change"),
              first.run(),
              first.run()));
    }
  }

  private void org() {
    if (report.orgName() != null) {
      lines.add("");
      lines.add("Salesforce org: " + report.orgName());
    }
  }

  private void orgChanges() {
    if (!report.orgChanges().isEmpty()) {
      lines.add("");
      lines.add("Changed in the org since the last good run");
      report.orgChanges().stream()
          .limit(MOST_CHANGES)
          .forEach(change -> lines.add(INDENT + change.text()));
      int more = report.orgChanges().size() - MOST_CHANGES;
      if (more > 0) {
        lines.add(String.format(Locale.ROOT, "%sand %,d more, see --json", INDENT, more));
      }
    }
  }

  private void audit() {
    if (report.audit().head() != null) {
      lines.add("");
      lines.add("Audit trail " + report.audit().head().text());
    }
  }

  private void balance() {
    TextTable table = new TextTable().row("Outcome", "Contacts", "Journeys");
    outcome(table, "inserted", Balance::inserted);
    outcome(table, "adopted", Balance::adopted);
    outcome(table, "updated", Balance::updated);
    outcome(table, "deleted", Balance::deleted);
    outcome(table, "restored", Balance::restored);
    outcome(table, "unchanged", Balance::unchanged);
    outcome(table, "frozen", Balance::frozen);
    outcome(table, "held", Balance::held);
    outcome(table, "skipped", Balance::skipped);
    outcome(table, "rejected", Balance::rejected);
    outcome(table, "refused", Balance::refused);
    outcome(table, "failed", Balance::failed);
    outcome(
        table, report.mode() == RunMode.PLAN ? "planned" : "not attempted", Balance::notAttempted);
    outcome(table, "surplus rows", Balance::surplusRows);
    table.row("rows read", report.contacts().rows(), report.journeys().rows());
    section("Where the rows went", table);
    if (report.state().isComplete()) {
      lines.add(
          INDENT
              + (report.contacts().holds() && report.journeys().holds()
                  ? "Every row is accounted for."
                  : "The balance does not hold: please report this."));
    }
  }

  private void outcome(TextTable table, String name, ToLongFunction<Balance> count) {
    long contacts = count.applyAsLong(report.contacts());
    long journeys = count.applyAsLong(report.journeys());
    if (contacts + journeys > 0) {
      table.row(name, contacts, journeys);
    }
  }

  private void planned() {
    if (report.mode() != RunMode.PLAN) {
      return;
    }
    TextTable table = new TextTable();
    for (PlannedCount count : report.planned()) {
      table.row(name(count.object()), count.action(), count.count());
    }
    if (table.isEmpty()) {
      lines.add("");
      lines.add(
          report.undone() == null
              ? "Nothing to send: Salesforce shows what the source says."
              : "Nothing to put back.");
    }
    section(report.undone() == null ? "What a sync would send" : "What the undo would do", table);
  }

  private void corrections() {
    TextTable records = new TextTable();
    for (PlannedCount count : report.planned()) {
      if (count.corrections() > 0) {
        records.row(name(count.object()), count.action(), count.corrections());
      }
    }
    section("Corrections by this version: what an earlier one had wrong or passed over", records);
    TextTable fields = new TextTable();
    report
        .corrections()
        .forEach((field, count) -> fields.row(field.replaceFirst("\\.", " "), count));
    section("Corrections by this version: fields that an earlier one had wrong", fields);
    if (!records.isEmpty() || !fields.isEmpty()) {
      lines.add(
          INDENT
              + "They come once. All other changes are the day's, also to fields of the same"
              + " records.");
    }
  }

  private void cleared() {
    TextTable fields = new TextTable();
    report.cleared().forEach((field, count) -> fields.row(field.replaceFirst("\\.", " "), count));
    section("Values that go, because the source has none", fields);
  }

  /** What failed after the run. */
  private void afterIt() {
    for (GuardTrip trip : report.trips()) {
      lines.add("");
      lines.add("After the run, " + trip.guard() + ": " + trip.message());
    }
  }

  /** The guards that stopped a run. */
  static List<String> guards(SyncReport report) {
    List<String> lines = new ArrayList<>();
    lines.add("Stopped by a guard. Nothing was changed in Salesforce.");
    for (GuardTrip trip : report.trips()) {
      lines.add(INDENT + trip.guard() + ": " + trip.message());
    }
    return lines;
  }

  private void errors() {
    TextTable table = new TextTable();
    for (ErrorCount error : report.errors()) {
      table.row(
          name(error.object()),
          error.outcome(),
          error.code(),
          error.count(),
          error.outcome().equals("rejected")
              ? news(error.object().word() + "." + error.code())
              : "");
    }
    section("Records with errors", table);
    TextTable fields = new TextTable();
    report.refusedFields().forEach((field, count) -> fields.row(field, count, news(field)));
    section(FlawText.heading(report), fields);
  }

  private String news(String name) {
    String news = FlawText.news(report, name);
    return news.isEmpty() ? "" : news.substring(2);
  }

  private void skipped() {
    TextTable table = new TextTable();
    report.skipped().forEach((reason, count) -> table.row(reason.replaceFirst("\\.", ": "), count));
    section("Skipped, by reason", table);
  }

  private void held() {
    TextTable table = new TextTable();
    report
        .held()
        .forEach(
            (reason, count) -> table.row(reason.replaceFirst("\\.", ": "), count, news(reason)));
    section("Held", table);
    report
        .orgFaults()
        .forEach(
            (cause, count) -> {
              lines.add("");
              lines.add(
                  Words.count(count, "record")
                      + " failed for one cause, which is the org's: "
                      + cause.replaceFirst("\\.", " ")
                      + ". Nobody is put into quarantine for it.");
            });
    if (report.quarantined() > 0) {
      lines.add("");
      lines.add(
          Words.count(report.quarantined(), "participant")
              + " newly in quarantine: their records failed for the same reason again and again.");
    }
  }

  private void anomalies() {
    TextTable table = new TextTable();
    for (AnomalyCount anomaly : report.anomalies()) {
      if (anomaly.open() > 0) {
        String known =
            anomaly.acknowledged() == 0 ? "" : ", " + anomaly.acknowledged() + " acknowledged";
        table.row(anomaly.kind(), anomaly.open(), anomaly.isNew() + " new" + known);
      }
    }
    section("Open anomalies", table);
    if (report.takenBack() > 0) {
      lines.add("");
      lines.add(
          Words.count(report.takenBack(), "journey")
              + " in Salesforce showed a withdrawal that the source no longer has, and would show it"
              + " no more.");
    }
    if (report.notInSource() > 0) {
      lines.add("");
      lines.add(
          Words.count(report.notInSource(), "Contact")
              + " in Salesforce with a PMI ID that the source does not have; left as they are.");
    }
    report
        .withoutRow()
        .forEach(
            (relation, count) -> {
              lines.add("");
              lines.add(
                  Words.count(count, "participant")
                      + " with a Contact and without a row in the "
                      + relation
                      + " relation; what it feeds is left as it is.");
            });
  }

  private void ids() {
    lines.add("");
    lines.add(
        String.format(
            Locale.ROOT,
            "Ids: %,d in Contact_PMI, %,d in Contact_Journey, %,d in Relationship (%,d complete).",
            report.ids().contactPmi(),
            report.ids().contactJourney(),
            report.ids().relationship(),
            report.ids().complete()));
  }

  private void cost() {
    TextTable table = new TextTable();
    for (StepCost step : report.steps()) {
      table.row(
          step.step().title(), Words.duration(step.duration()), Words.count(step.calls(), "call"));
    }
    section("What it cost", table);
    if (report.repeated() > 0) {
      lines.add(
          INDENT
              + Words.count(report.repeated(), "call")
              + " of them only did again what had failed before: "
              + Words.counts(report.repeats())
              + ".");
    }
  }

  private void next() {
    List<String> advice = NextSteps.after(report, strict, initialLoad);
    if (!advice.isEmpty()) {
      lines.add("");
      lines.add("What to do next");
      advice.forEach(a -> lines.add(INDENT + a));
    }
  }

  private void section(String title, TextTable table) {
    if (!table.isEmpty()) {
      lines.add("");
      lines.add(title);
      lines.addAll(table.lines(INDENT));
    }
  }

  private static String name(CrmObject object) {
    return object == CrmObject.CONTACT ? "Contact" : "journey";
  }
}
