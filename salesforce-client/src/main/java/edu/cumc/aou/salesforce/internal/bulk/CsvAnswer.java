package edu.cumc.aou.salesforce.internal.bulk;

import edu.cumc.aou.salesforce.SalesforceException;
import edu.cumc.aou.salesforce.SalesforceException.Kind;
import edu.cumc.aou.salesforce.internal.repeat.CallFailure;
import edu.cumc.aou.salesforce.internal.repeat.FailureDecoder;
import edu.cumc.aou.salesforce.internal.repeat.Repeat;
import edu.cumc.aou.salesforce.internal.repeat.WireClient;
import edu.cumc.aou.salesforce.internal.wire.Headers;
import feign.Response;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/** An answer in CSV, as far as its first bytes tell; the caller closes it. */
final class CsvAnswer implements AutoCloseable {

  private static final int PEEKED = 64;

  private final Response response;
  private final InputStream in;

  private CsvAnswer(Response response, InputStream in) {
    this.response = response;
    this.in = in;
  }

  /** Checks status and beginning of an answer; closes it if they are bad. */
  static CsvAnswer open(Response response, FailureDecoder failures) {
    boolean good = false;
    try {
      if (response.status() < 200 || response.status() >= 300) {
        throw failures.failure(response);
      }
      InputStream body =
          response.body() == null
              ? new ByteArrayInputStream(new byte[0])
              : new BufferedInputStream(response.body().asInputStream(), 32 * 1024);
      checkBeginning(response, body);
      good = true;
      return new CsvAnswer(response, body);
    } catch (IOException e) {
      throw WireClient.failure(e);
    } finally {
      if (!good) {
        response.close();
      }
    }
  }

  InputStream in() {
    return in;
  }

  Optional<String> header(String name) {
    return Headers.first(response.headers(), name);
  }

  @Override
  public void close() {
    response.close();
  }

  private static void checkBeginning(Response response, InputStream body) throws IOException {
    if (!body.markSupported()) {
      return;
    }
    body.mark(PEEKED);
    int first = body.read();
    for (int i = 1; i < PEEKED && first >= 0 && first <= ' '; i++) {
      first = body.read();
    }
    body.reset();
    if (first == '<') {
      throw failure(
          response,
          "a web page came instead of Salesforce's answer; check the address and the proxy");
    }
    if (first == '{' || first == '[') {
      throw failure(
          response,
          "the answer has another shape than documented; check the address and the API version");
    }
  }

  private static CallFailure failure(Response response, String advice) {
    SalesforceException.Details details =
        new SalesforceException.Details(response.status(), "", List.of(), null, null, false);
    return CallFailure.of(
        new SalesforceException(Kind.PROTOCOL, FailureDecoder.text(advice, details), details),
        Repeat.OUTCOME_UNKNOWN);
  }
}
