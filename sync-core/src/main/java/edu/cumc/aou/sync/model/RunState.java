package edu.cumc.aou.sync.model;

/** How far a run has come. */
public enum RunState {
  /** Refreshing, reading, comparing: what it has written to {@code sync_change} is incomplete. */
  PLANNING(false),
  /** The plan is complete; nothing was sent. The end of a PLAN run. */
  PLANNED(true),
  /**
   * The plan is complete and has passed the guards; records are being sent. A run found in this
   * state goes on.
   */
  APPLYING(false),
  /**
   * Stopped at a deadline, or as asked; the next sync goes on with it. Its plan may not be
   * complete: {@code RunTable.Run.isBeforeItsPlan} says so.
   */
  SUSPENDED(false),
  /** Everything was attempted. */
  DONE(true),
  /**
   * Creates were stopped on the way, because Salesforce does not keep the PMI ID; what was sent
   * stays, and everything else was attempted.
   */
  PARTIAL(true),
  /** A guard refused; nothing was sent. */
  GUARDED(true),
  /** Stopped by an error before the first write, or ended with a balance that does not hold. */
  FAILED(true),
  /**
   * Given up: by the next run, which found it before its plan was complete, so that nothing had
   * been sent; or by a person, wherever it stood.
   */
  ABANDONED(true);

  private final boolean terminal;

  RunState(boolean terminal) {
    this.terminal = terminal;
  }

  /** Whether it came to its end, so that every row is in an outcome. */
  public boolean isComplete() {
    return this == PLANNED || this == DONE || this == PARTIAL;
  }

  /** Whether the run is over. */
  public boolean isTerminal() {
    return terminal;
  }
}
