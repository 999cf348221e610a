package edu.cumc.aou.runtime;

import edu.cumc.aou.sync.model.RunId;
import edu.cumc.aou.sync.model.RunMode;
import edu.cumc.aou.sync.model.RunState;
import edu.cumc.aou.sync.plan.PlanTallies;
import edu.cumc.aou.sync.port.AnomalyTable;
import edu.cumc.aou.sync.report.Balance;
import edu.cumc.aou.sync.report.SyncReport;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.ToLongFunction;

/** What to do about a report. */
public final class NextSteps {

  private NextSteps() {}

  /**
   * What to do after a run, most urgent first.
   *
   * @param strict whether acknowledged problems count too
   */
  public static List<String> after(SyncReport report, boolean strict) {
    return after(report, strict, false);
  }

  /**
   * The same, for a command that may have been told that this is the first load.
   *
   * @param initialLoad whether it was; the sync that follows a plan must be told too
   */
  public static List<String> after(SyncReport report, boolean strict, boolean initialLoad) {
    List<String> steps = new ArrayList<>();
    if (!report.audit().faults().isEmpty()) {
      steps.add(
          "the audit trail is not as it was entered: aou-sync audit verify names the row; ask who"
              + " changed the database");
    }
    if (report.state() == RunState.GUARDED) {
      steps.add("do what the guard says, then run the same command again");
      return steps;
    }
    if (!report.trips().isEmpty()) {
      steps.add("hooks.after-run failed: run by hand what it should have done, and mend it");
    }
    if (report.state() == RunState.SUSPENDED || report.state() == RunState.APPLYING) {
      steps.add("run aou-sync sync: it goes on with this run");
      return steps;
    }
    if (report.undone() != null) {
      return afterUndo(report, report.undone());
    }
    if (report.interrupted() != null) {
      steps.add(
          "interrupted: aou-sync sync goes on with run "
              + report.interrupted().run()
              + " first; if that is not wanted, give it up: aou-sync abandon "
              + report.interrupted().run());
    }
    if (report.takenBack() > 0) {
      steps.add(
          report.mode() == RunMode.PLAN
              ? "withdrawals taken back: aou-sync plan --out FILE --show-values names them; see that"
                  + " the source is not an old one before a sync sends this"
              : "withdrawals taken back: sync_change_values of this run names them; see that the"
                  + " source is not an old one, and that nobody is contacted who has withdrawn");
    }
    if (report.mode() == RunMode.PLAN && report.plannedTotal() > 0) {
      steps.add(
          "apply it with aou-sync sync"
              + (initialLoad ? " --initial-load" : "")
              + "; or write it to a file with aou-sync plan --out FILE, have it"
              + " looked at, and apply just that with aou-sync sync --plan FILE");
    }
    if (report.held().keySet().stream().anyMatch(NextSteps::isWithdrawal)) {
      steps.add(
          "withdrawn and held: the withdrawal has not reached Salesforce; aou-sync failures says why,"
              + " and lists the people with --show-pmi-ids");
    }
    if (report.isErrorOpen("rejected", strict)) {
      steps.add("rejected: aou-sync failures says why, and what to do about each");
    }
    if (!report.orgFaults().isEmpty()) {
      steps.add(
          "one cause for so many records: look at what changed in the mapping (aou-sync check), or ask"
              + " the Salesforce administrator what changed in the org; the first sync after it is"
              + " mended sends them all");
    }
    if (sum(report, Balance::refused) > 0) {
      steps.add(
          "refused: Salesforce says why by the code; correct the source or the org, the next sync"
              + " tries again");
    }
    if (sum(report, Balance::failed) > 0) {
      steps.add("failed: nothing; the next sync tries again");
    }
    if (report.quarantined() > 0
        || report.held().entrySet().stream()
            .anyMatch(
                e -> isQuarantine(e.getKey()) && report.isOpen(e.getKey(), e.getValue(), strict))) {
      steps.add(
          "in quarantine: aou-sync failures says why; correct the source, or mend Salesforce and run"
              + " aou-sync retry");
    }
    if (report.isFieldOpen(strict)) {
      steps.add(
          "fields left alone: aou-sync failures says why, and lists the people with --show-pmi-ids;"
              + " correct these values in the source");
    }
    if (report.isUnsentOpen(strict)) {
      steps.add(
          report.contacts().refused() + report.contacts().failed() + report.contacts().rejected()
                  > 0
              ? "not attempted: their Contacts were refused, or have no journey yet; mend the"
                  + " Contacts, and the next sync sends them"
              : "not attempted: nothing; the next sync sends them when their journeys exist");
    }
    anomalies(report, strict, steps);
    if (report.isFieldOpen(false) || report.isErrorOpen("rejected", false)) {
      steps.add("what stays as it is: aou-sync acknowledge, so that exit code 5 means news");
    }
    return steps;
  }

