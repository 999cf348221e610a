package edu.cumc.aou.sync.port;

import edu.cumc.aou.sync.model.GuardTrip;
import edu.cumc.aou.sync.model.OrgChange;
import edu.cumc.aou.sync.model.RunId;
import edu.cumc.aou.sync.model.RunMode;
import edu.cumc.aou.sync.model.RunState;
import edu.cumc.aou.sync.model.Tallies;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The runs, newest last. */
public interface RunTable {

  /**
   * The name of the count that is above 0 while a SUSPENDED run has no complete plan: how often in
   * a row it was suspended without having come further.
   */
  String BEFORE_ITS_PLAN = "before-its-plan";

  /** Enters a run in state PLANNING and gives it the next number. */
  RunId create(RunMode mode, String orgId, String mappingFingerprint, Instant startedAt);

  /** Sets the state, keeps the counts. */
  void setState(RunId run, RunState state);

  /** Puts these counts over those that are there. */
  void addTallies(RunId run, Tallies tallies);

  /** Adds these counts to those that are there. */
  void increaseTallies(RunId run, Tallies more);

  /** Sets a terminal state and the time. */
  void finish(RunId run, RunState state, Instant finishedAt);

  Optional<Run> find(RunId run);

  /** The newest runs first. */
  List<Run> latest(int limit);

  /** Notes which run's writes this one takes back, or would take back. */
  void noteUndone(RunId run, RunId undone);

  /** Keeps what a run saw of the org. */
  void noteOrg(RunId run, OrgSeen org);

  /** Keeps the guards that stopped the run, in their order. */
  void noteTrips(RunId run, List<GuardTrip> trips);

  /** The newest SYNC, RETRY or UNDO run whose state is not terminal. */
  Optional<Run> unfinished();

  /** The PLAN runs that are still PLANNING, oldest first: the holder of the lease gives them up. */
  List<Run> unfinishedPlans();

  /**
   * The newest SYNC runs in state DONE, newest first. RETRY runs are none of them: their counts say
   * nothing about everybody.
   */
  List<Run> lastDone(int limit);

  /**
   * The oldest runs that finished before a moment and whose changes still hold their values, at
   * most so many.
   */
  List<RunId> withValues(Instant finishedBefore, int most);

  /** Notes that the values of a run's changes are blanked. */
  void markBlanked(RunId run);

  /** Whether the values of a run's changes are blanked. */
  boolean isBlanked(RunId run);

  /**
   * Runs that nothing needs any more, oldest first: those whose removal has begun, and those that
   * finished before a moment and are none of these:
   *
   * <ul>
   *   <li>one of the newest runs, or of the newest SYNC runs in state DONE, with which later runs
   *       are compared;
   *   <li>one during which somebody was put on hold who is held still, other than as FORGOTTEN;
   *   <li>one whose writes a run that is still there took back.
   * </ul>
   *
   * @param keepLatest how many are the newest, of either sort
   * @param most how many to give at most
   */
  List<RunId> removable(Instant finishedBefore, int keepLatest, int most);

  /** Begins the removal of a run: from now on only {@link #removable} still knows it. */
  void beginRemoval(RunId run);

  /** Removes a run whose removal has begun, and what is known of its jobs; it has no rows left. */
  void remove(RunId run);

  /**
   * The org that this store belongs to: that of the oldest run since the store was made or bound
   * anew.
   */
  Optional<String> boundOrg();

  /**
   * One run.
   *
   * @param finishedAt null while it is not over
   * @param trips the guards that stopped it; none if none did
   * @param undone the run whose writes it takes back, or would take back; null for any other run
   * @param org what it saw of the org
   */
  record Run(
      RunId id,
      RunMode mode,
      RunState state,
      String orgId,
      String mappingFingerprint,
      Instant startedAt,
      @Nullable Instant finishedAt,
      Tallies tallies,
      List<GuardTrip> trips,
      @Nullable RunId undone,
      OrgSeen org) {
    public Run {
      trips = List.copyOf(trips);
    }

    /** Whether it was interrupted before its plan was complete, so that nothing of it was sent. */
    public boolean isBeforeItsPlan() {
      return state == RunState.PLANNING
          || (state == RunState.SUSPENDED && tallies.get(BEFORE_ITS_PLAN) > 0);
    }
  }

  /**
   * What a run saw of the org.
   *
   * @param name what the org is called; null where nobody tells
   * @param fields a hash over what describe says; null where the run did not look
   * @param traits the run that kept what the org is like; null where the run did not look
   * @param rulesAt when rules and automations were looked at, by this run or one before; null if
   *     never
   * @param changes what is another than at the last good run
   */
  record OrgSeen(
      @Nullable String name,
      @Nullable String fields,
      @Nullable RunId traits,
      @Nullable Instant rulesAt,
      List<OrgChange> changes) {

    /** Nothing. */
    public static final OrgSeen NOTHING = new OrgSeen(null, null, null, null, List.of());

    public OrgSeen {
      changes = List.copyOf(changes);
    }

    /** The name alone. */
    public static OrgSeen named(@Nullable String name) {
      return new OrgSeen(name, null, null, null, List.of());
    }
  }
}
