package edu.cumc.aou.sync.run;

import edu.cumc.aou.sync.model.Change;
import edu.cumc.aou.sync.port.ChangeTable.Settlement;
import edu.cumc.aou.sync.port.Crm;
import edu.cumc.aou.sync.port.LostAnswerException;
import edu.cumc.aou.sync.port.WriteResult;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

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

  private final Sending<I> sending;
  private int lostInARow;

  ChangeSender(Sending<I> sending) {
    this.sending = sending;
  }

  /** Sends as many of the planned rows as go in one call. */
  void sendFirst() {
    for (List<Change> batch : sending.planned(Crm.MAX_BATCH)) {
      sending.deadline().checkTimeForBatch();
      boolean unusedAgain = sendBatch(batch);
      return;
    }
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
    for (List<Change> batch : sending.planned(size)) {
      if (!paused) {
        sending.services().pause().forDuration(pause);
        paused = true;
      }
      sending.deadline().checkTimeForBatch();
      again |= sendBatch(batch);
    }
    return again;
  }

  private boolean sendBatch(List<Change> batch) {
    sending.lease().renew();
    sending.changes().markSent(sending.run(), batch.stream().map(Change::seq).toList());
    Instant began = sending.services().clock().instant();
    List<WriteResult<I>> results;
    try {
      results = sending.method().send(batch);
      lostInARow = 0;
    } catch (LostAnswerException e) {
      sending.lease().renew();
      sending.answers().turn(batch, Change.State.UNKNOWN, ANSWER_LOST);
      if (++lostInARow >= MOST_LOST_ANSWERS) {
        throw e;
      }
      return false;
    } finally {
      sending.deadline().took(Duration.between(began, sending.services().clock().instant()));
    }
    // after a long call the rows may be another run's, which has settled them
    sending.lease().renew();
    return sending.answers().store(batch, results);
  }

  private void giveUpLocked() {
    for (List<Change> locked : sending.planned(Crm.MAX_BATCH)) {
      sending.changes().settle(sending.run(), locked.stream().map(ChangeSender::givenUp).toList());
    }
  }

  private static Settlement givenUp(Change locked) {
    return new Settlement(
        locked.seq(),
        Change.State.FAILED,
        null,
        null,
        locked.errorCode() == null ? LOCKED_TOO_LONG : locked.errorCode(),
        locked.errorFields());
  }
}
