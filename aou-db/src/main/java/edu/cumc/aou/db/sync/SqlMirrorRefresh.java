package edu.cumc.aou.db.sync;

import edu.cumc.aou.sync.model.Contact;
import edu.cumc.aou.sync.model.Journey;
import edu.cumc.aou.sync.port.MirrorTable.MirrorState;
import edu.cumc.aou.sync.port.MirrorTable.Refresh;
import edu.cumc.aou.sync.port.MirrorTable.RefreshKind;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/**
 * Collects a refresh in the staging tables and brings it into the mirror by set statements, in one
 * transaction.
 */
final class SqlMirrorRefresh implements Refresh {

  private static final int BATCH = 500;

  private final StoreDatabase store;
  private final RefreshKind kind;
  private final List<Contact> contacts = new ArrayList<>(BATCH);
  private final List<Journey> journeys = new ArrayList<>(BATCH);

  SqlMirrorRefresh(StoreDatabase store, RefreshKind kind) {
    this.store = store;
    this.kind = kind;
    store.run("emptying the staging tables", this::empty);
  }

  private void empty(Handle handle) {
    handle.execute(store.sql("DELETE FROM $.contact_staging"));
    handle.execute(store.sql("DELETE FROM $.journey_staging"));
  }

  @Override
  public void add(Contact contact) {
    contacts.add(contact);
    if (contacts.size() >= BATCH) {
      flushContacts();
    }
  }

  @Override
  public void add(Journey journey) {
    journeys.add(journey);
    if (journeys.size() >= BATCH) {
      flushJourneys();
    }
  }

  private void flushContacts() {
    if (contacts.isEmpty()) {
      return;
    }
    store.run(
        "staging Contacts",
        handle -> {
          PreparedBatch old =
              handle.prepareBatch(
                  store.sql("DELETE FROM $.contact_staging WHERE contact_id = :id"));
          contacts.forEach(c -> old.bind("id", c.id().value()).add());
          int[] unusedDeleted = old.execute();
          PreparedBatch batch =
              handle.prepareBatch(
                  store.sql(
                      "INSERT INTO $.contact_staging (contact_id, pmi_id, fields, modstamp, owner_id, is_gone,"
                          + " merged_into) VALUES (:id, :pmi, :fields, :modstamp, :owner, :gone, :merged)"));
          for (Contact contact : contacts) {
            batch
                .bind("id", contact.id().value())
                .bind("pmi", contact.pmiId() == null ? null : contact.pmiId().value())
                .bind("fields", RowCodec.json(contact.fields()))
                .bind("modstamp", RowCodec.utc(contact.modstamp()))
                .bind("owner", contact.ownerId())
                .bind("gone", contact.selected() && !contact.deleted() ? 0 : 1)
                .bind("merged", contact.mergedInto() == null ? null : contact.mergedInto().value())
                .add();
          }
          int[] unused = batch.execute();
        });
    contacts.clear();
  }

  private void flushJourneys() {
    if (journeys.isEmpty()) {
      return;
    }
    store.run(
        "staging journeys",
        handle -> {
          PreparedBatch old =
              handle.prepareBatch(
                  store.sql("DELETE FROM $.journey_staging WHERE journey_id = :id"));
          journeys.forEach(j -> old.bind("id", j.id().value()).add());
          int[] unusedDeleted = old.execute();
          PreparedBatch batch =
              handle.prepareBatch(
                  store.sql(
                      "INSERT INTO $.journey_staging (journey_id, contact_id, fields, modstamp, owner_id, is_gone)"
                          + " VALUES (:id, :contact, :fields, :modstamp, :owner, :gone)"));
          for (Journey journey : journeys) {
            batch
                .bind("id", journey.id().value())
                .bind("contact", journey.contactId() == null ? null : journey.contactId().value())
                .bind("fields", RowCodec.json(journey.fields()))
                .bind("modstamp", RowCodec.utc(journey.modstamp()))
                .bind("owner", journey.ownerId())
                .bind("gone", journey.selected() && !journey.deleted() ? 0 : 1)
                .add();
          }
          int[] unused = batch.execute();
        });
    journeys.clear();
  }

