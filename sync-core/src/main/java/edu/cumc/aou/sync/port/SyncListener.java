package edu.cumc.aou.sync.port;

import edu.cumc.aou.sync.model.RunId;
import edu.cumc.aou.sync.model.RunMode;
import edu.cumc.aou.sync.model.SyncStep;
import java.time.Duration;

/**
 * Told how a run goes, on the thread of the run. Gets counts, codes and run numbers, never personal
 * data. An exception thrown here stops the run as a kill would.
 */
public interface SyncListener {

  /** Hears nothing. */
  SyncListener NONE = new SyncListener() {};

  /** A run begins, or goes on where it was interrupted. */
  default void runStarted(RunId run, RunMode mode, boolean resumed) {}

  default void stepStarted(SyncStep step) {}

  /**
   * Some of a step is done.
   *
   * @param total -1 when it is not known
   */
  default void progress(SyncStep step, long done, long total) {}

  /** A step is done; {@code calls} requests were sent to Salesforce by it. */
  default void stepFinished(SyncStep step, Duration duration, long calls) {}

  /**
   * A run stopped before its end, and another call goes on with it.
   *
   * @param wait how long Salesforce is likely to need before going on is of use; zero to go on at
   *     once
   */
  default void suspended(RunId run, Duration wait) {}

  /** Something worth a line in the log. */
  default void note(String text) {}
}
