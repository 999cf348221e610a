package edu.cumc.aou.sync.run;

import edu.cumc.aou.sync.SyncStep;
import edu.cumc.aou.sync.model.Change;
import edu.cumc.aou.sync.model.ContactId;
import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.model.JourneyId;
import edu.cumc.aou.sync.model.RunId;
import edu.cumc.aou.sync.port.ChangeTable.Settlement;
import edu.cumc.aou.sync.port.Crm;
import edu.cumc.aou.sync.port.LostAnswerException;
import edu.cumc.aou.sync.port.WriteResult;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Sends a run's planned rows of one sort, in key order, batch by batch. Before a batch goes out its
 * rows are marked as SENT; every answer goes back to its row. Rows that were locked are sent again
 * in smaller and smaller batches.
 *
 * @param <I> {@code ContactId} or {@code JourneyId}
 */
final class ChangeSender<I> {

  /**
   * The sizes of the batches of each pass; every pass after the first one only sees rows that were
   * locked.
   */
  private static final List<Integer> BATCH_SIZES = List.of(Crm.MAX_BATCH, 50, 10, 1);

  private static final List<Duration> PAUSES =
      List.of(Duration.ZERO, Duration.ofSeconds(5), Duration.ofSeconds(15), Duration.ofSeconds(30));

  /** After so many lost answers one after the other nobody is there. */
  private static final int MOST_LOST_ANSWERS = 3;

  static final String LOCKED_TOO_LONG = "LOCKED";
  static final String ANSWER_LOST = "ANSWER_LOST";

  /** How one sort of row is sent. */
  interface Method<I> {
    CrmObject object();

    Set<Change.Action> actions();

    List<WriteResult<I>> send(List<Change> batch);

    /** Enters into the mirror what Salesforce has taken. */
    void record(List<Change> written, List<WriteResult.Written<I>> results);
  }

  private final RunServices services;
  private final RunId run;
  private final LeaseKeeper lease;
  private final Deadline deadline;
  private final SyncStep step;
  private final Method<I> method;
  private final long total;
  private long done;
  private int lostInARow;

  ChangeSender(
      RunServices services,
      RunId run,
      LeaseKeeper lease,
      Deadline deadline,
      SyncStep step,
      Method<I> method,
      long total) {
    this.services = services;
    this.run = run;
    this.lease = lease;
    this.deadline = deadline;
    this.step = step;
    this.method = method;
    this.total = total;
  }

  /** Sends all planned rows. */
  void sendAll() {
    for (int pass = 0; pass < BATCH_SIZES.size(); pass++) {
      if (!sendPass(BATCH_SIZES.get(pass), PAUSES.get(pass))) {
        return;
      }
    }
    giveUpLocked();
  }

  /**
   * One pass over all rows that are still planned; says whether some were left for another pass.
   */
  private boolean sendPass(int size, Duration pause) {
    boolean paused = pause.isZero();
    boolean again = false;
    long after = 0;
    while (true) {
      List<Change> batch =
          services
              .store()
              .changes()
              .page(
                  run,
                  method.object(),
                  method.actions(),
                  Set.of(Change.State.PLANNED),
                  after,
                  size);
      if (batch.isEmpty()) {
        return again;
      }
      if (!paused) {
        services.pause().forDuration(pause);
        paused = true;
      }
      deadline.checkTimeForBatch();
      after = batch.get(batch.size() - 1).seq();
      again |= sendBatch(batch);
    }
  }

  private boolean sendBatch(List<Change> batch) {
    lease.renew();
    services.store().changes().markSent(run, batch.stream().map(Change::seq).toList());
    Instant began = services.clock().instant();
    List<WriteResult<I>> results;
    try {
      results = method.send(batch);
      lostInARow = 0;
    } catch (LostAnswerException e) {
      markUnknown(batch);
      if (++lostInARow >= MOST_LOST_ANSWERS) {
        throw e;
      }
      return false;
    } finally {
      deadline.took(Duration.between(began, services.clock().instant()));
    }
    return settle(batch, results);
  }

  private boolean settle(List<Change> batch, List<WriteResult<I>> results) {
    List<Change> written = new ArrayList<>();
    List<WriteResult.Written<I>> ids = new ArrayList<>();
    List<Settlement> settlements = new ArrayList<>();
    boolean again = false;
    for (int i = 0; i < batch.size(); i++) {
      Change change = batch.get(i);
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
    services.listener().progress(step, Math.min(done, total), total);
    return again;
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

  private void markUnknown(List<Change> batch) {
    services
        .store()
        .changes()
        .settle(
            run,
            batch.stream()
                .map(
                    c ->
                        new Settlement(
                            c.seq(), Change.State.UNKNOWN, null, null, ANSWER_LOST, List.of()))
                .toList());
  }

  private void giveUpLocked() {
    List<Change> locked;
    do {
      locked =
          services
              .store()
              .changes()
              .page(
                  run,
                  method.object(),
                  method.actions(),
                  Set.of(Change.State.PLANNED),
                  0,
                  Crm.MAX_BATCH);
      services
          .store()
          .changes()
          .settle(
              run,
              locked.stream()
                  .map(
                      c ->
                          new Settlement(
                              c.seq(),
                              Change.State.FAILED,
                              null,
                              null,
                              c.errorCode() == null ? LOCKED_TOO_LONG : c.errorCode(),
                              c.errorFields()))
                  .toList());
    } while (!locked.isEmpty());
  }
}
