package edu.cumc.aou.db.sync;

import edu.cumc.aou.db.internal.Json;
import edu.cumc.aou.sync.model.Change;
import edu.cumc.aou.sync.model.ContactId;
import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.model.FieldValue;
import edu.cumc.aou.sync.model.JourneyId;
import edu.cumc.aou.sync.model.PmiId;
import edu.cumc.aou.sync.model.RunId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** How a change stands in its row. */
final class ChangeRows {

  /** What {@link #change} reads. */
  static final String COLUMNS =
      "run_id, seq, object, pmi_id, contact_id, journey_id, action, state, old_values, new_values, refused_fields,"
          + " attempts, error_code, error_fields";

  private static final String INSERT =
      "INSERT INTO $.sync_change (run_id, seq, object, pmi_id, contact_id, journey_id, action, state, old_values,"
          + " new_values, clears, refused_fields, job_id, attempts, error_code, error_fields) VALUES (:run, :seq,"
          + " :object, :pmi, :contact, :journey, :action, :state, :old, :new, :clears, :refused, NULL, :attempts,"
          + " :code, :fields)";

  private ChangeRows() {}

  /** Writes new rows. */
  static void insert(StoreDatabase store, Handle handle, RunId run, List<Change> changes) {
    PreparedBatch batch = handle.prepareBatch(store.sql(INSERT));
    for (Change change : changes) {
      batch
          .bind("run", run.value())
          .bind("seq", change.seq())
          .bind("object", change.object().name())
          .bind("pmi", change.pmiId().value())
          .bind("contact", change.contactId() == null ? null : change.contactId().value())
          .bind("journey", change.journeyId() == null ? null : change.journeyId().value())
          .bind("action", change.action().name())
          .bind("state", change.state().name())
          .bind("old", RowCodec.json(change.oldValues()))
          .bind("new", RowCodec.json(change.newValues()))
          .bind(
              "clears",
              change.newValues().asMap().values().stream().filter(FieldValue::isBlank).count())
          .bind("refused", Json.write(change.refusedFields()))
          .bind("attempts", change.attempts())
          .bind("code", change.errorCode())
          .bind("fields", Json.write(change.errorFields()))
          .add();
    }
    int[] unused = batch.execute();
  }

  /** The change in a row of {@link #COLUMNS}. */
  static Change change(ResultSet row) throws SQLException {
    String contact = row.getString("contact_id");
    String journey = row.getString("journey_id");
    return Change.builder(
            row.getLong("seq"),
            CrmObject.valueOf(row.getString("object")),
            new PmiId(row.getString("pmi_id")),
            Change.Action.valueOf(row.getString("action")))
        .contactId(contact == null ? null : new ContactId(contact))
        .journeyId(journey == null ? null : new JourneyId(journey))
        .state(Change.State.valueOf(row.getString("state")))
        .oldValues(RowCodec.values(row.getString("old_values")))
        .newValues(RowCodec.values(row.getString("new_values")))
        .refusedFields(Json.list(row.getString("refused_fields")))
        .attempts(row.getInt("attempts"))
        .error(row.getString("error_code"), Json.list(row.getString("error_fields")))
        .build();
  }
}
