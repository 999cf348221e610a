package edu.cumc.aou.sync.run;

import edu.cumc.aou.sync.model.Change;
import edu.cumc.aou.sync.model.RunId;
import edu.cumc.aou.sync.port.ChangeTable.Settlement;
import edu.cumc.aou.sync.port.Crm;
import edu.cumc.aou.sync.port.LostAnswerException;
import edu.cumc.aou.sync.port.WriteResult;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * Sends a run's planned rows of one sort in calls of a few records, in key order. Before a batch
 * goes out its rows are marked as SENT; every answer goes back to its row. Rows that were locked
 * are sent again in smaller and smaller batches.
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

  private final RunServices services;
  private final RunId run;
  private final LeaseKeeper lease;
  private final Deadline deadline;
  private final WriteMethod<I> method;
  private final Answers<I> answers;
  private int lostInARow;

  ChangeSender(
      RunServices services,
      RunId run,
      LeaseKeeper lease,
      Deadline deadline,
      WriteMethod<I> method,
      Answers<I> answers) {
    this.services = services;
    this.run = run;
    this.lease = lease;
    this.deadline = deadline;
    this.method = method;
    this.answers = answers;
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
      lease.renew();
      answers.turn(batch, Change.State.UNKNOWN, ANSWER_LOST);
      if (++lostInARow >= MOST_LOST_ANSWERS) {
        throw e;
      }
      return false;
    } finally {
      deadline.took(Duration.between(began, services.clock().instant()));
    }
    // after a long call the rows may be another run's, which has settled them
    lease.renew();
    return answers.store(batch, results);
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
