package edu.cumc.aou.simulator.salesforce.login;

/**
 * The credentials of the simulated org's integration user. They are invented and open nothing else;
 * {@link #toString} still hides them, because code that prints these would print real ones too.
 * Immutable.
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
