package edu.cumc.aou.db.store;

import edu.cumc.aou.sync.model.Fingerprint;
import edu.cumc.aou.sync.model.PmiId;
import edu.cumc.aou.sync.port.MirrorTable.MirrorKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The keys of the mirror with their fingerprints, read from two narrow indexes only: no row of the
 * mirror is touched.
 */
final class MirrorKeys {

  /** A row is about fifty bytes long, so a page is about a megabyte. */
  private static final int PAGE = 10_000;

  private static final String QUERY =
      "SELECT c.pmi_id, c.is_deleted, f.hash_high, f.hash_low FROM $.contact_mirror c LEFT JOIN $.mirror_fingerprint f"
          + " ON f.pmi_id = c.pmi_id WHERE c.pmi_id %s :after ORDER BY c.pmi_id, c.contact_id ";

  private final StoreDatabase store;

  MirrorKeys(StoreDatabase store) {
    this.store = store;
  }

  private record Row(String pmiId, boolean gone, @Nullable Fingerprint fingerprint) {}

  /** The keys of at least one PMI ID after this one, complete; none if there are no more. */
  List<MirrorKey> after(Handle handle, String after) {
    for (int limit = PAGE; ; limit *= 2) {
      List<Row> rows =
          handle
              .createQuery(
                  store.sql(
                      QUERY.formatted(UnreadableCells.beyond(after)) + store.dialect().limit()))
              .setFetchSize(PAGE)
              .bind("after", after)
              .bind("limit", limit)
              .map((row, context) -> row(row))
              .list();
      boolean last = rows.size() < limit;
      List<MirrorKey> keys = keys(rows, last);
      if (last || !keys.isEmpty()) {
        return keys;
      }
    }
  }

  private static Row row(ResultSet row) throws SQLException {
    long high = row.getLong(3);
    Fingerprint fingerprint = row.wasNull() ? null : new Fingerprint(high, row.getLong(4));
    return new Row(row.getString(1), row.getInt(2) == 1, fingerprint);
  }

  /** The last PMI ID of a page may have more rows, so the next page takes it. */
  private static List<MirrorKey> keys(List<Row> rows, boolean complete) {
    List<MirrorKey> keys = new ArrayList<>(rows.size());
    int begin = 0;
    int live = 0;
    for (int i = 0; i < rows.size(); i++) {
      Row row = rows.get(i);
      live += row.gone() ? 0 : 1;
      boolean end = i + 1 == rows.size();
      if (end ? complete : !rows.get(i + 1).pmiId().equals(row.pmiId())) {
        PmiId pmiId = UnreadableCells.orTell(() -> new PmiId(row.pmiId()));
        keys.add(new MirrorKey(pmiId, live, rows.get(begin).fingerprint()));
        begin = i + 1;
        live = 0;
      }
    }
    return keys;
  }
}
