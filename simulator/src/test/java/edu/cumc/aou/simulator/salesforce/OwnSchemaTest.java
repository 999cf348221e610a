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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

  private SalesforceSimulator of(String fields) throws IOException {
    return SalesforceSimulator.builder()
        .schema(file("{\"objects\":[{\"name\":\"Contact\",\"fields\":[" + fields + "]}]}"))
        .start();
  }

  @Test
  void childrenAreReached_byTheNameThatTheirParentStates() throws IOException {
    Path file =
        file(
            "{\"objects\":[{\"name\":\"Contact\",\"fields\":[],\"childRelationships\":[{\"childSObject\":"
                + "\"Visit__c\",\"field\":\"Seen__c\",\"relationshipName\":\"SeenAt__r\"}]},{\"name\":"
                + "\"Visit__c\",\"fields\":[{\"name\":\"Seen__c\",\"type\":\"reference\",\"referenceTo\":"
                + "[\"Contact\"],\"relationshipName\":\"Seen__r\"}]}]}");
    try (SalesforceSimulator org = SalesforceSimulator.builder().schema(file).start()) {
      Caller caller = Caller.loggedIn(org);
      caller.found("SELECT Id, (SELECT Id FROM SeenAt__r) FROM Contact");
      assertThat(caller.query("SELECT Id, (SELECT Id FROM Visit__cs__r) FROM Contact").statusCode())
          .isEqualTo(400);
      assertThat(caller.get(DATA + "/sobjects/Contact/describe").body())
          .contains("\"relationshipName\":\"SeenAt__r\"");
    }
  }

  @Test
  void formulasAndNumbersOfTheOrg_areNobodysToWrite_andFormulasAreEmpty() throws IOException {
    try (SalesforceSimulator org =
        of(
            "{\"name\":\"Age__c\",\"type\":\"double\",\"calculated\":true,\"calculatedFormula\":\"1+1\"},"
                + "{\"name\":\"No__c\",\"type\":\"string\",\"autoNumber\":true}")) {
      Caller caller = Caller.loggedIn(org);
      for (String field : new String[] {"Age__c", "No__c"}) {
        assertThat(refusal(caller, "Contact", "{\"LastName\":\"M\",\"" + field + "\":\"1\"}"))
            .isEqualTo("INVALID_FIELD_FOR_INSERT_UPDATE");
      }
      caller.create("Contact", "{\"LastName\":\"A\"}");
      caller.create("Contact", "{\"LastName\":\"B\"}");

      JsonNode found = caller.found("SELECT Age__c, No__c FROM Contact ORDER BY LastName");
      assertThat(found.at("/records/0/Age__c").isNull()).isTrue();
      assertThat(found.at("/records/0/No__c").asText()).isNotEmpty();
      assertThat(found.at("/records/1/No__c").asText())
          .isNotEqualTo(found.at("/records/0/No__c").asText());
      assertThat(org.schemaNotes()).containsExactly("Contact.Age__c: a formula, which stays empty");
      assertThat(caller.get(DATA + "/sobjects/Contact/describe").body())
          .contains("\"calculatedFormula\":\"1+1\"");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "refuse object=Contact field=Age__c value=7",
        "rewrite object=Contact set=Age__c to=digits"
      })
  void ruleAboutAFormula_whichStaysEmpty_isRefused(String rule) {
    String schema =
        "{\"objects\":[{\"name\":\"Contact\",\"fields\":[{\"name\":\"Age__c\",\"type\":\"double\","
            + "\"calculated\":true}]}],\"rules\":[\""
            + rule
            + "\"]}";
    assertThatThrownBy(() -> SalesforceSimulator.builder().schema(file(schema)).start())
        .isInstanceOf(SalesforceSimulatorException.class)
        .hasMessageContaining("'Age__c' of Contact is a formula, which stays empty here");
  }

  @Test
  void fieldsWithSeveralValues_areAskedForEach() throws IOException {
    try (SalesforceSimulator org =
        of(
            "{\"name\":\"M__c\",\"type\":\"multipicklist\",\"picklistValues\":[\"a\",\"b\",\"c\"]}")) {
      Caller caller = Caller.loggedIn(org);
      caller.create("Contact", "{\"LastName\":\"A\",\"M__c\":\"b;a\"}");
      caller.create("Contact", "{\"LastName\":\"B\",\"M__c\":\"c\"}");
      caller.create("Contact", "{\"LastName\":\"C\"}");

      assertThat(names(caller, "M__c INCLUDES ('a')")).isEqualTo("A");
      assertThat(names(caller, "M__c INCLUDES ('a;b', 'c')")).isEqualTo("AB");
      assertThat(names(caller, "M__c INCLUDES ('a;c')")).isEmpty();
      assertThat(names(caller, "M__c EXCLUDES ('a', 'b')")).isEqualTo("BC");
      assertThat(names(caller, "M__c = 'a;b'")).isEqualTo("A");
      assertThat(caller.query("SELECT Id FROM Contact WHERE LastName INCLUDES ('a')").body())
          .contains("INVALID_QUERY_FILTER_OPERATOR");
    }
  }

  private static String names(Caller caller, String condition) {
    StringBuilder names = new StringBuilder();
    caller
        .found("SELECT LastName FROM Contact WHERE " + condition + " ORDER BY LastName")
        .path("records")
        .forEach(record -> names.append(record.path("LastName").asText()));
    return names.toString();
  }

  @Test
  void whatIsLeftOutOrNotRead_isTold() throws IOException {
    try (SalesforceSimulator org =
        of(
            "{\"name\":\"File__c\",\"type\":\"base64\"},{\"name\":\"T__c\",\"type\":\"strng\"},"
                + "{\"name\":\"S__c\",\"type\":\"string\",\"lenght\":3},"
                + "{\"name\":\"R__c\",\"type\":\"reference\",\"referenceTo\":[\"Case\"]}")) {
      assertThat(org.schemaNotes())
          .containsExactly(
              "Contact.File__c: left out, as the simulator holds no base64",
              "Contact.T__c: left out, as the simulator holds no strng",
              "Contact.S__c: 'lenght' is not read",
              "Contact.R__c: left out, as the org has nothing that it could point to");
    }
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
