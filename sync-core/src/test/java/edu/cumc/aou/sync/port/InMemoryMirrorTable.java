package edu.cumc.aou.sync.port;

import edu.cumc.aou.sync.model.Contact;
import edu.cumc.aou.sync.model.ContactId;
import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.model.FieldName;
import edu.cumc.aou.sync.model.FieldValues;
import edu.cumc.aou.sync.model.Fingerprint;
import edu.cumc.aou.sync.model.Journey;
import edu.cumc.aou.sync.model.JourneyId;
import edu.cumc.aou.sync.model.PmiId;
import edu.cumc.aou.sync.model.RunId;
import edu.cumc.aou.sync.model.SentValues;
import edu.cumc.aou.sync.port.AnomalyTable.Anomaly;
import edu.cumc.aou.sync.port.PersonalData.Removed;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The mirror of {@link InMemorySyncStore}. */
final class InMemoryMirrorTable implements MirrorTable {

  /** A row of the Contact mirror; {@code pmiId} is null when the PMI field holds something else. */
  record ContactRow(
      ContactId id,
      @Nullable PmiId pmiId,
      FieldValues fields,
      SentValues sent,
      boolean gone,
      @Nullable ContactId mergedInto) {}

  /** A row of the journey mirror; {@code lost}: gone, for it has no Contact any more. */
  record JourneyRow(
      JourneyId id,
      @Nullable ContactId contactId,
      FieldValues fields,
      SentValues sent,
      boolean gone,
      boolean lost) {}

  private final CallGate gate;
  private final InMemoryDecisionTable decisions;
  private NavigableMap<ContactId, ContactRow> contacts = new TreeMap<>();
  private NavigableMap<JourneyId, JourneyRow> journeys = new TreeMap<>();
  private final Map<PmiId, Fingerprint> unchanged = new TreeMap<>();
  private final Map<String, Instant> stamps = new HashMap<>();
  private final NavigableMap<String, FieldValues> altered = new TreeMap<>();
  private @Nullable RunId alteredFor;
  private @Nullable MirrorState state;
  private boolean forgetful;
  private @Nullable Kept kept;

  private record Kept(Place place, List<Contact> contacts, List<Journey> journeys) {}

  InMemoryMirrorTable(CallGate gate, InMemoryDecisionTable decisions) {
    this.gate = gate;
    this.decisions = decisions;
    decisions.tellOfAnomalies(this::takeBack);
  }

  @Override
  public Optional<MirrorState> state() {
    return gate.uncounted(() -> Optional.ofNullable(state));
  }

  @Override
  public MirrorCounts counts() {
    return gate.uncounted(() -> new MirrorCounts(liveContacts().count(), liveJourneys().count()));
  }

  @Override
  public Map<FieldName, Long> withValue(CrmObject object, Collection<FieldName> fields) {
    return gate.uncounted(
        () -> {
          Map<FieldName, Long> counts = new HashMap<>();
          for (FieldName field : fields) {
            Stream<FieldValues> records =
                object == CrmObject.CONTACT
                    ? liveContacts().map(ContactRow::fields)
                    : liveJourneys().map(JourneyRow::fields);
            counts.put(field, records.filter(values -> !values.get(field).isBlank()).count());
          }
          return counts;
        });
  }

  @Override
  public Refresh begin(RefreshKind kind) {
    kept = null;
    return new Staged(kind);
  }

  @Override
  public Optional<Place> place() {
    return gate.uncounted(() -> Optional.ofNullable(kept).map(Kept::place));
  }

  @Override
  public Refresh goOn() {
    if (kept == null) {
      throw new IllegalStateException("no refresh has kept its place");
    }
    Staged refresh = new Staged(RefreshKind.FULL);
    refresh.seenContacts.addAll(kept.contacts());
    refresh.seenJourneys.addAll(kept.journeys());
    return refresh;
  }

  @Override
  public Cursor<MirrorEntry> read() {
    return Cursor.of(entries().values().iterator());
  }

