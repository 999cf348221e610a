package edu.cumc.aou.simulator.salesforce.http;

import java.util.Optional;

/** A fault inside a resource, rather than on the way to it or back. */
public sealed interface Mishap {

  /**
   * A bulk job that fails or gets stuck.
   *
   * @param afterRows how many rows are processed before; query jobs ignore it
   * @param message why the job fails; empty if it gets stuck instead
   */
  record OfJob(int afterRows, Optional<String> message) implements Mishap {}

  /** A page of a job's results that lacks its second half. */
  record ResultsCut() implements Mishap {}
}
