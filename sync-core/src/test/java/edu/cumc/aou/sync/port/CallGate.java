package edu.cumc.aou.sync.port;

import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Every counted call of a fake goes through here: one at a time, counted, and the place where a
 * test lets the program die. Thread-safe.
 */
final class CallGate {

  private long calls;
  private long failAt = -1;
  private boolean afterwards;
  private @Nullable Supplier<? extends Throwable> failure;
  private @Nullable Runnable proof;

  synchronized long count() {
    return calls;
  }

  synchronized void failAt(
      long nth, boolean afterIsApplied, Supplier<? extends Throwable> throwable) {
    failAt = calls + nth;
    afterwards = afterIsApplied;
    failure = throwable;
  }

  synchronized void counted(Runnable call) {
    counted(
        () -> {
          call.run();
          return null;
        });
  }

  /** Makes a call. Its counted part happens only if the proof does not throw. */
  synchronized <T> T proving(Runnable before, Supplier<T> call) {
    @Nullable Runnable outer = proof;
    proof = before;
    try {
      return call.get();
    } finally {
      proof = outer;
    }
  }

  synchronized <T> T counted(Supplier<T> call) {
    calls++;
    if (calls != failAt) {
      prove();
      return call.get();
    }
    if (afterwards) {
      prove();
      call.get();
    }
    // fails once: afterwards the store works again
    failAt = -1;
    throw CallGate.<RuntimeException>unchecked(Objects.requireNonNull(failure).get());
  }

  private void prove() {
    if (proof != null) {
      proof.run();
    }
  }

  synchronized <T> T uncounted(Supplier<T> query) {
    return query.get();
  }

  @SuppressWarnings("unchecked")
  private static <E extends Throwable> E unchecked(Throwable throwable) throws E {
    throw (E) throwable;
  }
}
