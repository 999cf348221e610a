package edu.cumc.aou.salesforce.internal.login;

import com.fasterxml.jackson.databind.ObjectMapper;
import edu.cumc.aou.salesforce.SalesforceException.Details;
import edu.cumc.aou.salesforce.SalesforceException.Kind;
import edu.cumc.aou.salesforce.internal.repeat.FailureDecoder;
import edu.cumc.aou.salesforce.internal.repeat.Repeat;
import edu.cumc.aou.salesforce.internal.repeat.Verdicts;
import edu.cumc.aou.salesforce.internal.repeat.Verdicts.Verdict;
import edu.cumc.aou.salesforce.internal.wire.ErrorBody;
import edu.cumc.aou.salesforce.internal.wire.ErrorBody.ApiError;
import feign.Response;
import feign.codec.ErrorDecoder;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Judges refused logins. Repeats only what is certainly no verdict on the credentials, because
 * anything else may count towards locking the user out.
 */
public final class LoginFailures implements ErrorDecoder {

  private final Supplier<ObjectMapper> mapper;
  private final Clock clock;

  public LoginFailures(Supplier<ObjectMapper> mapper, Clock clock) {
    this.mapper = mapper;
    this.clock = clock;
  }

  @Override
  public Exception decode(String methodKey, Response response) {
    byte[] bytes = FailureDecoder.bytes(response);
    Optional<SoapAnswer> fault =
        SoapAnswer.parse(bytes).filter(answer -> !answer.faultCode().isEmpty());
    ErrorBody body =
        fault.isPresent()
            ? new ErrorBody(
                List.of(new ApiError(fault.get().faultCode(), fault.get().faultText(), List.of())))
            : ErrorBody.parse(mapper.get(), bytes);
    Details details = FailureDecoder.details(response, body, clock);
    ApiError error = body.first();
    return FailureDecoder.failure(
        body.isReadable()
            ? judge(error, response.status(), details)
            : Verdicts.byStatus(response.status(), false, details.retryAfter() != null),
        details);
  }

  private static Verdict judge(ApiError error, int status, Details details) {
    String text = error.message().toLowerCase(Locale.ROOT);
    return switch (error.code()) {
      case "invalid_grant" -> invalidGrant(text);
      case "invalid_client", "invalid_client_id", "OAUTH_EC_APP_NOT_FOUND" -> invalidClient(text);
      case "invalid_app_access", "OAUTH_APP_ACCESS_DENIED", "OAUTH_APP_BLOCKED" ->
          refused(
              "the user may not use the app; let an administrator pre-authorise it for the user's"
                  + " profile or permission set, or unblock it (Setup, Connected Apps OAuth"
                  + " Usage)");
      case "INVALID_OPERATION" ->
          refused(
              "the org has switched the SOAP login off; log in with jwt or client-credentials"
                  + " (salesforce.auth.type), or let an administrator switch it on for the time"
                  + " being (Setup, User Interface)");
      case "LOGIN_DURING_RESTRICTED_DOMAIN" ->
          refused(
              "the user may not log in from this machine's address; let an administrator add it to"
                  + " the login IP ranges of the user's profile");
      case "LOGIN_DURING_RESTRICTED_TIME" ->
          refused(
              "the user may not log in at this hour; run at another time, or let an administrator"
                  + " widen the login hours of the user's profile");
      case "PASSWORD_LOCKOUT" ->
          refused(
              "the user is locked out after too many wrong passwords; let an administrator unlock"
                  + " the user, and correct the password before trying again");
      case "LOGIN_CHALLENGE_ISSUED", "LOGIN_CHALLENGE_PENDING" ->
          refused(
              "Salesforce wants this login verified; let an administrator trust this machine's"
                  + " address, or log in with jwt or client-credentials (salesforce.auth.type)");
      case "ORG_LOCKED", "TRIAL_EXPIRED" ->
          refused(
              "the whole org is locked, or its trial is over; ask the org's"
                  + " administrator, and Salesforce");
      case "API_DISABLED_FOR_ORG", "API_CURRENTLY_DISABLED" ->
          refused(
              "the org or the user has no API; let an administrator enable it for the org and give"
                  + " the user's profile or permission set API Enabled");
      case "inactive_user", "inactive_org" ->
          refused("the user or the org is not active; ask an administrator");
      case "unsupported_grant_type", "invalid_request" ->
          new Verdict(
              Kind.CONFIGURATION,
              Repeat.NEVER,
              "this host does not offer that way to log in, or the org blocks it; check"
                  + " salesforce.auth.type and the login address, and for oauth-password whether"
                  + " the org allows it (Setup, OAuth and OpenID Connect Settings)");
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

  /** A JWT login has no secret that could be wrong. */
  private static Verdict invalidClient(String description) {
    return description.contains("not installed") || description.contains("not found")
        ? refused(
            "the app that salesforce.auth.client-id names is not installed in this org; let an"
                + " administrator install and approve it, and check that the login address is the"
                + " right org's")
        : refused(
            "the login does not accept salesforce.auth.client-id, or salesforce.auth.client-secret"
                + " where there is one; check both, and that the app is installed and approved in"
                + " this org");
  }

  private static Verdict invalidGrant(String description) {
    if (description.contains("ip restricted")) {
      return refused(
          "the user may not log in from this machine's address; let an administrator add it to the"
              + " login IP ranges of the user's profile, or relax the app's IP restrictions");
    }
    if (description.contains("inactive user") || description.contains("inactive org")) {
      return refused("the user or the org is not active; ask an administrator");
    }
    if (description.contains("not admin approved") || description.contains("not approved")) {
      return refused(
          "the user may not use the app; let an administrator pre-authorise it for the user's"
              + " profile or permission set");
    }
    if (description.contains("not supported on this domain")
        || description.contains("no client credentials user")) {
      return refused(
          "client credentials need the org's own My Domain address and a user that the connected"
              + " app runs as; check salesforce.login-url and the app");
    }
    if (description.contains("hasn't approved")) {
      return refused(
          "the user has not approved the connected app; let an administrator pre-authorise it, and"
              + " check that salesforce.login-url is the right org");
    }
    if (description.contains("audience") || description.contains("assertion")) {
      return refused(
          "the signed assertion was refused; check salesforce.auth.audience, salesforce.login-url,"
              + " salesforce.auth.client-id and whether the certificate belongs to the key");
    }
    if (description.contains("expired authorization code")) {
      return refused("the signed assertion counts as expired; check this machine's clock");
    }
    return refused(
        "the login was refused: credentials are wrong, the user is inactive, locked out or not"
            + " allowed from this address, or the org blocks logins by password over OAuth (Setup,"
            + " OAuth and OpenID Connect Settings); check them before trying again");
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
