package edu.cumc.aou.simulator.salesforce;

import static edu.cumc.aou.simulator.salesforce.Caller.DATA;
import static edu.cumc.aou.simulator.salesforce.Caller.assertError;
import static edu.cumc.aou.simulator.salesforce.Caller.encode;
import static edu.cumc.aou.simulator.salesforce.Caller.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import edu.cumc.aou.simulator.salesforce.http.SalesforceSimulatorException;
import edu.cumc.aou.simulator.salesforce.org.FieldAccess.Permission;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Fields that an administrator hides from the integration user, makes read-only or required. */
class FieldAccessTest {
  private static final String CONTACTS = DATA + "/sobjects/Contact";
  private static final String FIELD = "MailingCity";

  private final SalesforceSimulator org =
      SalesforceSimulator.builder().clock(new VirtualClock()).start();
  private final Caller caller = Caller.loggedIn(org);

  @AfterEach
  void close() {
    org.close();
  }

  private JsonNode described() {
    for (JsonNode field : json(caller.get(CONTACTS + "/describe")).path("fields")) {
      if (field.path("name").asText().equals(FIELD)) {
        return field;
      }
    }
    return json("null");
  }

  private String contact() {
    return caller.create("Contact", "{\"LastName\":\"Muster\",\"MailingCity\":\"Bern\"}");
  }

  @Test
  void hiddenField_doesNotExistForTheUser_andKeepsItsValue() {
    String id = contact();

    org.changeAccess("Contact", FIELD, Permission.NONE, false);

    assertThat(described().isNull()).isTrue();
    assertThat(json(caller.get(CONTACTS + "/" + id)).has(FIELD)).isFalse();
    assertError(
        caller.get(DATA + "/query?q=" + encode("SELECT MailingCity FROM Contact")),
        400,
        "INVALID_FIELD");
    assertError(
        caller.patch(CONTACTS + "/" + id, "{\"MailingCity\":\"Chur\"}"), 400, "INVALID_FIELD");
    org.edit(id, Map.of(FIELD, "Basel"));
    org.changeAccess("Contact", FIELD, Permission.EDIT, false);
    assertThat(json(caller.get(CONTACTS + "/" + id)).path(FIELD).asText()).isEqualTo("Basel");
  }

  @Test
  void readOnlyField_isShown_andRefusedToTheUserOnly() {
    String id = contact();

    org.changeAccess("Contact", FIELD, Permission.READ, false);

    assertThat(described().path("createable").asBoolean()).isFalse();
    assertThat(described().path("updateable").asBoolean()).isFalse();
    assertError(
        caller.patch(CONTACTS + "/" + id, "{\"MailingCity\":\"Chur\"}"),
        400,
        "INVALID_FIELD_FOR_INSERT_UPDATE");
    assertError(
        caller.post(CONTACTS, "{\"LastName\":\"Muster\",\"MailingCity\":\"Chur\"}"),
        400,
        "INVALID_FIELD_FOR_INSERT_UPDATE");
    org.edit(id, Map.of(FIELD, "Basel"));
    assertThat(json(caller.get(CONTACTS + "/" + id)).path(FIELD).asText()).isEqualTo("Basel");
  }

  @Test
  void requiredField_isMissedInNewRecords_andMayNotBeCleared() {
    String id = contact();

    org.changeAccess("Contact", FIELD, Permission.EDIT, true);

    assertThat(described().path("nillable").asBoolean()).isFalse();
    assertError(caller.post(CONTACTS, "{\"LastName\":\"Muster\"}"), 400, "REQUIRED_FIELD_MISSING");
    assertError(
        caller.patch(CONTACTS + "/" + id, "{\"MailingCity\":null}"), 400, "REQUIRED_FIELD_MISSING");
    assertThat(caller.patch(CONTACTS + "/" + id, "{\"FirstName\":\"Maxi\"}").statusCode())
        .isEqualTo(204);
  }

  @Test
  void unknownField_isRefused() {
    assertThatThrownBy(() -> org.changeAccess("Contact", "Nope__c", Permission.READ, false))
        .isInstanceOf(SalesforceSimulatorException.class)
        .hasMessageContaining("Contact.Nope__c");
  }
}
