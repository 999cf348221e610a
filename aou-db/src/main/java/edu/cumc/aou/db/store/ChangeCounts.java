package edu.cumc.aou.db.store;

import edu.cumc.aou.sync.model.Change;
import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.model.RunId;
import edu.cumc.aou.sync.port.ChangeTable.ChangeCount;
import java.util.List;

/** Counts a run's changes without reading them. */
final class ChangeCounts {

  private final StoreDatabase store;

  ChangeCounts(StoreDatabase store) {
    this.store = store;
  }

  /** How many rows there are of each kind, state and cause. */
  List<ChangeCount> count(RunId run) {
    return store.read(
        "counting the plan",
        handle ->
            handle
                .createQuery(
                    store.sql(
                        "SELECT object, action, state, COALESCE(error_code, '') AS code, COUNT(*) AS row_count FROM"
                            + " $.sync_change WHERE run_id = :run GROUP BY object, action, state, COALESCE(error_code,"
                            + " '') ORDER BY object, action, state, COALESCE(error_code, '')"))
                .bind("run", run.value())
                .map(
                    ForeignCells.rows(
                        "sync_change",
                        row ->
                            new ChangeCount(
                                CrmObject.valueOf(row.getString("object")),
                                Change.Action.valueOf(row.getString("action")),
                                Change.State.valueOf(row.getString("state")),
                                row.getString("code"),
                                row.getLong("row_count"))))
                .list());
  }

  /** How many fields would be cleared. */
  long plannedClears(RunId run) {
    return store.read(
        "counting the fields to clear",
        handle ->
            handle
                .createQuery(
                    store.sql(
                        "SELECT COALESCE(SUM(CAST(clears AS BIGINT)), 0) FROM $.sync_change WHERE run_id = :run AND"
                            + " state IN ('PLANNED', 'AWAITING_JOURNEY') AND action IN ('INSERT', 'ADOPT', 'UPDATE')"))
                .bind("run", run.value())
                .mapTo(Long.class)
                .one());
  }

  /** How many journeys would get a flag. */
  long plannedFlags(RunId run, String field) {
    // The JSON is canonical, so a flag has exactly one spelling in it.
    return store.read(
        "counting the flags to set",
        handle ->
            handle
                .createQuery(
                    store.sql(
                        "SELECT COUNT(*) FROM $.sync_change c JOIN $.sync_change_values v ON v.run_id = c.run_id AND"
                            + " v.seq = c.seq WHERE c.run_id = :run AND c.object = 'JOURNEY' AND c.state = 'PLANNED'"
                            + " AND (v.new_values LIKE :one ESCAPE '!' OR v.new_values LIKE :yes ESCAPE '!')"))
                .bind("run", run.value())
                .bind("one", "%\"" + field.replace("_", "!_") + "\":\"1\"%")
                .bind("yes", "%\"" + field.replace("_", "!_") + "\":\"true\"%")
                .mapTo(Long.class)
                .one());
  }
}
