package edu.cumc.aou.db.store;

import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Writes a row that belongs to no run and removes it, in one transaction: a check-up then finds a
 * store that is full, read-only or closed to this login before the next morning's run does.
 */
final class StoreProbe {

  /** The number before the first run. */
  private static final long NO_RUN = -1;

  /** More than fits into the free space of existing pages. */
  private static final int CHARACTERS = 64_000;

  private StoreProbe() {}

  static void run(StoreDatabase store) {
    long seq = ThreadLocalRandom.current().nextLong(Long.MAX_VALUE);
    store.run(
        "writing a row and removing it",
        handle -> {
          handle
              .createUpdate(
                  store.sql(
                      "INSERT INTO $.sync_change (run_id, seq, object, pmi_id, action, state, clears,"
                          + " refused_fields, attempts, error_fields) VALUES (:run, :seq, 'CONTACT', '', 'UPDATE',"
                          + " 'PLANNED', 0, '', 0, '')"))
              .bind("run", NO_RUN)
              .bind("seq", seq)
              .execute();
          handle
              .createUpdate(
                  store.sql(
                      "INSERT INTO $.sync_change_values (run_id, seq, old_values, new_values) VALUES (:run, :seq, :text,"
                          + " '')"))
              .bind("run", NO_RUN)
              .bind("seq", seq)
              .bind("text", "-".repeat(CHARACTERS))
              .execute();
          for (String table : List.of("sync_change_values", "sync_change")) {
            int unused =
                handle
                    .createUpdate(
                        store.sql("DELETE FROM $." + table + " WHERE run_id = :run AND seq = :seq"))
                    .bind("run", NO_RUN)
                    .bind("seq", seq)
                    .execute();
          }
        });
  }
}
