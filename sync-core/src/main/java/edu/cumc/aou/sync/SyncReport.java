package edu.cumc.aou.sync;

import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.model.GuardTrip;
import edu.cumc.aou.sync.model.RunId;
import edu.cumc.aou.sync.model.RunMode;
import edu.cumc.aou.sync.model.RunState;
import edu.cumc.aou.sync.port.AnomalyTable.AnomalyCount;
import edu.cumc.aou.sync.port.IdTables.IdCounts;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What came of a run. Counts, codes and field names only: no personal data.
 *
 * @param undone the run whose writes it takes back, or would take back; null for any other run
 * @param finishedAt null while the run is not over
 * @param planned what the plan held, by object and action
 * @param errors records that were rejected, refused or failed, by object and code
 * @param refusedFields fields that were left alone, as {@code object.Field:rule}
 * @param skipped why participants are skipped, as {@code object.reason}, and how many
 * @param held why participants are held, as {@code object.reason}, and how many
 * @param quarantined participants that this run put into quarantine
 * @param notInSource Contacts in Salesforce whose PMI ID the source does not have
 * @param trips guards that refused
 * @param steps what each step took, in their order
 * @param calls requests sent to Salesforce
 * @param repeats those of them that only did again what had failed before, by the word for what
 *     they were for, such as {@code query} or {@code write}
 */
public record SyncReport(
    RunId run,
    RunMode mode,
    RunState state,
    @Nullable RunId undone,
    Instant startedAt,
    @Nullable Instant finishedAt,
    Balance contacts,
    Balance journeys,
    List<PlannedCount> planned,
    List<ErrorCount> errors,
    Map<String, Long> refusedFields,
    Map<String, Long> skipped,
    Map<String, Long> held,
    long quarantined,
    List<AnomalyCount> anomalies,
    IdCounts ids,
    long notInSource,
    List<GuardTrip> trips,
    List<StepCost> steps,
    long calls,
    Map<String, Long> repeats) {

  public SyncReport {
    planned = List.copyOf(planned);
    errors = List.copyOf(errors);
    refusedFields = new TreeMap<>(refusedFields);
    skipped = new TreeMap<>(skipped);
    held = new TreeMap<>(held);
    anomalies = List.copyOf(anomalies);
    trips = List.copyOf(trips);
    steps = List.copyOf(steps);
    repeats = new TreeMap<>(repeats);
  }

  /** How many records the plan would insert, adopt or update. */
  public record PlannedCount(CrmObject object, String action, long count) {}

  /** How many records had this error. */
  public record ErrorCount(CrmObject object, String outcome, String code, long count) {}

  /**
   * What a step took.
   *
   * @param repeated those of its calls that only did again what had failed before
   */
  public record StepCost(SyncStep step, Duration duration, long calls, long repeated) {}

  /** How many requests only did again what had failed before. */
  public long repeated() {
    return repeats.values().stream().mapToLong(Long::longValue).sum();
  }

  /** How many records the plan holds. */
  public long plannedTotal() {
    return planned.stream().mapToLong(PlannedCount::count).sum();
  }

  /**
   * Whether something needs somebody's eye: records or fields that were rejected, refused, failed
   * or not attempted.
   */
  public boolean hasFailures() {
    boolean unsent = mode != RunMode.PLAN && contacts.notAttempted() + journeys.notAttempted() > 0;
    return unsent || !refusedFields.isEmpty() || failures(contacts) + failures(journeys) > 0;
  }

  private static long failures(Balance balance) {
    return balance.rejected() + balance.refused() + balance.failed();
  }

  /**
   * The exit code of the command line program for this report.
   *
   * @param strict whether open anomalies count as failures
   */
  public int exitCode(boolean strict) {
    if (state == RunState.GUARDED) {
      return FailureKind.GUARDED.exitCode();
    }
    boolean odd = anomalies.stream().anyMatch(a -> a.open() > 0);
    return hasFailures() || (strict && odd) ? 5 : 0;
  }
}
