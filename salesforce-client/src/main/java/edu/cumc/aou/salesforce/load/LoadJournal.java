package edu.cumc.aou.salesforce.load;

import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;

/**
 * Is told of a load what a later process must know to go on with it: which rows may be written from
 * now on, by which job, and what became of each. When a method returns, the load counts on the
 * journal having kept it. What a method throws ends the load and comes out of it as it is.
 *
 * <p>A row that was told as under way, and of which no outcome was told, may have been written:
 * {@link Loader#settle} finds out for rows of calls, {@link Loader#takeUp} for those of a job.
 */
public interface LoadJournal {

  /** A call is about to write these rows. */
  void sending(List<LoadRow> rows);

  /** A job takes these rows; it writes nothing before {@link #jobStarting}. */
  void jobOpened(String jobId, List<LoadRow> rows);

  /** A job is about to write. */
  void jobStarting(String jobId);

  /** A job is at work. */
  default void jobProgress(String jobId, long processed) {}

  /**
   * A job has come to its end in Salesforce, and writes nothing more. What became of its rows is
   * still to be told; another job may start before that.
   */
  default void jobEnded(String jobId) {}

  /** A job is over, and every row of it has been told of. */
  void jobOver(String jobId);

  /**
   * A job did not serve: its rows, and perhaps the rest of the load, go by calls.
   *
   * @param code why
   */
  default void jobFailed(String jobId, String code) {}

  /** What became of some rows. The last word on a row counts. */
  void outcomes(List<RowOutcome> outcomes);

  /**
   * A journal for who needs none: hands on what becomes of each row, as it comes. A row that goes
   * again is told of when it is settled.
   */
  static LoadJournal of(Consumer<RowOutcome> listener) {
    return new MemoryJournal(listener);
  }

  /** The keys of rows. */
  static List<String> keys(Collection<LoadRow> rows) {
    return rows.stream().map(LoadRow::key).toList();
  }
}
