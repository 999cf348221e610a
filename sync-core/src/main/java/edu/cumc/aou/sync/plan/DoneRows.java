package edu.cumc.aou.sync.plan;

import edu.cumc.aou.sync.model.Change;
import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.model.RunId;
import edu.cumc.aou.sync.port.ChangeTable;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;

/**
 * The rows of one object that a run has written to Salesforce, in the order of PMI IDs, a page at a
 * time.
 */
public final class DoneRows implements Iterator<Change> {

  private static final int PAGE = 500;
  private static final Set<Change.Action> ACTIONS =
      Set.of(Change.Action.INSERT, Change.Action.ADOPT, Change.Action.UPDATE);

  private final ChangeTable changes;
  private final RunId run;
  private final CrmObject object;
  private List<Change> page = List.of();
  private int position;
  private long after;
  private boolean last;

  public DoneRows(ChangeTable changes, RunId run, CrmObject object) {
    this.changes = changes;
    this.run = run;
    this.object = object;
  }

  @Override
  public boolean hasNext() {
    if (position >= page.size() && !last) {
      page = changes.page(run, object, ACTIONS, Set.of(Change.State.DONE), after, PAGE);
      position = 0;
      last = page.size() < PAGE;
      after = page.isEmpty() ? after : page.get(page.size() - 1).seq();
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