  @Override
  public Cursor<MirrorKey> keys() {
    return gate.uncounted(
        () ->
            Cursor.of(
                entries().values().stream()
                    .map(
                        e ->
                            new MirrorKey(
                                e.pmiId(),
                                (int) e.contacts().stream().filter(c -> !c.gone()).count(),
                                unchanged.get(e.pmiId())))
                    .toList()
                    .iterator()));
  }

  @Override
  public void keepUnchanged(Map<PmiId, Fingerprint> fingerprints) {
    gate.counted(
        () -> {
          if (!forgetful) {
            unchanged.putAll(fingerprints);
          }
        });
  }

  /** Nothing else can write here, so everything is readable. */
  @Override
  public Dropped dropUnreadable() {
    gate.counted(
        () -> {
          MirrorState known = state;
          if (known != null) {
            state =
                new MirrorState(
                    known.watermark(),
                    Instant.EPOCH,
                    known.mappingFingerprint(),
                    known.readUpTo(),
                    known.readAgain());
          }
        });
    return new Dropped(0, List.of());
  }

  /** Everybody is compared by the long way from now on; the caller holds the gate. */
  void rememberNoFingerprint() {
    forgetful = true;
    unchanged.clear();
  }

  /** Takes back what was remembered of a participant; the caller holds the gate. */
  void takeBack(PmiId pmiId) {
    unchanged.remove(pmiId);
  }

  private void takeBackOf(@Nullable ContactId id) {
    ContactRow contact = id == null ? null : contacts.get(id);
    if (contact != null && contact.pmiId() != null) {
      takeBack(contact.pmiId());
    }
  }

  private void takeBackOf(JourneyId id) {
    JourneyRow journey = journeys.get(id);
    if (journey != null) {
      takeBackOf(journey.contactId());
    }
  }

  @Override
  public List<MirrorEntry> find(Collection<PmiId> pmiIds) {
    return entries().values().stream().filter(e -> pmiIds.contains(e.pmiId())).toList();
  }

  @Override
  public Optional<MirrorEntry> find(PmiId pmiId) {
    return Optional.ofNullable(entries().get(pmiId));
  }

  @Override
  public Optional<MirrorEntry> findWithOthers(PmiId pmiId) {
    return Optional.ofNullable(entries(false).get(pmiId));
  }

  @Override
  public List<JourneyId> orphans() {
    return gate.uncounted(
        () -> journeys.values().stream().filter(JourneyRow::lost).map(JourneyRow::id).toList());
  }

  /** What is odd of Contacts and journeys. The caller holds the gate. */
  List<Anomaly> oddities() {
    List<Anomaly> oddities = new ArrayList<>();
    Map<ContactId, List<JourneyRow>> byContact = liveJourneysByContact();
    liveContactsByPmiId()
        .forEach(
            (pmiId, theirs) -> {
              if (theirs.size() > 1) {
                oddities.add(new Anomaly(AnomalyTable.Kind.DOUBLED_PMI_ID, pmiId.value()));
              }
              if (theirs.stream()
                  .anyMatch(c -> byContact.getOrDefault(c.id(), List.of()).size() > 1)) {
                oddities.add(new Anomaly(AnomalyTable.Kind.SEVERAL_JOURNEYS, pmiId.value()));
              }
            });
    for (JourneyRow journey : journeys.values()) {
      ContactRow contact = journey.contactId() == null ? null : contacts.get(journey.contactId());
      if (contact != null
          && contact.pmiId() != null
          && (journey.lost() || (!journey.gone() && contact.gone()))) {
        oddities.add(
            new Anomaly(
                AnomalyTable.Kind.ORPHAN_JOURNEY,
                contact.pmiId().value() + " " + journey.id().value()));
      }
    }
    return oddities;
  }

