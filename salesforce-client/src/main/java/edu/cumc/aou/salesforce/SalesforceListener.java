package edu.cumc.aou.salesforce;

/**
 * Is told of each attempt at a call, for metrics and the like. Called by the thread that makes the
 * call, after the answer and before the wait for the next attempt: it must be quick, and
 * thread-safe if the client is shared. What it throws is logged and changes nothing.
 */
@FunctionalInterface
public interface SalesforceListener {

  /** Does nothing. */
  SalesforceListener NONE = attempt -> {};

  /** One attempt is over. */
  void attempted(CallAttempt attempt);
}
