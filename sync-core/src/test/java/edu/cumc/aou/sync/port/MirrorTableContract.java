package edu.cumc.aou.sync.port;

import static edu.cumc.aou.sync.port.StoreFixtures.AWKWARD;
import static edu.cumc.aou.sync.port.StoreFixtures.STATE;
import static edu.cumc.aou.sync.port.StoreFixtures.all;
import static edu.cumc.aou.sync.port.StoreFixtures.contact;
import static edu.cumc.aou.sync.port.StoreFixtures.deleted;
import static edu.cumc.aou.sync.port.StoreFixtures.deletedJourney;
import static edu.cumc.aou.sync.port.StoreFixtures.entries;
import static edu.cumc.aou.sync.port.StoreFixtures.insert;
import static edu.cumc.aou.sync.port.StoreFixtures.journey;
import static edu.cumc.aou.sync.port.StoreFixtures.refreshChanges;
import static edu.cumc.aou.sync.port.StoreFixtures.refreshFully;
import static edu.cumc.aou.sync.port.StoreFixtures.run;
import static edu.cumc.aou.sync.testing.TestParticipants.contactId;
import static edu.cumc.aou.sync.testing.TestParticipants.journeyId;
import static edu.cumc.aou.sync.testing.TestParticipants.mark;
import static edu.cumc.aou.sync.testing.TestParticipants.pmiId;
import static edu.cumc.aou.sync.testing.TestParticipants.pmiText;
import static edu.cumc.aou.sync.testing.TestParticipants.values;
import static org.assertj.core.api.Assertions.assertThat;

import edu.cumc.aou.sync.model.Contact;
import edu.cumc.aou.sync.model.ContactId;
import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.model.FieldName;
import edu.cumc.aou.sync.model.FieldValues;
import edu.cumc.aou.sync.model.Journey;
import edu.cumc.aou.sync.model.RunId;
import edu.cumc.aou.sync.model.SentValues;
import edu.cumc.aou.sync.port.AnomalyTable.Anomaly;
import edu.cumc.aou.sync.port.MirrorTable.Dropped;
import edu.cumc.aou.sync.port.MirrorTable.MirrorCounts;
import edu.cumc.aou.sync.port.MirrorTable.MirrorEntry;
import edu.cumc.aou.sync.port.MirrorTable.MirrorState;
import edu.cumc.aou.sync.port.MirrorTable.MirroredContact;
import edu.cumc.aou.sync.port.MirrorTable.MirroredJourney;
import edu.cumc.aou.sync.port.MirrorTable.WrittenContact;
import edu.cumc.aou.sync.port.MirrorTable.WrittenJourney;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a {@link MirrorTable} must do for those who read it and who enter what was written. */
public interface MirrorTableContract extends StoreContractPart {

  @Test
  default void mirror_newStore_isEmpty() {
    assertThat(store().mirror().state()).isEmpty();
    assertThat(store().mirror().counts()).isEqualTo(new MirrorCounts(0, 0));
    assertThat(store().mirror().find(pmiId(1))).isEmpty();
    assertThat(store().mirror().orphans()).isEmpty();
    assertThat(entries(store())).isEmpty();
  }

  @Test
  default void withValue_countsRecordsThatShowOne_ofThoseThatAreNotGone() {
    FieldName consent = new FieldName("HP_General_Consent_Date__c");
    FieldName like = new FieldName("HP1General_Consent_Date__c");
    FieldName never = new FieldName("Never__c");
    refreshFully(
        store(),
        List.of(
            contact(1, 1, values("LastName", "\"Never__c\":\"x\"", "Phone", "1")),
            contact(2, 2, values("LastName", AWKWARD, "Phone", "")),
            contact(3, 3, values("LastName", "C", "Phone", "3"))),
        List.of(
            journey(1, 1, values(consent.value(), "2020-01-31")),
            journey(2, 2, values(consent.value(), "")),
            journey(3, 9, values(like.value(), "2020-01-31"))));
    refreshChanges(store(), List.of(deleted(3, 3)), List.of());
    store()
        .mirror()
        .recordJourneys(
            List.of(new WrittenJourney(journeyId(3), values(like.value(), ""), SentValues.none())));

    assertThat(
            store()
                .mirror()
                .withValue(
                    CrmObject.CONTACT,
                    List.of(new FieldName("LastName"), new FieldName("Phone"), never)))
        .isEqualTo(Map.of(new FieldName("LastName"), 2L, new FieldName("Phone"), 1L, never, 0L));
    assertThat(store().mirror().withValue(CrmObject.JOURNEY, List.of(consent, like)))
        .isEqualTo(Map.of(consent, 1L, like, 0L));
    assertThat(store().mirror().withValue(CrmObject.JOURNEY, List.of())).isEmpty();
  }

