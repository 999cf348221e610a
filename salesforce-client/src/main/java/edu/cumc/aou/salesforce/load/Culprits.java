package edu.cumc.aou.salesforce.load;

import edu.cumc.aou.salesforce.RecordCursor;
import edu.cumc.aou.salesforce.SalesforceException;
import edu.cumc.aou.salesforce.Soql;
import edu.cumc.aou.salesforce.bulk.BulkOperation;
import edu.cumc.aou.salesforce.load.LoadOutcome.Refused;
import edu.cumc.aou.salesforce.load.LoadOutcome.Unknown;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the rows that make Salesforce fail internally, because the failure of a whole call names
 * none. It sends rows alone until one is served, and then the rest in halves. A row that fails
 * alone is sent once more after Salesforce has served another one, because the org may have been
 * down just then; it is refused if it fails again. If too many fail in a row, none is to blame: the
 * org is down, and the load ends. Before it repeats a create, it checks whether the record exists.
 * For one load.
 */
final class Culprits {

  private static final Logger LOG = LoggerFactory.getLogger(Culprits.class);

  /** After this many single rows in a row that Salesforce failed on, the org counts as down. */
  private static final int MOST_FAILED = 8;

  /**
   * After this many single rows in a row without any answer, the org counts as down; each takes
   * long.
   */
  private static final int MOST_SILENT = 3;

  private final LoadOrder order;
  private final LoadCalls calls;
  private final Book book;
  private final LostAnswers lost;
  private final Function<List<RowForm.Parcel>, CallRoad.Sent> attempt;

  /**
   * This many rows that failed alone are sent a second time; for further ones a single failure
   * decides.
   */
  private static final int MOST_TRIED_TWICE = 50;

  /** After this many rows that failed alone again, it checks whether others are served. */
  private static final int LOOK_AFTER = 2;

  /** Waits after the third single row that failed, and after each further one. */
  private static final Duration[] WAITS = {
    Duration.ofSeconds(1),
    Duration.ofSeconds(2),
    Duration.ofSeconds(4),
    Duration.ofSeconds(8),
    Duration.ofSeconds(8)
  };

  /** Rows that failed alone, with no other row served since. */
  private final List<RowForm.Parcel> suspects = new ArrayList<>();

  /** Rows that failed alone before another one was served: perhaps the org was down just then. */
  private final Deque<RowForm.Parcel> tryAgain = new ArrayDeque<>();

  private final Set<RowForm.Parcel> triedTwice = Collections.newSetFromMap(new IdentityHashMap<>());

  /** Rows of a repeatable order that a call without any answer had. */
  private final Set<RowForm.Parcel> withoutAnswer =
      Collections.newSetFromMap(new IdentityHashMap<>());

  /** Those of an upsert that would be to blame, if their records are not written. */
  private final List<LoadRow> doubtful = new ArrayList<>();

  private Instant silentSince = Instant.MIN;
  private int silent;
  private RowForm.@Nullable Parcel good;
  private @Nullable SalesforceException lastFailure;

  Culprits(
      LoadOrder order,
      LoadCalls calls,
      Book book,
      LostAnswers lost,
      Function<List<RowForm.Parcel>, CallRoad.Sent> attempt) {
    this.order = order;
    this.calls = calls;
    this.book = book;
    this.lost = lost;
    this.attempt = attempt;
  }

  /** Salesforce has served some rows, including this one. */
  void served(RowForm.Parcel row) {
    good = row;
    silent = 0;
    decide();
  }

