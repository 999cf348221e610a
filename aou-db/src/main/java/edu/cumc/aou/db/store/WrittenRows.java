package edu.cumc.aou.db.store;

import edu.cumc.aou.db.internal.Load;
import edu.cumc.aou.db.internal.Load.Column;
import java.util.Arrays;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Enters what was written to many records into the mirror by set statements, from a staged batch.
 */
final class WrittenRows {

  private final StoreDatabase store;
  private final Handle handle;

  WrittenRows(StoreDatabase store, Handle handle) {
    this.store = store;
    this.handle = handle;
  }

  /** The new content of the mirror for a record. */
  record Written(String id, @Nullable String pmiId, String fields, String sent) {}

  /**
   * Changes mirrored records.
   *
   * @param set the assignments; {@code s} is what was written to a record
   */
  void change(String mirror, String key, String set, List<Written> written) {
    if (written.isEmpty()) {
      return;
    }
    List<Column> columns =
        List.of(
            Column.number("token"),
            Column.text("record_id", 18),
            Column.text("pmi_id", 20),
            Column.longText("fields"),
            Column.longText("sent"));
    load(
        "written_staging",
        columns,
        written.stream()
            .map(
                w ->
                    Arrays.<@Nullable Object>asList(
                        store.token(), w.id(), w.pmiId(), w.fields(), w.sent()))
            .toList());
    int unusedRows =
        handle
            .createUpdate(
                store.changeFrom(
                    "$." + mirror,
                    "$.written_staging",
                    "s.token = :token AND t." + key + " = s.record_id",
                    set))
            .bind("token", store.token())
            .execute();
    int unused =
        handle
            .createUpdate(store.sql("DELETE FROM $.written_staging WHERE token = :token"))
            .bind("token", store.token())
            .execute();
  }

  /** Adds Contacts that are not mirrored yet. */
  void addContacts(List<Written> written) {
    if (written.isEmpty()) {
      return;
    }
    List<Column> columns =
        List.of(
            Column.text("contact_id", 18),
            Column.text("pmi_id", 20),
            Column.longText("fields"),
            Column.longText("sent"),
            Column.smallNumber("is_deleted"));
    load(
        "contact_mirror",
        columns,
        written.stream()
            .map(w -> Arrays.<@Nullable Object>asList(w.id(), w.pmiId(), w.fields(), w.sent(), 0))
            .toList());
  }

  private void load(String table, List<Column> columns, List<List<@Nullable Object>> rows) {
    store.database().load(handle, new Load(store.sql("$." + table), columns, rows.iterator()));
  }
}
