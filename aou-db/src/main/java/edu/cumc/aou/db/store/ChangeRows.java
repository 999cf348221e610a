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

  /** Both documents of a change, beside its columns of {@code c}. */
  static final String VALUES =
      "COALESCE(v.old_values, '{}') AS old_values, COALESCE(v.new_values, '{}') AS new_values";

  /**
   * The changes {@code c} with their documents {@code v}, which have a table of their own, so that
   * a change of state rewrites a narrow row.
   */
  static final String WITH_VALUES =
      "$.sync_change c LEFT JOIN $.sync_change_values v ON v.run_id = c.run_id AND v.seq = c.seq";

  /** What {@link #change} reads of {@link #WITH_VALUES}. */
  static final String COLUMNS =
      "c.run_id, c.seq, c.object, c.pmi_id, c.contact_id, c.journey_id, c.action, c.state, "
          + VALUES
          + ", c.refused_fields, c.attempts, c.error_code, c.error_fields";

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
          Column.integer("clears"),
          Column.longText("refused_fields"),
          Column.integer("attempts"),
          Column.text("error_code", 200),
          Column.longText("error_fields"));

  private static final List<Column> DOCUMENTS =
      List.of(
          Column.number("run_id"),
          Column.number("seq"),
          Column.longText("old_values"),
          Column.longText("new_values"));

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
    store
        .database()
        .load(
            handle,
            new Load(
                store.sql("$.sync_change_values"),
                DOCUMENTS,
                changes.stream()
                    .filter(ChangeRows::saysSomething)
                    .map(change -> documents(run, change))
                    .iterator()));
  }

  private static boolean saysSomething(Change change) {
    return !change.oldValues().asMap().isEmpty() || !change.newValues().asMap().isEmpty();
  }

  private static List<@Nullable Object> documents(RunId run, Change change) {
    return Arrays.asList(
        run.value(),
        change.seq(),
        RowCodec.json(change.oldValues()),
        RowCodec.json(change.newValues()));
  }

  /** Removes the documents of changes; their rows stay. */
  static void blank(StoreDatabase store, Handle handle, RunId run, long afterSeq, long upToSeq) {
    int unused =
        handle
            .createUpdate(
                store.sql(
                    "DELETE FROM $.sync_change_values WHERE run_id = :run AND seq > :after AND seq <= :last"))
            .bind("run", run.value())
            .bind("after", afterSeq)
            .bind("last", upToSeq)
            .execute();
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
