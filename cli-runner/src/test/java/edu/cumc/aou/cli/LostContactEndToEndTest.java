package edu.cumc.aou.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Staff take the PMI ID from a Contact, or exchange those of two. */
class LostContactEndToEndTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String PMI = "HP_PMI_ID__c";

  @TempDir private Path directory;
  private Site site;
  private List<Map<String, Object>> contacts;

  @BeforeEach
  void open() {
    site = new Site(directory, 20);
    site.configure("");
    site.run("init");
    assertThat(site.run("sync", "--initial-load").exitCode()).isZero();
    contacts = site.org.records("Contact").filter(c -> c.containsKey(PMI)).toList();
  }

  @AfterEach
  void close() {
    site.close();
  }

  private String id(int number) {
    return String.valueOf(contacts.get(number).get("Id"));
  }

  private String pmiId(int number) {
    return String.valueOf(contacts.get(number).get(PMI));
  }

  private void give(int number, String pmiId) {
    site.time.advanceTo(site.time.instant().plus(Duration.ofMinutes(5)));
    site.org.edit(id(number), Collections.singletonMap(PMI, pmiId.isEmpty() ? null : pmiId));
  }

  private JsonNode morning(String... command) throws Exception {
    return JSON.readTree(site.nextMorning(command).out());
  }

  private JsonNode sync() throws Exception {
    return morning("sync", "--json");
  }

  private static List<String> open(JsonNode report) {
    return report.at("/anomalies").findValuesAsText("kind");
  }

  @Test
  void contactThatLostItsPmiId_isGivenBackByAdopt_andOnceOnly() throws Exception {
    give(0, "");
    JsonNode lost = sync();
    assertThat(lost.path("exitCode").asInt()).isEqualTo(5);
    assertThat(open(lost)).contains("DELETED_CONTACT");
    assertThat(site.run("anomalies").out()).contains("aou-sync adopt PMI_ID CONTACT_ID");

    assertThat(site.run("failures").out())
        .contains("Held, so not sent", "contact: deleted-in-salesforce  1");

    assertThat(site.run("adopt", pmiId(0), id(0)).exitCode()).isZero();
    JsonNode given = sync();

    assertThat(given.path("exitCode").asInt()).isZero();
    assertThat(site.record("Contact", id(0))).containsEntry(PMI, pmiId(0));
    assertThat(open(sync())).isEmpty();
    give(0, "");
    assertThat(open(sync())).as("the staff's last word counts").contains("DELETED_CONTACT");
    assertThat(site.record("Contact", id(0))).doesNotContainKey(PMI);
  }

  @Test
  void contactsThatChangedPlaces_areToldAndLeftAlone_untilBothAreReleased() throws Exception {
    String name = String.valueOf(contacts.get(0).get("LastName"));
    give(0, "");
    give(1, pmiId(0));
    give(0, pmiId(1));

    JsonNode exchanged = sync();

    assertThat(exchanged.path("exitCode").asInt()).isEqualTo(5);
    assertThat(open(exchanged)).containsExactly("KEY_NOT_KEPT");
    assertThat(site.run("anomalies", "--show-ids").out()).contains(pmiId(0), pmiId(1));
    assertThat(site.record("Contact", id(0))).containsEntry("LastName", name);
    assertThat(sync().path("exitCode").asInt()).isEqualTo(5);

    assertThat(site.run("release", pmiId(0), pmiId(1)).exitCode()).isZero();
    assertThat(sync().path("exitCode").asInt()).isZero();
    assertThat(site.record("Contact", id(1)))
        .containsEntry(PMI, pmiId(0))
        .containsEntry("LastName", name);
    assertThat(sync().path("plannedTotal").asInt()).isZero();
  }

  @Test
  void pmiIdOnTheContactOfAnother_holdsBoth_andMixesNobody() throws Exception {
    String name = String.valueOf(contacts.get(0).get("LastName"));
    String pmiIdOfOne = pmiId(1);
    give(1, "");
    give(0, pmiIdOfOne);

    JsonNode moved = sync();

    assertThat(moved.path("exitCode").asInt()).isEqualTo(5);
    assertThat(open(moved)).contains("KEY_NOT_KEPT");
    assertThat(site.run("anomalies", "--show-ids").out()).contains(pmiId(0), pmiId(1));
    assertThat(site.record("Contact", id(0)))
        .containsEntry(PMI, pmiIdOfOne)
        .containsEntry("LastName", name);
    assertThat(sync().path("exitCode").asInt()).isEqualTo(5);
    assertThat(site.record("Contact", id(0))).containsEntry("LastName", name);
  }

  @Test
  void acknowledge_saysOfAnAnomaly_thatItStaysSo() throws Exception {
    give(0, "");
    JsonNode unused = sync();

    assertThat(site.run("acknowledge", "--rule", "DELETED_CONTACT").out())
        .contains("An anomaly stays acknowledged until it is gone, whatever the source says")
        .doesNotContain("when the source says something else");
  }
}
