package edu.cumc.aou.salesforce.internal.bulk;

import edu.cumc.aou.salesforce.ObjectDescription;
import edu.cumc.aou.salesforce.RecordCursor;
import edu.cumc.aou.salesforce.SalesforceException;
import edu.cumc.aou.salesforce.SalesforceException.Kind;
import edu.cumc.aou.salesforce.bulk.BulkJob;
import edu.cumc.aou.salesforce.bulk.BulkOperation;
import edu.cumc.aou.salesforce.bulk.BulkQuery;
import edu.cumc.aou.salesforce.bulk.BulkState;
import edu.cumc.aou.salesforce.internal.login.Calls;
import edu.cumc.aou.salesforce.internal.repeat.FailureDecoder;
import edu.cumc.aou.salesforce.internal.repeat.Safety;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/** Query jobs. Thread-safe; the cursors are not. */
final class BulkQueries {

  /** Records in a page: after a crash a page is read again in seconds, and each costs one call. */
  private static final int PAGE = 50_000;

  private final Calls calls;
  private final Supplier<BulkApi> api;
  private final FailureDecoder failures;
  private final JobWatch watch;
  private final Function<String, ObjectDescription> describe;
  private final Duration timeout;

  BulkQueries(
      Calls calls,
      Supplier<BulkApi> api,
      FailureDecoder failures,
      JobWatch watch,
      Function<String, ObjectDescription> describe,
      Duration timeout) {
    this.calls = calls;
    this.api = api;
    this.failures = failures;
    this.watch = watch;
    this.describe = describe;
    this.timeout = timeout;
  }

  RecordCursor whole(String soql, boolean withDeleted) {
    BulkQueryRows rows = begin(soql, withDeleted, true);
    try {
      // A query that fails does so at once, as with REST.
      rows.totalSize();
      return rows;
    } catch (RuntimeException e) {
      rows.discardAfter(e);
      throw e;
    }
  }

  BulkQuery start(String soql, boolean withDeleted) {
    return begin(soql, withDeleted, false);
  }

  private BulkQueryRows begin(String soql, boolean withDeleted, boolean ownJob) {
    SoqlText text =
        SoqlText.read(soql)
            .filter(SoqlText::plain)
            .orElseThrow(
                () ->
                    new SalesforceException(
                        Kind.CONFIGURATION,
                        "a job cannot run this query: it is no query, or selects more than fields"
                            + " of an object and its parents; use query() without Bulk"));
    BulkOperation operation = withDeleted ? BulkOperation.QUERY_ALL : BulkOperation.QUERY;
    Map<String, String> request = new LinkedHashMap<>();
    request.put("operation", operation.wireName());
    request.put("query", soql);
    request.put("contentType", "CSV");
    request.put("lineEnding", "LF");
    request.put("columnDelimiter", "COMMA");
    BulkJob job =
        JobWatch.read(
            calls.bulk(
                "make a query job for " + text.object(),
                // A second job costs the org some work and changes nothing.
                Safety.READ,
                () -> api.get().create(calls.version(), JobWatch.QUERY, request)));
    return new BulkQueryRows(this, job.id(), text.object(), "", ownJob);
  }

  BulkQuery resume(String jobId, String locator) {
    return new BulkQueryRows(this, Calls.id(jobId), "", locator, false);
  }

  /**
   * Waits for a job and returns it once it is complete.
   *
   * @param isNew whether it was just made
   */
  BulkJob finished(String jobId, boolean isNew) {
    BulkJob job =
        isNew
            ? watch.awaitNew(JobWatch.QUERY, jobId, timeout)
            : watch.await(JobWatch.QUERY, jobId, timeout);
    if (job.state() == BulkState.JOB_COMPLETE) {
      return job;
    }
    if (!job.state().isFinal()) {
      throw new SalesforceException(
          Kind.UNAVAILABLE,
          "the query job was not over within "
              + timeout.toMinutes()
              + " minutes; it goes on in Salesforce: resume it later, or narrow the query");
    }
    throw new SalesforceException(
        job.state() == BulkState.FAILED ? Kind.CONFIGURATION : Kind.UNAVAILABLE,
        job.problem()
            .map(p -> "the query job failed (" + p.code() + "): " + p.advice())
            .orElse("the query job was aborted; run the query again"));
  }

  CsvRows page(String jobId, String locator, boolean mayBeEmpty) {
    String operation = "page of a query job";
    return new CsvRows(
        calls.gateway(),
        operation,
        () ->
            calls.bulk(
                operation,
                Safety.READ,
                () ->
                    CsvAnswer.open(
                        api.get()
                            .page(calls.version(), jobId, PAGE, locator.isEmpty() ? null : locator),
                        failures)),
        mayBeEmpty);
  }

  BulkCells cells(String object, List<String> header) {
    return new BulkCells(object, header, describe);
  }

  void delete(String jobId) {
    watch.delete(JobWatch.QUERY, jobId);
  }
}
