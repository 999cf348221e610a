package edu.cumc.aou.salesforce.internal.wire;

import java.io.IOException;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.impl.ChainElement;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpResponse;

/**
 * Tells a proxy's answer to CONNECT from Salesforce's answer behind it: the HTTP client reports
 * both as the answer to the call.
 */
public final class Tunnel {

  private static final String BUILT = "edu.cumc.aou.salesforce.tunnel";

  private Tunnel() {}

  /** A proxy did not let a call through; nothing reached Salesforce. */
  public static final class RefusedException extends IOException {

    private static final long serialVersionUID = 1L;

    private final int status;

    RefusedException(int status) {
      super("refused by the proxy");
      this.status = status;
    }

    public int status() {
      return status;
    }
  }

  static void watch(HttpClientBuilder builder) {
    builder
        .addExecInterceptorBefore(
            ChainElement.CONNECT.name(),
            "tunnel-asked",
            (request, scope, chain) -> {
              HttpClientContext context = scope.clientContext;
              context.removeAttribute(BUILT);
              return own(chain.proceed(request, scope), scope);
            })
        .addExecInterceptorAfter(
            ChainElement.CONNECT.name(),
            "tunnel-built",
            (request, scope, chain) -> {
              scope.clientContext.setAttribute(BUILT, true);
              return chain.proceed(request, scope);
            });
  }

  private static ClassicHttpResponse own(ClassicHttpResponse response, ExecChain.Scope scope)
      throws IOException {
    if (scope.route.isTunnelled() && scope.clientContext.getAttribute(BUILT) == null) {
      int status = response.getCode();
      response.close();
      throw new RefusedException(status);
    }
    return response;
  }
}
