package edu.cumc.aou.simulator.salesforce.login;

/** Checks credentials, and locks the user after too many bad passwords. Thread-safe. */
public final class CredentialCheck {
  private final Credentials credentials;
  private final int attempts;
  private int failedInARow;

  public CredentialCheck(Credentials credentials, int attempts) {
    this.credentials = credentials;
    this.attempts = attempts;
  }

  /**
   * Checks a user name and a password followed by the security token.
   *
   * @return whether the user may log in; always false once locked out
   */
  public synchronized boolean check(String username, String passwordAndToken) {
    if (!username.equalsIgnoreCase(credentials.username()) || isLockedOut()) {
      return false;
    }
    if (!passwordAndToken.equals(credentials.password() + credentials.securityToken())) {
      failedInARow++;
      return false;
    }
    failedInARow = 0;
    return true;
  }

  public synchronized boolean isLockedOut() {
    return failedInARow >= attempts;
  }

  public Credentials credentials() {
    return credentials;
  }
}
