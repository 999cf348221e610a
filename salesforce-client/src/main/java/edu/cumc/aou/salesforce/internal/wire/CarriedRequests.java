package edu.cumc.aou.salesforce.internal.wire;

import edu.cumc.aou.salesforce.Surroundings.Carried;
import edu.cumc.aou.salesforce.Surroundings.Carrier;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpVersion;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.message.BasicClassicHttpResponse;

/** Hands requests to a carrier instead of the network. */
final class CarriedRequests implements ExecChainHandler {

  private final Carrier carrier;

  CarriedRequests(Carrier carrier) {
    this.carrier = carrier;
  }

  @Override
  public ClassicHttpResponse execute(
      ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    if (request.getEntity() != null) {
      request.getEntity().writeTo(body);
    }
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    if (request.getEntity() != null) {
      put(headers, "Content-Type", request.getEntity().getContentType());
      put(headers, "Content-Encoding", request.getEntity().getContentEncoding());
    }
    Arrays.stream(request.getHeaders()).forEach(h -> headers.put(h.getName(), h.getValue()));
    Carried carried = carrier.carry(request.getMethod(), uri(request), headers, body.toByteArray());
    BasicClassicHttpResponse response = new BasicClassicHttpResponse(carried.status());
    response.setVersion(HttpVersion.HTTP_1_1);
    carried.headers().forEach(response::addHeader);
    Header type = response.getFirstHeader("Content-Type");
    response.setEntity(
        new ByteArrayEntity(
            carried.body(), type == null ? null : ContentType.parse(type.getValue())));
    return response;
  }

  private static void put(Map<String, String> headers, String name, String value) {
    if (value != null) {
      headers.put(name, value);
    }
  }

  private static URI uri(ClassicHttpRequest request) throws IOException {
    try {
      return request.getUri();
    } catch (URISyntaxException e) {
      throw new IOException("the address of a request is no URI", e);
    }
  }
}
