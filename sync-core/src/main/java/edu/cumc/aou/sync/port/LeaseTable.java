package edu.cumc.aou.sync.port;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;

/** The right to write: one row, one holder, on the database's clock. */
public interface LeaseTable {

  /**
   * Takes the lease if it is free, suspended or expired. If the held lease ends later than now plus
   * {@code duration}, it is shortened to that: the database's clock was set back since, and a
   * living holder renews it long before.
   *
   * @param holder who asks, e.g. program, host and process number; others see it, so no personal
   *     data
   */
  LeaseAnswer acquire(String holder, Duration duration);

  /**
   * Extends the lease; call it before every writing call. An expired lease is still ours until
   * another run takes it.
   *
   * @throws edu.cumc.aou.sync.model.SyncException ALREADY_RUNNING if another run has taken it over
   */
  void renew(long token, Duration duration);

  /**
   * Does something that may outlast the lease, such as one long statement, and keeps the lease
   * renewed. A thread with its own connection renews it at least every 20 seconds or every third of
   * the duration. It only renews: if another run has taken the lease, the next {@link #renew} says
   * so. It stops when the holder shows no other sign of life for {@link #LONGEST_SILENCE}, neither
   * by {@link #renew} nor by a write of {@link SyncStore#under}, so that a hung run cannot lock
   * others out for ever.
   */
  <T> T during(long token, Duration duration, Supplier<T> work);

  /** How long {@link #during} renews a lease without any other sign of life. */
  Duration LONGEST_SILENCE = Duration.ofHours(2);

  /**
   * Leaves the lease to the next run at once, and marks that the run goes on. Does nothing if the
   * token is no longer valid.
   */
  void suspend(long token);

  /** Gives the lease up. Does nothing if the token is no longer valid. */
  void release(long token);

  /** The answer of {@link #acquire}. */
  sealed interface LeaseAnswer {}

  /**
   * The lease is ours.
   *
   * @param token grows with every holder
   * @param takenOver whether the last holder let it expire; then its calls may still be in progress
   */
  record Granted(long token, boolean takenOver) implements LeaseAnswer {}

  /** Another run holds it. */
  record Busy(String holder, Instant since, Instant until) implements LeaseAnswer {}
}