  /**
   * Examines the rows of a failed call.
   *
   * @return those that met a lock
   * @throws SalesforceException if the org is down; every row has an outcome
   */
  List<CallRoad.Locked> singleOut(List<RowForm.Parcel> hit, LoadCalls.Broken broken) {
    List<CallRoad.Locked> locked = new ArrayList<>();
    Deque<List<RowForm.Parcel>> open = new ArrayDeque<>();
    List<RowForm.Parcel> rest = new ArrayList<>(remaining(hit, broken, open));
    if (hit.size() == 1) {
      rest.forEach(row -> suspect(row, broken, open));
      return locked;
    }
    boolean served = rest.size() < hit.size();
    for (int probe = 0; !served && !rest.isEmpty(); probe++) {
      RowForm.Parcel alone = rest.remove(probe % 2 == 0 ? 0 : rest.size() - 1);
      open.clear();
      open.add(rest);
      served = send(List.of(alone), open, locked);
    }
    open.clear();
    addHalves(rest, open);
    while (!open.isEmpty()) {
      List<RowForm.Parcel> part = open.removeFirst();
      boolean unused = send(part, open, locked);
    }
    locked.addAll(trySecondTime());
    return locked;
  }

  /** Sends each row a second time that failed alone while others may have failed as well. */
  private List<CallRoad.Locked> trySecondTime() {
    List<CallRoad.Locked> locked = new ArrayList<>();
    while (!tryAgain.isEmpty()) {
      boolean unused = send(List.of(tryAgain.remove()), new ArrayDeque<>(), locked);
      if (suspects.size() >= LOOK_AFTER) {
        lookWhetherOthersAreServed();
      }
    }
    return locked;
  }

  /** Sends some rows; failed ones go to the front of the queue, in halves. */
  private boolean send(
      List<RowForm.Parcel> part, Deque<List<RowForm.Parcel>> open, List<CallRoad.Locked> locked) {
    calls.noteRepeat();
    CallRoad.Sent sent = attempt.apply(part);
    locked.addAll(sent.locked());
    LoadCalls.Broken broken = sent.broken();
    if (broken == null) {
      return true;
    }
    List<RowForm.Parcel> unsent = part.subList(broken.to(), part.size());
    if (!unsent.isEmpty()) {
      open.addFirst(unsent);
    }
    List<RowForm.Parcel> hit = part.subList(broken.from(), broken.to());
    if (!LostAnswers.isInside(broken.failure())) {
      end(hit, open, broken.failure());
    }
    List<RowForm.Parcel> left = remaining(hit, broken, open);
    if (hit.size() == 1) {
      left.forEach(row -> suspect(row, broken, open));
    } else {
      addHalves(left, open);
    }
    return sent.served() || left.size() < hit.size();
  }

  private static void addHalves(List<RowForm.Parcel> rows, Deque<List<RowForm.Parcel>> open) {
    int middle = (rows.size() + 1) / 2;
    if (middle < rows.size()) {
      open.addFirst(List.copyOf(rows.subList(middle, rows.size())));
    }
    if (middle > 0) {
      open.addFirst(List.copyOf(rows.subList(0, middle)));
    }
  }

  /** The rows to send again; if that may create, only those that certainly do not exist. */
  private List<RowForm.Parcel> remaining(
      List<RowForm.Parcel> hit, LoadCalls.Broken broken, Deque<List<RowForm.Parcel>> open) {
    if (order.isRepeatable()) {
      if (!broken.failure().isAnswered()) {
        withoutAnswer.addAll(hit);
        silentSince = broken.sentAt();
      }
      return hit;
    }
    List<LoadRow> missing;
    try {
      missing =
          lost.missing(CallRoad.rows(hit), broken.failure().isAnswered() ? null : broken.sentAt());
    } catch (SalesforceException e) {
      List<LoadRow> unsettled = lost.unsettled(CallRoad.rows(hit));
      end(hit.stream().filter(p -> unsettled.contains(p.row())).toList(), open, e.asAnswerLost());
      throw e;
    }
    return hit.stream().filter(p -> missing.contains(p.row())).toList();
  }

  private void suspect(
      RowForm.Parcel row, LoadCalls.Broken broken, Deque<List<RowForm.Parcel>> open) {
    SalesforceException failure = broken.failure();
    suspects.add(row);
    lastFailure = failure;
    boolean answered = failure.isAnswered();
    silent += answered ? 0 : 1;
    int inRow = suspects.size();
    if (inRow >= MOST_FAILED || silent >= MOST_SILENT) {
      end(List.of(), open, failure);
    }
    if (answered && inRow >= MOST_FAILED - WAITS.length) {
      calls.pause(WAITS[inRow - (MOST_FAILED - WAITS.length)]);
    }
  }

