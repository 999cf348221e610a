package edu.cumc.aou.sync.run;

import edu.cumc.aou.sync.model.Change;
import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.port.IngestJobs;
import edu.cumc.aou.sync.port.WriteResult;
import java.util.List;
import java.util.Set;

/**
 * How one sort of change is written: in calls of a few records, or by ingest jobs.
 *
 * @param <I> {@code ContactId} or {@code JourneyId}
 */
interface WriteMethod<I> {

  CrmObject object();

  /** The changes that are of this sort. */
  Set<Change.Action> actions();

  /** Writes a few records; the results are in their order. */
  List<WriteResult<I>> send(List<Change> batch);

  /** What an ingest job does with changes of this sort. */
  IngestJobs.Operation operation();

  /** A change as the row of an ingest job. */
  IngestJobs.Row row(Change change);

  /** The id of a record, from its text. */
  I id(String text);

  /** Enters into the mirror what Salesforce has taken. */
  void record(List<Change> written, List<WriteResult.Written<I>> results);
}
