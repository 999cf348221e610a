package edu.cumc.aou.salesforce.benchmark;

import edu.cumc.aou.salesforce.benchmark.BenchmarkContact.Group;
import edu.cumc.aou.simulator.salesforce.MeasuredOrg;
import edu.cumc.aou.simulator.salesforce.SalesforceSimulator;
import edu.cumc.aou.sync.testing.MeasuredProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A {@link MeasuredOrg} in a process of its own. It has as many Contacts as the first argument
 * says, and writes their ids to the file of the second.
 */
final class RoadOrg {

  private RoadOrg() {}

  public static void main(String[] args) throws IOException {
    try (SalesforceSimulator org =
        MeasuredOrg.builder()
            // journeys would be the simulator's work, not the client's
            .journeyDelay(Duration.ofDays(1_000))
            .bulk(MeasuredOrg.BULK.withExactHeaderCase(true))
            .start()) {
      List<String> ids = new ArrayList<>();
      for (int i = 0; i < Integer.parseInt(args[0]); i++) {
        ids.add(org.create("Contact", Map.copyOf(BenchmarkContact.of(Group.THERE, i))));
      }
      Files.write(Path.of(args[1]), ids);
      MeasuredOrg.goOn(org);
      MeasuredProcess.say(
          org.url(), org.credentials().clientId(), org.credentials().clientSecret());
      MeasuredProcess.awaitClose();
    }
  }
}
