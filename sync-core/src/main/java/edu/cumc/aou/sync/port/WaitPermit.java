package edu.cumc.aou.sync.port;

import java.time.Duration;

/**
 * Asked for leave to go on while something takes time: it renews a lease, checks a deadline, or
 * hears a stop request. An exception from it ends the work and reaches the caller unchanged.
 */
public interface WaitPermit {

  /** Asked regularly by everything that takes time. */
  void toWait();

  /** The longest time between two of these calls. */
  Duration every();
}
