package edu.cumc.aou.sync.run;

import java.time.Duration;

/**
 * There is no time left for another batch, or a job needs a longer wait than the patience allows.
 * The run catches it and leaves the rest to the next one.
 */
public final class DeadlineReachedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient Duration wait;

  DeadlineReachedException() {
    this(Duration.ZERO);
  }

  /**
   * @param wait how long a job is likely to need; zero if no job is the cause
   */
  DeadlineReachedException(Duration wait) {
    super("deadline reached");
    this.wait = wait;
  }

  /** How long a job is likely to need before resuming helps; zero if no job is the cause. */
  public Duration waitForJob() {
    return wait;
  }
}