  @Test
  default void withValue_emptyMirror_isZero() {
    FieldName phone = new FieldName("Phone");

    assertThat(store().mirror().withValue(CrmObject.CONTACT, List.of(phone)))
        .isEqualTo(Map.of(phone, 0L));
  }

  @Test
  default void journeysOf_givesThoseOfAContact_withOrWithoutAPmiId() {
    FieldValues fields = values("HP_General_Consent_Date__c", "2020-01-31");
    refreshFully(
        store(),
        List.of(contact(5, 1)),
        List.of(journey(9, 5, fields), journey(8, 6), journey(7, 6, fields), journey(4, 5)));
    refreshChanges(store(), List.of(), List.of(deletedJourney(4, 5)));

    assertThat(store().mirror().journeysOf(contactId(5)))
        .containsExactly(new MirroredJourney(journeyId(9), fields, SentValues.none()));
    assertThat(store().mirror().journeysOf(contactId(6)))
        .extracting(MirroredJourney::id)
        .containsExactly(journeyId(7), journeyId(8));
    assertThat(store().mirror().journeysOf(contactId(7))).isEmpty();
  }

  @Test
  default void dropUnreadable_ofReadable_dropsNothing_andIsReadFullyNext() {
    refreshFully(
        store(),
        List.of(contact(5, 1, values("LastName", AWKWARD))),
        List.of(journey(9, 5, values("HP_General_Consent_Date__c", "2020-01-31"))));
    List<MirrorEntry> before = entries(store());

    assertThat(store().mirror().dropUnreadable()).isEqualTo(new Dropped(0, List.of()));

    assertThat(entries(store())).isEqualTo(before);
    MirrorState state = store().mirror().state().orElseThrow();
    assertThat(state.fullAt()).isEqualTo(Instant.EPOCH);
    assertThat(state.watermark()).isEqualTo(STATE.watermark());
  }

  @Test
  default void read_groupsRecordsByParticipant() {
    FieldValues fields = values("Email", "p1@example.org", "Phone", "", "LastName", AWKWARD);
    FieldValues journeyFields = values("HP_General_Consent_Date__c", "2020-01-31");
    refreshFully(store(), List.of(contact(5, 1, fields)), List.of(journey(9, 5, journeyFields)));

    assertThat(entries(store()))
        .containsExactly(
            new MirrorEntry(
                pmiId(1),
                List.of(
                    new MirroredContact(
                        contactId(5),
                        values("Email", "p1@example.org", "LastName", AWKWARD),
                        SentValues.none(),
                        false,
                        null,
                        List.of(
                            new MirroredJourney(
                                journeyId(9), journeyFields, SentValues.none()))))));
  }

  @Test
  default void read_ordersByPmiIdAndContactsById() {
    refreshFully(
        store(),
        List.of(contact(4, 30), contact(9, 2), contact(3, 30), contact(1, 100), contact(2, 7)),
        List.of());

    assertThat(entries(store()))
        .extracting(MirrorEntry::pmiId)
        .containsExactly(pmiId(2), pmiId(7), pmiId(30), pmiId(100));
    assertThat(contactIds(entries(store()).get(2))).containsExactly(contactId(3), contactId(4));
  }

  @Test
  default void read_severalContactsAndJourneys_eachJourneyStaysWithItsContact() {
    refreshFully(
        store(),
        List.of(contact(1, 1), contact(2, 1), contact(3, 2)),
        List.of(journey(1, 1), journey(2, 1), journey(3, 2), journey(4, 3)));

    List<MirrorEntry> entries = entries(store());

    assertThat(entries).hasSize(2);
    assertThat(journeyIds(entries.get(0).contacts().get(0))).containsExactlyInAnyOrder(1, 2);
    assertThat(journeyIds(entries.get(0).contacts().get(1))).containsExactly(3);
    assertThat(journeyIds(entries.get(1).contacts().get(0))).containsExactly(4);
  }

  @Test
  default void read_idsThatDifferInCaseOnly_areDifferentContacts() {
    ContactId lower = new ContactId("003TESTaaaaaaaa");
    ContactId upper = new ContactId("003TESTAAAAAAAA");
    Contact template = contact(1, 1);
    refreshFully(store(), List.of(withId(template, lower), withId(template, upper)), List.of());

    assertThat(contactIds(entries(store()).get(0))).containsExactlyInAnyOrder(upper, lower);
    assertThat(store().mirror().counts().contacts()).isEqualTo(2);
  }

