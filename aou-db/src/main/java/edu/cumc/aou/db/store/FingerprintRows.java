package edu.cumc.aou.db.store;

import edu.cumc.aou.db.internal.Load;
import edu.cumc.aou.db.internal.Load.Column;
import edu.cumc.aou.sync.model.Fingerprint;
import edu.cumc.aou.sync.model.PmiId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The fingerprints of participants that needed nothing. They have a table of their own: to write
 * and to read them costs a few bytes each, and not the rows of the mirror beside them. Who changes
 * a row of the mirror takes them back within the same transaction.
 */
final class FingerprintRows {

  /** SQL Server takes 2,100 parameters, and a long list no index. */
  private static final int LOOKUP = 200;

  private static final List<Column> COLUMNS =
      List.of(Column.text("pmi_id", 20), Column.number("hash_high"), Column.number("hash_low"));

  private static final String DELETE = "DELETE FROM $.mirror_fingerprint WHERE pmi_id IN (";

  /**
   * Of the PMI IDs that the staged records have, and of those that they had; NULL among them is
   * nobody. Outer joins, so that H2 begins with what was staged.
   */
  private static final List<String> OF_STAGED =
      List.of(
          "SELECT s.pmi_id FROM $.contact_staging s WHERE s.token = :token",
          "SELECT c.pmi_id FROM $.contact_staging s LEFT JOIN $.contact_mirror c ON c.contact_id ="
              + " s.contact_id WHERE s.token = :token",
          "SELECT c.pmi_id FROM $.journey_staging s LEFT JOIN $.contact_mirror c ON c.contact_id ="
              + " s.contact_id WHERE s.token = :token",
          "SELECT c.pmi_id FROM $.journey_staging s LEFT JOIN $.journey_mirror j ON j.journey_id ="
              + " s.journey_id LEFT JOIN $.contact_mirror c ON c.contact_id = j.contact_id WHERE"
              + " s.token = :token");

  private final StoreDatabase store;

  FingerprintRows(StoreDatabase store) {
    this.store = store;
  }

  void keep(Handle handle, Map<PmiId, Fingerprint> fingerprints) {
    ofParticipants(handle, fingerprints.keySet());
    store
        .database()
        .load(
            handle,
            new Load(
                store.sql("$.mirror_fingerprint"),
                COLUMNS,
                fingerprints.entrySet().stream().map(FingerprintRows::row).iterator()));
  }

  private static List<@Nullable Object> row(Map.Entry<PmiId, Fingerprint> entry) {
    return Arrays.asList(entry.getKey().value(), entry.getValue().high(), entry.getValue().low());
  }

  /** Takes back all. */
  void all(Handle handle) {
    handle.execute(store.sql("DELETE FROM $.mirror_fingerprint"));
  }

  /** Takes back those of everybody whose records lie in staging, before these are merged. */
  void ofStaged(Handle handle, long token) {
    if (areNone(handle)) {
      return;
    }
    for (String whose : OF_STAGED) {
      int unused =
          handle.createUpdate(store.sql(DELETE + whose + ")")).bind("token", token).execute();
    }
  }

  void ofParticipants(Handle handle, Collection<PmiId> pmiIds) {
    inParts(handle, "<ids>)", pmiIds.stream().map(PmiId::value).toList());
  }

  /** Of the participants whose Contacts these are by now. */
  void ofContacts(Handle handle, Collection<String> contactIds) {
    if (contactIds.isEmpty() || areNone(handle)) {
      return;
    }
    inParts(handle, "SELECT pmi_id FROM $.contact_mirror WHERE contact_id IN (<ids>))", contactIds);
  }

  /** Of the participants whose journeys these are. */
  void ofJourneys(Handle handle, Collection<String> journeyIds) {
    if (journeyIds.isEmpty() || areNone(handle)) {
      return;
    }
    inParts(
        handle,
        "SELECT c.pmi_id FROM $.journey_mirror j LEFT JOIN $.contact_mirror c ON c.contact_id ="
            + " j.contact_id WHERE j.journey_id IN (<ids>))",
        journeyIds);
  }

  /** As during a first load, when each look for somebody would cost as much as if there were. */
  private boolean areNone(Handle handle) {
    return handle
        .createQuery(
            store.sql(
                "SELECT pmi_id FROM $.mirror_fingerprint ORDER BY pmi_id "
                    + store.dialect().limit()))
        .bind("limit", 1)
        .mapTo(String.class)
        .findOne()
        .isEmpty();
  }

  private void inParts(Handle handle, String whose, Collection<String> ids) {
    List<String> all = new ArrayList<>(ids);
    for (int from = 0; from < all.size(); from += LOOKUP) {
      int unused =
          handle
              .createUpdate(store.sql(DELETE + whose))
              .bindList("ids", all.subList(from, Math.min(from + LOOKUP, all.size())))
              .execute();
    }
  }
}