  /** Whether a participant has a Contact or a journey with this id. The caller holds the gate. */
  boolean isLive(PmiId pmiId, String id) {
    Map<ContactId, List<JourneyRow>> byContact = liveJourneysByContact();
    return liveContactsByPmiId().getOrDefault(pmiId, List.of()).stream()
        .anyMatch(
            c ->
                c.id().value().equals(id)
                    || byContact.getOrDefault(c.id(), List.of()).stream()
                        .anyMatch(j -> j.id().value().equals(id)));
  }

  /** Of several Contacts the one to be kept, if it is among them. The caller holds the gate. */
  List<ContactRow> keptContacts(PmiId pmiId, List<ContactRow> theirs) {
    String kept = decisions.kept(pmiId, AnomalyTable.Kind.DOUBLED_PMI_ID);
    return theirs.stream().anyMatch(c -> !c.gone() && c.id().value().equals(kept))
        ? theirs.stream().filter(c -> c.gone() || c.id().value().equals(kept)).toList()
        : theirs;
  }

  /** Of several journeys the one to be kept, if it is among them. The caller holds the gate. */
  List<JourneyRow> keptJourneys(PmiId pmiId, List<JourneyRow> theirs) {
    String kept = decisions.kept(pmiId, AnomalyTable.Kind.SEVERAL_JOURNEYS);
    List<JourneyRow> one = theirs.stream().filter(j -> j.id().value().equals(kept)).toList();
    return one.isEmpty() ? theirs : one;
  }

  @Override
  public List<String> notAsStamped(CrmObject object, List<RecordStamp> given) {
    return gate.uncounted(
        () ->
            given.stream()
                .filter(s -> !s.modstamp().equals(stamps.get(s.id())))
                .map(RecordStamp::id)
                .toList());
  }

  @Override
  public void recordContacts(List<WrittenContact> written) {
    gate.counted(() -> written.forEach(this::record));
  }

  private void record(WrittenContact w) {
    takeBackOf(w.id());
    takeBack(w.pmiId());
    ContactRow old = contacts.get(w.id());
    FieldValues fields = old == null ? FieldValues.empty() : old.fields();
    SentValues sent = old == null ? SentValues.none() : old.sent();
    // Salesforce has just taken values for it and its PMI ID, so it is one that the sync looks
    // after
    contacts.put(
        w.id(),
        new ContactRow(
            w.id(), w.pmiId(), fields.with(w.values()), sent.with(w.sent()), false, null));
  }

  @Override
  public void recordJourneys(List<WrittenJourney> written) {
    gate.counted(
        () -> {
          written.forEach(w -> takeBackOf(w.id()));
          written.forEach(
              w ->
                  journeys.computeIfPresent(
                      w.id(),
                      (id, j) ->
                          new JourneyRow(
                              id,
                              j.contactId(),
                              j.fields().with(w.values()),
                              j.sent().with(w.sent()),
                              j.gone(),
                              j.lost())));
        });
  }

  @Override
  public List<AlteredRecord> altered(RunId run, CrmObject object, String afterId, int limit) {
    return gate.uncounted(
        () ->
            altered.tailMap(afterId, false).entrySet().stream()
                .filter(e -> run.equals(alteredFor))
                .flatMap(
                    e ->
                        liveOwner(object, e.getKey())
                            .map(pmiId -> new AlteredRecord(pmiId, e.getKey(), e.getValue()))
                            .stream())
                .limit(limit)
                .toList());
  }

  private Optional<PmiId> liveOwner(CrmObject object, String id) {
    ContactId contact =
        object == CrmObject.CONTACT
            ? new ContactId(id)
            : liveJourneys()
                .filter(j -> j.id().value().equals(id))
                .findFirst()
                .map(JourneyRow::contactId)
                .orElse(null);
    return Optional.ofNullable(contact)
        .map(contacts::get)
        .filter(c -> !c.gone())
        .map(ContactRow::pmiId);
  }

  @Override
  public void forgetAltered() {
    gate.counted(altered::clear);
  }

  /** The caller holds the gate. */
  void dropAltered() {
    altered.clear();
  }

  /** All Contacts, gone ones too. The caller holds the gate. */
  SortedMap<ContactId, ContactRow> contactRows() {
    return contacts;
  }

