package edu.cumc.aou.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import edu.cumc.aou.cli.Site.Result;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A caller asks the coordinator about their data. */
class FindEndToEndTest {

  @TempDir private Path directory;
  private Site site;
  private Map<String, Object> contact;
  private String pmiId;

  @BeforeEach
  void firstDay() {
    site = new Site(directory, 40);
    site.run("init");
    assertThat(site.run("sync", "--initial-load").exitCode()).isZero();
    contact =
        site.org
            .records("Contact")
            .filter(c -> c.get("Email") != null && c.get("Phone") != null)
            .findFirst()
            .orElseThrow();
    pmiId = String.valueOf(contact.get("HP_PMI_ID__c"));
  }

  @AfterEach
  void close() {
    site.close();
  }

  private void finds(String... words) {
    String[] command = new String[words.length + 1];
    command[0] = "find";
    System.arraycopy(words, 0, command, 1, words.length);
    Result result = site.run(command);
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.out()).contains(pmiId).contains("aou-sync explain PMI_ID");
    assertThat(result.err()).doesNotContain(pmiId);
  }

  @Test
  void somebody_isFoundByWhateverTheCallerSays() {
    String id = String.valueOf(contact.get("Id"));
    String lastName = String.valueOf(contact.get("LastName"));
    finds(pmiId);
    finds(pmiId.toLowerCase(Locale.ROOT));
    finds(id);
    finds(id.substring(0, 15));
    finds("https://example.org/lightning/r/Contact/" + id + "/view");
    finds(String.valueOf(contact.get("Email")).toUpperCase(Locale.ROOT));
    finds(String.valueOf(contact.get("Phone")));
    finds("+1 " + contact.get("Phone"));
    finds(
        lastName.toUpperCase(Locale.ROOT),
        String.valueOf(contact.get("FirstName")).substring(0, 2));
  }

  @Test
  void somebody_isFoundByTheirJourney() {
    String journey =
        site.org
            .records("Opportunity")
            .filter(o -> contact.get("Id").equals(o.get("Contact__c")))
            .map(o -> String.valueOf(o.get("Id")))
            .findFirst()
            .orElseThrow();
    finds(journey);
  }

  @Test
  void somebody_isFound_whileSalesforceIsAway() {
    site.org.close();

    finds(pmiId);
    finds(String.valueOf(contact.get("Phone")) + " ext. 12");
    Result explained = site.run("explain", pmiId);
    assertThat(explained.exitCode()).as(explained.err()).isZero();
    assertThat(explained.out())
        .contains("source      active", "Contact " + contact.get("Id"), "insert")
        .contains("next run    not known now, nor the fields: Salesforce");
  }

  @Test
  void rowWithoutPmiId_isFound_byItsNameAndByWhatStandsThere() throws Exception {
    site.source("UPDATE dbo.healthpro SET [PMI ID] = 'PMI 123' WHERE [PMI ID] = '" + pmiId + "'");
    site.run("sync");

    for (String said : new String[] {"pmi123", String.valueOf(contact.get("Email"))}) {
      assertThat(site.run("find", said).out())
          .contains("Rows of the source without a PMI ID", "PMI123")
          .contains(String.valueOf(contact.get("LastName")), "a P and nine digits");
    }
    JsonNode json = new ObjectMapper().readTree(site.run("find", "pmi123", "--json").out());
    assertThat(json.at("/rowsWithoutPmiId/0/key").asText()).isEqualTo("PMI123");
  }

  @Test
  void held_isSaidInWords() {
    site.run("forget", pmiId, "--yes");

    assertThat(site.run("find", pmiId).out()).contains("forgotten").doesNotContain("FORGOTTEN");
    assertThat(site.run("explain", pmiId).out())
        .containsPattern("held +since 2026-01-05 [0-9:]+ EST: forgotten");
  }

  @Test
  void nobody_isSaid_withWhatToTry() throws Exception {
    Result nobody = site.run("find", "Qqqxzzy");
    assertThat(nobody.exitCode()).isZero();
    assertThat(nobody.out()).contains("Nobody fits").contains("Try");

    JsonNode json = new ObjectMapper().readTree(site.run("find", "Qqqxzzy", "--json").out());
    assertThat(json.get("people")).isEmpty();
    assertThat(json.get("exitCode").asInt()).isZero();
  }

  @Test
  void manyPeople_areCut_andItIsSaid() {
    String out = site.run("find", "@example.org").out();
    assertThat(out).contains("There are more");
    assertThat(out.lines().filter(l -> l.startsWith("P0"))).hasSize(20);
  }

  @Test
  void explain_takesWhatFindTakes_ifItFitsOnePerson() {
    Result one = site.run("explain", String.valueOf(contact.get("Email")));
    assertThat(one.exitCode()).isZero();
    assertThat(one.out()).contains("Participant " + pmiId);

    Result several = site.run("explain", "@example.org");
    assertThat(several.exitCode()).isEqualTo(2);
    assertThat(several.out()).contains("There are more");

    Result nobody = site.run("explain", "Qqqxzzy");
    assertThat(nobody.exitCode()).isEqualTo(2);
    assertThat(nobody.out()).contains("Nobody fits");
  }

  @Test
  void forget_asks_andTakesNoForAnAnswer() {
    Result unattended = site.run("forget", pmiId);
    assertThat(unattended.exitCode()).isEqualTo(2);
    assertThat(unattended.err()).contains("--yes").doesNotContain(pmiId);

    site.interactive(true);
    site.input("no\n");
    Result refused = site.run("forget", pmiId);
    assertThat(refused.exitCode()).isZero();
    assertThat(refused.out()).contains("Nothing was changed");
    assertThat(refused.err())
        .contains(pmiId + "  " + contact.get("FirstName") + " " + contact.get("LastName"));
    finds(pmiId);

    site.input("yes\n");
    assertThat(site.run("forget", pmiId).out()).contains("Forgot 1 participant");
  }

  @Test
  void forget_ofAMistypedPmiId_isRefused_unlessItIsMeant() {
    Result mistyped = site.run("forget", "P099999999", "--yes");
    assertThat(mistyped.exitCode()).isEqualTo(3);
    assertThat(mistyped.err()).contains("--unseen").doesNotContain("P099999999");

    assertThat(site.run("forget", "P099999999", "--yes", "--unseen").exitCode()).isZero();
  }
}
