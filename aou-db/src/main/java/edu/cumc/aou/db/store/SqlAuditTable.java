package edu.cumc.aou.db.store;

import edu.cumc.aou.db.internal.CanonicalJson;
import edu.cumc.aou.sync.model.RunId;
import edu.cumc.aou.sync.port.AuditTable;
import edu.cumc.aou.sync.port.Cursor;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The audit trail. */
final class SqlAuditTable implements AuditTable {

  static final String COLUMNS =
      "audit_seq, entered_at, kind, who, run_id, batch, records, what, root, previous, hash";

  private final StoreDatabase store;

  SqlAuditTable(StoreDatabase store) {
    this.store = store;
  }

  @Override
  public Head head() {
    return ofHead("audit_seq", "hash");
  }

  @Override
  public Head verified() {
    return ofHead("verified_seq", "verified_hash");
  }

  private Head ofHead(String seq, String hash) {
    return store.read(
        "reading the end of the audit trail",
        handle ->
            handle
                .createQuery(
                    store.sql(
                        "SELECT "
                            + seq
                            + " AS seq, "
                            + hash
                            + " AS hash FROM $.sync_audit_head WHERE head_key = 1"))
                .map((row, context) -> new Head(row.getLong("seq"), row.getString("hash")))
                .findOne()
                .orElse(Head.NONE));
  }

  @Override
  public void noteVerified(Head head) {
    store.run(
        "noting up to where the audit trail is in order",
        handle ->
            handle
                .createUpdate(
                    store.sql(
                        "UPDATE $.sync_audit_head SET verified_seq = :seq, verified_hash = :hash"
                            + " WHERE head_key = 1"))
                .bind("seq", head.seq())
                .bind("hash", head.hash())
                .execute());
  }

  @Override
  public Head append(Entry entry) {
    return store.write(
        "adding to the audit trail", handle -> new AuditBook(store, handle).append(entry));
  }

  @Override
  public String who() {
    return store.who();
  }

  /**
   * Reads rows of the trail.
   *
   * @param rest what stands behind the name of the table
   */
  private List<Row> rows(String task, String rest, Map<String, ?> values) {
    return store.read(
        task,
        handle ->
            handle
                .createQuery(store.sql("SELECT " + COLUMNS + " FROM $.sync_audit " + rest))
                .bindMap(values)
                .map((row, context) -> row(row))
                .list());
  }

  @Override
  public List<Row> about(RunId run, Kind kind) {
    return rows(
        "reading the audit trail of a run",
        "WHERE run_id = :run AND kind = :kind ORDER BY audit_seq",
        Map.of("run", run.value(), "kind", kind.name()));
  }

  @Override
  public Optional<Row> rowOf(RunId run, long seq) {
    return rows(
            "reading which row of the audit trail has a record",
            "WHERE run_id = :run AND batch = (SELECT c.audit_batch FROM $.sync_change c WHERE"
                + " c.run_id = :run AND c.seq = :seq)",
            Map.of("run", run.value(), "seq", seq))
        .stream()
        .findFirst();
  }

  @Override
  public List<Row> page(long afterSeq, int limit) {
    return rows(
        "reading the audit trail",
        "WHERE audit_seq > :after ORDER BY audit_seq " + store.dialect().limit(),
        Map.of("after", afterSeq, "limit", limit));
  }

  static Row row(ResultSet row) throws SQLException {
    long run = row.getLong("run_id");
    return new Row(
        row.getLong("audit_seq"),
        RowCodec.instant(row, "entered_at"),
        row.getString("kind"),
        row.getString("who"),
        run == 0 ? null : new RunId(run),
        row.getLong("batch"),
        row.getLong("records"),
        CanonicalJson.texts(row.getString("what")),
        row.getString("root"),
        row.getString("previous"),
        row.getString("hash"));
  }

  @Override
  public Optional<Head> lastOf(RunId run) {
    return store.read(
        "reading the audit trail of a run",
        handle ->
            handle
                .createQuery(
                    store.sql(
                        "SELECT audit_seq, hash FROM $.sync_audit WHERE run_id = :run AND kind <>"
                            + " 'PURGE' ORDER BY audit_seq DESC "
                            + store.dialect().limit()))
                .bind("run", run.value())
                .bind("limit", 1)
                .map((row, context) -> new Head(row.getLong("audit_seq"), row.getString("hash")))
                .findOne());
  }

  @Override
  public List<Leaf> leaves(Row row, long afterPosition, int limit) {
    return store.read(
        "reading the leaves of the audit trail", h -> leaves(h, row, afterPosition, limit));
  }

  private List<Leaf> leaves(Handle handle, Row row, long after, int limit) {
    List<Leaf> leaves = new ArrayList<>();
    if (row.run() != null && row.is(Kind.WRITES)) {
      leaves.addAll(
          handle
              .createQuery(
                  store.sql(
                      "SELECT "
                          + SettledLeaves.CONTENT
                          + ", c.nonce, c.leaf FROM "
                          + ChangeRows.WITH_VALUES
                          + " WHERE c.run_id = :run AND c.seq > :after AND c.seq <= :last AND"
                          + " c.audit_batch = :batch ORDER BY c.run_id, c.seq "
                          + store.dialect().limit()))
              .bind("run", row.run().value())
              .bind("after", Math.max(after, number(row, FIRST) - 1))
              .bind("last", number(row, LAST))
              .bind("batch", row.batch())
              .bind("limit", limit)
              .map(
                  (r, context) ->
                      new Leaf(
                          r.getLong("seq"),
                          r.getString("leaf"),
                          r.getString("nonce"),
                          SettledLeaves.content(r)))
              .list());
    }
    leaves.addAll(
        handle
            .createQuery(
                store.sql(
                    "SELECT position, subject, nonce, leaf FROM $.sync_audit_leaf WHERE batch ="
                        + " :batch AND position > :after ORDER BY position "
                        + store.dialect().limit()))
            .bind("batch", row.batch())
            .bind("after", after)
            .bind("limit", limit)
            .map(
                (r, context) ->
                    new Leaf(
                        r.getLong("position"),
                        r.getString("leaf"),
                        r.getString("nonce"),
                        Arrays.<@Nullable String>asList(r.getString("subject"))))
            .list());
    return leaves.stream()
        .sorted((a, b) -> Long.compare(a.position(), b.position()))
        .limit(limit)
        .toList();
  }

