package edu.cumc.aou.simulator.salesforce.http;

import java.util.Optional;

/** What goes wrong on purpose inside a resource, rather than on the way to it or back. */
public sealed interface Mishap {

  /**
   * A bulk job that does not end well.
   *
   * @param afterRows how many rows are processed before; of no concern to query jobs
   * @param message why the job fails; empty if it gets stuck instead
   */
  record OfJob(int afterRows, Optional<String> message) implements Mishap {}

  /** A page of a job's results that lacks its second half. */
  record ResultsCut() implements Mishap {}
}
