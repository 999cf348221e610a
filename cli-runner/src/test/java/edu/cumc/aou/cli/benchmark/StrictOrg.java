package edu.cumc.aou.cli.benchmark;

import edu.cumc.aou.simulator.salesforce.SalesforceSimulator;
import edu.cumc.aou.simulator.salesforce.bulk.BulkSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Scanner;

/**
 * A Salesforce simulator that takes its time, in a process of its own for {@link
 * LargeDayBenchmark}: 30 ms for a request, 100 µs for a record that is written, and half a second
 * until a flow has made a journey. Each line on stdin lets so much time pass.
 */
final class StrictOrg {

  private static final Duration PER_REQUEST = Duration.ofMillis(30);
  private static final Duration PER_RECORD = Duration.ofNanos(100_000);
  private static final Duration FLOW = Duration.ofMillis(500);

  private StrictOrg() {}

  /** The clock on the wall, and what was let pass beside. */
  private static final class Calendar extends Clock {
    private volatile Duration ahead = Duration.ZERO;

    void pass(Duration more) {
      ahead = ahead.plus(more);
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return Instant.now().plus(ahead);
    }
  }

  public static void main(String[] args) throws IOException {
    Calendar calendar = new Calendar();
    try (SalesforceSimulator org =
            SalesforceSimulator.builder()
                .dailyApiLimit(1_000_000)
                .port(Integer.parseInt(args[0]))
                .clock(calendar)
                .journeyDelay(FLOW)
                .serviceTimes(PER_REQUEST, PER_RECORD)
                .bulk(
                    BulkSettings.DEFAULT.withTimes(Duration.ZERO, PER_RECORD.multipliedBy(10_000)))
                .start();
        Scanner lines = new Scanner(System.in, StandardCharsets.UTF_8)) {
      System.out.println(org.url());
      goOn(org);
      while (lines.hasNextLine()) {
        calendar.pass(Duration.parse(lines.nextLine().strip()));
      }
    }
  }

  /** Jobs and flows go on when they are due, and not only when somebody looks at them. */
  private static void goOn(SalesforceSimulator org) {
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
            "goes-on");
    thread.setDaemon(true);
    thread.start();
  }
}
