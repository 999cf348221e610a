package edu.cumc.aou.salesforce.internal;

import edu.cumc.aou.salesforce.RecordError;
import edu.cumc.aou.salesforce.SalesforceException;
import edu.cumc.aou.salesforce.SalesforceException.Details;
import edu.cumc.aou.salesforce.SalesforceException.Kind;
import edu.cumc.aou.salesforce.SaveResult;
import edu.cumc.aou.salesforce.SaveResult.Refused;
import edu.cumc.aou.salesforce.SaveResult.Saved;
import edu.cumc.aou.salesforce.bulk.Bulk;
import edu.cumc.aou.salesforce.bulk.BulkIngest;
import edu.cumc.aou.salesforce.bulk.BulkJob;
import edu.cumc.aou.salesforce.bulk.BulkOperation;
import edu.cumc.aou.salesforce.bulk.BulkProblem;
import edu.cumc.aou.salesforce.bulk.BulkRow;
import edu.cumc.aou.salesforce.bulk.BulkRows;
import edu.cumc.aou.salesforce.bulk.BulkState;
import edu.cumc.aou.salesforce.bulk.LoadReport;
import edu.cumc.aou.salesforce.bulk.LoadSettings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes records by jobs, one after the other, because parallel ones fight for the locks of common
 * parents. Rows of results are matched to records by a key of the caller's. For one load.
 */
final class JobLoad {

  private static final Logger LOG = LoggerFactory.getLogger(JobLoad.class);

  /** Jobs that are begun for the same rows, when uploads are lost. */
  private static final int MOST_UPLOADS = 3;

  private final Bulk bulk;
  private final BulkIngest ingest;
  private final String keyColumn;
  private final List<Map<String, @Nullable Object>> records;
  private final LoadSettings settings;
  private final @Nullable SaveResult[] results;

  JobLoad(
      Bulk bulk,
      BulkIngest ingest,
      String keyColumn,
      List<Map<String, @Nullable Object>> records,
      LoadSettings settings,
      @Nullable SaveResult[] results) {
    this.bulk = bulk;
    this.ingest = ingest;
    this.keyColumn = keyColumn;
    this.records = records;
    this.settings = settings;
    this.results = results;
  }

  void run() {
    keys(0, records.size());
    int from = 0;
    while (from < records.size()) {
      int to = from;
      // the header is shorter than what a row of the same columns may be
      long bytes = ingest.columns().stream().mapToLong(c -> c.length() + 3L).sum() * 2;
      while (to < records.size() && to - from < settings.rowsPerJob()) {
        bytes += bulk.size(ingest, records.get(to));
        if (bytes > Bulk.MAX_BYTES) {
          break;
        }
        to++;
      }
      job(from, to);
      from = to;
    }
  }

  /** The place of each key; every record must have one of its own. */
  private Map<String, Integer> keys(int from, int to) {
    Map<String, Integer> keys = new HashMap<>();
    for (int i = from; i < to; i++) {
      String key = key(records.get(i));
      if (keys.put(key, i) != null) {
        throw new IllegalArgumentException(
            "two records have the same " + keyColumn + ": their results could not be told apart");
      }
    }
    return keys;
  }

  private String key(Map<String, @Nullable Object> record) {
    for (Map.Entry<String, @Nullable Object> entry : record.entrySet()) {
      if (entry.getKey().equalsIgnoreCase(keyColumn)
          && entry.getValue() instanceof String text
          && !text.isEmpty()) {
        return text;
      }
    }
    throw new IllegalArgumentException("a record has no text in the key column " + keyColumn);
  }

  private void job(int from, int to) {
    String jobId = uploaded(from, to);
    try {
      bulk.complete(jobId);
      BulkJob job = bulk.await(jobId, settings.jobTimeout());
      if (!job.state().isFinal()) {
        throw new SalesforceException(
            Kind.UNAVAILABLE,
            "a job was not over in time; it goes on in Salesforce, and its id tells the rest later",
            Details.NONE.withAnswerLost(true));
      }
      settle(job, keys(from, to));
    } catch (SalesforceException e) {
      Refused unknown = refused(LoadReport.OUTCOME_UNKNOWN, List.of(), false);
      for (int i = from; i < to; i++) {
        if (results[i] == null) {
          results[i] = unknown;
        }
      }
      throw e;
    }
  }

  /** Nothing is written before the job is complete: a lost upload is another job's chance. */
  private String uploaded(int from, int to) {
    for (int attempt = 1; ; attempt++) {
      BulkJob job = bulk.create(ingest);
      settings.onJob().accept(job);
      try {
        bulk.upload(job.id(), ingest, records.subList(from, to).iterator());
        return job.id();
      } catch (SalesforceException e) {
        abandon(job.id());
        if (!e.answerLost() || attempt == MOST_UPLOADS) {
          // whatever arrived, an open job writes nothing
          throw e;
        }
        LOG.info("an upload was lost; another job is begun for its rows");
      }
    }
  }

  private void abandon(String jobId) {
    try {
      bulk.abort(jobId);
    } catch (SalesforceException e) {
      LOG.info("an open job could not be aborted ({}); Salesforce discards it in a day", e.kind());
    }
  }

  private void settle(BulkJob job, Map<String, Integer> open) {
    try (BulkRows rows = bulk.successful(job.id())) {
      take(rows, open, row -> new Saved(row.recordId(), created(row)));
    }
    if (job.failed() > 0) {
      try (BulkRows rows = bulk.failed(job.id())) {
        take(rows, open, JobLoad::refused);
      }
    }
    Optional<BulkProblem> lasting = job.problem().filter(p -> !p.transientCause());
    if (!open.isEmpty()) {
      try (BulkRows rows = bulk.unprocessed(job.id())) {
        Refused untouched =
            lasting
                .map(p -> refused(p.code(), p.fields(), false))
                .orElseGet(() -> refused(LoadReport.NOT_PROCESSED, List.of(), true));
        take(rows, open, row -> untouched);
      }
    }
    if (!open.isEmpty()) {
      throw new SalesforceException(
          Kind.PROTOCOL,
          open.size()
              + " rows of a job are in none of its results; read their records before writing again",
          Details.NONE.withAnswerLost(true));
    }
    if (lasting.isPresent()) {
      throw new SalesforceException(
          Kind.CONFIGURATION,
          "a job failed (" + lasting.get().code() + "): " + lasting.get().advice());
    }
    if (job.state() == BulkState.ABORTED) {
      throw new SalesforceException(Kind.UNAVAILABLE, "somebody aborted a job of the load");
    }
  }

  private boolean created(BulkRow row) {
    return row.created() || ingest.operation() == BulkOperation.INSERT;
  }

  private void take(
      BulkRows rows, Map<String, Integer> open, Function<BulkRow, SaveResult> result) {
    while (rows.hasNext()) {
      BulkRow row = rows.next();
      Integer place = row.field(keyColumn).map(open::remove).orElse(null);
      if (place == null) {
        throw new SalesforceException(
            Kind.PROTOCOL,
            "a job's results have a row twice, or one that was not sent; read the records before"
                + " writing again",
            Details.NONE.withAnswerLost(true));
      }
      results[place] = result.apply(row);
    }
  }

  private static SaveResult refused(BulkRow row) {
    RecordError error = row.error();
    return new Refused(
        List.of(error == null ? new RecordError(ErrorBody.UNRECOGNISED, List.of(), false) : error));
  }

  private static Refused refused(String code, List<String> fields, boolean passing) {
    return new Refused(List.of(new RecordError(code, fields, passing)));
  }
}
