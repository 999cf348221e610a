package edu.cumc.aou.sync.run;

import edu.cumc.aou.sync.model.Change;
import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.model.FailureKind;
import edu.cumc.aou.sync.model.RunId;
import edu.cumc.aou.sync.model.SyncException;
import edu.cumc.aou.sync.model.SyncStep;
import edu.cumc.aou.sync.model.Tallies;
import edu.cumc.aou.sync.plan.PlanTallies;
import edu.cumc.aou.sync.port.ChangeTable.ChangeCount;
import edu.cumc.aou.sync.port.ForgottenOrg;
import edu.cumc.aou.sync.port.RunTable.Run;
import edu.cumc.aou.sync.port.SyncStore;
import edu.cumc.aou.sync.report.Balance;
import edu.cumc.aou.sync.report.SyncReport;
import edu.cumc.aou.sync.report.SyncReport.ErrorCount;
import edu.cumc.aou.sync.report.SyncReport.PlannedCount;
import edu.cumc.aou.sync.report.SyncReport.StepCost;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Makes a run's report from the store, during the run or long after. */
public final class Reports {

  private Reports() {}

  /**
   * The report of the run with this number.
   *
   * @throws SyncException BUG if the store does not have it
   */
  public static SyncReport of(SyncStore store, RunId run) {
    return of(
        store,
        store
            .runs()
            .find(run)
            .orElseThrow(
                () ->
                    new SyncException(FailureKind.BUG, "run " + run + " is gone from the store")));
  }

  /** The report of a run. */
  public static SyncReport of(SyncStore store, Run run) {
    Tallies tallies = run.tallies();
    List<ChangeCount> counts =
        ForgottenOrg.isOf(tallies) ? ForgottenOrg.rows(tallies) : store.changes().count(run.id());
    List<StepCost> steps = steps(tallies);
    return new SyncReport(
        run.id(),
        run.mode(),
        run.state(),
        run.undone(),
        interrupted(store, tallies),
        run.startedAt(),
        run.finishedAt(),
        balance(CrmObject.CONTACT, tallies, counts),
        balance(CrmObject.JOURNEY, tallies, counts),
        planned(tallies, counts),
        byObject(tallies, PlanTallies.CORRECTED_FIELD),
        byObject(tallies, PlanTallies.CLEARED_FIELD),
        errors(tallies, counts),
        byObject(tallies, PlanTallies.REFUSED_FIELD),
        byObject(tallies, PlanTallies.NEW),
        byObject(tallies, PlanTallies.ACKNOWLEDGED),
        byObject(tallies, PlanTallies.SKIPPED),
        held(tallies, counts),
        tallies.get(PlanTallies.QUARANTINED),
        byObject(tallies, PlanTallies.ORG_FAULT),
        store.anomalies().count(run.id()),
        store.ids().counts(),
        tallies.get(PlanTallies.of(CrmObject.JOURNEY, PlanTallies.TAKEN_BACK)),
        tallies.get(PlanTallies.of(CrmObject.CONTACT, PlanTallies.NOT_IN_SOURCE)),
        withoutRow(tallies),
        run.trips(),
        steps,
        steps.stream().mapToLong(StepCost::calls).sum(),
        repeats(tallies),
        AuditWatch.of(store, run),
        run.org().name(),
        run.org().changes());
  }

  private static SyncReport.@Nullable Interrupted interrupted(SyncStore store, Tallies tallies) {
    long run = tallies.get(UnfinishedRuns.RUN);
    return run == 0
        ? null
        : store
            .runs()
            .find(new RunId(run))
            .map(
                r -> new SyncReport.Interrupted(r.id(), r.mode(), tallies.get(UnfinishedRuns.LEFT)))
            .orElse(null);
  }

  private static Balance balance(CrmObject object, Tallies tallies, List<ChangeCount> counts) {
    return new Balance(
        object,
        tallies.get(PlanTallies.of(object, PlanTallies.ROWS)),
        tallies.get(PlanTallies.of(object, PlanTallies.SURPLUS_ROWS)),
        count(counts, object, c -> isDone(c) && c.action() == Change.Action.INSERT),
        count(counts, object, c -> isDone(c) && c.action() == Change.Action.ADOPT),
        count(counts, object, c -> isDone(c) && c.action() == Change.Action.UPDATE),
        count(counts, object, c -> isDone(c) && c.action() == Change.Action.DELETE),
        count(counts, object, c -> isDone(c) && c.action() == Change.Action.RESTORE),
        tallies.get(PlanTallies.of(object, PlanTallies.UNCHANGED)),
        tallies.get(PlanTallies.of(object, PlanTallies.FROZEN)),
        tallies.sum(PlanTallies.of(object, PlanTallies.HELD))
            + count(counts, object, Reports::isHeld),
        tallies.sum(PlanTallies.of(object, PlanTallies.SKIPPED)),
        tallies.sum(PlanTallies.of(object, PlanTallies.REJECTED))
            + count(
                counts, object, c -> isRefused(c) && Change.isOurs(c.errorCode()) && !isHeld(c)),
        count(counts, object, c -> isRefused(c) && !Change.isOurs(c.errorCode())),
        count(counts, object, c -> isSent(c) && c.state() == Change.State.FAILED),
        count(counts, object, c -> isSent(c) && isOpen(c.state())));
  }

  private static boolean isDone(ChangeCount count) {
    return count.state() == Change.State.DONE;
  }

  /** Whether the row is sent: planning already counts rejected rows, and notes are no records. */
  private static boolean isSent(ChangeCount count) {
    return count.action() != Change.Action.REJECT && count.action() != Change.Action.NOTE;
  }

