package edu.cumc.aou.simulator.salesforce;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * How long a request takes, by the wall clock.
 *
 * @param perRequest for each request
 * @param perRecord for each record that it writes, or tries to
 */
record ServiceTimes(Duration perRequest, Duration perRecord) {

  static final ServiceTimes NONE = new ServiceTimes(Duration.ZERO, Duration.ZERO);

  ServiceTimes {
    if (perRequest.isNegative() || perRecord.isNegative()) {
      throw new IllegalArgumentException("perRequest or perRecord is negative");
    }
  }

  /** Returns when a request that began at that moment has taken its time. */
  void await(long beganNanos, long records) {
    long left =
        perRequest.toNanos() + perRecord.toNanos() * records - (System.nanoTime() - beganNanos);
    if (left <= 0) {
      return;
    }
    try {
      TimeUnit.NANOSECONDS.sleep(left);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
