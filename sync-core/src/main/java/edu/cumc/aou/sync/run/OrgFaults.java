package edu.cumc.aou.sync.run;

import edu.cumc.aou.sync.model.Change;
import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.model.PmiId;
import edu.cumc.aou.sync.model.RunId;
import edu.cumc.aou.sync.model.RunMode;
import edu.cumc.aou.sync.model.Tallies;
import edu.cumc.aou.sync.plan.PlanTallies;
import edu.cumc.aou.sync.port.ChangeTable.ChangeCount;
import edu.cumc.aou.sync.port.ChangeTable.FailureCause;
import edu.cumc.aou.sync.port.Cursor;
import edu.cumc.aou.sync.port.HoldTable;
import edu.cumc.aou.sync.port.HoldTable.Hold;
import edu.cumc.aou.sync.port.RunTable.Run;
import edu.cumc.aou.sync.port.SyncStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds causes that stop so many of a run's records that the org is at fault and not the records: a
 * missing permission, or a validation rule that no record passes.
 *
 * <p>It takes the share of all records of the object, and of the records written in one way,
 * because a user who may no longer create can still update. A few changes a day prove nothing, so
 * it adds up mornings on which none of a kind succeeded.
 */
final class OrgFaults {

  /** Fewer records than this prove nothing about the org. */
  private static final int LEAST_RECORDS = 20;

  /** Adds up at most this many runs without a success. */
  private static final int RUNS = 30;

  private final SyncStore store;
  private final double maxShare;

  OrgFaults(SyncStore store, double maxShare) {
    this.store = store;
    this.maxShare = maxShare;
  }

  /**
   * One such cause.
   *
   * @param records how many records it stopped
   * @param attempted how many records of that kind were to be sent
   * @param held those it put into quarantine while no record of that kind succeeded
   */
  record OrgFault(
      CrmObject object,
      String code,
      List<String> fields,
      long records,
      long attempted,
      List<PmiId> held) {
    OrgFault {
      fields = List.copyOf(fields);
      held = List.copyOf(held);
    }
  }

  /** What failed records have in common. */
  private record Cause(CrmObject object, String code, List<String> fields) {}

  /**
   * Records that are counted together.
   *
   * @param action null for all of the object
   */
  private record RecordGroup(CrmObject object, Change.@Nullable Action action) {

    boolean holds(ChangeCount count) {
      return count.object() == object && (action == null || action == count.action());
    }

    boolean holds(FailureCause cause) {
      return cause.object() == object && (action == null || action == cause.action());
    }
  }

  /** The causes that one run shows by itself. */
  List<OrgFault> shownBy(RunId run) {
    List<FailureCause> failures = failures(run);
    if (failures.isEmpty()) {
      return List.of();
    }
    List<ChangeCount> counts = store.changes().count(run);
    return faults(failures, (kind, cause) -> judge(kind, cause, failures, counts, List.of()));
  }

  /** The causes that a just finished run shows together with the runs before it. */
  List<OrgFault> of(RunId run) {
    List<FailureCause> failures = failures(run);
    if (failures.isEmpty()) {
      return List.of();
    }
    List<ChangeCount> counts = store.changes().count(run);
    List<Run> before =
        store.runs().lastDone(RUNS).stream().filter(r -> !r.id().equals(run)).toList();
    if (store.runs().find(run).filter(r -> r.mode() == RunMode.RETRY).isPresent()) {
      return faults(
          failures,
          (kind, cause) ->
              judge(kind, cause, failures, counts, List.of())
                  .or(() -> metBefore(before, kind, cause, failures)));
    }
    Map<RecordGroup, List<Run>> streaks = new LinkedHashMap<>();
    return faults(
        failures,
        (kind, cause) -> {
          List<Run> streak = streaks.computeIfAbsent(kind, k -> streak(k, counts, before));
          return judge(kind, cause, failures, counts, heldDuring(streak, cause));
        });
  }

  /** Whether a finished run must not count against any participant. */
  boolean hadOne(Run run) {
    return run.tallies().asMap().keySet().stream()
            .anyMatch(name -> name.contains("." + PlanTallies.ORG_FAULT))
        || !shownBy(run.id()).isEmpty();
  }

  /** The tallies that report them. */
  static Tallies tallies(List<OrgFault> faults) {
    Tallies sum = Tallies.none();
    for (OrgFault fault : faults) {
      sum = sum.plus(Tallies.of(Map.of(name(fault.object(), fault.code()), fault.records())));
    }
    return sum;
  }

  private interface Judge {
    Optional<OrgFault> judge(RecordGroup kind, Cause cause);
  }

