package edu.cumc.aou.salesforce.load;

import java.time.Duration;
import java.time.Instant;

/**
 * When to look at a job: as soon as it can be over at the pace that it, or the previous job, has
 * shown; later and later while it shows none. Each look costs a call of the org's allowance.
 */
final class Pace {

  /** The wait before the first look at the first job, when the pace is unknown. */
  private static final Duration FIRST = Duration.ofMillis(500);

  /** The wait before the next look at a job without progress. */
  private static final Duration IDLE = Duration.ofMillis(200);

  /** The wait for a job that is nearly over; its own pace tells, so few looks are this close. */
  private static final Duration SHORTEST = Duration.ofMillis(60);

  private static final Duration LONGEST = Duration.ofSeconds(30);

  /** A job that slows down should not cost another look for its last rows. */
  private static final double RESERVE = 1.05;

  /** A first look that comes too late goes unnoticed, and the next would be later still. */
  private static final double EARLY = 0.9;

  private double millisPerRow;
  private Instant began = Instant.MIN;
  private long rows;
  private Duration idle = FIRST;
  private long lastProcessed;
  private Instant lastLook = Instant.MIN;

  /** A job has begun. */
  void begins(long newRows, Instant now) {
    rows = newRows;
    began = now;
    idle = FIRST;
    lastProcessed = 0;
    lastLook = now;
  }

  /** How long to wait before the first look; zero if the job may be over by now. */
  Duration first(Instant now) {
    Duration whole = millisPerRow == 0 ? FIRST : bounded(millisPerRow * rows * EARLY);
    Duration left = whole.minus(Duration.between(began, now));
    return left.isNegative() ? Duration.ZERO : left;
  }

  /** How long to wait before the next look, after one that found the job in progress. */
  Duration next(long processed, Instant now) {
    long more = processed - lastProcessed;
    double took = Duration.between(lastLook, now).toMillis();
    if (more <= 0 || took <= 0) {
      Duration wait = idle;
      idle = bounded(idle.toMillis() * 1.5);
      return wait;
    }
    lastProcessed = processed;
    lastLook = now;
    idle = IDLE;
    return bounded(Math.max(0, rows - processed) * (took / more) * RESERVE);
  }

  /** The job is over. */
  void over(long processed, Instant now) {
    double took = Duration.between(began, now).toMillis();
    if (processed > 0 && took > 0) {
      millisPerRow = took / processed;
    }
  }

  private static Duration bounded(double millis) {
    Duration wait = Duration.ofMillis(Math.round(millis));
    if (wait.compareTo(SHORTEST) < 0) {
      return SHORTEST;
    }
    return wait.compareTo(LONGEST) < 0 ? wait : LONGEST;
  }
}
