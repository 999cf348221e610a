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
 */
public record Outside(Clock clock, Pause pause, UnaryOperator<RunServices> edges) {

  /** With nothing around what a run talks to. */
  public Outside(Clock clock, Pause pause) {
    this(clock, pause, UnaryOperator.identity());
  }
}
