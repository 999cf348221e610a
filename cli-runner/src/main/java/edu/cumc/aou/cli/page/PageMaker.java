package edu.cumc.aou.cli.page;

import edu.cumc.aou.cli.page.RunPage.Anomaly;
import edu.cumc.aou.cli.page.RunPage.BalanceRow;
import edu.cumc.aou.cli.page.RunPage.Fact;
import edu.cumc.aou.cli.page.RunPage.Failure;
import edu.cumc.aou.cli.page.RunPage.LeftAlone;
import edu.cumc.aou.cli.page.RunPage.Person;
import edu.cumc.aou.cli.page.RunPage.Reason;
import edu.cumc.aou.cli.print.FailureGroup;
import edu.cumc.aou.cli.print.RuleAdvice;
import edu.cumc.aou.cli.print.Words;
import edu.cumc.aou.runtime.NextSteps;
import edu.cumc.aou.runtime.RunSentence;
import edu.cumc.aou.sync.config.ConfigSection;
import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.model.RunMode;
import edu.cumc.aou.sync.port.AnomalyTable;
import edu.cumc.aou.sync.port.ChangeTable.FailureCause;
import edu.cumc.aou.sync.report.Balance;
import edu.cumc.aou.sync.report.SyncReport;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/** Makes the page of a run from reports. Not thread-safe. */
public final class PageMaker {

  /** More runs say nothing new, and would be too small to see. */
  public static final int RUNS = 30;

  private final SyncReport report;
  private final PageFrame frame;
  private final List<BalanceRow> balance = new ArrayList<>();

  private PageMaker(SyncReport report, PageFrame frame) {
    this.report = report;
    this.frame = frame;
  }

  /**
   * Makes the page.
   *
   * @param causes why records of the run could not be sent
   * @param past reports of earlier and later runs, the newest first; the charts show the last
   *     {@link #RUNS} syncs of them, and the table the last runs
   * @param people the people behind the failures; empty unless requested
   */
  public static RunPage page(
      SyncReport report,
      List<FailureCause> causes,
      List<SyncReport> past,
      List<Person> people,
      PageFrame frame) {
    return new PageMaker(report, frame).make(causes, past, people);
  }

  private RunPage make(List<FailureCause> causes, List<SyncReport> past, List<Person> people) {
    balance();
    String shown = report.run().toString();
    List<FailureGroup> failures = FailureGroup.of(report, causes);
    return new RunPage(
        place(),
        report.orgName() == null ? frame.org() : report.orgName() + " (" + frame.org() + ")",
        "Run " + shown + ": " + Words.lower(report.mode()) + undone(),
        verdict(),
        RunSentence.of(report),
        summary(),
        warnings(),
        facts(),
        NextSteps.after(report, false),
        report.trips().stream().map(t -> new Fact(t.guard(), t.message())).toList(),
        reasons(report.skipped()),
        reasons(report.held()),
        failures(failures),
        leftAlone(),
        anomalies(),
        Trends.of(oldestFirst(past.stream().filter(r -> r.mode() == RunMode.SYNC).toList()), shown),
        balance,
        report.contacts().holds() && report.journeys().holds(),
        planned(),
        PageDetails.of(
            report, failures, oldestFirst(past).stream().map(r -> r.row(shown)).toList()),
        people);
  }

  private List<String> warnings() {
    List<String> warnings = new ArrayList<>(frame.warnings());
    int changes = report.orgChanges().size();
    if (changes > 0) {
      warnings.add(
          (changes == 1 ? "One thing has" : changes + " things have")
              + " changed in the Salesforce org since the last good sync; the details name "
              + (changes == 1 ? "it." : "them."));
    }
    return warnings;
  }

  private String place() {
    String environment = ConfigSection.word(frame.environment());
    return frame.site().isEmpty() ? environment : frame.site() + ", " + environment;
  }

