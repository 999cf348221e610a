package edu.cumc.aou.cli;

import static org.assertj.core.api.Assertions.assertThat;

import edu.cumc.aou.cli.Site.Result;
import edu.cumc.aou.sync.audit.AuditHash;
import edu.cumc.aou.sync.port.AuditTable;
import edu.cumc.aou.sync.port.AuditTable.Row;
import edu.cumc.aou.sync.port.SyncStore;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A decision or hold that a person changes in the database, past the program, is found. */
class DecisionsInTheTrailEndToEndTest {

  @TempDir private Path directory;
  private Site site;
  private String held;

  /** A site with one acknowledged quarantine, so with one hold and one decision. */
  @BeforeEach
  void open() {
    site = new Site(directory, 6);
    ok(0, "init");
    ok(0, "sync", "--initial-load");
    held = someone();
    site.store(
        "INSERT INTO \"dbo\".sync_hold (pmi_id, kind, reason, since) VALUES ('"
            + held
            + "', 'REVIEW', 'key-not-kept', CURRENT_TIMESTAMP)");
    ok(5, "audit", "verify");
    ok(0, "audit", "verify", "--accept", Long.toString(last().seq()), "--why", "for the test");
    ok(0, "acknowledge", held, "--why", "known");
    ok(0, "audit", "verify");
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

  private List<Row> rows() {
    try (SyncStore store = site.openStore()) {
      return store.audit().page(0, 1_000);
    }
  }

  private Row last() {
    List<Row> rows = rows();
    return rows.get(rows.size() - 1);
  }

  private String someone() {
    return String.valueOf(
        site.org.records("Contact").findFirst().orElseThrow().get("HP_PMI_ID__c"));
  }

  private void assertFound(String statement, String text) {
    site.store(statement);
    assertThat(ok(5, "audit", "verify").out()).contains(text).doesNotContain(held);
    Result sync = ok(5, "sync");
    assertThat(sync.out()).contains("aou-sync audit verify names the row");
    // No later row covers it up.
    Result unused = site.run("acknowledge", "--all");
    Result unusedBack = site.run("acknowledge", "--all", "--take-back");
    assertThat(ok(5, "audit", "verify").out()).contains("by hand");
    ok(0, "audit", "verify", "--accept", Long.toString(last().seq()), "--why", "it was the DBA");
    ok(0, "audit", "verify");
  }

  @Test
  void decisionForged_isFound() {
    assertFound(
        "INSERT INTO \"dbo\".sync_decision (kind, subject, about, verdict, answer, decided_by, why,"
            + " decided_at, source_hash) VALUES ('ADOPTION', 'P000000999', '', 'ADOPT',"
            + " '003000000000999AAA', 'somebody', '', CURRENT_TIMESTAMP, '')",
        "1 was altered or added by hand");
  }

  @Test
  void holdAltered_isFound() {
    assertFound("UPDATE \"dbo\".sync_hold SET kind = 'UNDO'", "1 was altered or added by hand");
  }

  @Test
  void holdRemoved_isFound() {
    assertFound(
        "DELETE FROM \"dbo\".sync_hold", "decisions or holds were removed or added by hand");
  }

  @Test
  void decisionAltered_isFound_andTheNextSyncSaysSo() {
    site.store("UPDATE \"dbo\".sync_decision SET why = 'another reason'");
    assertThat(ok(5, "audit", "verify").out()).contains("1 was altered or added by hand");
    ok(5, "sync");
  }

  @Test
  void endOfTheChainMadeToFit_isFoundInTheNextRow() {
    site.store("DELETE FROM \"dbo\".sync_hold");
    site.store("UPDATE \"dbo\".sync_audit_head SET standing = '1:AAAA'");
    ok(5, "sync");
    assertThat(ok(5, "audit", "verify").out()).contains("by hand");
    assertThat(rows()).anyMatch(row -> row.what().containsKey(AuditTable.STOOD));
  }

  @Test
  void storeFromBefore_isTakenInOnce_byARowOfItsOwn() {
    // The rows as an earlier version has left them: they say nothing of decisions and holds.
    String hash = AuditTable.NOTHING;
    for (Row row : rows()) {
      SortedMap<String, String> what = new TreeMap<>(row.what());
      what.keySet().remove(AuditTable.STANDING);
      Row before =
          new Row(
              row.seq(),
              row.at(),
              row.kind(),
              row.who(),
              row.run(),
              row.batch(),
              row.records(),
              what,
              row.root(),
              hash,
              "");
      hash = AuditHash.of(before);
      String json =
          what.entrySet().stream()
              .map(e -> "\"" + e.getKey() + "\":\"" + e.getValue() + "\"")
              .collect(Collectors.joining(",", "{", "}"));
      site.store(
          "UPDATE \"dbo\".sync_audit SET what = '"
              + json
              + "', previous = '"
              + before.previous()
              + "', hash = '"
              + hash
              + "' WHERE audit_seq = "
              + row.seq());
    }
    site.store("UPDATE \"dbo\".sync_decision SET nonce = NULL, leaf = NULL");
    site.store("UPDATE \"dbo\".sync_hold SET nonce = NULL, leaf = NULL");
    site.store(
        "UPDATE \"dbo\".sync_audit_head SET standing = NULL, verified_seq = 0, verified_hash = '"
            + AuditTable.NOTHING
            + "', hash = '"
            + hash
            + "'");
    Result unused = site.run("sync");
    ok(0, "audit", "verify");
    assertThat(rows()).filteredOn(row -> row.kind().equals("TAKEN_IN")).hasSize(1);
    assertThat(last().what().get(AuditTable.STANDING)).startsWith("2:");

    // what comes to an upgraded store afterwards is taken in by nobody
    site.store("UPDATE \"dbo\".sync_audit_head SET standing = NULL");
    Result unusedAgain = site.run("sync");
    assertThat(rows()).filteredOn(row -> row.kind().equals("TAKEN_IN")).hasSize(2);
    assertThat(ok(5, "audit", "verify").out()).contains("by hand");
  }

  @Test
  void forgottenPerson_leavesAChainThatVerifies() {
    ok(0, "forget", held, "--yes");
    ok(0, "audit", "verify");
    ok(0, "release", held);
    ok(0, "audit", "verify");
  }
}
