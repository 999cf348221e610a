package edu.cumc.aou.db.store;

import edu.cumc.aou.db.internal.Load.Column;
import edu.cumc.aou.sync.model.Contact;
import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.model.Journey;
import edu.cumc.aou.sync.model.RunId;
import edu.cumc.aou.sync.port.MirrorTable.MirrorState;
import edu.cumc.aou.sync.port.MirrorTable.Place;
import edu.cumc.aou.sync.port.MirrorTable.Refresh;
import edu.cumc.aou.sync.port.MirrorTable.RefreshKind;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Collects a refresh in the staging tables and merges it into the mirror by set statements, in one
 * transaction.
 */
final class SqlMirrorRefresh implements Refresh {

  /** A mirrored journey that is still there, but has no Contact any more. */
  static final int WITHOUT_CONTACT = 2;

  private final StoreDatabase store;
  private final RefreshKind kind;
  private final FingerprintRows fingerprints;
  private final long token;
  private final StagingTable<Contact> contacts;
  private final StagingTable<Journey> journeys;
  private boolean followsJourneys;
  private @Nullable RunId noting;

  private SqlMirrorRefresh(StoreDatabase store, RefreshKind kind, long token) {
    this.store = store;
    this.kind = kind;
    this.fingerprints = new FingerprintRows(store);
    this.token = token;
    this.contacts =
        new StagingTable<>(
            store,
            token,
            "staging Contacts",
            "contact_staging",
            "contact_id",
            List.of(
                Column.text("contact_id", 18),
                Column.text("pmi_id", 20),
                Column.longText("fields"),
                Column.time("modstamp"),
                Column.text("owner_id", 18),
                Column.smallNumber("is_gone"),
                Column.text("merged_into", 18)),
            SqlMirrorRefresh::values);
    this.journeys =
        new StagingTable<>(
            store,
            token,
            "staging journeys",
            "journey_staging",
            "journey_id",
            List.of(
                Column.text("journey_id", 18),
                Column.text("contact_id", 18),
                Column.longText("fields"),
                Column.time("modstamp"),
                Column.text("owner_id", 18),
                Column.smallNumber("is_gone")),
            SqlMirrorRefresh::values);
  }

  static SqlMirrorRefresh begin(StoreDatabase store, RefreshKind kind) {
    SqlMirrorRefresh refresh = new SqlMirrorRefresh(store, kind, store.token());
    store.run("emptying the staging tables", refresh::empty);
    return refresh;
  }

  /** Resumes a full refresh with rows in staging, under the lease of that time. */
  static SqlMirrorRefresh goOn(StoreDatabase store) {
    return store.write(
        "looking for the end of the staged rows",
        handle -> {
          long token =
              handle
                  .createQuery(
                      store.sql("SELECT token FROM $.mirror_refresh WHERE refresh_key = 1"))
                  .mapTo(Long.class)
                  .findOne()
                  .orElseThrow(() -> new IllegalStateException("no refresh has kept its place"));
          SqlMirrorRefresh refresh = new SqlMirrorRefresh(store, RefreshKind.FULL, token);
          refresh.contacts.goOn(handle);
          refresh.journeys.goOn(handle);
          return refresh;
        });
  }

  static Optional<Place> place(StoreDatabase store) {
    return store.read(
        "looking for a refresh that goes on",
        handle ->
            handle
                .createQuery(
                    store.sql(
                        "SELECT watermark, full_at, mapping_fingerprint, object, last_id FROM $.mirror_refresh WHERE"
                            + " refresh_key = 1"))
                .map((row, context) -> place(row))
                .findOne()
                .flatMap(place -> place));
  }

  /** Empty if something else has written there: then the refresh begins anew. */
  private static Optional<Place> place(ResultSet row) throws SQLException {
    String word = row.getString("object");
    Optional<CrmObject> object =
        Arrays.stream(CrmObject.values()).filter(o -> o.name().equals(word)).findFirst();
    if (object.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Place(
            new MirrorState(
                RowCodec.instant(row, "watermark"),
                RowCodec.instant(row, "full_at"),
                row.getString("mapping_fingerprint")),
            object.get(),
            row.getString("last_id")));
  }

  private static List<@Nullable Object> values(Contact contact) {
    return Arrays.asList(
        contact.id().value(),
        contact.pmiId() == null ? null : contact.pmiId().value(),
        RowCodec.shown(contact.fields()),
        RowCodec.utc(contact.modstamp()),
        contact.ownerId(),
        contact.selected() && !contact.deleted() ? 0 : 1,
        contact.mergedInto() == null ? null : contact.mergedInto().value());
  }

  private static List<@Nullable Object> values(Journey journey) {
    return Arrays.asList(
        journey.id().value(),
        journey.contactId() == null ? null : journey.contactId().value(),
        RowCodec.shown(journey.fields()),
        RowCodec.utc(journey.modstamp()),
        journey.ownerId(),
        gone(journey));
  }

