package edu.cumc.aou.sync.port;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;

/** The right to write: one row, one holder, on the database's clock. */
public interface LeaseTable {

  /**
   * Takes the lease if it is free, suspended or run out. One that is held and ends later than now
   * plus {@code duration} is cut to that: the database's clock was set back since it was taken, and
   * its holder renews it long before.
   *
   * @param holder who asks, e.g. program, host and process number; shown to others, so no personal
   *     data
   */
  LeaseAnswer acquire(String holder, Duration duration);

  /**
   * Extends the lease. Called before every call that writes. A lease that ran out is still ours
   * until another takes it.
   *
   * @throws edu.cumc.aou.sync.model.SyncException ALREADY_RUNNING when another has taken it over
   */
  void renew(long token, Duration duration);

  /**
   * Does something that may take longer than the lease, e.g. one long statement, and renews the
   * lease meanwhile: from a thread and a connection of their own, at least every 20 seconds or
   * every third of the duration. That can only renew: a lease that another has taken stays the
   * other's, and the next {@link #renew} says so. It stops when the holder has given no sign of
   * life of its own, by {@link #renew} or by a write of {@link SyncStore#under}, for {@link
   * #LONGEST_SILENCE}: a run that hangs must not keep everybody else away for ever.
   */
  <T> T during(long token, Duration duration, Supplier<T> work);

  /** How long {@link #during} renews a lease whose holder shows no other sign of life. */
  Duration LONGEST_SILENCE = Duration.ofHours(2);

  /**
   * Leaves the lease to the next run at once, marking the run as one that goes on. Nothing happens
   * if the token no longer holds.
   */
  void suspend(long token);

  /** Gives the lease up. Nothing happens if the token no longer holds. */
  void release(long token);

  /** What {@link #acquire} says. */
  sealed interface LeaseAnswer {}

  /**
   * The lease is ours.
   *
   * @param token grows with every holder
   * @param takenOver whether the last holder let it run out: its calls may still be under way
   */
  record Granted(long token, boolean takenOver) implements LeaseAnswer {}

  /** Somebody else holds it. */
  record Busy(String holder, Instant since, Instant until) implements LeaseAnswer {}
}
