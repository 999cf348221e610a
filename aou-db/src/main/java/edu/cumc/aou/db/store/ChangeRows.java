package edu.cumc.aou.db.store;

import edu.cumc.aou.db.internal.CanonicalJson;
import edu.cumc.aou.db.internal.Load;
import edu.cumc.aou.db.internal.Load.Column;
import edu.cumc.aou.sync.model.Change;
import edu.cumc.aou.sync.model.ContactId;
import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.model.FieldValue;
import edu.cumc.aou.sync.model.JourneyId;
import edu.cumc.aou.sync.model.PmiId;
import edu.cumc.aou.sync.model.RunId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Converts between a change and its row. */
final class ChangeRows {

  /** What {@link #change} reads. */
  static final String COLUMNS =
      "run_id, seq, object, pmi_id, contact_id, journey_id, action, state, old_values, new_values, refused_fields,"
          + " attempts, error_code, error_fields";

  private static final List<Column> ALL =
      List.of(
          Column.number("run_id"),
          Column.number("seq"),
          Column.text("object", 30),
          Column.text("pmi_id", 20),
          Column.text("contact_id", 18),
          Column.text("journey_id", 18),
          Column.text("action", 30),
          Column.text("state", 30),
          Column.longText("old_values"),
          Column.longText("new_values"),
          Column.integer("clears"),
          Column.longText("refused_fields"),
          Column.integer("attempts"),
          Column.text("error_code", 200),
          Column.longText("error_fields"));

  private ChangeRows() {}

  /** Writes new rows. */
  static void insert(StoreDatabase store, Handle handle, RunId run, List<Change> changes) {
    store
        .database()
        .load(
            handle,
            new Load(
                store.sql("$.sync_change"),
                ALL,
                changes.stream().map(change -> values(run, change)).iterator()));
  }

  private static List<@Nullable Object> values(RunId run, Change change) {
    return Arrays.asList(
        run.value(),
        change.seq(),
        change.object().name(),
        change.pmiId().value(),
        change.contactId() == null ? null : change.contactId().value(),
        change.journeyId() == null ? null : change.journeyId().value(),
        change.action().name(),
        change.state().name(),
        RowCodec.json(change.oldValues()),
        RowCodec.json(change.newValues()),
        Math.toIntExact(
            change.newValues().asMap().values().stream().filter(FieldValue::isBlank).count()),
        CanonicalJson.write(change.refusedFields()),
        change.attempts(),
        change.errorCode(),
        CanonicalJson.write(change.errorFields()));
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
        .refusedFields(CanonicalJson.list(row.getString("refused_fields")))
        .attempts(row.getInt("attempts"))
        .error(row.getString("error_code"), CanonicalJson.list(row.getString("error_fields")))
        .build();
  }
}
