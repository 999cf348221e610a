package edu.cumc.aou.simulator.salesforce;

import static edu.cumc.aou.simulator.salesforce.Caller.DATA;
import static edu.cumc.aou.simulator.salesforce.Caller.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import edu.cumc.aou.simulator.salesforce.fault.DeclaredFault;
import edu.cumc.aou.simulator.salesforce.http.SalesforceSimulatorException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is changed over HTTP while the simulator runs, and what it says to mistakes. */
class ControlsTest {
  private final SalesforceSimulator org = SalesforceSimulator.builder().showValues(true).start();
  private final Caller caller = Caller.loggedIn(org);

  @AfterEach
  void close() {
    org.close();
  }

  private HttpResponse<String> post(String what, String body) {
    return caller.send(caller.request("/simulator/" + what).POST(BodyPublishers.ofString(body)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "refuse object=Nope | There is no object 'Nope'",
        "refuse field=Nope value=x | There is no field 'Nope' of Contact",
        "fail-call object=Account field=LastName | There is no field 'LastName' of Account",
        "rewrite set=Nope to=digits | There is no field 'Nope' of Contact",
        "refuse blames=Nope | There is no field 'Nope' of Contact"
      })
  void faultOfWhatTheOrgHasNot_isRefused_whereverItComesFrom(String fault, String message) {
    HttpResponse<String> response = post("faults", "refuse field=LastName value=x\n" + fault);

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body()).contains(message);
    assertThat(org.faults().tallies()).isEmpty();
    SalesforceSimulatorBuilder builder =
        SalesforceSimulator.builder().fault(DeclaredFault.parse(fault));
    assertThatThrownBy(builder::start)
        .isInstanceOf(SalesforceSimulatorException.class)
        .hasMessageContaining(message);
  }

  @Test
  void faultsInForce_areListed_withHowOftenTheyStruck() {
    assertThat(post("faults", " \n").statusCode()).isEqualTo(400);
    post("faults", "refuse field=LastName value=Muster");
    caller.post(DATA + "/sobjects/Contact", "{\"LastName\":\"Muster\"}");

    JsonNode faults = json(caller.get("/simulator/faults")).path("faults");

    assertThat(faults)
        .isEqualTo(
            json(
                "[{\"fault\":\"refuse field=LastName value=Muster\",\"matched\":1,\"struck\":1}]"));
  }

  @Test
  void picklists_areShownAndChanged_andUnknownKeysAreRefused() {
    HttpResponse<String> typo =
        post("picklists", "{\"object\":\"Contact\",\"field\":\"HP_Sex__c\",\"remvoe\":[\"Male\"]}");
    assertThat(typo.statusCode()).isEqualTo(400);
    assertThat(typo.body()).contains("remvoe").contains("remove");
    assertThat(post("picklists", "[]").statusCode()).isEqualTo(400);
    post("picklists", "{\"object\":\"Contact\",\"field\":\"HP_Sex__c\",\"remove\":[\"Male\"]}");

    JsonNode picklists = json(caller.get("/simulator/picklists")).path("picklists");

    JsonNode sex = null;
    for (JsonNode one : picklists) {
      sex = one.path("field").asText().equals("HP_Sex__c") ? one : sex;
    }
    assertThat(sex).isNotNull();
    assertThat(sex.path("object").asText()).isEqualTo("Contact");
    assertThat(sex.path("active").toString()).contains("Female").doesNotContain("\"Male\"");
    assertThat(sex.path("removed").toString()).isEqualTo("[\"Male\"]");
  }

