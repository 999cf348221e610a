package edu.cumc.aou.salesforce.internal.repeat;

import edu.cumc.aou.salesforce.SalesforceException.Kind;
import edu.cumc.aou.salesforce.internal.wire.ErrorBody;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What each error code means. Unlisted codes, and every release brings new ones, are judged by the
 * HTTP status.
 */
public final class Verdicts {

  /**
   * The judgement of a failure.
   *
   * @param advice what happened and what to do
   */
  public record Verdict(Kind kind, Repeat repeat, String advice) {}

  /** Codes of one record with a passing cause. */
  private static final List<String> PASSING =
      List.of("UNABLE_TO_LOCK_ROW", "TooManyLockFailure", "REQUEST_RUNNING_TOO_LONG");

  /** Codes of triggers and flows, which may hide a locked row. */
  private static final List<String> WRAPPING =
      List.of("CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY", "CANNOT_EXECUTE_FLOW_TRIGGER");

  private static final String DATA =
      "Salesforce refused the record's data; correct the named fields";
  private static final String NAMES =
      "Salesforce does not know an object or field, or the user may not use it; compare the mapping"
          + " with describe and check the user's field permissions";
  private static final String PERMISSION =
      "the user may not do this; give the integration user the permission";

  private static final Map<String, Verdict> BY_CODE = new HashMap<>();

  static {
    put(Kind.CONFIGURATION, Repeat.NEVER, NAMES, "INVALID_FIELD", "INVALID_TYPE");
    put(
        Kind.CONFIGURATION,
        Repeat.NEVER,
        "the user may not set one of the fields; check the field permissions of the integration user",
        "INVALID_FIELD_FOR_INSERT_UPDATE");
    put(
        Kind.CONFIGURATION,
        Repeat.NEVER,
        "the user may not use the API; enable it for the org and in the user's profile",
        "API_DISABLED_FOR_ORG",
        "API_CURRENTLY_DISABLED",
        "FUNCTIONALITY_NOT_ENABLED");
    put(Kind.CONFIGURATION, Repeat.NEVER, PERMISSION, "INSUFFICIENT_ACCESS");
    put(
        Kind.CONFIGURATION,
        Repeat.NEVER,
        "Salesforce does not understand the query; if it holds a condition from the settings,"
            + " correct it there",
        "MALFORMED_QUERY",
        "QUERY_TOO_COMPLICATED");
    put(
        Kind.CONFIGURATION,
        Repeat.NEVER,
        "Salesforce no longer offers this API version; set a newer one",
        "GONE",
        "UNSUPPORTED_API_VERSION");
    put(
        Kind.CONFIGURATION,
        Repeat.NEVER,
        "the call holds more than Salesforce takes at once; send less in one call",
        "LIMIT_EXCEEDED",
        "EXCEEDED_ID_LIMIT",
        "OPERATION_TOO_LARGE");
    put(
        Kind.CONFIGURATION,
        Repeat.NEVER,
        "the window of the change feed is empty or reaches back too far; ask for at least a minute"
            + " of the last 15 days",
        "INVALID_REPLICATION_DATE");
    put(
        Kind.AUTHENTICATION,
        Repeat.NEVER,
        "the integration user's password has expired; set a new one",
        "INVALID_OPERATION_WITH_EXPIRED_PASSWORD");
    put(
        Kind.AUTHENTICATION,
        Repeat.NEVER,
        "Salesforce refused the session's form; check the login settings",
        "INVALID_AUTH_HEADER");
    put(
        Kind.NOT_FOUND,
        Repeat.NEVER,
        "Salesforce knows no such object, field, version or record, or the user may not see it",
        "NOT_FOUND");
    put(Kind.NOT_FOUND, Repeat.NEVER, "the record is deleted in Salesforce", "ENTITY_IS_DELETED");
    put(
        Kind.REJECTED,
        Repeat.NEVER,
        DATA,
        "JSON_PARSER_ERROR",
        "MALFORMED_ID",
        "INSUFFICIENT_ACCESS_OR_READONLY",
        "INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY",
        "INVALID_CROSS_REFERENCE_KEY");
    put(
        Kind.REJECTED,
        Repeat.NEVER,
        "a duplicate rule found another record; decide in Salesforce which one stays",
        "DUPLICATES_DETECTED",
        "DUPLICATE_VALUE",
        "DUPLICATE_EXTERNAL_ID");
    put(
        Kind.THROTTLED,
        Repeat.NEVER,
        "the org is out of storage; free some or buy more",
        "STORAGE_LIMIT_EXCEEDED");
    put(
        Kind.UNAVAILABLE,
        Repeat.NOT_EXECUTED,
        "another process holds the record; try again later",
        "UNABLE_TO_LOCK_ROW");
    put(
        Kind.UNAVAILABLE,
        Repeat.NEVER,
        "Salesforce has forgotten where the query stood; run the query again",
        "INVALID_QUERY_LOCATOR");
    put(
        Kind.UNAVAILABLE,
        Repeat.OUTCOME_UNKNOWN,
        "the query took Salesforce too long; narrow its condition or try again when the org is quiet",
        "QUERY_TIMEOUT");
    put(
        Kind.UNAVAILABLE,
        Repeat.SMALLER,
        "the call took Salesforce too long; its triggers or flows need attention, or send less",
        "REQUEST_RUNNING_TOO_LONG");
    put(
        Kind.UNAVAILABLE,
        Repeat.OUTCOME_UNKNOWN,
        "Salesforce failed inside; try again later, and name the request id to its support",
        "UNKNOWN_EXCEPTION",
        "APEX_ERROR",
        "UNKNOWN_ERROR");
    put(
        Kind.UNAVAILABLE,
        Repeat.NOT_EXECUTED,
        "Salesforce is being maintained or is overloaded; try again later",
        "SERVER_UNAVAILABLE");
    put(
        Kind.REJECTED,
        Repeat.NEVER,
        "the job stands where this is not allowed; look how it stands",
        "INVALIDJOBSTATE",
        "INVALIDJOB",
        "INVALIDBATCH",
        "BULK_API_ERROR");
    put(
        Kind.CONFIGURATION,
        Repeat.NEVER,
        "Salesforce refuses such a job; check object, operation, query and the user's permissions",
        "API_ERROR",
        "INVALIDENTITY",
        "CLIENTINPUTERROR",
        "INVALIDOPERATION",
        "FEATURENOTENABLED");
    put(
        Kind.THROTTLED,
        Repeat.NEVER,
        "the org's Bulk allowance of the last 24 hours is used up; go on tomorrow",
        "EXCEEDEDQUOTA",
        "EXCEEDED_QUOTA");
  }

