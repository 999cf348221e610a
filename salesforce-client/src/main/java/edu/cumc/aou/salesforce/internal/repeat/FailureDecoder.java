package edu.cumc.aou.salesforce.internal.repeat;

import com.fasterxml.jackson.databind.ObjectMapper;
import edu.cumc.aou.salesforce.SalesforceException;
import edu.cumc.aou.salesforce.SalesforceException.Details;
import edu.cumc.aou.salesforce.SalesforceException.Kind;
import edu.cumc.aou.salesforce.internal.repeat.Verdicts.Verdict;
import edu.cumc.aou.salesforce.internal.wire.ErrorBody;
import edu.cumc.aou.salesforce.internal.wire.ErrorBody.ApiError;
import edu.cumc.aou.salesforce.internal.wire.Headers;
import edu.cumc.aou.salesforce.internal.wire.Usage;
import feign.Response;
import feign.Util;
import feign.codec.ErrorDecoder;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/** Turns every answer outside 2xx of the data API into a {@link CallFailure}. */
public final class FailureDecoder implements ErrorDecoder {

  /** Concurrency limits concern calls of more than twenty seconds. */
  private static final Duration CONCURRENCY_WAIT = Duration.ofSeconds(30);

  private final Supplier<ObjectMapper> mapper;
  private final Usage usage;
  private final Clock clock;

  public FailureDecoder(Supplier<ObjectMapper> mapper, Usage usage, Clock clock) {
    this.mapper = mapper;
    this.usage = usage;
    this.clock = clock;
  }

  @Override
  public Exception decode(String methodKey, Response response) {
    return failure(response);
  }

  /** Reads the failure from an answer outside 2xx; leaves the body open. */
  public CallFailure failure(Response response) {
    ErrorBody body = ErrorBody.parse(mapper.get(), bytes(response));
    ApiError error = body.first();
    Details details = details(response, body, clock);
    if (response.status() == 401) {
      return unauthorised(response, body, details);
    }
    if (response.status() == 300) {
      // The body lists the addresses of the records: ids, not errors.
      Details ambiguous = new Details(300, "MULTIPLE_CHOICES", List.of(), null, null, false);
      return failure(Verdicts.byStatus(300, true, false), ambiguous);
    }
    if (error.code().equals("REQUEST_LIMIT_EXCEEDED")) {
      return limit(error, details);
    }
    boolean hasRetryAfter = details.retryAfter() != null;
    return failure(
        Verdicts.byError(error)
            .orElseGet(
                () -> Verdicts.byStatus(response.status(), body.isReadable(), hasRetryAfter)),
        details);
  }

  public static Details details(Response response, ErrorBody body, Clock clock) {
    String errorId = body.errorId();
    String requestId =
        errorId.isEmpty()
            ? Headers.first(response.headers(), "X-Request-Id")
                .filter(id -> id.matches("[A-Za-z0-9._-]{1,80}"))
                .orElse(null)
            : errorId;
    return new Details(
        response.status(),
        body.isReadable() ? body.first().code() : "",
        body.fields(),
        requestId,
        Headers.retryAfter(response, clock.instant()).orElse(null),
        false);
  }

  public static byte[] bytes(Response response) {
    if (response.body() == null) {
      return new byte[0];
    }
    try (InputStream in = response.body().asInputStream()) {
      return Util.toByteArray(in);
    } catch (IOException e) {
      // The body is in memory already; without it the status must do.
      return new byte[0];
    }
  }

  public static CallFailure failure(Verdict verdict, Details details) {
    return CallFailure.of(
        new SalesforceException(verdict.kind(), text(verdict.advice(), details), details),
        verdict.repeat());
  }

  /** The advice with the codes and names that may be shown. */
  public static String text(String advice, Details details) {
    StringBuilder text = new StringBuilder(advice).append(" [");
    if (!details.errorCode().isEmpty()) {
      text.append(details.errorCode()).append(", ");
    }
    text.append("HTTP ").append(details.status());
    if (!details.fields().isEmpty()) {
      text.append(", fields ").append(String.join(", ", details.fields()));
    }
    if (details.requestId() != null) {
      text.append(", request id ").append(details.requestId());
    }
    return text.append(']').toString();
  }

  private CallFailure unauthorised(Response response, ErrorBody body, Details details) {
    ApiError error = body.first();
    boolean sessionEnded =
        error.code().equals("INVALID_SESSION_ID")
            || error.code().equals("Bad_OAuth_Token")
            || Headers.has(response, "Sfdc-OAuth-Error")
            || !body.isReadable();
    // A new session would be refused for the same reason.
    boolean wrongSort =
        error.message().contains("not valid for use with the REST API")
            || error.message().contains("not attached to Agent");
    if (sessionEnded && !wrongSort) {
      return CallFailure.sessionEnded(
          new SalesforceException(
              Kind.AUTHENTICATION,
              text(
                  "Salesforce refuses the session even after a new login; check that the user may"
                      + " use the API",
                  details),
              details),
          token(response));
    }
    if (wrongSort) {
      return failure(
          new Verdict(
              Kind.AUTHENTICATION,
              Repeat.NEVER,
              "this sort of session may not use the REST API; log in another way"),
          details);
    }
    return failure(
        Verdicts.byError(error)
            .filter(v -> v.kind() == Kind.AUTHENTICATION)
            .orElseGet(() -> Verdicts.byStatus(401, true, false)),
        details);
  }

  /**
   * The day's calls are used up, or too many run at once. The text that tells them apart may be in
   * the user's language; the header is not.
   */
  private CallFailure limit(ApiError error, Details details) {
    boolean concurrency =
        error.message().contains("Concurrent")
            || (!error.message().contains("TotalRequests") && !usage.isUsedUp());
    if (concurrency) {
      return CallFailure.of(
          new SalesforceException(
              Kind.UNAVAILABLE,
              text("too many long calls run in the org at once; try again later", details),
              details),
          Repeat.NOT_EXECUTED,
          CONCURRENCY_WAIT);
    }
    return failure(
        new Verdict(
            Kind.THROTTLED,
            Repeat.NEVER,
            "the org's API calls of the last 24 hours are used up; run again tomorrow or buy more"),
        details);
  }

  private static String token(Response response) {
    return Headers.first(response.request().headers(), "Authorization")
        .filter(h -> h.startsWith("Bearer "))
        .map(h -> h.substring("Bearer ".length()))
        .orElse("");
  }
}
