package edu.cumc.aou.simulator.salesforce;

import static edu.cumc.aou.simulator.salesforce.Caller.DATA;
import static edu.cumc.aou.simulator.salesforce.Caller.assertError;
import static edu.cumc.aou.simulator.salesforce.Caller.assertRowError;
import static edu.cumc.aou.simulator.salesforce.Caller.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import edu.cumc.aou.simulator.salesforce.fault.DeclaredFault;
import edu.cumc.aou.simulator.salesforce.http.SalesforceSimulatorException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What goes wrong with chosen records, and what administrators change while the org is in use. */
class RecordFaultTest {
  private SalesforceSimulator org = SalesforceSimulator.builder().start();
  private Caller caller = Caller.loggedIn(org);

  @AfterEach
  void close() {
    org.close();
  }

  private void restart(SalesforceSimulatorBuilder builder) {
    org.close();
    org = builder.start();
    caller = Caller.loggedIn(org);
  }

  private HttpResponse<String> create(String... lastNames) {
    String records =
        List.of(lastNames).stream()
            .map(
                name ->
                    "{\"attributes\":{\"type\":\"Contact\"},\"LastName\":\""
                        + name
                        + "\",\"Phone\":\"(212) 555-0100\"}")
            .reduce((a, b) -> a + "," + b)
            .orElseThrow();
    return caller.post(DATA + "/composite/sobjects", "{\"records\":[" + records + "]}");
  }

  @Test
  void refuse_meansItsRecordsOnly_soManyTimes() {
    restart(
        SalesforceSimulator.builder()
            .fault(
                DeclaredFault.parse(
                    "refuse field=LastName value=ann times=1 code=STRING_TOO_LONG message='Too long'"
                        + " blames=LastName,Phone")));

    JsonNode rows = json(create("Ann", "Ben"));
    JsonNode error = assertRowError(rows.get(0), "STRING_TOO_LONG");
    assertThat(error.path("message").asText()).isEqualTo("Too long");
    assertThat(error.path("fields")).hasSize(2);
    assertThat(rows.get(1).path("success").asBoolean()).isTrue();
    assertThat(json(create("Ann")).get(0).path("success").asBoolean()).isTrue();
    assertThat(org.faults().tallies().get(0).struck()).isEqualTo(1);
    assertThat(org.faults().tallies().get(0).matched()).isEqualTo(2);
  }

