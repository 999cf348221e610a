package edu.cumc.aou.sync.run;

import java.time.Duration;

/**
 * There is no time left for another batch, or a job needs longer than is sat out. Caught by the
 * run, which leaves the rest to the next one.
 */
public final class DeadlineReachedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient Duration wait;

  DeadlineReachedException() {
    this(Duration.ZERO);
  }

  /**
   * Makes it.
   *
   * @param wait how long a job is likely to need; zero if no job is the cause
   */
  DeadlineReachedException(Duration wait) {
    super("deadline reached");
    this.wait = wait;
  }

  /** How long a job is likely to need before going on is of use; zero if no job is the cause. */
  public Duration waitForJob() {
    return wait;
  }
}
