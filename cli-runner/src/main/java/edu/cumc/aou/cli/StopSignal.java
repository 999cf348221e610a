package edu.cumc.aou.cli;

import edu.cumc.aou.sync.DailySync;
import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Ctrl-C, and what a scheduler sends to end a program: the run under way is asked to come to an
 * end, and waited for. Whoever cannot wait kills the process, which a run survives too, but then
 * the next one waits for its lease. Thread-safe.
 */
final class StopSignal {

  /** A call to Salesforce is waited for 150 seconds unless the settings say otherwise. */
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final PrintStream err;
  private volatile @Nullable IntConsumer underWay;
  private volatile int exitCode = DailySync.STOPPED;
  private final CountDownLatch ended = new CountDownLatch(1);

  StopSignal(PrintStream err) {
    this.err = err;
  }

  /** Hears the signals to this process; it ends with 128 and the number of the signal, as usual. */
  static StopSignal ofProcess(PrintStream err) {
    StopSignal signal = new StopSignal(err);
    Signals.listen(code -> signal.exitCode = code);
    Runtime.getRuntime().addShutdownHook(new Thread(signal::stopAndWait, "stop"));
    return signal;
  }

  /**
   * From now on something is under way that can be asked to stop; it hears the exit code with which
   * this process will end.
   */
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

  /** Asks what is under way to stop; says whether there is anything. */
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
