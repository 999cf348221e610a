package edu.cumc.aou.simulator.salesforce;

import static edu.cumc.aou.simulator.salesforce.Caller.DATA;
import static edu.cumc.aou.simulator.salesforce.Caller.assertError;
import static edu.cumc.aou.simulator.salesforce.Caller.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What of the Tooling API the org has. */
class ToolingTest {
  private static final String RULES =
      "SELECT ValidationName, EntityDefinition.QualifiedApiName FROM ValidationRule WHERE"
          + " EntityDefinition.QualifiedApiName IN ('Contact', 'Opportunity') AND Active = true";

  private SalesforceSimulator org;
  private Caller caller;

  @BeforeEach
  void start() {
    org = SalesforceSimulator.builder().clock(new VirtualClock()).start();
    caller = Caller.loggedIn(org);
  }

  @AfterEach
  void close() {
    org.close();
  }

  private HttpResponse<String> query(String soql) {
    return caller.get(DATA + "/tooling/query?q=" + URLEncoder.encode(soql, StandardCharsets.UTF_8));
  }

  private HttpResponse<String> execute(String apex) {
    return caller.get(
        DATA
            + "/tooling/executeAnonymous?anonymousBody="
            + URLEncoder.encode(apex, StandardCharsets.UTF_8));
  }

  @Test
  void rules_areListedWithTheirObjects_andAreNoObjectsOfTheDataApi() {
    org.validationRule("Contact", "Phone_Needed", true);
    org.validationRule("Contact", "Old", true);
    org.validationRule("Contact", "Old", false);
    org.validationRule("Case", "Other", true);

    JsonNode found = json(query(RULES));

    assertThat(found.path("totalSize").asInt()).isEqualTo(1);
    assertThat(found.path("records").get(0).path("ValidationName").asText())
        .isEqualTo("Phone_Needed");
    assertThat(
            found.path("records").get(0).path("EntityDefinition").path("QualifiedApiName").asText())
        .isEqualTo("Contact");
    assertError(caller.get(DATA + "/query?q=SELECT+Id+FROM+ValidationRule"), 400, "INVALID_TYPE");
    assertError(query("SELECT Id FROM Contact"), 400, "INVALID_TYPE");
  }

  @Test
  void userWithoutTheSetup_meetsNoSuchObject() {
    org.permit(false, false);

    assertError(query(RULES), 400, "INVALID_TYPE");
  }

  @Test
  void anonymousApex_needsItsPermission_andSaysWhetherMailMayBeSent() {
    String reserve = "Messaging.reserveSingleEmailCapacity(1);";
    assertError(execute(reserve), 403, "INSUFFICIENT_ACCESS");

    org.permit(true, true);
    JsonNode refused = json(execute(reserve));
    assertThat(refused.path("compiled").asBoolean()).isTrue();
    assertThat(refused.path("success").asBoolean(true)).isFalse();
    assertThat(refused.path("exceptionMessage").asText()).startsWith("System.NoAccessException: ");

    org.deliverMail(true);
    assertThat(json(execute(reserve)).path("success").asBoolean()).isTrue();
    assertError(execute("delete [SELECT Id FROM Contact];"), 404, "NOT_FOUND");
  }
}
