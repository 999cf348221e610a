package edu.cumc.aou.cli;

import edu.cumc.aou.sync.model.SyncRequest.ApprovedPlan;
import picocli.CommandLine.Option;

/** Options of commands that carry out a plan: who approved it, and why. */
final class Approval {

  private static final int LONGEST = 100;

  @Option(
      names = "--approved-by",
      paramLabel = "NAME",
      defaultValue = "",
      description = "Who approved the plan, for the audit trail.")
  private String by = "";

  @Option(
      names = "--why",
      paramLabel = "TEXT",
      defaultValue = "",
      description = "The reason, for the audit trail; without personal data, please.")
  private String why = "";

  /** Whether either option was given. */
  boolean isGiven() {
    return !by.isEmpty() || !why.isEmpty();
  }

  /** The plan with approver and reason. */
  ApprovedPlan of(ApprovedPlan plan) {
    String name = Reason.of("--approved-by", by);
    return plan.with(
        name.length() > LONGEST ? name.substring(0, LONGEST) : name, Reason.of("--why", why));
  }
}
