package edu.cumc.aou.mornings.life;

import edu.cumc.aou.sync.SyncStep;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How often what was lived: what happened, in which step of the run, and how the run ended. */
public final class Matrix {

  private final Map<String, Integer> cells = new TreeMap<>();

  void count(List<Event> during, List<String> calls, List<SyncStep> steps, int exit) {
    for (Event event : during) {
      String where =
          event.at() > calls.size()
              ? "after its end"
              : steps.isEmpty() ? "at its beginning" : steps.get(steps.size() - 1).name();
      cells.merge(event.kind() + " × " + where + " × exit " + exit, 1, Integer::sum);
    }
    if (during.isEmpty()) {
      cells.merge("nothing × whole run × exit " + exit, 1, Integer::sum);
    }
  }

  public Map<String, Integer> cells() {
    return cells;
  }
}
