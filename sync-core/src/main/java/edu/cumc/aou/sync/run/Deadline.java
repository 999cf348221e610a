package edu.cumc.aou.sync.run;

import edu.cumc.aou.sync.model.FailureKind;
import edu.cumc.aou.sync.model.SyncException;
import edu.cumc.aou.sync.port.Pause;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Says whether there is time for another batch. Not thread-safe. */
public final class Deadline {

  private static final Duration LEAST = Duration.ofSeconds(60);

  /** After so long at the latest, a wait looks whether somebody asked for an end. */
  private static final Duration SLICE = Duration.ofSeconds(2);

  private final @Nullable Instant end;
  private final @Nullable Duration patience;
  private final Clock clock;
  private final BooleanSupplier stopAsked;
  private Duration slowest = Duration.ZERO;

  /**
   * An end that may come before its time.
   *
   * @param end null for no deadline
   * @param patience the longest wait for a job that is sat out; null for any
   * @param stopAsked whether somebody asked for an end meanwhile
   */
  public Deadline(
      @Nullable Instant end, @Nullable Duration patience, Clock clock, BooleanSupplier stopAsked) {
    this.end = end;
    this.patience = patience;
    this.clock = clock;
    this.stopAsked = stopAsked;
  }

  /** Remembers how long a batch took. */
  void took(Duration duration) {
    if (duration.compareTo(slowest) > 0) {
      slowest = duration;
    }
  }

  /** Throws unless a minute, or twice the slowest batch so far, is left. */
  void checkTimeForBatch() {
    checkTimeFor(slowest.multipliedBy(2));
  }

  /** Whether less than a minute is left, or somebody asked for an end. */
  public boolean isOver() {
    return stopAsked.getAsBoolean() || (end != null && clock.instant().plus(LEAST).isAfter(end));
  }

  /** Throws if less than a minute is left, or somebody asked for an end. */
  public void requireTime() {
    checkTimeFor(Duration.ZERO);
  }

  /** Throws unless that long, and at least a minute, is left. */
  void checkTimeFor(Duration duration) {
    Duration needed = duration.compareTo(LEAST) > 0 ? duration : LEAST;
    if (stopAsked.getAsBoolean() || (end != null && clock.instant().plus(needed).isAfter(end))) {
      throw new DeadlineReachedException();
    }
  }

  /** Throws before a wait for a job that is longer than what is sat out. */
  void requirePatience(Duration wait) {
    if (patience != null && wait.compareTo(patience) > 0) {
      throw new DeadlineReachedException(wait);
    }
  }

  /** Whether somebody asked for an end. */
  public boolean isStopAsked() {
    return stopAsked.getAsBoolean();
  }

  /** Waits that long, or until somebody asked for an end, and throws then. */
  void pause(Pause pause, Duration duration) {
    Duration left = duration;
    while (left.compareTo(Duration.ZERO) > 0) {
      if (stopAsked.getAsBoolean()) {
        throw new DeadlineReachedException();
      }
      Duration slice = left.compareTo(SLICE) < 0 ? left : SLICE;
      pause.forDuration(slice);
      left = left.minus(slice);
    }
  }

  /**
   * For what comes before the first write: there is nothing to go on with.
   *
   * @throws SyncException UNAVAILABLE if somebody asked for an end
   */
  public void requireNotStopped() {
    if (stopAsked.getAsBoolean()) {
      throw new SyncException(
          FailureKind.UNAVAILABLE,
          "stopped as asked, before the first write: nothing was changed in Salesforce");
    }
  }

  /** Whether that long, and at least a minute after it, is left. */
  boolean allows(Duration duration) {
    return end == null || !clock.instant().plus(duration).plus(LEAST).isAfter(end);
  }
}