  /** The Contacts that are not gone, by their PMI ID. The caller holds the gate. */
  SortedMap<PmiId, List<ContactRow>> liveContactsByPmiId() {
    SortedMap<PmiId, List<ContactRow>> byPmiId = new TreeMap<>();
    liveContacts()
        .filter(c -> c.pmiId() != null)
        .forEach(c -> byPmiId.computeIfAbsent(c.pmiId(), k -> new ArrayList<>()).add(c));
    return byPmiId;
  }

  /** The journeys that are not gone, by their Contact. The caller holds the gate. */
  SortedMap<ContactId, List<JourneyRow>> liveJourneysByContact() {
    SortedMap<ContactId, List<JourneyRow>> byContact = new TreeMap<>();
    liveJourneys()
        .filter(j -> j.contactId() != null)
        .forEach(j -> byContact.computeIfAbsent(j.contactId(), k -> new ArrayList<>()).add(j));
    return byContact;
  }

  @Override
  public List<MirroredJourney> journeysOf(ContactId contact) {
    return gate.counted(
        () ->
            liveJourneys()
                .filter(j -> contact.equals(j.contactId()))
                .map(InMemoryMirrorTable::mirrored)
                .toList());
  }

  /** A refresh that was interrupted begins anew. The caller holds the gate. */
  void forgetPlace() {
    kept = null;
  }

  /** Removes what is gone, and the values of what is not; the caller holds the gate. */
  Removed empty(PmiId pmiId) {
    takeBack(pmiId);
    List<ContactRow> theirs =
        contacts.values().stream().filter(c -> pmiId.equals(c.pmiId())).toList();
    long gone = 0;
    long there = 0;
    for (ContactRow contact : theirs) {
      List<JourneyRow> all =
          journeys.values().stream().filter(j -> contact.id().equals(j.contactId())).toList();
      for (JourneyRow j : all) {
        if (j.gone()) {
          journeys.remove(j.id());
          gone++;
        } else {
          journeys.put(
              j.id(),
              new JourneyRow(
                  j.id(), j.contactId(), FieldValues.empty(), SentValues.none(), false, false));
          there++;
        }
      }
      if (contact.gone() && all.stream().allMatch(JourneyRow::gone)) {
        contacts.remove(contact.id());
        gone++;
      } else {
        contacts.put(
            contact.id(),
            new ContactRow(
                contact.id(),
                pmiId,
                FieldValues.empty(),
                SentValues.none(),
                contact.gone(),
                contact.mergedInto()));
        there++;
      }
    }
    return new Removed(0, 0, gone, there);
  }

  /** Removes a participant's Contacts that are gone. The caller holds the gate. */
  void dropGone(PmiId pmiId) {
    takeBack(pmiId);
    contacts.values().removeIf(c -> c.gone() && pmiId.equals(c.pmiId()));
  }

  /** Removes a participant's Contacts and journeys. The caller holds the gate. */
  void drop(PmiId pmiId) {
    takeBack(pmiId);
    List<ContactId> theirs =
        contacts.values().stream()
            .filter(c -> pmiId.equals(c.pmiId()))
            .map(ContactRow::id)
            .toList();
    journeys.values().removeIf(j -> j.contactId() != null && theirs.contains(j.contactId()));
    theirs.forEach(contacts::remove);
  }

  private Stream<ContactRow> liveContacts() {
    return contacts.values().stream().filter(c -> !c.gone());
  }

  private Stream<JourneyRow> liveJourneys() {
    return journeys.values().stream().filter(j -> !j.gone());
  }

  private SortedMap<PmiId, MirrorEntry> entries() {
    return entries(true);
  }

