package edu.cumc.aou.salesforce.bulk;

import java.time.Duration;
import java.util.function.Consumer;

/**
 * How {@link edu.cumc.aou.salesforce.Salesforce#load} goes about it.
 *
 * @param bulkFrom so many records and more go by Bulk jobs, fewer by Collections calls
 * @param rowsPerJob the most rows in one job
 * @param jobTimeout how long to wait for one job
 * @param lockPasses how often records that met a lock are written again, in smaller and smaller
 *     calls; 0 to 3
 * @param onJob is given each job before its rows are uploaded, so that its id can be kept
 */
public record LoadSettings(
    int bulkFrom, int rowsPerJob, Duration jobTimeout, int lockPasses, Consumer<BulkJob> onJob) {

  /** Bulk above 2,000 records, 10,000 rows a job, two hours, three passes. */
  public static final LoadSettings DEFAULT =
      new LoadSettings(2_001, 10_000, Duration.ofHours(2), 3, job -> {});

  public LoadSettings {
    if (bulkFrom < 0 || rowsPerJob < 1 || jobTimeout.isNegative()) {
      throw new IllegalArgumentException(
          "bulkFrom and jobTimeout must not be negative, rowsPerJob at least 1");
    }
    if (lockPasses < 0 || lockPasses > 3) {
      throw new IllegalArgumentException("lockPasses must be from 0 to 3");
    }
  }

  /** The same with another number from which on records go by Bulk jobs. */
  public LoadSettings withBulkFrom(int records) {
    return new LoadSettings(records, rowsPerJob, jobTimeout, lockPasses, onJob);
  }

  /** The same with another size of jobs. */
  public LoadSettings withRowsPerJob(int rows) {
    return new LoadSettings(bulkFrom, rows, jobTimeout, lockPasses, onJob);
  }

  /** The same with another listener to jobs. */
  public LoadSettings withOnJob(Consumer<BulkJob> listener) {
    return new LoadSettings(bulkFrom, rowsPerJob, jobTimeout, lockPasses, listener);
  }
}
