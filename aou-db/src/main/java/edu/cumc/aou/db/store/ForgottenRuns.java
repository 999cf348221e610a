package edu.cumc.aou.db.store;

import edu.cumc.aou.db.internal.CanonicalJson;
import edu.cumc.aou.sync.model.Change;
import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.model.Tallies;
import edu.cumc.aou.sync.port.ChangeTable.ChangeCount;
import edu.cumc.aou.sync.port.ForgottenOrg;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The runs of an org that the store is about to forget. */
final class ForgottenRuns {

  private final StoreDatabase store;
  private final Handle handle;

  ForgottenRuns(StoreDatabase store, Handle handle) {
    this.store = store;
    this.handle = handle;
  }

  /** Each run keeps how many rows it had of each sort; rows that nobody can read do not count. */
  void keepCounts() {
    Map<Long, List<ChangeCount>> rows = rows();
    Map<Long, String> runs = new HashMap<>();
    handle
        .createQuery(store.sql("SELECT run_id, counts FROM $.sync_run WHERE is_bound = 1"))
        .map((row, context) -> runs.put(row.getLong("run_id"), row.getString("counts")))
        .list();
    runs.forEach(
        (run, before) ->
            handle
                .createUpdate(
                    store.sql("UPDATE $.sync_run SET counts = :counts WHERE run_id = :run"))
                .bind("counts", CanonicalJson.write(counts(before, rows.get(run)).asMap()))
                .bind("run", run)
                .execute());
  }

  private static Tallies counts(String before, @Nullable List<ChangeCount> rows) {
    return RunRow.tallies(before).with(ForgottenOrg.kept(rows == null ? List.of() : rows));
  }

  private Map<Long, List<ChangeCount>> rows() {
    Map<Long, List<ChangeCount>> rows = new HashMap<>();
    handle
        .createQuery(
            store.sql(
                "SELECT run_id, object, action, state, COALESCE(error_code, '') AS code, COUNT(*) AS row_count FROM"
                    + " $.sync_change GROUP BY run_id, object, action, state, COALESCE(error_code, '')"))
        .map(
            (row, context) -> {
              Optional<ChangeCount> count =
                  count(
                      row.getString("object"),
                      row.getString("action"),
                      row.getString("state"),
                      row.getString("code"),
                      row.getLong("row_count"));
              long run = row.getLong("run_id");
              count.ifPresent(c -> rows.computeIfAbsent(run, r -> new ArrayList<>()).add(c));
              return run;
            })
        .list();
    return rows;
  }

  private static Optional<ChangeCount> count(
      String object, String action, String state, String code, long rows) {
    try {
      return Optional.of(
          new ChangeCount(
              CrmObject.valueOf(object),
              Change.Action.valueOf(action),
              Change.State.valueOf(state),
              code,
              rows));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
