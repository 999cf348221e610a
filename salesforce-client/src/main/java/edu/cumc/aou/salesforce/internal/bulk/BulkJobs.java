package edu.cumc.aou.salesforce.internal.bulk;

import edu.cumc.aou.salesforce.ObjectDescription;
import edu.cumc.aou.salesforce.RecordCursor;
import edu.cumc.aou.salesforce.SalesforceException;
import edu.cumc.aou.salesforce.SalesforceException.Details;
import edu.cumc.aou.salesforce.SalesforceException.Kind;
import edu.cumc.aou.salesforce.bulk.Bulk;
import edu.cumc.aou.salesforce.bulk.BulkFile;
import edu.cumc.aou.salesforce.bulk.BulkIngest;
import edu.cumc.aou.salesforce.bulk.BulkJob;
import edu.cumc.aou.salesforce.bulk.BulkQuery;
import edu.cumc.aou.salesforce.bulk.BulkRows;
import edu.cumc.aou.salesforce.bulk.BulkState;
import edu.cumc.aou.salesforce.bulk.BulkUpload;
import edu.cumc.aou.salesforce.internal.login.Calls;
import edu.cumc.aou.salesforce.internal.repeat.FailureDecoder;
import edu.cumc.aou.salesforce.internal.repeat.Safety;
import java.time.Clock;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** {@link Bulk} over REST. Thread-safe. */
public final class BulkJobs implements Bulk {

  private final Calls calls;
  private final Supplier<BulkApi> api;
  private final CsvUpload uploads;
  private final FailureDecoder failures;

  private record Sizer(BulkIngest ingest, CsvRowWriter writer) {}

  private volatile @Nullable Sizer sizer;

  private final BulkColumns columns;
  private final JobWatch watch;
  private final BulkQueries queries;

  public BulkJobs(
      Calls calls,
      Supplier<BulkApi> api,
      CsvUpload uploads,
      FailureDecoder failures,
      Function<String, ObjectDescription> describe,
      Clock clock,
      Duration queryTimeout) {
    this.calls = calls;
    this.api = api;
    this.uploads = uploads;
    this.failures = failures;
    columns = new BulkColumns(describe);
    watch = new JobWatch(calls, api, clock);
    queries = new BulkQueries(calls, api, failures, watch, describe, queryTimeout);
  }

  @Override
  public BulkJob create(BulkIngest ingest) {
    BulkIngest resolved = columns.resolved(ingest);
    Map<String, String> request = new LinkedHashMap<>();
    request.put("object", resolved.object());
    request.put("operation", resolved.operation().wireName());
    String key = resolved.externalIdField();
    if (key != null) {
      request.put("externalIdFieldName", key);
    }
    request.put("contentType", "CSV");
    request.put("lineEnding", "LF");
    request.put("columnDelimiter", "COMMA");
    return JobWatch.read(
        calls.bulk(
            "make a job for " + resolved.object(),
            Safety.REPEATABLE,
            () -> api.get().create(calls.version(), JobWatch.INGEST, request)));
  }

  @Override
  public BulkFile write(BulkIngest ingest, Iterator<? extends Map<String, @Nullable Object>> rows) {
    return new CsvRowWriter(ingest).write(rows);
  }

  @Override
  public BulkUpload upload(String jobId, BulkFile file) {
    if (!(file instanceof CsvRowWriter.Written written)) {
      throw new IllegalArgumentException("the file is from another client's write()");
    }
    String path =
        "/services/data/v" + calls.version() + "/jobs/ingest/" + Calls.id(jobId) + "/batches";
    byte[] header = CsvRowWriter.header(columns.resolved(file.ingest()));
    try {
      calls.bulk(
          "upload rows for " + file.ingest().object(),
          // A second upload spoils the job.
          Safety.ONCE,
          () -> {
            uploads.put(path, header, written.body());
            return true;
          });
    } catch (SalesforceException e) {
      throw e.answerLost() ? uploadLost(e) : e;
    }
    return new BulkUpload(file.rows(), file.bytes());
  }

