package edu.cumc.aou.simulator.salesforce;

import static edu.cumc.aou.simulator.salesforce.Caller.DATA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import edu.cumc.aou.simulator.salesforce.org.JourneyFaults;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class JourneyFlowTest {
  private static final Instant START = Instant.parse("2024-03-01T06:00:00Z");

  private final VirtualClock clock = new VirtualClock();
  private SalesforceSimulator org = start(JourneyFaults.NONE);

  private SalesforceSimulator start(JourneyFaults faults) {
    return SalesforceSimulator.builder()
        .clock(clock)
        .journeyDelay(Duration.ofMinutes(2))
        .journeyFaults(faults)
        .start();
  }

  @AfterEach
  void close() {
    org.close();
  }

  private String contact(String lastName) {
    return org.create(
        "Contact",
        Map.of("LastName", lastName, "HP_PMI_ID__c", "P000000001", "AccountId", org.accountId()));
  }

  @Test
  void newContact_getsOneJourneyAfterTheDelay() {
    String contact = contact("Muster");
    clock.advance(Duration.ofSeconds(119));
    assertThat(org.records("Opportunity")).isEmpty();
    clock.advance(Duration.ofHours(5));

    assertThat(org.records("Opportunity"))
        .singleElement()
        .satisfies(
            journey ->
                assertThat(journey)
                    .containsEntry("Contact__c", contact)
                    .containsEntry("HP_PMI_ID__c", "P000000001")
                    .containsEntry("AccountId", org.accountId())
                    .containsEntry("Name", "Muster Journey")
                    .containsEntry("StageName", "Prospecting")
                    .containsEntry("OwnerId", org.integrationUserId())
                    .containsKey("CloseDate")
                    // stamped when it was due, not when it was read
                    .containsEntry("SystemModstamp", START.plus(Duration.ofMinutes(2))));
    assertThat(org.records("Opportunity")).hasSize(1);
  }

  @Test
  void journeys_areThereForTheNextRequest() {
    contact("Muster");
    clock.advance(Duration.ofMinutes(2));

    assertThat(
            Caller.loggedIn(org).found("SELECT COUNT() FROM Opportunity").path("totalSize").asInt())
        .isEqualTo(1);
  }

  @Test
  void contactDeletedBeforeItsTime_getsNone() {
    org.delete(contact("Muster"));
    clock.advance(Duration.ofMinutes(2));

    assertThat(org.recordsAndDeleted("Opportunity")).isEmpty();
  }

  @Test
  void refusedContact_getsNone() {
    Caller.loggedIn(org).post(DATA + "/sobjects/Contact", "{\"LastName\":\"A\",\"Email\":\"no\"}");
    clock.advance(Duration.ofMinutes(2));

    assertThat(org.recordsAndDeleted("Opportunity")).isEmpty();
  }

  @Test
  void updates_createNoJourney() {
    String contact = contact("Muster");
    org.edit(contact, Map.of("LastName", "Other"));
    clock.advance(Duration.ofMinutes(2));
    org.edit(contact, Map.of("LastName", "Another"));
    clock.advance(Duration.ofMinutes(2));

    assertThat(org.records("Opportunity")).hasSize(1);
  }

  @Test
  void faults_hitTheirShares_theSameOnesEachTime() {
    JourneyFaults faults = new JourneyFaults(0.2, Duration.ofHours(1), 0.1, 0.1, 42);
    org.close();
    org = start(faults);
    Map<String, Long> first = journeysPerContact(1_000);
    long late = org.records("Opportunity").filter(this::isLate).count();
    org.close();
    org = start(faults);

    assertThat(journeysPerContact(1_000)).isEqualTo(first);
    assertThat(1_000 - first.size()).isBetween(60, 140);
    assertThat(first.values().stream().filter(n -> n == 2)).hasSizeBetween(50, 140);
    assertThat(late).isBetween(140L, 260L);
  }

  private boolean isLate(Map<String, Object> journey) {
    Instant created = (Instant) journey.get("CreatedDate");
    return clock.instant().isBefore(created.plus(Duration.ofMinutes(2)));
  }

  private Map<String, Long> journeysPerContact(int contacts) {
    for (int i = 0; i < contacts; i++) {
      org.create("Contact", Map.of("LastName", "Contact " + i));
    }
    clock.advance(Duration.ofMinutes(2));
    assertThat(org.records("Opportunity")).hasSizeLessThan(950);
    clock.advance(Duration.ofHours(1));
    return org.records("Opportunity")
        .collect(
            Collectors.groupingBy(
                journey -> journey.get("Contact__c").toString(), Collectors.counting()));
  }

  @Test
  void faults_areShares() {
    assertThatThrownBy(() -> new JourneyFaults(0, Duration.ZERO, 1.1, 0, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("missing is not between 0 and 1");
  }
}
