package edu.cumc.aou.simulator.salesforce;

import static edu.cumc.aou.simulator.salesforce.Caller.DATA;
import static edu.cumc.aou.simulator.salesforce.Caller.assertError;
import static edu.cumc.aou.simulator.salesforce.Caller.json;
import static org.assertj.core.api.Assertions.assertThat;

import edu.cumc.aou.simulator.salesforce.org.AddedField;
import edu.cumc.aou.simulator.salesforce.org.AddedRecordType;
import edu.cumc.aou.simulator.salesforce.org.FieldType;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SchemaAdditionsTest {
  private final SalesforceSimulator org =
      SalesforceSimulator.builder()
          .clock(new VirtualClock())
          .field(
              AddedField.picklist(
                  "Contact", "Days__c", FieldType.MULTIPICKLIST, List.of("Mon", "Tue", "Wed")))
          .field(AddedField.number("Contact", "Share__c", FieldType.PERCENT, 4, 1))
          .recordType(new AddedRecordType("Contact", "Participant", true, true))
          .recordType(new AddedRecordType("Contact", "Retired", false, true))
          .recordType(new AddedRecordType("Contact", "Donor", true, false))
          .recordType(new AddedRecordType("Opportunity", "Journey", true, true))
          .start();
  private final Caller caller = Caller.loggedIn(org);

  @AfterEach
  void close() {
    org.close();
  }

  private static String contact(String field, String json) {
    return "{\"LastName\":\"Muster\",\"" + field + "\":" + json + "}";
  }

  @Test
  void values_areStoredInTheOrderOfThePicklist_eachOnce() {
    caller.create("Contact", contact("Days__c", "\"Wed; Mon;Wed\""));

    assertThat(org.records("Contact").findFirst().orElseThrow())
        .containsEntry("Days__c", "Mon;Wed");
    assertError(
        caller.post(DATA + "/sobjects/Contact", contact("Days__c", "\"Mon;Sun\"")),
        400,
        "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST");
  }

  @Test
  void describe_showsWhatWasAdded() {
    String body = caller.get(DATA + "/sobjects/Contact/describe").body();

    assertThat(body).contains("\"name\":\"Days__c\"", "\"type\":\"multipicklist\"", "Share__c");
    assertThat(json(caller.get(DATA + "/sobjects/Contact/describe")).at("/recordTypeInfos"))
        .extracting(t -> t.path("name").asText() + t.path("active") + t.path("available"))
        .containsExactly(
            "Participanttruetrue", "Retiredfalsetrue", "Donortruefalse", "Mastertruetrue");
  }

  @Test
  void recordType_isStored() {
    String id = AddedRecordType.id(1);

    caller.create("Contact", contact("RecordTypeId", "\"" + id + "\""));

    Map<String, Object> record = org.records("Contact").findFirst().orElseThrow();
    assertThat(record).containsEntry("RecordTypeId", id);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4, 5})
  void recordType_thatIsNotInUse_notTheUsers_orOfAnotherObject_isRefused(int number) {
    String id = AddedRecordType.id(number);

    assertError(
        caller.post(DATA + "/sobjects/Contact", contact("RecordTypeId", "\"" + id + "\"")),
        400,
        "INVALID_CROSS_REFERENCE_KEY");
  }
}
