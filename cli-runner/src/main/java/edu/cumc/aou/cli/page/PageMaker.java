package edu.cumc.aou.cli.page;

import edu.cumc.aou.cli.page.RunPage.Anomaly;
import edu.cumc.aou.cli.page.RunPage.BalanceRow;
import edu.cumc.aou.cli.page.RunPage.Fact;
import edu.cumc.aou.cli.page.RunPage.Failure;
import edu.cumc.aou.cli.page.RunPage.FieldLeftAlone;
import edu.cumc.aou.cli.page.RunPage.Person;
import edu.cumc.aou.cli.page.RunPage.Step;
import edu.cumc.aou.cli.print.FailureGroup;
import edu.cumc.aou.cli.print.Words;
import edu.cumc.aou.runtime.NextSteps;
import edu.cumc.aou.sync.Balance;
import edu.cumc.aou.sync.SyncReport;
import edu.cumc.aou.sync.SyncReport.StepCost;
import edu.cumc.aou.sync.model.RunMode;
import edu.cumc.aou.sync.port.AnomalyTable;
import edu.cumc.aou.sync.port.ChangeTable.FailureCause;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

/** Makes the page of a run from reports. Not thread-safe. */
public final class PageMaker {

  private final SyncReport report;
  private final ZoneId zone;
  private final List<BalanceRow> balance = new ArrayList<>();

  private PageMaker(SyncReport report, ZoneId zone) {
    this.report = report;
    this.zone = zone;
  }

  /**
   * Makes the page.
   *
   * @param causes why records of the run could not be sent
   * @param history reports of the last runs, the newest first
   * @param people whom the failures concern; empty unless asked for
   * @param version of the program
   */
  public static RunPage page(
      SyncReport report,
      List<FailureCause> causes,
      List<SyncReport> history,
      List<Person> people,
      ZoneId zone,
      String version) {
    return new PageMaker(report, zone).make(causes, history, people, version);
  }

  private RunPage make(
      List<FailureCause> causes, List<SyncReport> past, List<Person> people, String version) {
    balance();
    return new RunPage(
        "Run " + report.run() + ": " + Words.lower(report.mode()) + undone(),
        verdict(),
        summary(),
        facts(version),
        balance,
        report.contacts().holds() && report.journeys().holds(),
        planned(),
        FailureGroup.of(report, causes).stream().map(PageMaker::failure).toList(),
        fieldsLeftAlone(),
        counts(report.skipped()),
        counts(report.held()),
        anomalies(),
        report.trips().stream().map(t -> new Fact(t.guard(), t.message())).toList(),
        steps(),
        repeats(),
        ids(),
        RunHistory.of(past, report.run(), zone),
        NextSteps.after(report, false),
        people);
  }

  private String undone() {
    return report.undone() == null ? "" : " of run " + report.undone();
  }

  private String verdict() {
    return switch (report.state()) {
      case GUARDED, FAILED, ABANDONED -> "stopped";
      case PLANNING, APPLYING, SUSPENDED -> "look";
      case DONE, PLANNED, PARTIAL -> report.needsSomebody(false) ? "look" : "good";
    };
  }

  private String summary() {
    return switch (report.state()) {
      case GUARDED -> "A guard stopped it. Nothing was changed in Salesforce.";
      case FAILED -> "An error stopped it before the first write.";
      case ABANDONED -> "It was given up before it was finished.";
      case PLANNING, APPLYING -> "It is not over.";
      case SUSPENDED -> "It was stopped, or ran out of time; the next sync goes on with it.";
      case PLANNED ->
          "It would send "
              + Words.count(report.plannedTotal(), "record")
              + ". Nothing was changed.";
      case PARTIAL ->
          "Creates were stopped: Salesforce does not keep the PMI ID. The rest was done.";
      case DONE ->
          report.needsSomebody(false)
              ? "Done, but somebody is needed: see below."
              : "Done. Every record that should have been sent was.";
    };
  }

  private List<Fact> facts(String version) {
    List<Fact> facts = new ArrayList<>();
    facts.add(new Fact("State", Words.lower(report.state())));
    facts.add(new Fact("Started", Words.moment(report.startedAt(), zone)));
    facts.add(new Fact("Took", Words.took(report.startedAt(), report.finishedAt())));
    facts.add(new Fact("Calls to Salesforce", Figures.number(report.calls())));
    facts.add(new Fact("In Salesforce only", Words.count(report.notInSource(), "Contact")));
    facts.add(new Fact("Page written by", "aou-sync " + version));
    return facts;
  }

