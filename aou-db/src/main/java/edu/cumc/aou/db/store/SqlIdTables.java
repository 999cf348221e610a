package edu.cumc.aou.db.store;

import edu.cumc.aou.sync.model.ContactId;
import edu.cumc.aou.sync.model.PmiId;
import edu.cumc.aou.sync.port.Cursor;
import edu.cumc.aou.sync.port.IdTables;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Updates the analysts' tables from the mirror: deletes wrong rows and inserts missing ones, in one
 * transaction. It compares nothing while the mirror has the same people with the same records as at
 * the last write, and the tables have the same number of rows.
 *
 * <p>In the statements, {@code |c} and {@code |j} mark where records are left out because a person
 * decided to keep another one.
 */
final class SqlIdTables implements IdTables {

  /** A table without a key, as some sites have it, may hold a row twice. */
  private static final List<String> DELETE_DOUBLES =
      List.of(
          "DELETE FROM $.Contact_PMI^ WHERE Contact_Id IN (SELECT Contact_Id FROM $.Contact_PMI"
              + " GROUP BY Contact_Id HAVING COUNT(*) > 1)",
          "DELETE FROM $.Contact_Journey^ WHERE Journey_Id IN (SELECT Journey_Id FROM"
              + " $.Contact_Journey GROUP BY Journey_Id HAVING COUNT(*) > 1)",
          "DELETE FROM $.Relationship^ WHERE PMI_Id IN (SELECT PMI_Id FROM $.Relationship GROUP BY"
              + " PMI_Id HAVING COUNT(*) > 1)");

  private static final List<String> CONTACTS =
      List.of(
          "DELETE FROM $.Contact_PMI WHERE NOT EXISTS (SELECT 1 FROM $.contact_mirror c WHERE"
              + " c.contact_id = Contact_PMI.Contact_Id~ AND c.pmi_id = Contact_PMI.PMI_Id~ AND"
              + " c.is_deleted = 0)",
          "INSERT INTO $.Contact_PMI (Contact_Id, PMI_Id) SELECT c.contact_id, c.pmi_id FROM"
              + " $.contact_mirror c WHERE c.is_deleted = 0 AND c.pmi_id IS NOT NULL AND NOT EXISTS"
              + " (SELECT 1 FROM $.Contact_PMI p WHERE p.Contact_Id~ = c.contact_id)");

  private static final List<String> JOURNEYS =
      List.of(
          "DELETE FROM $.Contact_Journey WHERE NOT EXISTS (SELECT 1 FROM $.journey_mirror j JOIN"
              + " $.contact_mirror c ON c.contact_id = j.contact_id WHERE j.journey_id ="
              + " Contact_Journey.Journey_Id~ AND j.contact_id = Contact_Journey.Contact_Id~ AND"
              + " j.is_deleted = 0 AND c.is_deleted = 0 AND c.pmi_id IS NOT NULL)",
          "INSERT INTO $.Contact_Journey (Contact_Id, Journey_Id) SELECT j.contact_id, j.journey_id"
              + " FROM $.journey_mirror j JOIN $.contact_mirror c ON c.contact_id = j.contact_id"
              + " WHERE j.is_deleted = 0 AND c.is_deleted = 0 AND c.pmi_id IS NOT NULL AND NOT"
              + " EXISTS (SELECT 1 FROM $.Contact_Journey p WHERE p.Journey_Id~ = j.journey_id)");

  /** One live Contact and at most one journey, or those that a person decided to keep. */
  private static final String UNAMBIGUOUS =
      "SELECT MIN(c.contact_id) AS contact_id, c.pmi_id, MIN(j.journey_id) AS journey_id FROM"
          + " $.contact_mirror c LEFT JOIN $.journey_mirror j ON j.contact_id = c.contact_id AND"
          + " j.is_deleted = 0|j WHERE c.is_deleted = 0 AND c.pmi_id IS NOT NULL|c GROUP BY"
          + " c.pmi_id HAVING COUNT(DISTINCT c.contact_id) = 1 AND COUNT(j.journey_id) <= 1";

  private static final List<String> RELATIONSHIPS =
      List.of(
          "DELETE FROM $.Relationship WHERE NOT EXISTS (SELECT 1 FROM ("
              + UNAMBIGUOUS
              + ") u WHERE u.pmi_id = Relationship.PMI_Id~ AND u.contact_id ="
              + " Relationship.Contact_Id~ AND (u.journey_id = Relationship.Journey_Id~ OR"
              + " (u.journey_id IS NULL AND Relationship.Journey_Id IS NULL)))",
          "INSERT INTO $.Relationship (Contact_Id, PMI_Id, Journey_Id) SELECT u.contact_id,"
              + " u.pmi_id, u.journey_id FROM ("
              + UNAMBIGUOUS
              + ") u WHERE NOT EXISTS (SELECT 1 FROM $.Relationship r WHERE r.PMI_Id~ = u.pmi_id)");

