package edu.cumc.aou.salesforce;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One attempt at a call. Holds no value, id, address or query.
 *
 * @param kind what the call was for
 * @param operation the same in words, with at most the name of the object: {@code update many
 *     Contact}
 * @param number counts the attempts at the call, from 1
 * @param took from sending to the end of the answer; for a file of rows, to its beginning
 * @param result how it ended
 * @param failureOrNull how it failed; null if it was answered
 * @param errorCode the server's error code; empty text if there is none
 * @param pause how long the client waits before the next attempt; zero if there is none
 */
public record CallAttempt(
    CallKind kind,
    String operation,
    int number,
    Duration took,
    Result result,
    SalesforceException.@Nullable Kind failureOrNull,
    String errorCode,
    Duration pause) {

  /** How an attempt ended. */
  public enum Result {
    /** The answer is good. */
    ANSWERED,
    /** It failed and the call is sent again. */
    REPEATED,
    /** The session had ended: the call is sent again after a login. */
    SESSION_ENDED,
    /** It failed, and so did the call. */
    FAILED
  }

  /** How it failed; empty if it was answered. */
  public Optional<SalesforceException.Kind> failure() {
    return Optional.ofNullable(failureOrNull);
  }
}
