package edu.cumc.aou.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import edu.cumc.aou.cli.demo.Snippet;
import edu.cumc.aou.cli.demo.VirtualTime;
import edu.cumc.aou.cli.runtime.H2Urls;
import edu.cumc.aou.lambda.Function;
import edu.cumc.aou.runtime.Outside;
import edu.cumc.aou.runtime.ReportDocument;
import edu.cumc.aou.simulator.salesforce.SalesforceSimulator;
import edu.cumc.aou.simulator.salesforce.fault.Fault;
import edu.cumc.aou.simulator.source.SourceOptions;
import edu.cumc.aou.simulator.source.SourceSimulator;
import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.model.GuardTrip;
import edu.cumc.aou.sync.model.OrgChange;
import edu.cumc.aou.sync.model.RunId;
import edu.cumc.aou.sync.model.RunMode;
import edu.cumc.aou.sync.model.RunState;
import edu.cumc.aou.sync.model.SyncStep;
import edu.cumc.aou.sync.port.AnomalyTable;
import edu.cumc.aou.sync.port.AnomalyTable.AnomalyCount;
import edu.cumc.aou.sync.port.AuditTable.Head;
import edu.cumc.aou.sync.port.IdTables.IdCounts;
import edu.cumc.aou.sync.report.Balance;
import edu.cumc.aou.sync.report.SyncReport;
import edu.cumc.aou.sync.report.SyncReport.ErrorCount;
import edu.cumc.aou.sync.report.SyncReport.PlannedCount;
import edu.cumc.aou.sync.report.SyncReport.StepCost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.h2.tools.Server;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page on a run's report: its tables have every member, and both runners give it. */
class ReportManualTest {

  private static final String PAGE = "docs/report.md";
  private static final Instant MORNING = Instant.parse("2026-01-05T11:00:00Z");
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Members with keys that are words of the org, not of the schema. */
  private static final Set<String> BY_WORD =
      Set.of(
          "corrections",
          "cleared",
          "audit.faults",
          "refusedFields",
          "newFlaws",
          "acknowledged",
          "skipped",
          "held",
          "orgFaults",
          "repeats",
          "withoutRow");

  @Test
  void page_explainsEveryMemberInItsOrder() {
    ObjectNode document = ReportDocument.of(everything(), false);

    List<String> members = new ArrayList<>();
    collect("", document, members);
    List<String> balance = new ArrayList<>();
    collect("", document.get("contacts"), balance);

    members.removeIf(m -> m.startsWith("contacts.") || m.startsWith("journeys."));
    members.addAll(balance);
    assertThat(Manual.firstCells(PAGE)).containsExactlyElementsOf(members);
  }

  @Test
  void wordsOnThePage_areThoseOfTheProgram() {
    String page = Manual.read(PAGE);
    for (SyncStep step : SyncStep.values()) {
      assertThat(page).contains("`" + step.word() + "`");
    }
    for (RunState state : RunState.values()) {
      assertThat(page).contains("`" + state.name().toLowerCase(Locale.ROOT) + "`");
    }
  }

