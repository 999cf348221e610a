package edu.cumc.aou.sync.port;

import java.time.Duration;

/** Lets time pass. The runners sleep; tests and the demo move a virtual clock. */
@FunctionalInterface
public interface Pause {

  /**
   * Returns when the time has passed. Throws UNAVAILABLE, with the thread's interrupt flag
   * restored, when interrupted.
   */
  void forDuration(Duration duration);
}
