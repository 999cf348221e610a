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
