package edu.cumc.aou.salesforce.internal.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import edu.cumc.aou.salesforce.CallKind;
import edu.cumc.aou.salesforce.RawAnswer;
import edu.cumc.aou.salesforce.RawRequest;
import edu.cumc.aou.salesforce.internal.login.Calls;
import edu.cumc.aou.salesforce.internal.login.Session;
import edu.cumc.aou.salesforce.internal.repeat.FailureDecoder;
import edu.cumc.aou.salesforce.internal.repeat.Safety;
import edu.cumc.aou.salesforce.internal.repeat.WireClient;
import edu.cumc.aou.salesforce.internal.wire.WireValues;
import feign.Client;
import feign.Request;
import feign.RequestTemplate;
import feign.Response;
import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Sends a caller's own requests, by the session and the rules of all other calls. Thread-safe. */
public final class RawCalls {

  private static final int NOT_MODIFIED = 304;

  private final Calls calls;
  private final Client client;
  private final Request.Options options;
  private final Supplier<ObjectMapper> mapper;
  private final FailureDecoder failures;
  private final Map<String, String> everyCall;

  /**
   * For one client.
   *
   * @param everyCall headers that each call carries
   */
  public RawCalls(
      Calls calls,
      Client client,
      Request.Options options,
      Supplier<ObjectMapper> mapper,
      FailureDecoder failures,
      Map<String, String> everyCall) {
    this.calls = calls;
    this.client = client;
    this.options = options;
    this.mapper = mapper;
    this.failures = failures;
    this.everyCall = everyCall;
  }

  public RawAnswer send(RawRequest request) {
    byte[] body = body(request);
    boolean reads = request.method().equals("GET");
    return calls
        .gateway()
        .call(
            calls.sessions(),
            reads ? CallKind.OTHER : CallKind.WRITE,
            request.method() + " of the caller's own",
            reads ? Safety.READ : request.repeatable() ? Safety.REPEATABLE : Safety.ONCE,
            () -> attempt(request, body));
  }

  private byte @Nullable [] body(RawRequest request) {
    if (request.json() == null) {
      return request.body();
    }
    try {
      return mapper.get().writeValueAsBytes(request.json());
    } catch (JsonProcessingException e) {
      // Its message may quote values.
      throw new IllegalArgumentException("the body cannot be written as JSON");
    }
  }

  private RawAnswer attempt(RawRequest request, byte @Nullable [] body) {
    Session session = calls.sessions().current();
    Map<String, Collection<String>> headers = new LinkedHashMap<>();
    headers.put("Accept", List.of("application/json"));
    if (request.json() != null) {
      headers.put("Content-Type", List.of("application/json; charset=UTF-8"));
    }
    everyCall.forEach((name, value) -> put(headers, name, value));
    request.headers().forEach((name, value) -> put(headers, name, value));
    headers.put("Authorization", List.of("Bearer " + session.token().reveal()));
    Request sent =
        Request.create(
            Request.HttpMethod.valueOf(request.method()),
            session.instance() + address(request),
            headers,
            body == null ? Request.Body.empty() : Request.Body.create(body),
            new RequestTemplate());
    try (Response response = client.execute(sent, options)) {
      if ((response.status() < 200 || response.status() >= 300)
          && response.status() != NOT_MODIFIED) {
        throw failures.failure(response);
      }
      return new RawResponse(
          mapper.get(), response.status(), response.headers(), FailureDecoder.bytes(response));
    } catch (IOException e) {
      throw WireClient.failure(e);
    }
  }

  private static void put(Map<String, Collection<String>> headers, String name, String value) {
    headers.keySet().removeIf(name::equalsIgnoreCase);
    headers.put(name, List.of(value));
  }

  private String address(RawRequest request) {
    StringBuilder address = new StringBuilder();
    if (!request.path().startsWith("/")) {
      address.append("/services/data/v").append(calls.version()).append('/');
    }
    address.append(request.path());
    char next = '?';
    for (Map.Entry<String, String> parameter : request.query().entrySet()) {
      address
          .append(next)
          .append(WireValues.percentEncoded(parameter.getKey()))
          .append('=')
          .append(WireValues.percentEncoded(parameter.getValue()));
      next = '&';
    }
    return address.toString();
  }
}
