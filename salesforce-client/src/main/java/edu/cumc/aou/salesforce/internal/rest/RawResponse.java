package edu.cumc.aou.salesforce.internal.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import edu.cumc.aou.salesforce.RawAnswer;
import edu.cumc.aou.salesforce.SalesforceException;
import edu.cumc.aou.salesforce.SalesforceException.Kind;
import edu.cumc.aou.salesforce.internal.wire.Headers;
import edu.cumc.aou.salesforce.internal.wire.WireValues;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An answer as it came. */
final class RawResponse implements RawAnswer {

  private final ObjectMapper mapper;
  private final int status;
  private final Map<String, Collection<String>> headers;
  private final byte[] body;

  RawResponse(
      ObjectMapper mapper, int status, Map<String, Collection<String>> headers, byte[] body) {
    this.mapper = mapper;
    this.status = status;
    this.headers = headers;
    this.body = body;
  }

  @Override
  public int status() {
    return status;
  }

  @Override
  public Optional<String> header(String name) {
    return Headers.first(headers, name);
  }

  @Override
  public String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  @Override
  public byte[] bytes() {
    return body.clone();
  }

  @Override
  public @Nullable Object json() {
    return body.length == 0 ? null : read(Object.class);
  }

  @Override
  public <T> T as(Class<T> type) {
    return WireValues.required(body.length == 0 ? null : read(type), "a body");
  }

  private <T> @Nullable T read(Class<T> type) {
    try {
      return mapper.readValue(text(), type);
    } catch (JsonProcessingException e) {
      // Its message quotes the answer.
      throw new SalesforceException(
          Kind.PROTOCOL,
          "the answer is no JSON of the shape that was asked for; its text shows what came");
    }
  }

  @Override
  public String toString() {
    return "RawAnswer[" + status + "]";
  }
}
