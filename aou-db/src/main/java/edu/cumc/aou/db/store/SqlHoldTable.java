package edu.cumc.aou.db.store;

import edu.cumc.aou.sync.model.PmiId;
import edu.cumc.aou.sync.port.AuditTable;
import edu.cumc.aou.sync.port.AuditTable.Entry;
import edu.cumc.aou.sync.port.AuditTable.Head;
import edu.cumc.aou.sync.port.Cursor;
import edu.cumc.aou.sync.port.DecisionTable;
import edu.cumc.aou.sync.port.HoldTable;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/** The holds. */
final class SqlHoldTable implements HoldTable {

  private static final int PAGE = 1000;

  /** How many are named in one statement. */
  private static final int SOME = 500;

  private static final String QUERY =
      "SELECT h.pmi_id, h.kind, h.reason, h.since, h.values_hash, d.source_hash AS decided FROM"
          + " $.sync_hold h LEFT JOIN $.sync_decision d ON d.kind = '"
          + DecisionTable.Kind.HOLD
          + "' AND d.subject = h.pmi_id AND d.about = h.kind ";

  private final StoreDatabase store;

  SqlHoldTable(StoreDatabase store) {
    this.store = store;
  }

  @Override
  public Cursor<Hold> read() {
    return new PagedCursor<>(last -> page(last == null ? "" : last.pmiId().value()));
  }

  /**
   * Another program may have entered a hold without a PMI ID: it holds nobody, and must not stop a
   * run.
   */
  private List<Hold> page(String after) {
    String from = after;
    while (true) {
      SortedMap<String, Optional<Hold>> rows = rows(from);
      List<Hold> holds = rows.values().stream().flatMap(Optional::stream).toList();
      if (rows.isEmpty() || !holds.isEmpty()) {
        return holds;
      }
      from = rows.lastKey();
    }
  }

  private SortedMap<String, Optional<Hold>> rows(String after) {
    return store.read(
        "reading the holds",
        handle -> {
          SortedMap<String, Optional<Hold>> rows = new TreeMap<>();
          handle
              .createQuery(
                  store.sql(
                      QUERY
                          + "WHERE h.pmi_id > :after ORDER BY h.pmi_id "
                          + store.dialect().limit()))
              .bind("after", after)
              .bind("limit", PAGE)
              .map(
                  (row, context) -> {
                    String pmiId = row.getString("pmi_id");
                    return Map.entry(
                        pmiId,
                        PmiId.isCanonical(pmiId) ? Optional.of(hold(row)) : Optional.<Hold>empty());
                  })
              .forEach(entry -> rows.put(entry.getKey(), entry.getValue()));
          return rows;
        });
  }

  @Override
  public Optional<Hold> find(PmiId pmiId) {
    return store.read(
        "looking up a hold",
        handle ->
            handle
                .createQuery(store.sql(QUERY + "WHERE h.pmi_id = :pmi"))
                .bind("pmi", pmiId.value())
                .map(ForeignCells.rows("sync_hold", SqlHoldTable::hold))
                .findOne());
  }

  private static Hold hold(ResultSet row) throws SQLException {
    return new Hold(
        new PmiId(row.getString("pmi_id")),
        Kind.valueOf(row.getString("kind")),
        row.getString("reason"),
        RowCodec.instant(row, "since"),
        row.getString("values_hash"),
        row.getString("decided"));
  }

  @Override
  public void put(List<Hold> holds) {
    if (holds.isEmpty()) {
      return;
    }
    store.run(
        "entering holds",
        handle -> {
          AuditBook book = new AuditBook(store, handle);
          book.holdStanding();
          enter(store, handle, book, holds);
          SortedMap<String, String> counts = new TreeMap<>();
          holds.stream()
              .collect(
                  Collectors.groupingBy(
                      h -> h.kind().name().toLowerCase(Locale.ROOT), Collectors.counting()))
              .forEach((kind, count) -> counts.put(kind, count.toString()));
          Head unused =
              book.append(
                  Entry.of(AuditTable.Kind.HELD, null, counts)
                      .about(holds.stream().map(h -> h.pmiId().value()).distinct().toList()));
        });
  }

  /** Enters holds within a transaction. The book holds what is in force, and adds the row. */
  static void enter(StoreDatabase store, Handle handle, AuditBook book, List<Hold> holds) {
    book.went(leaves(store, handle, holds.stream().map(Hold::pmiId).toList()));
    new FingerprintRows(store).ofParticipants(handle, holds.stream().map(Hold::pmiId).toList());
    PreparedBatch old =
        handle.prepareBatch(store.sql("DELETE FROM $.sync_hold WHERE pmi_id = :pmi"));
    holds.forEach(h -> old.bind("pmi", h.pmiId().value()).add());
    old.execute();
    PreparedBatch batch =
        handle.prepareBatch(
            store.sql(
                "INSERT INTO $.sync_hold (pmi_id, kind, reason, since, values_hash, nonce, leaf)"
                    + " VALUES (:pmi, :kind, :reason, :since, :hash, :nonce, :leaf)"));
    for (Hold hold : holds) {
      AuditBook.Committed committed = book.came(StandingRows.content(hold));
      batch
          .bind("nonce", committed.nonce())
          .bind("leaf", committed.leaf())
          .bind("pmi", hold.pmiId().value())
          .bind("kind", hold.kind().name())
          .bind("reason", hold.reason())
          .bind("since", RowCodec.utc(hold.since()))
          .bind("hash", hold.valuesHash())
          .add();
    }
    batch.execute();
  }

  private static List<@Nullable String> leaves(
      StoreDatabase store, Handle handle, List<PmiId> pmiIds) {
    List<@Nullable String> leaves = new ArrayList<>();
    for (int from = 0; from < pmiIds.size(); from += SOME) {
      leaves.addAll(
          handle
              .createQuery(store.sql("SELECT leaf FROM $.sync_hold WHERE pmi_id IN (<pmis>)"))
              .bindList(
                  "pmis",
                  pmiIds.subList(from, Math.min(from + SOME, pmiIds.size())).stream()
                      .map(PmiId::value)
                      .toList())
              .map((row, context) -> row.getString("leaf"))
              .collect(Collectors.toCollection(ArrayList::new)));
    }
    return leaves;
  }

  @Override
  public int release(List<PmiId> pmiIds) {
    if (pmiIds.isEmpty()) {
      return 0;
    }
    return store.write(
        "lifting holds",
        handle -> {
          AuditBook book = new AuditBook(store, handle);
          book.holdStanding();
          book.went(leaves(store, handle, pmiIds));
          new FingerprintRows(store).ofParticipants(handle, pmiIds);
          SqlPersonalData.dropMirrored(store, handle, pmiIds);
          PreparedBatch batch =
              handle.prepareBatch(store.sql("DELETE FROM $.sync_hold WHERE pmi_id = :pmi"));
          pmiIds.forEach(p -> batch.bind("pmi", p.value()).add());
          int lifted = 0;
          for (int count : batch.execute()) {
            lifted += count;
          }
          if (lifted > 0) {
            Head unused =
                book.append(
                    Entry.of(
                            AuditTable.Kind.RELEASE,
                            null,
                            Map.of("lifted", Integer.toString(lifted)))
                        .about(pmiIds.stream().map(PmiId::value).toList()));
          }
          return lifted;
        });
  }
}