  private static boolean isWithdrawal(String objectAndReason) {
    return PlanTallies.isUnsentWithdrawal(
        objectAndReason.substring(objectAndReason.indexOf('.') + 1));
  }

  private static void anomalies(SyncReport report, boolean strict, List<String> steps) {
    Set<AnomalyTable.Kind> kinds = EnumSet.noneOf(AnomalyTable.Kind.class);
    report.anomalies().stream()
        .filter(a -> strict ? a.open() > 0 : a.isUnanswered())
        .forEach(a -> kinds.add(a.kind()));
    if (kinds.remove(AnomalyTable.Kind.KEY_NOT_KEPT)) {
      steps.add(
          "KEY_NOT_KEPT: mend the automation that changes the PMI ID, put the PMI IDs on these"
              + " Contacts, then run aou-sync release PMI_ID; nobody is created anew before");
    }
    if (kinds.remove(AnomalyTable.Kind.NOT_TAKEN_OVER)) {
      steps.add(
          "NOT_TAKEN_OVER: mend the trigger or flow that changes the field and run aou-sync retry"
              + " --kind NOT_TAKEN_OVER, or take the field out of the mapping");
    }
    if (kinds.remove(AnomalyTable.Kind.CHANGED_BACK)) {
      steps.add(
          "CHANGED_BACK: find out who or what changes the field in Salesforce; then correct the"
              + " source, or run aou-sync retry --kind CHANGED_BACK");
    }
    if (kinds.remove(AnomalyTable.Kind.SEVERAL_JOURNEYS)) {
      steps.add(
          "SEVERAL_JOURNEYS: nothing is sent to them; aou-sync anomalies --show-ids lists them: delete"
              + " the surplus journeys in Salesforce, or say which one counts with --keep");
    }
    if (kinds.remove(AnomalyTable.Kind.ORPHAN_JOURNEY)) {
      steps.add(
          "ORPHAN_JOURNEY: aou-sync anomalies --show-ids lists them: give each its Contact, or"
              + " that Contact its PMI ID, in Salesforce; correct contact.where if it leaves these"
              + " Contacts out; delete a journey that is nobody's");
    }
    if (!kinds.isEmpty()) {
      steps.add(
          "anomalies: mend them in Salesforce, or decide with aou-sync anomalies; those that are gone"
              + " close by themselves");
    }
  }

  private static List<String> afterUndo(SyncReport report, RunId undone) {
    List<String> steps = new ArrayList<>();
    if (report.mode() == RunMode.PLAN && report.plannedTotal() > 0) {
      steps.add(
          "put it back with aou-sync undo "
              + undone
              + (deletes(report) ? " --delete-created" : "")
              + ", or just what this plan holds with --approved "
              + report.run());
    }
    if (sum(report, Balance::rejected) > 0) {
      steps.add("rejected: left alone, the code says why; correct them in Salesforce by hand");
    }
    if (sum(report, Balance::skipped) > 0) {
      steps.add(
          "skipped: the run created these, and they stay; if they are wrong, aou-sync undo "
              + undone
              + " --delete-created --dry-run says which of them nobody has touched");
    }
    if (sum(report, Balance::refused) + sum(report, Balance::failed) > 0) {
      steps.add("refused and failed: run aou-sync undo " + undone + " again when it is mended");
    }
    if (report.mode() == RunMode.UNDO && sum(report, Balance::updated) > 0) {
      steps.add("held: correct the source; who is the same there is let go by aou-sync release");
    }
    if (report.mode() == RunMode.UNDO && report.contacts().deleted() > 0) {
      steps.add(
          "deleted: they are in Salesforce's recycle bin for 15 days, aou-sync undo "
              + report.run()
              + " brings them back; after aou-sync release the next sync creates them anew");
    }
    return steps;
  }

  private static boolean deletes(SyncReport report) {
    return report.planned().stream().anyMatch(p -> p.action().equals("delete"));
  }

  private static boolean isQuarantine(String reason) {
    return reason.endsWith(".quarantine");
  }

  private static long sum(SyncReport report, ToLongFunction<Balance> count) {
    return count.applyAsLong(report.contacts()) + count.applyAsLong(report.journeys());
  }
}
