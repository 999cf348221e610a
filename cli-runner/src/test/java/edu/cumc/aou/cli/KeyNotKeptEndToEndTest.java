package edu.cumc.aou.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import edu.cumc.aou.simulator.salesforce.fault.Fault;
import edu.cumc.aou.simulator.salesforce.org.SavedRecord;
import edu.cumc.aou.sync.port.Cursor;
import edu.cumc.aou.sync.port.HoldTable.Hold;
import edu.cumc.aou.sync.port.SyncStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An automation of the org stores something else than the PMI ID that was written. */
class KeyNotKeptEndToEndTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String PMI = "HP_PMI_ID__c";

  @TempDir private Path directory;
  private Site site;
  private Predicate<String> rewritten = pmiId -> true;
  private UnaryOperator<String> made = pmiId -> pmiId.substring(1);
  private final Map<String, String> written = new HashMap<>();

  private void open(int participants, boolean unique, String more) {
    site =
        new Site(
            directory,
            participants,
            false,
            org -> org.pmiFieldUnique(unique).automation(this::rewrite));
    site.configure(more);
    site.run("init");
  }

  private void rewrite(SavedRecord saved) {
    if (saved.object().equals("Contact") && saved.created()) {
      String pmiId = String.valueOf(saved.get(PMI).orElse(""));
      if (rewritten.test(pmiId)) {
        written.put(saved.id(), pmiId);
        saved.set(PMI, made.apply(pmiId));
      }
    }
  }

  @AfterEach
  void close() {
    site.close();
  }

  private JsonNode morning(String... more) throws Exception {
    return JSON.readTree(
        site.nextMorning(
                Stream.concat(Stream.of("sync", "--json"), Stream.of(more)).toArray(String[]::new))
            .out());
  }

  private long contacts() {
    return site.org.records("Contact").filter(c -> c.containsKey(PMI)).count();
  }

  private String[] heldPmiIds() {
    List<String> held = new ArrayList<>(List.of("release"));
    try (SyncStore store = site.openStore();
        Cursor<Hold> holds = store.holds().read()) {
      holds.forEachRemaining(h -> held.add(h.pmiId().value()));
    }
    return held.toArray(String[]::new);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void everyKeyRewritten_createsEachPersonOnce_andNobodyUntilARelease(boolean unique)
      throws Exception {
    open(30, unique, "");

    JsonNode first = morning("--initial-load");

    long created = contacts();
    assertThat(created).isPositive().isEqualTo(written.size());
    assertThat(first.path("state").asText()).isEqualTo("partial");
    assertThat(first.path("exitCode").asInt()).isEqualTo(5);
    assertThat(first.at("/anomalies/0/kind").asText()).isEqualTo("KEY_NOT_KEPT");
    assertThat(first.at("/anomalies/0/open").asLong()).isEqualTo(created);
    try (SyncStore store = site.openStore()) {
      assertThat(store.ids().counts().contactPmi()).isZero();
    }
    for (int day = 2; day <= 3; day++) {
      JsonNode next = morning("--initial-load");
      assertThat(contacts()).isEqualTo(created);
      assertThat(next.path("exitCode").asInt()).isEqualTo(5);
      assertThat(next.at("/anomalies/0/open").asLong()).isEqualTo(created);
      assertThat(next.at("/held/contact.review").asLong()).isEqualTo(created);
    }

    rewritten = pmiId -> false;
    written.forEach((id, pmiId) -> site.org.edit(id, Map.of(PMI, pmiId)));
    site.run(heldPmiIds());
    JsonNode good = morning();
    assertThat(good.path("exitCode").asInt()).isZero();
    assertThat(contacts()).isEqualTo(created);
    assertThat(good.at("/journeys/updated").asLong()).isEqualTo(created);
  }

  @ParameterizedTest
  @CsvSource({"false, true", "false, false", "true, true", "true, false"})
  void everyKeyRewritten_andTheAnswerLost_createsEachPersonOnce(boolean unique, boolean cleared)
      throws Exception {
    open(30, unique, "");
    made = pmiId -> cleared ? "" : pmiId.substring(1);
    for (String method : List.of("POST", "PATCH")) {
      site.org.faults().on(method, ".*/composite/sobjects.*", 1, Fault.resetAfterApply());
    }

    JsonNode first = morning("--initial-load");

    long created = written.size();
    assertThat(created).isPositive();
    assertThat(written.values()).doesNotHaveDuplicates();
    assertThat(first.path("exitCode").asInt()).isEqualTo(5);
    assertThat(first.at("/anomalies/0/kind").asText()).isEqualTo("KEY_NOT_KEPT");
    assertThat(first.at("/anomalies/0/open").asLong()).isEqualTo(created);
    JsonNode next = morning("--initial-load");
    assertThat(written).as("nobody is created on the next morning").hasSize((int) created);
    assertThat(next.at("/held/contact.review").asLong()).isEqualTo(created);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void keysClearedInAJob_andItsResultsCut_createsEachPersonOnce(boolean unique) throws Exception {
    open(500, unique, "bulk { threshold = 100, rows-per-job = 10000 }\n");
    made = pmiId -> "";
    // The first call creates 200, and they keep theirs.
    rewritten = pmiId -> contacts() > 200;
    site.org.faults().on("GET", ".*/successfulResults.*", n -> true, Fault.resultsCut());

    JsonNode first = morning("--initial-load");

    assertThat(written.values()).isNotEmpty().doesNotHaveDuplicates();
    assertThat(first.path("exitCode").asInt()).isEqualTo(5);
    Set<String> before = Set.copyOf(written.values());
    morning("--initial-load");
    assertThat(written.values())
        .doesNotHaveDuplicates()
        .containsExactlyInAnyOrderElementsOf(before);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void everyKeyRewritten_onADayOfJobs_stopsAfterTheFirstCall(boolean unique) throws Exception {
    open(400, unique, "bulk { threshold = 100, rows-per-job = 100 }\n");

    JsonNode first = morning("--initial-load");

    assertThat(contacts()).isEqualTo(200);
    assertThat(first.path("state").asText()).isEqualTo("partial");
    assertThat(first.path("errors").findValuesAsText("code")).contains("creates-stopped");
    JsonNode next = morning("--initial-load");
    assertThat(contacts()).isEqualTo(200);
    assertThat(next.at("/held/contact.creates-stopped").asLong()).isPositive();
    assertThat(next.path("exitCode").asInt()).isEqualTo(5);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void oneKeyRewritten_holdsThatPerson_andCreatesTheOthers(boolean unique) throws Exception {
    open(30, unique, "");
    rewritten = pmiId -> written.isEmpty() || written.containsValue(pmiId);

    JsonNode first = morning("--initial-load");

    assertThat(first.path("state").asText()).isEqualTo("done");
    assertThat(first.path("exitCode").asInt()).isEqualTo(5);
    long created = contacts();
    assertThat(morning().at("/held/contact.review").asLong()).isEqualTo(1);
    assertThat(contacts()).isEqualTo(created);
    assertThat(first.at("/journeys/updated").asLong()).isEqualTo(created - 1);
  }

  /** A job at night, after the sync has read back what it wrote. */
  private void overNight(UnaryOperator<String> rewritten) {
    site.org
        .records("Contact")
        .filter(c -> c.get(PMI) != null)
        .toList()
        .forEach(
            c ->
                site.org.edit(
                    String.valueOf(c.get("Id")),
                    Collections.singletonMap(PMI, rewritten.apply(String.valueOf(c.get(PMI))))));
  }

  private long everybody() {
    return site.org.records("Contact").count();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void everyKeyRewrittenOverNight_createsNobodyAnew(boolean unique) throws Exception {
    rewritten = pmiId -> false;
    open(30, unique, "");
    assertThat(morning("--initial-load").path("exitCode").asInt()).isZero();
    long created = everybody();

    for (String shown : List.of("digits", "another PMI ID")) {
      overNight(p -> shown.equals("digits") ? p.replace("P", "") : "P9" + p.substring(1));

      JsonNode next = morning();

      assertThat(everybody()).as(shown).isEqualTo(created);
      assertThat(next.path("exitCode").asInt()).isEqualTo(5);
      assertThat(next.at("/anomalies/0/kind").asText()).isEqualTo("KEY_NOT_KEPT");
      assertThat(next.at("/anomalies/0/open").asLong()).isEqualTo(created);
      assertThat(next.at("/held/contact.review").asLong()).isEqualTo(created);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void everyKeyBlankedOverNight_createsNobodyAnew_evenWhereDeletedOnesAreCreatedAnew(boolean unique)
      throws Exception {
    rewritten = pmiId -> false;
    open(30, unique, "contact.when-deleted = recreate\n");
    assertThat(morning("--initial-load").path("exitCode").asInt()).isZero();
    long created = everybody();
    overNight(p -> null);

    for (int day = 1; day <= 2; day++) {
      JsonNode next = morning(day == 1 ? new String[0] : new String[] {"--full"});

      assertThat(everybody()).isEqualTo(created);
      assertThat(next.path("exitCode").asInt()).isEqualTo(5);
      assertThat(next.at("/anomalies/0/kind").asText()).isEqualTo("KEY_NOT_KEPT");
      assertThat(next.at("/anomalies/0/open").asLong()).isEqualTo(created);
    }
  }

  @Test
  void oneKeyChangedByStaff_holdsThatPerson_untilReleased() throws Exception {
    rewritten = pmiId -> false;
    open(30, true, "");
    morning("--initial-load");
    long created = everybody();
    Map<String, Object> first =
        site.org.records("Contact").filter(c -> c.get(PMI) != null).findFirst().orElseThrow();
    String pmiId = String.valueOf(first.get(PMI));
    site.org.edit(String.valueOf(first.get("Id")), Map.of(PMI, "P099999991"));

    JsonNode plan = JSON.readTree(site.nextMorning("plan", "--json").out());
    JsonNode held = morning();

    for (JsonNode told : List.of(plan, held)) {
      assertThat(told.path("exitCode").asInt()).isEqualTo(5);
      assertThat(told.at("/anomalies/0/kind").asText()).isEqualTo("KEY_NOT_KEPT");
      assertThat(told.at("/held/contact.review").asLong()).isEqualTo(1);
    }
    assertThat(everybody()).isEqualTo(created);

    site.run("release", pmiId);
    JsonNode released = morning();
    assertThat(released.at("/contacts/inserted").asLong()).isEqualTo(1);
    assertThat(released.path("exitCode").asInt()).isZero();
    assertThat(morning().path("exitCode").asInt()).isZero();
  }

  @Test
  void keyThatStaffPutOnAnotherContact_isNoLostKey() throws Exception {
    rewritten = pmiId -> false;
    open(30, true, "");
    morning("--initial-load");
    Map<String, Object> first =
        site.org.records("Contact").filter(c -> c.get(PMI) != null).findFirst().orElseThrow();
    String pmiId = String.valueOf(first.get(PMI));
    site.org.edit(String.valueOf(first.get("Id")), Collections.singletonMap(PMI, null));
    site.org.create("Contact", Map.of("LastName", "Byhand", PMI, pmiId));

    JsonNode next = morning();

    // the journey of the other Contact is another matter
    assertThat(next.at("/anomalies").findValuesAsText("kind"))
        .doesNotContain("KEY_NOT_KEPT", "DELETED_CONTACT");
    assertThat(next.path("held")).isEmpty();
    assertThat(next.at("/contacts/updated").asLong()).isEqualTo(1);
  }
}
