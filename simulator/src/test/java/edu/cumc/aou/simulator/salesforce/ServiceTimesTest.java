package edu.cumc.aou.simulator.salesforce;

import static edu.cumc.aou.simulator.salesforce.Caller.DATA;
import static org.assertj.core.api.Assertions.assertThat;

import edu.cumc.aou.simulator.salesforce.http.LoggedRequest;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** A request takes the time that the org is said to take; never less. */
class ServiceTimesTest {

  @Test
  void answer_comesAfterTheTimeOfTheRequestAndItsRecords() {
    List<LoggedRequest> answered = new CopyOnWriteArrayList<>();
    try (SalesforceSimulator org =
        SalesforceSimulator.builder()
            .serviceTimes(Duration.ofMillis(20), Duration.ofMillis(15))
            .onRequest(answered::add)
            .start()) {
      Caller caller = Caller.loggedIn(org);
      int before = answered.size();

      long began = System.nanoTime();
      caller.post(
          DATA + "/composite/sobjects",
          "{\"allOrNone\":false,\"records\":["
              + "{\"attributes\":{\"type\":\"Contact\"},\"LastName\":\"A\"},"
              + "{\"attributes\":{\"type\":\"Contact\"},\"FirstName\":\"refused\"},"
              + "{\"attributes\":{\"type\":\"Contact\"},\"LastName\":\"C\"}]}");
      long took = System.nanoTime() - began;

      assertThat(Duration.ofNanos(took)).isGreaterThanOrEqualTo(Duration.ofMillis(20 + 3 * 15));
      assertThat(answered).hasSize(before + 1);
      assertThat(org.records("Contact")).hasSize(2);
    }
  }
}
