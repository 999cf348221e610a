package edu.cumc.aou.salesforce;

import edu.cumc.aou.salesforce.SalesforceException.Kind;
import edu.cumc.aou.simulator.salesforce.fault.Fault;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What can go wrong with a call, and what a client may conclude from it. */
enum MatrixFault {
  UNAVAILABLE(Fault.unavailable(Duration.ofSeconds(3)), Effect.NOT_DONE),
  NO_ROUTE(Fault.answer(420, Map.of(), ""), Effect.NOT_DONE),
  TOO_MANY_CALLS(Fault.answer(429, Map.of("Retry-After", "7"), ""), Effect.NOT_DONE),
  TOO_MANY_AT_ONCE(
      Fault.error(
          403,
          "REQUEST_LIMIT_EXCEEDED",
          "ConcurrentRequests (Concurrent API Requests) Limit exceeded."),
      Effect.NOT_DONE),
  ROW_LOCKED(
      Fault.error(400, "UNABLE_TO_LOCK_ROW", "unable to obtain exclusive access"), Effect.NOT_DONE),
  SESSION_ENDED(Fault.expiredSession(), Effect.SESSION),
  INTERNAL_ERROR(
      Fault.error(500, "UNKNOWN_EXCEPTION", "An unexpected error occurred."), Effect.UNKNOWN),
  EMPTY_500(Fault.answer(500, Map.of(), ""), Effect.UNKNOWN),
  BAD_GATEWAY(Fault.html(502), Effect.UNKNOWN),
  MAINTENANCE_PAGE(Fault.html(503), Effect.UNKNOWN),
  PAGE_WITH_200(Fault.html(200), Effect.UNKNOWN),
  EMPTY_200(Fault.emptyAnswer(), Effect.UNKNOWN),
  RESET_BEFORE(Fault.resetBeforeApply(), Effect.UNKNOWN),
  RESET_AFTER(Fault.resetAfterApply(), Effect.UNKNOWN),
  CUT_SHORT(Fault.truncatedBody(), Effect.UNKNOWN),
  STALLED(Fault.stalledBody(), Effect.UNKNOWN),
  DAY_USED_UP(Fault.requestLimitExceeded(), Kind.THROTTLED),
  NO_STORAGE(Fault.error(400, "STORAGE_LIMIT_EXCEEDED", "storage limit exceeded"), Kind.THROTTLED),
  API_SWITCHED_OFF(
      Fault.error(403, "API_CURRENTLY_DISABLED", "API is disabled for this user"),
      Kind.CONFIGURATION),
  ELSEWHERE(
      Fault.answer(302, Map.of("Location", "https://elsewhere.example.org/"), ""),
      Kind.CONFIGURATION);

  /** What the fault says of the call. */
  enum Effect {
    /** It was certainly not carried out, and may be later. */
    NOT_DONE,
    /** Nobody knows whether it was. */
    UNKNOWN,
    /** It was not carried out, and will be after a login. */
    SESSION,
    /** It was not carried out, and will not be. */
    REFUSED
  }

  private final Fault fault;
  private final Effect effect;
  private final @Nullable Kind kind;

  MatrixFault(Fault fault, Effect effect) {
    this.fault = fault;
    this.effect = effect;
    kind = null;
  }

  MatrixFault(Fault fault, Kind kind) {
    this.fault = fault;
    effect = Effect.REFUSED;
    this.kind = kind;
  }

  Fault fault() {
    return fault;
  }

  Effect effect() {
    return effect;
  }

  /** How a refusal is told. */
  @Nullable Kind kind() {
    return kind;
  }
}
