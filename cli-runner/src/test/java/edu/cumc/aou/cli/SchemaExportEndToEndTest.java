package edu.cumc.aou.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import edu.cumc.aou.cli.Site.Result;
import edu.cumc.aou.simulator.salesforce.SalesforceSimulator;
import edu.cumc.aou.simulator.salesforce.http.Answer;
import edu.cumc.aou.simulator.salesforce.http.Call;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An org's schema goes into a file, and a simulator that reads the file is like that org. */
class SchemaExportEndToEndTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final String OWN =
      """
      {"objects":[
        {"name":"Visit__c","label":"Visit","labelPlural":"Visits","fields":[
          {"name":"Seen__c","type":"reference","referenceTo":["Contact"],"relationshipName":"Seen__r"},
          {"name":"On__c","type":"date","nillable":false},
          {"name":"Code__c","type":"string","length":12,"externalId":true,"unique":true,"caseSensitive":true},
          {"name":"Rooms__c","type":"multipicklist","restrictedPicklist":true,"picklistValues":["A","B"]},
          {"name":"Cost__c","type":"currency","precision":8,"scale":2},
          {"name":"No__c","type":"string","length":30,"autoNumber":true},
          {"name":"Age__c","type":"double","precision":18,"calculated":true,"calculatedFormula":"1+1"}]},
        {"name":"Contact","childRelationships":[
          {"childSObject":"Visit__c","field":"Seen__c","relationshipName":"SeenAt__r"}],
          "fields":[{"name":"Arm__c","type":"picklist","picklistValues":["A"]}]}]}
      """;

  @TempDir Path directory;
  private Site site;

  @BeforeEach
  void open() throws IOException {
    Path file = Files.writeString(directory.resolve("own.json"), OWN);
    site = new Site(directory, 3, false, org -> org.schema(file));
  }

  @AfterEach
  void close() {
    site.close();
  }

  @Test
  void simulatorOfTheFile_describesItselfAsTheOrgDoes_andNoRecordIsInTheFile() throws IOException {
    site.org.create("Contact", Map.of("LastName", "Mustermann", "HP_PMI_ID__c", "P012345678"));

    Result result = site.run("schema", "export", "--object", "Visit__c", "--out", "exported.json");

    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.out())
        .contains("fields of Visit__c")
        .contains("Next: aou-sync simulator --schema exported.json");
    Path file = directory.resolve("exported.json");
    assertThat(Files.readString(file))
        .doesNotContain("Mustermann", "P012345678", "urls", "recordTypeInfos")
        .doesNotContain(site.org.credentials().organizationId(), site.org.url());
    try (SalesforceSimulator other = SalesforceSimulator.builder().schema(file).start()) {
      for (String object : new String[] {"Account", "Contact", "Opportunity", "Visit__c"}) {
        assertThat(described(other, object)).as(object).isEqualTo(described(site.org, object));
      }
      assertThat(other.schemaNotes()).containsExactlyElementsOf(site.org.schemaNotes());
    }
  }

  @Test
  void whatTheOrgDoesNotShow_orTheUserMistypes_isNamed() {
    Result unknown = site.run("schema", "export", "--object", "Nope__c", "--out", "exported.json");
    assertThat(unknown.exitCode()).isEqualTo(3);
    assertThat(unknown.err()).contains("Nope__c");
    assertThat(directory.resolve("exported.json")).doesNotExist();
    assertThat(site.run("schema", "import", "--out", "x").exitCode()).isEqualTo(2);
    assertThat(site.run("schema", "export").exitCode()).isEqualTo(2);
  }

  /** Fields by name, and the names by which children are reached. */
  private static Map<String, JsonNode> described(SalesforceSimulator org, String object)
      throws IOException {
    Map<String, JsonNode> all = new TreeMap<>();
    JsonNode whole = get(org, "/services/data/v62.0/sobjects/" + object + "/describe");
    whole.path("fields").forEach(field -> all.put(field.path("name").asText(), field));
    whole
        .path("childRelationships")
        .forEach(
            child ->
                all.put(
                    "child " + child.path("childSObject").asText() + "." + child.path("field"),
                    child));
    for (String key : new String[] {"keyPrefix", "label", "labelPlural", "createable"}) {
      all.put(key, whole.path(key));
    }
    return all;
  }

  private static JsonNode get(SalesforceSimulator org, String path) throws IOException {
    String form =
        "grant_type=client_credentials&client_id=%s&client_secret=%s"
            .formatted(org.credentials().clientId(), org.credentials().clientSecret());
    Answer login =
        org.handle(
            Call.received(
                "POST",
                "/services/oauth2/token",
                "",
                Map.of(),
                form.getBytes(StandardCharsets.UTF_8)));
    String token = login.json().path("access_token").asText();
    Answer answer =
        org.handle(
            Call.received(
                "GET", path, "", Map.of("Authorization", "Bearer " + token), new byte[0]));
    return JSON.readTree(answer.body());
  }
}
