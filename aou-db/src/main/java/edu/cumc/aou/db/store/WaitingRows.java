package edu.cumc.aou.db.store;

import edu.cumc.aou.sync.model.RunId;
import edu.cumc.aou.sync.port.ChangeTable.Awaiting;
import org.jdbi.v3.core.Handle;

/** The rows of a run that wait until their journey exists. */
final class WaitingRows {

  private final StoreDatabase store;
  private final KeptRecords kept;

  WaitingRows(StoreDatabase store) {
    this.store = store;
    this.kept = new KeptRecords(store);
  }

  /** Gives each its journey that has just one by now, and counts the others. */
  Awaiting resolve(RunId run) {
    return store.write(
        "giving journeys to the rows that wait",
        handle -> {
          String contacts =
              "FROM $.contact_mirror c WHERE c.pmi_id = sync_change.pmi_id AND c.is_deleted = 0"
                  + kept.contact();
          String journeys =
              "FROM $.contact_mirror c JOIN $.journey_mirror j ON j.contact_id = c.contact_id AND j.is_deleted = 0"
                  + " WHERE c.pmi_id = sync_change.pmi_id AND c.is_deleted = 0"
                  + kept.contact()
                  + kept.journey();
          String waiting =
              " WHERE run_id = :run AND object = 'JOURNEY' AND state = 'AWAITING_JOURNEY'";
          int resolved =
              handle
                  .createUpdate(
                      store.sql(
                          "UPDATE $.sync_change SET state = 'PLANNED', contact_id = (SELECT MIN(c.contact_id) "
                              + contacts
                              + "), journey_id = (SELECT MIN(j.journey_id) "
                              + journeys
                              + ")"
                              + waiting
                              + " AND 1 = (SELECT COUNT(*) "
                              + contacts
                              + ") AND 1 = (SELECT COUNT(*) "
                              + journeys
                              + ")"))
                  .bind("run", run.value())
                  .execute();
          long missing =
              countWaiting(
                  handle,
                  run,
                  waiting
                      + " AND 1 = (SELECT COUNT(*) "
                      + contacts
                      + ") AND NOT EXISTS (SELECT 1 "
                      + journeys
                      + ")");
          long ambiguous =
              countWaiting(
                  handle,
                  run,
                  waiting
                      + " AND EXISTS (SELECT 1 "
                      + contacts
                      + ") AND (1 < (SELECT COUNT(*) "
                      + contacts
                      + ") OR 1 < (SELECT COUNT(*) "
                      + journeys
                      + "))");
          return new Awaiting(resolved, missing, ambiguous);
        });
  }

  /** How many wait for the journey of a Contact that the run created. */
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
