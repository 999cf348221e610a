package edu.cumc.aou.cli.runtime;

import java.time.Duration;

/** Measures real time, whatever clock the work goes by. */
public final class Stopwatch {

  private final long began = System.nanoTime();

  private Stopwatch() {}

  /** A watch that runs from now on. */
  public static Stopwatch start() {
    return new Stopwatch();
  }

  /** How long it has run. */
  public Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - began);
  }
}
