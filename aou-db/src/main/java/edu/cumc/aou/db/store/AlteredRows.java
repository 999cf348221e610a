package edu.cumc.aou.db.store;

import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.model.PmiId;
import edu.cumc.aou.sync.model.RunId;
import edu.cumc.aou.sync.port.MirrorTable.AlteredRecord;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** The records that Salesforce shows with other values than the mirror had, noted for a run. */
final class AlteredRows {

  private final StoreDatabase store;
  private final Handle handle;

  AlteredRows(StoreDatabase store, Handle handle) {
    this.store = store;
    this.handle = handle;
  }

  /** Notes the staged records that differ, before they are merged. */
  void note(RunId run, long token) {
    int unusedRows =
        handle
            .createUpdate(store.sql("DELETE FROM $.altered_record WHERE run_id <> :run"))
            .bind("run", run.value())
            .execute();
    String binary = store.dialect().binaryOrder();
    for (String word : List.of("contact", "journey")) {
      int unused =
          handle
              .createUpdate(
                  store.sql(
                      "INSERT INTO $.altered_record (run_id, record_id, fields) SELECT :run, s.%1$s_id, m.fields FROM $.%1$s_staging s JOIN $.%1$s_mirror m ON m.%1$s_id = s.%1$s_id WHERE s.token = :token AND s.is_gone = 0 AND m.is_deleted = 0 AND m.modstamp IS NOT NULL AND m.fields%2$s <> s.fields%2$s AND NOT EXISTS (SELECT 1 FROM $.altered_record a WHERE a.run_id = :run AND a.record_id = s.%1$s_id)"
                          .formatted(word, binary)))
              .bind("run", run.value())
              .bind("token", token)
              .execute();
    }
  }

  List<AlteredRecord> page(RunId run, CrmObject object, String afterId, int limit) {
    String owner =
        object == CrmObject.CONTACT
            ? "JOIN $.contact_mirror c ON c.contact_id = a.record_id"
            : "JOIN $.journey_mirror j ON j.journey_id = a.record_id AND j.is_deleted = 0"
                + " JOIN $.contact_mirror c ON c.contact_id = j.contact_id";
    return handle
        .createQuery(
            store.sql(
                "SELECT a.record_id, a.fields, c.pmi_id FROM $.altered_record a "
                    + owner
                    + " WHERE a.run_id = :run AND a.record_id > :after AND c.is_deleted = 0 AND c.pmi_id IS NOT NULL"
                    + " ORDER BY a.record_id "
                    + store.dialect().limit()))
        .bind("run", run.value())
        .bind("after", afterId)
        .bind("limit", limit)
        .map(
            ForeignCells.rows(
                "altered_record",
                row ->
                    new AlteredRecord(
                        new PmiId(row.getString("pmi_id")),
                        row.getString("record_id"),
                        RowCodec.values(row.getString("fields")))))
        .list();
  }

  void drop() {
    handle.execute(store.sql("DELETE FROM $.altered_record"));
  }
}