  @Test
  default void read_whileOpen_otherMethodsWork() {
    refreshFully(
        store(),
        IntStream.range(0, 50).mapToObj(n -> contact(n, n)).toList(),
        IntStream.range(0, 50).mapToObj(n -> journey(n, n)).toList());
    RunId run = run(store());
    int seen = 0;
    try (Cursor<MirrorEntry> cursor = store().mirror().read();
        Cursor<HoldTable.Hold> holds = store().holds().read()) {
      assertThat(holds.hasNext()).isFalse();
      while (cursor.hasNext()) {
        assertThat(cursor.next().pmiId()).isEqualTo(pmiId(seen));
        seen++;
        store().changes().append(run, List.of(insert(seen, seen, "LastName", "Doe")));
        store()
            .anomalies()
            .seen(run, List.of(new Anomaly(AnomalyTable.Kind.MISSING_JOURNEY, pmiText(seen))));
        assertThat(store().mirror().find(pmiId(seen % 50))).isPresent();
      }
    }

    assertThat(seen).isEqualTo(50);
    assertThat(store().changes().count(run)).extracting(c -> c.count()).containsExactly(50L);
  }

  @Test
  default void read_closedEarly_canBeReadAgain() {
    refreshFully(store(), IntStream.range(0, 20).mapToObj(n -> contact(n, n)).toList(), List.of());

    Cursor<MirrorEntry> cursor = store().mirror().read();
    cursor.next();
    cursor.close();
    cursor.close();

    assertThat(entries(store())).hasSize(20);
  }

  @Test
  default void read_manyRecords_givesEachParticipantOnce() {
    int people = 2_300;
    refreshFully(
        store(),
        IntStream.range(0, people)
            .mapToObj(n -> contact(people - n, people - n, values("LastName", "N" + n)))
            .toList(),
        IntStream.range(0, people).mapToObj(n -> journey(n, n)).toList());

    assertThat(all(store().mirror().read()))
        .extracting(MirrorEntry::pmiId)
        .isEqualTo(IntStream.rangeClosed(1, people).mapToObj(n -> pmiId(n)).toList());
    assertThat(store().mirror().counts()).isEqualTo(new MirrorCounts(people, people));
  }

  @Test
  default void find_givesWhatReadGives() {
    refreshFully(
        store(),
        List.of(contact(1, 1, values("Email", "a@example.org")), contact(2, 2), contact(3, 2)),
        List.of(journey(1, 1), journey(3, 3)));
    refreshChanges(store(), List.of(deleted(2, 2)), List.of());

    for (MirrorEntry entry : entries(store())) {
      assertThat(store().mirror().find(entry.pmiId())).contains(entry);
    }
    assertThat(store().mirror().find(pmiId(3))).isEmpty();
  }

  @Test
  default void recordContacts_mirroredContact_putsValuesAndMarksOver() {
    refreshFully(
        store(),
        List.of(contact(1, 1, values("Email", "old@example.org", "Phone", "1")), contact(2, 2)),
        List.of(journey(1, 1)));
    record(written(1, values("LastName", "Doe"), mark("LastName", "h1", "")));

    record(written(1, values("Email", "", "LastName", AWKWARD), mark("Email", "h2", "h3")));

    MirroredContact contact = store().mirror().find(pmiId(1)).orElseThrow().contacts().get(0);
    assertThat(contact.fields()).isEqualTo(values("LastName", AWKWARD, "Phone", "1"));
    assertThat(contact.sent())
        .isEqualTo(mark("LastName", "h1", "").with(mark("Email", "h2", "h3")));
    assertThat(journeyIds(contact)).containsExactly(1);
    assertThat(contact.gone()).isFalse();
    assertThat(store().mirror().counts()).isEqualTo(new MirrorCounts(2, 1));
  }

  @Test
  default void recordContacts_newContact_isAdded() {
    record(written(1, values("LastName", "Doe"), mark("LastName", "h1", "")));

    assertThat(entries(store()))
        .containsExactly(
            new MirrorEntry(
                pmiId(1),
                List.of(
                    new MirroredContact(
                        contactId(1),
                        values("LastName", "Doe"),
                        mark("LastName", "h1", ""),
                        false,
                        null,
                        List.of()))));
    assertThat(store().mirror().counts()).isEqualTo(new MirrorCounts(1, 0));
  }

  @Test
  default void recordContacts_twice_changesNothingTheSecondTime() {
    WrittenContact written = written(1, values("LastName", "Doe"), mark("LastName", "h1", ""));
    record(written);
    List<MirrorEntry> before = entries(store());

    record(written);

    assertThat(entries(store())).isEqualTo(before);
  }

  @Test
  default void recordContacts_newContact_takesItsJourneyWhenThatComes() {
    record(written(1, values("LastName", "Doe"), mark("LastName", "h1", "")));

    refreshChanges(
        store(), List.of(contact(1, 1, values("LastName", "Doe"))), List.of(journey(5, 1)));

    MirroredContact contact = store().mirror().find(pmiId(1)).orElseThrow().contacts().get(0);
    assertThat(journeyIds(contact)).containsExactly(5);
    assertThat(contact.sent()).isEqualTo(mark("LastName", "h1", ""));
  }

