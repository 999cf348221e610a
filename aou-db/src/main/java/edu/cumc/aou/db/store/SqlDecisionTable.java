package edu.cumc.aou.db.store;

import edu.cumc.aou.sync.model.PmiId;
import edu.cumc.aou.sync.port.AnomalyTable;
import edu.cumc.aou.sync.port.AuditTable;
import edu.cumc.aou.sync.port.AuditTable.Entry;
import edu.cumc.aou.sync.port.AuditTable.Head;
import edu.cumc.aou.sync.port.Cursor;
import edu.cumc.aou.sync.port.DecisionTable;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/** What people have decided. */
final class SqlDecisionTable implements DecisionTable {

  private static final int PAGE = 1_000;

  /** How many are named in one statement. */
  private static final int SOME = 500;

  private static final String QUERY =
      "SELECT kind, subject, about, verdict, answer, decided_by, why, decided_at, source_hash"
          + " FROM $.sync_decision ";

  private static final String DELETE =
      "DELETE FROM $.sync_decision WHERE kind = :kind AND subject = :subject AND about = :about";

  private final StoreDatabase store;

  SqlDecisionTable(StoreDatabase store) {
    this.store = store;
  }

  @Override
  public void put(List<Decision> decisions) {
    if (decisions.isEmpty()) {
      return;
    }
    store.run(
        "keeping decisions",
        handle -> {
          AuditBook book = new AuditBook(store, handle);
          book.holdStanding();
          int unused = delete(handle, book, decisions);
          PreparedBatch batch =
              handle.prepareBatch(
                  store.sql(
                      "INSERT INTO $.sync_decision (kind, subject, about, verdict, answer,"
                          + " decided_by, why, decided_at, source_hash, nonce, leaf) VALUES (:kind,"
                          + " :subject, :about, :verdict, :answer, :who, :why, :at, :hash, :nonce,"
                          + " :leaf)"));
          for (Decision decision : decisions) {
            AuditBook.Committed committed = book.came(StandingRows.content(decision));
            batch
                .bind("nonce", committed.nonce())
                .bind("leaf", committed.leaf())
                .bind("kind", decision.kind().name())
                .bind("subject", decision.subject())
                .bind("about", decision.about())
                .bind("verdict", decision.verdict().name())
                .bind("answer", decision.answer())
                .bind("who", decision.who())
                .bind("why", decision.why())
                .bind("at", RowCodec.utc(decision.at()))
                .bind("hash", decision.sourceHash())
                .add();
          }
          batch.execute();
          enter(book, AuditTable.Kind.DECISION, decisions);
        });
  }

  private static void enter(AuditBook book, AuditTable.Kind kind, List<Decision> decisions) {
    SortedMap<String, String> counts = new TreeMap<>();
    decisions.stream()
        .collect(
            Collectors.groupingBy(
                d -> (d.kind() + "." + d.verdict()).toLowerCase(Locale.ROOT),
                Collectors.counting()))
        .forEach((name, count) -> counts.put(name, count.toString()));
    Head unused =
        book.append(
            Entry.of(kind, null, counts)
                .about(decisions.stream().map(Decision::subject).distinct().toList()));
  }

  @Override
  public int remove(List<Decision> decisions) {
    return decisions.isEmpty()
        ? 0
        : store.write(
            "taking decisions back",
            handle -> {
              AuditBook book = new AuditBook(store, handle);
              book.holdStanding();
              int removed = delete(handle, book, decisions);
              if (removed > 0) {
                enter(book, AuditTable.Kind.RETRACTION, decisions);
              }
              return removed;
            });
  }

  /** A decision about a PMI ID shows in the mirror and in the analysts' tables. */
  private void takeBack(Handle handle, List<Decision> decisions) {
    new WrittenIds(store).areNoMore(handle);
    new FingerprintRows(store)
        .ofParticipants(
            handle,
            decisions.stream()
                .filter(d -> d.kind() == Kind.ANOMALY)
                .map(
                    d ->
                        new AnomalyTable.Anomaly(AnomalyTable.Kind.valueOf(d.about()), d.subject())
                            .pmiId())
                .toList());
  }

  private int delete(Handle handle, AuditBook book, List<Decision> decisions) {
    book.went(leaves(handle, decisions));
    if (decisions.stream().anyMatch(d -> d.kind() == Kind.ANOMALY)) {
      takeBack(handle, decisions);
    }
    PreparedBatch batch = handle.prepareBatch(store.sql(DELETE));
    for (Decision decision : decisions) {
      batch
          .bind("kind", decision.kind().name())
          .bind("subject", decision.subject())
          .bind("about", decision.about())
          .add();
    }
    int removed = 0;
    for (int count : batch.execute()) {
      removed += count;
    }
    return removed;
  }

