package edu.cumc.aou.salesforce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import edu.cumc.aou.salesforce.SaveResult.Refused;
import edu.cumc.aou.salesforce.SaveResult.Saved;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CompositeTest {

  private static final String JOURNEY = "0065500001H9cakAAB";

  private static String answer(String... parts) {
    return "{\"compositeResponse\":[" + String.join(",", parts) + "]}";
  }

  private static String part(String reference, int status, String body) {
    return "{\"body\":"
        + body
        + ",\"httpHeaders\":{},\"httpStatusCode\":"
        + status
        + ",\"referenceId\":\""
        + reference
        + "\"}";
  }

  @Test
  void calls_referToOneAnotherAndAreAnsweredByReference() throws IOException {
    try (Wired wired = new Wired()) {
      wired.server.then(
          200,
          answer(
              part(
                  "person",
                  201,
                  "{\"id\":\"" + Wired.CONTACT + "\",\"success\":true,\"errors\":[]}"),
              part("journey", 201, "{\"id\":\"" + JOURNEY + "\",\"success\":true,\"errors\":[]}"),
              part("again", 204, "null"),
              part("byKey", 200, "{\"id\":\"" + Wired.CONTACT + "\",\"created\":false}"),
              part("gone", 404, "[{\"errorCode\":\"ENTITY_IS_DELETED\",\"fields\":[]}]")));

      Map<String, SaveResult> results =
          wired.salesforce.composite(
              CompositeRequest.allOrNone()
                  .create("person", "Contact", Map.of("LastName", "Muster"))
                  .create(
                      "journey",
                      "Opportunity",
                      Map.of("Contact__c", CompositeRequest.idOf("person")))
                  .update(
                      "again",
                      "Contact",
                      new RecordUpdate(CompositeRequest.idOf("person"), Map.of("Title", "Dr")))
                  .upsert("byKey", "Contact", "HP_PMI_ID__c", "P/1 +", Map.of("Title", "Dr"))
                  .delete("gone", "Contact", Wired.CONTACT));

      assertThat(results)
          .containsExactly(
              Map.entry("person", new Saved(Wired.CONTACT, true)),
              Map.entry("journey", new Saved(JOURNEY, true)),
              Map.entry("again", new Saved("", false)),
              Map.entry("byKey", new Saved(Wired.CONTACT, false)),
              Map.entry("gone", new Saved(Wired.CONTACT, false)));
      assertThat(wired.server.asked().get(0).text())
          .startsWith("{\"allOrNone\":true,\"collateSubrequests\":false,\"compositeRequest\":[")
          .contains(
              "{\"method\":\"POST\",\"url\":\"/services/data/v62.0/sobjects/Opportunity\","
                  + "\"referenceId\":\"journey\",\"body\":{\"Contact__c\":\"@{person.id}\"}}",
              "\"url\":\"/services/data/v62.0/sobjects/Contact/@{person.id}\"",
              "/sobjects/Contact/HP_PMI_ID__c/P%2F1%20%2B\"");
    }
  }

  @Test
  void culpritAndWhatWasRolledBack_areRefused() throws IOException {
    try (Wired wired = new Wired()) {
      wired.server.then(
          200,
          answer(
              part("a", 400, "[{\"errorCode\":\"PROCESSING_HALTED\",\"message\":\"x\"}]"),
              part(
                  "b",
                  400,
                  "[{\"errorCode\":\"REQUIRED_FIELD_MISSING\",\"message\":\"x\","
                      + "\"fields\":[\"LastName\"]}]"),
              part("c", 300, "[\"/services/data/v62.0/sobjects/Contact/1\"]")));

      Map<String, SaveResult> results =
          wired.salesforce.composite(
              CompositeRequest.eachForItself()
                  .create("a", "Contact", Map.of("LastName", "A"))
                  .create("b", "Contact", Map.of("Title", "B"))
                  .upsert("c", "Contact", "HP_PMI_ID__c", "P1", Map.of("Title", "Dr")));

      assertThat(results.values())
          .extracting(r -> ((Refused) r).errors().get(0).code())
          .containsExactly("PROCESSING_HALTED", "REQUIRED_FIELD_MISSING", "MULTIPLE_CHOICES");
      assertThat(((Refused) results.get("b")).errors().get(0).fields()).containsExactly("LastName");
    }
  }

  @Test
  void lostAnswer_isRepeatedOnlyWithoutCreates() throws IOException {
    CompositeRequest update =
        CompositeRequest.allOrNone()
            .update("a", "Contact", new RecordUpdate(Wired.CONTACT, Map.of("Title", "Dr")));
    try (Wired wired = new Wired()) {
      wired
          .server
          .then(RawServer.reset())
          .then(200, answer(part("a", 204, "null")))
          .then(RawServer.reset());

      assertThat(wired.salesforce.composite(update)).containsOnlyKeys("a");
      assertThat(wired.server.asked()).hasSize(2);
      SalesforceException thrown =
          catchThrowableOfType(
              SalesforceException.class,
              () ->
                  wired.salesforce.composite(
                      update.create("b", "Contact", Map.of("LastName", "B"))));
      assertThat(thrown.answerLost()).isTrue();
      assertThat(wired.server.asked()).hasSize(3);
    }
  }

  @Test
  void answersThatDoNotFitTheCalls_leaveTheOutcomeOpen() throws IOException {
    CompositeRequest request =
        CompositeRequest.allOrNone().create("a", "Contact", Map.of("LastName", "A"));
    try (Wired wired = new Wired()) {
      for (String body : List.of("{}", answer(), answer(part("b", 201, "{}")))) {
        wired.server.then(200, body);
        SalesforceException thrown =
            catchThrowableOfType(
                SalesforceException.class, () -> wired.salesforce.composite(request));
        assertThat(thrown.answerLost()).isTrue();
      }
    }
  }

  @Test
  void request_refusesWhatSalesforceWouldRefuse() {
    CompositeRequest full = CompositeRequest.eachForItself();
    for (int i = 0; i < CompositeRequest.MAX_CALLS; i++) {
      full = full.delete("r" + i, "Contact", Wired.CONTACT);
    }
    CompositeRequest most = full;
    assertThatThrownBy(() -> most.delete("more", "Contact", Wired.CONTACT))
        .hasMessageContaining("at most 25");
    assertThatThrownBy(
            () ->
                CompositeRequest.allOrNone()
                    .delete("a", "Contact", Wired.CONTACT)
                    .delete("a", "Contact", Wired.CONTACT))
        .hasMessageContaining("same reference");
    assertThatThrownBy(() -> CompositeRequest.idOf("a-b"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(most.toString()).doesNotContain(Wired.CONTACT);
  }
}
