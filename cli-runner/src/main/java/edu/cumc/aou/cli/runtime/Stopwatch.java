package edu.cumc.aou.cli.runtime;

import java.time.Duration;

/** Measures real time, even if the work uses another clock. */
public final class Stopwatch {

  private final long began = System.nanoTime();

  private Stopwatch() {}

  /** Starts a watch now. */
  public static Stopwatch start() {
    return new Stopwatch();
  }

  /** How long it has run. */
  public Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - began);
  }
}
