package edu.cumc.aou.simulator.salesforce;

import edu.cumc.aou.simulator.salesforce.bulk.BulkSettings;
import java.time.Duration;

/**
 * An org for benchmarks of clients that takes as long as a real one: 30 ms per request and 100 µs
 * per record, in calls as in jobs. It has API calls for many days.
 */
public final class MeasuredOrg {
  /** The time of each request. */
  public static final Duration PER_REQUEST = Duration.ofMillis(30);

  /** The time of each record that a request or a job writes. */
  public static final Duration PER_RECORD = Duration.ofNanos(100_000);

  /** How its jobs behave. */
  public static final BulkSettings BULK =
      BulkSettings.DEFAULT.withTimes(Duration.ZERO, PER_RECORD.multipliedBy(10_000));

  private MeasuredOrg() {}

  /**
   * The settings of such an org.
   *
   * @return settings to complete and start
   */
  public static SalesforceSimulatorBuilder builder() {
    return SalesforceSimulator.builder()
        .dailyApiLimit(1_000_000)
        .serviceTimes(PER_REQUEST, PER_RECORD)
        .bulk(BULK);
  }

  /**
   * Lets jobs and flows go on when they are due, and not only at the next request; until the
   * process ends.
   *
   * @param org the org
   */
  public static void goOn(SalesforceSimulator org) {
    Thread thread =
        new Thread(
            () -> {
              try {
                while (true) {
                  Thread.sleep(5);
                  long unused = org.records("Organization").count();
                }
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            },
            "org-goes-on");
    thread.setDaemon(true);
    thread.start();
  }
}
