package edu.cumc.aou.salesforce.internal;

import com.fasterxml.jackson.databind.ObjectMapper;
import edu.cumc.aou.salesforce.SalesforceException.Details;
import edu.cumc.aou.salesforce.SalesforceException.Kind;
import edu.cumc.aou.salesforce.internal.ErrorBody.ApiError;
import edu.cumc.aou.salesforce.internal.Verdicts.Verdict;
import feign.Response;
import feign.codec.ErrorDecoder;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Judges refused logins. Whatever may count towards locking the user out is not repeated: only what
 * is certainly no verdict on the credentials is.
 */
final class LoginFailures implements ErrorDecoder {

  private final ObjectMapper mapper;
  private final Clock clock;

  LoginFailures(ObjectMapper mapper, Clock clock) {
    this.mapper = mapper;
    this.clock = clock;
  }

  @Override
  public Exception decode(String methodKey, Response response) {
    byte[] bytes = FailureDecoder.bytes(response);
    Optional<String> fault =
        SoapAnswer.parse(bytes).map(SoapAnswer::faultCode).filter(code -> !code.isEmpty());
    ErrorBody body =
        fault.isPresent()
            ? new ErrorBody(List.of(new ApiError(fault.get(), "", List.of())))
            : ErrorBody.parse(mapper, bytes);
    Details details = FailureDecoder.details(response, body, clock);
    ApiError error = body.first();
    return FailureDecoder.failure(
        body.isReadable()
            ? judge(error, response.status(), details)
            : Verdicts.byStatus(response.status(), false, details.retryAfter() != null),
        details);
  }

  private static Verdict judge(ApiError error, int status, Details details) {
    return switch (error.code()) {
      case "invalid_grant" -> invalidGrant(error.message().toLowerCase(Locale.ROOT));
      case "invalid_client", "invalid_client_id" ->
          refused("the login does not accept client-id and client-secret; check both");
      case "invalid_app_access" ->
          refused("the user may not use the connected app; let an administrator approve it");
      case "inactive_user", "inactive_org" ->
          refused("the user or the org is not active; ask an administrator");
      case "unsupported_grant_type", "invalid_request" ->
          new Verdict(
              Kind.CONFIGURATION,
              Repeat.NEVER,
              "this host does not offer that way to log in; check auth.type and the login address");
      case "INVALID_LOGIN", "INVALID_SSO_GATEWAY_URL", "LOGIN_MUST_USE_SECURITY_TOKEN" ->
          refused(
              "user name, password or security token is wrong, or the user is locked out; check"
                  + " them before trying again");
      case "INVALID_OPERATION_WITH_EXPIRED_PASSWORD", "PASSWORD_EXPIRED" ->
          refused("the integration user's password has expired; set a new one");
      case "rate_limit_exceeded", "LOGIN_RATE_EXCEEDED" ->
          new Verdict(
              Kind.THROTTLED, Repeat.NEVER, "too many logins of this user; try again in an hour");
      case "REQUEST_LIMIT_EXCEEDED" ->
          new Verdict(
              Kind.THROTTLED,
              Repeat.NEVER,
              "the org's API calls of the last 24 hours are used up; run again tomorrow");
      case "unknown_error", "SERVER_UNAVAILABLE", "UNKNOWN_EXCEPTION", "temporarily_unavailable" ->
          new Verdict(
              Kind.UNAVAILABLE,
              Repeat.NOT_EXECUTED,
              "the login is not available at the moment; try again later");
      case "UNSUPPORTED_API_VERSION", "NOT_FOUND" ->
          new Verdict(
              Kind.CONFIGURATION,
              Repeat.NEVER,
              "the login address or its API version is wrong; the SOAP login takes 64.0 at most");
      default -> byStatus(status, details);
    };
  }

  private static Verdict invalidGrant(String description) {
    if (description.contains("not supported on this domain")
        || description.contains("no client credentials user")) {
      return refused(
          "client credentials need the org's own My Domain address and a user that the connected"
              + " app runs as; check login-url and the app");
    }
    if (description.contains("hasn't approved")) {
      return refused(
          "the user has not approved the connected app; let an administrator pre-authorise it, and"
              + " check that login-url is the right org");
    }
    if (description.contains("audience") || description.contains("assertion")) {
      return refused(
          "the signed assertion was refused; check audience, login-url, client-id and whether the"
              + " certificate belongs to the key");
    }
    if (description.contains("expired authorization code")) {
      return refused("the signed assertion counts as expired; check this machine's clock");
    }
    return refused(
        "the login was refused: credentials are wrong, or the user is inactive, locked out or not"
            + " allowed from this address; check them before trying again");
  }

  private static Verdict refused(String advice) {
    return new Verdict(Kind.AUTHENTICATION, Repeat.NEVER, advice);
  }

  private static Verdict byStatus(int status, Details details) {
    if (status == 420 || status == 429 || status == 502 || status == 503 || status == 504) {
      return Verdicts.byStatus(status, true, details.retryAfter() != null);
    }
    return refused("the login was refused; check the login settings before trying again");
  }
}
