package edu.cumc.aou.db.store;

import edu.cumc.aou.db.internal.CanonicalJson;
import edu.cumc.aou.sync.model.Change;
import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.model.RunId;
import edu.cumc.aou.sync.port.ChangeTable.FailureCause;
import java.util.List;

/** The rows of {@code sync_change} that could not be sent. */
final class FailedRows {

  private static final String FAILED = "state IN ('REFUSED', 'FAILED')";

  private final StoreDatabase store;

  FailedRows(StoreDatabase store) {
    this.store = store;
  }

  List<FailureCause> causes(RunId run) {
    return store.read(
        "counting the failures of the run",
        handle ->
            handle
                .createQuery(
                    store.sql(
                        "SELECT object, action, state, COALESCE(error_code, '') AS code, error_fields,"
                            + " COUNT(*) AS row_count FROM $.sync_change WHERE run_id = :run AND "
                            + FAILED
                            + " GROUP BY object, action, state, COALESCE(error_code, ''), error_fields"
                            + " ORDER BY COUNT(*) DESC, object, action, state, COALESCE(error_code,"
                            + " ''), error_fields"))
                .bind("run", run.value())
                .map(
                    ForeignCells.rows(
                        "sync_change",
                        row ->
                            new FailureCause(
                                CrmObject.valueOf(row.getString("object")),
                                Change.Action.valueOf(row.getString("action")),
                                Change.State.valueOf(row.getString("state")),
                                row.getString("code"),
                                CanonicalJson.list(row.getString("error_fields")),
                                row.getLong("row_count"))))
                .list());
  }

  /**
   * The condition that a row {@code c} failed in the same way in all {@code others}; {@code
   * <others>}.
   */
  static String repeated(boolean hasOthers) {
    String failed = "c." + FAILED + " AND c.action <> 'REJECT'";
    return hasOthers
        ? failed
            + " AND :count = (SELECT COUNT(DISTINCT o.run_id) FROM $.sync_change o WHERE o.run_id IN"
            + " (<others>) AND o.pmi_id = c.pmi_id AND o.object = c.object AND o."
            + FAILED
            + " AND o.action <> 'REJECT' AND COALESCE(o.error_code, '') = COALESCE(c.error_code, '')"
            + " AND o.error_fields = c.error_fields)"
        : failed;
  }
}