  /** The org is down, so no row is to blame. */
  private void end(
      List<RowForm.Parcel> hit, Deque<List<RowForm.Parcel>> open, SalesforceException failure) {
    LoadOutcome untouched = Book.again(LoadOutcome.NOT_PROCESSED, List.of());
    LoadOutcome unknown = new Unknown(LoadOutcome.ANSWER_LOST);
    book.tellAll(CallRoad.rows(hit), failure.answerLost() ? unknown : untouched);
    for (List<RowForm.Parcel> part : open) {
      part.forEach(row -> book.tell(row.row(), isDoubtful(row) ? unknown : untouched));
    }
    // These creates certainly do not exist.
    suspects.addAll(tryAgain);
    book.tellAll(CallRoad.rows(suspects), order.isRepeatable() ? unknown : untouched);
    suspects.clear();
    tryAgain.clear();
    silent = 0;
    throw failure;
  }

  /**
   * Decides about rows that failed alone when nothing more is to be sent.
   *
   * @return those that met a lock
   */
  List<CallRoad.Locked> finish() {
    List<CallRoad.Locked> locked = new ArrayList<>();
    do {
      locked.addAll(trySecondTime());
      lookWhetherOthersAreServed();
    } while (!tryAgain.isEmpty());
    askForDoubtful();
    return locked;
  }

  private void askForDoubtful() {
    List<LoadRow> rows = List.copyOf(doubtful);
    doubtful.clear();
    if (!rows.isEmpty()) {
      blame(lost.untouched(rows, silentSince));
    }
  }

  /** Writes another row once more if that is harmless, or reads something. */
  private void lookWhetherOthersAreServed() {
    SalesforceException failure = lastFailure;
    if (suspects.isEmpty() || failure == null) {
      return;
    }
    RowForm.Parcel known = good;
    if (known != null && known.record() != null && order.isRepeatable()) {
      calls.noteRepeat();
      LoadCalls.Broken broken = calls.send(order, List.of(known.record())).broken();
      if (broken != null) {
        end(List.of(), new ArrayDeque<>(), broken.failure());
      }
      served(known);
      return;
    }
    try (RecordCursor records =
        calls.query(Soql.select("Id").from(order.ingest().object()).limit(1).text())) {
      boolean unused = records.hasNext();
    } catch (SalesforceException e) {
      end(List.of(), new ArrayDeque<>(), failure);
    }
    decide();
  }

  /**
   * Others are served: a row that failed alone twice is to blame, and one that failed once gets
   * another try.
   */
  private void decide() {
    List<LoadRow> blamed = new ArrayList<>();
    List<LoadRow> doubted = new ArrayList<>();
    for (RowForm.Parcel row : suspects) {
      if (triedTwice.contains(row) || triedTwice.size() >= MOST_TRIED_TWICE) {
        (isDoubtful(row) ? doubted : blamed).add(row.row());
      } else {
        triedTwice.add(row);
        tryAgain.add(row);
      }
    }
    suspects.clear();
    blame(blamed);
    // That stands if the load ends early.
    book.tellAll(doubted, new Unknown(LoadOutcome.ANSWER_LOST));
    doubtful.addAll(doubted);
  }

  /** Whether its record may be written: a create has been asked about. */
  private boolean isDoubtful(RowForm.Parcel row) {
    return order.isRepeatable()
        && order.ingest().operation() == BulkOperation.UPSERT
        && withoutAnswer.contains(row);
  }

  private void blame(List<LoadRow> blamed) {
    if (!blamed.isEmpty()) {
      LOG.info("Salesforce fails inside with {} of the rows, and serves others", blamed.size());
      book.tellAll(blamed, new Refused(LoadOutcome.FAILS_INSIDE, List.of()));
    }
  }
}
