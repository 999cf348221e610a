package edu.cumc.aou.db.sync;

import edu.cumc.aou.sync.port.IdTables;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * Brings the analysts' tables in line with the mirror: what is wrong is deleted, what is missing is
 * inserted, in one transaction.
 */
final class SqlIdTables implements IdTables {

  static final List<String> STATEMENTS =
      List.of(
          "DELETE FROM $.Contact_PMI WHERE NOT EXISTS (SELECT 1 FROM $.contact_mirror c WHERE c.contact_id ="
              + " Contact_PMI.Contact_Id# AND c.pmi_id = Contact_PMI.PMI_Id# AND c.is_deleted = 0)",
          "INSERT INTO $.Contact_PMI (Contact_Id, PMI_Id) SELECT c.contact_id, c.pmi_id FROM $.contact_mirror c WHERE"
              + " c.is_deleted = 0 AND c.pmi_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM $.Contact_PMI p WHERE"
              + " p.Contact_Id# = c.contact_id)",
          "DELETE FROM $.Contact_Journey WHERE NOT EXISTS (SELECT 1 FROM $.journey_mirror j JOIN $.contact_mirror c ON"
              + " c.contact_id = j.contact_id WHERE j.journey_id = Contact_Journey.Journey_Id# AND j.contact_id ="
              + " Contact_Journey.Contact_Id# AND j.is_deleted = 0 AND c.is_deleted = 0 AND c.pmi_id IS NOT NULL)",
          "INSERT INTO $.Contact_Journey (Contact_Id, Journey_Id) SELECT j.contact_id, j.journey_id FROM"
              + " $.journey_mirror j JOIN $.contact_mirror c ON c.contact_id = j.contact_id WHERE j.is_deleted = 0 AND"
              + " c.is_deleted = 0 AND c.pmi_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM $.Contact_Journey p WHERE"
              + " p.Journey_Id# = j.journey_id)",
          "DELETE FROM $.Relationship WHERE NOT EXISTS (SELECT 1 FROM $.Contact_PMI p WHERE p.Contact_Id# ="
              + " Relationship.Contact_Id# AND p.PMI_Id# = Relationship.PMI_Id#) OR 1 <> (SELECT COUNT(*) FROM"
              + " $.Contact_PMI p WHERE p.PMI_Id# = Relationship.PMI_Id#) OR (Journey_Id IS NULL AND EXISTS (SELECT 1 FROM"
              + " $.Contact_Journey j WHERE j.Contact_Id# = Relationship.Contact_Id#)) OR (Journey_Id IS NOT NULL AND (1"
              + " <> (SELECT COUNT(*) FROM $.Contact_Journey j WHERE j.Contact_Id# = Relationship.Contact_Id#) OR NOT"
              + " EXISTS (SELECT 1 FROM $.Contact_Journey j WHERE j.Contact_Id# = Relationship.Contact_Id# AND"
              + " j.Journey_Id# = Relationship.Journey_Id#)))",
          "INSERT INTO $.Relationship (Contact_Id, PMI_Id, Journey_Id) SELECT MIN(p.Contact_Id), p.PMI_Id,"
              + " MIN(j.Journey_Id) FROM $.Contact_PMI p LEFT JOIN $.Contact_Journey j ON j.Contact_Id# = p.Contact_Id"
              + " WHERE NOT EXISTS (SELECT 1 FROM $.Relationship r WHERE r.PMI_Id# = p.PMI_Id) GROUP BY p.PMI_Id HAVING"
              + " COUNT(DISTINCT p.Contact_Id) = 1 AND COUNT(j.Journey_Id) <= 1");

  private final StoreDatabase store;

  SqlIdTables(StoreDatabase store) {
    this.store = store;
  }

  @Override
  public IdCounts writeBack() {
    return store.write(
        "writing the ids back",
        handle -> {
          STATEMENTS.forEach(s -> handle.execute(comparing(s)));
          return countIn(handle);
        });
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

  /**
   * A table that the site had before may compare texts in another way than ours; where both meet it
   * must be said.
   */
  private String comparing(String statement) {
    return store.sql(statement).replace("#", store.dialect().binaryOrder());
  }
}