  private static long number(Row row, String name) {
    String text = row.what().getOrDefault(name, "0");
    return text.matches("[0-9]{1,18}") ? Long.parseLong(text) : 0;
  }

  @Override
  public Optional<Unentered> unentered(long afterRun) {
    return store.read(
        "looking for records in no row of the audit trail",
        handle ->
            handle
                .createQuery(
                    store.sql(
                        "SELECT run_id, COUNT(*) AS records FROM $.sync_change WHERE run_id >"
                            + " :after AND "
                            + AuditBook.SENT_WITHOUT_LEAF
                            + " GROUP BY run_id ORDER BY run_id "
                            + store.dialect().limit()))
                .bind("after", afterRun)
                .bind("limit", 1)
                .map(
                    (row, context) ->
                        new Unentered(new RunId(row.getLong("run_id")), row.getLong("records")))
                .findOne());
  }

  @Override
  public List<Span> spans() {
    return store.read(
        "looking where the records of the audit trail lie",
        handle ->
            handle
                .createQuery(
                    store.sql(
                        "SELECT run_id, audit_batch, MIN(seq) AS first_seq, MAX(seq) AS last_seq,"
                            + " COUNT(*) AS records FROM $.sync_change WHERE audit_batch IS NOT"
                            + " NULL GROUP BY run_id, audit_batch ORDER BY run_id, audit_batch"))
                .map(
                    (row, context) ->
                        new Span(
                            new RunId(row.getLong("run_id")),
                            row.getLong("audit_batch"),
                            row.getLong("first_seq"),
                            row.getLong("last_seq"),
                            row.getLong("records")))
                .list());
  }

  @Override
  public long lostNonces() {
    return store.read(
        "counting leaves without a nonce",
        handle ->
            handle
                .createQuery(
                    store.sql(
                        "SELECT (SELECT COUNT(*) FROM $.sync_change c WHERE c.leaf IS NOT NULL AND"
                            + " c.nonce IS NULL AND NOT EXISTS (SELECT 1 FROM $.sync_audit a WHERE"
                            + " a.run_id = c.run_id AND a.kind = 'PURGE')) + (SELECT COUNT(*) FROM"
                            + " $.sync_audit_leaf WHERE nonce IS NULL) AS lost"))
                .mapTo(Long.class)
                .one());
  }

  @Override
  public Cursor<Standing> standing() {
    StandingRows rows = new StandingRows(store);
    return new PagedCursor<>(
        last ->
            store.read(
                "reading the decisions and holds in force", handle -> rows.after(handle, last)));
  }

  @Override
  public boolean isThere(RunId run) {
    return store.read(
        "looking whether a run is there",
        handle ->
            handle
                .createQuery(
                    store.sql(
                        "SELECT run_id FROM $.sync_change WHERE run_id = :run ORDER BY run_id, seq "
                            + store.dialect().limit()))
                .bind("run", run.value())
                .bind("limit", 1)
                .mapTo(Long.class)
                .findOne()
                .isPresent());
  }

  @Override
  public long purgeSubjects(Instant before) {
    return store.write(
        "taking people out of old rows of the audit trail",
        handle -> {
          // Batch numbers are random, so only the time tells which rows are older.
          long taken =
              handle
                  .createUpdate(
                      store.sql(
                          "UPDATE $.sync_audit_leaf SET subject = NULL, nonce = NULL WHERE batch IN"
                              + " (SELECT a.batch FROM $.sync_audit a WHERE a.entered_at >= (SELECT"
                              + " COALESCE(h.purged_until, :never) FROM $.sync_audit_head h WHERE"
                              + " h.head_key = 1) AND a.entered_at < :before AND a.batch <> 0) AND"
                              + " subject IS NOT NULL"))
                  .bind("never", RowCodec.utc(Instant.EPOCH))
                  .bind("before", RowCodec.utc(before))
                  .execute();
          if (taken > 0) {
            handle
                .createUpdate(
                    store.sql(
                        "UPDATE $.sync_audit_head SET purged_until = :before WHERE head_key = 1"))
                .bind("before", RowCodec.utc(before))
                .execute();
            Head unused =
                new AuditBook(store, handle)
                    .append(
                        Entry.of(
                            Kind.PURGE,
                            null,
                            Map.of("purged", "people", LEAVES, Long.toString(taken))));
          }
          return taken;
        });
  }

  @Override
  public List<String> subjects(Row row, int limit) {
    return store.read(
        "reading the people that the audit trail names",
        handle ->
            handle
                .createQuery(
                    store.sql(
                        "SELECT subject FROM $.sync_audit_leaf WHERE batch = :batch AND subject IS"
                            + " NOT NULL ORDER BY position "
                            + store.dialect().limit()))
                .bind("batch", row.batch())
                .bind("limit", limit)
                .mapTo(String.class)
                .list());
  }
}
