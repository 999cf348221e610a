package edu.cumc.aou.runtime;

import com.google.inject.spi.ProvisionListener;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** Remembers what Guice made and closes it in reverse order, because Guice closes nothing. */
final class Closer implements ProvisionListener, AutoCloseable {

  private final Deque<AutoCloseable> open = new ArrayDeque<>();

  @Override
  public <T> void onProvision(ProvisionInvocation<T> provision) {
    // An object that is made for another one is noted before it.
    if (provision.provision() instanceof AutoCloseable closeable && isNew(closeable)) {
      open.push(closeable);
    }
  }

  private boolean isNew(AutoCloseable closeable) {
    return open.stream().noneMatch(c -> c == closeable);
  }

  /** Closes everything, even if closing some of it fails; may be called twice. */
  @Override
  public void close() {
    @Nullable RuntimeException failure = null;
    while (!open.isEmpty()) {
      try {
        open.pop().close();
      } catch (RuntimeException e) {
        failure = added(failure, e);
      } catch (Exception e) {
        failure = added(failure, new IllegalStateException("closing failed", e));
      }
    }
    if (failure != null) {
      throw failure;
    }
  }

  private static RuntimeException added(@Nullable RuntimeException first, RuntimeException next) {
    if (first == null) {
      return next;
    }
    first.addSuppressed(next);
    return first;
  }
}