  private static int gone(Journey journey) {
    if (journey.selected() && !journey.deleted()) {
      return 0;
    }
    return journey.deleted() || journey.contactId() != null ? 1 : WITHOUT_CONTACT;
  }

  private void empty(Handle handle) {
    contacts.empty(handle);
    journeys.empty(handle);
    handle.execute(store.sql("DELETE FROM $.mirror_refresh"));
  }

  @Override
  public void add(Contact contact) {
    contacts.add(contact);
  }

  @Override
  public void add(Journey journey) {
    journeys.add(journey);
  }

  @Override
  public void followJourneys() {
    requireFull("a refresh of what changed tells of merges itself");
    followsJourneys = true;
  }

  @Override
  public void noteAltered(RunId run) {
    noting = run;
  }

  private void requireFull(String message) {
    if (kind != RefreshKind.FULL) {
      throw new IllegalStateException(message);
    }
  }

  @Override
  public void keep(Place place) {
    requireFull("a refresh of what changed is never gone on with");
    contacts.flush();
    journeys.flush();
    store.run(
        "keeping the place of the refresh",
        handle -> {
          handle.execute(store.sql("DELETE FROM $.mirror_refresh"));
          int unused =
              handle
                  .createUpdate(
                      store.sql(
                          "INSERT INTO $.mirror_refresh (refresh_key, token, watermark, full_at, mapping_fingerprint,"
                              + " object, last_id) VALUES (1, :token, :watermark, :full, :mapping, :object, :last)"))
                  .bind("token", token)
                  .bind("watermark", RowCodec.utc(place.state().watermark()))
                  .bind("full", RowCodec.utc(place.state().fullAt()))
                  .bind("mapping", place.state().mappingFingerprint())
                  .bind("object", place.object().name())
                  .bind("last", place.lastId())
                  .execute();
        });
  }

  @Override
  public void commit(MirrorState state) {
    contacts.flush();
    journeys.flush();
    store.run(
        "bringing the mirror up to date",
        handle -> {
          contacts.collapse(handle);
          journeys.collapse(handle);
          if (kind == RefreshKind.FULL) {
            fingerprints.all(handle);
            new WrittenIds(store).areNoMore(handle);
          } else {
            if (contacts.hasRows()) {
              dropWhatIsMirrored(handle, "contact", "pmi_id", " AND m.merged_into IS NULL");
            }
            if (journeys.hasRows()) {
              dropWhatIsMirrored(handle, "journey", "contact_id", "");
            }
            if (contacts.hasRows() || journeys.hasRows()) {
              new WrittenIds(store).beforeMerge(handle, token);
              fingerprints.ofStaged(handle, token);
            }
          }
          if (noting != null) {
            new AlteredRows(store, handle).note(noting, token);
          }
          if (kind == RefreshKind.FULL || contacts.hasRows()) {
            mergeContacts(handle);
          }
          if (kind == RefreshKind.FULL || journeys.hasRows()) {
            mergeJourneys(handle);
          }
          empty(handle);
          handle.execute(store.sql("DELETE FROM $.mirror_state"));
          handle
              .createUpdate(
                  store.sql(
                      "INSERT INTO $.mirror_state (state_key, watermark, full_at, mapping_fingerprint, read_up_to,"
                          + " read_again) VALUES (1, :watermark, :full, :mapping, :readUpTo, :again)"))
              .bind("watermark", RowCodec.utc(state.watermark()))
              .bind("full", RowCodec.utc(state.fullAt()))
              .bind("mapping", state.mappingFingerprint())
              .bind("readUpTo", RowCodec.utc(state.readUpTo()))
              .bind("again", state.readAgain())
              .execute();
        });
  }

  private void mergeContacts(Handle handle) {
    change(
        handle,
        "contact",
        "s.is_gone = 0 AND (t.is_deleted <> 0 OR t.merged_into IS NOT NULL OR "
            + differs("pmi_id")
            + ")",
        "pmi_id = s.pmi_id, fields = s.fields, modstamp = s.modstamp, owner_id = s.owner_id, is_deleted = 0,"
            + " merged_into = NULL");
    change(handle, "contact", "s.is_gone = 1", "is_deleted = 1, merged_into = s.merged_into");
    execute(
        handle,
        "INSERT INTO $.contact_mirror (contact_id, pmi_id, fields, sent, modstamp, owner_id, is_deleted, merged_into)"
            + " SELECT s.contact_id, s.pmi_id, s.fields, '{}', s.modstamp, s.owner_id, 0, NULL FROM $.contact_staging s"
            + " WHERE s.token = :token AND s.is_gone = 0 AND NOT EXISTS (SELECT 1 FROM $.contact_mirror m WHERE m.contact_id ="
            + " s.contact_id)");
    if (followsJourneys) {
      String moved =
          " FROM $.journey_mirror j JOIN $.journey_staging t ON t.journey_id = j.journey_id WHERE t.token = :token"
              + " AND t.is_gone = 0 AND j.is_deleted = 0 AND j.contact_id = contact_mirror.contact_id AND"
              + " t.contact_id <> contact_mirror.contact_id";
      execute(
          handle,
          "UPDATE $.contact_mirror SET merged_into = (SELECT MIN(t.contact_id)"
              + moved
              + ") WHERE is_deleted = 0 AND NOT EXISTS (SELECT 1 FROM $.contact_staging s WHERE s.token = :token"
              + " AND s.contact_id = contact_mirror.contact_id) AND 1 = (SELECT COUNT(DISTINCT t.contact_id)"
              + moved
              + ")");
    }
    if (kind == RefreshKind.FULL) {
      markUnseen(handle, "contact");
    }
  }

