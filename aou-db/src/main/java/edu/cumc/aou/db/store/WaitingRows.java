package edu.cumc.aou.db.store;

import edu.cumc.aou.sync.model.RunId;
import edu.cumc.aou.sync.port.ChangeTable.Awaiting;
import org.jdbi.v3.core.Handle;

/** The rows of a run that wait for their journey to exist. */
final class WaitingRows {

  private final StoreDatabase store;

  WaitingRows(StoreDatabase store) {
    this.store = store;
  }

  /**
   * Assigns a journey to each row that now has exactly one, unless the row was planned for another;
   * counts those that have none or several.
   */
  Awaiting resolve(RunId run) {
    String found =
        "SELECT w.seq AS seq, MIN(c.contact_id) AS contact_id, MIN(j.journey_id) AS journey_id,"
            + " COUNT(DISTINCT c.contact_id) AS contacts, COUNT(j.journey_id) AS journeys FROM $.sync_change w JOIN"
            + " $.contact_mirror c ON c.pmi_id = w.pmi_id AND c.is_deleted = 0"
            + KeptRecords.CONTACT
            + " LEFT JOIN $.journey_mirror j ON j.contact_id = c.contact_id AND j.is_deleted = 0"
            + KeptRecords.JOURNEY
            + " WHERE w.run_id = :run AND w.object = 'JOURNEY' AND w.state = 'AWAITING_JOURNEY' GROUP BY w.seq";
    return store.write(
        "giving journeys to the rows that wait",
        handle -> {
          int resolved =
              handle
                  .createUpdate(
                      store.changeFrom(
                          "$.sync_change",
                          "(" + found + ")",
                          "s.contacts = 1 AND s.journeys = 1 AND t.run_id = :run AND t.seq = s.seq"
                              + " AND (t.journey_id IS NULL OR t.journey_id = s.journey_id)",
                          "state = 'PLANNED', contact_id = s.contact_id, journey_id = s.journey_id"))
                  .bind("run", run.value())
                  .execute();
          return handle
              .createQuery(
                  store.sql(
                      "SELECT COALESCE(SUM(CASE WHEN w.contacts = 1 AND w.journeys = 0 THEN 1 ELSE 0 END), 0) AS missing,"
                          + " COALESCE(SUM(CASE WHEN w.contacts > 1 OR w.journeys > 1 THEN 1 ELSE 0 END), 0) AS ambiguous"
                          + " FROM ("
                          + found
                          + ") w"))
              .bind("run", run.value())
              .map(
                  (row, context) ->
                      new Awaiting(resolved, row.getLong("missing"), row.getLong("ambiguous")))
              .one();
        });
  }

  /** How many rows wait for the journey of a Contact that the run created. */
  long ofNewContacts(RunId run) {
    return store.read(
        "counting the rows that wait",
        handle ->
            countWaiting(
                handle,
                run,
                " WHERE run_id = :run AND object = 'JOURNEY' AND state = 'AWAITING_JOURNEY' AND EXISTS (SELECT 1"
                    + " FROM $.sync_change c WHERE c.run_id = :run AND c.pmi_id = sync_change.pmi_id AND c.object ="
                    + " 'CONTACT' AND c.action = 'INSERT' AND c.state = 'DONE')"));
  }

  private long countWaiting(Handle handle, RunId run, String where) {
    return handle
        .createQuery(store.sql("SELECT COUNT(*) FROM $.sync_change" + where))
        .bind("run", run.value())
        .mapTo(Long.class)
        .one();
  }
}
