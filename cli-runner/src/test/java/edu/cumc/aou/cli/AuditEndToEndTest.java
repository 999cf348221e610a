package edu.cumc.aou.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import edu.cumc.aou.cli.Site.Result;
import edu.cumc.aou.cli.runtime.World;
import edu.cumc.aou.sync.model.PmiId;
import edu.cumc.aou.sync.port.AuditTable;
import edu.cumc.aou.sync.port.AuditTable.Head;
import edu.cumc.aou.sync.port.AuditTable.Row;
import edu.cumc.aou.sync.port.SyncStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** The audit trail as a site meets it: who did what, and whether anybody changed it since. */
class AuditEndToEndTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path directory;
  private Site site;

  @BeforeEach
  void open() {
    site = new Site(directory, 12);
    ok(0, "init");
  }

  @AfterEach
  void close() {
    site.close();
  }

  private Result ok(int exitCode, String... args) {
    Result result = site.run(args);
    assertThat(result.exitCode()).as(result.out() + result.err()).isEqualTo(exitCode);
    return result;
  }

  private JsonNode json(int exitCode, String... args) throws IOException {
    String[] all = Arrays.copyOf(args, args.length + 1);
    all[args.length] = "--json";
    return JSON.readTree(ok(exitCode, all).out());
  }

  private List<Row> rows() {
    try (SyncStore store = site.openStore()) {
      return store.audit().page(0, 1_000);
    }
  }

  private List<String> kinds() {
    return rows().stream().map(Row::kind).toList();
  }

  private String someone() {
    return String.valueOf(
        site.org.records("Contact").findFirst().orElseThrow().get("HP_PMI_ID__c"));
  }

  private void verified() {
    ok(0, "audit", "verify");
  }

  @Test
  void firstSync_isInTheTrail_andItsHeadLeavesTheDatabase() throws IOException {
    JsonNode report = json(0, "sync", "--initial-load");

    assertThat(kinds()).startsWith("START", "OVERRIDE", "WRITES").endsWith("RUN");
    Row last = rows().get(rows().size() - 1);
    assertThat(report.at("/audit/row").asLong()).isEqualTo(last.seq());
    assertThat(report.at("/audit/hash").asText()).isEqualTo(last.hash());
    assertThat(ok(0, "status", "1").out()).contains("Audit trail " + last.head().text());
    assertThat(ok(0, "audit", "verify", "--head", last.head().text()).out())
        .contains("as it was entered");
    assertThat(rows().toString()).doesNotContain(someone());
    assertThat(rows()).allSatisfy(row -> assertThat(row.who()).startsWith(site.user() + " on "));
  }

  @Test
  void quietMorning_addsOneRow() {
    ok(0, "sync", "--initial-load");
    ok(0, "sync");
    int before = rows().size();
    ok(0, "sync");
    assertThat(kinds().subList(before, kinds().size())).containsExactly("RUN");
  }

  /** Whatever way a record takes to Salesforce, its outcome comes with a leaf. */
  @Test
  void everyWayToWrite_isInTheTrail() {
    ok(0, "sync", "--initial-load");
    site.day(2);
    Result second = site.run("sync");
    verified();
    String id = someone();
    Result retry = site.run("retry", id);
    Result undo = site.run("undo", "2");
    assertThat(List.of(second.exitCode(), retry.exitCode(), undo.exitCode()))
        .allMatch(code -> code == 0 || code == 5);
    verified();
    assertThat(kinds()).contains("UNDO");
    try (SyncStore store = site.openStore()) {
      assertThat(store.audit().unentered(0)).isEmpty();
    }
  }

  @Test
  void recordChangedByHand_isNamed_andEverySyncSaysSo_untilSomebodyAcceptsIt() throws IOException {
    ok(0, "sync", "--initial-load");
    site.store("UPDATE \"dbo\".sync_audit SET who = 'nobody' WHERE audit_seq = 3");

    Result verified = ok(5, "audit", "verify");
    assertThat(verified.out()).contains("row 3 was altered");
    JsonNode document = json(5, "audit", "verify");
    assertThat(document.at("/faults/0/flaw").asText()).isEqualTo("altered");
    assertThat(document.at("/faults/0/row").asLong()).isEqualTo(3);

    Result sync = ok(5, "sync");
    assertThat(sync.out()).contains("aou-sync audit verify names the row");
    assertThat(json(5, "sync").at("/audit/faults/altered").asLong()).isEqualTo(3);

    ok(2, "audit", "verify", "--accept", "3");
    ok(0, "audit", "verify", "--accept", "3", "--why", "the backup of Tuesday was restored");
    ok(0, "sync");
    assertThat(kinds()).contains("ACCEPTED");
  }

  @Test
  void valuesChangedByHand_areNamed_andARemovedRecordIs() {
    ok(0, "sync", "--initial-load");
    site.store(
        "UPDATE \"dbo\".sync_change_values SET new_values = '{}' WHERE run_id = 1 AND seq = 2");
    assertThat(ok(5, "audit", "verify").out()).contains("record 2 of run 1 was altered");
    site.store("DELETE FROM \"dbo\".sync_change WHERE run_id = 1 AND seq = 2");
    assertThat(ok(5, "audit", "verify").out()).contains("records of run 1 are missing");
  }

  @Test
  void lastRowsCut_areMissedByAHeadFromOutside() {
    ok(0, "sync", "--initial-load");
    Row last = rows().get(rows().size() - 1);
    Row before = rows().get(rows().size() - 2);
    site.store("DELETE FROM \"dbo\".sync_audit WHERE audit_seq = " + last.seq());
    site.store(
        "UPDATE \"dbo\".sync_audit_head SET audit_seq = "
            + before.seq()
            + ", hash = '"
            + before.hash()
            + "'");

    verified();
    assertThat(ok(5, "audit", "verify", "--head", last.head().text()).out())
        .contains("the rows after row " + before.seq() + " are missing");
    ok(2, "audit", "verify", "--head", "nonsense");
  }

  /** A backup of the store was restored: its trail ends before the head that a message told. */
  @Test
  void headOfADayThatIsLost_canBeAccepted_andStaysSoWhileTheTrailGrows() {
    lastRowsCut_areMissedByAHeadFromOutside();
    Head lost = new Head(rows().size() + 1L, "ab".repeat(32));
    String row = Integer.toString(rows().size());

    Result told = ok(5, "audit", "verify", "--head", lost.text());
    assertThat(told.out()).contains("aou-sync audit verify --head ROW:HASH --accept ROW");
    assertThat(ok(3, "audit", "verify", "--accept", row, "--why", "restored").err())
        .contains("with the same --head");
    assertThat(
            ok(0, "audit", "verify", "--head", lost.text(), "--accept", row, "--why", "restored")
                .out())
        .contains("1 fault that somebody has accepted");
    ok(0, "audit", "verify", "--head", lost.text());
    ok(0, "sync");
    ok(0, "audit", "verify", "--head", lost.text());
    Head other = new Head(lost.seq(), "cd".repeat(32));
    assertThat(ok(5, "audit", "verify", "--head", other.text()).out())
        .contains("row " + lost.seq() + " does not have the hash");
  }

  /** Accepting what the advice names settles it at once, and the trail goes on after the gap. */
  @Test
  void lastRowsRemoved_canBeAccepted() {
    ok(0, "sync", "--initial-load");
    int rows = rows().size();
    site.store("DELETE FROM \"dbo\".sync_audit WHERE audit_seq = " + rows);

    assertThat(ok(5, "audit", "verify").out()).contains("after row " + (rows - 1) + " are missing");
    ok(0, "audit", "verify", "--accept", Integer.toString(rows - 1), "--why", "known");
    ok(0, "sync");
    site.store("DELETE FROM \"dbo\".sync_audit WHERE audit_seq = " + (rows + 2));
    assertThat(ok(5, "audit", "verify").out()).contains("missing");
  }

  @Test
  void plan_twoPersons_needsAnotherUsersApproval() {
    site.configure("guards.two-persons = true");
    Result alone = ok(3, "sync", "--initial-load");
    assertThat(alone.err()).contains("guards.two-persons").contains("--initial-load");
    ok(0, "plan", "--initial-load", "--out", "plan.json");
    Result refused = ok(3, "sync", "--plan", "plan.json", "--initial-load");
    assertThat(refused.err()).contains("guards.two-persons").contains("aou-sync approve");
    ok(0, "approve", "plan.json");
    ok(3, "sync", "--plan", "plan.json", "--initial-load");
    String user = site.user();
    for (String same : List.of(user.toUpperCase(Locale.ROOT), "SITE\\" + user)) {
      site.as(same);
      ok(0, "approve", "plan.json");
    }
    site.as(user);
    assertThat(ok(3, "sync", "--plan", "plan.json", "--initial-load").err())
        .contains("was not approved by another person");

    site.as("reviewer");
    Result approved = ok(0, "approve", "plan.json", "--why", "looked at all twelve");
    assertThat(approved.out()).contains("digest").contains("reviewer on ");
    site.as(user);
    ok(
        0,
        "sync",
        "--plan",
        "plan.json",
        "--initial-load",
        "--approved-by",
        "Ada L.",
        "--why",
        "first load");

    Row carriedOut =
        rows().stream().filter(r -> r.kind().equals("APPROVAL")).reduce((a, b) -> b).orElseThrow();
    assertThat(carriedOut.what())
        .containsEntry("approved-by", "Ada L.")
        .containsEntry("why", "first load")
        .containsKey("digest");
    verified();
  }

  @Test
  void person_isWhoOwnsTheProcess_whateverAPropertySays() {
    String told = System.getProperty("user.name");
    try {
      System.setProperty("user.name", "reviewer");
      assertThat(World.real().person().user()).isNotEqualTo("reviewer");
      assertThat(World.real().person().atHost()).contains(" on ");
    } finally {
      System.setProperty("user.name", told);
    }
  }

  @Test
  void planFile_thatSomebodyChanged_isNeitherApprovedNorCarriedOut() throws IOException {
    for (String values : List.of("", "--show-values")) {
      ok(
          0,
          Stream.of("plan", "--initial-load", "--out", "plan.json", values)
              .filter(a -> !a.isEmpty())
              .toArray(String[]::new));
      Path file = directory.resolve("plan.json");
      ObjectNode plan = (ObjectNode) JSON.readTree(file.toFile());
      List<ObjectNode> changed = new ArrayList<>();
      changed.add(plan.deepCopy());
      ((ArrayNode) changed.get(0).path("changes")).remove(0);
      changed.add(plan.deepCopy());
      changed.get(1).remove("changes");
      changed.add(plan.deepCopy());
      ((ObjectNode) changed.get(2).path("counts").get(0)).put("count", 1);
      changed.add(plan.deepCopy());
      ObjectNode first = (ObjectNode) changed.get(3).path("changes").get(0);
      if (values.isEmpty()) {
        ((ArrayNode) first.path("fields")).remove(0);
      } else {
        ((ObjectNode) first.path("fields").path("LastName")).put("to", "Somebody");
      }
      changed.add(plan.deepCopy());
      ArrayNode all = (ArrayNode) changed.get(4).path("changes");
      all.add(all.get(0).deepCopy());
      for (ObjectNode one : changed) {
        JSON.writeValue(file.toFile(), one);
        assertThat(ok(3, "approve", "plan.json").err()).contains("somebody changed it");
        assertThat(ok(3, "sync", "--plan", "plan.json").err()).contains("somebody changed it");
      }
      JSON.writeValue(file.toFile(), plan);
      ok(0, "approve", "plan.json");
    }
    ok(0, "sync", "--plan", "plan.json");
  }

  @Test
  void approve_planThatIsNot_orReasonAboutSomebody_isRefused() {
    ok(3, "approve", "7");
    ok(0, "plan", "--initial-load", "--out", "plan.json");
    assertThat(ok(3, "approve", "plan.json", "--why", "as P012345678 asked").err())
        .contains("--why");
    ok(2, "sync", "--approved-by", "me");
    assertThat(kinds()).doesNotContain("APPROVAL");
  }

  @Test
  void looks_areInTheTrail_andForgettingTakesThePeopleOutOfIt() throws IOException {
    ok(0, "sync", "--initial-load");
    String id = someone();
    ok(0, "explain", id);
    ok(0, "find", id);
    ok(0, "failures", "--show-values", "--csv", "failures.csv");
    ok(0, "disclosures", id);
    List<Row> looks = rows().stream().filter(r -> r.kind().equals("LOOK")).toList();
    assertThat(looks.stream().map(r -> r.what().get("command")))
        .containsExactly("explain", "find", "failures", "disclosures");
    assertThat(looks.get(2).what()).containsEntry("shows", "--csv --show-values");
    assertThat(ok(0, "audit", "list", "--show-pmi-ids").out()).contains(id);
    assertThat(ok(0, "audit", "list").out()).doesNotContain(id).contains("explain");

    JsonNode forgotten = json(0, "forget", id, "--yes", "--certificate", "certificate.txt");

    String certificate = Files.readString(directory.resolve("certificate.txt"));
    assertThat(certificate)
        .doesNotContain(id)
        .contains("1 participant", "recycle bin", "backups", forgotten.path("hash").asText());
    assertThat(ok(0, "audit", "list", "--show-pmi-ids", "--last", "1000").out()).doesNotContain(id);
    verified();
    assertThat(kinds()).contains("FORGET");
  }

  @Test
  void forget_again_keepsItsFirstDay_andDoesNotSayThatNothingWasSent() throws IOException {
    ok(0, "sync", "--initial-load");
    String id = someone();
    String first = ok(0, "forget", id, "--yes").out();
    assertThat(first).contains("orgs to which something was sent, as far as runs are kept: 00D");
    String since = json(0, "disclosures", id).path("forgotten").asText();
    site.time.forDuration(Duration.ofDays(2));

    JsonNode again = json(0, "forget", id, "--yes", "--certificate", "again.txt");

    assertThat(again.path("forgottenBefore").asInt()).isOne();
    assertThat(Files.readString(directory.resolve("again.txt")))
        .contains("1 of 1 participant had been forgotten already, on " + since.substring(0, 19))
        .doesNotContain("nothing of them was sent");
    assertThat(json(0, "disclosures", id).path("forgotten").asText()).isEqualTo(since);
    verified();
  }

  @Test
  void disclosures_tellFieldsAndNoValues() throws IOException {
    ok(0, "sync", "--initial-load");
    String id = someone();
    Map<String, Object> contact = site.org.records("Contact").findFirst().orElseThrow();

    JsonNode sent = json(0, "disclosures", id).path("disclosures");
    assertThat(sent).isNotEmpty();
    JsonNode first = sent.get(sent.size() - 1);
    assertThat(first.path("object").asText()).isEqualTo("contact");
    assertThat(first.path("certain").asBoolean()).isTrue();
    assertThat(first.path("who").asText()).startsWith(site.user());
    assertThat(first.path("fields").toString()).contains("LastName");
    assertThat(sent.toString()).doesNotContain(String.valueOf(contact.get("LastName")) + "\",");
    assertThat(ok(0, "disclosures", "P099999999").out()).contains("Nothing was sent");
  }

  @Test
  void privacyNone_refusesEveryOptionThatShows_andEveryCommandThatDoes() {
    ok(0, "sync", "--initial-load");
    site.configure("privacy.values = none");
    int before = rows().size();
    CommandLine program = new CommandLine(new AouSync(World.real(), System.out, System.err));
    int tried = 0;
    for (Map.Entry<String, CommandLine> command : program.getSubcommands().entrySet()) {
      for (OptionSpec option : command.getValue().getCommandSpec().options()) {
        if (Looks.isLook(option)) {
          Result refused = site.run(arguments(command.getKey(), option));
          assertThat(refused.exitCode()).as(command.getKey() + " " + refused.err()).isEqualTo(3);
          assertThat(refused.err()).contains("privacy.values = none", option.longestName());
          tried++;
        }
      }
    }
    assertThat(tried).isGreaterThanOrEqualTo(6);
    assertThat(ok(3, "explain", someone()).err()).contains("privacy.values");
    assertThat(ok(3, "find", "x").err()).contains("privacy.values");
    assertThat(rows()).hasSize(before);
    ok(0, "failures");
    ok(0, "sync");
  }

  /** The option with what it and its command need. */
  private static String[] arguments(String command, OptionSpec option) {
    List<String> all = new ArrayList<>(List.of(command));
    if (command.equals("audit")) {
      all.add("list");
    } else if (command.equals("report")) {
      all.addAll(List.of("--out", "page.html"));
    } else if (command.equals("review") && !option.longestName().equals("--out")) {
      all.addAll(List.of("--out", "review.csv"));
    }
    all.add(option.longestName());
    if (option.arity().min() > 0) {
      all.add("file.csv");
    }
    return all.toArray(String[]::new);
  }

  @Test
  void privacyOperatorOnly_showsToThoseWhoAreNamed() {
    ok(0, "sync", "--initial-load");
    site.configure("privacy { values = operator-only, operators = [desk] }");
    ok(3, "failures", "--show-pmi-ids");
    site.as("desk");
    ok(0, "failures", "--show-pmi-ids");
    site.as("SITE\\Desk");
    ok(0, "failures", "--show-pmi-ids");
    site.as("Desk");
    ok(3, "failures", "--show-pmi-ids");
    site.configure("privacy.values = operator-only");
    assertThat(ok(3, "failures", "--show-pmi-ids").err()).contains("privacy.operators");
  }

  @Test
  void storeOfAnEarlierVersion_beginsAChainThatSaysSo() {
    ok(0, "sync", "--initial-load");
    site.store("DELETE FROM \"dbo\".sync_audit");
    site.store(
        "UPDATE \"dbo\".sync_audit_head SET audit_seq = 0, verified_seq = 0, hash = '"
            + AuditTable.NOTHING
            + "'");
    site.store("UPDATE \"dbo\".sync_change SET audit_batch = NULL, leaf = NULL, nonce = NULL");
    ok(0, "init");

    Row start = rows().get(0);
    assertThat(start.kind()).isEqualTo("START");
    assertThat(start.what()).containsEntry("runs-before", "1").containsEntry("last-run", "1");
    ok(0, "sync");
    verified();
  }

  @Test
  void purge_keepsTheChain() {
    ok(0, "sync", "--initial-load");
    site.configure("store { keep-values = 1d, keep-runs = 1d }");
    site.time.advanceTo(site.time.instant().plus(Duration.ofDays(3)));
    ok(0, "purge");
    assertThat(kinds()).contains("PURGE");
    verified();
    assertThat(PmiId.tryParse(someone())).isPresent();
  }
}
