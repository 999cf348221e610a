package edu.cumc.aou.salesforce.load;

import edu.cumc.aou.salesforce.RecordError;
import edu.cumc.aou.salesforce.SalesforceException;
import edu.cumc.aou.salesforce.SalesforceException.Kind;
import edu.cumc.aou.salesforce.bulk.Bulk;
import edu.cumc.aou.salesforce.bulk.BulkJob;
import edu.cumc.aou.salesforce.bulk.BulkOperation;
import edu.cumc.aou.salesforce.bulk.BulkRow;
import edu.cumc.aou.salesforce.bulk.BulkRows;
import edu.cumc.aou.salesforce.load.LoadOutcome.Saved;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Assigns the results of a finished job to its rows; reads only files that can hold any. */
final class JobAnswers {

  private static final Logger LOG = LoggerFactory.getLogger(JobAnswers.class);

  /** Reports this many outcomes at once. */
  private static final int AT_ONCE = 2_000;

  private static final RecordError UNRECOGNISED = new RecordError("UNRECOGNISED", List.of(), false);
  private static final RecordError NOT_PROCESSED =
      new RecordError(LoadOutcome.NOT_PROCESSED, List.of(), true);

  private final LoadOrder order;
  private final Bulk bulk;
  private final Book book;
  private final BiFunction<LoadRow, RecordError, LoadOutcome> unwritten;
  private boolean readBefore;

  JobAnswers(
      LoadOrder order,
      Bulk bulk,
      Book book,
      BiFunction<LoadRow, RecordError, LoadOutcome> unwritten) {
    this.order = order;
    this.bulk = bulk;
    this.book = book;
    this.unwritten = unwritten;
  }

  /**
   * Reports all rows in the results, and removes them from the open ones. If results cannot be
   * read, because they are short, gone or malformed, rows stay open: a job that never tells must
   * not stop all later loads.
   *
   * @throws SalesforceException if nothing answers at present
   */
  void read(BulkJob job, Map<String, LoadRow> open) {
    for (int attempt = 1; ; attempt++) {
      try {
        take(job, open);
        return;
      } catch (SalesforceException e) {
        if (e.kind() == Kind.THROTTLED
            || e.kind() == Kind.AUTHENTICATION
            || (e.kind() == Kind.CONFIGURATION && e.status().orElse(0) != 404)) {
          throw e;
        }
        boolean isShort = e.kind() == Kind.PROTOCOL && e.status().isEmpty();
        if (!isShort || attempt > 1) {
          LOG.warn(
              "the results of a job cannot be read ({}); {} rows are open", e.kind(), open.size());
          return;
        }
        readBefore = true;
      }
    }
  }

  private void take(BulkJob job, Map<String, LoadRow> open) {
    if (job.succeeded() > 0) {
      try (BulkRows rows = bulk.successful(job.id())) {
        take(rows, open, (row, answer) -> saved(answer));
      }
    }
    if (job.failed() > 0) {
      try (BulkRows rows = bulk.failed(job.id())) {
        take(
            rows,
            open,
            (row, answer) -> {
              RecordError error = answer.error();
              return unwritten.apply(row, error == null ? UNRECOGNISED : error);
            });
      }
    }
    if (!open.isEmpty()) {
      try (BulkRows rows = bulk.unprocessed(job.id())) {
        take(rows, open, (row, answer) -> unwritten.apply(row, NOT_PROCESSED));
      }
    }
  }

  private Saved saved(BulkRow row) {
    return new Saved(
        row.recordId(), row.created() || order.ingest().operation() == BulkOperation.INSERT, false);
  }

  private void take(
      BulkRows answers,
      Map<String, LoadRow> open,
      BiFunction<LoadRow, BulkRow, LoadOutcome> outcome) {
    List<RowOutcome> told = new ArrayList<>();
    long strange = 0;
    try {
      while (answers.hasNext()) {
        BulkRow answer = answers.next();
        LoadRow row = answer.field(order.keyColumn()).map(open::remove).orElse(null);
        if (row == null) {
          strange++;
          continue;
        }
        told.add(new RowOutcome(row.key(), outcome.apply(row, answer)));
        if (told.size() >= AT_ONCE) {
          book.tell(told);
          told.clear();
        }
      }
    } finally {
      // What a file says before it breaks off counts.
      book.tell(told);
    }
    if (strange > 0 && !readBefore) {
      LOG.warn("a job's results have {} rows that were not sent, or twice", strange);
    }
  }
}
