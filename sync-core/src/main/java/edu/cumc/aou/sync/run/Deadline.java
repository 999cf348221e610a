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

  /** A wait checks for a stop request at least this often. */
  private static final Duration SLICE = Duration.ofSeconds(2);

  private final @Nullable Instant end;
  private final @Nullable Duration patience;
  private final Clock clock;
  private final BooleanSupplier stopAsked;
  private Duration slowest = Duration.ZERO;

  /**
   * A deadline; a stop request may come before it.
   *
   * @param end null for no deadline
   * @param patience the longest wait for Salesforce; null for any wait
   * @param stopAsked whether a stop was requested meanwhile
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

  /** Whether less than a minute is left, or a stop was requested. */
  public boolean isOver() {
    return stopAsked.getAsBoolean() || (end != null && clock.instant().plus(LEAST).isAfter(end));
  }

  /** Throws if less than a minute is left, or a stop was requested. */
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

  /** Throws if Salesforce needs a longer wait than the patience allows. */
  void requirePatience(Duration wait) {
    requirePatience(wait, wait);
  }

  /** The same, with another wait before the run goes on. */
  void requirePatience(Duration wait, Duration outside) {
    if (patience != null && wait.compareTo(patience) > 0) {
      throw new DeadlineReachedException(outside);
    }
  }

  /** Whether a long wait ends the process, and the next one goes on. */
  boolean waitsOutside() {
    return patience != null;
  }

  public boolean isStopAsked() {
    return stopAsked.getAsBoolean();
  }

  /** Waits that long; throws as soon as a stop is requested. */
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
   * Checks for a stop before the first write, when there is nothing to resume.
   *
   * @throws SyncException UNAVAILABLE if a stop was requested
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
