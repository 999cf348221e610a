package edu.cumc.aou.salesforce.internal.repeat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.ObjectMapper;
import edu.cumc.aou.salesforce.SalesforceException;
import edu.cumc.aou.salesforce.SalesforceException.Details;
import edu.cumc.aou.salesforce.SalesforceException.Kind;
import edu.cumc.aou.salesforce.internal.wire.Wire;
import feign.Response;
import feign.codec.Decoder;
import feign.jackson.JacksonDecoder;
import java.io.IOException;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads good answers with Feign's Jackson decoder, and refuses others: an empty body, a web page
 * with status 200, JSON that breaks off or has another shape. It is then unknown whether the call
 * was carried out.
 */
public final class StrictDecoder implements Decoder {

  private static final int NO_CONTENT = 204;

  private final JacksonDecoder jackson;

  public StrictDecoder(ObjectMapper mapper) {
    jackson = new JacksonDecoder(mapper);
  }

  @Override
  public @Nullable Object decode(Response response, Type type) throws IOException {
    byte[] body = withoutMark(FailureDecoder.bytes(response));
    // Up to version 45, the answer to an update by external id is empty too.
    boolean maySayNothing = type == void.class || type == Wire.UpsertAnswer.class;
    if (isBlank(body)) {
      if (maySayNothing && response.status() == NO_CONTENT) {
        return null;
      }
      throw failure(
          Kind.PROTOCOL, response, "the answer is empty; something on the way has swallowed it");
    }
    if (body[firstInk(body)] == '<') {
      throw failure(
          Kind.PROTOCOL,
          response,
          "a web page came instead of Salesforce's answer; check the address and the proxy");
    }
    if (type == void.class) {
      throw failure(
          Kind.PROTOCOL, response, "an answer came where Salesforce gives none; check the proxy");
    }
    try {
      Object value = jackson.decode(response.toBuilder().body(body).build(), type);
      if (value != null) {
        return value;
      }
    } catch (JsonProcessingException e) {
      // Its message quotes the answer, so only the kind of failure is reported.
      if (e instanceof JsonEOFException || e.getCause() instanceof JsonEOFException) {
        throw failure(
            Kind.UNAVAILABLE, response, "the answer broke off before its end; try again later");
      }
    } catch (RuntimeException e) {
      // A record refused its arguments, which also means another shape.
    }
    throw failure(
        Kind.PROTOCOL,
        response,
        "the answer has another shape than documented; check the address and the API version");
  }

  private static CallFailure failure(Kind kind, Response response, String advice) {
    Details details = new Details(response.status(), "", List.of(), null, null, false);
    return CallFailure.of(
        new SalesforceException(kind, FailureDecoder.text(advice, details), details),
        Repeat.OUTCOME_UNKNOWN);
  }

  /** A byte order mark adds nothing to JSON. */
  private static byte[] withoutMark(byte[] body) {
    boolean marked =
        body.length >= 3
            && body[0] == (byte) 0xEF
            && body[1] == (byte) 0xBB
            && body[2] == (byte) 0xBF;
    return marked ? Arrays.copyOfRange(body, 3, body.length) : body;
  }

  private static boolean isBlank(byte[] body) {
    return firstInk(body) == body.length;
  }

  private static int firstInk(byte[] body) {
    int i = 0;
    while (i < body.length && body[i] <= ' ' && body[i] >= 0) {
      i++;
    }
    return i;
  }
}
