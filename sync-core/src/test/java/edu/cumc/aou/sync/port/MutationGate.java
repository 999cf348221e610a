package edu.cumc.aou.sync.port;

import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Every change of an in-memory store goes through here: one at a time, counted, and the place where
 * a test lets the program die. Thread-safe.
 */
final class MutationGate {

  private long mutations;
  private long failAt = -1;
  private boolean afterwards;
  private @Nullable Supplier<? extends Throwable> failure;

  synchronized long mutations() {
    return mutations;
  }

  synchronized void failAt(
      long nth, boolean afterIsApplied, Supplier<? extends Throwable> throwable) {
    failAt = mutations + nth;
    afterwards = afterIsApplied;
    failure = throwable;
  }

  synchronized void change(Runnable mutation) {
    change(
        () -> {
          mutation.run();
          return null;
        });
  }

  synchronized <T> T change(Supplier<T> mutation) {
    mutations++;
    if (mutations != failAt) {
      return mutation.get();
    }
    if (afterwards) {
      mutation.get();
    }
    // runs once: whoever takes up the store afterwards finds it working
    failAt = -1;
    throw MutationGate.<RuntimeException>unchecked(Objects.requireNonNull(failure).get());
  }

  synchronized <T> T read(Supplier<T> query) {
    return query.get();
  }

  @SuppressWarnings("unchecked")
  private static <E extends Throwable> E unchecked(Throwable throwable) throws E {
    throw (E) throwable;
  }
}
