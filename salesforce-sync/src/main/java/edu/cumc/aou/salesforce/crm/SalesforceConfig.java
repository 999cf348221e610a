package edu.cumc.aou.salesforce.crm;

import edu.cumc.aou.salesforce.ProxySettings;
import edu.cumc.aou.salesforce.SalesforceAuth;
import edu.cumc.aou.salesforce.SalesforceAuth.ClientCredentials;
import edu.cumc.aou.salesforce.SalesforceAuth.JwtBearer;
import edu.cumc.aou.salesforce.SalesforceAuth.OAuthPassword;
import edu.cumc.aou.salesforce.SalesforceAuth.ReadySession;
import edu.cumc.aou.salesforce.SalesforceAuth.SoapPassword;
import edu.cumc.aou.salesforce.SalesforceSettings;
import edu.cumc.aou.salesforce.Secret;
import edu.cumc.aou.salesforce.TrustSettings;
import edu.cumc.aou.sync.config.ConfigSection;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Reads the section {@code salesforce} of the settings. */
public final class SalesforceConfig {

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(150);

  private SalesforceConfig() {}

  /** The values of {@code auth.type}: written in lower case with hyphens. */
  enum AuthType {
    JWT,
    CLIENT_CREDENTIALS,
    OAUTH_PASSWORD,
    SOAP_PASSWORD,
    SESSION
  }

  /**
   * Reads the section. What is wrong goes to the section's problems, without values.
   *
   * @param root all settings
   * @return empty if there are problems
   */
  public static Optional<SalesforceSettings> read(ConfigSection root) {
    ConfigSection section = root.section("salesforce");
    Optional<SalesforceAuth> auth = auth(section.section("auth"));
    boolean session =
        section
            .section("auth")
            .text("type")
            .filter(ConfigSection.word(AuthType.SESSION)::equals)
            .isPresent();
    Optional<URI> loginUrl = section.url("login-url");
    if (!session && section.text("login-url").isEmpty()) {
      section.missing("login-url");
    }
    String apiVersion = version(section, "api-version", 999);
    String loginApiVersion = version(section, "login-api-version", 64);
    Duration connectTimeout = timeout(section, "connect-timeout", CONNECT_TIMEOUT);
    Duration answerTimeout = timeout(section, "answer-timeout", ANSWER_TIMEOUT);
    int quotaReserve = section.integer("quota-reserve", 0, 0, 1_000_000_000);
    boolean allowDuplicates = section.flag("allow-duplicates", false);
    Optional<ProxySettings> proxy = proxy(section.section("proxy"));
    Optional<TrustSettings> trust = trust(section.section("trust"));
    section.passOver("expected-org-id").done();
    if (auth.isEmpty() || (loginUrl.isEmpty() && !session)) {
      return Optional.empty();
    }
    SalesforceSettings.Builder builder =
        auth.get() instanceof ReadySession ready
            ? SalesforceSettings.builder(ready)
            : SalesforceSettings.builder(loginUrl.get(), auth.get());
    builder
        .apiVersion(apiVersion)
        .loginApiVersion(loginApiVersion)
        .connectTimeout(connectTimeout)
        .answerTimeout(answerTimeout)
        .quotaReserve(quotaReserve)
        .allowDuplicates(allowDuplicates);
    proxy.ifPresent(builder::proxy);
    trust.ifPresent(builder::trust);
    try {
      return Optional.of(builder.build());
    } catch (IllegalArgumentException e) {
      // Only the addresses can still be wrong: a path behind the host, or http to another machine.
      section.problem(
          session ? "auth.instance-url" : "login-url",
          "expected https and a host only, such as https://test.salesforce.com (http is for hosts"
              + " of this machine or a private network)");
      return Optional.empty();
    }
  }

  private static Optional<SalesforceAuth> auth(ConfigSection auth) {
    Optional<AuthType> type = auth.choice("type", AuthType.class);
    if (type.isEmpty()) {
      if (auth.text("type").isEmpty()) {
        auth.missing("type");
      }
      // Keys of other types are no mistakes as long as the type is unknown.
      auth.keys().forEach(auth::passOver);
      return Optional.empty();
    }
    // A file may hold the keys of several ways to log in, and the environment chooses one.
    auth.passOver(
        "username",
        "password",
        "security-token",
        "client-id",
        "client-secret",
        "private-key",
        "private-key-file",
        "audience",
        "access-token",
        "instance-url");
    Optional<SalesforceAuth> read =
        switch (type.get()) {
          case JWT -> jwt(auth);
          case CLIENT_CREDENTIALS -> clientCredentials(auth);
          case OAUTH_PASSWORD -> oauthPassword(auth);
          case SOAP_PASSWORD -> soapPassword(auth);
          case SESSION -> session(auth);
        };
    auth.done();
    return read;
  }

