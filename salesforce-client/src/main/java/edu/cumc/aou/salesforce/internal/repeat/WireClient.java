package edu.cumc.aou.salesforce.internal.repeat;

import edu.cumc.aou.salesforce.SalesforceException;
import edu.cumc.aou.salesforce.SalesforceException.Kind;
import edu.cumc.aou.salesforce.internal.wire.AnswerDeadline;
import edu.cumc.aou.salesforce.internal.wire.Headers;
import edu.cumc.aou.salesforce.internal.wire.Tunnel;
import edu.cumc.aou.salesforce.internal.wire.Usage;
import feign.Client;
import feign.Request;
import feign.Response;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends requests, notes what each answer says about the allowance, and distinguishes failures. */
public final class WireClient implements Client {

  private static final Logger LOG = LoggerFactory.getLogger(WireClient.class);

  private final Client transport;
  private final Usage usage;
  private final AtomicBoolean warned = new AtomicBoolean();

  public WireClient(Client transport, Usage usage) {
    this.transport = transport;
    this.usage = usage;
  }

  @Override
  public Response execute(Request request, Request.Options options) {
    try {
      Response response = transport.execute(request, options);
      Headers.first(response.headers(), "Sforce-Limit-Info").ifPresent(usage::heard);
      // A login, and a proxy's own answer, may come from another host.
      if (Headers.has(response, "Sforce-Limit-Info")) {
        Headers.first(response.headers(), "Date").ifPresent(usage::dated);
      }
      if (Headers.has(response, "Warning") && !warned.getAndSet(true)) {
        LOG.warn("Salesforce warns that this API version or resource will be withdrawn");
      }
      return response;
    } catch (IOException e) {
      throw failure(e);
    } catch (IllegalStateException e) {
      // The pool throws this if it was closed during the call.
      throw CallFailure.of(
          new SalesforceException(
              Kind.UNAVAILABLE, "the connection was closed while the call was on its way"),
          Repeat.OUTCOME_UNKNOWN);
    }
  }

  public static CallFailure failure(IOException e) {
    if (e instanceof UnknownHostException) {
      return notSent(
          "the host is not known; check salesforce.login-url, the proxy if there is one, and the network");
    }
    if (e instanceof Tunnel.RefusedException refused) {
      return proxyRefused(refused.status());
    }
    if (e instanceof SSLHandshakeException || e instanceof SSLPeerUnverifiedException) {
      return CallFailure.of(
          new SalesforceException(
              Kind.CONFIGURATION,
              "the connection could not be protected; check salesforce.login-url, the proxy and the certificates"
                  + " that Java trusts"),
          Repeat.NEVER);
    }
    if (e instanceof ConnectTimeoutException
        || e instanceof ConnectException
        || e instanceof NoRouteToHostException
        || e instanceof ConnectionRequestTimeoutException) {
      return notSent(
          "Salesforce cannot be reached; check salesforce.login-url, the network and the proxy");
    }
    if (e instanceof SocketTimeoutException || e instanceof AnswerDeadline.ExceededException) {
      return lost("no whole answer came in time");
    }
    if (e instanceof AnswerDeadline.TooLongException) {
      return CallFailure.of(
          new SalesforceException(
              Kind.PROTOCOL, "the answer is longer than any that Salesforce gives"),
          Repeat.OUTCOME_UNKNOWN);
    }
    return lost("the connection broke before the answer was complete");
  }

  /** A proxy's passing failures pass; an administrator must allow what it forbids. */
  private static CallFailure proxyRefused(int status) {
    String code = " [HTTP " + status + " from the proxy]";
    if (status >= 500 || status == 429) {
      return notSent(
          "the proxy did not reach Salesforce; try again later, or ask who runs it" + code);
    }
    return CallFailure.of(
        new SalesforceException(
            Kind.CONFIGURATION,
            (status == 407
                    ? "the proxy wants a login, which this program does not give; name another"
                        + " proxy, or let its administrator admit this machine"
                    : "the proxy, and not Salesforce, refuses the connection; let its administrator"
                        + " admit the address of Salesforce, or correct the setting of the proxy")
                + code),
        Repeat.NEVER);
  }

  private static CallFailure notSent(String advice) {
    return CallFailure.of(new SalesforceException(Kind.UNAVAILABLE, advice), Repeat.NOT_EXECUTED);
  }

  private static CallFailure lost(String what) {
    return CallFailure.of(
        new SalesforceException(
            Kind.UNAVAILABLE,
            what
                + ", so Salesforce may have done what was asked; run again, and the next run finds"
                + " out. If it stays, check salesforce.login-url and the proxy"),
        Repeat.OUTCOME_UNKNOWN);
  }
}
