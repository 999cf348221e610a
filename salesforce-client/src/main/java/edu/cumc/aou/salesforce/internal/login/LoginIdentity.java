package edu.cumc.aou.salesforce.internal.login;

import edu.cumc.aou.salesforce.Secret;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a login's own answer tells about the org, for users who may not read Organization, and about
 * the user.
 *
 * @param org its id in 15 or 18 characters; empty text if unknown
 * @param user the user's id; empty text if unknown
 * @param sandbox null if unknown
 */
public record LoginIdentity(String org, String user, @Nullable Boolean sandbox) {

  static final LoginIdentity UNKNOWN = new LoginIdentity("", "", null);

  /** SOAP tells everything. */
  static LoginIdentity of(SoapAnswer answer) {
    String sandbox = answer.text("sandbox");
    return new LoginIdentity(
        orgId(answer.text("organizationId")),
        userId(answer.text("userId")),
        sandbox.isEmpty() ? null : sandbox.equals("true"));
  }

  /** A token's answer has an address that ends in the ids of org and user. */
  public static LoginIdentity ofIdentity(@Nullable String identity) {
    if (identity == null) {
      return UNKNOWN;
    }
    List<String> parts = List.of(identity.split("/", -1));
    String org = parts.size() < 2 ? "" : orgId(parts.get(parts.size() - 2));
    String user = userId(parts.get(parts.size() - 1));
    return new LoginIdentity(org, user, ofHost(parts.size() < 3 ? "" : parts.get(2)));
  }

  /** A session id begins with the id of its org. */
  static LoginIdentity ofToken(Secret token) {
    String text = token.reveal();
    int mark = text.indexOf('!');
    return mark < 0 ? UNKNOWN : new LoginIdentity(orgId(text.substring(0, mark)), "", null);
  }

  private static String orgId(String text) {
    return text.matches("00D([A-Za-z0-9]{12}|[A-Za-z0-9]{15})") ? text : "";
  }

  private static String userId(String text) {
    return text.matches("005([A-Za-z0-9]{12}|[A-Za-z0-9]{15})") ? text : "";
  }

  /** Completes it from the token, or from the instance's address. */
  LoginIdentity completedBy(Secret token, URI instance) {
    String host = instance.getHost() == null ? "" : instance.getHost();
    return new LoginIdentity(
        org.isEmpty() ? ofToken(token).org() : org, user, sandbox == null ? ofHost(host) : sandbox);
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
    return "LoginIdentity[hidden]";
  }
}
