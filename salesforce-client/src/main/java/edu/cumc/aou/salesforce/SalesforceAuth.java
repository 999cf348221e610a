package edu.cumc.aou.salesforce;

import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How the client logs in. Immutable; {@code toString} shows the kind of login, and neither user nor
 * secrets.
 */
public sealed interface SalesforceAuth {

  /**
   * OAuth client credentials: the connected app acts as its configured user. Works only on the
   * org's own My Domain host.
   *
   * @param clientId the consumer key of the connected app
   * @param clientSecret its consumer secret
   */
  record ClientCredentials(String clientId, Secret clientSecret) implements SalesforceAuth {
    public ClientCredentials {
      requireText(clientId, "clientId");
      requireSecret(clientSecret, "clientSecret");
    }

    @Override
    public String toString() {
      return "client-credentials";
    }
  }

  /**
   * OAuth with a signed assertion (JWT bearer): no password, the certificate belongs to the
   * connected app.
   *
   * @param clientId the consumer key of the connected app
   * @param username the user to act as
   * @param privateKey the RSA key in PKCS#8 PEM form ({@code BEGIN PRIVATE KEY}); revealed at each
   *     login, so that it can be replaced
   * @param audience the recipient of the assertion; null to take login.salesforce.com or
   *     test.salesforce.com, whichever fits the login address
   */
  record JwtBearer(String clientId, String username, Secret privateKey, @Nullable URI audience)
      implements SalesforceAuth {
    public JwtBearer {
      requireText(clientId, "clientId");
      requireText(username, "username");
      requireSecret(privateKey, "privateKey");
    }

    /** With the key in a file. */
    public JwtBearer(
        String clientId, String username, Path privateKeyFile, @Nullable URI audience) {
      this(clientId, username, Secret.ofFile(privateKeyFile), audience);
    }

    @Override
    public String toString() {
      return "jwt";
    }
  }

  /**
   * OAuth with user name and password. Newer orgs block it unless an administrator allows it.
   *
   * @param securityToken appended to the password; empty where the caller's address is trusted
   */
  record OAuthPassword(
      String clientId, Secret clientSecret, String username, Secret password, Secret securityToken)
      implements SalesforceAuth {
    public OAuthPassword {
      requireText(clientId, "clientId");
      requireSecret(clientSecret, "clientSecret");
      requireText(username, "username");
      requireSecret(password, "password");
    }

    @Override
    public String toString() {
      return "oauth-password";
    }
  }

  /**
   * The SOAP login with user name and password; no connected app is needed. Salesforce ends it with
   * API 65.0.
   *
   * @param securityToken appended to the password; empty where the caller's address is trusted
   */
  record SoapPassword(String username, Secret password, Secret securityToken)
      implements SalesforceAuth {
    public SoapPassword {
      requireText(username, "username");
      requireSecret(password, "password");
    }

    @Override
    public String toString() {
      return "soap-password";
    }
  }

  /**
   * A session that another program opened. It cannot be renewed: when it ends, calls fail with
   * AUTHENTICATION.
   *
   * @param instanceUrl the org's host, e.g. {@code https://example.my.salesforce.com}
   */
  record ReadySession(Secret accessToken, URI instanceUrl) implements SalesforceAuth {
    public ReadySession {
      requireSecret(accessToken, "accessToken");
    }

    @Override
    public String toString() {
      return "session";
    }
  }

  private static void requireText(String value, String name) {
    if (value.isBlank()) {
      throw new IllegalArgumentException(name + " is empty");
    }
  }

  private static void requireSecret(Secret value, String name) {
    if (value.isEmpty()) {
      throw new IllegalArgumentException(name + " is empty");
    }
  }
}
