package edu.cumc.aou.db.store;

import edu.cumc.aou.sync.model.ContactId;
import edu.cumc.aou.sync.model.JourneyId;
import edu.cumc.aou.sync.model.PmiId;
import edu.cumc.aou.sync.port.MirrorTable.MirrorEntry;
import edu.cumc.aou.sync.port.MirrorTable.MirroredContact;
import edu.cumc.aou.sync.port.MirrorTable.MirroredJourney;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** Turns the join of both mirrors into entries, one for each PMI ID. */
final class MirrorRows {

  /** A survivor with its own PMI ID cannot be adopted. */
  private static final String COLUMNS =
      "SELECT c.pmi_id, c.contact_id, c.fields, c.sent, c.is_deleted, CASE WHEN EXISTS (SELECT 1"
          + " FROM $.contact_mirror s WHERE s.contact_id = c.merged_into AND s.is_deleted = 0 AND"
          + " s.pmi_id IS NOT NULL) THEN 1 ELSE 0 END AS is_taken, c.merged_into, j.journey_id,"
          + " j.fields AS journey_fields, j.sent AS journey_sent, j.is_deleted AS journey_gone FROM ";

  private static final String SHOWN =
      COLUMNS.replace("c.sent,", "'{}' AS sent,").replace("j.sent AS", "'{}' AS");

  /** How the mirror marks a journey that lost its Contact and is still there. */
  private static final int LOST = 2;

  private static final String JOIN =
      " c LEFT JOIN $.journey_mirror j ON j.contact_id = c.contact_id AND j.is_deleted <> 1";

  private static final String ORDER = " ORDER BY c.pmi_id, c.contact_id, j.journey_id";

  /** SQL Server takes at most 2,100 parameters, and uses no index for a long list. */
  private static final int LOOKUP = 200;

  private final StoreDatabase store;

  MirrorRows(StoreDatabase store) {
    this.store = store;
  }

  /**
   * The entries of at least one PMI ID after this one, complete; none if there are no more. The
   * empty text gives the first page, including entries with a PMI ID that another program has
   * emptied.
   */
  List<MirrorEntry> entriesAfter(Handle handle, String after, int limit) {
    String beyond = UnreadableCells.beyond(after);
    // Another PMI ID could begin in the page and continue after it, so the page ends with a whole
    // one.
    Optional<String> end =
        handle
            .createQuery(
                store.sql(
                    "SELECT MAX(p.pmi_id) FROM (SELECT pmi_id FROM $.contact_mirror WHERE pmi_id "
                        + beyond
                        + " :after ORDER BY pmi_id "
                        + store.dialect().limit()
                        + ") p"))
            .bind("after", after)
            .bind("limit", limit)
            .mapTo(String.class)
            .findOne();
    if (end.isEmpty()) {
      return List.of();
    }
    return entries(
        handle,
        handle
            .createQuery(store.sql(kept("c.pmi_id " + beyond + " :after AND c.pmi_id <= :until")))
            .bind("after", after)
            .bind("until", end.get()));
  }

  /**
   * The entry of one PMI ID, with all records, including those beside one that a person decided to
   * keep.
   */
  Optional<MirrorEntry> entryWithOthers(Handle handle, PmiId pmiId) {
    return entries(
            handle,
            handle
                .createQuery(
                    store.sql(
                        COLUMNS + "$.contact_mirror" + JOIN + " WHERE c.pmi_id = :pmi" + ORDER))
                .bind("pmi", pmiId.value()))
        .stream()
        .findFirst();
  }

  /** The journeys of a Contact that are not gone, also those beside one that a person keeps. */
  List<MirroredJourney> journeysOf(Handle handle, ContactId contact) {
    return handle
        .createQuery(
            store.sql(
                "SELECT journey_id, fields, sent FROM $.journey_mirror WHERE contact_id = :contact"
                    + " AND is_deleted = 0 ORDER BY journey_id"))
        .bind("contact", contact.value())
        .map((row, context) -> journey(row.getString(1), row.getString(2), row.getString(3)))
        .list();
  }

  private static MirroredJourney journey(String id, String fields, String sent) {
    return UnreadableCells.orTell(
        () ->
            new MirroredJourney(
                new JourneyId(UnreadableCells.id(id)),
                RowCodec.values(fields),
                RowCodec.sent(sent)));
  }

  private String kept(String condition) {
    return kept(COLUMNS, condition);
  }

