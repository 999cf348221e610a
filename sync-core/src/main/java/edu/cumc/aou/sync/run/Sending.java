package edu.cumc.aou.sync.run;

import edu.cumc.aou.sync.SyncSettings.BulkSettings;
import edu.cumc.aou.sync.model.Change;
import edu.cumc.aou.sync.model.RunId;
import edu.cumc.aou.sync.port.ChangePages;
import edu.cumc.aou.sync.port.ChangeTable;
import java.util.Set;

/**
 * The sending of a run's planned rows of one sort.
 *
 * @param lease renewed before every call that writes
 * @param deadline looked at before every call
 * @param method how these rows are written
 * @param answers where what Salesforce says of them goes
 * @param <I> {@code ContactId} or {@code JourneyId}
 */
record Sending<I>(
    RunServices services,
    RunId run,
    LeaseKeeper lease,
    Deadline deadline,
    WriteMethod<I> method,
    Answers<I> answers) {

  /** Sends all of them: by ingest jobs while they are many, and the rest in small calls. */
  void all(BulkSettings bulk) {
    new JobSender<>(this, bulk).sendMany();
    new ChangeSender<>(this).sendAll();
  }

  ChangeTable changes() {
    return services.store().changes();
  }

  /** Those that are still planned, in pages of that size. */
  ChangePages planned(int size) {
    return new ChangePages(
        changes(), run, method.object(), method.actions(), Set.of(Change.State.PLANNED), size);
  }
}
