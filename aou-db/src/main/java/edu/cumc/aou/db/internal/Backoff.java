package edu.cumc.aou.db.internal;

import java.util.concurrent.ThreadLocalRandom;

/** Waits between two tries of a unit of work. */
@FunctionalInterface
interface Backoff {

  /**
   * Waits before the try with this number; 2 is the first repetition.
   *
   * @throws InterruptedException if the thread is interrupted meanwhile
   */
  void before(int nextTry) throws InterruptedException;

  /**
   * 100 ms, 400 ms, 1.6 s …, each longer by up to a half, so that two victims do not meet again.
   */
  static Backoff jittered() {
    return nextTry -> {
      long millis = 100L << (2 * (nextTry - 2));
      Thread.sleep(millis + ThreadLocalRandom.current().nextLong(millis / 2));
    };
  }
}
