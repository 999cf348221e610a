package edu.cumc.aou.db.store;

import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.model.JobId;
import edu.cumc.aou.sync.model.RunId;
import edu.cumc.aou.sync.port.JobTable;
import edu.cumc.aou.sync.port.WriteOrder;
import java.util.List;

/** The ingest jobs of the runs. */
final class SqlJobTable implements JobTable {

  private final StoreDatabase store;

  SqlJobTable(StoreDatabase store) {
    this.store = store;
  }

  @Override
  public void open(RunId run, Job job) {
    store.run(
        "entering an ingest job",
        handle ->
            handle
                .createUpdate(
                    store.sql(
                        "INSERT INTO $.sync_job (job_id, run_id, object, operation, row_count, state) VALUES (:job,"
                            + " :run, :object, :operation, :rows, :state)"))
                .bind("job", job.id().value())
                .bind("run", run.value())
                .bind("object", job.object().name())
                .bind("operation", job.operation().name())
                .bind("rows", job.rows())
                .bind("state", job.state().name())
                .execute());
  }

  @Override
  public void setState(JobId job, State state) {
    store.run(
        "setting the state of an ingest job",
        handle ->
            handle
                .createUpdate(store.sql("UPDATE $.sync_job SET state = :state WHERE job_id = :job"))
                .bind("state", state.name())
                .bind("job", job.value())
                .execute());
  }

  @Override
  public List<Job> unfinished(RunId run) {
    return store.read(
        "looking for ingest jobs in flight",
        handle ->
            handle
                .createQuery(
                    store.sql(
                        "SELECT job_id, object, operation, row_count, state FROM $.sync_job WHERE run_id = :run AND"
                            + " state <> 'DONE' ORDER BY job_id"))
                .bind("run", run.value())
                .map(
                    ForeignCells.rows(
                        "sync_job",
                        row ->
                            new Job(
                                new JobId(row.getString("job_id")),
                                CrmObject.valueOf(row.getString("object")),
                                WriteOrder.Operation.valueOf(row.getString("operation")),
                                row.getLong("row_count"),
                                State.valueOf(row.getString("state")))))
                .list());
  }

  @Override
  public long count(RunId run) {
    return store.read(
        "counting ingest jobs",
        handle ->
            handle
                .createQuery(store.sql("SELECT COUNT(*) FROM $.sync_job WHERE run_id = :run"))
                .bind("run", run.value())
                .mapTo(Long.class)
                .one());
  }
}
