package edu.cumc.aou.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import edu.cumc.aou.cli.Site.Result;
import edu.cumc.aou.simulator.salesforce.fault.Fault;
import edu.cumc.aou.sync.port.SyncStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code undo RUN --delete-created}, from the command line to the recycle bin and back. */
@Tag("slow")
class DeleteCreatedEndToEndTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String PMI = "HP_PMI_ID__c";
  private static final String CONTACT = "/services/data/v[0-9.]+/sobjects/Contact/.*";
  private static final String UNDELETE = "/services/Soap/u/.*";

  @TempDir private Path directory;
  private Site site;
  private Set<String> before;
  private List<String> created;
  private String run;

  /**
   * A first load, and a day that brings some people more and on which nobody withdraws: of those an
   * undo sends nothing, and says so.
   */
  @BeforeEach
  void aRunThatCreatedSome() throws Exception {
    site = new Site(directory, 12);
    site.configure("contact.when-deleted = recreate\n");
    site.run("init");
    assertThat(site.run("sync", "--initial-load").exitCode()).isZero();
    int day = 1;
    do {
      before = ids();
      site.day(day++);
      run = json("sync", "--json").path("run").asText();
      created = ids().stream().filter(id -> !before.contains(id)).sorted().toList();
    } while (created.isEmpty()
        || !json("undo", run, "--delete-created", "--dry-run", "--json").path("errors").isEmpty());
  }

  @AfterEach
  void close() {
    site.close();
  }

  private Set<String> ids() {
    return site.org
        .records("Contact")
        .filter(c -> c.containsKey(PMI))
        .map(c -> String.valueOf(c.get("Id")))
        .collect(Collectors.toSet());
  }

  private JsonNode json(String... command) throws Exception {
    return JSON.readTree(site.nextMorning(command).out());
  }

  private String pmi(String id) {
    return site.org
        .recordsAndDeleted("Contact")
        .filter(c -> id.equals(c.get("Id")))
        .map(c -> String.valueOf(c.get(PMI)))
        .findFirst()
        .orElseThrow();
  }

  private void aWhileLater() {
    site.time.advanceTo(site.time.instant().plus(Duration.ofHours(1)));
  }

  private void tablesShowWhatSalesforceHas() {
    try (SyncStore store = site.openStore()) {
      assertThat(store.ids().counts().contactPmi()).isEqualTo(ids().size());
      assertThat(store.ids().counts().contactJourney())
          .isEqualTo(site.org.records("Opportunity").count());
    }
  }

  @Test
  void created_goIntoTheBin_stayAwayTheNextMorning_andComeBackByAnUndo() throws Exception {
    JsonNode plan = json("undo", run, "--delete-created", "--dry-run", "--json");
    assertThat(plan.path("planned").toString()).contains("\"action\":\"delete\"");
    assertThat(ids()).containsAll(created);

    JsonNode undo = json("undo", run, "--delete-created", "--json");

    assertThat(undo.path("exitCode").asInt()).as(undo.toString()).isZero();
    assertThat(undo.at("/contacts/deleted").asInt()).isEqualTo(created.size());
    assertThat(undo.at("/journeys/deleted").asInt()).isEqualTo(created.size());
    assertThat(undo.at("/contacts/holds").asBoolean()).isTrue();
    assertThat(undo.at("/journeys/holds").asBoolean()).isTrue();
    assertThat(ids()).isEqualTo(before);
    tablesShowWhatSalesforceHas();

    Result next = site.nextMorning("sync");
    assertThat(next.exitCode()).as(next.out()).isEqualTo(5);
    assertThat(ids()).isEqualTo(before);
    assertThat(next.out()).contains("contact: undo");
    assertThat(site.run("acknowledge", "--all").exitCode()).isZero();
    assertThat(site.nextMorning("sync").exitCode()).as("it is known").isZero();
    assertThat(ids()).isEqualTo(before);
    String explained = site.run("explain", pmi(created.get(0))).out();
    assertThat(explained)
        .contains("deleted by run " + undo.path("run").asText())
        .contains("delete");
    assertThat(site.run("disclosures", pmi(created.get(0))).exitCode()).isZero();
    assertThat(site.run("audit", "verify").exitCode()).isZero();
    assertThat(site.run("status", undo.path("run").asText()).out())
        .contains("deleted")
        .contains("recycle bin");

    JsonNode back = json("undo", undo.path("run").asText(), "--json");

    assertThat(back.path("exitCode").asInt()).as(back.toString()).isZero();
    assertThat(back.at("/contacts/restored").asInt()).isEqualTo(created.size());
    assertThat(back.at("/journeys/restored").asInt()).isEqualTo(created.size());
    assertThat(ids()).containsAll(created);
    tablesShowWhatSalesforceHas();
    site.nextMorning("sync");
    assertThat(site.org.records("Contact").filter(c -> c.containsKey(PMI)).count())
        .isEqualTo(before.size() + created.size());
  }

  @Test
  void released_isCreatedAnew() throws Exception {
    json("undo", run, "--delete-created", "--json");
    String first = pmi(created.get(0));

    assertThat(site.run("release", first).exitCode()).isZero();
    site.nextMorning("sync");

    assertThat(site.org.records("Contact").filter(c -> first.equals(c.get(PMI))).count())
        .isEqualTo(1);
    assertThat(ids()).hasSize(before.size() + 1).doesNotContainAnyElementsOf(created);
    tablesShowWhatSalesforceHas();
  }

  @Test
  void touchedOrWithOtherRecords_stays_andTheReasonIsNamed() throws Exception {
    aWhileLater();
    site.org.edit(created.get(0), Map.of("Description", "invented note"));

    JsonNode undo = json("undo", run, "--delete-created", "--json");

    assertThat(undo.at("/contacts/deleted").asInt()).isEqualTo(created.size() - 1);
    assertThat(undo.path("errors").toString()).contains("touched-since");
    assertThat(ids()).contains(created.get(0));
  }

  @Test
  void otherRecordsHangOnIt_stays_andTheObjectIsNamed() throws Exception {
    aWhileLater();
    site.org.create(
        "Opportunity",
        Map.of(
            "Name",
            "Invented",
            "StageName",
            "Prospecting",
            "CloseDate",
            LocalDate.of(2030, 1, 1),
            "ContactId",
            created.get(0)));

    JsonNode undo = json("undo", run, "--delete-created", "--json");

    assertThat(undo.path("errors").toString()).contains("has-other-records");
    assertThat(site.run("failures", undo.path("run").asText()).out()).contains("Opportunity");
    assertThat(ids()).contains(created.get(0));
  }

  @Test
  void guard_asksForAnApprovalOfJustThatDeletion() throws Exception {
    site.configure("guards.max-deletes.number = 0\n");
    Result stopped = site.nextMorning("undo", run, "--delete-created");
    assertThat(stopped.exitCode()).isEqualTo(6);
    assertThat(stopped.out()).contains("guards.max-deletes");
    assertThat(ids()).containsAll(created);
    JsonNode plan = json("undo", run, "--delete-created", "--dry-run", "--json");
    assertThat(plan.path("exitCode").asInt()).isEqualTo(6);

    JsonNode undo =
        json(
            "undo",
            run,
            "--delete-created",
            "--approved",
            plan.path("run").asText(),
            "--approved-by",
            "Invented Person",
            "--json");

    assertThat(undo.at("/contacts/deleted").asInt()).isEqualTo(created.size());
    assertThat(site.run("audit", "list").out()).contains("Invented Person");
  }

  @Test
  void editBetweenTheLookAndTheDeletion_isRefusedBySalesforce() throws Exception {
    site.edges(
        services ->
            Interposed.before(
                services,
                "write",
                args -> args[0].toString().contains("DELETE"),
                () -> {
                  aWhileLater();
                  site.org.edit(created.get(0), Map.of("Description", "in that moment"));
                }));

    JsonNode undo = json("undo", run, "--delete-created", "--json");

    assertThat(undo.path("errors").toString()).contains("touched-since");
    assertThat(ids()).contains(created.get(0));
  }

  @Test
  void lostAnswers_andALockedRecord_areNoHarm() throws Exception {
    site.org.faults().on("DELETE", CONTACT, 1, Fault.resetAfterApply());

    JsonNode undo = json("undo", run, "--delete-created", "--json");

    assertThat(undo.path("exitCode").asInt()).as(undo.toString()).isZero();
    assertThat(ids()).isEqualTo(before);
    site.org.faults().clear();
    site.org.faults().on("POST", UNDELETE, 1, Fault.resetAfterApply());

    JsonNode back = json("undo", undo.path("run").asText(), "--json");

    assertThat(back.at("/contacts/restored").asInt()).isEqualTo(created.size());
    assertThat(ids()).containsAll(created);
  }

  @Test
  void killedInTheMiddle_theNextSyncFinishesIt() throws Exception {
    site.configure("lease = 20ms\n");
    site.edges(
        services ->
            Interposed.before(
                services,
                "write",
                args ->
                    args[0].toString().contains("JOURNEY") && args[0].toString().contains("DELETE"),
                () -> {
                  throw new Error("killed");
                }));
    assertThatThrownBy(() -> site.nextMorning("undo", run, "--delete-created"))
        .hasMessage("killed");
    site.edges(services -> services);

    Result finished = site.nextMorning("sync");

    assertThat(finished.exitCode()).as(finished.out() + finished.err()).isZero();
    assertThat(finished.err()).contains("goes on");
    assertThat(ids()).isEqualTo(before);
    site.nextMorning("sync");
    assertThat(ids()).isEqualTo(before);
    tablesShowWhatSalesforceHas();
  }

  @Test
  void whoWasForgotten_isLeftAlone() throws Exception {
    String forgotten = created.get(0);
    assertThat(site.run("forget", pmi(forgotten), "--yes").exitCode()).isZero();

    JsonNode undo = json("undo", run, "--delete-created", "--json");

    assertThat(undo.at("/contacts/deleted").asInt()).isEqualTo(created.size() - 1);
    assertThat(ids()).contains(forgotten);
  }
}
