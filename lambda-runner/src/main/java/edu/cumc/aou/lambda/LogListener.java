package edu.cumc.aou.lambda;

import edu.cumc.aou.sync.model.RunId;
import edu.cumc.aou.sync.model.RunMode;
import edu.cumc.aou.sync.model.SyncStep;
import edu.cumc.aou.sync.port.SyncListener;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes one line per step. For one thread. */
final class LogListener implements SyncListener {

  private static final Logger LOG = LoggerFactory.getLogger(LogListener.class);

  private Duration lastWait = Duration.ZERO;

  @Override
  public void runStarted(RunId run, RunMode mode, boolean resumed) {
    LOG.info("run {} ({}) {}", run, mode, resumed ? "goes on" : "begins");
  }

  @Override
  public void stepFinished(SyncStep step, Duration duration, long calls) {
    LOG.info("{}: {} ms, {} calls", step.word(), duration.toMillis(), calls);
  }

  @Override
  public void suspended(RunId run, Duration wait) {
    lastWait = wait;
  }

  /** How long the last suspended run needs before the next invocation; forgets it. */
  Duration takeWait() {
    Duration wait = lastWait;
    lastWait = Duration.ZERO;
    return wait;
  }

  @Override
  public void note(String text) {
    LOG.info("{}", text);
  }
}
