package edu.cumc.aou.salesforce.internal.wire;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The body of a long answer while it is read. It has no overall deadline, because its length is
 * unknown, but must keep moving; its reader's time does not count. Closing it early drops the
 * connection, because the rest of a large file is not worth downloading. Not thread-safe.
 */
final class PacedStream extends FilterInputStream {

  /** This much must arrive within the time of a whole short answer. */
  private static final long WINDOW_BYTES = 64 * 1024;

  private final Duration limit;
  private final ScheduledExecutorService timer;
  private final Runnable drop;
  private final AtomicBoolean late = new AtomicBoolean();
  private long windowBytes;
  private long windowNanos;
  private boolean ended;

  PacedStream(InputStream in, Duration limit, ScheduledExecutorService timer, Runnable drop) {
    super(in);
    this.limit = limit;
    this.timer = timer;
    this.drop = drop;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    long began = System.nanoTime();
    ScheduledFuture<?> end =
        timer.schedule(
            () -> {
              late.set(true);
              drop.run();
            },
            limit.toNanos() - windowNanos,
            TimeUnit.NANOSECONDS);
    int n;
    try {
      n = super.read(buffer, offset, length);
    } catch (IOException | RuntimeException e) {
      if (late.get()) {
        throw new AnswerDeadline.ExceededException();
      }
      throw e;
    } finally {
      end.cancel(false);
    }
    windowNanos += System.nanoTime() - began;
    windowBytes += Math.max(n, 0);
    if (windowBytes >= WINDOW_BYTES) {
      windowBytes = 0;
      windowNanos = 0;
    }
    ended = n < 0;
    return n;
  }

  @Override
  public long skip(long n) throws IOException {
    return n <= 0 ? 0 : Math.max(0, read(new byte[(int) Math.min(n, 8192)]));
  }

  @Override
  public void close() throws IOException {
    if (!ended) {
      ended = true;
      drop.run();
    }
    super.close();
  }
}
