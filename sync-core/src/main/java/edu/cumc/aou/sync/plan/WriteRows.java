package edu.cumc.aou.sync.plan;

import edu.cumc.aou.sync.model.Change;
import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.model.RunId;
import edu.cumc.aou.sync.port.ChangePages;
import edu.cumc.aou.sync.port.ChangeTable;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;

/**
 * The rows of a run that stand for writes, for one object and in certain states, in the order of
 * PMI IDs, read page by page. Misses rows that leave these states meanwhile. Not thread-safe;
 * nothing to close.
 */
public final class WriteRows implements Iterator<Change> {

  private static final int PAGE = 500;
  private static final Set<Change.Action> ACTIONS =
      Set.of(
          Change.Action.INSERT,
          Change.Action.ADOPT,
          Change.Action.UPDATE,
          Change.Action.DELETE,
          Change.Action.RESTORE);

  private final Iterator<List<Change>> pages;
  private List<Change> page = List.of();
  private int position;

  private WriteRows(ChangeTable changes, RunId run, CrmObject object, Set<Change.State> states) {
    this.pages = new ChangePages(changes, run, object, ACTIONS, states, PAGE).iterator();
  }

  /** What would be sent. */
  public static WriteRows planned(ChangeTable changes, RunId run, CrmObject object) {
    return new WriteRows(
        changes, run, object, Set.of(Change.State.PLANNED, Change.State.AWAITING_JOURNEY));
  }

  /** What was written to Salesforce. */
  public static WriteRows done(ChangeTable changes, RunId run, CrmObject object) {
    return new WriteRows(changes, run, object, Set.of(Change.State.DONE));
  }

  @Override
  public boolean hasNext() {
    if (position == page.size() && pages.hasNext()) {
      page = pages.next();
      position = 0;
    }
    return position < page.size();
  }

  @Override
  public Change next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return page.get(position++);
  }
}
