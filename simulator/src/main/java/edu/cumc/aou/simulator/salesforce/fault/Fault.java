package edu.cumc.aou.simulator.salesforce.fault;

import edu.cumc.aou.simulator.salesforce.http.Answer;
import edu.cumc.aou.simulator.salesforce.http.ApiException;
import edu.cumc.aou.simulator.salesforce.http.Mishap;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** A deliberate failure of a request. Immutable; see {@link Faults}. */
public final class Fault {
  private final Kind kind;
  private final String name;
  private final Optional<Answer> answer;
  private final Optional<Mishap> mishap;

  /** When the fault strikes and what it does. */
  public enum Kind {
    ANSWER,
    EXPIRED_SESSION,
    RESET_BEFORE,
    RESET_AFTER,
    TRUNCATED,
    STALLED,
    INSIDE
  }

  private Fault(Kind kind, Optional<Answer> answer) {
    this(kind, kind.name().toLowerCase(Locale.ROOT).replace('_', '-'), answer, Optional.empty());
  }

  private Fault(Kind kind, String name, Optional<Answer> answer, Optional<Mishap> mishap) {
    this.kind = kind;
    this.name = name;
    this.answer = answer;
    this.mishap = mishap;
  }

  /**
   * Answers this instead of doing anything.
   *
   * @param status the HTTP status
   * @param headers the headers; {@code Content-Type} is plain text if it is not among them
   * @param body the body, which may be empty
   * @return the fault
   */
  public static Fault answer(int status, Map<String, String> headers, String body) {
    Objects.requireNonNull(body, "body is null");
    Answer answer = Answer.text(status, body.isEmpty() ? "" : "text/plain;charset=UTF-8", body);
    for (Map.Entry<String, String> header : headers.entrySet()) {
      answer =
          header.getKey().equalsIgnoreCase("Content-Type")
              ? Answer.text(status, header.getValue(), body)
              : answer;
    }
    for (Map.Entry<String, String> header : headers.entrySet()) {
      if (!header.getKey().equalsIgnoreCase("Content-Type")) {
        answer = answer.withHeader(header.getKey(), header.getValue());
      }
    }
    return new Fault(Kind.ANSWER, Optional.of(answer));
  }

  /**
   * Answers an error of the data API instead of doing anything.
   *
   * @param status the HTTP status
   * @param errorCode the code, such as {@code UNABLE_TO_LOCK_ROW}
   * @param message its text
   * @return the fault
   */
  public static Fault error(int status, String errorCode, String message) {
    return of(Answer.error(ApiException.of(status, errorCode, message)));
  }

  /**
   * Answers 503 with {@code Retry-After}.
   *
   * @param retryAfter when to come back, in whole seconds
   * @return the fault
   */
  public static Fault unavailable(Duration retryAfter) {
    return of(
        Answer.error(ApiException.of(503, "SERVER_UNAVAILABLE", "Server unavailable"))
            .withHeader("Retry-After", String.valueOf(retryAfter.toSeconds())));
  }

  /**
   * Answers an HTML page, as proxies do.
   *
   * @param status the HTTP status, which may well be 200
   * @return the fault
   */
  public static Fault html(int status) {
    return of(Answer.html(status, "Down for Maintenance"));
  }

  /**
   * Answers 403 as if the daily API limit were used up.
   *
   * @return the fault
   */
  public static Fault requestLimitExceeded() {
    return error(403, "REQUEST_LIMIT_EXCEEDED", "TotalRequests Limit exceeded.");
  }

  /**
   * Answers 200 without a body.
   *
   * @return the fault
   */
  public static Fault emptyAnswer() {
    return of(Answer.empty(200));
  }

  /**
   * Ends the caller's session before looking at the request.
   *
   * @return the fault
   */
  public static Fault expiredSession() {
    return new Fault(Kind.EXPIRED_SESSION, Optional.empty());
  }

  /**
   * Resets the connection without doing anything.
   *
   * @return the fault
   */
  public static Fault resetBeforeApply() {
    return new Fault(Kind.RESET_BEFORE, Optional.empty());
  }

  /**
   * Does what the request asks, then resets the connection, so that the answer is lost.
   *
   * @return the fault
   */
  public static Fault resetAfterApply() {
    return new Fault(Kind.RESET_AFTER, Optional.empty());
  }

  /**
   * Does what the request asks, then ends the connection in the middle of the answer's body, or
   * before an answer that has none.
   *
   * @return the fault
   */
  public static Fault truncatedBody() {
    return new Fault(Kind.TRUNCATED, Optional.empty());
  }

  /**
   * Does what the request asks, then stops in the middle of the answer's body and keeps the
   * connection until the simulator is closed.
   *
   * @return the fault
   */
  public static Fault stalledBody() {
    return new Fault(Kind.STALLED, Optional.empty());
  }

  /**
   * Lets the bulk job that the request creates or names fail, before a row is processed.
   *
   * @param message why, as {@code errorMessage} shows it, such as {@code TooManyLockFailure : Too
   *     many lock failure 200 Trying again later.}
   * @return the fault
   */
  public static Fault jobFailed(String message) {
    return rowsUnprocessed(0, message);
  }

  /**
   * Makes the bulk job that the request creates or names fail halfway, so that its other rows stay
   * unprocessed. A job without more rows ends well.
   *
   * @param processed how many rows are processed before
   * @param message why, as {@code errorMessage} shows it
   * @return the fault
   */
  public static Fault rowsUnprocessed(int processed, String message) {
    return ofJob("rows-unprocessed", new Mishap.OfJob(processed, Optional.of(message)));
  }

  /**
   * Lets the bulk job that the request creates or names stay {@code InProgress} until it is
   * aborted.
   *
   * @param processed how many rows are processed before
   * @return the fault
   */
  public static Fault jobStuck(int processed) {
    return ofJob("job-stuck", new Mishap.OfJob(processed, Optional.empty()));
  }

  private static Fault ofJob(String name, Mishap.OfJob job) {
    if (job.afterRows() < 0) {
      throw new IllegalArgumentException("processed is negative");
    }
    return new Fault(Kind.INSIDE, name, Optional.empty(), Optional.of(job));
  }

  /**
   * Leaves the second half of the rows out of a page of a bulk job's results, without any other
   * sign.
   *
   * @return the fault
   */
  public static Fault resultsCut() {
    return new Fault(
        Kind.INSIDE, "results-cut", Optional.empty(), Optional.of(new Mishap.ResultsCut()));
  }

  private static Fault of(Answer answer) {
    return new Fault(Kind.ANSWER, Optional.of(answer));
  }

  /** The same under the requested name. */
  Fault named(String other) {
    return new Fault(kind, other, answer, mishap);
  }

  /** Its name in logs. */
  public String name() {
    return name;
  }

  public Kind kind() {
    return kind;
  }

  /** The answer to give instead; only for {@link Kind#ANSWER}. */
  public Optional<Answer> answer() {
    return answer;
  }

  /** The failure inside the resource; only for {@link Kind#INSIDE}. */
  public Optional<Mishap> mishap() {
    return mishap;
  }

  @Override
  public String toString() {
    return "Fault " + name;
  }
}