  @Test
  void failCall_endsEveryCallWithTheRecord_andWritesNothingOfIt() {
    org.faults().add(DeclaredFault.parse("fail-call field=LastName value=Ann"));

    assertError(create("Ben", "Ann"), 500, "UNKNOWN_EXCEPTION");
    assertError(
        caller.post(DATA + "/sobjects/Contact", "{\"LastName\":\"Ann\"}"),
        500,
        "UNKNOWN_EXCEPTION");
    assertThat(org.records("Contact")).isEmpty();
    assertThat(create("Ben").statusCode()).isEqualTo(200);
    assertThat(org.records("Contact")).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"digits,2125550100", "upper,(212) 555-0100", "other,other", "blank,"})
  void rewrite_storesSomethingElseThanWasSent(String to, String stored) {
    org.faults().add(DeclaredFault.parse("rewrite set=Phone to=" + to));

    create("Ann");

    assertThat(org.records("Contact").findFirst().orElseThrow().get("Phone")).isEqualTo(stored);
  }

  @Test
  void faultsAndPicklists_areChangedOverHttp_whileItRuns() {
    assertThat(control("POST", "faults", "refuse field=LastName value=Ann\n").statusCode())
        .isEqualTo(204);
    assertRowError(json(create("Ann")).get(0), "FIELD_CUSTOM_VALIDATION_EXCEPTION");
    assertThat(control("DELETE", "faults", "").statusCode()).isEqualTo(204);
    assertThat(json(create("Ann")).get(0).path("success").asBoolean()).isTrue();
    assertThat(control("POST", "faults", "journeys-missing").body()).contains("when the simulator");
    assertThat(control("POST", "faults", "nothing").body()).contains("There is no fault 'nothing'");

    String before =
        caller
            .get(DATA + "/sobjects/Contact/describe")
            .headers()
            .firstValue("Last-Modified")
            .orElseThrow();
    assertThat(
            control(
                    "POST",
                    "picklists",
                    "{\"object\":\"Contact\",\"field\":\"HP_Sex__c\",\"remove\":[\"Intersex\"],"
                        + "\"add\":[\"New\"]}")
                .statusCode())
        .isEqualTo(204);
    assertError(
        caller.post(DATA + "/sobjects/Contact", "{\"LastName\":\"A\",\"HP_Sex__c\":\"Intersex\"}"),
        400,
        "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST");
    caller.create("Contact", "{\"LastName\":\"A\",\"HP_Sex__c\":\"New\"}");
    HttpResponse<String> describe =
        caller.send(
            caller
                .request(DATA + "/sobjects/Contact/describe")
                .header("If-Modified-Since", before)
                .GET());
    assertThat(describe.statusCode()).isEqualTo(200);
    assertThat(describe.body())
        .contains("{\"active\":false,\"defaultValue\":false,\"label\":\"Intersex\"");
    assertThat(control("POST", "picklists", "{\"object\":\"Contact\",\"field\":\"Name\"}").body())
        .isEqualTo("There is no picklist Contact.Name");
    assertThat(control("PUT", "faults", "").statusCode()).isEqualTo(405);
  }

  private HttpResponse<String> control(String method, String what, String body) {
    return caller.send(
        caller.request("/simulator/" + what).method(method, BodyPublishers.ofString(body)));
  }

  @Test
  void requests_areFound_byMethodPathAndStatus_andForgotten() {
    create("Ann");
    caller.get(DATA + "/sobjects/Nothing");

    JsonNode posts = json(caller.get("/simulator/requests?method=POST&path=composite"));
    assertThat(posts.path("requests")).hasSize(1);
    assertThat(json(caller.get("/simulator/requests?status=404")).path("requests")).hasSize(1);
    control("DELETE", "requests", "");
    assertThat(json(caller.get("/simulator/requests")).path("requests")).isEmpty();
  }

  @Test
  void removedValue_staysInRecordsThatHaveIt() {
    String id = caller.create("Contact", "{\"LastName\":\"A\",\"HP_Sex__c\":\"Male\"}");
    org.changePicklist("Contact", "HP_Sex__c", List.of(), List.of("Male"));

    assertThat(caller.patch(DATA + "/sobjects/Contact/" + id, "{\"Title\":\"x\"}").statusCode())
        .isEqualTo(204);
    assertThat(org.records("Contact").findFirst().orElseThrow()).containsEntry("HP_Sex__c", "Male");
    assertThatThrownBy(() -> org.changePicklist("Contact", "HP_Sex__c", List.of(), List.of("Male")))
        .isInstanceOf(SalesforceSimulatorException.class);
  }

  @Test
  void statePicklists_takeTheOrgsPlacesOnly_andSpellThemItsWay() {
    restart(SalesforceSimulator.builder().statePicklists(true));
    String id =
        caller.create(
            "Contact",
            "{\"LastName\":\"A\",\"MailingState\":\"ny\",\"MailingCountry\":\"united states\"}");
    Map<String, Object> record = org.records("Contact").findFirst().orElseThrow();
    assertThat(record)
        .containsEntry("MailingState", "New York")
        .containsEntry("MailingStateCode", "NY")
        .containsEntry("MailingCountry", "United States")
        .containsEntry("MailingCountryCode", "US");

    JsonNode alone = refused("{\"LastName\":\"B\",\"MailingState\":\"NY\"}");
    assertThat(alone.path("message").asText())
        .isEqualTo(
            "A country/territory must be specified before specifying a state value for field:"
                + " Mailing State/Province");
    assertThat(
            refused("{\"LastName\":\"B\",\"MailingCountry\":\"Nowhere\"}").path("message").asText())
        .startsWith("There's a problem with this country");
    assertThat(
            refused("{\"LastName\":\"B\",\"MailingCountry\":\"CA\",\"MailingState\":\"NY\"}")
                .path("message")
                .asText())
        .startsWith("There's a problem with this state");
    // the country that the record has is enough for another state, and may not go alone
    String path = DATA + "/sobjects/Contact/" + id;
    assertThat(caller.patch(path, "{\"MailingStateCode\":\"TX\"}").statusCode()).isEqualTo(204);
    assertThat(org.records("Contact").findFirst().orElseThrow())
        .containsEntry("MailingState", "Texas");
    assertError(caller.patch(path, "{\"MailingCountry\":null}"), 400, "FIELD_INTEGRITY_EXCEPTION");
    assertThat(caller.get(DATA + "/sobjects/Contact/describe").body())
        .contains("\"name\":\"MailingStateCode\"");
  }

  private JsonNode refused(String body) {
    return assertError(
        caller.post(DATA + "/sobjects/Contact", body), 400, "FIELD_INTEGRITY_EXCEPTION");
  }
}