  private void mergeJourneys(Handle handle) {
    change(
        handle,
        "journey",
        "s.is_gone = 0 AND (t.is_deleted <> 0 OR " + differs("contact_id") + ")",
        "contact_id = s.contact_id, fields = s.fields, modstamp = s.modstamp, owner_id = s.owner_id, is_deleted = 0");
    change(handle, "journey", "s.is_gone = 1", "is_deleted = 1");
    change(
        handle,
        "journey",
        "s.is_gone = 2",
        "fields = s.fields, modstamp = s.modstamp, owner_id = s.owner_id, is_deleted = 2");
    execute(
        handle,
        "INSERT INTO $.journey_mirror (journey_id, contact_id, fields, sent, modstamp, owner_id, is_deleted) SELECT"
            + " s.journey_id, s.contact_id, s.fields, '{}', s.modstamp, s.owner_id, 0 FROM $.journey_staging s WHERE"
            + " s.token = :token AND s.is_gone = 0 AND NOT EXISTS (SELECT 1 FROM $.journey_mirror m WHERE m.journey_id = s.journey_id)");
    if (kind == RefreshKind.FULL) {
      markUnseen(handle, "journey");
    }
  }

  private void change(Handle handle, String word, String condition, String set) {
    String on = "s.token = :token AND t.%1$s_id = s.%1$s_id AND ".formatted(word) + condition;
    int unused =
        handle
            .createUpdate(
                store.changeFrom("$." + word + "_mirror", "$." + word + "_staging", on, set))
            .bind("token", token)
            .execute();
  }

  private void markUnseen(Handle handle, String word) {
    execute(
        handle,
        "UPDATE $.%1$s_mirror SET is_deleted = 1 WHERE is_deleted = 0 AND NOT EXISTS (SELECT 1 FROM $.%1$s_staging s WHERE s.token = :token AND s.%1$s_id = %1$s_mirror.%1$s_id)"
            .formatted(word));
  }

  /**
   * The overlap of two refreshes reads mostly unchanged records, and these must not drop
   * fingerprints.
   */
  private void dropWhatIsMirrored(
      Handle handle, String word, String reference, String andCondition) {
    String staging = word + "_staging";
    StringBuilder same = new StringBuilder();
    for (String column : List.of(reference, "modstamp", "owner_id")) {
      same.append(
          " AND (m.%1$s = %2$s.%1$s OR (m.%1$s IS NULL AND %2$s.%1$s IS NULL))"
              .formatted(column, staging));
    }
    String binary = store.dialect().binaryOrder();
    execute(
        handle,
        "DELETE FROM $.%1$s WHERE token = :token AND is_gone = 0 AND EXISTS (SELECT 1 FROM $.%2$s_mirror m WHERE m.%2$s_id = %1$s.%2$s_id AND m.is_deleted = 0 AND m.fields%3$s = %1$s.fields%3$s%4$s%5$s)"
            .formatted(staging, word, binary, same, andCondition));
  }

  /**
   * The condition that a staged record {@code s} differs from the mirrored {@code t}. A full
   * refresh stages everybody, and rewriting equal rows would fill the database's log for nothing.
   */
  private String differs(String reference) {
    String binary = store.dialect().binaryOrder();
    StringBuilder condition = new StringBuilder();
    for (String column : List.of(reference, "modstamp", "owner_id")) {
      condition.append(
          "t.%1$s <> s.%1$s OR (t.%1$s IS NULL AND s.%1$s IS NOT NULL) OR (t.%1$s IS NOT NULL AND s.%1$s IS NULL) OR "
              .formatted(column));
    }
    // The database's own collation may ignore the case of letters.
    return condition.append("t.fields%1$s <> s.fields%1$s".formatted(binary)).toString();
  }

  private void execute(Handle handle, String statement) {
    int unused = handle.createUpdate(store.sql(statement)).bind("token", token).execute();
  }

  @Override
  public void close() {
    // Staged rows are invisible, and the next refresh uses or deletes them.
  }
}
