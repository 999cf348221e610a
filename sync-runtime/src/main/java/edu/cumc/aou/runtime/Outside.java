package edu.cumc.aou.runtime;

import edu.cumc.aou.sync.port.Pause;
import edu.cumc.aou.sync.run.RunServices;
import java.time.Clock;
import java.util.function.UnaryOperator;

/**
 * What a run takes from the machine, so that a test can put something else in its place.
 *
 * @param clock tells the time
 * @param pause lets time pass
 * @param edges put around what a run talks to, for tests that need a fault there
 * @param who runs it: the person or function that the audit trail names
 */
public record Outside(Clock clock, Pause pause, UnaryOperator<RunServices> edges, String who) {

  /** For nobody in particular. */
  public Outside(Clock clock, Pause pause, UnaryOperator<RunServices> edges) {
    this(clock, pause, edges, "somebody");
  }

  /** With nothing around what a run talks to. */
  public Outside(Clock clock, Pause pause) {
    this(clock, pause, UnaryOperator.identity());
  }
}