  /**
   * PMI IDs that no Contact shows any more, or just one that was another participant's, of Contacts
   * in the mirror.
   */
  private static final String LOST_KEYS =
      "SELECT m.contact_id, p.PMI_Id, CASE WHEN EXISTS (SELECT 1 FROM $.contact_mirror t WHERE"
          + " t.pmi_id = p.PMI_Id~ AND t.is_deleted = 0) THEN 0 ELSE m.is_deleted END AS gone,"
          + " m.pmi_id AS shown FROM $.Contact_PMI p JOIN $.contact_mirror m ON"
          + " m.contact_id = p.Contact_Id~ WHERE m.contact_id > :after AND m.merged_into IS NULL"
          + " AND p.PMI_Id IS NOT NULL AND (m.is_deleted = 1 OR m.pmi_id IS NULL OR m.pmi_id <>"
          + " p.PMI_Id~) AND NOT EXISTS (SELECT 1 FROM $.contact_mirror l WHERE l.pmi_id ="
          + " p.PMI_Id~ AND l.is_deleted = 0 AND NOT EXISTS (SELECT 1 FROM"
          + " $.Contact_PMI w WHERE w.Contact_Id~ = l.contact_id AND w.PMI_Id~ <> p.PMI_Id~)) ORDER BY m.contact_id ";

  private static final int PAGE = 1000;

  private final StoreDatabase store;
  private final WrittenIds ids;

  SqlIdTables(StoreDatabase store) {
    this.store = store;
    this.ids = new WrittenIds(store);
  }

  @Override
  public IdCounts writeBack() {
    return store.write(
        "writing the ids back",
        handle -> {
          Optional<IdCounts> written = ids.known(handle);
          if (written.isPresent() && written.get().equals(countIn(handle))) {
            return written.get();
          }
          for (List<String> statements :
              List.of(DELETE_DOUBLES, CONTACTS, JOURNEYS, RELATIONSHIPS)) {
            statements.forEach(s -> handle.execute(resolved(s)));
          }
          IdCounts counts = countIn(handle);
          ids.are(handle, counts);
          return counts;
        });
  }

  private record LostRow(
      String contactId, String pmiId, boolean gone, @Nullable String shownPmiId) {

    /** A table that the site had before may hold malformed PMI IDs. */
    Optional<LostKey> key() {
      ContactId contact =
          UnreadableCells.orTell(
              () -> {
                PmiId unused = shownPmiId == null ? null : new PmiId(shownPmiId);
                return new ContactId(UnreadableCells.id(contactId));
              });
      return PmiId.tryParse(pmiId).map(p -> new LostKey(contact, p, gone));
    }
  }

  @Override
  public Cursor<LostKey> lostKeys() {
    return new PagedCursor<>(
        last ->
            store.read(
                "looking for PMI IDs that Contacts do not show any more",
                handle -> lostKeys(handle, last == null ? "" : last.contactId().value())));
  }

  private List<LostKey> lostKeys(Handle handle, String after) {
    if (ids.known(handle).isPresent()) {
      return List.of();
    }
    String from = after;
    while (true) {
      List<LostRow> rows =
          handle
              .createQuery(resolved(LOST_KEYS + store.dialect().limit()))
              .bind("after", from)
              .bind("limit", PAGE)
              .map(
                  (row, c) ->
                      new LostRow(
                          row.getString(1), row.getString(2), row.getInt(3) == 1, row.getString(4)))
              .list();
      List<LostKey> keys = rows.stream().flatMap(row -> row.key().stream()).toList();
      if (rows.isEmpty() || !keys.isEmpty()) {
        return keys;
      }
      from = rows.get(rows.size() - 1).contactId();
    }
  }

  @Override
  public IdCounts counts() {
    return store.read("counting the ids", this::countIn);
  }

  private IdCounts countIn(Handle handle) {
    return new IdCounts(
        count(handle, "Contact_PMI"),
        count(handle, "Contact_Journey"),
        count(handle, "Relationship"),
        count(handle, "Relationship WHERE Journey_Id IS NOT NULL"));
  }

  private long count(Handle handle, String from) {
    return handle.createQuery(store.sql("SELECT COUNT(*) FROM $." + from)).mapTo(Long.class).one();
  }

  private String resolved(String statement) {
    return store.sql(
        statement.replace("|j", KeptRecords.JOURNEY).replace("|c", KeptRecords.CONTACT));
  }
}
