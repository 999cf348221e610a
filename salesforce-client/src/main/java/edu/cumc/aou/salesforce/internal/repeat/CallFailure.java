package edu.cumc.aou.salesforce.internal.repeat;

import edu.cumc.aou.salesforce.SalesforceException;
import feign.FeignException;
import java.time.Duration;

/**
 * One attempt failed. It is a {@link FeignException} only because Feign wraps every other exception
 * of a decoder; it holds nothing of the request or the answer.
 */
public final class CallFailure extends FeignException {

  private static final long serialVersionUID = 1L;

  private final SalesforceException failure;
  private final Repeat repeat;
  private final Duration leastWait;
  private final transient String refusedToken;

  private CallFailure(
      SalesforceException failure, Repeat repeat, Duration leastWait, String refusedToken) {
    super(failure.status().orElse(0), "an attempt failed");
    this.failure = failure;
    this.repeat = repeat;
    this.leastWait = leastWait;
    this.refusedToken = refusedToken;
  }

  public static CallFailure of(SalesforceException failure, Repeat repeat) {
    return new CallFailure(failure, repeat, failure.retryAfter().orElse(Duration.ZERO), "");
  }

  /** A failure; trying again before {@code leastWait} is useless. */
  public static CallFailure of(SalesforceException failure, Repeat repeat, Duration leastWait) {
    Duration asked = failure.retryAfter().orElse(Duration.ZERO);
    return new CallFailure(failure, repeat, asked.compareTo(leastWait) > 0 ? asked : leastWait, "");
  }

  /** The session with this token has ended. */
  public static CallFailure sessionEnded(SalesforceException failure, String refusedToken) {
    return new CallFailure(failure, Repeat.AFTER_LOGIN, Duration.ZERO, refusedToken);
  }

  public SalesforceException failure() {
    return failure;
  }

  Repeat repeat() {
    return repeat;
  }

  Duration leastWait() {
    return leastWait;
  }

  String refusedToken() {
    return refusedToken;
  }
}
