package edu.cumc.aou.salesforce;

/**
 * Follows each attempt at a call, for metrics and the like. The thread of the call calls it, after
 * the answer and before the wait for the next attempt. So it must be quick, and thread-safe if the
 * client is shared. Its exceptions are logged and change nothing.
 */
@FunctionalInterface
public interface SalesforceListener {

  /** Does nothing. */
  SalesforceListener NONE = attempt -> {};

  /** One attempt is over. */
  void attempted(CallAttempt attempt);
}
