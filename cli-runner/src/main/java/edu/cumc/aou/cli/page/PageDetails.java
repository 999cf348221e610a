package edu.cumc.aou.cli.page;

import edu.cumc.aou.cli.page.RunPage.Code;
import edu.cumc.aou.cli.page.RunPage.Details;
import edu.cumc.aou.cli.page.RunPage.Fact;
import edu.cumc.aou.cli.page.RunPage.FieldLeftAlone;
import edu.cumc.aou.cli.page.RunPage.HistoryRow;
import edu.cumc.aou.cli.page.RunPage.Step;
import edu.cumc.aou.cli.print.FailureGroup;
import edu.cumc.aou.cli.print.Words;
import edu.cumc.aou.sync.model.OrgChange;
import edu.cumc.aou.sync.report.SyncReport;
import edu.cumc.aou.sync.report.SyncReport.StepCost;
import java.util.ArrayList;
import java.util.List;

/** The part of a page that uses the names of Salesforce and the store. */
final class PageDetails {

  private PageDetails() {}

  static Details of(SyncReport report, List<FailureGroup> failures, List<HistoryRow> history) {
    return new Details(
        failures.stream()
            .map(f -> new Code(f.records(), f.outcome(), f.code(), String.join(", ", f.fields())))
            .toList(),
        report.refusedFields().entrySet().stream()
            .map(e -> field(RefusedField.parse(e.getKey()), e.getValue()))
            .toList(),
        report.anomalies().stream()
            .filter(a -> a.open() > 0)
            .map(a -> new Fact(a.kind().name(), Figures.number(a.open())))
            .toList(),
        steps(report),
        repeats(report),
        ids(report),
        report.orgChanges().stream().map(OrgChange::text).toList(),
        history);
  }

  private static FieldLeftAlone field(RefusedField name, long count) {
    return new FieldLeftAlone(name.object(), name.field(), name.rule(), Figures.number(count));
  }

  private static List<Step> steps(SyncReport report) {
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

  private static String repeats(SyncReport report) {
    return report.repeated() == 0
        ? ""
        : "Again: calls that only did again what had failed before: "
            + Words.counts(report.repeats())
            + ".";
  }

  private static List<Fact> ids(SyncReport report) {
    return List.of(
        new Fact("Contact_PMI", Figures.number(report.ids().contactPmi())),
        new Fact("Contact_Journey", Figures.number(report.ids().contactJourney())),
        new Fact("Relationship", Figures.number(report.ids().relationship())),
        new Fact("with Contact and journey", Figures.number(report.ids().complete())));
  }
}