  @Test
  void schema_isChangedWhileTheOrgRuns_andRecordsStay() {
    String id =
        caller.create(
            "Contact",
            "{\"LastName\":\"Muster\",\"HP_Sex__c\":\"Male\",\"HP_PMI_ID__c\":\"P000000001\"}");
    String contact =
        "{\"name\":\"Contact\",\"fields\":[{\"name\":\"Arm__c\",\"type\":\"string\"}]}";
    String visit =
        "{\"name\":\"Visit__c\",\"fields\":[{\"name\":\"On__c\",\"type\":\"date\"},"
            + "{\"name\":\"F__c\",\"type\":\"base64\"}]}";

    HttpResponse<String> changed =
        post(
            "schema",
            "{\"objects\":["
                + contact
                + ","
                + visit
                + "],\"rules\":[\"refuse field=Arm__c value=x\"]}");

    assertThat(changed.body())
        .isEqualTo("{\"notes\":[\"Visit__c.F__c: left out, as the simulator holds no base64\"]}");
    assertThat(json(caller.get(DATA + "/sobjects/Contact/" + id)).path("LastName").asText())
        .isEqualTo("Muster");
    assertThat(caller.query("SELECT HP_Sex__c FROM Contact").statusCode()).isEqualTo(400);
    assertThat(
            caller
                .patch(DATA + "/sobjects/Contact/HP_PMI_ID__c/P000000001", "{\"Arm__c\":\"y\"}")
                .statusCode())
        .isEqualTo(200);
    assertThat(caller.patch(DATA + "/sobjects/Contact/" + id, "{\"Arm__c\":\"x\"}").body())
        .contains("FIELD_CUSTOM_VALIDATION_EXCEPTION");
    caller.create("Visit__c", "{\"On__c\":\"2024-02-29\"}");

    HttpResponse<String> refused = post("schema", "{\"objects\":[" + contact + "]}");
    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(refused.body()).contains("Visit__c has records");
    assertThat(caller.found("SELECT On__c FROM Visit__c").path("totalSize").asInt()).isEqualTo(1);
    assertThat(post("schema", "{\"object\":[]}").statusCode()).isEqualTo(400);
    HttpResponse<String> rule =
        post(
            "schema",
            "{\"objects\":["
                + visit
                + ",{\"name\":\"Contact\",\"fields\":[]}],\"rules\":[\"refuse field=Nobody__c\"]}");
    assertThat(rule.statusCode()).isEqualTo(400);
    caller.found("SELECT Arm__c FROM Contact");
  }

  @Test
  void cursorFromBefore_goesOnAfterwards() {
    for (int i = 0; i < 250; i++) {
      org.create("Contact", Map.of("LastName", "Muster" + i, "AccountId", org.accountId()));
    }
    String path = DATA + "/query?q=" + Caller.encode("SELECT LastName, Account.Name FROM Contact");
    JsonNode first =
        json(
            caller.send(
                caller.request(path).header("Sforce-Query-Options", "batchSize=200").GET()));

    post(
        "schema",
        "{\"objects\":[{\"name\":\"Account\",\"fields\":[{\"name\":\"A__c\",\"type\":\"string\"}]}]}");

    JsonNode rest = json(caller.get(first.path("nextRecordsUrl").asText())).path("records");
    assertThat(rest).hasSize(50);
    assertThat(rest.at("/49/LastName").asText()).isEqualTo("Muster249");
    assertThat(rest.at("/49/Account/Name").asText()).isEqualTo("All of Us Participants");
  }

  @Test
  void statePicklists_areTurnedOnAndOff() {
    String nowhere = "{\"LastName\":\"A\",\"MailingCountry\":\"Nowhere\"}";
    caller.create("Contact", nowhere);

    assertThat(post("state-picklists", "{\"on\":true}").statusCode()).isEqualTo(204);
    assertThat(caller.post(DATA + "/sobjects/Contact", nowhere).body())
        .contains("FIELD_INTEGRITY_EXCEPTION");
    caller.found("SELECT MailingCountryCode FROM Contact");

    assertThat(post("state-picklists", "{\"on\":false}").statusCode()).isEqualTo(204);
    caller.create("Contact", nowhere);
    assertThat(post("state-picklists", "{\"on\":\"yes\"}").statusCode()).isEqualTo(400);
  }

  @Test
  void requests_areFoundByTheirRealPathToo_andUnknownQuestionsAreRefused() {
    String id = caller.create("Contact", "{\"LastName\":\"Muster\"}");
    caller.get(DATA + "/sobjects/Contact/" + id);

    assertThat(json(caller.get("/simulator/requests?path=" + id)).path("requests")).hasSize(1);
    assertThat(json(caller.get("/simulator/requests?path=%7Bid%7D")).path("requests")).hasSize(1);
    assertThat(caller.get("/simulator/requests?stauts=404").statusCode()).isEqualTo(400);
    assertThat(caller.get("/simulator/requests?status=abc").statusCode()).isEqualTo(400);
    assertThat(caller.get("/simulator/nothing").body()).contains("/simulator/picklists");
  }
}
