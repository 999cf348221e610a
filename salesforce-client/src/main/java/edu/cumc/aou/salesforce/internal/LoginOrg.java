package edu.cumc.aou.salesforce.internal;

import edu.cumc.aou.salesforce.Secret;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a login's own answer tells of the org, for users who may not read Organization.
 *
 * @param id 15 or 18 characters; empty text if it tells none
 * @param sandbox null if it does not tell
 */
record LoginOrg(String id, @Nullable Boolean sandbox) {

  static final LoginOrg UNKNOWN = new LoginOrg("", null);

  /** SOAP says both. */
  static LoginOrg of(SoapAnswer answer) {
    String sandbox = answer.text("sandbox");
    return new LoginOrg(
        orgId(answer.text("organizationId")), sandbox.isEmpty() ? null : sandbox.equals("true"));
  }

  /** A token's answer has an address that ends in the ids of org and user. */
  static LoginOrg ofIdentity(@Nullable String identity) {
    if (identity == null) {
      return UNKNOWN;
    }
    List<String> parts = List.of(identity.split("/", -1));
    String id = parts.size() < 2 ? "" : orgId(parts.get(parts.size() - 2));
    return new LoginOrg(id, ofHost(parts.size() < 3 ? "" : parts.get(2)));
  }

  /** A session id begins with the id of its org. */
  static LoginOrg ofToken(Secret token) {
    String text = token.reveal();
    int mark = text.indexOf('!');
    return mark < 0 ? UNKNOWN : new LoginOrg(orgId(text.substring(0, mark)), null);
  }

  private static String orgId(String text) {
    return text.matches("00D([A-Za-z0-9]{12}|[A-Za-z0-9]{15})") ? text : "";
  }

  /** What the login does not tell, its token or the address of the instance may. */
  LoginOrg completedBy(Secret token, URI instance) {
    String host = instance.getHost() == null ? "" : instance.getHost();
    return new LoginOrg(
        id.isEmpty() ? ofToken(token).id() : id, sandbox == null ? ofHost(host) : sandbox);
  }

  private static @Nullable Boolean ofHost(String host) {
    String name = host.toLowerCase(Locale.ROOT);
    if (name.equals("test.salesforce.com")
        || name.endsWith(".sandbox.my.salesforce.com")
        || (name.endsWith(".my.salesforce.com") && name.contains("--"))
        || name.matches("cs[0-9]+\\.salesforce\\.com")) {
      return true;
    }
    boolean production = name.equals("login.salesforce.com") || name.endsWith(".my.salesforce.com");
    return production ? Boolean.FALSE : null;
  }

  @Override
  public String toString() {
    return "LoginOrg[hidden]";
  }
}
