package edu.cumc.aou.db.store;

import edu.cumc.aou.db.internal.CanonicalJson;
import edu.cumc.aou.db.internal.Load;
import edu.cumc.aou.db.internal.Load.Column;
import edu.cumc.aou.sync.audit.AuditHash;
import edu.cumc.aou.sync.model.RunId;
import edu.cumc.aou.sync.port.AuditTable;
import edu.cumc.aou.sync.port.AuditTable.Entry;
import edu.cumc.aou.sync.port.AuditTable.Head;
import edu.cumc.aou.sync.port.AuditTable.Kind;
import edu.cumc.aou.sync.port.AuditTable.Row;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Adds rows to the audit trail within the transaction of the action itself. Call it after all other
 * tables have changed: the lock on the chain's end comes last, except for the lease's.
 */
final class AuditBook {

  /** A record was sent, or taken for sent, and has no leaf. */
  static final String SENT_WITHOUT_LEAF =
      "audit_batch IS NULL AND (state = 'DONE' OR (attempts > 0 AND state IN ('FAILED', 'REFUSED',"
          + " 'UNKNOWN'))) AND action NOT IN ('NOTE', 'REJECT')";

  private static final List<Column> LEAF_COLUMNS =
      List.of(
          Column.number("batch"),
          Column.number("position"),
          Column.text("subject", 200),
          Column.text("nonce", 22),
          Column.text("leaf", 43));

  private final StoreDatabase store;
  private final Handle handle;

  AuditBook(StoreDatabase store, Handle handle) {
    this.store = store;
    this.handle = handle;
  }

  /** A leaf to store in {@code sync_audit_leaf}. */
  record StoredLeaf(
      long batch, long position, @Nullable String subject, @Nullable String nonce, String leaf) {}

  /** Adds a row about the people that the entry names. */
  Head append(Entry entry) {
    long batch = 0;
    AuditHash.Tree tree = new AuditHash.Tree();
    if (!entry.subjects().isEmpty()) {
      batch = store.newBatch();
      List<StoredLeaf> leaves = new ArrayList<>();
      for (String subject : entry.subjects()) {
        String nonce = store.newNonce();
        String leaf = AuditHash.leaf(nonce, List.of(subject));
        leaves.add(new StoredLeaf(batch, leaves.size(), subject, nonce, leaf));
        tree.add(leaf);
      }
      keep(leaves);
    }
    return append(entry, batch, entry.people(), tree.root());
  }

  /** Stores leaves that {@code sync_change} does not hold. */
  void keep(List<StoredLeaf> leaves) {
    if (leaves.isEmpty()) {
      return;
    }
    store
        .database()
        .load(
            handle,
            new Load(
                store.sql("$.sync_audit_leaf"),
                LEAF_COLUMNS,
                leaves.stream().map(AuditBook::values).iterator()));
  }

  private static List<@Nullable Object> values(StoredLeaf leaf) {
    return Arrays.asList(leaf.batch(), leaf.position(), leaf.subject(), leaf.nonce(), leaf.leaf());
  }

  /** Adds a row with leaves stored under {@code batch}. */
  Head append(Entry entry, long batch, long records, String root) {
    End end = lock();
    Head before = end.head().seq() == 0 ? start(end) : end.head();
    return end(
        insert(before, end.now(), entry.kind(), entry.run(), batch, records, entry.what(), root));
  }

  /** Begins the chain, unless it has begun. */
  void begin() {
    End end = lock();
    if (end.head().seq() == 0) {
      Head unused = end(start(end));
    }
  }

  private Head start(End end) {
    return insert(end.head(), end.now(), Kind.START, null, 0, 0, runsBefore(), "");
  }

  private Head end(Head head) {
    int unused =
        handle
            .createUpdate(
                store.sql(
                    "UPDATE $.sync_audit_head SET audit_seq = :seq, hash = :hash WHERE head_key ="
                        + " 1"))
            .bind("seq", head.seq())
            .bind("hash", head.hash())
            .execute();
    return head;
  }

