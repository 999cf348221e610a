package edu.cumc.aou.salesforce;

/** An HTTP proxy without a login. */
public record ProxySettings(String host, int port) {
  public ProxySettings {
    if (host.isBlank() || port < 1 || port > 65_535) {
      throw new IllegalArgumentException("a proxy needs a host and a port from 1 to 65535");
    }
  }
}
