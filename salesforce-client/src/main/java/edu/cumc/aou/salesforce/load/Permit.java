package edu.cumc.aou.salesforce.load;

import java.time.Duration;

/**
 * Asked for leave to go on: it renews a lease, checks a deadline, or hears a stop request. An
 * exception from it ends the load and reaches the caller unchanged; the journal then says which
 * rows are in progress.
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

  /** Asked before every writing request, including repeats. */
  void toWrite();

  /** Asked regularly by everything that takes time. */
  void toWait();

  /**
   * Asked before each wait for a job that has started. An exception leaves the job to Salesforce;
   * {@code takeUp} asks for its answers later.
   */
  default void toWaitFor(Duration wait) {}

  /** The longest time between two of these calls; positive. */
  Duration every();
}
