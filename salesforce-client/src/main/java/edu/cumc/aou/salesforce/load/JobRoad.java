package edu.cumc.aou.salesforce.load;

import edu.cumc.aou.salesforce.RecordError;
import edu.cumc.aou.salesforce.SalesforceException;
import edu.cumc.aou.salesforce.SalesforceException.Details;
import edu.cumc.aou.salesforce.SalesforceException.Kind;
import edu.cumc.aou.salesforce.bulk.Bulk;
import edu.cumc.aou.salesforce.bulk.BulkFile;
import edu.cumc.aou.salesforce.bulk.BulkJob;
import edu.cumc.aou.salesforce.bulk.BulkProblem;
import edu.cumc.aou.salesforce.bulk.BulkState;
import edu.cumc.aou.salesforce.load.LoadOutcome.NotWritten;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes rows by jobs. Jobs never run at the same time, because they would fight for the locks of
 * common parents; but the next one is made and filled while one runs. For one load.
 */
final class JobRoad {

  private static final Logger LOG = LoggerFactory.getLogger(JobRoad.class);

  /** Fewer rows are quicker by calls. */
  private static final int FEWEST = 200;

  /** After this many rows that no job carries, they go by calls before further ones are pulled. */
  private static final int MOST_HELD = 2_000;

  /** After this many lost uploads, rows go by calls. */
  private static final int MOST_LOST_UPLOADS = 3;

  /**
   * At most this many rows of all jobs go again by calls because automation failed with their whole
   * chunk.
   */
  private static final int MOST_TRACKED_DOWN = 1_000;

  private final LoadOrder order;
  private final LoadCalls calls;
  private final Bulk bulk;
  private final Book book;
  private final RowForm form;
  private final LostAnswers lost;
  private final Duplicates duplicates;
  private final Pace pace = new Pace();
  private final List<LoadRow> handedBack = new ArrayList<>();
  private final List<CallRoad.Locked> locked = new ArrayList<>();
  private int lostUploads;
  private boolean ofUse = true;
  private int trackedDown;

  JobRoad(
      LoadOrder order,
      LoadCalls calls,
      Book book,
      RowForm form,
      LostAnswers lost,
      Duplicates duplicates) {
    this.duplicates = duplicates;
    this.order = order;
    this.calls = calls;
    this.bulk = calls.bulk();
    this.book = book;
    this.form = form;
    this.lost = lost;
  }

  /** A job with its rows by key. */
  private record Filled(String id, Map<String, LoadRow> rows) {}

  /** Whether further rows should go by jobs. */
  boolean areOfUse() {
    return ofUse;
  }

  /** Rows that now go by calls; they were reported as going again. */
  List<LoadRow> handedBack() {
    List<LoadRow> back = List.copyOf(handedBack);
    handedBack.clear();
    return back;
  }

  /** Rows that met a lock; they were reported as going again. */
  List<CallRoad.Locked> locked() {
    List<CallRoad.Locked> back = List.copyOf(locked);
    locked.clear();
    return back;
  }

  /** Writes rows until there are none, or some are handed back. */
  void write(PutBackRows rows) {
    Filled first = fill(rows);
    for (Filled job = first != null && start(first) ? first : null; job != null; ) {
      job = goOn(job, ofUse && back() < FEWEST ? fill(rows) : null);
    }
  }

  /**
   * Follows a started job to its end.
   *
   * @param next the one to start after it
   * @return that one if it has started; otherwise its rows are handed back
   */
  private @Nullable Filled goOn(Filled job, @Nullable Filled next) {
    Filled waiting = next;
    Filled begun = null;
    try {
      BulkJob over = await(job.id());
      if (waiting != null && isAllDone(over, job)) {
        // It works while the answers of the previous one are read.
        begun = start(waiting) ? waiting : null;
        waiting = null;
      }
      settle(over, job.rows());
    } catch (SalesforceException e) {
      if (waiting != null) {
        giveBack(waiting);
      }
      throw e;
    }
    if (waiting == null) {
      return begun;
    }
    if (ofUse && back() < FEWEST) {
      return start(waiting) ? waiting : null;
    }
    giveBack(waiting);
    handedBack.addAll(waiting.rows().values());
    return null;
  }

  private static boolean isAllDone(BulkJob over, Filled job) {
    return over.state() == BulkState.JOB_COMPLETE
        && over.failed() == 0
        && over.processed() >= job.rows().size();
  }