  private List<PastRun> oldestFirst(List<SyncReport> newestFirst) {
    List<PastRun> runs = new ArrayList<>();
    newestFirst.stream().limit(RUNS).forEach(r -> runs.add(0, PastRun.of(r, frame.zone())));
    return runs;
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
      case FAILED -> "It was stopped before the first write.";
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

  private List<Fact> facts() {
    return List.of(
        new Fact("State", Words.lower(report.state())),
        new Fact("Started", Words.moment(report.startedAt(), frame.zone())),
        new Fact("Took", Words.took(report.startedAt(), report.finishedAt())),
        new Fact("Calls to Salesforce", Figures.number(report.calls())),
        new Fact("In Salesforce only", Words.count(report.notInSource(), "Contact")),
        new Fact("Page written by", "aou-sync " + frame.version()));
  }

  private void balance() {
    row("inserted", "done", Balance::inserted);
    row("adopted", "done", Balance::adopted);
    row("updated", "done", Balance::updated);
    row("deleted", "done", Balance::deleted);
    row("restored", "done", Balance::restored);
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

  /** Joins {@code contact.reason} and {@code journey.reason} into one row per reason. */
  private static List<Reason> reasons(Map<String, Long> counts) {
    Set<String> words = new LinkedHashSet<>();
    counts.keySet().forEach(name -> words.add(name.substring(name.indexOf('.') + 1)));
    return words.stream()
        .map(
            word ->
                new Reason(
                    count(counts, CrmObject.CONTACT, word),
                    count(counts, CrmObject.JOURNEY, word),
                    PlainWords.reason(word)))
        .toList();
  }

  private static String count(Map<String, Long> counts, CrmObject object, String word) {
    return Figures.number(counts.getOrDefault(object.word() + "." + word, 0L));
  }

  /** Groups codes with the same remedy, because the reader wants to know what to do. */
  private static List<Failure> failures(List<FailureGroup> groups) {
    Map<List<String>, Long> records = new LinkedHashMap<>();
    groups.forEach(
        g ->
            records.merge(
                List.of(g.object().word(), g.outcome(), g.advice()), g.count(), Long::sum));
    return records.entrySet().stream()
        .map(
            e ->
                new Failure(
                    Words.count(e.getValue(), e.getKey().get(0)),
                    e.getKey().get(1),
                    e.getKey().get(2)))
        .toList();
  }

  private List<LeftAlone> leftAlone() {
    SortedMap<String, Long> values = new TreeMap<>();
    Map<String, Set<String>> fields = new TreeMap<>();
    report
        .refusedFields()
        .forEach(
            (name, count) -> {
              RefusedField refused = RefusedField.parse(name);
              values.merge(refused.rule(), count, Long::sum);
              fields
                  .computeIfAbsent(refused.rule(), rule -> new LinkedHashSet<>())
                  .add(PlainWords.field(refused.field()));
            });
    return values.entrySet().stream()
        .map(
            e ->
                new LeftAlone(
                    Figures.number(e.getValue()),
                    PlainWords.rule(e.getKey()),
                    String.join(", ", fields.getOrDefault(e.getKey(), Set.of())),
                    RuleAdvice.of(e.getKey())))
        .toList();
  }

  private List<Anomaly> anomalies() {
    return report.anomalies().stream()
        .filter(a -> a.open() > 0)
        .map(
            a ->
                new Anomaly(Figures.number(a.open()), Figures.number(a.isNew()), meaning(a.kind())))
        .toList();
  }

  private static String meaning(AnomalyTable.Kind kind) {
    return switch (kind) {
      case DOUBLED_PMI_ID -> "One PMI ID on several Contacts: merge them.";
      case SEVERAL_JOURNEYS -> "A Contact with several journeys: delete the surplus ones.";
      case MISSING_JOURNEY ->
          "A Contact that still has no journey: look at the flow that makes it.";
      case ORPHAN_JOURNEY ->
          "A journey without a participant: give it its Contact, or that Contact its PMI ID, or"
              + " correct contact.where if it leaves that Contact out; delete it if it is nobody's.";
      case DELETED_CONTACT ->
          "Deleted in Salesforce, or without its PMI ID, and still in the source: undelete it or give"
              + " it its PMI ID, or leave it.";
      case NOT_TAKEN_OVER -> "Salesforce changed a field when the record was written.";
      case KEY_NOT_KEPT ->
          "A Contact does not show the PMI ID that was written to it: look at the org's"
              + " automation.";
      case CHANGED_BACK -> "The sync corrected a value, and it was changed again.";
      case EXISTED_BEFORE ->
          "A create found a Contact there already: see why it was not found before.";
    };
  }
}
