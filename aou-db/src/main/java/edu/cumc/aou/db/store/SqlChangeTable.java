package edu.cumc.aou.db.store;

import edu.cumc.aou.sync.model.Change;
import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.model.JobId;
import edu.cumc.aou.sync.model.PmiId;
import edu.cumc.aou.sync.model.RunId;
import edu.cumc.aou.sync.port.AuditTable;
import edu.cumc.aou.sync.port.AuditTable.Entry;
import edu.cumc.aou.sync.port.AuditTable.Head;
import edu.cumc.aou.sync.port.ChangeTable;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** Plan, ledger and before-image. */
final class SqlChangeTable implements ChangeTable {

  private final StoreDatabase store;

  SqlChangeTable(StoreDatabase store) {
    this.store = store;
  }

  @Override
  public void append(RunId run, List<Change> changes) {
    if (changes.isEmpty()) {
      return;
    }
    store.run("writing the plan", handle -> ChangeRows.insert(store, handle, run, changes));
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
                            + ChangeRows.COLUMNS
                            + " FROM "
                            + ChangeRows.WITH_VALUES
                            + " WHERE c.run_id = :run AND c.object = :object AND c.seq > :after AND c."
                            + SqlPersonalData.KNOWN
                            + " AND c.action IN (<actions>) AND c.state IN (<states>) ORDER BY "
                            + order(states)
                            + " "
                            + store.dialect().limit()))
                .bind("run", run.value())
                .bind("object", object.name())
                .bind("after", afterSeq)
                .bindList("actions", actions.stream().map(Enum::name).sorted().toList())
                .bindList("states", states.stream().map(Enum::name).sorted().toList())
                .bind("limit", limit)
                .map(ForeignCells.rows("sync_change", ChangeRows::change))
                .list());
  }

  /**
   * Orders by a whole index, not by {@code seq} alone: otherwise H2 sorts all fitting rows, and not
   * only those of the page.
   */
  private static String order(Set<Change.State> states) {
    return states.size() == 1 ? "c.run_id, c.object, c.state, c.seq" : "c.run_id, c.seq";
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
    store.run("marking rows as sent", handle -> SettledRows.sent(store, handle, run, seqs, job));
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
                            + ChangeRows.COLUMNS
                            + " FROM "
                            + ChangeRows.WITH_VALUES
                            + " WHERE c.run_id = :run AND c.object = :object AND c.state = 'SENT' AND c.seq > :after"
                            + " AND c.job_id = :job AND c."
                            + SqlPersonalData.KNOWN
                            + " ORDER BY c.run_id, c.object, c.state, c.seq "
                            + store.dialect().limit()))
                .bind("run", run.value())
                .bind("object", object.name())
                .bind("after", afterSeq)
                .bind("job", job.value())
                .bind("limit", limit)
                .map(ForeignCells.rows("sync_change", ChangeRows::change))
                .list());
  }

  @Override
  public void settle(RunId run, List<Settlement> settlements) {
    if (settlements.isEmpty()) {
      return;
    }
    store.run("storing answers", handle -> SettledRows.store(store, handle, run, settlements));
  }

  @Override
  public Awaiting resolveAwaiting(RunId run) {
    return new WaitingRows(store).resolve(run);
  }

  @Override
  public long awaitingNew(RunId run) {
    return new WaitingRows(store).ofNewContacts(run);
  }

  @Override
  public List<ChangeCount> count(RunId run) {
    return new ChangeCounts(store).count(run);
  }

  @Override
  public long plannedClears(RunId run) {
    return new ChangeCounts(store).plannedClears(run);
  }

  @Override
  public long plannedFlags(RunId run, String field) {
    return new ChangeCounts(store).plannedFlags(run, field);
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
                            + ChangeRows.COLUMNS
                            + " FROM "
                            + ChangeRows.WITH_VALUES
                            + " WHERE c.pmi_id = :pmi ORDER BY c.run_id DESC, c.seq DESC "
                            + store.dialect().limit()))
                .bind("pmi", pmiId.value())
                .bind("limit", limit)
                .map(
                    ForeignCells.rows(
                        "sync_change",
                        row ->
                            new ParticipantChange(
                                new RunId(row.getLong("run_id")), ChangeRows.change(row))))
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
                          + ChangeRows.COLUMNS
                          + " FROM "
                          + ChangeRows.WITH_VALUES
                          + " WHERE c.run_id = :run AND c.seq > :after AND c."
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
              .map(ForeignCells.rows("sync_change", ChangeRows::change))
              .list();
        });
  }

  @Override
  public long lastSeq(RunId run) {
    return store.read(
        "looking for the end of the plan",
        handle ->
            handle
                .createQuery(
                    store.sql(
                        "SELECT COALESCE(MAX(seq), 0) FROM $.sync_change WHERE run_id = :run"))
                .bind("run", run.value())
                .mapTo(Long.class)
                .one());
  }

  @Override
  public void blankValues(RunId run, long afterSeq, long upToSeq) {
    store.run(
        "blanking values",
        handle -> {
          AuditBook book = new AuditBook(store, handle);
          boolean begins = !book.has(AuditTable.Kind.PURGE, run);
          long lost = begins ? withoutNonce(handle, run) : 0;
          ChangeRows.blank(store, handle, run, afterSeq, upToSeq);
          long blanked =
              slice(handle, "UPDATE $.sync_change SET nonce = NULL", run, afterSeq, upToSeq);
          if (blanked > 0 && begins) {
            Head unused =
                book.append(
                    Entry.of(
                        AuditTable.Kind.PURGE,
                        run,
                        Map.of("purged", "values", AuditTable.LOST_BEFORE, Long.toString(lost))));
          }
        });
  }

  private long withoutNonce(Handle handle, RunId run) {
    return handle
        .createQuery(
            store.sql(
                "SELECT COUNT(*) FROM $.sync_change WHERE run_id = :run AND leaf IS NOT NULL AND nonce IS NULL"))
        .bind("run", run.value())
        .mapTo(Long.class)
        .one();
  }

  @Override
  public long remove(RunId run, long afterSeq, long upToSeq) {
    return store.write(
        "removing old changes",
        handle -> {
          ChangeRows.blank(store, handle, run, afterSeq, upToSeq);
          return slice(handle, "DELETE FROM $.sync_change", run, afterSeq, upToSeq);
        });
  }

  private long slice(Handle handle, String statement, RunId run, long afterSeq, long upToSeq) {
    return handle
        .createUpdate(
            store.sql(statement + " WHERE run_id = :run AND seq > :after AND seq <= :last"))
        .bind("run", run.value())
        .bind("after", afterSeq)
        .bind("last", upToSeq)
        .execute();
  }

  @Override
  public void discard(RunId run) {
    store.run(
        "discarding the plan",
        handle -> {
          ChangeRows.blank(store, handle, run, -1, Long.MAX_VALUE);
          int unused =
              handle
                  .createUpdate(store.sql("DELETE FROM $.sync_change WHERE run_id = :run"))
                  .bind("run", run.value())
                  .execute();
        });
  }
}
