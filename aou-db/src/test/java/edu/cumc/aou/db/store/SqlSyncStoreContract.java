package edu.cumc.aou.db.store;

import edu.cumc.aou.db.DatabaseSettings;
import edu.cumc.aou.db.internal.Database;
import edu.cumc.aou.db.testing.TestDatabases;
import edu.cumc.aou.sync.audit.AuditHash;
import edu.cumc.aou.sync.model.RunId;
import edu.cumc.aou.sync.port.DecisionTable;
import edu.cumc.aou.sync.port.DecisionTable.Decision;
import edu.cumc.aou.sync.port.SyncStore;
import edu.cumc.aou.sync.port.SyncStoreContract;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

/** The store on a database that a subclass names. */
abstract class SqlSyncStoreContract extends SyncStoreContract {

  private final String ownSchema = TestDatabases.freeName("sync");
  private @Nullable Database beside;

  /** Where the tables are made. */
  abstract DatabaseSettings database();

  /** The schema of the tables, which is this test's own. */
  String schema() {
    return ownSchema;
  }

  /** Makes the tables. */
  void prepare(SqlSyncStore store) {
    store.installer().install(false);
  }

  @Override
  protected SyncStore newStore() {
    DatabaseSettings settings = database();
    beside = Database.open(settings);
    SqlSyncStore store = SqlSyncStore.open(settings, schema());
    prepare(store);
    return store;
  }

  private Database beside() {
    if (beside == null) {
      throw new IllegalStateException("the store is not open yet");
    }
    return beside;
  }

  private String table(String name) {
    return beside().dialect().quote(schema()) + "." + name;
  }

  @Override
  public void passTime(Duration duration) {
    int unused =
        beside()
            .write(
                "moving the end of the lease",
                handle ->
                    handle
                        .createUpdate(
                            "UPDATE "
                                + table("sync_lease")
                                + " SET valid_until = DATEADD(MILLISECOND, CAST(:millis AS INT),"
                                + " valid_until)")
                        .bind("millis", -duration.toMillis())
                        .execute());
  }

  @Override
  public void tamper(Tampering what, RunId run, long number) {
    String audit = table("sync_audit");
    String ofRecord = " WHERE run_id = " + run + (number == 0 ? "" : " AND seq = " + number);
    switch (what) {
      case ALTER_ROW ->
          execute("UPDATE " + audit + " SET who = 'somebody else' WHERE audit_seq = " + number);
      case DROP_ROW -> execute("DELETE FROM " + audit + " WHERE audit_seq = " + number);
      case SWAP_ROWS -> {
        execute("UPDATE " + audit + " SET audit_seq = 0 WHERE audit_seq = " + number);
        execute(
            "UPDATE "
                + audit
                + " SET audit_seq = "
                + number
                + " WHERE audit_seq = "
                + (number + 1));
        execute("UPDATE " + audit + " SET audit_seq = " + (number + 1) + " WHERE audit_seq = 0");
      }
      case CUT -> {
        execute("DELETE FROM " + audit + " WHERE audit_seq > " + number);
        execute(
            "UPDATE "
                + table("sync_audit_head")
                + " SET audit_seq = "
                + number
                + ", hash = (SELECT hash FROM "
                + audit
                + " WHERE audit_seq = "
                + number
                + ")");
      }
      case ALTER_RECORD, ALTER_AND_BLANK_RECORD -> {
        execute(
            "UPDATE "
                + table("sync_change_values")
                + " SET new_values = '{\"FirstName\":\"Eve\"}'"
                + ofRecord);
        if (what == Tampering.ALTER_AND_BLANK_RECORD) {
          execute("UPDATE " + table("sync_change") + " SET nonce = NULL" + ofRecord);
        }
      }
      case DROP_RECORD, DROP_RECORDS -> execute("DELETE FROM " + table("sync_change") + ofRecord);
      case FORGE_RECORD, FORGE_RECORD_OF_FIRST_BATCH ->
          execute(
              "UPDATE "
                  + table("sync_change")
                  + " SET state = 'DONE', nonce = 'n', leaf = 'l', audit_batch = "
                  + (what == Tampering.FORGE_RECORD
                      ? "4711"
                      : "(SELECT f.audit_batch FROM "
                          + table("sync_change")
                          + " f WHERE f.run_id = "
                          + run
                          + " AND f.seq = 1)")
                  + ofRecord);
      case ALTER_STANDING ->
          execute(
              "UPDATE "
                  + table("sync_decision")
                  + " SET answer = '003000000000999AAA' WHERE subject = (SELECT MIN(d.subject) FROM"
                  + " "
                  + table("sync_decision")
                  + " d)");
      case DROP_STANDING ->
          execute(
              "DELETE FROM "
                  + table("sync_decision")
                  + " WHERE subject = (SELECT MIN(d.subject) FROM "
                  + table("sync_decision")
                  + " d)");
      case ADD_STANDING -> {
        Decision forged =
            new Decision(
                DecisionTable.Kind.ADOPTION,
                "P000000999",
                "",
                DecisionTable.Verdict.ADOPT,
                "003000000000999AAA",
                "somebody",
                "",
                Instant.EPOCH,
                "");
        execute(
            "INSERT INTO "
                + table("sync_decision")
                + " (kind, subject, about, verdict, answer, decided_by, why, decided_at,"
                + " source_hash, nonce, leaf) VALUES ('ADOPTION', 'P000000999', '', 'ADOPT',"
                + " '003000000000999AAA', 'somebody', '', '1970-01-01 00:00:00', '', 'n', '"
                + AuditHash.leaf("n", StandingRows.content(forged))
                + "')");
      }
      case DROP_LEAF ->
          execute(
              "UPDATE "
                  + table("sync_change")
                  + " SET leaf = NULL, nonce = NULL, audit_batch = NULL"
                  + ofRecord);
    }
  }

  private void execute(String statement) {
    int unused = beside().write("tampering", handle -> handle.execute(statement));
  }

  @Override
  public List<RelationshipRow> relationships() {
    return beside()
        .read(
            "reading the relationships",
            handle ->
                handle
                    .createQuery(
                        "SELECT Contact_Id, PMI_Id, Journey_Id FROM " + table("Relationship"))
                    .map(
                        (row, context) ->
                            new RelationshipRow(
                                row.getString("Contact_Id"),
                                row.getString("PMI_Id"),
                                row.getString("Journey_Id")))
                    .list());
  }

  @AfterEach
  void closeBeside() {
    if (beside != null) {
      beside.close();
    }
  }
}
