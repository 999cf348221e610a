package edu.cumc.aou.simulator.salesforce;

import edu.cumc.aou.simulator.salesforce.login.LoginSettings;
import edu.cumc.aou.simulator.salesforce.org.OrgSettings;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.util.Optional;

/**
 * Who may log in to a simulator, and how long sessions last. Not thread-safe.
 *
 * @param <B> the builder itself
 */
public abstract sealed class LoginBuilder<B extends LoginBuilder<B>> extends OrgBuilder<B>
    permits SalesforceSimulatorBuilder {
  private Duration sessionLifetime = Duration.ofHours(2);
  private boolean myDomain = true;
  private boolean alternatingHosts;
  private int loginAttempts = 10;
  private Optional<X509Certificate> certificate = Optional.empty();

  LoginBuilder() {}

  /**
   * How long a session may be idle; 2 hours by default.
   *
   * @param lifetime after this time without a call the session is over
   * @return this
   */
  public B sessionLifetime(Duration lifetime) {
    if (lifetime.isNegative() || lifetime.isZero()) {
      throw new IllegalArgumentException("lifetime is not positive");
    }
    sessionLifetime = lifetime;
    return self();
  }

  /**
   * Whether the login host is the org's own My Domain, which is the default. The common login hosts
   * refuse client credentials.
   *
   * @param own false for a common login host
   * @return this
   */
  public B myDomain(boolean own) {
    myDomain = own;
    return self();
  }

  /**
   * Names another instance host at every second login, and accepts each session only on its own
   * host; off by default.
   *
   * @param on whether to do so
   * @return this
   */
  public B alternatingHosts(boolean on) {
    alternatingHosts = on;
    return self();
  }

  /**
   * How many bad passwords in a row lock the user out; 10 by default.
   *
   * @param number at least 1
   * @return this
   */
  public B loginAttempts(int number) {
    if (number < 1) {
      throw new IllegalArgumentException("number is less than 1");
    }
    loginAttempts = number;
    return self();
  }

  /**
   * The certificate of the connected app. Its key signs the assertions of JWT bearer logins. There
   * is none by default, so such logins are refused.
   *
   * @param uploaded a certificate with an RSA key
   * @return this
   */
  public B certificate(X509Certificate uploaded) {
    if (!(uploaded.getPublicKey() instanceof RSAPublicKey)) {
      throw new IllegalArgumentException("uploaded has no RSA key, which RS256 needs");
    }
    certificate = Optional.of(uploaded);
    return self();
  }

  /** The settings of logins to this org. */
  final LoginSettings loginSettings(OrgSettings org) {
    return new LoginSettings(
        org.clock(),
        sessionLifetime,
        org.sandbox(),
        myDomain,
        alternatingHosts,
        loginAttempts,
        certificate,
        org.userTimeZone());
  }
}