  private void balance() {
    row("inserted", "done", Balance::inserted);
    row("adopted", "done", Balance::adopted);
    row("updated", "done", Balance::updated);
    row("unchanged", "quiet", Balance::unchanged);
    row("frozen", "quiet", Balance::frozen);
    row("skipped", "quiet", Balance::skipped);
    row("held", "wait", Balance::held);
    row(report.mode() == RunMode.PLAN ? "planned" : "not attempted", "wait", Balance::notAttempted);
    row("rejected", "bad", Balance::rejected);
    row("refused", "bad", Balance::refused);
    row("failed", "bad", Balance::failed);
    row("surplus rows", "quiet", Balance::surplusRows);
    balance.add(
        new BalanceRow(
            "rows read",
            "sum",
            Figures.number(report.contacts().rows()),
            Figures.number(report.journeys().rows()),
            "",
            ""));
  }

  private void row(String name, String tone, ToLongFunction<Balance> count) {
    long contacts = count.applyAsLong(report.contacts());
    long journeys = count.applyAsLong(report.journeys());
    if (contacts + journeys > 0) {
      balance.add(
          new BalanceRow(
              name,
              tone,
              Figures.number(contacts),
              Figures.number(journeys),
              Figures.share(contacts, report.contacts().rows()),
              Figures.share(journeys, report.journeys().rows())));
    }
  }

  private List<Fact> planned() {
    return report.mode() == RunMode.PLAN
        ? report.planned().stream()
            .map(p -> new Fact(p.object().word() + ": " + p.action(), Figures.number(p.count())))
            .toList()
        : List.of();
  }

  private static Failure failure(FailureGroup group) {
    return new Failure(
        group.records(),
        group.outcome(),
        group.code(),
        String.join(", ", group.fields()),
        group.advice());
  }

  private List<FieldLeftAlone> fieldsLeftAlone() {
    return report.refusedFields().entrySet().stream()
        .map(
            e -> {
              String name = e.getKey(); // object.Field:rule
              int dot = name.indexOf('.');
              int colon = name.indexOf(':', dot);
              return new FieldLeftAlone(
                  name.substring(0, dot),
                  name.substring(dot + 1, colon),
                  name.substring(colon + 1),
                  Figures.number(e.getValue()));
            })
        .toList();
  }

  private static List<Fact> counts(Map<String, Long> counts) {
    return counts.entrySet().stream()
        .map(e -> new Fact(e.getKey().replaceFirst("\\.", ": "), Figures.number(e.getValue())))
        .toList();
  }

  private List<Anomaly> anomalies() {
    return report.anomalies().stream()
        .filter(a -> a.open() > 0)
        .map(
            a ->
                new Anomaly(
                    a.kind().name(),
                    Figures.number(a.open()),
                    Figures.number(a.isNew()),
                    meaning(a.kind())))
        .toList();
  }

  private static String meaning(AnomalyTable.Kind kind) {
    return switch (kind) {
      case DOUBLED_PMI_ID -> "One PMI ID on several Contacts: merge them.";
      case SEVERAL_JOURNEYS -> "A Contact with several journeys: delete the surplus ones.";
      case MISSING_JOURNEY ->
          "A Contact that still has no journey: look at the flow that makes it.";
      case DELETED_CONTACT ->
          "Deleted in Salesforce, and still in the source: undelete it, or leave it.";
      case NOT_TAKEN_OVER -> "Salesforce made something else of a value that was sent.";
      case KEY_NOT_KEPT ->
          "A Contact does not show the PMI ID that was written to it: look at the org's automation.";
      case CHANGED_BACK -> "A value was corrected, and somebody or something changed it again.";
      case EXISTED_BEFORE ->
          "A create found a Contact there already: see why it was not found before.";
    };
  }

  private List<Step> steps() {
    long longest = report.steps().stream().mapToLong(s -> s.duration().toMillis()).max().orElse(0);
    List<Step> steps = new ArrayList<>();
    for (StepCost step : report.steps()) {
      steps.add(
          new Step(
              step.step().title(),
              Words.duration(step.duration()),
              Figures.number(step.calls()),
              Figures.number(step.repeated()),
              Figures.share(step.duration().toMillis(), longest)));
    }
    return steps;
  }

  private String repeats() {
    return report.repeated() == 0
        ? ""
        : "Again: calls that only did again what had failed before: "
            + Words.counts(report.repeats())
            + ".";
  }

  private List<Fact> ids() {
    return List.of(
        new Fact("Contact_PMI", Figures.number(report.ids().contactPmi())),
        new Fact("Contact_Journey", Figures.number(report.ids().contactJourney())),
        new Fact("Relationship", Figures.number(report.ids().relationship())),
        new Fact("with Contact and journey", Figures.number(report.ids().complete())));
  }
}
