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
 * The fingerprints of participants that needed nothing. They have a table of their own, so that
 * each costs a few bytes and leaves the mirror's rows alone. Code that changes a row of the mirror
 * deletes its fingerprint in the same transaction.
 */
final class FingerprintRows {

  /** SQL Server takes at most 2,100 parameters, and uses no index for a long list. */
  private static final int LOOKUP = 200;

  private static final List<Column> COLUMNS =
      List.of(Column.text("pmi_id", 20), Column.number("hash_high"), Column.number("hash_low"));

  private static final String DELETE = "DELETE FROM $.mirror_fingerprint WHERE pmi_id IN (";

  /**
   * Covers the present and former PMI IDs of the staged records, without NULL. Outer joins make H2
   * start with the staged rows.
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

  /** Deletes all. */
  void all(Handle handle) {
    handle.execute(store.sql("DELETE FROM $.mirror_fingerprint"));
  }

  /** Deletes those of everybody with staged records, before these are merged. */
  void ofStaged(Handle handle, long token) {
    if (areNone(handle)) {
      return;
    }
    for (String owners : OF_STAGED) {
      int unused =
          handle.createUpdate(store.sql(DELETE + owners + ")")).bind("token", token).execute();
    }
  }

  void ofParticipants(Handle handle, Collection<PmiId> pmiIds) {
    inParts(handle, "<ids>)", pmiIds.stream().map(PmiId::value).toList());
  }

  /** Deletes those of the participants who now own these Contacts. */
  void ofContacts(Handle handle, Collection<String> contactIds) {
    if (contactIds.isEmpty() || areNone(handle)) {
      return;
    }
    inParts(handle, "SELECT pmi_id FROM $.contact_mirror WHERE contact_id IN (<ids>))", contactIds);
  }

  /** Deletes those of the participants who own these journeys. */
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

  /** During a first load there are none, and each search would cost as much as if there were. */
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

  private void inParts(Handle handle, String owners, Collection<String> ids) {
    List<String> all = new ArrayList<>(ids);
    for (int from = 0; from < all.size(); from += LOOKUP) {
      int unused =
          handle
              .createUpdate(store.sql(DELETE + owners))
              .bindList("ids", all.subList(from, Math.min(from + LOOKUP, all.size())))
              .execute();
    }
  }
}