  /** The end of the chain, and the time on the database's clock. */
  private record End(Head head, Instant now) {}

  /** A second transaction waits here until the first has committed. */
  private End lock() {
    String touch =
        store.sql(
            "UPDATE $.sync_audit_head SET touched_at = "
                + store.dialect().utcNow()
                + " WHERE head_key = 1");
    if (handle.execute(touch) == 0) {
      // The row was removed. The chain goes on, and the check shows whether rows are missing.
      handle
          .createUpdate(
              store.sql(
                  "INSERT INTO $.sync_audit_head (head_key, audit_seq, hash, touched_at,"
                      + " verified_seq, verified_hash) VALUES (1, 0, :nothing, "
                      + store.dialect().utcNow()
                      + ", 0, :nothing)"))
          .bind("nothing", AuditTable.NOTHING)
          .execute();
    }
    record Found(Head head, Instant now, long last) {}
    Found found =
        handle
            .createQuery(
                store.sql(
                    "SELECT h.audit_seq, h.hash, h.touched_at, (SELECT MAX(a.audit_seq) FROM"
                        + " $.sync_audit a) AS last_seq FROM $.sync_audit_head h WHERE h.head_key ="
                        + " 1"))
            .map(
                (row, context) ->
                    new Found(
                        new Head(row.getLong("audit_seq"), row.getString("hash")),
                        RowCodec.instant(row, "touched_at"),
                        row.getLong("last_seq")))
            .one();
    if (found.last() <= found.head().seq()) {
      return new End(found.head(), found.now());
    }
    String hash =
        handle
            .createQuery(store.sql("SELECT hash FROM $.sync_audit WHERE audit_seq = :seq"))
            .bind("seq", found.last())
            .mapTo(String.class)
            .one();
    return new End(new Head(found.last(), hash), found.now());
  }

  /** Describes what happened before the first row. */
  private SortedMap<String, String> runsBefore() {
    return handle
        .createQuery(
            store.sql(
                "SELECT COUNT(DISTINCT run_id) AS runs, COALESCE(MAX(run_id), 0) AS last_run FROM"
                    + " $.sync_change WHERE "
                    + SENT_WITHOUT_LEAF))
        .map(
            (row, context) -> {
              SortedMap<String, String> what = new TreeMap<>();
              what.put("runs-before", row.getString("runs"));
              what.put(AuditTable.LAST_RUN, row.getString("last_run"));
              return what;
            })
        .one();
  }

  private Head insert(
      Head before,
      Instant now,
      Kind kind,
      @Nullable RunId run,
      long batch,
      long records,
      SortedMap<String, String> what,
      String root) {
    Row row =
        AuditHash.row(
            before,
            now,
            kind.name(),
            store.who(),
            run,
            batch,
            records,
            what,
            root,
            before.seq() + 1);
    int unused =
        handle
            .createUpdate(
                store.sql(
                    "INSERT INTO $.sync_audit (audit_seq, entered_at, kind, who, run_id, batch,"
                        + " records, what, root, previous, hash) VALUES (:seq, :at, :kind, :who,"
                        + " :run, :batch, :records, :what, :root, :previous, :hash)"))
            .bind("seq", row.seq())
            .bind("at", RowCodec.utc(row.at()))
            .bind("kind", row.kind())
            .bind("who", row.who())
            .bind("run", run == null ? null : run.value())
            .bind("batch", row.batch())
            .bind("records", row.records())
            .bind("what", CanonicalJson.write(row.what()))
            .bind("root", row.root())
            .bind("previous", row.previous())
            .bind("hash", row.hash())
            .execute();
    return row.head();
  }

  /** Whether a run has a row of this kind. */
  boolean has(Kind kind, RunId run) {
    return handle
            .createQuery(
                store.sql("SELECT COUNT(*) FROM $.sync_audit WHERE run_id = :run AND kind = :kind"))
            .bind("run", run.value())
            .bind("kind", kind.name())
            .mapTo(Long.class)
            .one()
        > 0;
  }
}
