package edu.cumc.aou.cli;

import edu.cumc.aou.sync.DailySync;
import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Handles Ctrl-C, and the signal by which a scheduler ends a program: it asks the current run to
 * stop, and waits for it. A run survives a kill too, but then the next run must wait for its lease.
 * Thread-safe.
 */
final class StopSignal {

  /** A call to Salesforce may take 150 seconds unless the settings say otherwise. */
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final PrintStream err;
  private volatile @Nullable IntConsumer underWay;
  private volatile int exitCode = DailySync.STOPPED;
  private final CountDownLatch ended = new CountDownLatch(1);

  StopSignal(PrintStream err) {
    this.err = err;
  }

  /** Listens to the signals of this process, which then ends with 128 plus the signal's number. */
  static StopSignal ofProcess(PrintStream err) {
    StopSignal signal = new StopSignal(err);
    Signals.listen(code -> signal.exitCode = code);
    Runtime.getRuntime().addShutdownHook(new Thread(signal::stopAndWait, "stop"));
    return signal;
  }

  /** Sets what to ask from now on; it learns the exit code of this process. */
  void asks(IntConsumer stop) {
    underWay = stop;
  }

  /** Nothing is left to wait for. */
  void commandEnded() {
    underWay = null;
    ended.countDown();
  }

  private void stopAndWait() {
    if (!stop()) {
      return;
    }
    try {
      if (!ended.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        err.println("aou-sync: gave up waiting; the next sync finds out what became of it");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Asks the current work to stop; returns whether there is any. */
  boolean stop() {
    IntConsumer stop = underWay;
    if (stop == null) {
      return false;
    }
    err.println("aou-sync: stopping after the call under way ...");
    err.flush();
    stop.accept(exitCode);
    return true;
  }
}