  private static List<OrgFault> faults(List<FailureCause> failures, Judge judge) {
    Set<Cause> causes = new LinkedHashSet<>();
    failures.forEach(f -> causes.add(cause(f)));
    List<OrgFault> faults = new ArrayList<>();
    for (Cause cause : causes) {
      Set<RecordGroup> kinds = new LinkedHashSet<>();
      kinds.add(new RecordGroup(cause.object(), null));
      failures.stream()
          .filter(f -> cause(f).equals(cause))
          .forEach(f -> kinds.add(new RecordGroup(f.object(), f.action())));
      kinds.stream()
          .flatMap(kind -> judge.judge(kind, cause).stream())
          .max(Comparator.comparingInt(fault -> fault.held().size()))
          .ifPresent(faults::add);
    }
    return faults;
  }

  private Optional<OrgFault> judge(
      RecordGroup kind,
      Cause cause,
      List<FailureCause> failures,
      List<ChangeCount> counts,
      List<PmiId> held) {
    long records = records(kind, cause, failures);
    long attempted =
        counts.stream()
            .filter(kind::holds)
            .filter(OrgFaults::isAttempted)
            .mapToLong(c -> c.count())
            .sum();
    boolean many = records + held.size() >= LEAST_RECORDS;
    return many && records + held.size() >= maxShare * (attempted + held.size())
        ? Optional.of(
            new OrgFault(cause.object(), cause.code(), cause.fields(), records, attempted, held))
        : Optional.empty();
  }

  /** A retry of a few participants meets what the last sync met with everybody. */
  private static Optional<OrgFault> metBefore(
      List<Run> before, RecordGroup kind, Cause cause, List<FailureCause> failures) {
    long records = records(kind, cause, failures);
    return before.stream()
        .findFirst()
        .filter(last -> last.tallies().get(name(cause.object(), cause.code())) > 0)
        .map(
            last ->
                new OrgFault(
                    cause.object(), cause.code(), cause.fields(), records, records, List.of()));
  }

  private static long records(RecordGroup kind, Cause cause, List<FailureCause> failures) {
    return failures.stream()
        .filter(f -> kind.holds(f) && cause(f).equals(cause))
        .mapToLong(FailureCause::count)
        .sum();
  }

  /** The runs before this one, back to the last success of that kind. */
  private List<Run> streak(RecordGroup kind, List<ChangeCount> counts, List<Run> before) {
    if (gotThrough(kind, counts)) {
      return List.of();
    }
    return before.stream()
        .takeWhile(r -> !gotThrough(kind, store.changes().count(r.id())))
        .toList();
  }

  private static boolean gotThrough(RecordGroup kind, List<ChangeCount> counts) {
    return counts.stream()
        .anyMatch(c -> kind.holds(c) && isSent(c.action()) && c.state() == Change.State.DONE);
  }

  private List<PmiId> heldDuring(List<Run> streak, Cause cause) {
    if (streak.isEmpty()) {
      return List.of();
    }
    Instant start = streak.get(streak.size() - 1).startedAt();
    String reason = Quarantine.reason(cause.object(), cause.code());
    List<PmiId> held = new ArrayList<>();
    try (Cursor<Hold> holds = store.holds().read()) {
      while (holds.hasNext()) {
        Hold hold = holds.next();
        if (hold.kind() == HoldTable.Kind.QUARANTINE
            && hold.reason().equals(reason)
            && !hold.since().isBefore(start)) {
          held.add(hold.pmiId());
        }
      }
    }
    return held;
  }

  private List<FailureCause> failures(RunId run) {
    return store.changes().failureCauses(run).stream()
        .filter(f -> isSent(f.action()) && isSalesforces(f.code()))
        .toList();
  }

  private static Cause cause(FailureCause failure) {
    return new Cause(failure.object(), failure.code(), failure.fields());
  }

  private static String name(CrmObject object, String code) {
    return PlanTallies.of(object, PlanTallies.ORG_FAULT + code);
  }

  private static boolean isAttempted(ChangeCount count) {
    return isSent(count.action())
        && switch (count.state()) {
          case DONE -> true;
          case REFUSED, FAILED -> isSalesforces(count.errorCode());
          case PLANNED, SENT, UNKNOWN, AWAITING_JOURNEY -> false;
        };
  }

  private static boolean isSent(Change.Action action) {
    return action != Change.Action.REJECT && action != Change.Action.NOTE;
  }

  /** Codes of our own rules are in small letters. */
  private static boolean isSalesforces(String code) {
    return !code.isEmpty() && Character.isUpperCase(code.charAt(0));
  }
}
