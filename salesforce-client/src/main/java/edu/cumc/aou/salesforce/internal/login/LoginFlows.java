package edu.cumc.aou.salesforce.internal.login;

import edu.cumc.aou.salesforce.SalesforceAuth;
import edu.cumc.aou.salesforce.SalesforceException;
import edu.cumc.aou.salesforce.SalesforceException.Kind;
import edu.cumc.aou.salesforce.SalesforceSettings;
import edu.cumc.aou.salesforce.Secret;
import edu.cumc.aou.salesforce.internal.repeat.Gateway;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Chooses the way to log in. */
public final class LoginFlows {

  private LoginFlows() {}

  public static LoginFlow of(
      SalesforceSettings settings, Gateway gateway, Supplier<LoginApi> api, Clock clock) {
    SalesforceAuth auth = settings.auth();
    if (auth instanceof SalesforceAuth.ReadySession ready) {
      return ready(ready);
    }
    if (auth instanceof SalesforceAuth.SoapPassword soap) {
      return new SoapLogin(gateway, api, settings, soap);
    }
    return new OAuthLogin(gateway, api, settings.loginUrl(), () -> form(auth, settings, clock));
  }

  /**
   * Reads all secrets of a login again, because it was refused; returns whether any of them has
   * changed, so that another try is no repetition.
   */
  public static boolean renewSecrets(SalesforceAuth auth) {
    return secrets(auth).filter(Secret::renew).count() > 0;
  }

  private static Stream<Secret> secrets(SalesforceAuth auth) {
    if (auth instanceof SalesforceAuth.ClientCredentials app) {
      return Stream.of(app.clientSecret());
    }
    if (auth instanceof SalesforceAuth.OAuthPassword user) {
      return Stream.of(user.clientSecret(), user.password(), user.securityToken());
    }
    if (auth instanceof SalesforceAuth.SoapPassword user) {
      return Stream.of(user.password(), user.securityToken());
    }
    if (auth instanceof SalesforceAuth.JwtBearer jwt) {
      return Stream.of(jwt.privateKey());
    }
    return auth instanceof SalesforceAuth.ReadySession ready
        ? Stream.of(ready.accessToken())
        : Stream.empty();
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

  /** Gives each token once: giving it again cannot renew an ended session. */
  private static LoginFlow ready(SalesforceAuth.ReadySession ready) {
    AtomicReference<String> given = new AtomicReference<>();
    return () -> {
      String token = ready.accessToken().reveal();
      if (token.equals(given.getAndSet(token))) {
        throw new SalesforceException(
            Kind.AUTHENTICATION,
            "the session that was given has ended and cannot be renewed; give a new access-token"
                + " or choose another salesforce.auth.type");
      }
      return Session.of(Secret.of(token), ready.instanceUrl().toString(), ready.instanceUrl());
    };
  }
}
