package edu.cumc.aou.db.sync;

import edu.cumc.aou.db.internal.Json;
import edu.cumc.aou.sync.model.Change;
import edu.cumc.aou.sync.model.ContactId;
import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.model.FieldValue;
import edu.cumc.aou.sync.model.JobId;
import edu.cumc.aou.sync.model.JourneyId;
import edu.cumc.aou.sync.model.PmiId;
import edu.cumc.aou.sync.model.RunId;
import edu.cumc.aou.sync.port.ChangeTable;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** Plan, ledger and before-image. */
final class SqlChangeTable implements ChangeTable {

  private static final String COLUMNS =
      "run_id, seq, object, pmi_id, contact_id, journey_id, action, state, old_values, new_values, refused_fields,"
          + " attempts, error_code, error_fields";

  private final StoreDatabase store;

  SqlChangeTable(StoreDatabase store) {
    this.store = store;
  }

  @Override
  public void append(RunId run, List<Change> changes) {
    if (changes.isEmpty()) {
      return;
    }
    store.run(
        "writing the plan",
        handle -> {
          PreparedBatch batch =
              handle.prepareBatch(
                  store.sql(
                      "INSERT INTO $.sync_change (run_id, seq, object, pmi_id, contact_id, journey_id, action, state,"
                          + " old_values, new_values, clears, refused_fields, job_id, attempts, error_code,"
                          + " error_fields) VALUES (:run, :seq, :object, :pmi, :contact, :journey, :action, :state,"
                          + " :old, :new, :clears, :refused, NULL, :attempts, :code, :fields)"));
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
                    change.newValues().asMap().values().stream()
                        .filter(FieldValue::isBlank)
                        .count())
                .bind("refused", Json.write(change.refusedFields()))
                .bind("attempts", change.attempts())
                .bind("code", change.errorCode())
                .bind("fields", Json.write(change.errorFields()))
                .add();
          }
          int[] unused = batch.execute();
        });
  }

  @Override
  public List<Change> page(
      RunId run,
      CrmObject object,
      Set<Change.Action> actions,
      Set<Change.State> states,
      long afterSeq,
      int limit) {
    if (actions.isEmpty() || states.isEmpty()) {
      return List.of();
    }
    return store.read(
        "reading the plan",
        handle ->
            handle
                .createQuery(
                    store.sql(
                        "SELECT "
                            + COLUMNS
                            + " FROM $.sync_change WHERE run_id = :run AND object = :object AND seq > :after AND "
                            + SqlPersonalData.KNOWN
                            + " AND action IN (<actions>) AND state IN (<states>) ORDER BY "
                            + order(states)
                            + " "
                            + store.dialect().limit()))
                .bind("run", run.value())
                .bind("object", object.name())
                .bind("after", afterSeq)
                .bindList("actions", actions.stream().map(Enum::name).sorted().toList())
                .bindList("states", states.stream().map(Enum::name).sorted().toList())
                .bind("limit", limit)
                .map((row, context) -> change(row))
                .list());
  }

  /**
   * The whole of an index, not {@code seq} alone: H2 sorts all rows that fit, and not only those of
   * the page, unless the order is an index's from its first column on.
   */
  private static String order(Set<Change.State> states) {
    return states.size() == 1 ? "run_id, object, state, seq" : "run_id, seq";
  }

  @Override
  public void markSent(RunId run, List<Long> seqs) {
    markSent(run, seqs, (String) null);
  }

  @Override
  public void markSent(RunId run, List<Long> seqs, JobId job) {
    markSent(run, seqs, job.value());
  }

  private void markSent(RunId run, List<Long> seqs, @Nullable String job) {
    if (seqs.isEmpty()) {
      return;
    }
    store.run(
        "marking rows as sent",
        handle -> {
          PreparedBatch batch =
              handle.prepareBatch(
                  store.sql(
                      "UPDATE $.sync_change SET state = 'SENT', attempts = attempts + 1, job_id = :job WHERE run_id ="
                          + " :run AND seq = :seq"));
          seqs.forEach(
              seq -> batch.bind("job", job).bind("run", run.value()).bind("seq", seq).add());
          int[] unused = batch.execute();
        });
  }

  @Override
  public List<Change> pageOfJob(RunId run, CrmObject object, JobId job, long afterSeq, int limit) {
    return store.read(
        "reading the rows of a job",
        handle ->
            handle
                .createQuery(
                    store.sql(
                        "SELECT "
                            + COLUMNS
                            + " FROM $.sync_change WHERE run_id = :run AND object = :object AND state = 'SENT' AND"
                            + " seq > :after AND job_id = :job AND "
                            + SqlPersonalData.KNOWN
                            + " ORDER BY run_id, object, state, seq "
                            + store.dialect().limit()))
                .bind("run", run.value())
                .bind("object", object.name())
                .bind("after", afterSeq)
                .bind("job", job.value())
                .bind("limit", limit)
                .map((row, context) -> change(row))
                .list());
  }

  @Override
  public void settle(RunId run, List<Settlement> settlements) {
    if (settlements.isEmpty()) {
      return;
    }
    store.run(
        "storing answers",
        handle -> {
          PreparedBatch batch =
              handle.prepareBatch(
                  store.sql(
                      "UPDATE $.sync_change SET state = :state, contact_id = COALESCE(:contact, contact_id), journey_id"
                          + " = COALESCE(:journey, journey_id), error_code = :code, error_fields = :fields WHERE run_id"
                          + " = :run AND seq = :seq"));
          for (Settlement settlement : settlements) {
            batch
                .bind("run", run.value())
                .bind("seq", settlement.seq())
                .bind("state", settlement.state().name())
                .bind(
                    "contact",
                    settlement.contactId() == null ? null : settlement.contactId().value())
                .bind(
                    "journey",
                    settlement.journeyId() == null ? null : settlement.journeyId().value())
                .bind("code", settlement.errorCode())
                .bind("fields", Json.write(settlement.errorFields()))
                .add();
          }
          int[] unused = batch.execute();
        });
  }

  @Override
  public Awaiting resolveAwaiting(RunId run) {
    return store.write(
        "giving journeys to the rows that wait",
        handle -> {
          String contacts =
              "FROM $.contact_mirror c WHERE c.pmi_id = sync_change.pmi_id AND c.is_deleted = 0";
          String journeys =
              "FROM $.contact_mirror c JOIN $.journey_mirror j ON j.contact_id = c.contact_id AND j.is_deleted = 0"
                  + " WHERE c.pmi_id = sync_change.pmi_id AND c.is_deleted = 0";
          String waiting =
              " WHERE run_id = :run AND object = 'JOURNEY' AND state = 'AWAITING_JOURNEY'";
          int resolved =
              handle
                  .createUpdate(
                      store.sql(
                          "UPDATE $.sync_change SET state = 'PLANNED', contact_id = (SELECT MIN(c.contact_id) "
                              + contacts
                              + "), journey_id = (SELECT MIN(j.journey_id) "
                              + journeys
                              + ")"
                              + waiting
                              + " AND 1 = (SELECT COUNT(*) "
                              + contacts
                              + ") AND 1 = (SELECT COUNT(*) "
                              + journeys
                              + ")"))
                  .bind("run", run.value())
                  .execute();
          long missing =
              countWaiting(
                  handle,
                  run,
                  waiting
                      + " AND 1 = (SELECT COUNT(*) "
                      + contacts
                      + ") AND NOT EXISTS (SELECT 1 "
                      + journeys
                      + ")");
          long ambiguous =
              countWaiting(
                  handle,
                  run,
                  waiting
                      + " AND EXISTS (SELECT 1 "
                      + contacts
                      + ") AND (1 < (SELECT COUNT(*) "
                      + contacts
                      + ") OR 1 < (SELECT COUNT(*) "
                      + journeys
                      + "))");
          return new Awaiting(resolved, missing, ambiguous);
        });
  }

  private long countWaiting(Handle handle, RunId run, String where) {
    return handle
        .createQuery(store.sql("SELECT COUNT(*) FROM $.sync_change" + where))
        .bind("run", run.value())
        .mapTo(Long.class)
        .one();
  }

  @Override
  public List<ChangeCount> count(RunId run) {
    return store.read(
        "counting the plan",
        handle ->
            handle
                .createQuery(
                    store.sql(
                        "SELECT object, action, state, COALESCE(error_code, '') AS code, COUNT(*) AS row_count FROM"
                            + " $.sync_change WHERE run_id = :run GROUP BY object, action, state, COALESCE(error_code,"
                            + " '') ORDER BY object, action, state, COALESCE(error_code, '')"))
                .bind("run", run.value())
                .map(
                    (row, context) ->
                        new ChangeCount(
                            CrmObject.valueOf(row.getString("object")),
                            Change.Action.valueOf(row.getString("action")),
                            Change.State.valueOf(row.getString("state")),
                            row.getString("code"),
                            row.getLong("row_count")))
                .list());
  }

  @Override
  public long plannedClears(RunId run) {
    return store.read(
        "counting the fields to clear",
        handle ->
            handle
                .createQuery(
                    store.sql(
                        "SELECT COALESCE(SUM(CAST(clears AS BIGINT)), 0) FROM $.sync_change WHERE run_id = :run AND"
                            + " state = 'PLANNED' AND action IN ('INSERT', 'ADOPT', 'UPDATE')"))
                .bind("run", run.value())
                .mapTo(Long.class)
                .one());
  }

  @Override
  public long plannedFlags(RunId run, String field) {
    // the JSON is canonical: a field that is set to a flag stands in it in just one form
    return store.read(
        "counting the flags to set",
        handle ->
            handle
                .createQuery(
                    store.sql(
                        "SELECT COUNT(*) FROM $.sync_change WHERE run_id = :run AND object = 'JOURNEY' AND state ="
                            + " 'PLANNED' AND (new_values LIKE :one ESCAPE '!' OR new_values LIKE :yes ESCAPE '!')"))
                .bind("run", run.value())
                .bind("one", "%\"" + field.replace("_", "!_") + "\":\"1\"%")
                .bind("yes", "%\"" + field.replace("_", "!_") + "\":\"true\"%")
                .mapTo(Long.class)
                .one());
  }

  @Override
  public List<ParticipantChange> history(PmiId pmiId, int limit) {
    return store.read(
        "reading the history of a participant",
        handle ->
            handle
                .createQuery(
                    store.sql(
                        "SELECT "
                            + COLUMNS
                            + " FROM $.sync_change WHERE pmi_id = :pmi ORDER BY run_id DESC, seq DESC "
                            + store.dialect().limit()))
                .bind("pmi", pmiId.value())
                .bind("limit", limit)
                .map(
                    (row, context) ->
                        new ParticipantChange(new RunId(row.getLong("run_id")), change(row)))
                .list());
  }

  @Override
  public List<FailureCause> failureCauses(RunId run) {
    return new FailedRows(store).causes(run);
  }

  @Override
  public List<Change> repeatedFailures(RunId run, List<RunId> others, long afterSeq, int limit) {
    return store.read(
        "looking for repeated failures",
        handle -> {
          Query query =
              handle.createQuery(
                  store.sql(
                      "SELECT "
                          + COLUMNS
                          + " FROM $.sync_change c WHERE c.run_id = :run AND c.seq > :after AND c."
                          + SqlPersonalData.KNOWN
                          + " AND "
                          + FailedRows.repeated(!others.isEmpty())
                          + " ORDER BY c.seq "
                          + store.dialect().limit()));
          if (!others.isEmpty()) {
            query
                .bindList("others", others.stream().map(RunId::value).toList())
                .bind("count", others.size());
          }
          return query
              .bind("run", run.value())
              .bind("after", afterSeq)
              .bind("limit", limit)
              .map((row, context) -> change(row))
              .list();
        });
  }

  @Override
  public void blankValues(RunId run) {
    store.run(
        "blanking values",
        handle ->
            handle
                .createUpdate(
                    store.sql(
                        "UPDATE $.sync_change SET old_values = '{}', new_values = '{}' WHERE run_id ="
                            + " :run"))
                .bind("run", run.value())
                .execute());
  }

  @Override
  public void discard(RunId run) {
    store.run(
        "discarding the plan",
        handle ->
            handle
                .createUpdate(store.sql("DELETE FROM $.sync_change WHERE run_id = :run"))
                .bind("run", run.value())
                .execute());
  }

  private static Change change(ResultSet row) throws SQLException {
    String contact = row.getString("contact_id");
    String journey = row.getString("journey_id");
    return new Change(
        row.getLong("seq"),
        CrmObject.valueOf(row.getString("object")),
        new PmiId(row.getString("pmi_id")),
        contact == null ? null : new ContactId(contact),
        journey == null ? null : new JourneyId(journey),
        Change.Action.valueOf(row.getString("action")),
        Change.State.valueOf(row.getString("state")),
        RowCodec.values(row.getString("old_values")),
        RowCodec.values(row.getString("new_values")),
        Json.list(row.getString("refused_fields")),
        row.getInt("attempts"),
        row.getString("error_code"),
        Json.list(row.getString("error_fields")));
  }
}
