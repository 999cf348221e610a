package edu.cumc.aou.sync.plan;

import edu.cumc.aou.sync.model.PmiId;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A stream in the order of PMI IDs that shows its next element. Not thread-safe; the opener of the
 * stream closes it.
 */
public final class ReadAhead<T> {

  private final Iterator<T> stream;
  private @Nullable T head;

  public ReadAhead(Iterator<T> stream) {
    this.stream = stream;
  }

  /** The next element; null when there is none. */
  public @Nullable T peek() {
    if (head == null && stream.hasNext()) {
      head = stream.next();
    }
    return head;
  }

  /** Takes the next element; there must be one. */
  public T take() {
    T taken = peek();
    if (taken == null) {
      throw new NoSuchElementException();
    }
    head = null;
    return taken;
  }

  /**
   * Skips all elements before a participant, and takes the participant's own element.
   *
   * @param passed told of each skipped element
   */
  public Optional<T> advanceTo(PmiId key, Function<T, PmiId> keyOf, Consumer<T> passed) {
    for (T next = peek(); next != null; next = peek()) {
      int order = keyOf.apply(next).compareTo(key);
      if (order > 0) {
        return Optional.empty();
      }
      take();
      if (order == 0) {
        return Optional.of(next);
      }
      passed.accept(next);
    }
    return Optional.empty();
  }
}
