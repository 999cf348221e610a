package edu.cumc.aou.runtime;

import edu.cumc.aou.sync.model.FailureKind;
import edu.cumc.aou.sync.model.SyncException;
import edu.cumc.aou.sync.port.Pause;
import java.time.Duration;

/** Waits on the real clock. Thread-safe. */
public final class WallPause implements Pause {

  @Override
  public void forDuration(Duration duration) {
    try {
      Thread.sleep(duration.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SyncException(
          FailureKind.UNAVAILABLE,
          "interrupted while waiting; the next run goes on with what is left");
    }
  }
}
