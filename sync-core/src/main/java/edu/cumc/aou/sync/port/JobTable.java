package edu.cumc.aou.sync.port;

import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.model.JobId;
import edu.cumc.aou.sync.model.RunId;
import java.util.List;

/** The ingest jobs of the runs, stored so that the next run finds a job in flight after a kill. */
public interface JobTable {

  /** Enters a job in state OPEN. */
  void open(RunId run, Job job);

  /** Sets the state of a job. */
  void setState(JobId job, State state);

  /** The jobs of a run that are OPEN or CLOSED, oldest first. */
  List<Job> unfinished(RunId run);

  /** How many jobs a run has had. */
  long count(RunId run);

  /** How far a job has come, as far as this program knows. */
  enum State {
    /** It exists and has written nothing. */
    OPEN,
    /** Salesforce has been told, or is about to be told, to write. */
    CLOSED,
    /** Every row has its answer. */
    DONE
  }

  /**
   * One job.
   *
   * @param rows how many rows it was given
   */
  record Job(JobId id, CrmObject object, WriteOrder.Operation operation, long rows, State state) {}
}
