package edu.cumc.aou.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A Contact with the PMI ID that stands outside of what the sync looks after. */
class ExistedBeforeEndToEndTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String OTHERS = "contact.where = \"Department != 'Elsewhere'\"\n";

  @TempDir private Path directory;
  private Site site;
  private String found;

  @BeforeEach
  void firstDayFindsOne() throws Exception {
    site = new Site(directory, 30);
    site.configure(OTHERS);
    site.run("init");
    JsonNode plan = json("plan", "--initial-load", "--json", "--out", "plan.json", "--show-values");
    assertThat(plan.path("exitCode").asInt()).isZero();
    String somebody =
        JSON.readTree(directory.resolve("plan.json").toFile()).findValuesAsText("pmiId").get(0);
    found =
        site.org.create(
            "Contact",
            Map.of("LastName", "Invented", "Department", "Elsewhere", "HP_PMI_ID__c", somebody));
    assertThat(open(json("sync", "--initial-load", "--json"), "EXISTED_BEFORE")).isEqualTo(1);
  }

  @AfterEach
  void close() {
    site.close();
  }

  private JsonNode json(String... args) throws Exception {
    return JSON.readTree(site.run(args).out());
  }

  private static int open(JsonNode report, String kind) {
    for (JsonNode anomaly : report.path("anomalies")) {
      if (anomaly.path("kind").asText().equals(kind)) {
        return anomaly.path("open").asInt();
      }
    }
    return 0;
  }

  @Test
  void existedBefore_isSettledByTheNextSync_whereTheSyncLooksAfterTheContact() throws Exception {
    site.org.edit(found, Map.of("Department", "Here"));
    JsonNode next = json("sync", "--strict", "--json");
    assertThat(next.path("anomalies")).isEmpty();
    assertThat(next.path("exitCode").asInt()).isZero();
  }

  @Test
  void existedBefore_givesWayToWhatIsTrueThen_whereTheContactStaysOutside() throws Exception {
    JsonNode next = json("sync", "--json");
    assertThat(open(next, "EXISTED_BEFORE")).isZero();
    assertThat(open(next, "DELETED_CONTACT")).isEqualTo(1);
  }

  @Test
  void existedBefore_staysOpen_whileTheSyncGoesOnCreatingTheContact() throws Exception {
    site.configure(OTHERS + "contact.when-deleted = recreate");
    assertThat(open(json("sync", "--json"), "EXISTED_BEFORE")).isEqualTo(1);
    assertThat(open(json("plan", "--json"), "EXISTED_BEFORE")).isEqualTo(1);
    JsonNode third = json("sync", "--strict", "--json");
    assertThat(open(third, "EXISTED_BEFORE")).isEqualTo(1);
    assertThat(third.path("exitCode").asInt()).isEqualTo(5);

    site.org.edit(found, Map.of("Department", "Here"));
    assertThat(json("sync", "--json").path("anomalies")).isEmpty();
  }
}
