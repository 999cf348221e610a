package edu.cumc.aou.simulator.salesforce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import edu.cumc.aou.simulator.salesforce.http.SalesforceSimulatorException;
import edu.cumc.aou.simulator.salesforce.login.Credentials;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StaffEditTest {
  private final VirtualClock clock = new VirtualClock();
  private final SalesforceSimulator org = SalesforceSimulator.builder().clock(clock).start();

  @AfterEach
  void close() {
    org.close();
  }

  private Map<String, Object> record(String object, String id) {
    return org.recordsAndDeleted(object)
        .filter(row -> row.get("Id").equals(id))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void edit_isThatOfTheStaffUser() {
    String id = Caller.loggedIn(org).create("Contact", "{\"LastName\":\"A\",\"Phone\":\"1\"}");
    clock.advance(Duration.ofMinutes(1));
    Map<String, Object> changes = new HashMap<>();
    changes.put("Phone", null);
    changes.put("Birthdate", LocalDate.of(1980, 1, 31));

    org.edit(id, changes);

    assertThat(record("Contact", id))
        .containsEntry("LastModifiedById", org.staffUserId())
        .containsEntry("CreatedById", org.integrationUserId())
        .containsEntry("SystemModstamp", Instant.parse("2024-03-01T06:01:00Z"))
        .containsEntry("Birthdate", LocalDate.of(1980, 1, 31))
        .doesNotContainKey("Phone");
  }

  @Test
  void delete_clearsTheLookupsToTheRecord() {
    String id = org.create("Contact", Map.of("LastName", "A"));
    String journey = org.records("Opportunity").findFirst().orElseThrow().get("Id").toString();
    clock.advance(Duration.ofMinutes(1));

    org.delete(id);

    assertThat(org.records("Contact")).isEmpty();
    assertThat(record("Contact", id)).containsEntry("IsDeleted", true);
    assertThat(record("Opportunity", journey))
        .doesNotContainKey("Contact__c")
        .containsEntry("SystemModstamp", Instant.parse("2024-03-01T06:01:00Z"));
  }

  @Test
  void merge_namesTheMasterAndMovesTheJourneys() {
    String winner = org.create("Contact", Map.of("LastName", "A"));
    String loser = org.create("Contact", Map.of("LastName", "B"));
    assertThat(org.records("Opportunity")).hasSize(2);

    org.merge(winner, loser);

    assertThat(record("Contact", loser))
        .containsEntry("IsDeleted", true)
        .containsEntry("MasterRecordId", winner);
    assertThat(org.records("Opportunity"))
        .hasSize(2)
        .allMatch(journey -> winner.equals(journey.get("Contact__c")));
    assertThatThrownBy(() -> org.merge(winner, winner))
        .isInstanceOf(SalesforceSimulatorException.class);
  }

  @Test
  void refusals_nameCodeAndFieldsButNoValues() {
    assertThatThrownBy(
            () -> org.create("Contact", Map.of("LastName", "A", "Email", "not an address")))
        .isInstanceOf(SalesforceSimulatorException.class)
        .hasMessageContaining("INVALID_EMAIL_ADDRESS on [Email]")
        .hasMessageNotContaining("not an address");
    assertThatThrownBy(() -> org.records("Nope__c"))
        .isInstanceOf(SalesforceSimulatorException.class)
        .hasMessageContaining("NOT_FOUND");
    assertThatThrownBy(() -> org.delete(org.credentials().organizationId()))
        .isInstanceOf(SalesforceSimulatorException.class)
        .hasMessageContaining("INSUFFICIENT_ACCESS_OR_READONLY");
  }

  @Test
  void secrets_stayOutOfTexts() {
    Credentials credentials = org.credentials();

    assertThat(credentials.toString())
        .doesNotContain(
            credentials.password(), credentials.securityToken(), credentials.clientSecret());
    assertThat(org.toString()).isEqualTo("Salesforce simulator at " + org.url());
  }

  @Test
  void undelete_givesTheRecordBack_andTheJourneysThatItLost() {
    String id = org.create("Contact", Map.of("LastName", "A"));
    String journey = org.records("Opportunity").findFirst().orElseThrow().get("Id").toString();
    org.delete(id);
    clock.advance(Duration.ofMinutes(1));

    org.undelete(id);

    assertThat(record("Contact", id))
        .containsEntry("IsDeleted", false)
        .containsEntry("SystemModstamp", Instant.parse("2024-03-01T06:01:00Z"));
    assertThat(record("Opportunity", journey)).containsEntry("Contact__c", id);
  }

  @Test
  void undelete_ofAPmiIdThatIsTaken_isRefused() {
    try (SalesforceSimulator unique = SalesforceSimulator.builder().pmiFieldUnique(true).start()) {
      Map<String, String> person = Map.of("LastName", "A", "HP_PMI_ID__c", "P012345678");
      String id = unique.create("Contact", person);
      unique.delete(id);
      unique.create("Contact", person);

      assertThatThrownBy(() -> unique.undelete(id))
          .isInstanceOf(SalesforceSimulatorException.class)
          .hasMessageContaining("DUPLICATE_VALUE");
    }
  }

  @Test
  void erase_isForGood() {
    String id = org.create("Contact", Map.of("LastName", "A"));
    assertThatThrownBy(() -> org.erase(id)).isInstanceOf(SalesforceSimulatorException.class);
    org.delete(id);

    org.erase(id);

    assertThat(org.recordsAndDeleted("Contact")).isEmpty();
    assertThatThrownBy(() -> org.undelete(id)).isInstanceOf(SalesforceSimulatorException.class);
  }
}
