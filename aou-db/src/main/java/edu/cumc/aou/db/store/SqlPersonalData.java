package edu.cumc.aou.db.store;

import edu.cumc.aou.sync.model.PmiId;
import edu.cumc.aou.sync.port.AnomalyTable;
import edu.cumc.aou.sync.port.AuditTable;
import edu.cumc.aou.sync.port.AuditTable.Entry;
import edu.cumc.aou.sync.port.AuditTable.Head;
import edu.cumc.aou.sync.port.HoldTable;
import edu.cumc.aou.sync.port.HoldTable.Hold;
import edu.cumc.aou.sync.port.HoldTable.Kind;
import edu.cumc.aou.sync.port.PersonalData;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Removes single participants from all tables. */
final class SqlPersonalData implements PersonalData {

  /** Replaces a PMI ID in {@code sync_change}; the same in all rows, so that it links none. */
  static final String MARK = "FORGOTTEN";

  /** The condition that a row of {@code sync_change} still names its participant. */
  static final String KNOWN = "pmi_id <> '" + MARK + "'";

  private static final String OF_CONTACTS =
      "contact_id IN (SELECT c.contact_id FROM $.contact_mirror c WHERE c.pmi_id = :pmi)";

  /** All kinds, because the key begins with the kind. */
  private static final String ANOMALIES =
      Arrays.stream(AnomalyTable.Kind.values())
          .map(k -> "'" + k.name() + "'")
          .collect(Collectors.joining(", "));

  private final StoreDatabase store;

  SqlPersonalData(StoreDatabase store) {
    this.store = store;
  }

  @Override
  public Removed forget(List<PmiId> pmiIds, Instant since) {
    if (pmiIds.size() > MOST) {
      throw new IllegalArgumentException("at most " + MOST + " participants at once");
    }
    return store.write(
        "forgetting participants",
        handle -> {
          AuditBook book = new AuditBook(store, handle);
          book.holdStanding();
          pmiIds.forEach(p -> book.went(SqlDecisionTable.leavesOf(store, handle, p)));
          long sent =
              each(
                  handle,
                  "UPDATE $.sync_change SET nonce = NULL WHERE pmi_id = :pmi AND nonce IS NOT NULL",
                  pmiIds);
          removeValues(handle, pmiIds);
          long changes =
              each(
                  handle,
                  "UPDATE $.sync_change SET pmi_id = '"
                      + MARK
                      + "', contact_id = NULL, journey_id = NULL WHERE pmi_id = :pmi",
                  pmiIds);
          long anomalies =
              each(
                  handle,
                  "DELETE FROM $.sync_anomaly WHERE kind IN ("
                      + ANOMALIES
                      + ") AND (subject = :pmi OR subject LIKE CONCAT(:pmi, ' %'))",
                  pmiIds);
          long flaws =
              each(handle, "DELETE FROM $.sync_flaw WHERE subject = :pmi", pmiIds)
                  + each(
                      handle,
                      "DELETE FROM $.sync_decision WHERE subject >= :pmi AND subject < CONCAT(:pmi,"
                          + " '!')",
                      pmiIds);
          long unusedMatches =
              each(handle, "DELETE FROM $.sync_match WHERE pmi_id = :pmi", pmiIds)
                  + each(
                      handle,
                      "DELETE FROM $.sync_match WHERE contact_id IN"
                          + " (SELECT c.contact_id FROM $.contact_mirror c WHERE c.pmi_id = :pmi)",
                      pmiIds);
          // A refresh that was killed may have left values there, and no refresh runs meanwhile.
          handle.execute(store.sql("DELETE FROM $.contact_staging"));
          handle.execute(store.sql("DELETE FROM $.journey_staging"));
          handle.execute(store.sql("DELETE FROM $.mirror_refresh"));
          new AlteredRows(store, handle).drop();
          Removed mirrored = emptyMirror(handle, pmiIds);
          Map<String, Instant> before = forgottenSince(handle, pmiIds);
          SqlHoldTable.enter(
              store,
              handle,
              book,
              pmiIds.stream()
                  .map(
                      p ->
                          new Hold(
                              p,
                              Kind.FORGOTTEN,
                              "forget",
                              before.getOrDefault(p.value(), since),
                              null))
                  .toList());
          long named =
              each(
                  handle,
                  "UPDATE $.sync_audit_leaf SET subject = NULL, nonce = NULL WHERE subject >= :pmi"
                      + " AND subject < CONCAT(:pmi, '!')",
                  pmiIds);
          Head unused =
              book.append(
                  Entry.of(
                      AuditTable.Kind.FORGET,
                      null,
                      Map.of(
                          "people",
                          Integer.toString(pmiIds.size()),
                          AuditTable.LEAVES,
                          Long.toString(sent + named))));
          return mirrored.and(new Removed(changes, anomalies + flaws, 0, 0));
        });
  }

