package edu.cumc.aou.salesforce;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Everything that the client must know beforehand. Immutable; built by {@link #builder}, which
 * names the defaults. {@code toString} shows no secret.
 */
public final class SalesforceSettings {

  private static final Pattern VERSION = Pattern.compile("[1-9][0-9]{1,2}\\.0");
  private static final Pattern CLIENT_NAME = Pattern.compile("[A-Za-z0-9._/-]{1,80}");

  /** The last API version with the SOAP login. */
  private static final int LAST_SOAP_LOGIN = 64;

  private final URI loginUrl;
  private final SalesforceAuth auth;
  private final String apiVersion;
  private final String loginApiVersion;
  private final String clientName;
  private final Duration connectTimeout;
  private final Duration answerTimeout;
  private final Duration queryJobTimeout;
  private final RetrySettings retry;
  private final long quotaReserve;
  private final int compressFrom;
  private final boolean autoAssign;
  private final boolean allowDuplicates;
  private final @Nullable ProxySettings proxy;
  private final @Nullable TrustSettings trust;
  private final SalesforceListener listener;

  private SalesforceSettings(Builder builder) {
    loginUrl = origin(builder.loginUrl, "loginUrl");
    auth = builder.auth;
    if (auth instanceof SalesforceAuth.ReadySession session) {
      origin(session.instanceUrl(), "instanceUrl");
    }
    apiVersion = version(builder.apiVersion, "apiVersion");
    loginApiVersion = version(builder.loginApiVersion, "loginApiVersion");
    if (auth instanceof SalesforceAuth.SoapPassword && major(loginApiVersion) > LAST_SOAP_LOGIN) {
      throw new IllegalArgumentException(
          "loginApiVersion: the SOAP login does not exist after 64.0; set 64.0 or lower");
    }
    if (!CLIENT_NAME.matcher(builder.clientName).matches()) {
      throw new IllegalArgumentException(
          "clientName must be 1 to 80 letters, digits, dots, hyphens, underscores or slashes");
    }
    clientName = builder.clientName;
    connectTimeout = positive(builder.connectTimeout, "connectTimeout");
    answerTimeout = positive(builder.answerTimeout, "answerTimeout");
    queryJobTimeout = positive(builder.queryJobTimeout, "queryJobTimeout");
    retry = builder.retry;
    if (builder.quotaReserve < 0 || builder.compressFrom < 0) {
      throw new IllegalArgumentException("quotaReserve and compressFrom must not be negative");
    }
    quotaReserve = builder.quotaReserve;
    compressFrom = builder.compressFrom;
    autoAssign = builder.autoAssign;
    allowDuplicates = builder.allowDuplicates;
    proxy = builder.proxy;
    trust = builder.trust;
    listener = builder.listener;
  }

  /** Settings with a login address and a way to log in; the rest by default. */
  public static Builder builder(URI loginUrl, SalesforceAuth auth) {
    return new Builder(loginUrl, auth);
  }

  /** Settings for an open session; its instance is the only address. */
  public static Builder builder(SalesforceAuth.ReadySession session) {
    return new Builder(session.instanceUrl(), session);
  }

  /** The login address: scheme, host and port. */
  public URI loginUrl() {
    return loginUrl;
  }

  public SalesforceAuth auth() {
    return auth;
  }

  /** The version of the data API, such as {@code 62.0}. */
  public String apiVersion() {
    return apiVersion;
  }

  /** The version in the address of the SOAP login. */
  public String loginApiVersion() {
    return loginApiVersion;
  }

  /** The client's name; it appears in the org's event logs. */
  public String clientName() {
    return clientName;
  }

  public Duration connectTimeout() {
    return connectTimeout;
  }

  /** The longest time from sending a request to the last byte of its answer. */
  public Duration answerTimeout() {
    return answerTimeout;
  }

  /** The longest time for Salesforce to run a Bulk query, before its records are read. */
  public Duration queryJobTimeout() {
    return queryJobTimeout;
  }

  public RetrySettings retry() {
    return retry;
  }

  /**
   * How many of the org's daily calls are left for others: below that, calls fail with THROTTLED.
   */
  public long quotaReserve() {
    return quotaReserve;
  }

  /** Request bodies from this size in bytes on are compressed; 0 for never. */
  public int compressFrom() {
    return compressFrom;
  }

  /** Whether the org's assignment rules run for written records. */
  public boolean autoAssign() {
    return autoAssign;
  }

  /** Whether to save a record although an alert-only duplicate rule has found another. */
  public boolean allowDuplicates() {
    return allowDuplicates;
  }

  public Optional<ProxySettings> proxy() {
    return Optional.ofNullable(proxy);
  }

  /** Certificates to trust in addition to Java's own. */
  public Optional<TrustSettings> trust() {
    return Optional.ofNullable(trust);
  }

  /** Follows each attempt at a call. */
  public SalesforceListener listener() {
    return listener;
  }

  /** The kind of login and the addresses; nothing secret. */
  @Override
  public String toString() {
    return "SalesforceSettings[" + auth + " at " + loginUrl + ", API " + apiVersion + "]";
  }

  private static URI origin(URI uri, String name) {
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    String path = uri.getPath() == null ? "" : uri.getPath();
    if (uri.getHost() == null
        || uri.getRawUserInfo() != null
        || uri.getRawQuery() != null
        || !(path.isEmpty() || path.equals("/"))
        || !(scheme.equals("https") || scheme.equals("http"))) {
      throw new IllegalArgumentException(
          name + " must be a scheme and a host, such as https://test.salesforce.com");
    }
    if (scheme.equals("http") && !isLocal(uri.getHost())) {
      throw new IllegalArgumentException(
          name + " must begin with https: over http, passwords and tokens can be read on the way");
    }
    return URI.create(
        scheme + "://" + uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort()));
  }

  /** A simulator on this machine or in a private network may use plain http; an org may not. */
  private static boolean isLocal(String host) {
    if (!host.contains(".") && !host.contains(":")) {
      return true;
    }
    if (!host.matches("[0-9.]+|\\[.*]")) {
      return host.endsWith(".localhost") || host.endsWith(".internal") || host.endsWith(".local");
    }
    try {
      InetAddress address = InetAddress.getByName(host);
      return address.isLoopbackAddress()
          || address.isSiteLocalAddress()
          || address.isLinkLocalAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }

  private static String version(String version, String name) {
    if (!VERSION.matcher(version).matches()) {
      throw new IllegalArgumentException(name + " must look like 62.0");
    }
    return version;
  }

  private static int major(String version) {
    return Integer.parseInt(version.substring(0, version.indexOf('.')));
  }

  private static Duration positive(Duration duration, String name) {
    if (duration.isNegative() || duration.toMillis() == 0) {
      throw new IllegalArgumentException(name + " must be at least a millisecond");
    }
    return duration;
  }

  /** Collects settings. Not thread-safe. */
  public static final class Builder {
    private final URI loginUrl;
    private final SalesforceAuth auth;
    private String apiVersion = "62.0";
    private String loginApiVersion = "62.0";
    private String clientName = "aou-sync";
    private Duration connectTimeout = Duration.ofSeconds(10);
    private Duration answerTimeout = Duration.ofSeconds(150);
    private Duration queryJobTimeout = Duration.ofHours(1);
    private RetrySettings retry = RetrySettings.DEFAULT;
    private long quotaReserve;
    private int compressFrom;
    private boolean autoAssign;
    private boolean allowDuplicates;
    private @Nullable ProxySettings proxy;
    private @Nullable TrustSettings trust;
    private SalesforceListener listener = SalesforceListener.NONE;

    private Builder(URI loginUrl, SalesforceAuth auth) {
      this.loginUrl = loginUrl;
      this.auth = auth;
    }

    /** By default {@code 62.0}. */
    public Builder apiVersion(String version) {
      apiVersion = version;
      return this;
    }

    /** By default {@code 62.0}; at most {@code 64.0} for the SOAP login. */
    public Builder loginApiVersion(String version) {
      loginApiVersion = version;
      return this;
    }

    /** By default {@code aou-sync}. */
    public Builder clientName(String name) {
      clientName = name;
      return this;
    }

    /** By default 10 seconds. */
    public Builder connectTimeout(Duration timeout) {
      connectTimeout = timeout;
      return this;
    }

    /** By default 150 seconds: Salesforce itself gives up after about 120. */
    public Builder answerTimeout(Duration timeout) {
      answerTimeout = timeout;
      return this;
    }

    /** By default an hour, because jobs wait for their turn in a busy org. */
    public Builder queryJobTimeout(Duration timeout) {
      queryJobTimeout = timeout;
      return this;
    }

    /** By default {@link RetrySettings#DEFAULT}. */
    public Builder retry(RetrySettings settings) {
      retry = settings;
      return this;
    }

    /** By default 0: every remaining call of the org may be used. */
    public Builder quotaReserve(long calls) {
      quotaReserve = calls;
      return this;
    }

    /** By default 0, never: Salesforce accepts compressed bodies, but a proxy between may not. */
    public Builder compressFrom(int bytes) {
      compressFrom = bytes;
      return this;
    }

    /** By default false. */
    public Builder autoAssign(boolean assign) {
      autoAssign = assign;
      return this;
    }

    /** By default false. */
    public Builder allowDuplicates(boolean allow) {
      allowDuplicates = allow;
      return this;
    }

    /** By default none. */
    public Builder proxy(ProxySettings settings) {
      proxy = settings;
      return this;
    }

    /** By default none but Java's own. */
    public Builder trust(TrustSettings settings) {
      trust = settings;
      return this;
    }

    /** By default {@link SalesforceListener#NONE}. */
    public Builder listener(SalesforceListener newListener) {
      listener = newListener;
      return this;
    }

    /**
     * Checks and builds.
     *
     * @throws IllegalArgumentException if a setting is out of bounds; the message names it and
     *     holds no value
     */
    public SalesforceSettings build() {
      return new SalesforceSettings(this);
    }
  }
}
