package edu.cumc.aou.db.store;

import edu.cumc.aou.db.internal.CanonicalJson;
import edu.cumc.aou.db.internal.Load;
import edu.cumc.aou.db.internal.Load.Column;
import edu.cumc.aou.sync.audit.AuditCheck.Flaw;
import edu.cumc.aou.sync.audit.AuditHash;
import edu.cumc.aou.sync.audit.SetHash;
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
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Adds rows to the audit trail within the transaction of the action itself. Call it after all other
 * tables have changed: the lock on the chain's end comes last, except for the lease's. If decisions
 * or holds change, {@link #holdStanding} takes that lock first. These transactions run one after
 * the other; before that lock, they write to no table that others write to.
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
  private final List<String> came = new ArrayList<>();
  private final List<String> went = new ArrayList<>();

  AuditBook(StoreDatabase store, Handle handle) {
    this.store = store;
    this.handle = handle;
  }

  /** A leaf to store in {@code sync_audit_leaf}. */
  record StoredLeaf(
      long batch, long position, @Nullable String subject, @Nullable String nonce, String leaf) {}

  /**
   * Call this before decisions or holds change: until the transaction ends, no other one changes
   * them.
   */
  void holdStanding() {
    End unused = lock();
  }

  /** The leaves of decisions or holds that are removed now; null for one without a leaf. */
  void went(List<@Nullable String> leaves) {
    for (String leaf : leaves) {
      if (leaf != null) {
        went.add(leaf);
      }
    }
  }

  /** Takes in a new decision or hold, and returns what to store beside it. */
  Committed came(List<@Nullable String> content) {
    String nonce = store.newNonce();
    Committed committed = new Committed(nonce, AuditHash.leaf(nonce, content));
    came.add(committed.leaf());
    return committed;
  }

  /** A leaf and the nonce in it. */
  record Committed(String nonce, String leaf) {}

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
    SetHash standing =
        isAcceptedStanding(entry)
            ? new StandingRows(store).takeIn(handle)
            : end.standing().without(went).with(came);
    went.clear();
    came.clear();
    return insert(end, entry, batch, records, root, standing).head();
  }

  /**
   * A person has accepted that decisions or holds were altered; from now on they count as they are.
   */
  private static boolean isAcceptedStanding(Entry entry) {
    return entry.kind() == Kind.ACCEPTED
        && Flaw.STANDING_ALTERED.name().equals(entry.what().get(AuditTable.FAULT));
  }

  /** Begins the chain, unless it has begun. */
  void begin() {
    End unused = lock();
  }

  /** The end of the chain, what is in force there, and the time on the database's clock. */
  private record End(Head head, Instant now, SetHash standing, @Nullable String said) {}

  /** A second transaction waits here until the first has committed. */
  private End lock() {
    touch();
    record Found(
        Head head, Instant now, long last, @Nullable String standing, @Nullable String what) {}
    Found found =
        handle
            .createQuery(
                store.sql(
                    "SELECT h.audit_seq, h.hash, h.touched_at, h.standing, l.what, (SELECT"
                        + " MAX(a.audit_seq) FROM $.sync_audit a) AS last_seq FROM"
                        + " $.sync_audit_head h LEFT JOIN $.sync_audit l ON l.audit_seq ="
                        + " h.audit_seq WHERE h.head_key = 1"))
            .map(
                (row, context) ->
                    new Found(
                        new Head(row.getLong("audit_seq"), row.getString("hash")),
                        RowCodec.instant(row, "touched_at"),
                        row.getLong("last_seq"),
                        row.getString("standing"),
                        row.getString("what")))
            .one();
    Head head = found.head();
    @Nullable String what = found.what();
    if (found.last() > head.seq()) {
      Row last = row(found.last());
      head = last.head();
      what = CanonicalJson.write(last.what());
    }
    @Nullable String said =
        what == null ? null : CanonicalJson.texts(what).get(AuditTable.STANDING);
    if (found.standing() != null && head.seq() > 0) {
      return new End(head, found.now(), SetHash.parse(found.standing()), said);
    }
    SetHash taken = new StandingRows(store).takeIn(handle);
    End end = new End(head, found.now(), taken, null);
    if (head.seq() == 0) {
      return insert(end, new Entry(Kind.START, null, runsBefore(), 0, List.of()), 0, 0, "", taken);
    }
    return insert(end, Entry.of(Kind.TAKEN_IN, null, Map.of()), 0, 0, "", taken);
  }

  private void touch() {
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
  }

  private Row row(long seq) {
    return handle
        .createQuery(
            store.sql(
                "SELECT " + SqlAuditTable.COLUMNS + " FROM $.sync_audit WHERE audit_seq = :seq"))
        .bind("seq", seq)
        .map((row, context) -> SqlAuditTable.row(row))
        .one();
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

  private End insert(
      End before, Entry entry, long batch, long records, String root, SetHash standing) {
    SortedMap<String, String> what = new TreeMap<>(entry.what());
    what.put(AuditTable.STANDING, standing.digest());
    if (before.said() != null && !before.said().equals(before.standing().digest())) {
      what.put(AuditTable.STOOD, before.standing().digest());
    }
    Row row =
        AuditHash.row(
            before.head(),
            before.now(),
            entry.kind().name(),
            store.who(),
            entry.run(),
            batch,
            records,
            what,
            root,
            before.head().seq() + 1);
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
            .bind("run", row.run() == null ? null : row.run().value())
            .bind("batch", row.batch())
            .bind("records", row.records())
            .bind("what", CanonicalJson.write(row.what()))
            .bind("root", row.root())
            .bind("previous", row.previous())
            .bind("hash", row.hash())
            .execute();
    int unusedHead =
        handle
            .createUpdate(
                store.sql(
                    "UPDATE $.sync_audit_head SET audit_seq = :seq, hash = :hash, standing ="
                        + " :standing WHERE head_key = 1"))
            .bind("seq", row.seq())
            .bind("hash", row.hash())
            .bind("standing", standing.text())
            .execute();
    return new End(row.head(), before.now(), standing, standing.digest());
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
