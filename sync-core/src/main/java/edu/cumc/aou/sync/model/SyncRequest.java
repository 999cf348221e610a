package edu.cumc.aou.sync.model;

import edu.cumc.aou.sync.port.SyncListener;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What to run.
 *
 * @param holder the process that runs it, shown to a second run: program, host, process number; no
 *     personal data
 * @param full whether to read the whole mirror anew
 * @param initialLoad whether to lift the insert guard; only possible while the mirror has under 100
 *     Contacts
 * @param approved the approved plan, and nothing else is applied; null to apply any plan
 * @param only the participants of a RETRY run; empty for the other modes
 * @param undo the run to take back, for an UNDO run or the PLAN of one; null for any other
 * @param deleteCreated whether the undo also deletes Contacts that the run created and nobody has
 *     touched since
 * @param deadline when to stop and leave the rest to the next run; null for never
 * @param patience the longest wait for a Salesforce job within a run. Before a longer wait the run
 *     stops as at its deadline, and tells {@link SyncListener#suspended} how long the job needs.
 *     Null for any wait
 */
public record SyncRequest(
    RunMode mode,
    String holder,
    boolean full,
    boolean initialLoad,
    @Nullable ApprovedPlan approved,
    Set<PmiId> only,
    @Nullable RunId undo,
    boolean deleteCreated,
    @Nullable Instant deadline,
    @Nullable Duration patience) {

  /**
   * Throws {@link IllegalArgumentException} unless a RETRY, and only a RETRY, names participants,
   * and an UNDO names a run.
   */
  public SyncRequest {
    only = Set.copyOf(only);
    if ((mode == RunMode.RETRY) == only.isEmpty()) {
      throw new IllegalArgumentException("a RETRY names participants, and nothing else does");
    }
    if (mode == RunMode.UNDO ? undo == null : undo != null && mode != RunMode.PLAN) {
      throw new IllegalArgumentException("an UNDO names a run, and nothing else but a PLAN does");
    }
    if (deleteCreated && undo == null) {
      throw new IllegalArgumentException("only an undo deletes what a run created");
    }
  }

  /** A request for everybody. */
  public SyncRequest(
      RunMode mode,
      String holder,
      boolean full,
      boolean initialLoad,
      @Nullable ApprovedPlan approved,
      @Nullable Instant deadline) {
    this(mode, holder, full, initialLoad, approved, Set.of(), null, false, deadline, null);
  }

  /** The same request for a runner with little time. */
  public SyncRequest within(Instant newDeadline, Duration newPatience) {
    return new SyncRequest(
        mode,
        holder,
        full,
        initialLoad,
        approved,
        only,
        undo,
        deleteCreated,
        newDeadline,
        newPatience);
  }

  /**
   * A plan that a person has looked at.
   *
   * @param run the PLAN run that made it
   * @param digest SHA-256 of its changes
   * @param by the approver, as the person who applies it says; empty text if unknown
   * @param why the reason; empty text for none
   */
  public record ApprovedPlan(RunId run, String digest, String by, String why) {

    /** A plan without approver and reason. */
    public ApprovedPlan(RunId run, String digest) {
      this(run, digest, "", "");
    }

    /** The same plan, with approver and reason. */
    public ApprovedPlan with(String person, String reason) {
      return new ApprovedPlan(run, digest, person, reason);
    }
  }

  /** An ordinary daily sync. */
  public static SyncRequest sync(String holder) {
    return new SyncRequest(RunMode.SYNC, holder, false, false, null, null);
  }

  /** A plan that writes nothing to Salesforce. */
  public static SyncRequest plan(String holder) {
    return new SyncRequest(RunMode.PLAN, holder, false, false, null, null);
  }

  /**
   * A sync of some participants only; it tries those in quarantine again.
   *
   * @param initialLoad whether they are the rest of the first load
   */
  public static SyncRequest retry(String holder, Set<PmiId> only, boolean initialLoad) {
    return new SyncRequest(
        RunMode.RETRY, holder, false, initialLoad, null, only, null, false, null, null);
  }

  /** A plan that shows what an undo of this run would send. */
  public static SyncRequest planUndo(String holder, RunId undone) {
    return new SyncRequest(
        RunMode.PLAN, holder, false, false, null, Set.of(), undone, false, null, null);
  }

  /**
   * An undo of a run.
   *
   * @param approved the plan of this undo that a person has looked at; null for none
   */
  public static SyncRequest undo(String holder, RunId undone, @Nullable ApprovedPlan approved) {
    return new SyncRequest(
        RunMode.UNDO, holder, false, false, approved, Set.of(), undone, false, null, null);
  }

  /** The same undo, or plan of one, that also deletes the Contacts that the run created. */
  public SyncRequest deletingCreated() {
    return new SyncRequest(
        mode, holder, full, initialLoad, approved, only, undo, true, deadline, patience);
  }

  public Optional<RunId> undoneRun() {
    return Optional.ofNullable(undo);
  }

  public Optional<ApprovedPlan> approvedPlan() {
    return Optional.ofNullable(approved);
  }
}