  private int back() {
    return handedBack.size() + locked.size();
  }

  /** Takes back a job that has not started: it writes nothing. */
  private void giveBack(Filled job) {
    abandon(job.id());
    book.tellAll(
        List.copyOf(job.rows().values()), Book.again(LoadOutcome.NOT_PROCESSED, List.of()));
    book.journal().jobOver(job.id());
  }

  /** Makes a job and gives it its rows; null if too few are left for one. */
  private @Nullable Filled fill(PutBackRows source) {
    while (source.hasNext() && ofUse && handedBack.size() < MOST_HELD) {
      Map<String, LoadRow> rows = pull(source);
      boolean few =
          (!source.hasNext() || handedBack.size() >= MOST_HELD)
              && rows.size() < Math.min(FEWEST, order.settings().bulkFrom());
      if (rows.isEmpty() || (few && order.isByCalls())) {
        handedBack.addAll(rows.values());
        continue;
      }
      List<LoadRow> list = List.copyOf(rows.values());
      // Writing them takes time, in which the client gets ready.
      BulkFile file = bulk.write(form.ingestFor(list), list.stream().map(form::forJob).iterator());
      lost.beforeCreates();
      calls.askToWrite();
      String id = bulk.create(file.ingest()).id();
      book.journal().jobOpened(id, list);
      try {
        bulk.upload(id, file);
        return new Filled(id, rows);
      } catch (SalesforceException e) {
        boolean refused = isOfTheJob(e);
        giveBack(new Filled(id, rows));
        if (!e.answerLost() && !refused) {
          throw e;
        }
        book.journal().jobFailed(id, refused ? code(e) : LoadOutcome.ANSWER_LOST);
        if (refused || ++lostUploads >= MOST_LOST_UPLOADS) {
          ofUse = false;
          handedBack.addAll(list);
        } else {
          for (int i = list.size() - 1; i >= 0; i--) {
            source.putBack(list.get(i));
          }
        }
      }
    }
    return null;
  }

  /** As many rows as a job takes, by key; those that no job can carry go by calls. */
  private Map<String, LoadRow> pull(PutBackRows source) {
    Map<String, LoadRow> rows = new LinkedHashMap<>();
    // The header is shorter than a row of the same columns can be.
    long bytes = order.ingest().columns().stream().mapToLong(c -> c.length() + 3L).sum() * 2;
    while (source.hasNext()
        && rows.size() < order.settings().rowsPerJob()
        && handedBack.size() < MOST_HELD) {
      LoadRow row = source.next();
      int size = form.sizeInJob(row);
      if (size < 0 || rows.containsKey(row.key())) {
        handedBack.add(row);
        continue;
      }
      bytes += size;
      if (bytes > Bulk.MAX_BYTES && !rows.isEmpty()) {
        source.putBack(row);
        return rows;
      }
      rows.put(row.key(), row);
    }
    return rows;
  }

  /** Starts a job; if Salesforce refuses that, its rows are handed back. */
  private boolean start(Filled job) {
    calls.askToWrite();
    book.journal().jobStarting(job.id());
    try {
      bulk.complete(job.id());
    } catch (SalesforceException e) {
      if (!isOfTheJob(e)) {
        throw e;
      }
      giveBack(job);
      book.journal().jobFailed(job.id(), code(e));
      ofUse = false;
      handedBack.addAll(job.rows().values());
      return false;
    }
    pace.begins(job.rows().size(), calls.now());
    return true;
  }

  /** Whether only the job was refused: its rows may go another way. */
  private static boolean isOfTheJob(SalesforceException e) {
    int status = e.status().orElse(0);
    return !e.answerLost()
        && (status == 413
            || e.kind() == Kind.NOT_FOUND
            || (status == 400 && e.kind() == Kind.REJECTED));
  }

  private static String code(SalesforceException e) {
    return e.errorCode().isEmpty() ? "HTTP " + e.status().orElse(0) : e.errorCode();
  }

