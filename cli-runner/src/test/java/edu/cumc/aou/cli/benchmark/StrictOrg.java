package edu.cumc.aou.cli.benchmark;

import edu.cumc.aou.simulator.salesforce.MeasuredOrg;
import edu.cumc.aou.simulator.salesforce.SalesforceSimulator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Scanner;

/**
 * A {@link MeasuredOrg} in a process of its own for {@link LargeDayBenchmark}, where it takes half
 * a second until a flow has made a journey. Each line on stdin lets so much time pass.
 */
final class StrictOrg {

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
            MeasuredOrg.builder()
                .port(Integer.parseInt(args[0]))
                .clock(calendar)
                .journeyDelay(FLOW)
                .start();
        Scanner lines = new Scanner(System.in, StandardCharsets.UTF_8)) {
      System.out.println(org.url());
      MeasuredOrg.goOn(org);
      while (lines.hasNextLine()) {
        calendar.pass(Duration.parse(lines.nextLine().strip()));
      }
    }
  }
}
