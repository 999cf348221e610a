package edu.cumc.aou.simulator.salesforce;

import static edu.cumc.aou.simulator.salesforce.Caller.DATA;
import static edu.cumc.aou.simulator.salesforce.Caller.assertError;
import static edu.cumc.aou.simulator.salesforce.Caller.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DescribeTest {
  private SalesforceSimulator org = SalesforceSimulator.builder().start();
  private Caller caller = Caller.loggedIn(org);

  @AfterEach
  void close() {
    org.close();
  }

  private Map<String, JsonNode> fields(String object) {
    Map<String, JsonNode> fields = new HashMap<>();
    json(caller.get(DATA + "/sobjects/" + object + "/describe"))
        .path("fields")
        .forEach(field -> fields.put(field.path("name").asText(), field));
    return fields;
  }

  @Test
  void object_hasTheKeysOfARealOne() {
    JsonNode contact = json(caller.get(DATA + "/sobjects/contact/describe"));

    assertThat(contact.path("name").asText()).isEqualTo("Contact");
    assertThat(contact.path("keyPrefix").asText()).isEqualTo("003");
    assertThat(contact.path("createable").asBoolean()).isTrue();
    assertThat(contact.path("recordTypeInfos").get(0).path("recordTypeId").asText())
        .isEqualTo("012000000000000AAA");
    assertThat(contact.path("childRelationships"))
        .anySatisfy(
            child -> {
              assertThat(child.path("childSObject").asText()).isEqualTo("Opportunity");
              assertThat(child.path("field").asText()).isEqualTo("Contact__c");
            });
  }

  @Test
  void everyField_hasThe57Keys() {
    for (String object : new String[] {"Contact", "Opportunity", "Account", "User"}) {
      assertThat(fields(object).values())
          .isNotEmpty()
          .allSatisfy(field -> assertThat(field.properties()).hasSize(57));
    }
  }

  @Test
  void fields_areDescribedAsTheyBehave() {
    Map<String, JsonNode> fields = fields("Contact");

    JsonNode lastName = fields.get("LastName");
    assertThat(lastName.path("nillable").asBoolean()).isFalse();
    assertThat(lastName.path("createable").asBoolean()).isTrue();
    assertThat(lastName.path("length").asInt()).isEqualTo(80);
    assertThat(lastName.path("byteLength").asInt()).isEqualTo(240);
    assertThat(fields.get("Name").path("createable").asBoolean()).isFalse();
    assertThat(fields.get("Email").path("idLookup").asBoolean()).isTrue();
    assertThat(fields.get("Email").path("externalId").asBoolean()).isFalse();
    assertThat(fields.get("Description").path("filterable").asBoolean()).isFalse();
    assertThat(fields.get("AccountId").path("referenceTo").get(0).asText()).isEqualTo("Account");
    assertThat(fields.get("AccountId").path("relationshipName").asText()).isEqualTo("Account");
    assertThat(fields.get("HP_Sex__c").path("restrictedPicklist").asBoolean()).isTrue();
    assertThat(fields.get("HP_Sex__c").path("picklistValues"))
        .extracting(value -> value.path("value").asText())
        .contains("Male", "Prefer Not To Answer");
    assertThat(fields.get("HP_Sex__c").path("custom").asBoolean()).isTrue();
    assertThat(fields.get("IsEmailBounced").path("type").asText()).isEqualTo("boolean");
  }

  @Test
  void pmiField_isAUniqueExternalIdOrPlainText() {
    JsonNode unique = fields("Contact").get("HP_PMI_ID__c");
    assertThat(unique.path("externalId").asBoolean()).isTrue();
    assertThat(unique.path("unique").asBoolean()).isTrue();
    assertThat(unique.path("idLookup").asBoolean()).isTrue();
    assertThat(unique.path("caseSensitive").asBoolean(true)).isFalse();
    assertThat(fields("Opportunity").get("HP_PMI_ID__c").path("unique").asBoolean(true)).isFalse();
    org.close();
    org = SalesforceSimulator.builder().pmiFieldUnique(false).start();
    caller = Caller.loggedIn(org);

    JsonNode plain = fields("Contact").get("HP_PMI_ID__c");

    assertThat(plain.path("externalId").asBoolean(true)).isFalse();
    assertThat(plain.path("unique").asBoolean(true)).isFalse();
    assertThat(plain.path("idLookup").asBoolean(true)).isFalse();
  }

  @Test
  void journeyFields_haveFlagsOfFourTypes() {
    Map<String, JsonNode> fields = fields("Opportunity");

    assertThat(type(fields, "HP_General_Consent_Status__c")).isEqualTo("double");
    assertThat(type(fields, "HP_EHR_Consent_Status__c")).isEqualTo("picklist");
    assertThat(type(fields, "HP_Withdrawal_Status__c")).isEqualTo("boolean");
    assertThat(type(fields, "HP_Samples_for_DNA_Received__c")).isEqualTo("string");
    assertThat(type(fields, "Contact__c")).isEqualTo("reference");
    assertThat(type(fields, "HP_COPE_July_PPI_Survey_Completion_Date__c")).isEqualTo("date");
    assertThat(fields.get("Contact__c").path("relationshipName").asText()).isEqualTo("Contact__r");
  }

  private static String type(Map<String, JsonNode> fields, String name) {
    return fields.get(name).path("type").asText();
  }

  @Test
  void list_hasAllObjects() {
    JsonNode list = json(caller.get(DATA + "/sobjects"));

    assertThat(list.path("encoding").asText()).isEqualTo("UTF-8");
    assertThat(list.path("maxBatchSize").asInt()).isEqualTo(200);
    assertThat(list.path("sobjects"))
        .extracting(object -> object.path("name").asText())
        .containsExactly(
            "Account", "Contact", "Opportunity", "Lead", "User", "Organization", "Profile");
    assertThat(
            json(caller.get(DATA + "/sobjects/Contact"))
                .path("objectDescribe")
                .path("urls")
                .path("describe")
                .asText())
        .isEqualTo(DATA + "/sobjects/Contact/describe");
  }

  @Test
  void unknownObject_isNotFound() {
    JsonNode error = assertError(caller.get(DATA + "/sobjects/Nope__c/describe"), 404, "NOT_FOUND");

    assertThat(error.path("message").asText()).isEqualTo("The requested resource does not exist");
  }
}
