package edu.cumc.aou.salesforce.internal.wire;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Makes something in a thread of its own, because a short program mostly waits for its classes to
 * be loaded. Thread-safe.
 */
public final class Soon<T> implements Supplier<T> {

  private final CompletableFuture<T> made = new CompletableFuture<>();

  /**
   * Begins at once, in a daemon thread of this name.
   *
   * @param afterwards what the thread does with it then; nobody waits for that
   */
  public Soon(String thread, Supplier<T> maker, Consumer<T> afterwards) {
    Thread making =
        new Thread(
            () -> {
              try {
                T value = maker.get();
                boolean unused = made.complete(value);
                afterwards.accept(value);
              } catch (RuntimeException | Error e) {
                // The thread that waits gets the failure.
                boolean unused = made.completeExceptionally(e);
              }
            },
            thread);
    making.setDaemon(true);
    making.start();
  }

  /**
   * Waits until it is made.
   *
   * @throws CompletionException if it could not be made
   */
  @Override
  public T get() {
    return made.join();
  }
}
