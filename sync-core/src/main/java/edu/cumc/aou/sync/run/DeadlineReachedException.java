package edu.cumc.aou.sync.run;

/**
 * There is no time left for another batch. Caught by the run, which leaves the rest to the next
 * one.
 */
public final class DeadlineReachedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  DeadlineReachedException() {
    super("deadline reached");
  }
}
