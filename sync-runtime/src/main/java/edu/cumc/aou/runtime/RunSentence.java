package edu.cumc.aou.runtime;

import edu.cumc.aou.sync.model.RunMode;
import edu.cumc.aou.sync.report.Balance;
import edu.cumc.aou.sync.report.SyncReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToLongFunction;

/** The result of a run in one sentence, for people who know the study and not the program. */
public final class RunSentence {

  private RunSentence() {}

  /** The sentence; numbers first. */
  public static String of(SyncReport report) {
    return switch (report.state()) {
      case GUARDED ->
          "0 changes: a guard stopped the run before it changed anything in Salesforce.";
      case FAILED -> "0 changes: the run was stopped before it changed anything.";
      case ABANDONED -> sent(report) + " before the run was given up.";
      case PLANNING, APPLYING, SUSPENDED ->
          sent(report) + " so far; the next sync goes on with the rest.";
      case PLANNED -> planned(report);
      case DONE, PARTIAL -> report.mode() == RunMode.UNDO ? undone(report) : done(report);
    };
  }

  private static String done(SyncReport report) {
    List<String> parts = new ArrayList<>();
    long created = report.contacts().inserted();
    long adopted = report.contacts().adopted();
    long updated = sum(report, Balance::updated);
    if (created > 0) {
      parts.add(people(created) + (created == 1 ? " is" : " are") + " new in Salesforce");
    }
    if (adopted > 0) {
      parts.add(
          count(adopted, "Contact that was", "Contacts that were")
              + " there before now "
              + (adopted == 1 ? "carries its" : "carry their")
              + " PMI ID");
    }
    if (updated > 0) {
      parts.add(count(updated, "record was", "records were") + " brought up to date");
    }
    if (parts.isEmpty()) {
      parts.add(
          report.contacts().unchanged() > 0
              ? "0 changes: Salesforce already shows what the source says of "
                  + people(report.contacts().unchanged())
              : "0 changes");
    }
    return joined(parts) + waiting(report) + ".";
  }

  private static String waiting(SyncReport report) {
    List<String> parts = new ArrayList<>();
    long unsent =
        sum(report, Balance::rejected)
            + sum(report, Balance::refused)
            + sum(report, Balance::failed)
            + sum(report, Balance::notAttempted);
    long fields = report.refusedFields().values().stream().mapToLong(Long::longValue).sum();
    long held = report.contacts().held();
    if (unsent > 0) {
      parts.add(count(unsent, "record was", "records were") + " not sent");
    }
    if (fields > 0) {
      parts.add(count(fields, "value was", "values were") + " left alone");
    }
    if (held > 0) {
      parts.add(people(held) + (held == 1 ? " is" : " are") + " held");
    }
    return parts.isEmpty() ? "" : "; " + joined(parts) + known(report, unsent + fields + held);
  }

  /** How many of these a person has acknowledged, so that the rest is recognised as news. */
  private static String known(SyncReport report, long all) {
    long known =
        report.acknowledged().entrySet().stream()
            .filter(
                e -> !report.held().containsKey(e.getKey()) || e.getKey().startsWith("contact."))
            .mapToLong(Map.Entry::getValue)
            .sum();
    boolean nothingElse = !report.needsSomebody(false);
    return known == 0
        ? ""
        : nothingElse
            ? ", all of it known"
            : String.format(Locale.ROOT, ", %,d of these known", Math.min(known, all));
  }

  private static String planned(SyncReport report) {
    long total = report.plannedTotal();
    if (total == 0) {
      return "0 changes would be sent" + waitingInPlan(report) + ".";
    }
    long created =
        report.planned().stream()
            .filter(p -> p.object().word().equals("contact") && p.action().equals("insert"))
            .mapToLong(SyncReport.PlannedCount::count)
            .sum();
    return count(total, "change", "changes")
        + " would be sent"
        + (created > 0 ? ", among them " + people(created) + " new in Salesforce" : "")
        + waitingInPlan(report)
        + ". Nothing was changed.";
  }

  private static String waitingInPlan(SyncReport report) {
    long rejected = sum(report, Balance::rejected);
    return rejected == 0 ? "" : "; " + count(rejected, "record", "records") + " would not be";
  }

  private static String undone(SyncReport report) {
    long deleted = report.contacts().deleted();
    long restored = report.contacts().restored();
    return count(sum(report, Balance::updated), "record was", "records were")
        + " put back to what "
        + "Salesforce showed before run "
        + report.undone()
        + (deleted == 0
            ? ""
            : "; "
                + count(deleted, "Contact that it created is", "Contacts that it created are")
                + " in the recycle bin")
        + (restored == 0
            ? ""
            : "; " + count(restored, "Contact is", "Contacts are") + " back from the recycle bin")
        + waiting(report)
        + ".";
  }

  private static String sent(SyncReport report) {
    long sent =
        sum(report, Balance::inserted)
            + sum(report, Balance::adopted)
            + sum(report, Balance::updated)
            + sum(report, Balance::deleted)
            + sum(report, Balance::restored);
    return count(sent, "record was", "records were") + " sent";
  }

  private static String people(long count) {
    return count(count, "participant", "participants");
  }

  private static String count(long count, String one, String many) {
    return String.format(Locale.ROOT, "%,d %s", count, count == 1 ? one : many);
  }

  private static String joined(List<String> parts) {
    int last = parts.size() - 1;
    return last == 0
        ? parts.get(0)
        : String.join(", ", parts.subList(0, last)) + " and " + parts.get(last);
  }

  private static long sum(SyncReport report, ToLongFunction<Balance> count) {
    return count.applyAsLong(report.contacts()) + count.applyAsLong(report.journeys());
  }
}
