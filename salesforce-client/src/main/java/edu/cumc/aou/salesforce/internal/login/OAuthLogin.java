package edu.cumc.aou.salesforce.internal.login;

import edu.cumc.aou.salesforce.SalesforceException;
import edu.cumc.aou.salesforce.SalesforceException.Kind;
import edu.cumc.aou.salesforce.Secret;
import edu.cumc.aou.salesforce.internal.repeat.Gateway;
import edu.cumc.aou.salesforce.internal.wire.Wire;
import java.net.URI;
import java.util.function.Supplier;

/** Logs in at the token endpoint, whatever the grant. */
final class OAuthLogin implements LoginFlow {

  private final Gateway gateway;
  private final Supplier<LoginApi> api;
  private final URI loginUrl;
  private final Supplier<Form> form;

  /**
   * Makes the flow.
   *
   * @param form made anew for each attempt, because a signed assertion expires within minutes
   */
  OAuthLogin(Gateway gateway, Supplier<LoginApi> api, URI loginUrl, Supplier<Form> form) {
    this.gateway = gateway;
    this.api = api;
    this.loginUrl = loginUrl;
    this.form = form;
  }

  @Override
  public Session login() {
    Wire.Token token = gateway.login(() -> api.get().token(form.get().encoded()));
    String accessToken = token.access_token();
    String instance = token.instance_url();
    if (accessToken == null || accessToken.isEmpty() || instance == null) {
      throw new SalesforceException(
          Kind.PROTOCOL,
          "the login's answer holds no access_token or no instance_url; check the login address");
    }
    return Session.of(
        Secret.of(accessToken), instance, loginUrl, LoginIdentity.ofIdentity(token.id()));
  }
}
