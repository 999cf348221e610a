package edu.cumc.aou.salesforce.load;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;

/** Rows that were pulled too early can be put back here. */
final class PutBackRows implements Iterator<LoadRow> {

  private final Deque<LoadRow> pulled;
  private final Iterator<LoadRow> rest;

  PutBackRows(Collection<LoadRow> pulled, Iterator<LoadRow> rest) {
    this.pulled = new ArrayDeque<>(pulled);
    this.rest = rest;
  }

  void putBack(LoadRow row) {
    pulled.addFirst(row);
  }

  @Override
  public boolean hasNext() {
    return !pulled.isEmpty() || rest.hasNext();
  }

  @Override
  public LoadRow next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return pulled.isEmpty() ? rest.next() : pulled.removeFirst();
  }
}
