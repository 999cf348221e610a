package edu.cumc.aou.sync.run;

import edu.cumc.aou.sync.model.Change;
import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.model.RunId;
import edu.cumc.aou.sync.port.ChangeTable;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;

/**
 * The rows of a plan that would be sent, in key order, a page at a time. Rows that were settled
 * meanwhile are not seen.
 */
public final class PlanRows implements Iterator<Change> {

  private static final int PAGE = 500;
  private static final Set<Change.Action> ACTIONS =
      Set.of(Change.Action.INSERT, Change.Action.ADOPT, Change.Action.UPDATE);
  private static final Set<Change.State> STATES =
      Set.of(Change.State.PLANNED, Change.State.AWAITING_JOURNEY);

  private final ChangeTable changes;
  private final RunId run;
  private final CrmObject object;
  private List<Change> page = List.of();
  private int position;
  private long after;
  private boolean finished;

  public PlanRows(ChangeTable changes, RunId run, CrmObject object) {
    this.changes = changes;
    this.run = run;
    this.object = object;
  }

  @Override
  public boolean hasNext() {
    if (position < page.size()) {
      return true;
    }
    if (finished) {
      return false;
    }
    page = changes.page(run, object, ACTIONS, STATES, after, PAGE);
    position = 0;
    finished = page.size() < PAGE;
    if (!page.isEmpty()) {
      after = page.get(page.size() - 1).seq();
    }
    return !page.isEmpty();
  }

  @Override
  public Change next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return page.get(position++);
  }
}
