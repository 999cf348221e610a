package edu.cumc.aou.sync.port;

import edu.cumc.aou.sync.model.RunId;
import edu.cumc.aou.sync.model.RunMode;
import edu.cumc.aou.sync.model.SyncStep;
import java.time.Duration;

/**
 * Follows a run, on the run's own thread. Receives counts, codes and run numbers, never personal
 * data. An exception thrown here stops the run as a kill would.
 */
public interface SyncListener {

  /** Ignores everything. */
  SyncListener NONE = new SyncListener() {};

  /** A run starts or resumes. */
  default void runStarted(RunId run, RunMode mode, boolean resumed) {}

  default void stepStarted(SyncStep step) {}

  /**
   * Part of a step is done.
   *
   * @param total -1 if unknown
   */
  default void progress(SyncStep step, long done, long total) {}

  /** A step is done; it sent {@code calls} requests to Salesforce. */
  default void stepFinished(SyncStep step, Duration duration, long calls) {}

  /**
   * A run stopped before its end, and the next call resumes it.
   *
   * @param wait how long Salesforce is likely to need before resuming helps; zero to resume at once
   */
  default void suspended(RunId run, Duration wait) {}

  /** Something worth a line in the log. */
  default void note(String text) {}
}
