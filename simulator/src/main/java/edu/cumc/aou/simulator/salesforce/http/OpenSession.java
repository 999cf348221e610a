package edu.cumc.aou.simulator.salesforce.http;

/**
 * A login that is still good.
 *
 * @param instanceUrl where it is good, without a slash at the end
 */
public record OpenSession(String token, String userId, String instanceUrl) {

  /** Where the session's user tells who they are. */
  public String identityUrl(String organizationId) {
    return instanceUrl + "/id/" + organizationId + "/" + userId;
  }

  /** Keeps the token out of logs. */
  @Override
  public String toString() {
    return "session";
  }
}
