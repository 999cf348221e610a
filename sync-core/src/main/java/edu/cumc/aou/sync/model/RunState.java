package edu.cumc.aou.sync.model;

/** How far a run has come. */
public enum RunState {
  /** Refreshing, reading, comparing: the rows in {@code sync_change} are incomplete. */
  PLANNING(false),
  /** The plan is complete; nothing was sent. The end of a PLAN run. */
  PLANNED(true),
  /**
   * The plan is complete and has passed the guards; the run is sending records. The next run
   * resumes a run in this state.
   */
  APPLYING(false),
  /**
   * Stopped at a deadline or on request; the next sync resumes it. Its plan may be incomplete:
   * {@code RunTable.Run.isBeforeItsPlan} says so.
   */
  SUSPENDED(false),
  /** Everything was attempted. */
  DONE(true),
  /**
   * Salesforce does not keep the PMI ID, so the run stopped its creates. What was sent stays, and
   * the run attempted everything else.
   */
  PARTIAL(true),
  /** A guard refused; nothing was sent. */
  GUARDED(true),
  /** Stopped by an error before the first write, or ended with a balance that does not add up. */
  FAILED(true),
  /**
   * Given up. Either the next run found its plan incomplete, so that nothing had been sent, or a
   * person gave it up, in any state.
   */
  ABANDONED(true);

  private final boolean terminal;

  RunState(boolean terminal) {
    this.terminal = terminal;
  }

  /** Whether the run finished, so that every row has an outcome. */
  public boolean isComplete() {
    return this == PLANNED || this == DONE || this == PARTIAL;
  }

  /** Whether the run is over. */
  public boolean isTerminal() {
    return terminal;
  }
}
