package edu.cumc.aou.salesforce;

import java.time.Clock;
import java.time.Duration;
import java.util.Random;
import java.util.random.RandomGenerator;

/**
 * What the client takes from the machine, so that a test can put virtual time in its place.
 *
 * @param clock tells how much of a call's deadline is used
 * @param pause waits between attempts
 * @param random spreads the waits; guarded by the client, need not be thread-safe
 */
public record Surroundings(Clock clock, Pause pause, RandomGenerator random) {

  /** Lets time pass. */
  @FunctionalInterface
  public interface Pause {
    /** Returns when the time has passed. */
    void forDuration(Duration duration) throws InterruptedException;
  }

  /** The system's clock, real waits. */
  public static Surroundings real() {
    return new Surroundings(
        Clock.systemUTC(), duration -> Thread.sleep(duration.toMillis()), new Random());
  }
}
