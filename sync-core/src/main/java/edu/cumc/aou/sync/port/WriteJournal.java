package edu.cumc.aou.sync.port;

import edu.cumc.aou.sync.model.JobId;
import java.time.Duration;
import java.util.List;

/**
 * Is told of a write what the next process must know to go on with it, and gives leave to go on.
 * When a method returns, what it was told is kept; what it throws ends the write and comes out of
 * it as it is.
 */
public interface WriteJournal extends WaitPermit {

  /** A call is about to write these rows. */
  void sending(List<String> keys);

  /** A job takes these rows; it writes nothing before {@link #jobStarting}. */
  void jobOpened(JobId job, List<String> keys);

  /** A job is about to write. */
  void jobStarting(JobId job);

  /** A job has tried so many of its rows. */
  void jobProgress(JobId job, long processed);

  /** A job is over, and every row of it has been told of. */
  void jobOver(JobId job);

  /**
   * A job has come to its end in Salesforce, and writes nothing more. What became of its rows is
   * still to be told; another job may start before that.
   */
  default void jobEnded(JobId job) {}

  /**
   * A job did not serve; its rows go another way.
   *
   * @param code why
   */
  void jobFailed(JobId job, String code);

  /** What became of some rows. The last word on a row counts. */
  void outcomes(List<RowResult> outcomes);

  /** Asked before every request that writes: may the write go on? */
  void toWrite();

  /**
   * Asked before each wait for a job that has begun: shall it be sat out? If not, the job goes on
   * in Salesforce, and its id tells the rest later.
   */
  void toWaitFor(Duration wait);
}
