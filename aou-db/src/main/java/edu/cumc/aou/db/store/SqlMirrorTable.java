package edu.cumc.aou.db.store;

import edu.cumc.aou.db.store.WrittenRows.Written;
import edu.cumc.aou.sync.model.ContactId;
import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.model.FieldName;
import edu.cumc.aou.sync.model.FieldValues;
import edu.cumc.aou.sync.model.Fingerprint;
import edu.cumc.aou.sync.model.JourneyId;
import edu.cumc.aou.sync.model.PmiId;
import edu.cumc.aou.sync.model.RunId;
import edu.cumc.aou.sync.model.SentValues;
import edu.cumc.aou.sync.port.Cursor;
import edu.cumc.aou.sync.port.MirrorTable;
import edu.cumc.aou.sync.port.RecordStamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The mirror of Salesforce. Field maps are compared in Java. */
final class SqlMirrorTable implements MirrorTable {

  private static final int PAGE = 1000;
  private static final int LOOKUP = 200;

  private final StoreDatabase store;
  private final MirrorRows rows;
  private final FingerprintRows fingerprints;

  SqlMirrorTable(StoreDatabase store) {
    this.store = store;
    this.rows = new MirrorRows(store);
    this.fingerprints = new FingerprintRows(store);
  }

  @Override
  public Optional<MirrorState> state() {
    return store.read(
        "looking up the state of the mirror",
        handle ->
            handle
                .createQuery(
                    store.sql(
                        "SELECT watermark, full_at, mapping_fingerprint, COALESCE(read_up_to, watermark) AS read_up_to,"
                            + " COALESCE(read_again, 0) AS read_again FROM $.mirror_state WHERE state_key = 1"))
                .map(
                    (row, context) ->
                        new MirrorState(
                            RowCodec.instant(row, "watermark"),
                            RowCodec.instant(row, "full_at"),
                            row.getString("mapping_fingerprint"),
                            RowCodec.instant(row, "read_up_to"),
                            row.getLong("read_again")))
                .findOne());
  }

  @Override
  public MirrorCounts counts() {
    return store.read(
        "counting the mirror",
        handle ->
            new MirrorCounts(count(handle, "contact_mirror"), count(handle, "journey_mirror")));
  }

  @Override
  public Map<FieldName, Long> withValue(CrmObject object, Collection<FieldName> fields) {
    return new ValueCounts(store).count(object, fields);
  }

  private long count(Handle handle, String table) {
    return handle
        .createQuery(store.sql("SELECT COUNT(*) FROM $." + table + " WHERE is_deleted = 0"))
        .mapTo(Long.class)
        .one();
  }

  @Override
  public Refresh begin(RefreshKind kind) {
    return SqlMirrorRefresh.begin(store, kind);
  }

  @Override
  public Optional<Place> place() {
    return SqlMirrorRefresh.place(store);
  }

  @Override
  public Refresh goOn() {
    return SqlMirrorRefresh.goOn(store);
  }

  @Override
  public Cursor<MirrorEntry> read() {
    return new PagedCursor<>(last -> page(last == null ? "" : last.pmiId().value()));
  }

  private List<MirrorEntry> page(String after) {
    return store.read("reading the mirror", handle -> rows.entriesAfter(handle, after, PAGE));
  }

  @Override
  public Cursor<MirrorKey> keys() {
    MirrorKeys keys = new MirrorKeys(store);
    return new PagedCursor<>(
        last ->
            store.read(
                "reading the keys of the mirror",
                handle -> keys.after(handle, last == null ? "" : last.pmiId().value())));
  }

  @Override
  public void keepUnchanged(Map<PmiId, Fingerprint> unchanged) {
    store.run(
        "keeping who is unchanged", handle -> fingerprints.keep(handle, Map.copyOf(unchanged)));
  }

  @Override
  public List<MirrorEntry> find(Collection<PmiId> pmiIds) {
    return store.read(
        "looking up participants in the mirror", handle -> rows.entries(handle, pmiIds));
  }

  @Override
  public List<MirrorEntry> findShown(Collection<PmiId> pmiIds) {
    return store.read(
        "looking up what participants show in the mirror", handle -> rows.shown(handle, pmiIds));
  }

  @Override
  public Optional<MirrorEntry> find(PmiId pmiId) {
    return store.read(
        "looking up a participant in the mirror",
        handle -> rows.entries(handle, List.of(pmiId)).stream().findFirst());
  }

  @Override
  public Optional<MirrorEntry> findWithOthers(PmiId pmiId) {
    return store.read(
        "looking up all records of a participant in the mirror",
        handle -> rows.entryWithOthers(handle, pmiId));
  }

  @Override
  public Dropped dropUnreadable() {
    return new UnreadableCells(store).drop();
  }

  @Override
  public List<MirroredJourney> journeysOf(ContactId contact) {
    return store.read(
        "looking up the journeys of a Contact", handle -> rows.journeysOf(handle, contact));
  }

  @Override
  public List<JourneyId> orphans() {
    return store.read(
        "looking for journeys that lost their Contact",
        handle ->
            handle
                .createQuery(
                    store.sql(
                        "SELECT journey_id FROM $.journey_mirror WHERE is_deleted = "
                            + SqlMirrorRefresh.WITHOUT_CONTACT
                            + " ORDER BY journey_id"))
                .map((row, context) -> row.getString(1))
                .map(id -> UnreadableCells.orTell(() -> new JourneyId(UnreadableCells.id(id))))
                .list());
  }