  /** Waits for the end of a job. */
  private BulkJob await(String id) {
    Instant began = calls.now();
    Duration wait = pace.first(began);
    while (true) {
      if (!wait.isZero()) {
        calls.askToWaitFor(wait);
        calls.pause(wait);
      }
      Instant asked = calls.now();
      BulkJob job = bulk.job(id);
      if (job.state().isFinal()) {
        pace.over(job.processed(), calls.now());
        book.journal().jobEnded(id);
        return job;
      }
      Instant answered = calls.now();
      calls.askMeanwhile();
      book.journal().jobProgress(id, job.processed());
      if (Duration.between(began, calls.now()).compareTo(order.settings().jobTimeout()) >= 0) {
        throw new SalesforceException(
            Kind.UNAVAILABLE,
            "a job was not over in time; it goes on in Salesforce, and its id tells the rest later",
            Details.NONE.withAnswerLost(true));
      }
      wait = pace.next(job.processed(), asked, answered);
    }
  }

  private void settle(BulkJob job, Map<String, LoadRow> rows) {
    Map<String, LoadRow> open = new LinkedHashMap<>(rows);
    int before = back();
    new JobAnswers(order, bulk, book, this::goesAgain).read(job, open);
    if (!open.isEmpty()) {
      withoutAnswer(open);
    }
    book.journal().jobOver(job.id());
    String code =
        job.problem()
            .map(BulkProblem::code)
            .orElse(job.state() == BulkState.ABORTED ? "Aborted" : null);
    if (code != null) {
      LOG.info("a job failed as a whole ({}); what it left goes by calls", code);
      book.journal().jobFailed(job.id(), code);
      ofUse = false;
    }
    ofUse &= back() - before < Math.max(1, rows.size());
  }

  /** The outcome of a row that a job did not write; keeps the row if it goes again. */
  private LoadOutcome goesAgain(LoadRow row, RecordError error) {
    boolean tracked =
        error.isOfAutomation() && !error.transientCause() && ++trackedDown <= MOST_TRACKED_DOWN;
    if (!error.transientCause() && !tracked) {
      return duplicates.takes(row, error.code(), error.fields(), List.of())
          ? Book.again(error.code(), error.fields())
          : new LoadOutcome.Refused(error.code(), error.fields());
    }
    if (!order.isByCalls()) {
      return new NotWritten(error.code(), error.fields(), false);
    }
    if (tracked || error.code().equals(LoadOutcome.NOT_PROCESSED)) {
      handedBack.add(row);
    } else {
      locked.add(new CallRoad.Locked(row, error.code(), error.fields()));
    }
    return Book.again(error.code(), error.fields());
  }

  /** Rows that are in none of a finished job's results. */
  private void withoutAnswer(Map<String, LoadRow> open) {
    List<LoadRow> rows = List.copyOf(open.values());
    List<LoadRow> missing = order.isRepeatable() ? rows : lost.missing(rows, null);
    if (!missing.isEmpty()) {
      LOG.warn("{} rows of a job are in none of its results; they go again", missing.size());
      book.tellAll(missing, Book.again(LoadOutcome.ANSWER_LOST, List.of()));
      handedBack.addAll(missing);
    }
  }

  private void abandon(String id) {
    try {
      bulk.abort(id);
    } catch (SalesforceException e) {
      LOG.info("an open job could not be aborted ({}); Salesforce discards it in a day", e.kind());
    }
  }

  /** Finds out the results of a job from an interrupted load. */
  void takeUp(LoadJob known, List<LoadRow> list) {
    Map<String, LoadRow> rows = new LinkedHashMap<>();
    list.forEach(row -> rows.put(row.key(), row));
    BulkJob job;
    try {
      job = bulk.job(known.id());
      if (job.state() == BulkState.OPEN) {
        job = bulk.abort(known.id());
        if (job.state() == BulkState.ABORTED) {
          end(known.id(), list);
          return;
        }
      }
    } catch (SalesforceException e) {
      if (e.kind() != Kind.NOT_FOUND) {
        throw e;
      }
      gone(known, list);
      return;
    }
    pace.begins(rows.size(), calls.now());
    if (job.state().isFinal()) {
      settle(job, rows);
    } else {
      settle(await(known.id()), rows);
    }
  }

  private void gone(LoadJob known, List<LoadRow> rows) {
    if (!known.started() || order.isRepeatable()) {
      end(known.id(), rows);
      return;
    }
    end(known.id(), lost.missing(rows, null));
  }

  private void end(String id, List<LoadRow> unwritten) {
    book.tellAll(unwritten, Book.again(LoadOutcome.NOT_PROCESSED, List.of()));
    book.journal().jobOver(id);
  }
}
