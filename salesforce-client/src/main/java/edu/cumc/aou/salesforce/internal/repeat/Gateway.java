package edu.cumc.aou.salesforce.internal.repeat;

import edu.cumc.aou.salesforce.CallKind;
import edu.cumc.aou.salesforce.RetrySettings;
import edu.cumc.aou.salesforce.SalesforceException;
import edu.cumc.aou.salesforce.SalesforceException.Kind;
import edu.cumc.aou.salesforce.Surroundings;
import edu.cumc.aou.salesforce.internal.wire.Usage;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one place that sends requests, and the one layer that repeats them: with growing, random
 * waits, as long as the deadline allows, and only what may be carried out twice or certainly was
 * not carried out. Thread-safe.
 */
public final class Gateway {

  private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);

  /** More attempts at a login could look like an attack. */
  private static final int LOGIN_ATTEMPTS = 3;

  private final RetrySettings retry;
  private final long quotaReserve;
  private final Usage usage;
  private final Surroundings surroundings;
  private final Listeners listeners;
  private final AtomicBoolean closed;
  private final @Nullable LoadWatch watch;

  public Gateway(
      RetrySettings retry,
      long quotaReserve,
      Usage usage,
      Surroundings surroundings,
      Listeners listeners) {
    this(retry, quotaReserve, usage, surroundings, listeners, new AtomicBoolean(), null);
  }

  private Gateway(
      RetrySettings retry,
      long quotaReserve,
      Usage usage,
      Surroundings surroundings,
      Listeners listeners,
      AtomicBoolean closed,
      @Nullable LoadWatch watch) {
    this.listeners = listeners;
    this.retry = retry;
    this.quotaReserve = quotaReserve;
    this.usage = usage;
    this.surroundings = surroundings;
    this.closed = closed;
    this.watch = watch;
  }

  /** The same gateway for one load, which asks for permission and learns what was repeated. */
  public Gateway watchedBy(LoadWatch load) {
    return new Gateway(retry, quotaReserve, usage, surroundings, listeners, closed, load);
  }

  /** Sends a request that needs a session. */
  public <T> T call(
      Relogin login, CallKind kind, String operation, Safety safety, Supplier<T> attempt) {
    if (quotaReserve > 0 && usage.isWithinReserve(quotaReserve)) {
      throw new SalesforceException(
          Kind.THROTTLED,
          "the org's API calls are down to the reserve that is left to others; run again later or"
              + " lower the reserve");
    }
    // Log in before the attempt is counted, because a login is a call of its own.
    login.open();
    return new Call<>(login, kind, operation, safety, retry.maxAttempts(), attempt).run();
  }

  /** Sends a request that needs none. */
  public <T> T callOpen(String operation, Supplier<T> attempt) {
    return new Call<>(null, CallKind.FREE, operation, Safety.READ, retry.maxAttempts(), attempt)
        .run();
  }

  /** Sends a login. */
  public <T> T login(Supplier<T> attempt) {
    int attempts = Math.min(LOGIN_ATTEMPTS, retry.maxAttempts());
    return new Call<>(null, CallKind.LOGIN, "login", Safety.READ, attempts, attempt).run();
  }

  /**
   * Waits before a broken download is resumed.
   *
   * @param failures how often it broke without a new record in between
   * @throws SalesforceException the failure itself, if that is often enough
   */
  public void waitToResume(String operation, int failures, CallFailure e) {
    if (failures >= retry.maxAttempts() || e.repeat() != Repeat.OUTCOME_UNKNOWN) {
      throw e.failure();
    }
    Duration wait = waitBefore(failures, e);
    LOG.info("{}: broke off; taken up again in {} ms", operation, wait.toMillis());
    pause(wait, false);
    usage.repeated(CallKind.BULK);
  }

  /** Notes that the next call repeats records that met a lock. */
  public void noteRepeat() {
    usage.repeated(CallKind.WRITE);
  }

  /** Lets time pass between two looks at a job. */
  public void waitToLookAgain(Duration wait) {
    pause(wait, false);
  }

  public void close() {
    closed.set(true);
  }

  private Duration waitBefore(int attempts, CallFailure e) {
    long most = retry.maxDelay().toMillis();
    long doubled = retry.firstDelay().toMillis() << Math.min(attempts - 1, 20);
    long own = Math.min(most, doubled);
    double share;
    synchronized (surroundings) {
      share = 0.5 + surroundings.random().nextDouble() / 2;
    }
    Duration spread = Duration.ofMillis(Math.round(own * share));
    return spread.compareTo(e.leastWait()) > 0 ? spread : e.leastWait();
  }

  private void pause(Duration wait, boolean outcomeUnknown) {
    try {
      if (watch == null) {
        surroundings.pause().forDuration(wait);
      } else {
        watch.pause(surroundings.pause(), wait);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SalesforceException(
          Kind.UNAVAILABLE,
          "interrupted while waiting to repeat a call",
          SalesforceException.Details.NONE.withAnswerLost(outcomeUnknown));
    }
  }

  /** One request and its repetitions. */
  private final class Call<T> {
    private final @Nullable Relogin login;
    private final CallKind kind;
    private final String operation;
    private final Safety safety;
    private final int maxAttempts;
    private final Supplier<T> attempt;
    private final Instant began = surroundings.clock().instant();
    private int attempts;
    private boolean loggedInAgain;
    private boolean outcomeUnknown;

    Call(
        @Nullable Relogin login,
        CallKind kind,
        String operation,
        Safety safety,
        int maxAttempts,
        Supplier<T> attempt) {
      this.login = login;
      this.kind = kind;
      this.operation = operation;
      this.safety = safety;
      this.maxAttempts = maxAttempts;
      this.attempt = attempt;
    }

    T run() {
      while (true) {
        if (closed.get()) {
          throw new IllegalStateException("the Salesforce client is closed");
        }
        if (watch != null && safety != Safety.READ) {
          watch.sending(surroundings.clock().instant());
        } else if (watch != null) {
          watch.reading();
        }
        attempts++;
        usage.sent(kind);
        if (attempts > 1) {
          usage.repeated(kind);
        }
        Listeners.Attempt told = listeners.begin(kind, operation, attempts);
        try {
          T answer = attempt.get();
          told.answered();
          LOG.debug("{}: answered at attempt {}", operation, attempts);
          return answer;
        } catch (CallFailure e) {
          outcomeUnknown |= isOutcomeUnknown(e);
          if (watch != null && isOutcomeUnknown(e)) {
            watch.outcomeUnknown();
          }
          prepareNext(e, told);
        }
      }
    }

    private void prepareNext(CallFailure e, Listeners.Attempt told) {
      if (e.repeat() == Repeat.AFTER_LOGIN && login != null && !loggedInAgain) {
        loggedInAgain = true;
        told.sessionEnded(e.failure());
        login.renew(e.refusedToken());
        requireTime(e);
        return;
      }
      Duration wait = waitBefore(attempts, e);
      if (!mayRepeat(e)
          || attempts - (loggedInAgain ? 1 : 0) >= maxAttempts
          || used().plus(wait).compareTo(retry.deadline()) > 0) {
        told.failed(e.failure());
        throw lastFailure(e);
      }
      told.repeated(e.failure(), wait);
      LOG.info(
          "{}: attempt {} failed ({}{}); next in {} ms",
          operation,
          attempts,
          e.failure().kind(),
          e.failure().errorCode().isEmpty() ? "" : " " + e.failure().errorCode(),
          wait.toMillis());
      pause(wait, outcomeUnknown);
      requireTime(e);
    }

    private Duration used() {
      return Duration.between(began, surroundings.clock().instant());
    }

    /**
     * If the process was halted meanwhile, as on a closed laptop, another one may have taken over
     * by now.
     */
    private void requireTime(CallFailure e) {
      if (used().compareTo(retry.deadline()) > 0) {
        throw lastFailure(e);
      }
    }

    private SalesforceException lastFailure(CallFailure e) {
      return outcomeUnknown ? e.failure().asAnswerLost() : e.failure();
    }

    private boolean isOutcomeUnknown(CallFailure e) {
      return safety != Safety.READ
          && (e.repeat() == Repeat.OUTCOME_UNKNOWN || e.repeat() == Repeat.SMALLER);
    }

    private boolean mayRepeat(CallFailure e) {
      return switch (e.repeat()) {
        case NOT_EXECUTED -> true;
        case OUTCOME_UNKNOWN ->
            safety != Safety.ONCE
                // A load does not repeat a whole call many times: it sends less.
                && (watch == null
                    || kind != CallKind.WRITE
                    || attempts < LoadWatch.mostAttempts(e.failure()));
        case NEVER, SMALLER, AFTER_LOGIN -> false;
      };
    }
  }
}
