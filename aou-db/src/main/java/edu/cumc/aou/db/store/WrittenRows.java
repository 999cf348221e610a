package edu.cumc.aou.db.store;

import edu.cumc.aou.db.internal.Load;
import edu.cumc.aou.db.internal.Load.Column;
import java.util.Arrays;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Brings what was written to many records into the mirror by set statements, from a staged batch.
 */
final class WrittenRows {

  /** SQL Server takes 2,100 parameters, and a long list no index. */
  private static final int SLICE = 200;

  private final StoreDatabase store;
  private final Handle handle;

  WrittenRows(StoreDatabase store, Handle handle) {
    this.store = store;
    this.handle = handle;
  }

  /** What the mirror is to hold of a record. */
  record Written(String id, @Nullable String pmiId, String fields, String sent) {}

  /**
   * Changes records that are mirrored.
   *
   * @param update the statement up to its condition; {@code #} stands for the staged row of a
   *     record
   */
  void change(String update, String mirror, String key, List<Written> written) {
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
    String one =
        "FROM $.written_staging s WHERE s.token = :token AND s.record_id = %s.%s"
            .formatted(mirror, key);
    String statement = store.sql(update.replace("#", one) + " WHERE " + key + " IN (<ids>)");
    List<String> ids = written.stream().map(Written::id).toList();
    for (int from = 0; from < ids.size(); from += SLICE) {
      int unused =
          handle
              .createUpdate(statement)
              .bind("token", store.token())
              .bindList("ids", ids.subList(from, Math.min(ids.size(), from + SLICE)))
              .execute();
    }
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
