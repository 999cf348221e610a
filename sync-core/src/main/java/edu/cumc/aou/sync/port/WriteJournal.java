package edu.cumc.aou.sync.port;

import edu.cumc.aou.sync.model.JobId;
import java.time.Duration;
import java.util.List;

/**
 * Records during a write what the next process must know to go on with it, and permits the write to
 * go on. When a method returns, what it was told is stored. An exception from it ends the write and
 * reaches the caller unchanged.
 */
public interface WriteJournal extends WaitPermit {

  /** A call is about to write these rows. */
  void sending(List<String> keys);

  /** A job takes these rows; it writes nothing before {@link #jobStarting}. */
  void jobOpened(JobId job, List<String> keys);

  /** A job is about to start writing. */
  void jobStarting(JobId job);

  /** A job has tried this many of its rows. */
  void jobProgress(JobId job, long processed);

  /** A job is over, and the results of all its rows are reported. */
  void jobOver(JobId job);

  /**
   * A job has ended in Salesforce and writes nothing more. The results of its rows are still to
   * come; another job may start before that.
   */
  default void jobEnded(JobId job) {}

  /**
   * A job failed as a whole; its rows take another way.
   *
   * @param code why
   */
  void jobFailed(JobId job, String code);

  /** The results of some rows. The last result of a row counts. */
  void outcomes(List<RowResult> outcomes);

  /** Asked before every writing request whether the write may go on. */
  void toWrite();

  /**
   * Asked before each wait for a job that has started. An exception ends the waiting; the job goes
   * on in Salesforce, and its id gives the results later.
   */
  void toWaitFor(Duration wait);
}
