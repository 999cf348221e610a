package edu.cumc.aou.lambda;

import edu.cumc.aou.sync.SyncListener;
import edu.cumc.aou.sync.SyncStep;
import edu.cumc.aou.sync.model.RunId;
import edu.cumc.aou.sync.model.RunMode;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes a line a step. */
final class LogListener implements SyncListener {

  private static final Logger LOG = LoggerFactory.getLogger(LogListener.class);

  @Override
  public void runStarted(RunId run, RunMode mode, boolean resumed) {
    LOG.info("run {} ({}) {}", run, mode, resumed ? "goes on" : "begins");
  }

  @Override
  public void stepFinished(SyncStep step, Duration duration, long calls) {
    LOG.info("{}: {} ms, {} calls", step.word(), duration.toMillis(), calls);
  }

  @Override
  public void note(String text) {
    LOG.info("{}", text);
  }
}
