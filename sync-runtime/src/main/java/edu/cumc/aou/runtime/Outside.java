package edu.cumc.aou.runtime;

import edu.cumc.aou.sync.port.Pause;
import edu.cumc.aou.sync.run.RunServices;
import java.time.Clock;
import java.util.function.UnaryOperator;

/**
 * What a run takes from the machine, so that a test can replace it.
 *
 * @param clock tells the time
 * @param pause lets time pass
 * @param edges wrappers around what a run talks to, for tests that need a fault there
 * @param who the person or function that runs it, for the audit trail
 */
public record Outside(Clock clock, Pause pause, UnaryOperator<RunServices> edges, String who) {

  /** Without a user. */
  public Outside(Clock clock, Pause pause, UnaryOperator<RunServices> edges) {
    this(clock, pause, edges, "somebody");
  }

  /** Without wrappers. */
  public Outside(Clock clock, Pause pause) {
    this(clock, pause, UnaryOperator.identity());
  }
}
