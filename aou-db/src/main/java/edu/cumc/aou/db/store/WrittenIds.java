package edu.cumc.aou.db.store;

import edu.cumc.aou.sync.model.PmiId;
import edu.cumc.aou.sync.port.IdTables.IdCounts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Tells whether the analysts' tables match the mirror. A row holds their numbers of rows. It is
 * written with them, and any change of who owns a record deletes it in the same transaction.
 */
final class WrittenIds {

  /** SQL Server takes at most 2,100 parameters, and uses no index for a long list. */
  private static final int LOOKUP = 200;

  /** How many staged records have another owner than in the mirror. */
  private static final List<String> STAGED =
      List.of(
          "SELECT COUNT(*) FROM $.contact_staging s LEFT JOIN $.contact_mirror m ON m.contact_id = s.contact_id WHERE"
              + " s.token = :token AND ((m.contact_id IS NULL AND s.is_gone = 0) OR m.is_deleted <> s.is_gone OR (s.is_gone = 0 AND"
              + " (m.pmi_id <> s.pmi_id OR (m.pmi_id IS NULL AND s.pmi_id IS NOT NULL) OR (m.pmi_id IS NOT NULL AND"
              + " s.pmi_id IS NULL))))",
          "SELECT COUNT(*) FROM $.journey_staging s LEFT JOIN $.journey_mirror m ON m.journey_id = s.journey_id WHERE"
              + " s.token = :token AND ((m.journey_id IS NULL AND s.is_gone = 0) OR m.is_deleted <> s.is_gone OR (s.is_gone = 0 AND"
              + " (m.contact_id <> s.contact_id OR (m.contact_id IS NULL AND s.contact_id IS NOT NULL) OR (m.contact_id"
              + " IS NOT NULL AND s.contact_id IS NULL))))");

  private final StoreDatabase store;

  WrittenIds(StoreDatabase store) {
    this.store = store;
  }

  /** What was written, if the mirror still says the same. */
  Optional<IdCounts> known(Handle handle) {
    return handle
        .createQuery(
            store.sql(
                "SELECT contact_pmi, contact_journey, relationship, complete FROM $.ids_written WHERE written_key = 1"))
        .map(
            (row, context) ->
                new IdCounts(row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4)))
        .findOne();
  }

  void are(Handle handle, IdCounts counts) {
    areNoMore(handle);
    int unused =
        handle
            .createUpdate(
                store.sql(
                    "INSERT INTO $.ids_written (written_key, contact_pmi, contact_journey, relationship, complete) VALUES"
                        + " (1, :pmi, :journey, :relationship, :complete)"))
            .bind("pmi", counts.contactPmi())
            .bind("journey", counts.contactJourney())
            .bind("relationship", counts.relationship())
            .bind("complete", counts.complete())
            .execute();
  }

  void areNoMore(Handle handle) {
    handle.execute(store.sql("DELETE FROM $.ids_written"));
  }

  /** Call this before staged records are merged. */
  void beforeMerge(Handle handle, long token) {
    if (known(handle).isEmpty()) {
      return;
    }
    for (String differing : STAGED) {
      if (handle.createQuery(store.sql(differing)).bind("token", token).mapTo(Long.class).one()
          > 0) {
        areNoMore(handle);
        return;
      }
    }
  }

  /** Call this before Contacts are entered as live ones with these PMI IDs. */
  void beforeEntering(Handle handle, Map<String, PmiId> contacts) {
    if (known(handle).isEmpty()) {
      return;
    }
    Map<String, String> live = new HashMap<>();
    List<String> ids = new ArrayList<>(contacts.keySet());
    for (int from = 0; from < ids.size(); from += LOOKUP) {
      handle
          .createQuery(
              store.sql(
                  "SELECT contact_id, pmi_id FROM $.contact_mirror WHERE is_deleted = 0 AND pmi_id IS NOT NULL AND"
                      + " contact_id IN (<ids>)"))
          .bindList("ids", ids.subList(from, Math.min(from + LOOKUP, ids.size())))
          .map((row, context) -> Map.entry(row.getString(1), row.getString(2)))
          .forEach(entry -> live.put(entry.getKey(), entry.getValue()));
    }
    boolean same =
        contacts.entrySet().stream()
            .allMatch(entry -> entry.getValue().value().equals(live.get(entry.getKey())));
    if (!same) {
      areNoMore(handle);
    }
  }
}
