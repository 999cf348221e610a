package edu.cumc.aou.salesforce.load;

import java.time.Duration;

/**
 * How a load writes its rows.
 *
 * @param bulkFrom this many rows and more go by Bulk jobs, fewer by Collections calls
 * @param rowsPerJob the most rows in one job
 * @param jobTimeout how long to wait for one job
 * @param lockPasses how often rows that met a lock are written again, in smaller and smaller calls;
 *     0 to 3
 */
public record LoadSettings(int bulkFrom, int rowsPerJob, Duration jobTimeout, int lockPasses) {

  /** Bulk above 2,000 rows, 10,000 rows a job, two hours, three passes. */
  public static final LoadSettings DEFAULT =
      new LoadSettings(2_001, 10_000, Duration.ofHours(2), 3);

  public LoadSettings {
    if (bulkFrom < 0 || rowsPerJob < 1 || jobTimeout.isNegative()) {
      throw new IllegalArgumentException(
          "bulkFrom and jobTimeout must not be negative, rowsPerJob at least 1");
    }
    if (lockPasses < 0 || lockPasses > 3) {
      throw new IllegalArgumentException("lockPasses must be from 0 to 3");
    }
  }

  /** The same with another threshold for Bulk jobs. */
  public LoadSettings withBulkFrom(int rows) {
    return new LoadSettings(rows, rowsPerJob, jobTimeout, lockPasses);
  }

  /** The same with another size of jobs. */
  public LoadSettings withRowsPerJob(int rows) {
    return new LoadSettings(bulkFrom, rows, jobTimeout, lockPasses);
  }

  /** The same with another wait for one job. */
  public LoadSettings withJobTimeout(Duration timeout) {
    return new LoadSettings(bulkFrom, rowsPerJob, timeout, lockPasses);
  }

  /** The same with another number of passes over rows that met a lock. */
  public LoadSettings withLockPasses(int passes) {
    return new LoadSettings(bulkFrom, rowsPerJob, jobTimeout, passes);
  }
}
