package edu.cumc.aou.db.store;

import edu.cumc.aou.sync.port.Cursor;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A cursor that asks for a page after the last element it gave. It holds no connection between
 * pages, so it keeps no lock, and others may write to the table meanwhile.
 */
final class PagedCursor<T> implements Cursor<T> {

  private final Function<@Nullable T, List<T>> pages;
  private Iterator<T> page = List.<T>of().iterator();
  private @Nullable T last;
  private boolean finished;

  /**
   * {@code pages} gives the elements after one, or the first ones for null; none if there are no
   * more.
   */
  PagedCursor(Function<@Nullable T, List<T>> pages) {
    this.pages = pages;
  }

  @Override
  public boolean hasNext() {
    if (!page.hasNext() && !finished) {
      List<T> next = pages.apply(last);
      finished = next.isEmpty();
      page = next.iterator();
    }
    return page.hasNext();
  }

  @Override
  public T next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    T element = page.next();
    last = element;
    return element;
  }

  @Override
  public void close() {
    finished = true;
    page = List.<T>of().iterator();
  }
}
