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
  private static final double RESERVE = 1.04;

  /** How long a job took is known as of the look that found it over, which came late. */
  private static final double EARLY = 0.9;

  private double millisPerRow;
  private Instant began = Instant.MIN;
  private long rows;

  /**
   * Whether the job has not been seen at work yet: the wait for its turn is no part of its pace.
   */
  private boolean isQueued;

  /** The rows that were processed when its pace began to count. */
  private long before;

  private Duration idle = FIRST;
  private long lastProcessed;
  private Instant lastLook = Instant.MIN;

  /** The time that a look takes, of which the org sees the middle. */
  private Duration look = Duration.ZERO;

  /** A job has begun. */
  void begins(long newRows, Instant now) {
    rows = newRows;
    began = now;
    idle = FIRST;
    isQueued = false;
    before = 0;
    lastProcessed = 0;
    lastLook = now;
  }

  /** How long to wait before the first look; zero if the job may be over by now. */
  Duration first(Instant now) {
    Duration whole = millisPerRow == 0 ? FIRST : bounded(millisPerRow * rows, Duration.ZERO);
    Duration left = whole.minus(Duration.between(began, now)).minus(look.dividedBy(2));
    return left.isNegative() ? Duration.ZERO : left;
  }

  /**
   * How long to wait before the next look, after one that found the job in progress. It is sent so
   * early that it arrives when the job can be over.
   *
   * @param asked when the look was sent
   * @param now when its answer was there
   */
  Duration next(long processed, Instant asked, Instant now) {
    look = Duration.between(asked, now);
    Instant seen = asked.plus(look.dividedBy(2));
    long more = processed - lastProcessed;
    double took = Duration.between(lastLook, seen).toMillis();
    if (processed == 0) {
      began = seen;
      isQueued = true;
    } else if (isQueued) {
      // It began at some moment since the look before, so its pace is told by the next one.
      isQueued = false;
      began = seen;
      before = processed;
      lastProcessed = processed;
      lastLook = seen;
      idle = IDLE;
      return IDLE;
    }
    if (more <= 0 || took <= 0) {
      Duration wait = idle;
      idle = bounded(idle.toMillis() * 1.5, Duration.ZERO);
      return wait;
    }
    lastProcessed = processed;
    lastLook = seen;
    idle = IDLE;
    return bounded(Math.max(0, rows - processed) * (took / more) * RESERVE, look);
  }

  /** The job is over. Its pace on the way says more than the look that found its end. */
  void over(long processed, Instant now) {
    double took = Duration.between(began, now).toMillis();
    if (processed <= 0 || took <= 0 || isQueued) {
      return;
    }
    double found = took / Math.max(1, processed - before);
    long onItsWayRows = lastProcessed - before;
    double onItsWay =
        onItsWayRows > 0
            ? Duration.between(began, lastLook).toMillis() * RESERVE / onItsWayRows
            : 0;
    millisPerRow = onItsWay > 0 && onItsWay * EARLY < found ? onItsWay : found * EARLY;
  }

  /** The wait that is left when a part of it has passed, within the bounds. */
  private static Duration bounded(double all, Duration passed) {
    double millis = all - passed.toMillis();
    Duration wait = Duration.ofMillis(Math.round(millis));
    if (wait.compareTo(SHORTEST) < 0) {
      return SHORTEST;
    }
    return wait.compareTo(LONGEST) < 0 ? wait : LONGEST;
  }
}
