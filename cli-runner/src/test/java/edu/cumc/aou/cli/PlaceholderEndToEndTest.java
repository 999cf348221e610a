package edu.cumc.aou.cli;

import static org.assertj.core.api.Assertions.assertThat;

import edu.cumc.aou.cli.Site.Result;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A text that was sent, and turns out to be a placeholder of the source. */
class PlaceholderEndToEndTest {

  @TempDir private Path directory;
  private Site site;
  private RetypedSource source;

  @BeforeEach
  void loadWithoutPlaceholders() {
    site = new Site(directory, 6);
    source = new RetypedSource(site);
    source.contact("City_HP", "'UNSET'");
    site.configure(source.settings() + "source.placeholders = []");
    site.run("init");
    assertThat(site.run("sync", "--initial-load").exitCode()).isZero();
    assertThat(cities()).containsExactly("UNSET");
    site.configure(source.settings());
  }

  @AfterEach
  void close() {
    site.close();
  }

  private Set<String> cities() {
    Set<String> cities = new TreeSet<>();
    site.org
        .records("Contact")
        .filter(c -> c.containsKey("HP_PMI_ID__c"))
        .forEach(c -> cities.add(String.valueOf(c.getOrDefault("MailingCity", ""))));
    return cities;
  }

  /** The version before knew no placeholders: its last run is the one before this one. */
  private void asOfTheVersionBefore() {
    site.store("UPDATE dbo.sync_run SET counts = REPLACE(counts, '\"reading\"', '\"before\"')");
  }

  @Test
  void whatWeSentForIt_isTakenAway_inSpiteOfThePolicy_andOnlyOnce() {
    asOfTheVersionBefore();

    Result plan = site.nextMorning("plan");
    assertThat(plan.out()).containsPattern("Corrections by this version(.*\\n)+.*MailingCity +6");
    assertThat(site.run("sync").exitCode()).isZero();

    assertThat(cities()).containsExactly("");
    assertThat(site.nextMorning("plan").out()).contains("Nothing to send");
  }

  @Test
  void theSameTextByStaff_isTheirs() {
    site.configure(source.settings() + "guards.max-field-clears.share = 100%\n");
    assertThat(site.nextMorning("sync").exitCode()).isZero();
    site.org
        .records("Contact")
        .filter(c -> c.containsKey("HP_PMI_ID__c"))
        .forEach(c -> site.org.edit(String.valueOf(c.get("Id")), Map.of("MailingCity", "UNSET")));

    assertThat(site.nextMorning("sync").exitCode()).isZero();

    assertThat(cities()).containsExactly("UNSET");
  }

  @Test
  void anotherCityByStaff_stays() {
    site.org
        .records("Contact")
        .filter(c -> c.containsKey("HP_PMI_ID__c"))
        .forEach(c -> site.org.edit(String.valueOf(c.get("Id")), Map.of("MailingCity", "Here")));

    assertThat(site.nextMorning("sync").exitCode()).isZero();

    assertThat(cities()).containsExactly("Here");
  }
}
