package edu.cumc.aou.sync.report;

import edu.cumc.aou.sync.config.ConfigSection;
import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.model.FailureKind;
import edu.cumc.aou.sync.model.GuardTrip;
import edu.cumc.aou.sync.model.OrgChange;
import edu.cumc.aou.sync.model.RunId;
import edu.cumc.aou.sync.model.RunMode;
import edu.cumc.aou.sync.model.RunState;
import edu.cumc.aou.sync.model.SyncStep;
import edu.cumc.aou.sync.plan.PlanTallies;
import edu.cumc.aou.sync.port.AnomalyTable;
import edu.cumc.aou.sync.port.AnomalyTable.AnomalyCount;
import edu.cumc.aou.sync.port.AuditTable;
import edu.cumc.aou.sync.port.HoldTable;
import edu.cumc.aou.sync.port.IdTables.IdCounts;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The result of a run. Counts, codes and field names only: no personal data.
 *
 * @param undone the run that this undo, or plan of an undo, takes back; null for any other run
 * @param interrupted for a plan, the run that the next sync first goes on with; null if there is
 *     none
 * @param finishedAt null while the run is not over
 * @param planned what the plan held, by object and action
 * @param corrections in how many records each field, as {@code object.Field}, changes because an
 *     earlier version of the program had it wrong
 * @param cleared in how many existing records each field, as {@code object.Field}, loses its value
 * @param errors records that were rejected, refused or failed, by object and code
 * @param refusedFields fields that were left alone, as {@code object.Field:rule}
 * @param newFlaws how many refused fields and rejected rows are new since the last good run, as
 *     {@code object.Field:rule} and {@code object.code}
 * @param acknowledged how many refused fields, rejected rows and held participants a person has
 *     acknowledged, also as {@code object.reason}
 * @param skipped how many participants are skipped, by {@code object.reason}
 * @param held how many participants are held, by {@code object.reason}
 * @param quarantined participants that this run put into quarantine
 * @param orgFaults how many records failed through the org's fault, as {@code object.CODE}
 * @param takenBack journeys that show a withdrawal no more, because the source no longer has it
 * @param notInSource Contacts in Salesforce with a PMI ID that the source does not have
 * @param withoutRow participants with a Contact and no row in a relation, by the {@link
 *     CrmObject#word word} of what it feeds
 * @param trips guards that refused
 * @param steps the cost of each step, in their order
 * @param calls requests sent to Salesforce
 * @param repeats requests that repeated a failed one, by purpose, such as {@code query} or {@code
 *     write}
 * @param audit the state of the audit trail
 * @param orgName the org's name; null where unknown
 * @param orgChanges changes of the org since the last good run
 */
public record SyncReport(
    RunId run,
    RunMode mode,
    RunState state,
    @Nullable RunId undone,
    @Nullable Interrupted interrupted,
    Instant startedAt,
    @Nullable Instant finishedAt,
    Balance contacts,
    Balance journeys,
    List<PlannedCount> planned,
    Map<String, Long> corrections,
    Map<String, Long> cleared,
    List<ErrorCount> errors,
    Map<String, Long> refusedFields,
    Map<String, Long> newFlaws,
    Map<String, Long> acknowledged,
    Map<String, Long> skipped,
    Map<String, Long> held,
    long quarantined,
    Map<String, Long> orgFaults,
    List<AnomalyCount> anomalies,
    IdCounts ids,
    long takenBack,
    long notInSource,
    Map<String, Long> withoutRow,
    List<GuardTrip> trips,
    List<StepCost> steps,
    long calls,
    Map<String, Long> repeats,
    AuditState audit,
    @Nullable String orgName,
    List<OrgChange> orgChanges) {

  private static final Set<String> DECIDED_OR_ODD =
      Set.of(
          ConfigSection.word(HoldTable.Kind.FORGOTTEN),
          PlanTallies.DOUBLED_PMI_ID,
          PlanTallies.SEVERAL_JOURNEYS,
          PlanTallies.DELETED_IN_SALESFORCE);

  public SyncReport {
    planned = List.copyOf(planned);
    corrections = new TreeMap<>(corrections);
    cleared = new TreeMap<>(cleared);
    errors = List.copyOf(errors);
    refusedFields = new TreeMap<>(refusedFields);
    newFlaws = new TreeMap<>(newFlaws);
    acknowledged = new TreeMap<>(acknowledged);
    skipped = new TreeMap<>(skipped);
    held = new TreeMap<>(held);
    orgFaults = new TreeMap<>(orgFaults);
    anomalies = List.copyOf(anomalies);
    withoutRow = new TreeMap<>(withoutRow);
    trips = List.copyOf(trips);
    steps = List.copyOf(steps);
    repeats = new TreeMap<>(repeats);
    orgChanges = List.copyOf(orgChanges);
  }

  /**
   * How many records the plan would insert, adopt or update.
   *
   * @param corrections those that only correct what an earlier version of the program had wrong:
   *     nothing else in the record changes, or that version skipped the participant
   */
  public record PlannedCount(CrmObject object, String action, long count, long corrections) {}

  /**
   * A run that is under way or was interrupted.
   *
   * @param left how many of its changes are not settled
   */
  public record Interrupted(RunId run, RunMode mode, long left) {}

  /** How many records had this error. */
  public record ErrorCount(CrmObject object, String outcome, String code, long count) {}

  /**
   * The cost of a step.
   *
   * @param repeated those of its calls that repeated a failed one
   */
  public record StepCost(SyncStep step, Duration duration, long calls, long repeated) {}

  /**
   * The state of the audit trail. Keep it outside the database: then nobody can rewrite the trail
   * unseen.
   *
   * @param head the last row about the run; null if there is none, as for runs of earlier versions
   * @param faults what did not fit when the run began, by word, and the row
   */
  public record AuditState(AuditTable.@Nullable Head head, Map<String, Long> faults) {
    public AuditState {
      faults = new TreeMap<>(faults);
    }
  }

  /** How many requests repeated a failed one. */
  public long repeated() {
    return repeats.values().stream().mapToLong(Long::longValue).sum();
  }

  /** How many records the plan holds. */
  public long plannedTotal() {
    return planned.stream().mapToLong(PlannedCount::count).sum();
  }

  /**
   * Whether a person is needed. That is so if a record or a field was rejected, refused, failed,
   * held or left alone, or an anomaly is open, and nobody has acknowledged it; or if a command of
   * the site failed after the run.
   *
   * @param strict whether acknowledged problems count too
   */
  public boolean needsSomebody(boolean strict) {
    boolean odd = anomalies.stream().anyMatch(a -> strict ? a.open() > 0 : a.isUnanswered());
    return interrupted != null
        || takenBack > 0
        || isUnsentOpen(strict)
        || odd
        || !audit.faults().isEmpty()
        || isFieldOpen(strict)
        // No guard stopped this run; a command of the site failed after it.
        || !trips.isEmpty()
        || errors.stream()
            .anyMatch(e -> isOpen(e.object().word() + "." + e.code(), e.count(), strict))
        || held.entrySet().stream()
            .filter(e -> waitsForSomebody(e.getKey()))
            .anyMatch(e -> isOpen(e.getKey(), e.getValue(), strict));
  }

  /**
   * Whether one of these refused fields, rejected rows or held participants waits for a person.
   * Only this method decides what is news.
   *
   * @param name {@code object.Field:rule}, {@code object.code} or {@code object.reason}
   * @param strict whether acknowledged problems count too
   */
  public boolean isOpen(String name, long count, boolean strict) {
    return count > (strict ? 0 : acknowledged.getOrDefault(name, 0L));
  }

  /**
   * Whether records were not attempted, and that is news. A missing journey is missing every
   * morning: once a person has acknowledged it, the record that waits for it is no news.
   *
   * @param strict whether acknowledged problems count too
   */
  public boolean isUnsentOpen(boolean strict) {
    long known = strict || mode != RunMode.SYNC ? 0 : acknowledgedMissingJourneys();
    return mode != RunMode.PLAN && contacts.notAttempted() + journeys.notAttempted() > known;
  }

  private long acknowledgedMissingJourneys() {
    return anomalies.stream()
        .filter(a -> a.kind() == AnomalyTable.Kind.MISSING_JOURNEY)
        .mapToLong(AnomalyCount::acknowledged)
        .sum();
  }

  /**
   * Whether records had an error of this outcome, and one of them is news.
   *
   * @param strict whether acknowledged problems count too
   */
  public boolean isErrorOpen(String outcome, boolean strict) {
    return errors.stream()
        .filter(e -> e.outcome().equals(outcome))
        .anyMatch(e -> isOpen(e.object().word() + "." + e.code(), e.count(), strict));
  }

  /**
   * Whether fields were left alone, and one of them is news.
   *
   * @param strict whether acknowledged problems count too
   */
  public boolean isFieldOpen(boolean strict) {
    return refusedFields.entrySet().stream()
        .anyMatch(e -> isOpen(e.getKey(), e.getValue(), strict));
  }

  /**
   * Whether a person must lift or answer a hold for this reason. A forgotten participant is already
   * decided; a hold with an anomaly of its own is judged by that anomaly.
   */
  private static boolean waitsForSomebody(String objectAndReason) {
    String reason = objectAndReason.substring(objectAndReason.indexOf('.') + 1);
    return !DECIDED_OR_ODD.contains(reason);
  }

  /**
   * The exit code of the command line program for this report.
   *
   * @param strict whether acknowledged problems count too
   */
  public int exitCode(boolean strict) {
    if (state == RunState.GUARDED) {
      return FailureKind.GUARDED.exitCode();
    }
    return needsSomebody(strict) ? 5 : 0;
  }
}
