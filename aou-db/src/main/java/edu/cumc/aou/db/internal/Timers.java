package edu.cumc.aou.db.internal;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Runs the watchdog's tasks, on threads that end when there is nothing to watch for a while. */
final class Timers implements Watchdog.Timer, AutoCloseable {

  /** Cancelling may hang on a dead connection; then another thread drops the connection. */
  private static final int THREADS = 4;

  private final ScheduledThreadPoolExecutor executor;

  Timers() {
    executor =
        new ScheduledThreadPoolExecutor(
            THREADS,
            task -> {
              Thread thread = new Thread(task, "aou-db-watchdog");
              thread.setDaemon(true);
              return thread;
            });
    executor.setRemoveOnCancelPolicy(true);
    executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    executor.setKeepAliveTime(10, TimeUnit.SECONDS);
    executor.allowCoreThreadTimeOut(true);
  }

  @Override
  public Watchdog.Watch after(Duration delay, Runnable task) {
    Future<?> scheduled = executor.schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS);
    return () -> {
      boolean unused = scheduled.cancel(false);
    };
  }

  /**
   * Begins no further task, and lets those end that are at work: a thread that is interrupted while
   * it writes to an H2 file closes the file for everybody in this process.
   */
  @Override
  public void close() {
    executor.shutdown();
  }
}