  @Test
  void bothRunners_giveTheSameReportOfTheSameRun(@TempDir Path directory) throws Exception {
    VirtualTime time = new VirtualTime(MORNING);
    Server server = Server.createTcpServer("-tcpPort", "0", "-ifNotExists", "-tcpDaemon").start();
    // the function refuses a store inside itself, so both have it on a server
    String database =
        H2Urls.complete(
            "jdbc:h2:tcp://127.0.0.1:" + server.getPort() + "/" + directory + "/dm_aou");
    SourceOptions people = new SourceOptions(1, 60, 1, true);
    try (SalesforceSimulator org =
            SalesforceSimulator.builder().clock(time).journeyDelay(Duration.ofSeconds(20)).start();
        SourceSimulator source = SourceSimulator.open(database, "sa", "");
        Shell shell = new Shell(directory, time)) {
      source.load(people);
      configure(directory, org, database);
      org.faults().on("GET", ".+/query", n -> n <= 2, Fault.error(503, "X", "busy"));
      assertThat(shell.run("aou-sync init").exitCode()).isZero();

      JsonNode byLambda =
          JSON.readTree(
              Function.answer(
                  "{\"initialLoad\": true}",
                  Map.of("AOU_CONFIG", directory.resolve("aou-sync.conf").toString()),
                  directory,
                  new Outside(time, time)));
      JsonNode shown = JSON.readTree(shell.run("aou-sync status 1 --json").out());

      assertThat(byLambda.at("/status").asText()).isEqualTo("PARTIAL");
      assertThat(byLambda.at("/contacts/inserted").asLong()).isPositive();
      assertThat(byLambda.at("/contacts/rejected").asLong()).isPositive();
      assertThat(without("status", byLambda)).isEqualTo(shown);

      source.load(people.onDay(2));
      JsonNode byProgram = JSON.readTree(shell.run("aou-sync sync --json").out());
      assertThat(byProgram).isEqualTo(JSON.readTree(shell.run("aou-sync status 2 --json").out()));
      assertThat(byProgram.at("/journeys/updated").asLong()).isPositive();
    } finally {
      server.stop();
    }
  }

  private static void configure(Path directory, SalesforceSimulator org, String database)
      throws IOException {
    String databases =
        """
        source { jdbc-url = "%s", user = sa, password = "" }
        store { jdbc-url = "%s", user = sa, password = "" }
        guards.max-rejected.number = 1000
        """
            .formatted(database, database);
    Files.writeString(
        directory.resolve("aou-sync.conf"),
        Snippet.of(org.url(), org.credentials(), org.accountId()) + databases);
  }

  private static JsonNode without(String member, JsonNode document) {
    ObjectNode copy = document.deepCopy();
    copy.remove(member);
    return copy;
  }

  /** The paths of all members, objects before what is in them. */
  private static void collect(String prefix, JsonNode object, List<String> members) {
    for (Map.Entry<String, JsonNode> member : object.properties()) {
      JsonNode value = member.getValue();
      String path = prefix + member.getKey() + (value.isArray() ? "[]" : "");
      members.add(path);
      if (value.isArray()) {
        collect(path + ".", value.get(0), members);
      } else if (value.isObject() && !BY_WORD.contains(path)) {
        collect(path + ".", value, members);
      }
    }
  }

  private static SyncReport everything() {
    return new SyncReport(
        new RunId(3),
        RunMode.UNDO,
        RunState.DONE,
        new RunId(2),
        new SyncReport.Interrupted(new RunId(1), RunMode.SYNC, 4),
        MORNING,
        MORNING.plusSeconds(30),
        balance(CrmObject.CONTACT),
        balance(CrmObject.JOURNEY),
        List.of(new PlannedCount(CrmObject.CONTACT, "insert", 1, 0)),
        Map.of("contact.Birthdate", 1L),
        Map.of("contact.Birthdate", 1L),
        List.of(new ErrorCount(CrmObject.CONTACT, "failed", "LOCKED", 1)),
        Map.of("contact.Email:email", 1L),
        Map.of("contact.Email:email", 1L),
        Map.of("contact.Email:email", 1L),
        Map.of("contact.left", 1L),
        Map.of("contact.quarantine", 1L),
        1,
        Map.of("contact.INSUFFICIENT_ACCESS_OR_READONLY", 1L),
        List.of(new AnomalyCount(AnomalyTable.Kind.MISSING_JOURNEY, 1, 1, 0)),
        new IdCounts(1, 1, 1, 1),
        1,
        1,
        Map.of("journey", 1L),
        List.of(new GuardTrip("guards.max-inserts", "too many")),
        List.of(new StepCost(SyncStep.PLAN, Duration.ofSeconds(1), 1, 1)),
        1,
        Map.of("query", 1L),
        new SyncReport.AuditState(new Head(3, "0".repeat(64)), Map.of("altered", 1L)),
        "Research Centre",
        List.of(new OrgChange(OrgChange.Kind.CHANGED, "field Contact.Email", "email", "text")));
  }

  private static Balance balance(CrmObject object) {
    return new Balance(object, 13, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0);
  }
}