  @Override
  public List<String> notAsStamped(CrmObject object, List<RecordStamp> stamps) {
    String word = object == CrmObject.CONTACT ? "contact" : "journey";
    Map<String, Instant> mirrored = new HashMap<>();
    store.read(
        "looking for records that changed late",
        handle -> {
          mirrored.clear();
          for (int from = 0; from < stamps.size(); from += LOOKUP) {
            handle
                .createQuery(
                    store.sql(
                        "SELECT %1$s_id, modstamp FROM $.%1$s_mirror WHERE modstamp IS NOT NULL AND %1$s_id IN (<ids>)"
                            .formatted(word)))
                .bindList(
                    "ids",
                    stamps.subList(from, Math.min(from + LOOKUP, stamps.size())).stream()
                        .map(RecordStamp::id)
                        .toList())
                .map(
                    (row, context) ->
                        Map.entry(row.getString(1), RowCodec.instant(row, "modstamp")))
                .forEach(entry -> mirrored.put(entry.getKey(), entry.getValue()));
          }
          return mirrored;
        });
    return stamps.stream()
        .filter(s -> !s.modstamp().equals(mirrored.get(s.id())))
        .map(RecordStamp::id)
        .toList();
  }

  @Override
  public void recordContacts(List<WrittenContact> written) {
    if (written.isEmpty()) {
      return;
    }
    store.run(
        "entering written Contacts into the mirror",
        handle -> {
          Map<String, Known> known =
              known(handle, "contact", written.stream().map(w -> w.id().value()).toList());
          Set<String> mirrored = Set.copyOf(known.keySet());
          Map<String, PmiId> pmiIds = new LinkedHashMap<>();
          for (WrittenContact contact : written) {
            String id = contact.id().value();
            known.put(id, after(known.get(id), contact.values(), contact.sent()));
            pmiIds.put(id, contact.pmiId());
          }
          new WrittenIds(store).beforeEntering(handle, pmiIds);
          fingerprints.ofContacts(handle, mirrored);
          fingerprints.ofParticipants(handle, pmiIds.values());
          List<Written> all = new ArrayList<>();
          pmiIds.forEach((id, pmiId) -> all.add(written(id, pmiId.value(), known.get(id))));
          WrittenRows rows = new WrittenRows(store, handle);
          rows.change(
              "contact_mirror",
              "contact_id",
              "fields = s.fields, sent = s.sent, pmi_id = s.pmi_id, is_deleted = 0, merged_into = NULL",
              all.stream().filter(w -> mirrored.contains(w.id())).toList());
          rows.addContacts(all.stream().filter(w -> !mirrored.contains(w.id())).toList());
        });
  }

  @Override
  public void recordJourneys(List<WrittenJourney> written) {
    if (written.isEmpty()) {
      return;
    }
    store.run(
        "entering written journeys into the mirror",
        handle -> {
          Map<String, Known> known =
              known(handle, "journey", written.stream().map(w -> w.id().value()).toList());
          Set<String> changed = new LinkedHashSet<>();
          for (WrittenJourney journey : written) {
            String id = journey.id().value();
            Known before = known.get(id);
            if (before != null) {
              known.put(id, after(before, journey.values(), journey.sent()));
              changed.add(id);
            }
          }
          fingerprints.ofJourneys(handle, changed);
          new WrittenRows(store, handle)
              .change(
                  "journey_mirror",
                  "journey_id",
                  "fields = s.fields, sent = s.sent",
                  changed.stream().map(id -> written(id, null, known.get(id))).toList());
        });
  }

  @Override
  public List<AlteredRecord> altered(RunId run, CrmObject object, String afterId, int limit) {
    return store.read(
        "looking for records that Salesforce altered",
        handle -> new AlteredRows(store, handle).page(run, object, afterId, limit));
  }

  @Override
  public void forgetAltered() {
    store.run(
        "forgetting which records Salesforce altered",
        handle -> new AlteredRows(store, handle).drop());
  }

  /** The present values of a mirrored record. */
  private record Known(FieldValues fields, SentValues sent) {}

  private static Known known(String fields, String sent) {
    return UnreadableCells.orTell(() -> new Known(RowCodec.values(fields), RowCodec.sent(sent)));
  }

  private static Known after(@Nullable Known before, FieldValues values, SentValues sent) {
    return before == null
        ? new Known(values, SentValues.none().with(sent))
        : new Known(before.fields().with(values), before.sent().with(sent));
  }

  private static Written written(String id, @Nullable String pmiId, @Nullable Known now) {
    Known known = Objects.requireNonNull(now, "what is written is known");
    return new Written(id, pmiId, RowCodec.shown(known.fields()), RowCodec.json(known.sent()));
  }

  /**
   * A few hundred ids at a time: SQL Server takes at most 2,100 parameters, and uses no index for a
   * long list.
   */
  private Map<String, Known> known(Handle handle, String word, List<String> ids) {
    Map<String, Known> known = new HashMap<>();
    List<String> distinct = ids.stream().distinct().toList();
    for (int from = 0; from < distinct.size(); from += LOOKUP) {
      handle
          .createQuery(
              store.sql(
                  "SELECT "
                      + word
                      + "_id, fields, sent FROM $."
                      + word
                      + "_mirror WHERE "
                      + word
                      + "_id IN (<ids>)"))
          .bindList("ids", distinct.subList(from, Math.min(from + LOOKUP, distinct.size())))
          .map(
              (row, context) ->
                  Map.entry(row.getString(1), known(row.getString(2), row.getString(3))))
          .forEach(entry -> known.put(entry.getKey(), entry.getValue()));
    }
    return known;
  }
}
