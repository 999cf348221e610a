package edu.cumc.aou.salesforce.internal.repeat;

import edu.cumc.aou.salesforce.CallAttempt;
import edu.cumc.aou.salesforce.CallAttempt.Result;
import edu.cumc.aou.salesforce.CallKind;
import edu.cumc.aou.salesforce.SalesforceException;
import edu.cumc.aou.salesforce.SalesforceListener;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reports attempts to the caller's listener, and survives its exceptions. Thread-safe. */
public final class Listeners {

  private static final Logger LOG = LoggerFactory.getLogger(Listeners.class);

  private final SalesforceListener listener;
  private final Clock clock;
  private final AtomicBoolean warned = new AtomicBoolean();

  public Listeners(SalesforceListener listener, Clock clock) {
    this.listener = listener;
    this.clock = clock;
  }

  /** An attempt is about to be sent. */
  Attempt begin(CallKind kind, String operation, int number) {
    return new Attempt(kind, operation, number);
  }

  /** An attempt in progress; exactly one of its methods is called. */
  final class Attempt {
    private final CallKind kind;
    private final String operation;
    private final int number;
    private final Instant began = clock.instant();

    Attempt(CallKind kind, String operation, int number) {
      this.kind = kind;
      this.operation = operation;
      this.number = number;
    }

    void answered() {
      tell(Result.ANSWERED, null, Duration.ZERO);
    }

    void repeated(SalesforceException failure, Duration wait) {
      tell(Result.REPEATED, failure, wait);
    }

    void sessionEnded(SalesforceException failure) {
      tell(Result.SESSION_ENDED, failure, Duration.ZERO);
    }

    void failed(SalesforceException failure) {
      tell(Result.FAILED, failure, Duration.ZERO);
    }

    private void tell(Result result, @Nullable SalesforceException failure, Duration wait) {
      try {
        listener.attempted(
            new CallAttempt(
                kind,
                operation,
                number,
                Duration.between(began, clock.instant()),
                result,
                failure == null ? null : failure.kind(),
                failure == null ? "" : failure.errorCode(),
                wait));
      } catch (RuntimeException e) {
        if (!warned.getAndSet(true)) {
          // Its message may quote anything.
          LOG.warn(
              "the listener to calls of Salesforce failed with a {}; further failures are not told",
              e.getClass().getSimpleName());
        }
      }
    }
  }
}