  private static String kept(String columns, String condition) {
    return columns
        + "$.contact_mirror"
        + JOIN
        + KeptRecords.JOURNEY
        + " WHERE "
        + condition
        + KeptRecords.CONTACT
        + ORDER;
  }

  /** The entries of some PMI IDs, in their order. */
  List<MirrorEntry> entries(Handle handle, Collection<PmiId> pmiIds) {
    return entries(handle, pmiIds, COLUMNS);
  }

  /** The same without marks. */
  List<MirrorEntry> shown(Handle handle, Collection<PmiId> pmiIds) {
    return entries(handle, pmiIds, SHOWN);
  }

  private List<MirrorEntry> entries(Handle handle, Collection<PmiId> pmiIds, String columns) {
    List<String> wanted = pmiIds.stream().map(PmiId::value).distinct().sorted().toList();
    List<MirrorEntry> found = new ArrayList<>(wanted.size());
    for (int from = 0; from < wanted.size(); from += LOOKUP) {
      found.addAll(
          entries(
              handle,
              handle
                  .createQuery(store.sql(kept(columns, "c.pmi_id IN (<pmis>)")))
                  .bindList("pmis", wanted.subList(from, Math.min(from + LOOKUP, wanted.size())))));
    }
    return found;
  }

  /**
   * {@code lost}: the journey has lost this Contact. {@code joined}: the Contact of another
   * participant into which this one was merged.
   */
  private record Row(
      PmiId pmiId,
      MirroredContact contact,
      @Nullable MirroredJourney journey,
      boolean lost,
      @Nullable ContactId joined) {}

  private List<MirrorEntry> entries(Handle handle, Query query) {
    Map<PmiId, Map<ContactId, MirroredContact>> entries = new LinkedHashMap<>();
    for (Row row : query.map((r, context) -> row(r)).list()) {
      Map<ContactId, MirroredContact> contacts =
          entries.computeIfAbsent(row.pmiId(), k -> new LinkedHashMap<>());
      MirroredContact known = contacts.get(row.contact().id());
      if (known == null) {
        known = row.joined() == null ? row.contact() : joined(handle, row.contact(), row.joined());
      }
      contacts.put(known.id(), with(known, row));
    }
    List<MirrorEntry> result = new ArrayList<>(entries.size());
    entries.forEach(
        (pmi, contacts) -> result.add(new MirrorEntry(pmi, List.copyOf(contacts.values()))));
    return result;
  }

  private MirroredContact joined(Handle handle, MirroredContact contact, ContactId survivor) {
    return new MirroredContact(
        contact.id(),
        contact.fields(),
        contact.sent(),
        contact.gone(),
        contact.mergedInto(),
        contact.journeys(),
        contact.lost(),
        journeysOf(handle, survivor));
  }

  private static MirroredContact with(MirroredContact contact, Row row) {
    MirroredJourney journey = row.journey();
    if (journey == null) {
      return contact;
    }
    List<MirroredJourney> journeys = new ArrayList<>(contact.journeys());
    List<MirroredJourney> lost = new ArrayList<>(contact.lost());
    (row.lost() ? lost : journeys).add(journey);
    return new MirroredContact(
        contact.id(),
        contact.fields(),
        contact.sent(),
        contact.gone(),
        contact.mergedInto(),
        journeys,
        lost,
        contact.joined());
  }

  private static Row row(ResultSet row) throws SQLException {
    String pmiId = row.getString("pmi_id");
    String contactId = row.getString("contact_id");
    String fields = row.getString("fields");
    String sent = row.getString("sent");
    boolean gone = row.getInt("is_deleted") == 1;
    boolean taken = row.getInt("is_taken") == 1;
    String mergedInto = row.getString("merged_into");
    String journeyId = row.getString("journey_id");
    String journeyFields = row.getString("journey_fields");
    String journeySent = row.getString("journey_sent");
    boolean lost = row.getInt("journey_gone") == LOST;
    return UnreadableCells.orTell(
        () -> {
          ContactId survivor =
              mergedInto == null ? null : new ContactId(UnreadableCells.id(mergedInto));
          return new Row(
              new PmiId(pmiId),
              new MirroredContact(
                  new ContactId(UnreadableCells.id(contactId)),
                  RowCodec.values(fields),
                  RowCodec.sent(sent),
                  gone,
                  taken ? null : survivor,
                  List.of()),
              journeyId == null
                  ? null
                  : new MirroredJourney(
                      new JourneyId(UnreadableCells.id(journeyId)),
                      RowCodec.values(journeyFields),
                      RowCodec.sent(journeySent)),
              lost,
              taken ? survivor : null);
        });
  }
}