  private static SalesforceException uploadLost(SalesforceException e) {
    Details details =
        new Details(
            e.status().orElse(0),
            e.errorCode(),
            e.fields(),
            e.requestId().orElse(null),
            e.retryAfter().orElse(null),
            true);
    return new SalesforceException(
        e.kind(),
        "nobody knows whether the rows of the job arrived, and none is written yet: abort the job"
            + " and begin another ("
            + e.getMessage()
            + ")",
        details);
  }

  @Override
  public int size(BulkIngest ingest, Map<String, @Nullable Object> row) {
    Sizer known = sizer;
    // Not the records: the first comparison of two records takes Java 30 ms.
    if (known == null || !known.ingest.columns().equals(ingest.columns())) {
      // A caller that cuts many rows into jobs asks for each of them.
      known = new Sizer(ingest, new CsvRowWriter(ingest));
      sizer = known;
    }
    return known.writer.size(row);
  }

  @Override
  public BulkJob complete(String jobId) {
    try {
      return change(jobId, BulkState.UPLOAD_COMPLETE);
    } catch (SalesforceException e) {
      if (e.status().orElse(0) != 400 && !e.answerLost()) {
        throw e;
      }
      // A call with a lost answer may have worked.
      BulkJob job;
      try {
        job = job(jobId);
      } catch (SalesforceException unanswered) {
        throw e;
      }
      if (job.state() == BulkState.OPEN || job.state() == BulkState.ABORTED) {
        throw e;
      }
      return job;
    }
  }

  @Override
  public BulkJob job(String jobId) {
    return watch.look(JobWatch.INGEST, jobId);
  }

  @Override
  public BulkJob await(String jobId, Duration atMost) {
    return watch.await(JobWatch.INGEST, jobId, atMost);
  }

  @Override
  public BulkJob abort(String jobId) {
    try {
      return change(jobId, BulkState.ABORTED);
    } catch (SalesforceException e) {
      if (e.status().orElse(0) != 400) {
        throw e;
      }
      BulkJob job = job(jobId);
      if (!job.state().isFinal()) {
        throw e;
      }
      return job;
    }
  }

  private BulkJob change(String jobId, BulkState state) {
    return watch.change(JobWatch.INGEST, jobId, state);
  }

  @Override
  public void delete(String jobId) {
    watch.delete(JobWatch.INGEST, jobId);
  }

  @Override
  public BulkRows successful(String jobId) {
    return rows(jobId, "successfulResults", BulkJob::succeeded);
  }

  @Override
  public BulkRows failed(String jobId) {
    return rows(jobId, "failedResults", BulkJob::failed);
  }

  @Override
  public BulkRows unprocessed(String jobId) {
    return rows(jobId, "unprocessedrecords", job -> BulkResultRows.ANY);
  }

  private BulkRows rows(String jobId, String file, Function<BulkJob, Long> expected) {
    BulkJob job = watch.last(jobId);
    if (!job.state().isFinal()) {
      throw new IllegalStateException("the job is not over; await it first");
    }
    String operation = file + " of a job";
    long counted = expected.apply(job);
    CsvRows rows =
        new CsvRows(
            calls.gateway(),
            operation,
            () ->
                calls.bulk(
                    operation,
                    Safety.READ,
                    () ->
                        CsvAnswer.open(
                            api.get().rows(calls.version(), Calls.id(jobId), file), failures)),
            counted <= 0);
    return new BulkResultRows(rows, () -> expected.apply(job(jobId)), counted);
  }

  @Override
  public RecordCursor query(String soql) {
    return queries.whole(soql, false);
  }

  @Override
  public RecordCursor queryAll(String soql) {
    return queries.whole(soql, true);
  }

  @Override
  public BulkQuery start(String soql, boolean withDeleted) {
    return queries.start(soql, withDeleted);
  }

  @Override
  public BulkQuery resume(String jobId, String locator) {
    return queries.resume(jobId, locator);
  }

  static SalesforceException wrongCount(long expected, long given) {
    return new SalesforceException(
        Kind.PROTOCOL,
        "the job has counted "
            + expected
            + " rows and the file has "
            + given
            + "; read it again, and if it stays so ask Salesforce's support");
  }
}
