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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** The holds. */
final class SqlHoldTable implements HoldTable {

  private static final int PAGE = 1000;
  private static final String QUERY =
      "SELECT h.pmi_id, h.kind, h.reason, h.since, h.values_hash, d.source_hash AS decided FROM $.sync_hold h"
          + " LEFT JOIN $.sync_decision d ON d.kind = '"
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

  private List<Hold> page(String after) {
    return store.read(
        "reading the holds",
        handle ->
            handle
                .createQuery(
                    store.sql(
                        QUERY
                            + "WHERE h.pmi_id > :after ORDER BY h.pmi_id "
                            + store.dialect().limit()))
                .bind("after", after)
                .bind("limit", PAGE)
                .map((row, context) -> hold(row))
                .list());
  }

  @Override
  public Optional<Hold> find(PmiId pmiId) {
    return store.read(
        "looking up a hold",
        handle ->
            handle
                .createQuery(store.sql(QUERY + "WHERE h.pmi_id = :pmi"))
                .bind("pmi", pmiId.value())
                .map((row, context) -> hold(row))
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
    store.run("entering holds", handle -> enter(store, handle, holds));
  }

  /** Enters holds within a transaction. */
  static void enter(StoreDatabase store, Handle handle, List<Hold> holds) {
    new FingerprintRows(store).ofParticipants(handle, holds.stream().map(Hold::pmiId).toList());
    PreparedBatch old =
        handle.prepareBatch(store.sql("DELETE FROM $.sync_hold WHERE pmi_id = :pmi"));
    holds.forEach(h -> old.bind("pmi", h.pmiId().value()).add());
    old.execute();
    PreparedBatch batch =
        handle.prepareBatch(
            store.sql(
                "INSERT INTO $.sync_hold (pmi_id, kind, reason, since, values_hash) VALUES (:pmi, :kind, :reason,"
                    + " :since, :hash)"));
    for (Hold hold : holds) {
      batch
          .bind("pmi", hold.pmiId().value())
          .bind("kind", hold.kind().name())
          .bind("reason", hold.reason())
          .bind("since", RowCodec.utc(hold.since()))
          .bind("hash", hold.valuesHash())
          .add();
    }
    batch.execute();
  }

  @Override
  public int release(List<PmiId> pmiIds) {
    if (pmiIds.isEmpty()) {
      return 0;
    }
    return store.write(
        "lifting holds",
        handle -> {
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
                new AuditBook(store, handle)
                    .append(
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
