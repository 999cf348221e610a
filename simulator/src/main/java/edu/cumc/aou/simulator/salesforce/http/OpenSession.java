package edu.cumc.aou.simulator.salesforce.http;

/**
 * A valid login.
 *
 * @param instanceUrl where it is valid, without a slash at the end
 */
public record OpenSession(String token, String userId, String instanceUrl) {

  /** The address that tells the session's user. */
  public String identityUrl(String organizationId) {
    return instanceUrl + "/id/" + organizationId + "/" + userId;
  }

  /** Keeps the token out of logs. */
  @Override
  public String toString() {
    return "session";
  }
}
