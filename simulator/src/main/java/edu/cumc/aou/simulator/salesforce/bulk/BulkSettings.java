package edu.cumc.aou.simulator.salesforce.bulk;

import java.time.Duration;
import java.util.Objects;

/**
 * How the Bulk API behaves. Times are by the clock of the simulator. Immutable.
 *
 * @param queued how long a job waits from {@code UploadComplete} to {@code InProgress}
 * @param perBatch how long it is in progress for each 10,000 records, done 200 at a time; a query
 *     job counts as one batch
 * @param exactHeaderCase whether an ingest job fails for a header in another case than describe's,
 *     instead of accepting it and leaving its column out of the result files
 * @param noContentWhenEmpty whether a result file without rows gives 204 without a body, instead of
 *     200 with the header
 * @param pageSize the most rows on a page of a query job's results, whatever the client asks for
 * @param dailyBatches how many batches of 10,000 records ingest jobs may have in 24 hours
 * @param dailyQueryJobs how many query jobs there may be in 24 hours
 */
public record BulkSettings(
    Duration queued,
    Duration perBatch,
    boolean exactHeaderCase,
    boolean noContentWhenEmpty,
    int pageSize,
    int dailyBatches,
    int dailyQueryJobs) {
  /** Jobs that are done by the next request, in an org that is lenient about headers. */
  public static final BulkSettings DEFAULT =
      new BulkSettings(Duration.ZERO, Duration.ZERO, false, false, 50_000, 15_000, 10_000);

  /**
   * Checks the times.
   *
   * @throws IllegalArgumentException if a time is negative, or the page has no rows
   */
  public BulkSettings {
    Objects.requireNonNull(queued, "queued is null");
    Objects.requireNonNull(perBatch, "perBatch is null");
    if (queued.isNegative() || perBatch.isNegative()) {
      throw new IllegalArgumentException("queued or perBatch is negative");
    }
    if (pageSize < 1) {
      throw new IllegalArgumentException("pageSize is less than 1");
    }
  }

  /**
   * The same with other times.
   *
   * @param newQueued how long a job waits
   * @param newPerBatch how long it is in progress for each 10,000 records
   * @return the changed settings
   */
  public BulkSettings withTimes(Duration newQueued, Duration newPerBatch) {
    return new BulkSettings(
        newQueued,
        newPerBatch,
        exactHeaderCase,
        noContentWhenEmpty,
        pageSize,
        dailyBatches,
        dailyQueryJobs);
  }

  /**
   * The same with another treatment of headers.
   *
   * @param exact whether the case of headers must be that of describe
   * @return the changed settings
   */
  public BulkSettings withExactHeaderCase(boolean exact) {
    return new BulkSettings(
        queued, perBatch, exact, noContentWhenEmpty, pageSize, dailyBatches, dailyQueryJobs);
  }

  /**
   * The same with another answer for result files without rows.
   *
   * @param noContent whether that is 204
   * @return the changed settings
   */
  public BulkSettings withNoContentWhenEmpty(boolean noContent) {
    return new BulkSettings(
        queued, perBatch, exactHeaderCase, noContent, pageSize, dailyBatches, dailyQueryJobs);
  }

  /**
   * The same with other pages of query results.
   *
   * @param rows the most rows on one of them
   * @return the changed settings
   */
  public BulkSettings withPageSize(int rows) {
    return new BulkSettings(
        queued, perBatch, exactHeaderCase, noContentWhenEmpty, rows, dailyBatches, dailyQueryJobs);
  }

  /**
   * The same with other daily limits.
   *
   * @param batches how many batches of 10,000 records
   * @param queryJobs how many query jobs
   * @return the changed settings
   */
  public BulkSettings withDailyLimits(int batches, int queryJobs) {
    return new BulkSettings(
        queued, perBatch, exactHeaderCase, noContentWhenEmpty, pageSize, batches, queryJobs);
  }

  Duration perChunk() {
    return perBatch.dividedBy(IngestJob.BATCH / IngestJob.CHUNK);
  }
}
