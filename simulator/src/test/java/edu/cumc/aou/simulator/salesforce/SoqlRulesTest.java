package edu.cumc.aou.simulator.salesforce;

import static edu.cumc.aou.simulator.salesforce.Caller.DATA;
import static edu.cumc.aou.simulator.salesforce.Caller.encode;
import static edu.cumc.aou.simulator.salesforce.Caller.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Queries of other people's clients, and those that Salesforce does not take. */
class SoqlRulesTest {
  private final SalesforceSimulator org = SalesforceSimulator.builder().start();
  private final Caller caller = Caller.loggedIn(org);

  @BeforeEach
  void createContact() {
    org.create(
        "Contact", Map.of("LastName", "Muster", "FirstName", "Ann", "AccountId", org.accountId()));
  }

  @AfterEach
  void close() {
    org.close();
  }

  @Test
  void names_mayBeginWithTheirObject_inSubqueriesToo() {
    JsonNode account =
        caller
            .found(
                "SELECT Account.Name, (SELECT Contact.FirstName FROM Account.Contacts) FROM"
                    + " Account")
            .path("records")
            .get(0);

    assertThat(account.path("Name").asText()).isEqualTo("All of Us Participants");
    assertThat(account.path("Contacts").path("records").get(0).path("FirstName").asText())
        .isEqualTo("Ann");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT COUNT() FROM Contact, Contact.Account WHERE Account.Name LIKE 'All%'",
        "SELECT COUNT() FROM Contact c, c.Account a WHERE a.Name LIKE 'All%' AND c.FirstName ="
            + " 'Ann'",
        "SELECT COUNT() FROM Contact WHERE AccountId IN (SELECT Id FROM Account) AND OwnerId NOT IN"
            + " (SELECT OwnerId FROM Lead)"
      })
  void parentsInFrom_andTwoSemiJoins_areAnswered(String soql) {
    assertThat(caller.found(soql).path("totalSize").asInt()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT Id FROM Contact WHERE Id IN (SELECT ReportsToId FROM Contact)",
        "SELECT Id FROM Account WHERE Id IN (SELECT AccountId FROM Contact WHERE OwnerId IN (SELECT"
            + " Id FROM User))",
        "SELECT Id FROM Account WHERE Name = 'x' OR Id IN (SELECT AccountId FROM Contact)",
        "SELECT Id FROM Account WHERE NOT (Id IN (SELECT AccountId FROM Contact))",
        "SELECT Id FROM Account WHERE Id IN (SELECT AccountId FROM Contact) AND Id IN (SELECT"
            + " AccountId FROM Opportunity) AND OwnerId IN (SELECT Id FROM User)",
        "SELECT Id FROM Account WHERE Id IN (SELECT AccountId FROM Contact LIMIT 1)",
        "SELECT Id FROM Account WHERE Id IN (SELECT AccountId FROM Contact ORDER BY Name)",
        "SELECT Id FROM Account WHERE Id IN (SELECT AccountId FROM Contact FOR UPDATE)",
        "SELECT Id FROM User WHERE Id IN (SELECT Account.OwnerId FROM Contact)",
        "SELECT Id FROM Account WHERE Id IN (SELECT OwnerId FROM Contact)",
        "SELECT COUNT() FROM Contact GROUP BY LastName",
        "SELECT COUNT() FROM Contact ORDER BY LastName",
        "SELECT Id FROM Contact, Contact.Nobody"
      })
  void whatSalesforceDoesNotTake_isRefused(String soql) {
    HttpResponse<String> response = caller.query(soql);

    assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
    assertThat(json(response).get(0).path("errorCode").asText())
        .isIn("MALFORMED_QUERY", "INVALID_FIELD");
  }

  @Test
  void columns_areToldBesideTheRecords() {
    JsonNode answer =
        json(
            caller.get(
                DATA
                    + "/query?columns=true&q="
                    + encode("SELECT Id, LastName, Account.Name FROM Contact")));
    JsonNode columns = answer.path("columnMetadata");

    assertThat(answer.path("records")).hasSize(1);
    assertThat(columns)
        .extracting(column -> column.path("columnName").asText())
        .containsExactly("Id", "LastName", "Account");
    assertThat(columns.get(1).path("textType").asBoolean()).isTrue();
    assertThat(columns.get(1).path("updatable").asBoolean()).isTrue();
    assertThat(columns.get(2).path("foreignKeyName").asText()).isEqualTo("AccountId");
    assertThat(columns.get(2).path("joinColumns").get(0).path("columnName").asText())
        .isEqualTo("Name");
    assertThat(caller.found("SELECT Id FROM Contact").has("columnMetadata")).isFalse();

    JsonNode children =
        json(caller.get(
                DATA
                    + "/query?columns=true&q="
                    + encode("SELECT Name, (SELECT LastName FROM Contacts) FROM Account")))
            .path("columnMetadata")
            .get(1);
    assertThat(children.path("aggregate").asBoolean()).isTrue();
    assertThat(children.path("joinColumns").get(0).path("columnName").asText())
        .isEqualTo("LastName");
  }
}
