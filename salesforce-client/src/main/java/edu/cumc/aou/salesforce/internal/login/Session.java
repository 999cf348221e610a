package edu.cumc.aou.salesforce.internal.login;

import edu.cumc.aou.salesforce.SalesforceException;
import edu.cumc.aou.salesforce.SalesforceException.Kind;
import edu.cumc.aou.salesforce.Secret;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/**
 * An open session.
 *
 * @param instance scheme, host and port of the org: the token goes nowhere else
 * @param identity what the login told about org and user
 */
public record Session(Secret token, URI instance, LoginIdentity identity) {

  /**
   * Makes a session from a login's answer.
   *
   * @param loginUrl where the login was sent; the instance may not be less protected
   * @param instanceUrl any address of the instance; its path is dropped
   * @throws SalesforceException PROTOCOL if the address is malformed
   */
  static Session of(Secret token, String instanceUrl, URI loginUrl) {
    return of(token, instanceUrl, loginUrl, LoginIdentity.UNKNOWN);
  }

  /** The same, with what the login told about org and user. */
  static Session of(Secret token, String instanceUrl, URI loginUrl, LoginIdentity identity) {
    try {
      URI uri = new URI(instanceUrl.strip());
      String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
      boolean fits = scheme.equals("https") || (scheme.equals("http") && isHttp(loginUrl));
      if (uri.getHost() != null && uri.getRawUserInfo() == null && fits) {
        String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
        URI instance = URI.create(scheme + "://" + uri.getHost() + port);
        return new Session(token, instance, identity.completedBy(token, instance));
      }
    } catch (URISyntaxException e) {
      // Reported below, without the malformed text.
    }
    throw new SalesforceException(
        Kind.PROTOCOL,
        "the login's answer names no usable address of the org (expected https and a host);"
            + " check the login address");
  }

  private static boolean isHttp(URI uri) {
    return "http".equals(uri.getScheme());
  }

  @Override
  public String toString() {
    return "Session[hidden]";
  }
}
