package edu.cumc.aou.cli;

import static org.assertj.core.api.Assertions.assertThat;

import edu.cumc.aou.cli.Site.Result;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What something else has written into the sync's own tables blocks no later morning: the next sync
 * reads Salesforce anew by itself, and creates nobody twice.
 */
class SpoiltStoreEndToEndTest {

  private static final String ONE = " WHERE pmi_id = (SELECT MIN(pmi_id) FROM dbo.contact_mirror)";

  @TempDir private Path directory;
  private Site site;

  @BeforeEach
  void load() {
    site = new Site(directory, 6);
    site.run("init");
    assertThat(site.run("sync", "--initial-load").exitCode()).isZero();
    // The first morning after a load reads all of it once more, and so hides what is spoilt.
    assertThat(site.nextMorning("sync").exitCode()).isZero();
  }

  @AfterEach
  void close() {
    site.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE dbo.contact_mirror SET pmi_id = 'garbage'" + ONE,
        "UPDATE dbo.contact_mirror SET pmi_id = ''" + ONE,
        "UPDATE dbo.contact_mirror SET contact_id = 'garbage'" + ONE,
        "UPDATE dbo.contact_mirror SET contact_id = 'garbage', is_deleted = 1" + ONE,
        "UPDATE dbo.contact_mirror SET contact_id = SUBSTRING(contact_id, 1, 15)" + ONE,
        "UPDATE dbo.contact_mirror SET fields = 'no JSON'" + ONE,
        "UPDATE dbo.contact_mirror SET fields = '{\"La st\":\"x\"}'" + ONE,
        "UPDATE dbo.contact_mirror SET sent = 'no JSON'" + ONE,
        "UPDATE dbo.contact_mirror SET sent = '{\"LastName\":\"garbage\"}'" + ONE,
        "UPDATE dbo.contact_mirror SET is_deleted = 1, merged_into = 'garbage'" + ONE,
        "UPDATE dbo.journey_mirror SET fields = 'no JSON'",
        "UPDATE dbo.journey_mirror SET sent = 'no JSON'",
        "UPDATE dbo.journey_mirror SET journey_id = SUBSTRING(journey_id, 9, 9)",
        "INSERT INTO dbo.contact_staging (contact_id, pmi_id, fields, is_gone, seq, token)"
            + " VALUES ('garbage', 'garbage', 'no JSON', 7, 1, 1)",
        "INSERT INTO dbo.sync_anomaly (kind, subject, first_run, last_run)"
            + " VALUES ('NOT_TAKEN_OVER', 'garbage', 1, 1)",
        "UPDATE dbo.sync_org SET traits = 'no JSON'",
      })
  void garbage_inOneRow_stopsNoMorning(String spoil) {
    site.store(spoil);
    site.source("UPDATE dbo.healthpro SET [First Name] = 'Changed'");

    Result next = site.nextMorning("sync");
    assertThat(next.exitCode()).as(next.out() + next.err()).isZero();
    assertThat(next.out() + next.err()).doesNotContain("garbage");
    assertThat(firstNames()).hasSize(6).containsOnly("Changed");

    Result after = site.nextMorning("sync");
    assertThat(after.exitCode()).as(after.out() + after.err()).isZero();
    assertThat(after.out() + after.err()).doesNotContain("cannot be read");
    assertThat(firstNames()).hasSize(6);
  }

  /** The audit trail tells of a hold that no run has entered, and nobody is held by it. */
  @ParameterizedTest
  @ValueSource(strings = {"'garbage', 'REVIEW'", "'garbage', 'FORGOTTEN'"})
  void holdOfNobody_isToldByTheTrail_andHoldsNobody(String keyAndKind) {
    site.store(
        "INSERT INTO dbo.sync_hold (pmi_id, kind, reason, since) VALUES ("
            + keyAndKind
            + ", 'x', CURRENT_TIMESTAMP)");
    site.source("UPDATE dbo.healthpro SET [First Name] = 'Changed'");

    Result next = site.nextMorning("sync");
    assertThat(next.exitCode()).as(next.out() + next.err()).isEqualTo(5);
    assertThat(next.out() + next.err()).contains("audit verify");
    assertThat(firstNames()).hasSize(6).containsOnly("Changed");

    site.store("DELETE FROM dbo.sync_hold");
    Result after = site.nextMorning("sync");
    assertThat(after.exitCode()).as(after.out() + after.err()).isIn(0, 5);
  }

  /** Nothing else tells that the Contact was deleted, so its participant is held. */
  @Test
  void garbageInTheRowOfADeletedContact_createsNobodyAnew() {
    String deleted =
        site.org
            .records("Contact")
            .filter(c -> c.containsKey("HP_PMI_ID__c"))
            .map(c -> c.get("Id").toString())
            .findFirst()
            .orElseThrow();
    site.org.delete(deleted);
    assertThat(site.nextMorning("sync").exitCode()).isEqualTo(5);
    assertThat(firstNames()).hasSize(5);
    site.store("UPDATE dbo.contact_mirror SET contact_id = 'garbage' WHERE is_deleted = 1");

    for (int morning = 1; morning <= 2; morning++) {
      site.source("UPDATE dbo.healthpro SET [First Name] = 'Changed'");
      Result next = site.nextMorning("sync");
      assertThat(next.exitCode()).as(next.out() + next.err()).isEqualTo(5);
      assertThat(firstNames()).hasSize(5).containsOnly("Changed");
    }
  }

  /** The run does not know what it has written; the next one reads everything and goes on. */
  @Test
  void garbage_thatComesWithTheFirstWrite_stopsTheRun_andTheNextOneFinishesIt() {
    site.source("UPDATE dbo.healthpro SET [First Name] = 'Changed'");
    site.edges(
        services ->
            Interposed.before(
                services,
                "write",
                args -> true,
                () -> site.store("UPDATE dbo.contact_mirror SET fields = 'no JSON'" + ONE)));

    Result stopped = site.nextMorning("sync");
    site.edges(services -> services);

    assertThat(stopped.exitCode()).as(stopped.out() + stopped.err()).isEqualTo(3);
    assertThat(stopped.err()).contains("contact_mirror").doesNotContain("no JSON");
    Result next = site.nextMorning("sync");
    assertThat(next.exitCode()).as(next.out() + next.err()).isZero();
    assertThat(firstNames()).hasSize(6).containsOnly("Changed");
    assertThat(site.nextMorning("sync").exitCode()).isZero();
  }

  private List<Object> firstNames() {
    return site.org
        .records("Contact")
        .filter(c -> c.containsKey("HP_PMI_ID__c"))
        .<Object>map(c -> c.get("FirstName"))
        .toList();
  }
}
