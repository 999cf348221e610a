package edu.cumc.aou.cli.print;

import edu.cumc.aou.sync.config.ConfigSection;
import edu.cumc.aou.sync.model.Change;
import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.plan.PlanTallies;
import edu.cumc.aou.sync.port.ChangeTable.FailureCause;
import edu.cumc.aou.sync.report.SyncReport;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Records of a run that were not sent for the same cause.
 *
 * @param action what the run would do with them
 * @param outcome {@code rejected}, {@code refused}, {@code failed} or {@code held}
 * @param fields the fields that Salesforce names; often none
 */
public record FailureGroup(
    CrmObject object, String action, String outcome, String code, List<String> fields, long count) {

  private static final String MALFORMED = "malformed-pmi-id";

  public FailureGroup {
    fields = List.copyOf(fields);
  }

  /** All groups of a run. */
  public static List<FailureGroup> of(SyncReport report, List<FailureCause> causes) {
    List<FailureGroup> groups = new ArrayList<>();
    for (FailureCause cause : causes) {
      groups.add(
          new FailureGroup(
              cause.object(),
              ConfigSection.word(cause.action()),
              outcome(cause.action(), cause.state(), cause.code()),
              cause.code(),
              cause.fields(),
              cause.count()));
    }
    // A row without a PMI ID has no row in the store, only a count.
    report.errors().stream()
        .filter(e -> e.code().equals(MALFORMED))
        .map(
            e -> new FailureGroup(e.object(), "reject", "rejected", e.code(), List.of(), e.count()))
        .forEach(groups::add);
    return groups;
  }

  /** The groups for people: one cause is one group, whatever the action. */
  static List<FailureGroup> byCause(List<FailureGroup> groups) {
    Map<List<Object>, FailureGroup> byCause = new LinkedHashMap<>();
    for (FailureGroup group : groups) {
      byCause.merge(
          List.of(group.object(), group.outcome(), group.code(), group.fields()),
          group,
          (a, b) ->
              new FailureGroup(
                  a.object(),
                  a.action(),
                  a.outcome(),
                  a.code(),
                  a.fields(),
                  a.count() + b.count()));
    }
    return List.copyOf(byCause.values());
  }

  /**
   * {@code rejected} if our own rules refuse, {@code refused} if Salesforce does, {@code held} if a
   * person must say which record is meant.
   */
  public static String outcome(Change.Action action, Change.State state, String code) {
    if (PlanTallies.isAmbiguity(code) || PlanTallies.isUnsentWithdrawal(code)) {
      return "held";
    }
    return action == Change.Action.REJECT || (state == Change.State.REFUSED && Change.isOurs(code))
        ? "rejected"
        : ConfigSection.word(state);
  }

  /** How many of what, for people. */
  public String records() {
    return Words.count(count, object.word());
  }

  /** What to do. */
  public String advice() {
    return FailureAdvice.of(code);
  }
}
