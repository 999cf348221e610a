package edu.cumc.aou.salesforce.load;

import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;

/**
 * Records during a load what a later process must know to go on with it: which rows may be written
 * from now on, by which job, and the result of each. When a method returns, the load relies on the
 * journal having stored it. An exception from a method ends the load and reaches the caller
 * unchanged.
 *
 * <p>A row that was reported as sent, and has no outcome, may have been written: {@link
 * Loader#settle} finds out for rows of calls, {@link Loader#takeUp} for those of a job.
 */
public interface LoadJournal {

  /** A call is about to write these rows. */
  void sending(List<LoadRow> rows);

  /** A job takes these rows; it writes nothing before {@link #jobStarting}. */
  void jobOpened(String jobId, List<LoadRow> rows);

  /** A job is about to start writing. */
  void jobStarting(String jobId);

  /** A job is in progress. */
  default void jobProgress(String jobId, long processed) {}

  /**
   * A job has ended in Salesforce and writes nothing more. The results of its rows are still to
   * come; another job may start before that.
   */
  default void jobEnded(String jobId) {}

  /** A job is over, and all its rows have their results. */
  void jobOver(String jobId);

  /**
   * A job failed as a whole: its rows, and perhaps the rest of the load, go by calls.
   *
   * @param code why
   */
  default void jobFailed(String jobId, String code) {}

  /** The results of some rows. The last result of a row counts. */
  void outcomes(List<RowOutcome> outcomes);

  /**
   * A journal for callers that need none: passes on the result of each row as it comes. For a row
   * that goes again it waits for the final result.
   */
  static LoadJournal of(Consumer<RowOutcome> listener) {
    return new MemoryJournal(listener);
  }

  /** The keys of rows. */
  static List<String> keys(Collection<LoadRow> rows) {
    return rows.stream().map(LoadRow::key).toList();
  }
}
