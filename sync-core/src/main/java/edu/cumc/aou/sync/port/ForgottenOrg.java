package edu.cumc.aou.sync.port;

import edu.cumc.aou.sync.model.Change;
import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.model.RunId;
import edu.cumc.aou.sync.model.Tallies;
import edu.cumc.aou.sync.port.ChangeTable.ChangeCount;
import edu.cumc.aou.sync.port.RunTable.Run;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What stays of a run when the store forgets its org: how many rows it had of each sort, so that
 * its report still adds up. The rows themselves are gone, and with them what the run sent of each
 * participant.
 *
 * @since 0.2.0
 */
public final class ForgottenOrg {

  /** The count that is 1 for a run of a forgotten org. */
  private static final String MARK = "org-forgotten";

  private static final String ROWS = "forgotten.";

  private ForgottenOrg() {}

  /** The counts to add to a run before its rows are removed. */
  public static Tallies kept(List<ChangeCount> rows) {
    Map<String, Long> counts = new HashMap<>();
    counts.put(MARK, 1L);
    for (ChangeCount row : rows) {
      counts.merge(
          ROWS
              + String.join(
                  ".",
                  row.object().name(),
                  row.action().name(),
                  row.state().name(),
                  row.errorCode()),
          row.count(),
          Long::sum);
    }
    return Tallies.of(counts);
  }

  /** Whether a run with these counts is of a forgotten org. */
  public static boolean isOf(Tallies run) {
    return run.get(MARK) > 0;
  }

  /** The last run of a forgotten org, if there is one. */
  public static Optional<RunId> last(RunTable runs) {
    return runs.latest(Integer.MAX_VALUE).stream()
        .filter(run -> isOf(run.tallies()))
        .map(Run::id)
        .findFirst();
  }

  /** The rows that the run had, by their sort; empty if its org is not forgotten. */
  public static List<ChangeCount> rows(Tallies run) {
    List<ChangeCount> rows = new ArrayList<>();
    run.asMap()
        .forEach(
            (name, count) -> {
              if (name.startsWith(ROWS)) {
                // An error code may hold a dot.
                String[] sort = name.substring(ROWS.length()).split("\\.", 4);
                rows.add(
                    new ChangeCount(
                        CrmObject.valueOf(sort[0]),
                        Change.Action.valueOf(sort[1]),
                        Change.State.valueOf(sort[2]),
                        sort[3],
                        count));
              }
            });
    return rows;
  }
}
