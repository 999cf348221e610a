package edu.cumc.aou.salesforce;

import java.time.Duration;

/**
 * How often and for how long to repeat a call. Waits double from {@code firstDelay} on, vary at
 * random over their upper half, and give way to a longer {@code Retry-After}.
 *
 * @param maxAttempts the most attempts at a call; 1 switches repeating off
 * @param firstDelay the first wait
 * @param maxDelay the longest wait that the client chooses itself
 * @param deadline no attempt starts later than this after the call began
 */
public record RetrySettings(
    int maxAttempts, Duration firstDelay, Duration maxDelay, Duration deadline) {

  /** Six attempts within two minutes: a caller that holds a lease must not lose it. */
  public static final RetrySettings DEFAULT =
      new RetrySettings(6, Duration.ofSeconds(1), Duration.ofSeconds(30), Duration.ofMinutes(2));

  public RetrySettings {
    if (maxAttempts < 1) {
      throw new IllegalArgumentException("maxAttempts must be at least 1");
    }
    if (firstDelay.isNegative() || maxDelay.compareTo(firstDelay) < 0 || deadline.isNegative()) {
      throw new IllegalArgumentException(
          "delays must not be negative, and maxDelay not below firstDelay");
    }
  }
}
