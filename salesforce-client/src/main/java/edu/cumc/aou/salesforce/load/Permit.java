package edu.cumc.aou.salesforce.load;

import java.time.Duration;

/**
 * Leave to go on: a lease that is renewed, a deadline that is looked at, a stop that is heard. What
 * its methods throw ends the load and comes out of it as it is; the journal then says which rows
 * are under way.
 */
public interface Permit {

  /** Always given. */
  Permit ALWAYS =
      new Permit() {
        @Override
        public void toWrite() {}

        @Override
        public void toWait() {}

        @Override
        public Duration every() {
          return Duration.ofDays(1);
        }
      };

  /** Asked before every request that writes, repeated ones included. */
  void toWrite();

  /** Asked meanwhile in everything that takes time. */
  void toWait();

  /**
   * Asked before each wait for a job that has begun: shall it be sat out? What it throws leaves the
   * job to Salesforce; {@code takeUp} asks for its answers later.
   */
  default void toWaitFor(Duration wait) {}

  /** The longest time between two questions of a wait; positive. */
  Duration every();
}