  private SortedMap<PmiId, MirrorEntry> entries(boolean keptOnly) {
    return gate.uncounted(
        () -> {
          Map<ContactId, List<JourneyRow>> byContact = liveJourneysByContact();
          SortedMap<PmiId, List<ContactRow>> grouped = new TreeMap<>();
          contacts.values().stream()
              .filter(c -> c.pmiId() != null)
              .forEach(c -> grouped.computeIfAbsent(c.pmiId(), k -> new ArrayList<>()).add(c));
          SortedMap<PmiId, MirrorEntry> entries = new TreeMap<>();
          grouped.forEach(
              (pmiId, theirs) ->
                  entries.put(
                      pmiId,
                      new MirrorEntry(
                          pmiId,
                          (keptOnly ? keptContacts(pmiId, theirs) : theirs)
                              .stream()
                                  .map(
                                      c -> {
                                        List<JourneyRow> all =
                                            byContact.getOrDefault(c.id(), List.of());
                                        return mirrored(
                                            c, keptOnly ? keptJourneys(pmiId, all) : all);
                                      })
                                  .toList())));
          return entries;
        });
  }

  private MirroredContact mirrored(ContactRow contact, List<JourneyRow> journeys) {
    return new MirroredContact(
        contact.id(),
        contact.fields(),
        contact.sent(),
        contact.gone(),
        isSomebodys(contact.mergedInto()) ? null : contact.mergedInto(),
        journeys.stream().map(InMemoryMirrorTable::mirrored).toList(),
        this.journeys.values().stream()
            .filter(j -> j.lost() && contact.id().equals(j.contactId()))
            .map(InMemoryMirrorTable::mirrored)
            .toList(),
        isSomebodys(contact.mergedInto())
            ? liveJourneys()
                .filter(j -> contact.mergedInto().equals(j.contactId()))
                .map(InMemoryMirrorTable::mirrored)
                .toList()
            : List.of());
  }

  private static MirroredJourney mirrored(JourneyRow journey) {
    return new MirroredJourney(journey.id(), journey.fields(), journey.sent());
  }

  /** Whether the Contact that survived a merge is that of a participant: then it is not free. */
  private boolean isSomebodys(@Nullable ContactId survivor) {
    ContactRow row = survivor == null ? null : contacts.get(survivor);
    return row != null && !row.gone() && row.pmiId() != null;
  }

  private final class Staged implements Refresh {
    private final RefreshKind kind;
    private final List<Contact> seenContacts = new ArrayList<>();
    private final List<Journey> seenJourneys = new ArrayList<>();
    private boolean followsJourneys;
    private @Nullable RunId noting;

    Staged(RefreshKind kind) {
      this.kind = kind;
    }

    @Override
    public void add(Contact contact) {
      seenContacts.add(contact);
    }

    @Override
    public void add(Journey journey) {
      seenJourneys.add(journey);
    }

    @Override
    public void keep(Place place) {
      if (kind != RefreshKind.FULL) {
        throw new IllegalStateException("a refresh of what changed is never gone on with");
      }
      gate.counted(
          () -> kept = new Kept(place, List.copyOf(seenContacts), List.copyOf(seenJourneys)));
    }

    @Override
    public void followJourneys() {
      if (kind != RefreshKind.FULL) {
        throw new IllegalStateException("a refresh of what changed tells of merges itself");
      }
      followsJourneys = true;
    }

    @Override
    public void noteAltered(RunId run) {
      noting = run;
    }

    private void noteAltered() {
      if (noting == null) {
        return;
      }
      if (!noting.equals(alteredFor)) {
        altered.clear();
        alteredFor = noting;
      }
      for (Contact c : seenContacts) {
        ContactRow old = contacts.get(c.id());
        if (c.selected() && !c.deleted() && old != null && !old.gone()) {
          note(c.id().value(), old.fields(), c.fields());
        }
      }
      for (Journey j : seenJourneys) {
        JourneyRow old = journeys.get(j.id());
        if (j.selected() && !j.deleted() && old != null && !old.gone()) {
          note(j.id().value(), old.fields(), j.fields());
        }
      }
    }

    private void note(String id, FieldValues before, FieldValues now) {
      if (stamps.containsKey(id) && !before.withoutBlanks().equals(now.withoutBlanks())) {
        altered.putIfAbsent(id, before.withoutBlanks());
      }
    }

