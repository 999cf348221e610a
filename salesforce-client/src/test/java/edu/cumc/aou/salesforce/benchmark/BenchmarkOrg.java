package edu.cumc.aou.salesforce.benchmark;

import edu.cumc.aou.salesforce.benchmark.BenchmarkContact.Group;
import edu.cumc.aou.simulator.salesforce.SalesforceSimulator;
import edu.cumc.aou.simulator.salesforce.bulk.BulkSettings;
import edu.cumc.aou.sync.testing.MeasuredProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;

/**
 * A simulated org in a process of its own, with as many Contacts as the first argument says. Writes
 * its address, client id and secret in one line, and ends when its input does.
 */
final class BenchmarkOrg {

  private BenchmarkOrg() {}

  public static void main(String[] args) throws IOException {
    int contacts = Integer.parseInt(args[0]);
    try (SalesforceSimulator org =
        SalesforceSimulator.builder()
            .dailyApiLimit(1_000_000)
            // journeys would be the simulator's work, not the client's
            .journeyDelay(Duration.ofDays(1_000))
            // jobs are done as fast as the simulator can: only the client's own waits are left
            .bulk(BulkSettings.DEFAULT.withTimes(Duration.ZERO, Duration.ZERO).withPageSize(50_000))
            .start()) {
      for (int i = 0; i < contacts; i++) {
        org.create("Contact", Map.copyOf(BenchmarkContact.of(Group.THERE, i)));
      }
      MeasuredProcess.say(
          org.url(), org.credentials().clientId(), org.credentials().clientSecret());
      MeasuredProcess.awaitClose();
    }
  }
}
