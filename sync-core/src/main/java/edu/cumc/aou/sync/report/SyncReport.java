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
 * What came of a run. Counts, codes and field names only: no personal data.
 *
 * @param undone the run whose writes it takes back, or would take back; null for any other run
 * @param finishedAt null while the run is not over
 * @param planned what the plan held, by object and action
 * @param corrections fields that are changed because an earlier version of the program had them
 *     wrong, as {@code object.Field}, and in how many records
 * @param errors records that were rejected, refused or failed, by object and code
 * @param refusedFields fields that were left alone, as {@code object.Field:rule}
 * @param newFlaws how many of the refused fields and rejected rows no good run before had found, as
 *     {@code object.Field:rule} and {@code object.code}
 * @param acknowledged how many of these, and of the held participants, somebody has acknowledged,
 *     likewise and as {@code object.reason}
 * @param skipped why participants are skipped, as {@code object.reason}, and how many
 * @param held why participants are held, as {@code object.reason}, and how many
 * @param quarantined participants that this run put into quarantine
 * @param orgFaults how many records failed for a cause that is the org's, as {@code object.CODE}
 * @param notInSource Contacts in Salesforce whose PMI ID the source does not have
 * @param trips guards that refused
 * @param steps what each step took, in their order
 * @param calls requests sent to Salesforce
 * @param repeats those of them that only did again what had failed before, by the word for what
 *     they were for, such as {@code query} or {@code write}
 * @param audit where the audit trail stands
 * @param orgName what the org is called; null where nobody tells
 * @param orgChanges what is another in the org than at the last good run
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
    Map<String, Long> corrections,
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
    long notInSource,
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
    errors = List.copyOf(errors);
    refusedFields = new TreeMap<>(refusedFields);
    newFlaws = new TreeMap<>(newFlaws);
    acknowledged = new TreeMap<>(acknowledged);
    skipped = new TreeMap<>(skipped);
    held = new TreeMap<>(held);
    orgFaults = new TreeMap<>(orgFaults);
    anomalies = List.copyOf(anomalies);
    trips = List.copyOf(trips);
    steps = List.copyOf(steps);
    repeats = new TreeMap<>(repeats);
    orgChanges = List.copyOf(orgChanges);
  }

  /**
   * How many records the plan would insert, adopt or update.
   *
   * @param corrections those of them that only correct what an earlier version of the program had
   *     wrong: nothing else of the record is changed, or that version passed the person over
   */
  public record PlannedCount(CrmObject object, String action, long count, long corrections) {}

  /** How many records had this error. */
  public record ErrorCount(CrmObject object, String outcome, String code, long count) {}

  /**
   * What a step took.
   *
   * @param repeated those of its calls that only did again what had failed before
   */
  public record StepCost(SyncStep step, Duration duration, long calls, long repeated) {}

  /**
   * Where the audit trail stands. To be kept outside the database, for what it says cannot be
   * written anew then.
   *
   * @param head the last row about the run; null if there is none, as of runs of earlier versions
   * @param faults what did not fit when the run began, by its word, and the row
   */
  public record AuditState(AuditTable.@Nullable Head head, Map<String, Long> faults) {
    public AuditState {
      faults = new TreeMap<>(faults);
    }
  }

  /** How many requests only did again what had failed before. */
  public long repeated() {
    return repeats.values().stream().mapToLong(Long::longValue).sum();
  }

  /** How many records the plan holds. */
  public long plannedTotal() {
    return planned.stream().mapToLong(PlannedCount::count).sum();
  }

  /**
   * Whether somebody is needed: a record or a field was rejected, refused, failed, held or left
   * alone, or an anomaly is open, and nobody has acknowledged it; or a command of the site failed
   * after the run.
   *
   * @param strict whether what is acknowledged counts too
   */
  public boolean needsSomebody(boolean strict) {
    boolean odd = anomalies.stream().anyMatch(a -> strict ? a.open() > 0 : a.isUnanswered());
    return isUnsentOpen(strict)
        || odd
        || !audit.faults().isEmpty()
        || isFieldOpen(strict)
        // of a run that no guard stopped: a command of the site that failed after it
        || !trips.isEmpty()
        || errors.stream()
            .anyMatch(e -> isOpen(e.object().word() + "." + e.code(), e.count(), strict))
        || held.entrySet().stream()
            .filter(e -> waitsForSomebody(e.getKey()))
            .anyMatch(e -> isOpen(e.getKey(), e.getValue(), strict));
  }

  /**
   * Whether of so many refused fields, rejected rows or held participants one waits for somebody:
   * the one place that says what is news.
   *
   * @param name {@code object.Field:rule}, {@code object.code} or {@code object.reason}
   * @param strict whether what is acknowledged counts too
   */
  public boolean isOpen(String name, long count, boolean strict) {
    return count > (strict ? 0 : acknowledged.getOrDefault(name, 0L));
  }

  /**
   * Whether records were not attempted, and that is news. A journey that is missing is missing
   * every morning: once somebody has acknowledged that, the record that waits for it is none.
   *
   * @param strict whether what is acknowledged counts too
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
   * @param strict whether what is acknowledged counts too
   */
  public boolean isErrorOpen(String outcome, boolean strict) {
    return errors.stream()
        .filter(e -> e.outcome().equals(outcome))
        .anyMatch(e -> isOpen(e.object().word() + "." + e.code(), e.count(), strict));
  }

  /**
   * Whether fields were left alone, and one of them is news.
   *
   * @param strict whether what is acknowledged counts too
   */
  public boolean isFieldOpen(boolean strict) {
    return refusedFields.entrySet().stream()
        .anyMatch(e -> isOpen(e.getKey(), e.getValue(), strict));
  }

  /**
   * Whether somebody must lift or answer what is held for this reason. Who is forgotten was
   * decided; what has an anomaly of its own is judged by that.
   */
  private static boolean waitsForSomebody(String objectAndReason) {
    String reason = objectAndReason.substring(objectAndReason.indexOf('.') + 1);
    return !DECIDED_OR_ODD.contains(reason);
  }

  /**
   * The exit code of the command line program for this report.
   *
   * @param strict whether what is acknowledged counts too
   */
  public int exitCode(boolean strict) {
    if (state == RunState.GUARDED) {
      return FailureKind.GUARDED.exitCode();
    }
    return needsSomebody(strict) ? 5 : 0;
  }
}
