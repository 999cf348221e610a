package edu.cumc.aou.sync.port;

import java.time.Duration;

/**
 * Leave to go on with something that takes time: a lease that is renewed, a deadline that is looked
 * at, a stop that is heard. What it throws ends the work and comes out of it as it is.
 */
public interface WaitPermit {

  /** Asked meanwhile in everything that takes time. */
  void toWait();

  /** The longest time between two questions of a wait. */
  Duration every();
}
