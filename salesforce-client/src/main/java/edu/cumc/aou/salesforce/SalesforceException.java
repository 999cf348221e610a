package edu.cumc.aou.salesforce;

import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A call failed. The message is a constant text that says what happened and what to do, with codes
 * and field names at most. It never holds a value, an id, an address with values, or the server's
 * own text, because servers quote field values. For the same reason there is never a cause.
 */
public final class SalesforceException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final Kind kind;
  private final Details details;

  /** What went wrong, as far as callers must react differently. */
  public enum Kind {
    /** A setting, a name of an object or field, or a permission is wrong. */
    CONFIGURATION,
    /** The login, or the session, was refused. */
    AUTHENTICATION,
    /** Unreachable or overloaded, even after repeating; it may work later. */
    UNAVAILABLE,
    /** The org's daily calls are used up, or the rest is reserved. */
    THROTTLED,
    /** The other side gave an answer that the protocol does not allow. */
    PROTOCOL,
    /** Salesforce refused the data of the call's one record. */
    REJECTED,
    /** The record, object or field does not exist, or the user may not see it. */
    NOT_FOUND
  }

  /**
   * What is known about a failure.
   *
   * @param status the HTTP status; 0 if there was no answer
   * @param errorCode the server's error code; empty if it gave none
   * @param fields the API names of the fields that the server blames
   * @param requestId the server's own number of the error, for its support; null if it gave none
   * @param retryAfter how long the server asks the client to wait; null if it does not
   * @param answerLost whether the call may have been carried out although no good answer came
   */
  public record Details(
      int status,
      String errorCode,
      List<String> fields,
      @Nullable String requestId,
      @Nullable Duration retryAfter,
      boolean answerLost)
      implements Serializable {

    private static final long serialVersionUID = 1L;

    /** Nothing is known. */
    public static final Details NONE = new Details(0, "", List.of(), null, null, false);

    public Details {
      fields = List.copyOf(fields);
    }

    /** The same details with another value of {@link #answerLost}. */
    public Details withAnswerLost(boolean lost) {
      return new Details(status, errorCode, fields, requestId, retryAfter, lost);
    }
  }

  public SalesforceException(Kind kind, String message, Details details) {
    super(message);
    this.kind = kind;
    this.details = details;
  }

  public SalesforceException(Kind kind, String message) {
    this(kind, message, Details.NONE);
  }

  public Kind kind() {
    return kind;
  }

  /** The HTTP status; empty when there was no answer. */
  public OptionalInt status() {
    return details.status == 0 ? OptionalInt.empty() : OptionalInt.of(details.status);
  }

  /** The server's error code, such as {@code REQUIRED_FIELD_MISSING}; empty text if none. */
  public String errorCode() {
    return details.errorCode;
  }

  /** The API names of the fields that the server blames; may be empty. */
  public List<String> fields() {
    return details.fields;
  }

  /** The server's own number of the error. */
  public Optional<String> requestId() {
    return Optional.ofNullable(details.requestId);
  }

  /** How long the server asks the client to wait. */
  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(details.retryAfter);
  }

  /**
   * Whether Salesforce itself reported the failure: then nothing of the call is still in progress.
   * A gateway's page, silence and a broken connection leave that open.
   */
  public boolean isAnswered() {
    int code = status().orElse(0);
    return !errorCode().isEmpty() && code >= 400 && code != 502 && code != 504;
  }

  /**
   * Whether the call may have been carried out although no good answer came. Before sending a
   * create again, check whether the record exists.
   */
  public boolean answerLost() {
    return details.answerLost;
  }

  /** The same failure, for a call that may have been carried out. */
  public SalesforceException asAnswerLost() {
    SalesforceException lost = new SalesforceException(kind, text(), details.withAnswerLost(true));
    lost.setStackTrace(getStackTrace());
    return lost;
  }

  private String text() {
    return String.valueOf(getMessage());
  }
}