  private static boolean isRefused(ChangeCount count) {
    return isSent(count) && count.state() == Change.State.REFUSED;
  }

  /** Whether only the run itself, after its plan, found that the record is ambiguous. */
  private static boolean isHeld(ChangeCount count) {
    return isRefused(count) && PlanTallies.isAmbiguity(count.errorCode());
  }

  private static boolean isOpen(Change.State state) {
    return switch (state) {
      case PLANNED, SENT, UNKNOWN, AWAITING_JOURNEY -> true;
      case DONE, FAILED, REFUSED -> false;
    };
  }

  private static long count(
      List<ChangeCount> counts, CrmObject object, Predicate<ChangeCount> which) {
    return counts.stream()
        .filter(c -> c.object() == object)
        .filter(which)
        .mapToLong(ChangeCount::count)
        .sum();
  }

  private static List<PlannedCount> planned(Tallies tallies, List<ChangeCount> counts) {
    List<PlannedCount> planned = new ArrayList<>();
    for (CrmObject object : CrmObject.values()) {
      for (Change.Action action :
          List.of(
              Change.Action.INSERT,
              Change.Action.ADOPT,
              Change.Action.UPDATE,
              Change.Action.DELETE,
              Change.Action.RESTORE)) {
        // Rows that our own rules refuse were looked at and are not sent.
        long count =
            count(
                counts,
                object,
                c -> c.action() == action && !(isRefused(c) && Change.isOurs(c.errorCode())));
        if (count > 0) {
          long corrections = tallies.get(PlanTallies.of(object, PlanTallies.corrected(action)));
          if (action == Change.Action.UPDATE) {
            corrections += tallies.get(PlanTallies.of(object, PlanTallies.CORRECTED_AWAITED));
          }
          planned.add(
              new PlannedCount(object, action.name().toLowerCase(Locale.ROOT), count, corrections));
        }
      }
    }
    return planned;
  }

  private static List<ErrorCount> errors(Tallies tallies, List<ChangeCount> counts) {
    List<ErrorCount> errors = new ArrayList<>();
    for (CrmObject object : CrmObject.values()) {
      String rejected = PlanTallies.of(object, PlanTallies.REJECTED);
      tallies
          .asMap()
          .forEach(
              (name, count) -> {
                if (name.startsWith(rejected)) {
                  errors.add(
                      new ErrorCount(object, "rejected", name.substring(rejected.length()), count));
                }
              });
      for (ChangeCount count : counts) {
        boolean bad = count.state() == Change.State.REFUSED || count.state() == Change.State.FAILED;
        if (count.object() == object && isSent(count) && bad && !isHeld(count)) {
          String outcome =
              count.state() == Change.State.FAILED
                  ? "failed"
                  : Change.isOurs(count.errorCode()) ? "rejected" : "refused";
          errors.add(new ErrorCount(object, outcome, count.errorCode(), count.count()));
        }
      }
    }
    return merged(errors);
  }

  /** One cause is one line, whether it showed while planning or later. */
  private static List<ErrorCount> merged(List<ErrorCount> errors) {
    Map<List<Object>, ErrorCount> byCause = new LinkedHashMap<>();
    for (ErrorCount error : errors) {
      byCause.merge(
          List.of(error.object(), error.outcome(), error.code()),
          error,
          (a, b) -> new ErrorCount(a.object(), a.outcome(), a.code(), a.count() + b.count()));
    }
    return List.copyOf(byCause.values());
  }

  /** The counts with names that start with {@code name}, as {@code object.rest}. */
  private static Map<String, Long> byObject(Tallies tallies, String name) {
    SortedMap<String, Long> counts = new TreeMap<>();
    for (CrmObject object : CrmObject.values()) {
      String prefix = PlanTallies.of(object, name);
      tallies
          .asMap()
          .forEach(
              (full, count) -> {
                if (full.startsWith(prefix)) {
                  counts.put(object.word() + "." + full.substring(prefix.length()), count);
                }
              });
    }
    return counts;
  }

  private static Map<String, Long> held(Tallies tallies, List<ChangeCount> counts) {
    SortedMap<String, Long> held = new TreeMap<>(byObject(tallies, PlanTallies.HELD));
    counts.stream()
        .filter(Reports::isHeld)
        .forEach(c -> held.merge(c.object().word() + "." + c.errorCode(), c.count(), Long::sum));
    return held;
  }

  private static Map<String, Long> withoutRow(Tallies tallies) {
    SortedMap<String, Long> found = new TreeMap<>();
    for (CrmObject object : CrmObject.values()) {
      long count = tallies.get(PlanTallies.of(object, PlanTallies.WITHOUT_ROW));
      if (count > 0) {
        found.put(object.word(), count);
      }
    }
    return found;
  }

  private static Map<String, Long> repeats(Tallies tallies) {
    SortedMap<String, Long> repeats = new TreeMap<>();
    for (SyncStep step : SyncStep.values()) {
      String prefix = StepClock.repeats(step);
      tallies
          .asMap()
          .forEach(
              (name, count) -> {
                if (name.startsWith(prefix) && count > 0) {
                  repeats.merge(name.substring(prefix.length()), count, Long::sum);
                }
              });
    }
    return repeats;
  }

  private static List<StepCost> steps(Tallies tallies) {
    return Arrays.stream(SyncStep.values())
        .filter(s -> StepClock.isDone(s, tallies))
        .map(
            s ->
                new StepCost(
                    s,
                    Duration.ofMillis(tallies.get(StepClock.millis(s))),
                    tallies.get(StepClock.calls(s)),
                    tallies.sum(StepClock.repeats(s))))
        .toList();
  }
}