  @Test
  default void recordContacts_marksOnly_leaveValuesAlone() {
    refreshFully(store(), List.of(contact(1, 1, values("Email", "a@example.org"))), List.of());

    record(written(1, FieldValues.empty(), mark("Email", "h1", "h2")));

    MirroredContact contact = store().mirror().find(pmiId(1)).orElseThrow().contacts().get(0);
    assertThat(contact.fields()).isEqualTo(values("Email", "a@example.org"));
    assertThat(contact.sent()).isEqualTo(mark("Email", "h1", "h2"));
  }

  @Test
  default void recordJourneys_mirroredJourney_putsValuesAndMarksOver() {
    refreshFully(
        store(), List.of(contact(1, 1)), List.of(journey(5, 1, values("A", "1", "B", "2"))));
    store()
        .mirror()
        .recordJourneys(
            List.of(new WrittenJourney(journeyId(5), values("A", ""), mark("A", "h1", ""))));
    store()
        .mirror()
        .recordJourneys(
            List.of(new WrittenJourney(journeyId(5), values("C", AWKWARD), mark("C", "h2", ""))));

    assertThat(store().mirror().find(pmiId(1)).orElseThrow().contacts().get(0).journeys())
        .containsExactly(
            new MirroredJourney(
                journeyId(5),
                values("B", "2", "C", AWKWARD),
                mark("A", "h1", "").with(mark("C", "h2", ""))));
  }

  @Test
  default void recordJourneys_unknownJourney_isPassedOver() {
    refreshFully(store(), List.of(contact(1, 1)), List.of(journey(5, 1)));
    List<MirrorEntry> before = entries(store());

    store()
        .mirror()
        .recordJourneys(
            List.of(new WrittenJourney(journeyId(6), values("A", "1"), SentValues.none())));

    assertThat(entries(store())).isEqualTo(before);
    assertThat(store().mirror().counts()).isEqualTo(new MirrorCounts(1, 1));
  }

  @Test
  default void recordContactsAndJourneys_nothing_doNothing() {
    store().mirror().recordContacts(List.of());
    store().mirror().recordJourneys(List.of());

    assertThat(store().mirror().counts()).isEqualTo(new MirrorCounts(0, 0));
  }

  @Test
  default void recordContactsAndJourneys_moreThanAThousandAtOnce_work() {
    int people = 2_300;
    List<Contact> known = IntStream.range(0, people / 2).mapToObj(n -> contact(n, n)).toList();
    List<Journey> journeys = IntStream.range(0, people / 2).mapToObj(n -> journey(n, n)).toList();
    refreshFully(store(), known, journeys);

    store()
        .mirror()
        .recordContacts(
            IntStream.range(0, people)
                .mapToObj(n -> written(n, values("LastName", "N" + n), mark("LastName", "h", "")))
                .toList());
    store()
        .mirror()
        .recordJourneys(
            IntStream.range(0, people)
                .mapToObj(
                    n -> new WrittenJourney(journeyId(n), values("A", "" + n), SentValues.none()))
                .toList());

    assertThat(store().mirror().counts()).isEqualTo(new MirrorCounts(people, people / 2));
    MirroredContact last = store().mirror().find(pmiId(1_149)).orElseThrow().contacts().get(0);
    assertThat(last.fields()).isEqualTo(values("LastName", "N1149"));
    assertThat(last.journeys().get(0).fields()).isEqualTo(values("A", "1149"));
  }

  @Test
  default void state_isWhatWasCommitted() {
    refreshFully(store(), List.of(), List.of());

    assertThat(store().mirror().state()).contains(STATE);
  }

  private void record(WrittenContact written) {
    store().mirror().recordContacts(List.of(written));
  }

  private static WrittenContact written(int number, FieldValues values, SentValues sent) {
    return new WrittenContact(contactId(number), pmiId(number), values, sent);
  }

  private static Contact withId(Contact contact, ContactId id) {
    return new Contact(
        id,
        contact.pmiId(),
        true,
        contact.fields(),
        contact.modstamp(),
        contact.ownerId(),
        true,
        false,
        null);
  }

  private static List<ContactId> contactIds(MirrorEntry entry) {
    return entry.contacts().stream().map(MirroredContact::id).toList();
  }

  private static List<Integer> journeyIds(MirroredContact contact) {
    return contact.journeys().stream()
        .map(j -> Integer.parseInt(j.id().value().substring(7, 15)))
        .toList();
  }
}