    /** The one Contact that has the journeys now. */
    private @Nullable ContactId survivorOf(ContactId id) {
      List<ContactId> others =
          seenJourneys.stream()
              .filter(j -> j.selected() && !j.deleted())
              .filter(
                  j -> {
                    JourneyRow old = journeys.get(j.id());
                    return old != null && !old.gone() && id.equals(old.contactId());
                  })
              .flatMap(j -> Stream.ofNullable(j.contactId()))
              .filter(other -> !other.equals(id))
              .distinct()
              .toList();
      return followsJourneys && others.size() == 1 ? others.get(0) : null;
    }

    @Override
    public void commit(MirrorState newState) {
      gate.counted(
          () -> {
            NavigableMap<ContactId, ContactRow> newContacts = new TreeMap<>(contacts);
            NavigableMap<JourneyId, JourneyRow> newJourneys = new TreeMap<>(journeys);
            noteAltered();
            takeBack();
            if (kind == RefreshKind.FULL) {
              newContacts.replaceAll((id, c) -> c.gone() ? c : gone(c, survivorOf(id)));
              newJourneys.replaceAll((id, j) -> j.gone() ? j : gone(j, j.fields(), false));
            }
            seenContacts.forEach(c -> enter(newContacts, c));
            seenJourneys.forEach(j -> enter(newJourneys, j));
            contacts = newContacts;
            journeys = newJourneys;
            seenContacts.stream()
                .filter(c -> c.selected() && !c.deleted())
                .forEach(c -> stamps.put(c.id().value(), c.modstamp()));
            seenJourneys.stream()
                .filter(
                    j -> j.selected() ? !j.deleted() : isLost(j) && journeys.containsKey(j.id()))
                .forEach(j -> stamps.put(j.id().value(), j.modstamp()));
            state = newState;
            kept = null;
          });
    }

    /** Of the PMI IDs before and after. */
    private void takeBack() {
      if (kind == RefreshKind.FULL) {
        unchanged.clear();
      }
      for (Contact contact : seenContacts) {
        takeBackOf(contact.id());
        if (contact.pmiId() != null) {
          InMemoryMirrorTable.this.takeBack(contact.pmiId());
        }
      }
      for (Journey journey : seenJourneys) {
        takeBackOf(journey.id());
        takeBackOf(journey.contactId());
      }
    }

    @Override
    public void close() {
      seenContacts.clear();
      seenJourneys.clear();
    }

    private static void enter(Map<ContactId, ContactRow> rows, Contact c) {
      ContactRow old = rows.get(c.id());
      if (!c.selected() || c.deleted()) {
        if (old != null) {
          rows.put(c.id(), gone(old, c.mergedInto()));
        }
        return;
      }
      SentValues sent = old == null ? SentValues.none() : old.sent();
      rows.put(c.id(), new ContactRow(c.id(), c.pmiId(), c.fields(), sent, false, null));
    }

    private static void enter(Map<JourneyId, JourneyRow> rows, Journey j) {
      JourneyRow old = rows.get(j.id());
      if (!j.selected() || j.deleted()) {
        if (old != null) {
          boolean lost = isLost(j);
          rows.put(j.id(), gone(old, lost ? j.fields() : old.fields(), lost));
        }
        return;
      }
      SentValues sent = old == null ? SentValues.none() : old.sent();
      rows.put(j.id(), new JourneyRow(j.id(), j.contactId(), j.fields(), sent, false, false));
    }

    private static boolean isLost(Journey j) {
      return !j.deleted() && j.contactId() == null;
    }

    private static ContactRow gone(ContactRow c, @Nullable ContactId mergedInto) {
      return new ContactRow(c.id(), c.pmiId(), c.fields(), c.sent(), true, mergedInto);
    }

    private static JourneyRow gone(JourneyRow j, FieldValues fields, boolean lost) {
      return new JourneyRow(j.id(), j.contactId(), fields, j.sent(), true, lost);
    }
  }
}
