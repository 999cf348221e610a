package edu.cumc.aou.salesforce.benchmark;

import edu.cumc.aou.salesforce.benchmark.BenchmarkContact.Group;
import edu.cumc.aou.simulator.salesforce.SalesforceSimulator;
import edu.cumc.aou.simulator.salesforce.bulk.BulkSettings;
import edu.cumc.aou.sync.testing.MeasuredProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A strict org in a process of its own that takes 30 ms for a request and 100 µs for a record, in
 * calls as in jobs. It has as many Contacts as the first argument says, and writes their ids to the
 * file of the second.
 */
final class RoadOrg {

  static final Duration PER_REQUEST = Duration.ofMillis(30);
  static final Duration PER_RECORD = Duration.ofNanos(100_000);

  private static final int BATCH = 10_000;

  private RoadOrg() {}

  public static void main(String[] args) throws IOException {
    try (SalesforceSimulator org =
        SalesforceSimulator.builder()
            .dailyApiLimit(1_000_000)
            // journeys would be the simulator's work, not the client's
            .journeyDelay(Duration.ofDays(1_000))
            .serviceTimes(PER_REQUEST, PER_RECORD)
            .bulk(
                BulkSettings.DEFAULT
                    .withExactHeaderCase(true)
                    .withTimes(Duration.ZERO, PER_RECORD.multipliedBy(BATCH)))
            .start()) {
      List<String> ids = new ArrayList<>();
      for (int i = 0; i < Integer.parseInt(args[0]); i++) {
        ids.add(org.create("Contact", Map.copyOf(BenchmarkContact.of(Group.THERE, i))));
      }
      Files.write(Path.of(args[1]), ids);
      goOn(org);
      MeasuredProcess.say(
          org.url(), org.credentials().clientId(), org.credentials().clientSecret());
      MeasuredProcess.awaitClose();
    }
  }

  /** Jobs go on when they are due, and not only when somebody looks at them. */
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
            "jobs-go-on");
    thread.setDaemon(true);
    thread.start();
  }
}
