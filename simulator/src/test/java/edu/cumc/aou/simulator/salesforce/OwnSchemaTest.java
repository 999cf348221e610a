package edu.cumc.aou.simulator.salesforce;

import static edu.cumc.aou.simulator.salesforce.Caller.DATA;
import static edu.cumc.aou.simulator.salesforce.Caller.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import edu.cumc.aou.simulator.salesforce.http.SalesforceSimulatorException;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnSchemaTest {
  @TempDir Path folder;

  private Path file(String content) throws IOException {
    return Files.writeString(folder.resolve("schema.json"), content);
  }

  /** The example of the manual. */
  private SalesforceSimulator example() throws IOException {
    String page = Files.readString(Path.of("../docs/simulator.md"));
    Matcher sample = Pattern.compile("(?ms)^```json\\n(.*?)^```$").matcher(page);
    assertThat(sample.find()).isTrue();
    return SalesforceSimulator.builder().schema(file(sample.group(1))).start();
  }

  @Test
  void fieldsOfTheFile_areHeldToWhatItSaysOfThem() throws IOException {
    try (SalesforceSimulator org = example()) {
      Caller caller = Caller.loggedIn(org);
      caller.create(
          "Contact", "{\"LastName\":\"Muster\",\"Study_Code__c\":\"S1\",\"Arm__c\":\"A\"}");

      assertThat(refusal(caller, "Contact", "{\"LastName\":\"M\",\"Study_Code__c\":\"s1\"}"))
          .isEqualTo("DUPLICATE_VALUE");
      assertThat(refusal(caller, "Contact", "{\"LastName\":\"M\",\"Arm__c\":\"C\"}"))
          .isEqualTo("INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST");
      assertThat(
              refusal(
                  caller, "Contact", "{\"LastName\":\"M\",\"Study_Code__c\":\"1234567890123\"}"))
          .isEqualTo("STRING_TOO_LONG");
      assertThat(refusal(caller, "Contact", "{\"LastName\":\"M\",\"HP_Sex__c\":\"Male\"}"))
          .isEqualTo("INVALID_FIELD");
      HttpResponse<String> upsert =
          caller.patch(DATA + "/sobjects/Contact/Study_Code__c/S1", "{\"LastName\":\"Master\"}");
      assertThat(json(upsert).path("created").asBoolean()).isFalse();
    }
  }

  @Test
  void objectsOfTheFile_haveRecordsAndRelationships() throws IOException {
    try (SalesforceSimulator org = example()) {
      Caller caller = Caller.loggedIn(org);
      String contact = caller.create("Contact", "{\"LastName\":\"Muster\"}");

      assertThat(refusal(caller, "Visit__c", "{\"Contact__c\":\"" + contact + "\"}"))
          .isEqualTo("REQUIRED_FIELD_MISSING");
      caller.create("Visit__c", "{\"Contact__c\":\"" + contact + "\",\"On__c\":\"2024-02-29\"}");

      assertThat(
              json(caller.query("SELECT On__c, Contact__r.LastName FROM Visit__c"))
                  .at("/records/0/Contact__r/LastName")
                  .asText())
          .isEqualTo("Muster");
      assertThat(
              json(caller.query("SELECT Id, (SELECT On__c FROM Visits__r) FROM Contact"))
                  .at("/records/0/Visits__r/totalSize")
                  .asInt())
          .isEqualTo(1);
    }
  }

  @Test
  void rulesOfTheFile_refuseAndRewrite() throws IOException {
    try (SalesforceSimulator org = example()) {
      Caller caller = Caller.loggedIn(org);
      String id = caller.create("Contact", "{\"LastName\":\"M\",\"Phone\":\"(212) 555-0100\"}");

      assertThat(refusal(caller, "Contact", "{\"LastName\":\"Test\"}"))
          .isEqualTo("FIELD_CUSTOM_VALIDATION_EXCEPTION");
      assertThat(json(caller.get(DATA + "/sobjects/Contact/" + id)).path("Phone").asText())
          .isEqualTo("2125550100");
    }
  }

  @Test
  void describe_canStandInTheFileAsItIs() throws IOException {
    JsonNode before;
    try (SalesforceSimulator org = SalesforceSimulator.builder().start()) {
      before = json(Caller.loggedIn(org).get(DATA + "/sobjects/Contact/describe"));
    }
    Path file = file("{\"objects\":[" + before + "]}");
    try (SalesforceSimulator org = SalesforceSimulator.builder().schema(file).start()) {
      JsonNode after = json(Caller.loggedIn(org).get(DATA + "/sobjects/Contact/describe"));

      assertThat(fields(after)).isEqualTo(fields(before));
    }
  }

  private static Set<String> fields(JsonNode describe) {
    Set<String> fields = new TreeSet<>();
    describe.path("fields").forEach(field -> fields.add(field.toString()));
    return fields;
  }

  @Test
  void filesThatCannotBeUnderstood_sayWhy() throws IOException {
    assertThat(problem("{")).contains("it is not JSON; line 1");
    assertThat(problem("{\"object\":[]}")).contains("'object' is unknown");
    assertThat(problem("{}")).contains("neither objects nor rules");
    assertThat(problem("{\"objects\":[{\"name\":\"X__c\"}]}")).contains("object 1 has no name, or");
    assertThat(problem("{\"objects\":[{\"name\":\"X__c\",\"fields\":[{\"name\":\"A__c\"}]}]}"))
        .contains("X__c has a field without a name or a type");
    assertThat(problem("{\"rules\":[\"unavailable\"]}")).contains("begins with refuse or rewrite");
    assertThatThrownBy(() -> SalesforceSimulator.builder().schema(folder.resolve("none")))
        .isInstanceOf(SalesforceSimulatorException.class)
        .hasMessageContaining("it cannot be read");
  }

  private String problem(String content) throws IOException {
    Path file = file(content);
    try {
      SalesforceSimulator.builder().schema(file);
      return "";
    } catch (SalesforceSimulatorException e) {
      return String.valueOf(e.getMessage());
    }
  }

  private static String refusal(Caller caller, String object, String body) {
    HttpResponse<String> response = caller.post(DATA + "/sobjects/" + object, body);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
    return json(response).at("/0/errorCode").asText();
  }
}