  private Verdicts() {}

  private static void put(Kind kind, Repeat repeat, String advice, String... codes) {
    for (String code : codes) {
      BY_CODE.put(code, new Verdict(kind, repeat, advice));
    }
  }

  private static Optional<Verdict> byCode(String code) {
    return Optional.ofNullable(BY_CODE.get(code));
  }

  /** The meaning of a code, and of some codes together with their text. */
  static Optional<Verdict> byError(ErrorBody.ApiError error) {
    if (hidesALock(error)) {
      return byCode("UNABLE_TO_LOCK_ROW");
    }
    if (error.code().startsWith("EXCEEDED_MAX_")) {
      return byCode("OPERATION_TOO_LARGE");
    }
    // A missing parent, named by an external id, is the record's fault.
    if (error.code().equals("INVALID_FIELD")
        && error.message().startsWith("Foreign key external ID")) {
      return Optional.of(new Verdict(Kind.REJECTED, Repeat.NEVER, DATA));
    }
    return byCode(error.code());
  }

  /** Judges an answer with an unknown code. */
  public static Verdict byStatus(int status, boolean readable, boolean hasRetryAfter) {
    return switch (status) {
      case 300 ->
          new Verdict(
              Kind.REJECTED,
              Repeat.NEVER,
              "several records have this external id; remove the duplicates in Salesforce");
      case 304, 412, 428 ->
          new Verdict(
              Kind.PROTOCOL, Repeat.NEVER, "Salesforce answered a condition that was not set");
      case 401 ->
          new Verdict(
              Kind.AUTHENTICATION, Repeat.NEVER, "Salesforce refused the session; check the login");
      case 403 -> new Verdict(Kind.CONFIGURATION, Repeat.NEVER, PERMISSION);
      case 404 ->
          new Verdict(
              Kind.CONFIGURATION,
              Repeat.NEVER,
              "there is no Salesforce API at this address; check login and instance address");
      case 405, 409, 410, 415 ->
          new Verdict(
              Kind.CONFIGURATION,
              Repeat.NEVER,
              "this address or API version does not take such a call; check the API version");
      case 407 ->
          new Verdict(Kind.CONFIGURATION, Repeat.NEVER, "the proxy wants a login; use another one");
      case 413, 414, 431 ->
          new Verdict(
              Kind.CONFIGURATION,
              Repeat.NEVER,
              "the call is longer than Salesforce takes; send less in one call");
      case 420 ->
          new Verdict(
              Kind.UNAVAILABLE,
              Repeat.NOT_EXECUTED,
              "Salesforce found no way to the org; try later");
      case 429 ->
          new Verdict(
              Kind.UNAVAILABLE, Repeat.NOT_EXECUTED, "too many calls at once; try again later");
      case 503 ->
          new Verdict(
              Kind.UNAVAILABLE,
              // A bare web page may come from a gateway that had passed the call on.
              readable || hasRetryAfter ? Repeat.NOT_EXECUTED : Repeat.OUTCOME_UNKNOWN,
              "Salesforce is being maintained or is overloaded; try again later");
      default -> byClass(status, readable);
    };
  }

  private static Verdict byClass(int status, boolean readable) {
    if (status >= 500) {
      return new Verdict(
          Kind.UNAVAILABLE, Repeat.OUTCOME_UNKNOWN, "Salesforce failed inside; try again later");
    }
    if (status >= 400) {
      return readable
          ? new Verdict(Kind.REJECTED, Repeat.NEVER, DATA)
          : new Verdict(
              Kind.PROTOCOL,
              Repeat.NEVER,
              "the answer is not Salesforce's; check the address and whether a proxy interferes");
    }
    if (status >= 300) {
      return new Verdict(
          Kind.CONFIGURATION,
          Repeat.NEVER,
          "the address leads elsewhere; set the org's own My Domain address");
    }
    return new Verdict(
        Kind.PROTOCOL, Repeat.NEVER, "the answer has a status that the protocol does not know");
  }

  /** Whether the same record may be accepted a little later. */
  public static boolean passes(ErrorBody.ApiError error) {
    return PASSING.contains(error.code()) || hidesALock(error);
  }

  /** Whether a trigger or a flow has failed, with all records of its call. */
  public static boolean isOfAutomation(String code) {
    return WRAPPING.contains(code);
  }

  private static boolean hidesALock(ErrorBody.ApiError error) {
    return WRAPPING.contains(error.code()) && error.message().contains("UNABLE_TO_LOCK_ROW");
  }
}
