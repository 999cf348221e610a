package edu.cumc.aou.salesforce;

import static org.assertj.core.api.Assertions.assertThat;

import edu.cumc.aou.salesforce.SaveResult.Refused;
import edu.cumc.aou.salesforce.SaveResult.Saved;
import edu.cumc.aou.simulator.salesforce.SalesforceSimulator;
import java.time.LocalDate;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CompositeOnSimulatorTest {

  private static final String KEY = "HP_PMI_ID__c";

  private final VirtualTime time = new VirtualTime();
  private SalesforceSimulator org;
  private Salesforce salesforce;

  @BeforeEach
  void start() {
    org = SalesforceSimulator.builder().clock(time).start();
    salesforce = Clients.of(org, time);
  }

  @AfterEach
  void close() {
    salesforce.close();
    org.close();
  }

  private static Map<String, Object> journey(String contactId) {
    return Map.of(
        "Name",
        "Invented",
        "StageName",
        "Prospecting",
        "CloseDate",
        LocalDate.of(2026, 12, 31),
        "Contact__c",
        contactId);
  }

  @Test
  void personAndJourney_areMadeTogether() {
    Map<String, SaveResult> results =
        salesforce.composite(
            CompositeRequest.allOrNone()
                .create("person", "Contact", Map.of("LastName", "Invented"))
                .create("journey", "Opportunity", journey(CompositeRequest.idOf("person")))
                .update(
                    "again",
                    "Contact",
                    new RecordUpdate(CompositeRequest.idOf("person"), Map.of("Title", "Dr"))));

    Saved person = (Saved) results.get("person");
    assertThat(person.created()).isTrue();
    assertThat(results.get("again")).isInstanceOf(Saved.class);
    assertThat(org.records("Contact")).singleElement().matches(c -> "Dr".equals(c.get("Title")));
    assertThat(org.records("Opportunity"))
        .anyMatch(o -> person.id().equals(String.valueOf(o.get("Contact__c"))));
    assertThat(salesforce.usage().requests()).containsEntry(CallKind.WRITE, 1L);
  }

  @Test
  void oneThatIsRefused_takesTheOthersBack() {
    Map<String, SaveResult> results =
        salesforce.composite(
            CompositeRequest.allOrNone()
                .create("good", "Contact", Map.of("LastName", "Invented"))
                .create("bad", "Contact", Map.of("FirstName", "Without a last name"))
                .create("third", "Contact", Map.of("LastName", "Invented")));

    assertThat(code(results.get("good"))).isEqualTo("PROCESSING_HALTED");
    assertThat(code(results.get("bad"))).isEqualTo("REQUIRED_FIELD_MISSING");
    assertThat(code(results.get("third"))).isEqualTo("PROCESSING_HALTED");
    assertThat(org.records("Contact")).isEmpty();
  }

  @Test
  void eachForItself_leavesTheGoodOnes() {
    String there = salesforce.create("Contact", Map.of("LastName", "Old", KEY, "P000000001"));
    String going = salesforce.create("Contact", Map.of("LastName", "Old", KEY, "P000000002"));

    Map<String, SaveResult> results =
        salesforce.composite(
            CompositeRequest.eachForItself()
                .create("bad", "Contact", Map.of("FirstName", "Without a last name"))
                .update(
                    "orphan",
                    "Contact",
                    new RecordUpdate(CompositeRequest.idOf("bad"), Map.of("Title", "Dr")))
                .upsert("byKey", "Contact", KEY, "P000000001", Map.of("Title", "Dr"))
                .upsert("new", "Contact", KEY, "P000000003", Map.of("LastName", "New"))
                .delete("gone", "Contact", going));

    assertThat(code(results.get("bad"))).isEqualTo("REQUIRED_FIELD_MISSING");
    assertThat(code(results.get("orphan"))).isEqualTo("PROCESSING_HALTED");
    assertThat(results.get("byKey")).isEqualTo(new Saved(there, false));
    assertThat(results.get("new")).matches(r -> ((Saved) r).created());
    assertThat(results.get("gone")).isEqualTo(new Saved(going, false));
    assertThat(org.records("Contact").map(c -> c.get(KEY)))
        .containsExactlyInAnyOrder("P000000001", "P000000003");
  }

  @Test
  void asManyAsACallTakes_areWritten() {
    CompositeRequest request = CompositeRequest.allOrNone();
    for (int i = 0; i < CompositeRequest.MAX_CALLS; i++) {
      request = request.create("r" + i, "Contact", Map.of("LastName", "Invented" + i));
    }

    assertThat(salesforce.composite(request).values())
        .hasSize(CompositeRequest.MAX_CALLS)
        .allMatch(Saved.class::isInstance);
    assertThat(org.records("Contact")).hasSize(CompositeRequest.MAX_CALLS);
  }

  private static String code(SaveResult result) {
    return ((Refused) result).errors().get(0).code();
  }
}
