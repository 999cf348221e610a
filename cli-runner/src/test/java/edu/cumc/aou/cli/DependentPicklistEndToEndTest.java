package edu.cumc.aou.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Salesforce takes all values of a dependent picklist through the API. */
class DependentPicklistEndToEndTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** The custom fields of Contact are those of the org's file. */
  private static final String MAPPING =
      """
      contact.fields {
        HP_Sex__c = off, HP_Gender_Identity__c = off, HP_Race_Ethnicity__c = off, HP_Language__c = off
        CH_All_of_Us_Enroller_UNI__c = off, CH_REDCap_Record_ID__c = off
        CH_Specify_Health_Care_Provider__c = off, CH_Other_details__c = off
        CH_Technical_Assistance_Required__c = off, CH_Other_technical_assistance_details__c = off
        CH_How_did_contact_learn_about_AoU__c = off, CH_Specify_clinical_outreach__c = off
        Arm__c.column = City_HP
      }
      """;

  @TempDir private Path directory;

  @Test
  void dependentPicklist_isSentAsTheSourceSays_andCheckNamesWhatItDependsOn() throws IOException {
    Path schema =
        Files.writeString(
            directory.resolve("org.json"),
            """
            {"objects": [{"name": "Contact", "fields": [
              {"name": "Study__c", "type": "picklist", "picklistValues": ["One", "Two"]},
              {"name": "Arm__c", "type": "picklist", "restrictedPicklist": true,
               "dependentPicklist": true, "controllerName": "Study__c",
               "picklistValues": [{"value": "A", "active": true, "validFor": "gAAA"},
                                  {"value": "B", "active": true, "validFor": "QAAA"}]}]}]}
            """);
    try (Site site = new Site(directory, 6, false, org -> org.schema(schema))) {
      RetypedSource source = new RetypedSource(site).contact("City_HP", "'b'");
      site.configure(source.settings() + MAPPING);
      assertThat(site.run("init").exitCode()).isZero();

      assertThat(said(site, "contact.fields.Arm__c"))
          .anySatisfy(
              text ->
                  assertThat(text)
                      .contains("dependent picklist", "Study__c is not mapped, so staff must"));
      site.configure(source.settings() + MAPPING + "contact.fields.Study__c.constant = One\n");
      assertThat(said(site, "contact.fields.Arm__c"))
          .anySatisfy(text -> assertThat(text).contains("Study__c is mapped as well"));

      assertThat(site.run("sync", "--initial-load").exitCode()).isZero();
      assertThat(site.org.records("Contact").filter(c -> c.containsKey("HP_PMI_ID__c")))
          .isNotEmpty()
          .allSatisfy(
              c -> assertThat(c).containsEntry("Arm__c", "B").containsEntry("Study__c", "One"));
      assertThat(JSON.readTree(site.nextMorning("sync", "--json").out()).at("/planned")).isEmpty();
    }
  }

  private static List<String> said(Site site, String subject) throws IOException {
    List<String> said = new ArrayList<>();
    for (JsonNode finding : JSON.readTree(site.run("check", "--json").out()).at("/findings")) {
      if (finding.at("/subject").asText().equals(subject)) {
        assertThat(finding.at("/level").asText()).isEqualTo("ok");
        said.add(finding.at("/message").asText());
      }
    }
    return said;
  }
}
