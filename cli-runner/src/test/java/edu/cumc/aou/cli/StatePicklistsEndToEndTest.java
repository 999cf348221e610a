package edu.cumc.aou.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import edu.cumc.aou.cli.Site.Result;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An org with state and country picklists, and the default mapping. */
class StatePicklistsEndToEndTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path directory;
  private Site site;
  private RetypedSource source;

  @BeforeEach
  void open() {
    site = new Site(directory, 5, false, org -> org.statePicklists(true));
    source = new RetypedSource(site);
    source.contact("State_HP", "'new york'");
  }

  @AfterEach
  void close() {
    site.close();
  }

  private Set<String> shown(String field) {
    Set<String> shown = new TreeSet<>();
    site.org
        .records("Contact")
        .filter(c -> c.containsKey("HP_PMI_ID__c"))
        .forEach(c -> shown.add(String.valueOf(c.getOrDefault(field, ""))));
    return shown;
  }

  private Result load(String settings) {
    site.configure(source.settings() + settings);
    assertThat(site.run("init").exitCode()).isZero();
    return site.run("sync", "--initial-load");
  }

  @Test
  void defaultMapping_feedsTheCodes_andNothingIsSentAgain() throws IOException {
    assertThat(load("").exitCode()).isZero();

    assertThat(shown("MailingStateCode")).containsExactly("NY");
    assertThat(shown("MailingCountryCode")).containsExactly("US");
    assertThat(shown("MailingState")).containsExactly("New York");
    site.time.advanceTo(site.time.instant().plusSeconds(86_400));
    JsonNode plan = JSON.readTree(site.run("plan", "--json").out());
    assertThat(plan.at("/planned")).isEmpty();
  }

  @Test
  void check_saysWhatToMap() {
    site.configure(
        source.settings()
            + "contact.fields.MailingState { columns = [State_HP], transform = text }");
    assertThat(site.run("init").exitCode()).isZero();

    Result check = site.run("check");

    assertThat(check.out())
        .contains("state-picklists", "MailingStateCode with transform = us-state")
        .contains("MailingCountryCode with transform = us-country or constant = US");
  }

  @Test
  void stateThatTheOrgDoesNotOffer_isRefusedAlone() {
    source.contact("State_HP", "'Guam'");

    assertThat(load("").exitCode()).isEqualTo(5);

    assertThat(shown("MailingStateCode")).containsExactly("");
    assertThat(shown("HP_PMI_ID__c")).hasSize(5);
  }
}
