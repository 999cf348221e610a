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
   * The name of a count that is above 0 while a SUSPENDED run has no complete plan: how often in a
   * row it was suspended without progress.
   */
  String BEFORE_ITS_PLAN = "before-its-plan";

  /**
   * If something else has written over the counts of a run, they cannot be read, and this is the
   * name of its only count.
   *
   * @since 0.2.0
   */
  String UNREADABLE = "unreadable";

  /** Enters a run in state PLANNING and gives it the next number. */
  RunId create(RunMode mode, String orgId, String mappingFingerprint, Instant startedAt);

  /** Sets the state and keeps the counts. */
  void setState(RunId run, RunState state);

  /** Stores these counts, and replaces those of the same names. */
  void addTallies(RunId run, Tallies tallies);

  /** Adds these counts to the stored ones. */
  void increaseTallies(RunId run, Tallies more);

  /** Sets a terminal state and the time. */
  void finish(RunId run, RunState state, Instant finishedAt);

  Optional<Run> find(RunId run);

  /** The newest runs first. */
  List<Run> latest(int limit);

  /** Notes which run this one takes back, or would take back. */
  void noteUndone(RunId run, RunId undone);

  /** Stores what a run saw of the org. */
  void noteOrg(RunId run, OrgSeen org);

  /** Stores the guards that stopped the run, in order. */
  void noteTrips(RunId run, List<GuardTrip> trips);

  /** The newest SYNC, RETRY or UNDO run that is not over. */
  Optional<Run> unfinished();

  /** The PLAN runs that are still PLANNING, oldest first: the holder of the lease gives them up. */
  List<Run> unfinishedPlans();

  /**
   * The newest SYNC runs in state DONE, newest first. Leaves out RETRY runs, because their counts
   * do not cover everybody.
   */
  List<Run> lastDone(int limit);

  /**
   * The oldest runs that finished before a moment and still have the values of their changes, at
   * most that many.
   */
  List<RunId> withValues(Instant finishedBefore, int most);

  /** Notes that the values of a run's changes are blanked. */
  void markBlanked(RunId run);

  /** Whether the values of a run's changes are blanked. */
  boolean isBlanked(RunId run);

  /**
   * Runs that nothing needs any more, oldest first. These are the runs with a begun removal, and
   * the runs that finished before a moment and are none of these:
   *
   * <ul>
   *   <li>one of the newest runs, or of the newest SYNC runs in state DONE, because later runs are
   *       compared with them;
   *   <li>a run that put a participant on a hold that still lasts, other than FORGOTTEN;
   *   <li>a run that another stored run took back.
   * </ul>
   *
   * @param keepLatest how many count as the newest, of either sort
   * @param most how many to return at most
   */
  List<RunId> removable(Instant finishedBefore, int keepLatest, int most);

  /** Begins the removal of a run: from now on only {@link #removable} still returns it. */
  void beginRemoval(RunId run);

  /** Removes a run with a begun removal, together with its jobs; it must have no rows left. */
  void remove(RunId run);

  /**
   * The org that this store belongs to: that of the oldest run since the store was created or bound
   * anew.
   */
  Optional<String> boundOrg();

  /**
   * One run.
   *
   * @param finishedAt null while it is not over
   * @param trips the guards that stopped it; empty if none did
   * @param undone the run that it takes back, or would take back; null for any other run
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

    /** Whether it was interrupted before its plan was complete, so that it sent nothing. */
    public boolean isBeforeItsPlan() {
      return state == RunState.PLANNING
          || (state == RunState.SUSPENDED && tallies.get(BEFORE_ITS_PLAN) > 0);
    }
  }

  /**
   * What a run saw of the org.
   *
   * @param name the org's name; null if unknown
   * @param fields a hash over what describe says; null if the run did not look
   * @param traits the run that stored the org's traits; null if the run did not look
   * @param rulesAt when this run or an earlier one looked at rules and automations; null if never
   * @param changes what changed since the last good run
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