  @Override
  public void commit(MirrorState state) {
    flushContacts();
    flushJourneys();
    store.run(
        "bringing the mirror up to date",
        handle -> {
          mergeContacts(handle);
          mergeJourneys(handle);
          empty(handle);
          handle.execute(store.sql("DELETE FROM $.mirror_state"));
          handle
              .createUpdate(
                  store.sql(
                      "INSERT INTO $.mirror_state (state_key, watermark, full_at, mapping_fingerprint) VALUES (1,"
                          + " :watermark, :full, :mapping)"))
              .bind("watermark", RowCodec.utc(state.watermark()))
              .bind("full", RowCodec.utc(state.fullAt()))
              .bind("mapping", state.mappingFingerprint())
              .execute();
        });
  }

  private void mergeContacts(Handle handle) {
    String staged = "FROM $.contact_staging s WHERE s.contact_id = contact_mirror.contact_id";
    execute(
        handle,
        "UPDATE $.contact_mirror SET pmi_id = (SELECT s.pmi_id "
            + staged
            + "), fields = (SELECT s.fields "
            + staged
            + "), modstamp = (SELECT s.modstamp "
            + staged
            + "), owner_id = (SELECT s.owner_id "
            + staged
            + "), is_deleted = 0, merged_into = NULL WHERE EXISTS (SELECT 1 "
            + staged
            + " AND s.is_gone = 0)");
    execute(
        handle,
        "UPDATE $.contact_mirror SET is_deleted = 1, merged_into = (SELECT s.merged_into "
            + staged
            + ") WHERE EXISTS (SELECT 1 "
            + staged
            + " AND s.is_gone = 1)");
    execute(
        handle,
        "INSERT INTO $.contact_mirror (contact_id, pmi_id, fields, sent, modstamp, owner_id, is_deleted, merged_into)"
            + " SELECT s.contact_id, s.pmi_id, s.fields, '{}', s.modstamp, s.owner_id, 0, NULL FROM $.contact_staging s"
            + " WHERE s.is_gone = 0 AND NOT EXISTS (SELECT 1 FROM $.contact_mirror m WHERE m.contact_id ="
            + " s.contact_id)");
    if (kind == RefreshKind.FULL) {
      execute(
          handle,
          "UPDATE $.contact_mirror SET is_deleted = 1 WHERE is_deleted = 0 AND NOT EXISTS (SELECT 1 "
              + staged
              + ")");
    }
  }

  private void mergeJourneys(Handle handle) {
    String staged = "FROM $.journey_staging s WHERE s.journey_id = journey_mirror.journey_id";
    execute(
        handle,
        "UPDATE $.journey_mirror SET contact_id = (SELECT s.contact_id "
            + staged
            + "), fields = (SELECT s.fields "
            + staged
            + "), modstamp = (SELECT s.modstamp "
            + staged
            + "), owner_id = (SELECT s.owner_id "
            + staged
            + "), is_deleted = 0 WHERE EXISTS (SELECT 1 "
            + staged
            + " AND s.is_gone = 0)");
    execute(
        handle,
        "UPDATE $.journey_mirror SET is_deleted = 1 WHERE EXISTS (SELECT 1 "
            + staged
            + " AND s.is_gone = 1)");
    execute(
        handle,
        "INSERT INTO $.journey_mirror (journey_id, contact_id, fields, sent, modstamp, owner_id, is_deleted) SELECT"
            + " s.journey_id, s.contact_id, s.fields, '{}', s.modstamp, s.owner_id, 0 FROM $.journey_staging s WHERE"
            + " s.is_gone = 0 AND NOT EXISTS (SELECT 1 FROM $.journey_mirror m WHERE m.journey_id = s.journey_id)");
    if (kind == RefreshKind.FULL) {
      execute(
          handle,
          "UPDATE $.journey_mirror SET is_deleted = 1 WHERE is_deleted = 0 AND NOT EXISTS (SELECT 1 "
              + staged
              + ")");
    }
  }

  private void execute(Handle handle, String statement) {
    handle.execute(store.sql(statement));
  }

  @Override
  public void close() {
    // what lies in staging is not visible, and the next refresh empties it
  }
}