  /** Since when those are forgotten who are so already. */
  private Map<String, Instant> forgottenSince(Handle handle, List<PmiId> pmiIds) {
    return handle
        .createQuery(
            store.sql(
                "SELECT pmi_id, since FROM $.sync_hold WHERE kind = 'FORGOTTEN' AND pmi_id IN"
                    + " (<pmis>)"))
        .bindList("pmis", pmiIds.stream().map(PmiId::value).toList())
        .map((row, context) -> Map.entry(row.getString("pmi_id"), RowCodec.instant(row, "since")))
        .collectToMap(Map.Entry::getKey, Map.Entry::getValue);
  }

  /** Finds the documents by the keys of their few changes, and does not read all documents. */
  private void removeValues(Handle handle, List<PmiId> pmiIds) {
    PreparedBatch batch =
        handle.prepareBatch(
            store.sql("DELETE FROM $.sync_change_values WHERE run_id = :run AND seq = :seq"));
    for (PmiId pmiId : pmiIds) {
      handle
          .createQuery(store.sql("SELECT run_id, seq FROM $.sync_change WHERE pmi_id = :pmi"))
          .bind("pmi", pmiId.value())
          .map((row, context) -> Map.entry(row.getLong("run_id"), row.getLong("seq")))
          .forEach(key -> batch.bind("run", key.getKey()).bind("seq", key.getValue()).add());
    }
    if (batch.size() > 0) {
      int[] unused = batch.execute();
    }
  }

  @Override
  public void forgetAgain() {
    String after = "";
    List<String> page;
    do {
      page = forgotten(after);
      if (page.isEmpty()) {
        return;
      }
      List<PmiId> some = page.stream().filter(PmiId::isCanonical).map(PmiId::new).toList();
      store.run("forgetting participants again", handle -> emptyMirror(handle, some));
      after = page.get(page.size() - 1);
    } while (page.size() == MOST);
  }

  /** Read as texts, because another program may have entered a hold without a PMI ID. */
  private List<String> forgotten(String after) {
    return store.read(
        "reading who is forgotten",
        handle ->
            handle
                .createQuery(
                    store.sql(
                        "SELECT pmi_id FROM $.sync_hold WHERE kind = 'FORGOTTEN' AND pmi_id >"
                            + " :after ORDER BY pmi_id "
                            + store.dialect().limit()))
                .bind("after", after)
                .bind("limit", MOST)
                .mapTo(String.class)
                .list());
  }

  /** Removes records that are gone from Salesforce, and the values of the others. */
  private Removed emptyMirror(Handle handle, List<PmiId> pmiIds) {
    new FingerprintRows(store).ofParticipants(handle, pmiIds);
    long gone =
        each(
            handle,
            "DELETE FROM $.journey_mirror WHERE is_deleted <> 0 AND " + OF_CONTACTS,
            pmiIds);
    long there =
        each(
            handle,
            "UPDATE $.journey_mirror SET fields = '{}', sent = '{}' WHERE " + OF_CONTACTS,
            pmiIds);
    // A Contact that lost its PMI ID may keep a journey that Salesforce still has.
    gone +=
        each(
            handle,
            "DELETE FROM $.contact_mirror WHERE pmi_id = :pmi AND is_deleted = 1 AND NOT EXISTS"
                + " (SELECT 1 FROM $.journey_mirror j WHERE j.contact_id ="
                + " contact_mirror.contact_id)",
            pmiIds);
    there +=
        each(
            handle,
            "UPDATE $.contact_mirror SET fields = '{}', sent = '{}' WHERE pmi_id = :pmi",
            pmiIds);
    return new Removed(0, 0, gone, there);
  }

  /**
   * Removes the mirrored records of forgotten participants, because without values they say
   * nothing.
   */
  static void dropMirrored(StoreDatabase store, Handle handle, List<PmiId> pmiIds) {
    String forgotten =
        "EXISTS (SELECT 1 FROM $.sync_hold h WHERE h.pmi_id = :pmi AND h.kind = 'FORGOTTEN')";
    String deleted =
        "EXISTS (SELECT 1 FROM $.sync_hold h WHERE h.pmi_id = :pmi AND h.kind = 'UNDO' AND h.reason"
            + " LIKE '"
            + HoldTable.DELETED_BY
            + "%')";
    new WrittenIds(store).areNoMore(handle);
    SqlPersonalData data = new SqlPersonalData(store);
    long unusedGone =
        data.each(
            handle,
            "DELETE FROM $.contact_mirror WHERE pmi_id = :pmi AND is_deleted = 1 AND " + deleted,
            pmiIds);
    long unusedJourneys =
        data.each(
            handle,
            "DELETE FROM $.journey_mirror WHERE " + OF_CONTACTS + " AND " + forgotten,
            pmiIds);
    long unusedContacts =
        data.each(
            handle, "DELETE FROM $.contact_mirror WHERE pmi_id = :pmi AND " + forgotten, pmiIds);
  }

  private long each(Handle handle, String statement, List<PmiId> pmiIds) {
    PreparedBatch batch = handle.prepareBatch(store.sql(statement));
    pmiIds.forEach(p -> batch.bind("pmi", p.value()).add());
    long rows = 0;
    for (int count : batch.execute()) {
      rows += count;
    }
    return rows;
  }
}
