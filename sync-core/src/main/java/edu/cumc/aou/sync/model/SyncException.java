package edu.cumc.aou.sync.model;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Stops a run as a whole. Trouble with one record is an outcome, never an exception.
 *
 * <p>The message says what happened, to which setting, field or table, and what to do next. It
 * never holds a PMI ID, a Salesforce id, a name, a value, a token, SQL, or the text of a driver or
 * a server.
 */
public class SyncException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final FailureKind kind;
  private final transient @Nullable Duration retryAfter;

  public SyncException(FailureKind kind, String message) {
    this(kind, message, null, null);
  }

  /** The cause must be free of personal data too, because stack traces print it. */
  public SyncException(FailureKind kind, String message, @Nullable Throwable cause) {
    this(kind, message, cause, null);
  }

  /** Also says when trying again makes sense. */
  public SyncException(
      FailureKind kind, String message, @Nullable Throwable cause, @Nullable Duration retryAfter) {
    super(message, cause);
    this.kind = kind;
    this.retryAfter = retryAfter;
  }

  public FailureKind kind() {
    return kind;
  }

  /** How long the other side asks us to wait, if it says so. */
  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }
}
