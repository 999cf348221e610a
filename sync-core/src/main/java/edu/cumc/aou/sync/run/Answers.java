package edu.cumc.aou.sync.run;

import edu.cumc.aou.sync.SyncStep;
import edu.cumc.aou.sync.model.Change;
import edu.cumc.aou.sync.model.ContactId;
import edu.cumc.aou.sync.model.JourneyId;
import edu.cumc.aou.sync.model.RunId;
import edu.cumc.aou.sync.port.ChangeTable.Settlement;
import edu.cumc.aou.sync.port.WriteResult;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes every answer of Salesforce back to its row, and counts them for who watches. Not
 * thread-safe.
 *
 * @param <I> {@code ContactId} or {@code JourneyId}
 */
final class Answers<I> {

  private final RunServices services;
  private final RunId run;
  private final SyncStep step;
  private final WriteMethod<I> method;
  private final long total;
  private long done;

  /** {@code total}: how many rows the step has, for its progress. */
  Answers(RunServices services, RunId run, SyncStep step, WriteMethod<I> method, long total) {
    this.services = services;
    this.run = run;
    this.step = step;
    this.method = method;
    this.total = total;
  }

  /** Stores the answers to some rows; says whether any of them may be sent again. */
  boolean store(List<Change> rows, List<WriteResult<I>> results) {
    List<Change> written = new ArrayList<>();
    List<WriteResult.Written<I>> ids = new ArrayList<>();
    List<Settlement> settlements = new ArrayList<>();
    boolean again = false;
    for (int i = 0; i < rows.size(); i++) {
      Change change = rows.get(i);
      WriteResult<I> result = results.get(i);
      if (result instanceof WriteResult.Written<I> success) {
        written.add(change);
        ids.add(success);
        settlements.add(done(change, success.id()));
      } else if (result instanceof WriteResult.Refused<I> refused) {
        again |= refused.again();
        settlements.add(refused(change, refused));
      }
    }
    // the mirror first: a kill in between leaves rows SENT, and sending them once more is harmless
    method.record(written, ids);
    services.store().changes().settle(run, settlements);
    done += settlements.stream().filter(s -> s.state() != Change.State.PLANNED).count();
    tell(0);
    return again;
  }

  /** Gives rows another state, for want of an answer. */
  void turn(List<Change> rows, Change.State state, @Nullable String code) {
    services
        .store()
        .changes()
        .settle(
            run,
            rows.stream()
                .map(c -> new Settlement(c.seq(), state, null, null, code, List.of()))
                .toList());
  }

  /** Tells how far the step has come; {@code underWay}: rows whose answers are still to be read. */
  void tell(long underWay) {
    services.listener().progress(step, Math.min(done + underWay, total), total);
  }

  private static <I> Settlement done(Change change, I id) {
    @Nullable ContactId contactId = id instanceof ContactId c ? c : null;
    @Nullable JourneyId journeyId = id instanceof JourneyId j ? j : null;
    return new Settlement(change.seq(), Change.State.DONE, contactId, journeyId, null, List.of());
  }

  private static <I> Settlement refused(Change change, WriteResult.Refused<I> refused) {
    Change.State state = refused.again() ? Change.State.PLANNED : Change.State.REFUSED;
    return new Settlement(change.seq(), state, null, null, refused.code(), refused.fields());
  }
}
