package edu.cumc.aou.salesforce.internal;

import edu.cumc.aou.salesforce.SalesforceAuth;
import edu.cumc.aou.salesforce.SalesforceException;
import edu.cumc.aou.salesforce.SalesforceException.Kind;
import edu.cumc.aou.salesforce.SalesforceSettings;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicBoolean;

/** Chooses the way to log in. */
final class LoginFlows {

  private LoginFlows() {}

  static LoginFlow of(SalesforceSettings settings, Gateway gateway, LoginApi api, Clock clock) {
    SalesforceAuth auth = settings.auth();
    if (auth instanceof SalesforceAuth.ReadySession ready) {
      return ready(ready);
    }
    if (auth instanceof SalesforceAuth.SoapPassword soap) {
      return new SoapLogin(gateway, api, settings, soap);
    }
    return new OAuthLogin(gateway, api, settings.loginUrl(), () -> form(auth, settings, clock));
  }

  private static Form form(SalesforceAuth auth, SalesforceSettings settings, Clock clock) {
    if (auth instanceof SalesforceAuth.ClientCredentials app) {
      return new Form("client_credentials")
          .with("client_id", app.clientId())
          .with("client_secret", app.clientSecret().reveal());
    }
    if (auth instanceof SalesforceAuth.OAuthPassword user) {
      return new Form("password")
          .with("client_id", user.clientId())
          .with("client_secret", user.clientSecret().reveal())
          .with("username", user.username())
          .with("password", user.password().reveal() + user.securityToken().reveal());
    }
    if (auth instanceof SalesforceAuth.JwtBearer jwt) {
      return new Form("urn:ietf:params:oauth:grant-type:jwt-bearer")
          .with("assertion", JwtAssertion.sign(jwt, settings.loginUrl(), clock));
    }
    throw new IllegalStateException("no login for " + auth);
  }

  private static LoginFlow ready(SalesforceAuth.ReadySession ready) {
    AtomicBoolean given = new AtomicBoolean();
    return () -> {
      if (given.getAndSet(true)) {
        throw new SalesforceException(
            Kind.AUTHENTICATION,
            "the session that was given has ended and cannot be renewed; give a new access-token"
                + " or choose another auth.type");
      }
      return Session.of(ready.accessToken(), ready.instanceUrl().toString(), ready.instanceUrl());
    };
  }
}
