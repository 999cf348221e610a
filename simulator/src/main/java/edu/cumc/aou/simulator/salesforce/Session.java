package edu.cumc.aou.simulator.salesforce;

/**
 * A login that is still good.
 *
 * @param instanceUrl where it is good, without a slash at the end
 */
record Session(String token, String userId, String instanceUrl) {

  /** Keeps the token out of logs. */
  @Override
  public String toString() {
    return "session";
  }
}
