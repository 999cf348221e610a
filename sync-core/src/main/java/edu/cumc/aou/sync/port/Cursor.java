package edu.cumc.aou.sync.port;

import java.util.Iterator;

/**
 * A stream that gives one element at a time and never holds all of them. The caller that opened it
 * closes it. Not thread-safe.
 *
 * <p>{@code next} and {@code hasNext} throw {@link edu.cumc.aou.sync.model.SyncException} when the
 * other side fails midway.
 */
public interface Cursor<T> extends Iterator<T>, AutoCloseable {

  /** Releases what the cursor holds open; may be called twice; throws nothing checked. */
  @Override
  void close();

  /** A cursor over what an iterator gives, with nothing to close. */
  static <T> Cursor<T> of(Iterator<? extends T> iterator) {
    return of(iterator, () -> {});
  }

  /** A cursor over what an iterator gives. */
  static <T> Cursor<T> of(Iterator<? extends T> iterator, Runnable onClose) {
    return new Cursor<>() {
      @Override
      public boolean hasNext() {
        return iterator.hasNext();
      }

      @Override
      public T next() {
        return iterator.next();
      }

      @Override
      public void close() {
        onClose.run();
      }
    };
  }
}
