package edu.cumc.aou.simulator.salesforce.login;

/**
 * What the integration user of the simulated org logs in with. All of it is invented and opens
 * nothing else; it is still kept out of {@link #toString}, as code that prints it would print real
 * credentials too. Immutable.
 *
 * @param username the user name
 * @param password the password, without the token
 * @param securityToken what is appended to the password at a login by password
 * @param clientId the consumer key of the connected app
 * @param clientSecret its secret
 * @param organizationId the id of the org, 18 characters
 */
public record Credentials(
    String username,
    String password,
    String securityToken,
    String clientId,
    String clientSecret,
    String organizationId) {

  @Override
  public String toString() {
    return "Credentials of the simulated org";
  }
}
