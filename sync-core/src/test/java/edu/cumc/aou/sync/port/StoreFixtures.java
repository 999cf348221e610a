package edu.cumc.aou.sync.port;

import static edu.cumc.aou.sync.testing.TestParticipants.contactId;
import static edu.cumc.aou.sync.testing.TestParticipants.journeyId;
import static edu.cumc.aou.sync.testing.TestParticipants.pmiId;
import static edu.cumc.aou.sync.testing.TestParticipants.values;

import edu.cumc.aou.sync.model.Change;
import edu.cumc.aou.sync.model.Contact;
import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.model.FieldValues;
import edu.cumc.aou.sync.model.Journey;
import edu.cumc.aou.sync.model.RunId;
import edu.cumc.aou.sync.model.RunMode;
import edu.cumc.aou.sync.port.DecisionTable.Decision;
import edu.cumc.aou.sync.port.DecisionTable.Verdict;
import edu.cumc.aou.sync.port.MirrorTable.MirrorEntry;
import edu.cumc.aou.sync.port.MirrorTable.MirrorState;
import edu.cumc.aou.sync.port.MirrorTable.RefreshKind;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Records for the store's contracts. */
final class StoreFixtures {

  static final Instant STAMP = Instant.parse("2026-03-03T05:00:00Z");

  static final MirrorState STATE =
      new MirrorState(
          Instant.parse("2026-03-03T05:50:00Z"),
          Instant.parse("2026-03-01T06:00:00Z"),
          "fingerprint-1");

  static final LocalDate TODAY = LocalDate.parse("2026-03-03");

  /** What a store must keep as it is. */
  static final String AWKWARD = " O'Brien-Nuñez \"Bo\"\n李\t\\n {x} %_[]; 😀 -- ";

  private StoreFixtures() {}

  static Contact contact(int number, int pmiNumber, FieldValues fields) {
    return new Contact(
        contactId(number), pmiId(pmiNumber), true, fields, STAMP, "", true, false, null);
  }

  static Contact contact(int number, int pmiNumber) {
    return contact(number, pmiNumber, FieldValues.empty());
  }

  /** A deleted Contact. */
  static Contact deleted(int number, int pmiNumber) {
    return new Contact(
        contactId(number),
        pmiId(pmiNumber),
        true,
        FieldValues.empty(),
        STAMP,
        "",
        false,
        true,
        null);
  }

  /** A Contact that was merged into another. */
  static Contact merged(int number, int pmiNumber, int survivor) {
    return new Contact(
        contactId(number),
        pmiId(pmiNumber),
        true,
        FieldValues.empty(),
        STAMP,
        "",
        false,
        true,
        contactId(survivor));
  }

  /** A Contact without its former PMI ID. */
  static Contact cleared(int number) {
    return new Contact(
        contactId(number), null, false, FieldValues.empty(), STAMP, "", false, false, null);
  }

  static Journey journey(int number, int contactNumber, FieldValues fields) {
    return new Journey(journeyId(number), contactId(contactNumber), fields, STAMP, "", true, false);
  }

  static Journey journey(int number, int contactNumber) {
    return journey(number, contactNumber, FieldValues.empty());
  }

  static Journey deletedJourney(int number, int contactNumber) {
    return new Journey(
        journeyId(number), contactId(contactNumber), FieldValues.empty(), STAMP, "", false, true);
  }

  /** A journey that lost its Contact. */
  static Journey orphan(int number) {
    return new Journey(journeyId(number), null, FieldValues.empty(), STAMP, "", false, false);
  }

  /** Decides that this one of several records belongs to the participant. */
  static Decision keep(AnomalyTable.Kind kind, int pmiNumber, String id) {
    return decided(kind, pmiNumber, Verdict.KEEP, id);
  }

  static Decision decided(AnomalyTable.Kind kind, int pmiNumber, Verdict verdict, String answer) {
    return new Decision(
        DecisionTable.Kind.ANOMALY,
        pmiId(pmiNumber).value(),
        kind.name(),
        verdict,
        answer,
        "somebody",
        "",
        STAMP,
        "");
  }

  static void refresh(
      SyncStore store, RefreshKind kind, List<Contact> contacts, List<Journey> journeys) {
    try (MirrorTable.Refresh refresh = store.mirror().begin(kind)) {
      contacts.forEach(refresh::add);
      journeys.forEach(refresh::add);
      refresh.commit(STATE);
    }
  }

  static void refreshFully(SyncStore store, List<Contact> contacts, List<Journey> journeys) {
    refresh(store, RefreshKind.FULL, contacts, journeys);
  }

  static void refreshChanges(SyncStore store, List<Contact> contacts, List<Journey> journeys) {
    refresh(store, RefreshKind.INCREMENTAL, contacts, journeys);
  }

  static List<MirrorEntry> entries(SyncStore store) {
    return all(store.mirror().read());
  }

  static <T> List<T> all(Cursor<T> cursor) {
    List<T> all = new ArrayList<>();
    try (cursor) {
      cursor.forEachRemaining(all::add);
    }
    return all;
  }

  static RunId run(SyncStore store) {
    return run(store, RunMode.SYNC);
  }

  static RunId run(SyncStore store, RunMode mode) {
    return store.runs().create(mode, "00DTEST00000001EAA", "fingerprint-1", STAMP);
  }

  /** A planned insert of a Contact. */
  static Change insert(long seq, int pmiNumber, String... namesAndTexts) {
    return change(
        seq,
        CrmObject.CONTACT,
        pmiNumber,
        null,
        null,
        Change.Action.INSERT,
        Change.State.PLANNED,
        namesAndTexts);
  }

  /** A planned update of Contact number {@code pmiNumber}. */
  static Change contactUpdate(long seq, int pmiNumber, String... namesAndTexts) {
    return change(
        seq,
        CrmObject.CONTACT,
        pmiNumber,
        pmiNumber,
        null,
        Change.Action.UPDATE,
        Change.State.PLANNED,
        namesAndTexts);
  }

  /** A planned update of journey number {@code pmiNumber}. */
  static Change journeyUpdate(long seq, int pmiNumber, String... namesAndTexts) {
    return change(
        seq,
        CrmObject.JOURNEY,
        pmiNumber,
        pmiNumber,
        pmiNumber,
        Change.Action.UPDATE,
        Change.State.PLANNED,
        namesAndTexts);
  }

  /** Journey values that wait for a journey. */
  static Change awaiting(long seq, int pmiNumber, String... namesAndTexts) {
    return change(
        seq,
        CrmObject.JOURNEY,
        pmiNumber,
        null,
        null,
        Change.Action.UPDATE,
        Change.State.AWAITING_JOURNEY,
        namesAndTexts);
  }

  static Change change(
      long seq,
      CrmObject object,
      int pmiNumber,
      @Nullable Integer contactNumber,
      @Nullable Integer journeyNumber,
      Change.Action action,
      Change.State state,
      String... namesAndTexts) {
    return Change.builder(seq, object, pmiId(pmiNumber), action)
        .contactId(contactNumber == null ? null : contactId(contactNumber))
        .journeyId(journeyNumber == null ? null : journeyId(journeyNumber))
        .state(state)
        .newValues(values(namesAndTexts))
        .build();
  }
}
