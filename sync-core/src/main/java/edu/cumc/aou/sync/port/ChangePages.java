package edu.cumc.aou.sync.port;

import edu.cumc.aou.sync.model.Change;
import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.model.RunId;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;

/**
 * The rows of a run for one object, with certain actions and states, page by page in the order of
 * PMI IDs. Each page is read when it is asked for. Changing the rows of a page, even their states,
 * does not move the next page. An iterator is not thread-safe; nothing to close.
 */
public final class ChangePages implements Iterable<List<Change>> {

  private final ChangeTable changes;
  private final RunId run;
  private final CrmObject object;
  private final Set<Change.Action> actions;
  private final Set<Change.State> states;
  private final int size;

  /** Pages of that size; the last may be smaller, and none is empty. */
  public ChangePages(
      ChangeTable changes,
      RunId run,
      CrmObject object,
      Set<Change.Action> actions,
      Set<Change.State> states,
      int size) {
    this.changes = changes;
    this.run = run;
    this.object = object;
    this.actions = actions;
    this.states = states;
    this.size = size;
  }

  /** Starts at the first row. */
  @Override
  public Iterator<List<Change>> iterator() {
    return new Pages();
  }

  private final class Pages implements Iterator<List<Change>> {

    private List<Change> ahead = List.of();
    private long after;
    private boolean finished;

    @Override
    public boolean hasNext() {
      if (ahead.isEmpty() && !finished) {
        ahead = changes.page(run, object, actions, states, after, size);
        finished = ahead.size() < size;
      }
      return !ahead.isEmpty();
    }

    @Override
    public List<Change> next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      List<Change> page = ahead;
      ahead = List.of();
      after = page.get(page.size() - 1).seq();
      return page;
    }
  }
}
