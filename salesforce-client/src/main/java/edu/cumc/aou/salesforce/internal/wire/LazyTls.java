package edu.cumc.aou.salesforce.internal.wire;

import java.io.IOException;
import java.net.Socket;
import java.util.function.Supplier;
import javax.net.ssl.SSLSocket;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/**
 * Reads the machine's trusted certificates at the first connection that needs them, because that
 * takes a good part of a short program's time. Thread-safe.
 */
final class LazyTls implements TlsSocketStrategy {

  private final Supplier<TlsSocketStrategy> made;
  private @Nullable TlsSocketStrategy strategy;

  LazyTls(Supplier<TlsSocketStrategy> made) {
    this.made = made;
  }

  @Override
  public SSLSocket upgrade(
      Socket socket, String target, int port, Object attachment, HttpContext context)
      throws IOException {
    return strategy().upgrade(socket, target, port, attachment, context);
  }

  private synchronized TlsSocketStrategy strategy() {
    TlsSocketStrategy known = strategy;
    if (known == null) {
      known = made.get();
      strategy = known;
    }
    return known;
  }
}