  /** The leaves of those that exist. */
  private List<@Nullable String> leaves(Handle handle, List<Decision> decisions) {
    List<@Nullable String> leaves = new ArrayList<>();
    Set<List<String>> keys = new HashSet<>();
    decisions.forEach(d -> keys.add(List.of(d.kind().name(), d.subject(), d.about())));
    List<String> subjects = decisions.stream().map(Decision::subject).distinct().toList();
    for (int from = 0; from < subjects.size(); from += SOME) {
      handle
          .createQuery(
              store.sql(
                  "SELECT kind, subject, about, leaf FROM $.sync_decision WHERE subject IN"
                      + " (<subjects>)"))
          .bindList("subjects", subjects.subList(from, Math.min(from + SOME, subjects.size())))
          .map(
              (row, context) ->
                  keys.contains(
                          List.of(
                              row.getString("kind"),
                              row.getString("subject"),
                              row.getString("about")))
                      ? row.getString("leaf")
                      : null)
          .forEach(leaves::add);
    }
    return leaves;
  }

  /** The leaves of all decisions about a participant. */
  static List<@Nullable String> leavesOf(StoreDatabase store, Handle handle, PmiId pmiId) {
    return handle
        .createQuery(
            store.sql(
                "SELECT leaf FROM $.sync_decision WHERE subject >= :pmi AND subject < CONCAT(:pmi,"
                    + " '!')"))
        .bind("pmi", pmiId.value())
        .map((row, context) -> row.getString("leaf"))
        .collect(Collectors.toCollection(ArrayList::new));
  }

  /**
   * Removes decisions that ended together with the flaw, hold or anomaly they were about. If there
   * are none, it asks once and takes no lock.
   *
   * @param condition which decisions; its parameters are bound
   */
  static int end(StoreDatabase store, Handle handle, String condition, Map<String, ?> parameters) {
    if (ended(store, handle, condition, parameters).isEmpty()) {
      return 0;
    }
    AuditBook book = new AuditBook(store, handle);
    book.holdStanding();
    List<@Nullable String> leaves = ended(store, handle, condition, parameters);
    book.went(leaves);
    int removed =
        handle
            .createUpdate(store.sql("DELETE FROM $.sync_decision WHERE " + condition))
            .bindMap(parameters)
            .execute();
    Head unused =
        book.append(
            Entry.of(AuditTable.Kind.ENDED, null, Map.of("decisions", Integer.toString(removed))));
    return removed;
  }

  private static List<@Nullable String> ended(
      StoreDatabase store, Handle handle, String condition, Map<String, ?> parameters) {
    return handle
        .createQuery(store.sql("SELECT leaf FROM $.sync_decision WHERE " + condition))
        .bindMap(parameters)
        .map((row, context) -> row.getString("leaf"))
        .collect(Collectors.toCollection(ArrayList::new));
  }

  @Override
  public int removeUnused(Instant before) {
    return store.write(
        "removing decisions about what is no more",
        handle ->
            end(
                store,
                handle,
                "decided_at < :before AND ((kind = 'FLAW' AND NOT EXISTS (SELECT 1 FROM $.sync_flaw"
                    + " f WHERE f.subject = sync_decision.subject AND f.what ="
                    + " sync_decision.about)) OR (kind = 'HOLD' AND NOT EXISTS (SELECT 1 FROM"
                    + " $.sync_hold h WHERE h.pmi_id = sync_decision.subject AND h.kind ="
                    + " sync_decision.about)))",
                Map.of("before", RowCodec.utc(before))));
  }

  @Override
  public Cursor<Decision> read(Kind kind) {
    return new PagedCursor<>(last -> page(kind, last));
  }

  private List<Decision> page(Kind kind, @Nullable Decision last) {
    return store.read(
        "reading decisions",
        handle ->
            handle
                .createQuery(
                    store.sql(
                        QUERY
                            + "WHERE kind = :kind AND subject >= :subject AND (subject > :subject"
                            + " OR about > :about) ORDER BY subject, about "
                            + store.dialect().limit()))
                .bind("kind", kind.name())
                .bind("subject", last == null ? "" : last.subject())
                // No text sorts before the empty text, so the first page begins there.
                .bind("about", last == null ? "" : last.about())
                .bind("limit", PAGE)
                .map(ForeignCells.rows("sync_decision", SqlDecisionTable::decision))
                .list());
  }

  @Override
  public List<Decision> of(PmiId pmiId) {
    return store.read(
        "reading decisions about a participant",
        handle ->
            handle
                .createQuery(
                    store.sql(
                        QUERY
                            + "WHERE subject >= :subject AND subject < :end ORDER BY kind, subject,"
                            + " about"))
                .bind("subject", pmiId.value())
                // A subject with a field has the field's name after a blank.
                .bind("end", pmiId.value() + "!")
                .map(ForeignCells.rows("sync_decision", SqlDecisionTable::decision))
                .list());
  }

  private static Decision decision(ResultSet row) throws SQLException {
    return new Decision(
        Kind.valueOf(row.getString("kind")),
        row.getString("subject"),
        row.getString("about"),
        Verdict.valueOf(row.getString("verdict")),
        row.getString("answer"),
        row.getString("decided_by"),
        row.getString("why"),
        RowCodec.instant(row, "decided_at"),
        row.getString("source_hash"));
  }
}
