package edu.cumc.aou.salesforce.internal.bulk;

import edu.cumc.aou.salesforce.SalesforceException;
import edu.cumc.aou.salesforce.SalesforceException.Details;
import edu.cumc.aou.salesforce.SalesforceException.Kind;
import edu.cumc.aou.salesforce.internal.login.Session;
import edu.cumc.aou.salesforce.internal.login.Sessions;
import edu.cumc.aou.salesforce.internal.repeat.CallFailure;
import edu.cumc.aou.salesforce.internal.repeat.FailureDecoder;
import edu.cumc.aou.salesforce.internal.repeat.Repeat;
import edu.cumc.aou.salesforce.internal.repeat.WireClient;
import edu.cumc.aou.salesforce.internal.wire.HttpTransport;
import edu.cumc.aou.salesforce.internal.wire.Usage;
import feign.Request;
import feign.Request.HttpMethod;
import feign.RequestTemplate;
import feign.Response;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.io.entity.AbstractHttpEntity;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.io.support.ClassicRequestBuilder;

/** Sends the rows of a job: the one request with a body that Feign cannot stream. Thread-safe. */
public final class CsvUpload {

  private static final int CREATED = 201;

  private final HttpTransport transport;
  private final Request.Options options;
  private final Sessions sessions;
  private final Usage usage;
  private final FailureDecoder failures;
  private final String clientName;

  public CsvUpload(
      HttpTransport transport,
      Sessions sessions,
      Usage usage,
      FailureDecoder failures,
      String clientName) {
    this.transport = transport;
    this.sessions = sessions;
    this.usage = usage;
    this.failures = failures;
    this.clientName = clientName;
    options = transport.options();
  }

  /** One attempt. */
  void put(String path, byte[] header, CsvBody body) {
    Session session = sessions.current();
    Map<String, Collection<String>> headers = new LinkedHashMap<>();
    headers.put("Authorization", List.of("Bearer " + session.token().reveal()));
    headers.put("Accept", List.of("application/json"));
    headers.put("Sforce-Call-Options", List.of("client=" + clientName));
    Request request =
        Request.create(
            HttpMethod.PUT,
            session.instance() + path,
            headers,
            Request.Body.empty(),
            new RequestTemplate());
    try (Response response =
        new WireClient((asked, unused) -> send(asked, new CsvEntity(header, body)), usage)
            .execute(request, options)) {
      check(response);
    }
  }

  private void check(Response response) {
    if (response.status() < 200 || response.status() >= 300) {
      throw failures.failure(response);
    }
    if (response.status() != CREATED) {
      Details details = new Details(response.status(), "", List.of(), null, null, false);
      throw CallFailure.of(
          new SalesforceException(
              Kind.PROTOCOL,
              FailureDecoder.text(
                  "another answer came than Salesforce's; check the address and the proxy",
                  details),
              details),
          Repeat.OUTCOME_UNKNOWN);
    }
  }

  private Response send(Request asked, CsvEntity rows) throws IOException {
    ClassicRequestBuilder put = ClassicRequestBuilder.put(asked.url());
    asked.headers().forEach((name, values) -> values.forEach(value -> put.addHeader(name, value)));
    put.setEntity(rows);
    return transport.send(put.build(), response -> response(asked, response));
  }

  private static Response response(Request asked, ClassicHttpResponse response) throws IOException {
    Map<String, Collection<String>> headers = new LinkedHashMap<>();
    for (Header header : response.getHeaders()) {
      headers.put(header.getName(), List.of(header.getValue()));
    }
    Response.Builder read =
        Response.builder().status(response.getCode()).headers(headers).request(asked);
    byte[] bytes =
        response.getEntity() == null ? new byte[0] : EntityUtils.toByteArray(response.getEntity());
    return read.body(bytes).build();
  }

  /** The rows, inflated as they are sent. */
  private static final class CsvEntity extends AbstractHttpEntity {
    private final byte[] header;
    private final CsvBody body;

    CsvEntity(byte[] header, CsvBody body) {
      super(ContentType.create("text/csv", StandardCharsets.UTF_8), null);
      this.header = header;
      this.body = body;
    }

    @Override
    public InputStream getContent() {
      return new SequenceInputStream(new ByteArrayInputStream(header), body.open());
    }

    @Override
    public long getContentLength() {
      return header.length + body.length();
    }

    @Override
    public boolean isRepeatable() {
      return true;
    }

    @Override
    public boolean isStreaming() {
      return false;
    }

    @Override
    public void close() {
      // Nothing is open.
    }
  }
}
