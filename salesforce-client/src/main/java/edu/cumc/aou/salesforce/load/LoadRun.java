package edu.cumc.aou.salesforce.load;

import edu.cumc.aou.salesforce.SalesforceException;
import edu.cumc.aou.salesforce.load.CallRoad.Locked;
import edu.cumc.aou.salesforce.load.LoadOutcome.NotWritten;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * One load. It pulls rows as needed; few rows go by calls, many by jobs. What a job hands back goes
 * by calls, and what met a lock goes last.
 */
final class LoadRun {

  private static final int CALL = 200;

  /** Asks for this many rows at once. */
  private static final int AT_ONCE = 10_000;

  /** The rows of a call, and the wait before it, in the passes over rows that met a lock. */
  private static final int[] PASS_SIZES = {50, 10, 1};

  private static final Duration[] PASS_WAITS = {
    Duration.ofSeconds(5), Duration.ofSeconds(15), Duration.ofSeconds(30)
  };

  /** At most this many rows that met a lock wait in memory. */
  private static final int MOST_HELD = 2_000;

  private final LoadOrder order;
  private final LoadCalls calls;
  private final Book book;
  private final RowForm form;
  private final LostAnswers lost;
  private final CallRoad callRoad;
  private final Duplicates duplicates;
  private final List<Locked> locked = new ArrayList<>();

  LoadRun(LoadOrder order, LoadCalls calls, LoadJournal journal) {
    this.order = order;
    this.calls = calls;
    book = new Book(journal);
    form = new RowForm(order, calls);
    lost = new LostAnswers(order, calls, book);
    duplicates = new Duplicates(order, calls, book, form, lost);
    callRoad = new CallRoad(order, calls, book, form, lost, duplicates);
  }

  LostAnswers lost() {
    return lost;
  }

  Book book() {
    return book;
  }

  LoadTally load(Iterator<LoadRow> rows) {
    return tally(
        () -> {
          if (rows.hasNext()) {
            // Preparing rows takes time, and so does the first call.
            calls.getReady(order.ingest().object());
          }
          List<LoadRow> first = pull(rows, Math.max(order.settings().bulkFrom(), 1));
          boolean many = !first.isEmpty() && first.size() >= order.settings().bulkFrom();
          if (many || !order.isByCalls()) {
            byJobs(new PutBackRows(first, rows));
          } else {
            byCalls(first);
          }
          do {
            writeLocked();
            locked.addAll(callRoad.finish());
          } while (!locked.isEmpty());
          duplicates.learn();
        });
  }

  /** Takes up a job of an earlier load; reports rows that it did not write as such. */
  LoadTally takeUp(LoadJob job, List<LoadRow> rows) {
    return tally(
        () -> {
          new JobRoad(order, calls, book, form, lost, duplicates).takeUp(job, rows);
          duplicates.learn();
        });
  }

  /** Finds out which of the rows exist. */
  LoadTally settle(Iterator<LoadRow> rows, boolean mayBeUnderWay) {
    Instant silentSince = mayBeUnderWay ? calls.now() : null;
    return tally(
        () -> {
          while (rows.hasNext()) {
            List<LoadRow> missing = lost.missing(pull(rows, AT_ONCE), silentSince);
            book.tellAll(missing, Book.again(LoadOutcome.ANSWER_LOST, List.of()));
          }
        });
  }

  private LoadTally tally(Runnable work) {
    try {
      work.run();
      return new LoadTally(book.saved(), book.refused(), null);
    } catch (SalesforceException e) {
      return new LoadTally(book.saved(), book.refused(), e);
    }
  }

  private static List<LoadRow> pull(Iterator<LoadRow> rows, int most) {
    List<LoadRow> pulled = new ArrayList<>();
    while (pulled.size() < most && rows.hasNext()) {
      pulled.add(rows.next());
    }
    return pulled;
  }

  private void byJobs(PutBackRows rows) {
    JobRoad jobs = new JobRoad(order, calls, book, form, lost, duplicates);
    while (rows.hasNext() && jobs.areOfUse()) {
      jobs.write(rows);
      locked.addAll(jobs.locked());
      byCalls(jobs.handedBack());
    }
    while (rows.hasNext()) {
      byCalls(pull(rows, CALL));
    }
  }

  private void byCalls(List<LoadRow> rows) {
    if (!order.isByCalls()) {
      book.tellAll(rows, new NotWritten(LoadOutcome.NOT_PROCESSED, List.of(), false));
      return;
    }
    locked.addAll(callRoad.write(rows, CALL));
    if (locked.size() >= MOST_HELD) {
      writeLocked();
    }
  }

  private void writeLocked() {
    List<Locked> open = List.copyOf(locked);
    locked.clear();
    for (int pass = 0; pass < order.settings().lockPasses() && !open.isEmpty(); pass++) {
      calls.pause(PASS_WAITS[pass]);
      for (int from = 0; from < open.size(); from += PASS_SIZES[pass]) {
        calls.noteRepeat();
      }
      open = callRoad.write(open.stream().map(Locked::row).toList(), PASS_SIZES[pass]);
    }
    List<RowOutcome> given = new ArrayList<>();
    open.forEach(
        l -> given.add(new RowOutcome(l.row().key(), new NotWritten(l.code(), l.fields(), false))));
    book.tell(given);
  }
}