  private static Optional<SalesforceAuth> jwt(ConfigSection auth) {
    String clientId = auth.requiredText("client-id");
    String username = auth.requiredText("username");
    Optional<Secret> key = privateKey(auth);
    Optional<URI> audience = auth.url("audience");
    return clientId.isEmpty() || username.isEmpty() || key.isEmpty()
        ? Optional.empty()
        : Optional.of(new JwtBearer(clientId, username, key.get(), audience.orElse(null)));
  }

  /** The key itself overrides a file, which another environment may use. */
  private static Optional<Secret> privateKey(ConfigSection auth) {
    Optional<Secret> key = auth.secretLines("private-key").map(SalesforceSecretSetting::of);
    if (key.isPresent()) {
      return key;
    }
    Optional<String> file = auth.text("private-key-file");
    if (file.isEmpty()) {
      auth.missing("private-key-file");
      return Optional.empty();
    }
    try {
      return file.map(Path::of).map(Secret::ofFile);
    } catch (InvalidPathException e) {
      auth.problem("private-key-file", "expected the path of a file");
      return Optional.empty();
    }
  }

  private static Optional<SalesforceAuth> clientCredentials(ConfigSection auth) {
    String clientId = auth.requiredText("client-id");
    Secret secret = SalesforceSecretSetting.of(auth.requiredSecret("client-secret"));
    return clientId.isEmpty() || secret.isEmpty()
        ? Optional.empty()
        : Optional.of(new ClientCredentials(clientId, secret));
  }

  private static Optional<SalesforceAuth> oauthPassword(ConfigSection auth) {
    String clientId = auth.requiredText("client-id");
    Secret secret = SalesforceSecretSetting.of(auth.requiredSecret("client-secret"));
    String username = auth.requiredText("username");
    Secret password = SalesforceSecretSetting.of(auth.requiredSecret("password"));
    Secret token = token(auth);
    return clientId.isEmpty() || secret.isEmpty() || username.isEmpty() || password.isEmpty()
        ? Optional.empty()
        : Optional.of(new OAuthPassword(clientId, secret, username, password, token));
  }

  private static Optional<SalesforceAuth> soapPassword(ConfigSection auth) {
    String username = auth.requiredText("username");
    Secret password = SalesforceSecretSetting.of(auth.requiredSecret("password"));
    Secret token = token(auth);
    return username.isEmpty() || password.isEmpty()
        ? Optional.empty()
        : Optional.of(new SoapPassword(username, password, token));
  }

  private static Optional<SalesforceAuth> session(ConfigSection auth) {
    Secret accessToken = SalesforceSecretSetting.of(auth.requiredSecret("access-token"));
    Optional<URI> instance = auth.url("instance-url");
    if (instance.isEmpty() && auth.text("instance-url").isEmpty()) {
      auth.missing("instance-url");
    }
    return accessToken.isEmpty() || instance.isEmpty()
        ? Optional.empty()
        : Optional.of(new ReadySession(accessToken, instance.get()));
  }

  private static Secret token(ConfigSection auth) {
    return auth.secret("security-token").map(SalesforceSecretSetting::of).orElse(Secret.NONE);
  }

  private static String version(ConfigSection section, String key, int most) {
    String text = section.text(key, "62.0");
    if (!text.matches("[1-9][0-9]{1,2}\\.0")
        || Integer.parseInt(text.substring(0, text.length() - 2)) > most) {
      section.problem(
          key,
          most < 999
              ? "expected a version such as \"62.0\", at most " + most + ".0"
              : "expected a version such as \"62.0\"");
      return "62.0";
    }
    return text;
  }

  private static Duration timeout(ConfigSection section, String key, Duration otherwise) {
    Duration timeout = section.duration(key, otherwise);
    if (timeout.toMillis() == 0) {
      section.problem(key, "expected more than no time, such as 30s");
      return otherwise;
    }
    return timeout;
  }

  private static Optional<ProxySettings> proxy(ConfigSection proxy) {
    Optional<String> host = proxy.text("host");
    int port = proxy.integer("port", 8080, 1, 65_535);
    proxy.done();
    return host.map(h -> new ProxySettings(h, port));
  }

  private static Optional<TrustSettings> trust(ConfigSection trust) {
    Optional<String> file = trust.text("file");
    Secret password = trust.secret("password").map(SalesforceSecretSetting::of).orElse(Secret.NONE);
    trust.done();
    try {
      return file.map(f -> new TrustSettings(Path.of(f), password));
    } catch (InvalidPathException e) {
      trust.problem("file", "expected the path of a file");
      return Optional.empty();
    }
  }
}
