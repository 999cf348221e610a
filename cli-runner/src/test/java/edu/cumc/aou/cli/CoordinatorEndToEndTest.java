package edu.cumc.aou.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import edu.cumc.aou.cli.Site.Result;
import edu.cumc.aou.sync.model.Change;
import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.model.RunId;
import edu.cumc.aou.sync.port.Crm;
import edu.cumc.aou.sync.port.RowResult;
import edu.cumc.aou.sync.port.WriteJournal;
import edu.cumc.aou.sync.port.WriteOrder;
import edu.cumc.aou.sync.port.WriteOutcome;
import edu.cumc.aou.sync.port.WriteRow;
import edu.cumc.aou.sync.run.RunServices;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a coordinator does when records are refused, from the first day on. */
class CoordinatorEndToEndTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String CODE = "FIELD_CUSTOM_VALIDATION_EXCEPTION";

  @TempDir private Path directory;
  private Site site;
  private final Set<String> refused = new HashSet<>();
  private String somebody;

  @BeforeEach
  void threeDaysOfRefusal() {
    site = new Site(directory, 30);
    site.run("init");
    site.run("plan", "--initial-load", "--out", "plan.json", "--show-values");
    somebody = firstPlanned();
    refused.add(somebody);
    site.edges(this::refusing);
    site.run("sync", "--initial-load");
    site.run("sync");
  }

  @AfterEach
  void close() {
    site.close();
  }

  private String firstPlanned() {
    try (var store = site.openStore()) {
      return store
          .changes()
          .page(
              new RunId(1),
              CrmObject.CONTACT,
              Set.of(Change.Action.INSERT),
              Set.of(Change.State.PLANNED),
              0,
              1)
          .get(0)
          .pmiId()
          .value();
    }
  }

  private RunServices refusing(RunServices services) {
    Crm crm =
        (Crm)
            Proxy.newProxyInstance(
                Crm.class.getClassLoader(),
                new Class<?>[] {Crm.class},
                (proxy, method, args) ->
                    method.getName().equals("write")
                        ? write(services.crm(), args)
                        : call(services.crm(), method, args));
    return new RunServices(
        services.source(),
        crm,
        services.store(),
        services.clock(),
        services.pause(),
        services.listener());
  }

  /** Writes the rows that the test does not refuse. */
  private Object write(Crm crm, Object[] args) {
    WriteJournal journal = (WriteJournal) args[2];
    List<WriteRow> rest = new ArrayList<>();
    ((Iterator<?>) args[1])
        .forEachRemaining(
            row -> {
              WriteRow wanted = (WriteRow) row;
              if (refused.contains(wanted.key())) {
                journal.outcomes(
                    List.of(
                        new RowResult(
                            wanted.key(), new WriteOutcome.Refused(CODE, List.of("Phone")))));
              } else {
                rest.add(wanted);
              }
            });
    crm.write((WriteOrder) args[0], rest.iterator(), journal);
    return null;
  }

  private static Object call(Crm crm, Method method, Object[] args) throws Throwable {
    try {
      return method.invoke(crm, args);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private JsonNode json(String... args) throws Exception {
    return JSON.readTree(site.run(args).out());
  }

  @Test
  void failures_groupsByCause_andNamesNobodyUnlessAsked() {
    Result result = site.run("failures");
    assertThat(result.exitCode()).isZero();
    assertThat(result.out())
        .contains("1 contact refused: " + CODE + " (Phone)")
        .contains("a validation rule of the org says no")
        .doesNotContain(somebody);
    assertThat(site.run("failures", "--show-pmi-ids").out()).contains(somebody);
    assertThat(site.run("failures", "99").exitCode()).isEqualTo(3);
    assertThat(site.run("failures", "0").exitCode()).isEqualTo(2);
  }

  @Test
  void failures_asJson() throws Exception {
    JsonNode causes = json("failures", "--json").path("causes");
    assertThat(causes.get(0).path("code").asText()).isEqualTo(CODE);
    assertThat(causes.get(0).path("fields").get(0).asText()).isEqualTo("Phone");
    assertThat(causes.get(0).path("count").asInt()).isEqualTo(1);
    assertThat(json("failures", "--json").has("participants")).isFalse();
    assertThat(json("failures", "--json", "--show-pmi-ids").at("/participants/0/pmiId").asText())
        .isEqualTo(somebody);
  }

  @Test
  void thirdDay_putsIntoQuarantine_retryLiftsIt() throws Exception {
    JsonNode third = json("sync", "--json");
    assertThat(third.path("quarantined").asInt()).isEqualTo(1);
    JsonNode fourth = json("sync", "--json");
    assertThat(fourth.at("/held/contact.quarantine").asInt()).isEqualTo(1);
    assertThat(fourth.at("/contacts/holds").asBoolean()).isTrue();
    assertThat(site.run("explain", somebody).out()).contains("held", CODE);
    assertThat(site.run("status", "5").out()).contains("contact: quarantine", "aou-sync retry");
    assertThat(site.run("failures").out())
        .contains("In quarantine", "contact: " + CODE)
        .doesNotContain(somebody);
    assertThat(site.run("failures", "--show-pmi-ids").out()).contains(somebody + "  contact: ");
    assertThat(json("failures", "--json").at("/quarantine/contact: " + CODE).asInt()).isEqualTo(1);
    assertThat(json("failures", "5", "--json").path("quarantine")).isEmpty();

    refused.clear();
    site.input(somebody.toLowerCase(Locale.ROOT) + "\n");
    JsonNode retried = json("retry", "-", "--json");
    assertThat(retried.path("mode").asText()).isEqualTo("retry");
    assertThat(retried.at("/contacts/inserted").asInt()).isEqualTo(1);
    assertThat(retried.at("/contacts/rows").asInt()).isEqualTo(1);
    assertThat(site.trailOf(retried.path("run").asLong())).containsEntry("contact.insert.done", 1L);
    assertThat(site.org.records("Contact").filter(c -> somebody.equals(c.get("HP_PMI_ID__c"))))
        .hasSize(1);
    assertThat(json("sync", "--json").path("planned")).isEmpty();
  }

  @Test
  void quarantine_canBeAcknowledged_untilTheSourceMovesOn() {
    site.run("sync");
    assertThat(site.run("sync").exitCode()).isEqualTo(5);

    assertThat(site.run("acknowledge", somebody).out()).contains("1 hold");
    Result known = site.run("sync");
    assertThat(known.exitCode()).as(known.out()).isZero();
    assertThat(site.run("sync", "--strict").exitCode()).isEqualTo(5);

    site.source(
        "UPDATE dbo.healthpro SET [Last Name] = 'Renamed' WHERE [PMI ID] = '" + somebody + "'");
    assertThat(site.run("sync").exitCode()).isEqualTo(5);
  }

  @Test
  void retry_withoutNames_triesWhoFailedInTheLastRun() throws Exception {
    refused.clear();
    assertThat(json("retry", "--json").at("/contacts/inserted").asInt()).isEqualTo(1);
    assertThat(site.run("retry").out()).contains("Nobody to retry");
  }

  @Test
  void retry_thatAGuardStops_saysWhatToDo_andInitialLoadLiftsIt() throws Exception {
    refused.clear();
    site.configure("guards.max-inserts { number = 0, share = 0% }");
    Result stopped = site.run("retry");
    assertThat(stopped.exitCode()).isEqualTo(6);
    assertThat(stopped.out())
        .contains(
            "guards.max-inserts: 1 new Contacts, allowed are 0; if this is the first load, run")
        .contains("--initial-load")
        .doesNotContain("--plan FILE");
    assertThat(json("retry", somebody, "--initial-load", "--json").at("/contacts/inserted").asInt())
        .isEqualTo(1);
  }

  @Test
  void release_liftsTheHold_andSaysHowMany() throws Exception {
    site.run("sync");
    JsonNode released = json("release", somebody, "P000000000", "--json");
    assertThat(released.path("released").asInt()).isEqualTo(1);
    assertThat(released.path("notHeld").asInt()).isEqualTo(1);
    refused.clear();
    assertThat(json("sync", "--json").at("/contacts/inserted").asInt()).isEqualTo(1);
  }

  @Test
  void malformedPmiIds_areToldByPosition_andNothingIsDone() throws Exception {
    site.run("sync");
    site.input("P000000001\n\nP12X\n");
    Result result = site.run("release", somebody, "Q1", "-");
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err())
        .contains("argument 2, line 3 of stdin")
        .doesNotContain("P12X")
        .doesNotContain("Q1");
    assertThat(site.run("explain", somebody).out()).contains("held");
    JsonNode asJson = JSON.readTree(site.run("retry", "P12X", "--json").out());
    assertThat(asJson.path("exitCode").asInt()).isEqualTo(2);
    assertThat(asJson.at("/error/kind").asText()).isEqualTo("usage");
  }

  @Test
  void guardThatStoppedARun_isShownByStatus() throws Exception {
    site.configure("guards.min-contacts = 100000");
    assertThat(site.run("sync").exitCode()).isEqualTo(6);
    Result status = site.run("status", "4");
    assertThat(status.out()).contains("guards.min-contacts: the source has");
    assertThat(json("status", "4", "--json").at("/guards/0/guard").asText())
        .isEqualTo("guards.min-contacts");
  }

  @Test
  void forget_removesThePersonFromOurTables_andNoRunCreatesThem() throws Exception {
    JsonNode forgotten = json("forget", somebody, "--yes", "--json");
    assertThat(forgotten.path("participants").asInt()).isEqualTo(1);
    assertThat(forgotten.path("changes").asInt()).isPositive();
    assertThat(forgotten.path("inSalesforce").asInt()).isZero();
    refused.clear();
    JsonNode sync = json("sync", "--json");
    assertThat(sync.at("/contacts/inserted").asInt()).isZero();
    assertThat(sync.at("/held/contact.forgotten").asInt()).isEqualTo(1);
    assertThat(site.run("failures", "3", "--show-pmi-ids").out()).doesNotContain(somebody);
    assertThat(site.run("forget", "P1").exitCode()).isEqualTo(2);
    assertThat(site.run("forget", somebody, "--yes").out())
        .contains("Forgot 1 participant", "aou-sync release")
        .doesNotContain(somebody);
  }

  @Test
  void undo_ofTheFirstLoad_leavesWhatItCreated() throws Exception {
    JsonNode dry = json("undo", "2", "--dry-run", "--json");
    assertThat(dry.path("exitCode").asInt()).isZero();
    assertThat(dry.path("undone").asInt()).isEqualTo(2);
    assertThat(dry.path("planned")).isEmpty();
    assertThat(dry.at("/contacts/skipped").asInt()).isPositive();
    assertThat(dry.at("/contacts/holds").asBoolean()).isTrue();
    Result undo = site.run("undo", "2");
    assertThat(undo.exitCode()).isZero();
    assertThat(undo.out()).contains("(undo run 2): done", "skipped: the run created these");
    assertThat(site.run("undo", "99").err()).contains("there is no run 99");
    assertThat(site.run("undo", "2", "--approved", "1").exitCode()).isEqualTo(3);
    assertThat(site.run("undo", "2", "--dry-run", "--approved", "1").exitCode()).isEqualTo(2);
    assertThat(site.run("undo").exitCode()).isEqualTo(2);
  }

  @Test
  void report_isOnePageThatNamesNobodyUnlessAsked() throws Exception {
    Result result = site.run("report", "3", "--out", "run.html");
    assertThat(result.exitCode()).isZero();
    assertThat(result.out()).contains("Run 3 is in run.html.");
    String page = Files.readString(directory.resolve("run.html"));
    assertThat(page)
        .contains(
            "Run 3: sync", CODE, "a validation rule of the org says no", "<svg", "The last runs")
        .contains("Every row is accounted for.")
        .doesNotContain("<script", "http:", "https:", somebody);
    JsonNode named = json("report", "--out", "named.html", "--show-pmi-ids", "--json");
    assertThat(named.path("run").asInt()).isEqualTo(3);
    assertThat(Files.readString(directory.resolve("named.html"))).contains(somebody);
    assertThat(site.run("report", "99", "--out", "run.html").exitCode()).isEqualTo(3);
    assertThat(site.run("report").exitCode()).isEqualTo(2);
  }

  @Test
  void purge_blanksWhatWasKeptLongEnough() throws Exception {
    assertThat(json("purge", "--json").path("runsBlanked").asInt()).isZero();
    site.time.advanceTo(site.time.instant().plus(Duration.ofDays(91)));
    assertThat(json("purge", "--json").path("runsBlanked").asInt()).isEqualTo(3);
    assertThat(site.run("purge").out()).contains("Blanked the values of 0 runs.");
    assertThat(site.run("failures").out()).contains(CODE);
  }

  @Test
  void purge_removesNoneOfTheNewestRuns_howeverOld() throws Exception {
    site.configure("store.keep-runs = 100d");
    site.time.advanceTo(site.time.instant().plus(Duration.ofDays(3650)));
    JsonNode purged = json("purge", "--json");
    assertThat(purged.path("runsRemoved").asInt()).isZero();
    assertThat(purged.path("changesRemoved").asInt()).isZero();
    assertThat(site.run("purge").out()).contains("Removed 0 runs with 0 changes.");
    assertThat(site.run("status", "1").exitCode()).isZero();
    site.configure("store.keep-runs = 10d");
    assertThat(site.run("purge").err()).contains("store.keep-runs: is less than keep-values");
  }
}
