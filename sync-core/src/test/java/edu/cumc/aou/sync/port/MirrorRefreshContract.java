package edu.cumc.aou.sync.port;

import static edu.cumc.aou.sync.port.StoreFixtures.STAMP;
import static edu.cumc.aou.sync.port.StoreFixtures.STATE;
import static edu.cumc.aou.sync.port.StoreFixtures.cleared;
import static edu.cumc.aou.sync.port.StoreFixtures.contact;
import static edu.cumc.aou.sync.port.StoreFixtures.deleted;
import static edu.cumc.aou.sync.port.StoreFixtures.deletedJourney;
import static edu.cumc.aou.sync.port.StoreFixtures.entries;
import static edu.cumc.aou.sync.port.StoreFixtures.journey;
import static edu.cumc.aou.sync.port.StoreFixtures.merged;
import static edu.cumc.aou.sync.port.StoreFixtures.refresh;
import static edu.cumc.aou.sync.port.StoreFixtures.refreshChanges;
import static edu.cumc.aou.sync.port.StoreFixtures.refreshFully;
import static edu.cumc.aou.sync.testing.TestParticipants.contactId;
import static edu.cumc.aou.sync.testing.TestParticipants.journeyId;
import static edu.cumc.aou.sync.testing.TestParticipants.mark;
import static edu.cumc.aou.sync.testing.TestParticipants.pmiId;
import static edu.cumc.aou.sync.testing.TestParticipants.values;
import static org.assertj.core.api.Assertions.assertThat;

import edu.cumc.aou.sync.model.Contact;
import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.model.FieldValues;
import edu.cumc.aou.sync.model.Journey;
import edu.cumc.aou.sync.model.RunId;
import edu.cumc.aou.sync.model.SentValues;
import edu.cumc.aou.sync.port.MirrorTable.AlteredRecord;
import edu.cumc.aou.sync.port.MirrorTable.MirrorCounts;
import edu.cumc.aou.sync.port.MirrorTable.MirrorEntry;
import edu.cumc.aou.sync.port.MirrorTable.MirrorState;
import edu.cumc.aou.sync.port.MirrorTable.MirroredContact;
import edu.cumc.aou.sync.port.MirrorTable.MirroredJourney;
import edu.cumc.aou.sync.port.MirrorTable.RefreshKind;
import edu.cumc.aou.sync.port.MirrorTable.WrittenContact;
import edu.cumc.aou.sync.port.MirrorTable.WrittenJourney;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a {@link MirrorTable.Refresh} must do. */
public interface MirrorRefreshContract extends StoreContractPart {

  @Test
  default void refresh_nothingIsVisibleBeforeTheCommit() {
    refreshFully(store(), List.of(contact(1, 1)), List.of());
    List<MirrorEntry> before = entries(store());
    MirrorState later =
        new MirrorState(
            Instant.parse("2026-03-04T05:50:00Z"), Instant.parse("2026-03-04T06:00:00Z"), "other");
    try (MirrorTable.Refresh refresh = store().mirror().begin(RefreshKind.FULL)) {
      refresh.add(contact(2, 2));
      refresh.add(journey(2, 2));

      assertThat(entries(store())).isEqualTo(before);
      assertThat(store().mirror().state()).contains(STATE);
      assertThat(store().mirror().counts()).isEqualTo(new MirrorCounts(1, 0));

      refresh.commit(later);
    }

    assertThat(store().mirror().state()).contains(later);
    assertThat(store().mirror().counts()).isEqualTo(new MirrorCounts(1, 1));
    assertThat(contactOf(2).gone()).isFalse();
    assertThat(contactOf(1).gone()).isTrue();
  }

  @Test
  default void notAsStamped_areThoseThatAreMirroredAsOfAnotherTime_orNotAtAll() {
    refreshFully(store(), List.of(contact(1, 1), contact(2, 2)), List.of(journey(1, 1)));
    store()
        .mirror()
        .recordContacts(
            List.of(new WrittenContact(contactId(3), pmiId(3), values(), SentValues.none())));

    assertThat(
            store()
                .mirror()
                .notAsStamped(
                    CrmObject.CONTACT,
                    List.of(
                        new RecordStamp(contactId(1).value(), STAMP),
                        new RecordStamp(contactId(2).value(), STAMP.plusSeconds(1)),
                        new RecordStamp(contactId(3).value(), STAMP),
                        new RecordStamp(contactId(4).value(), STAMP))))
        .containsExactly(contactId(2).value(), contactId(3).value(), contactId(4).value());
    assertThat(
            store()
                .mirror()
                .notAsStamped(
                    CrmObject.JOURNEY, List.of(new RecordStamp(journeyId(1).value(), STAMP))))
        .isEmpty();
  }

  /** Else each look at what was committed late would read it once more. */
  @Test
  default void journeyThatLostItsContact_isMirroredAsOfThen() {
    refreshFully(store(), List.of(contact(1, 1)), List.of(journey(7, 1)));
    Instant later = STAMP.plusSeconds(60);
    Journey lost =
        new Journey(journeyId(7), null, FieldValues.empty(), later, "someone", false, false);

    refreshChanges(store(), List.of(), List.of(lost));

    assertThat(
            store()
                .mirror()
                .notAsStamped(
                    CrmObject.JOURNEY, List.of(new RecordStamp(journeyId(7).value(), later))))
        .isEmpty();
    assertThat(contactOf(1).lost()).hasSize(1);
  }

  @Test
  default void altered_holdsWhatWasMirrored_ofEachRecordWithOtherValues() {
    RunId run = StoreFixtures.run(store());
    refreshFully(
        store(),
        List.of(
            contact(1, 1, values("City", "Albany")),
            contact(2, 2, values("City", "Troy")),
            contact(3, 3, values("City", "Utica"))),
        List.of(journey(1, 1, values("Stage", "one")), journey(2, 2, values("Stage", "one"))));
    store()
        .mirror()
        .recordContacts(
            List.of(new WrittenContact(contactId(4), pmiId(4), values(), SentValues.none())));

    noting(
        run,
        List.of(
            contact(1, 1, values("City", "ALBANY")),
            contact(2, 2, values("City", "Troy")),
            deleted(3, 3),
            contact(4, 4, values("City", "Rome")),
            contact(5, 5, values("City", "Rye"))),
        List.of(journey(2, 2, values())));

    assertThat(store().mirror().altered(run, CrmObject.CONTACT, "", 9))
        .containsExactly(
            new AlteredRecord(pmiId(1), contactId(1).value(), values("City", "Albany")));
    assertThat(store().mirror().altered(run, CrmObject.JOURNEY, "", 9))
        .containsExactly(new AlteredRecord(pmiId(2), journeyId(2).value(), values("Stage", "one")));
    assertThat(contactOf(1).fields()).isEqualTo(values("City", "ALBANY"));

    noting(run, List.of(contact(1, 1, values()), contact(5, 5, values())), List.of());

    assertThat(store().mirror().altered(run, CrmObject.CONTACT, "", 1))
        .as("the first note stays")
        .containsExactly(
            new AlteredRecord(pmiId(1), contactId(1).value(), values("City", "Albany")));
    assertThat(store().mirror().altered(run, CrmObject.CONTACT, contactId(1).value(), 9))
        .containsExactly(new AlteredRecord(pmiId(5), contactId(5).value(), values("City", "Rye")));
    store().mirror().forgetAltered();
    assertThat(store().mirror().altered(run, CrmObject.CONTACT, "", 9)).isEmpty();
  }

  @Test
  default void altered_isNotedForOneRunOnly_andLeavesOutWhoIsGone() {
    RunId first = StoreFixtures.run(store());
    refreshFully(
        store(),
        List.of(contact(1, 1, values("City", "Albany")), contact(2, 2, values("City", "Troy"))),
        List.of(journey(2, 2, values("Stage", "one"))));
    noting(
        first,
        List.of(contact(1, 1, values()), contact(2, 2, values())),
        List.of(journey(2, 2, values())));
    refreshChanges(store(), List.of(deleted(2, 2)), List.of());
    assertThat(store().mirror().altered(first, CrmObject.CONTACT, "", 9))
        .extracting(AlteredRecord::pmiId)
        .containsExactly(pmiId(1));
    assertThat(store().mirror().altered(first, CrmObject.JOURNEY, "", 9)).isEmpty();
    RunId second = StoreFixtures.run(store());

    noting(second, List.of(), List.of());

    assertThat(store().mirror().altered(first, CrmObject.CONTACT, "", 9)).isEmpty();
    assertThat(store().mirror().altered(second, CrmObject.CONTACT, "", 9)).isEmpty();
  }

  private void noting(RunId run, List<Contact> contacts, List<Journey> journeys) {
    try (MirrorTable.Refresh refresh = store().mirror().begin(RefreshKind.INCREMENTAL)) {
      contacts.forEach(refresh::add);
      journeys.forEach(refresh::add);
      refresh.noteAltered(run);
      refresh.commit(STATE);
    }
  }

  @Test
  default void commit_keepsUpToWhenWasRead() {
    MirrorState state = new MirrorState(STAMP, STAMP, "print", STAMP.plusSeconds(600), 12_345);
    try (MirrorTable.Refresh refresh = store().mirror().begin(RefreshKind.INCREMENTAL)) {
      refresh.commit(state);
    }

    assertThat(store().mirror().state()).contains(state);
  }

  @Test
  default void refresh_closedWithoutCommit_leavesTheMirrorAsItWas() {
    for (RefreshKind kind : RefreshKind.values()) {
      refreshFully(store(), List.of(contact(1, 1)), List.of(journey(1, 1)));
      List<MirrorEntry> before = entries(store());
      try (MirrorTable.Refresh refresh = store().mirror().begin(kind)) {
        refresh.add(contact(2, 2));
        refresh.add(deleted(1, 1));
        refresh.add(deletedJourney(1, 1));
      }

      assertThat(entries(store())).as(kind.name()).isEqualTo(before);
      assertThat(store().mirror().state()).contains(STATE);
    }
  }

  @Test
  default void refresh_afterOneThatWasGivenUp_doesNotSeeItsRecords() {
    try (MirrorTable.Refresh abandoned = store().mirror().begin(RefreshKind.FULL)) {
      abandoned.add(contact(9, 9));
      abandoned.add(journey(9, 9));
    }

    refreshChanges(store(), List.of(contact(1, 1)), List.of());

    assertThat(entries(store())).extracting(MirrorEntry::pmiId).containsExactly(pmiId(1));
    assertThat(store().mirror().counts()).isEqualTo(new MirrorCounts(1, 0));
  }

  @Test
  default void full_recordsThatWereNotSeen_areGone() {
    refreshFully(
        store(), List.of(contact(1, 1), contact(2, 2)), List.of(journey(1, 1), journey(2, 2)));

    refreshFully(store(), List.of(contact(2, 2)), List.of(journey(2, 2)));

    assertThat(contactOf(1).gone()).isTrue();
    assertThat(contactOf(1).mergedInto()).isNull();
    assertThat(contactOf(2).gone()).isFalse();
    assertThat(store().mirror().counts()).isEqualTo(new MirrorCounts(1, 1));
  }

  @Test
  default void full_journeyThatWasNotSeen_isGone() {
    refreshFully(store(), List.of(contact(1, 1)), List.of(journey(1, 1), journey(2, 1)));

    refreshFully(store(), List.of(contact(1, 1)), List.of(journey(2, 1)));

    assertThat(contactOf(1).journeys())
        .extracting(MirroredJourney::id)
        .containsExactly(journeyId(2));
  }

  @Test
  default void full_emptyOrg_leavesNothingLive() {
    refreshFully(store(), List.of(contact(1, 1)), List.of(journey(1, 1)));

    refreshFully(store(), List.of(), List.of());

    assertThat(store().mirror().counts()).isEqualTo(new MirrorCounts(0, 0));
    assertThat(contactOf(1).gone()).isTrue();
  }

  @Test
  default void incremental_recordsThatWereNotSeen_stay() {
    refreshFully(
        store(), List.of(contact(1, 1), contact(2, 2)), List.of(journey(1, 1), journey(2, 2)));
    List<MirrorEntry> before = entries(store());

    refreshChanges(store(), List.of(), List.of());

    assertThat(entries(store())).isEqualTo(before);
  }

  @Test
  default void refresh_seenRecord_isReplacedAsAWhole() {
    for (RefreshKind kind : RefreshKind.values()) {
      refreshFully(
          store(),
          List.of(contact(1, 1, values("Email", "a@example.org", "Phone", "1"))),
          List.of(journey(1, 1, values("A", "1", "B", "2"))));

      refresh(
          store(),
          kind,
          List.of(contact(1, 1, values("Email", ""))),
          List.of(journey(1, 1, values("A", "3"))));

      assertThat(contactOf(1).fields()).as(kind.name()).isEqualTo(FieldValues.empty());
      assertThat(contactOf(1).journeys().get(0).fields())
          .as(kind.name())
          .isEqualTo(values("A", "3"));
    }
  }

  @Test
  default void refresh_valueThatDiffersInCaseOnly_isTaken() {
    for (RefreshKind kind : RefreshKind.values()) {
      refreshFully(
          store(),
          List.of(contact(1, 1, values("LastName", "mcdonald"))),
          List.of(journey(1, 1, values("A", "yes"))));

      refresh(
          store(),
          kind,
          List.of(contact(1, 1, values("LastName", "McDonald"))),
          List.of(journey(1, 1, values("A", "Yes"))));

      assertThat(contactOf(1).fields()).as(kind.name()).isEqualTo(values("LastName", "McDonald"));
      assertThat(contactOf(1).journeys().get(0).fields())
          .as(kind.name())
          .isEqualTo(values("A", "Yes"));
    }
  }

  @Test
  default void refresh_recordThatComesTwice_isAsItCameLast() {
    List<Contact> contacts = new ArrayList<>();
    List<Journey> journeys = new ArrayList<>();
    contacts.add(contact(1, 1, values("Email", "a@example.org")));
    contacts.add(contact(1, 1, values("Email", "b@example.org")));
    journeys.add(journey(1, 1, values("A", "1")));
    journeys.add(journey(1, 1, values("A", "2")));
    // so many that a store that loads by parts has the last of them in another part
    for (int n = 2; n < 2_500; n++) {
      contacts.add(contact(n, n, values("Email", "")));
      journeys.add(journey(n, n, values("A", "1")));
    }
    contacts.add(contact(1, 1, values("Email", "c@example.org")));
    journeys.add(journey(1, 1, values("A", "3")));
    for (RefreshKind kind : RefreshKind.values()) {
      refresh(store(), kind, contacts, journeys);

      assertThat(contactOf(1).fields()).as(kind.name()).isEqualTo(values("Email", "c@example.org"));
      assertThat(contactOf(1).journeys()).as(kind.name()).hasSize(1);
      assertThat(contactOf(1).journeys().get(0).fields())
          .as(kind.name())
          .isEqualTo(values("A", "3"));
      assertThat(store().mirror().counts().contacts()).as(kind.name()).isEqualTo(2_499);
    }
  }

  @Test
  default void refresh_seenRecord_keepsItsMarks() {
    refreshFully(store(), List.of(contact(1, 1)), List.of(journey(1, 1)));
    markBoth();
    for (RefreshKind kind : RefreshKind.values()) {
      refresh(
          store(),
          kind,
          List.of(contact(1, 1, values("Email", "b@example.org"))),
          List.of(journey(1, 1, values("A", kind.name()))));

      assertThat(contactOf(1).sent()).as(kind.name()).isEqualTo(mark("Email", "h1", "h2"));
      assertThat(contactOf(1).journeys().get(0).sent())
          .as(kind.name())
          .isEqualTo(mark("A", "h3", ""));
    }
  }

  @Test
  default void incremental_deletedContact_isGoneAndKeepsItsPmiId() {
    refreshFully(store(), List.of(contact(1, 1), contact(2, 2)), List.of());

    refreshChanges(store(), List.of(deleted(1, 1)), List.of());

    assertThat(contactOf(1).gone()).isTrue();
    assertThat(contactOf(1).mergedInto()).isNull();
    assertThat(store().mirror().counts().contacts()).isEqualTo(1);
  }

  @Test
  default void incremental_mergedContact_namesTheSurvivorThatIsFree() {
    refreshFully(store(), List.of(contact(1, 1)), List.of());

    refreshChanges(store(), List.of(merged(1, 1, 2)), List.of());

    assertThat(contactOf(1).gone()).isTrue();
    assertThat(contactOf(1).mergedInto()).isEqualTo(contactId(2));
  }

  /** Salesforce keeps for 15 days that a Contact was merged; its journeys go on for ever. */
  @Test
  default void full_contactWhoseJourneyBelongsToAnother_isMergedIntoThatOne_ifAskedTo() {
    for (boolean follow : List.of(false, true)) {
      refreshFully(
          store(), List.of(contact(1, 1), contact(3, 3)), List.of(journey(1, 1), journey(3, 3)));

      try (MirrorTable.Refresh refresh = store().mirror().begin(RefreshKind.FULL)) {
        refresh.add(contact(3, 3));
        refresh.add(journey(1, 2));
        refresh.add(journey(3, 2));
        if (follow) {
          refresh.followJourneys();
        }
        refresh.commit(STATE);
      }

      assertThat(contactOf(1).gone()).isTrue();
      assertThat(contactOf(1).mergedInto()).isEqualTo(follow ? contactId(2) : null);
      assertThat(contactOf(3).gone()).isFalse();
    }
  }

  @Test
  default void full_contactWhoseJourneysBelongToTwo_namesNobody() {
    refreshFully(store(), List.of(contact(1, 1)), List.of(journey(1, 1), journey(2, 1)));

    try (MirrorTable.Refresh refresh = store().mirror().begin(RefreshKind.FULL)) {
      refresh.add(journey(1, 2));
      refresh.add(journey(2, 4));
      refresh.followJourneys();
      refresh.commit(STATE);
    }

    assertThat(contactOf(1).mergedInto()).isNull();
  }

  @Test
  default void incremental_mergedIntoTheContactOfAnother_namesNobody_andShowsTheJourneysThere() {
    refreshFully(
        store(), List.of(contact(1, 1), contact(2, 2)), List.of(journey(7, 1), journey(8, 2)));
    assertThat(contactOf(1).joined()).isEmpty();

    refreshChanges(store(), List.of(merged(1, 1, 2)), List.of(journey(7, 2)));

    assertThat(contactOf(1).gone()).isTrue();
    assertThat(contactOf(1).mergedInto()).isNull();
    assertThat(contactOf(1).journeys()).isEmpty();
    assertThat(contactOf(1).joined())
        .extracting(MirroredJourney::id)
        .containsExactly(journeyId(7), journeyId(8));
    refreshChanges(store(), List.of(), List.of(deletedJourney(7, 2)));
    assertThat(contactOf(1).joined()).hasSize(1);
  }

  @Test
  default void incremental_survivorOfAMergeThatLosesItsPmiId_isNamedFromThenOn() {
    refreshFully(store(), List.of(contact(1, 1), contact(2, 2)), List.of());
    refreshChanges(store(), List.of(merged(1, 1, 2)), List.of());

    refreshChanges(store(), List.of(cleared(2)), List.of());

    assertThat(contactOf(1).mergedInto()).isEqualTo(contactId(2));
  }

  @Test
  default void incremental_contactWithoutPmiIdNow_isGoneAndKeepsTheOneItHad() {
    refreshFully(store(), List.of(contact(1, 1)), List.of());

    refreshChanges(store(), List.of(cleared(1)), List.of());

    assertThat(contactOf(1).id()).isEqualTo(contactId(1));
    assertThat(contactOf(1).gone()).isTrue();
  }

  @Test
  default void incremental_unselectedContactWithPmiId_isGone() {
    refreshFully(store(), List.of(contact(1, 1)), List.of());
    Contact unselected =
        new Contact(
            contactId(1), pmiId(1), true, FieldValues.empty(), STAMP, "", false, false, null);

    refreshChanges(store(), List.of(unselected), List.of());

    assertThat(contactOf(1).gone()).isTrue();
    assertThat(store().mirror().counts().contacts()).isZero();
  }

  @Test
  default void incremental_unmirroredRecordsThatAreNoneOfOurs_arePassedOver() {
    refreshFully(store(), List.of(contact(1, 1)), List.of(journey(1, 1)));
    Journey withoutContact =
        new Journey(journeyId(7), null, FieldValues.empty(), STAMP, "", false, false);

    refreshChanges(
        store(),
        List.of(deleted(2, 2), cleared(3), merged(4, 4, 1)),
        List.of(deletedJourney(5, 1), withoutContact));

    assertThat(entries(store())).extracting(MirrorEntry::pmiId).containsExactly(pmiId(1));
    assertThat(contactOf(1).journeys()).hasSize(1);
    assertThat(store().mirror().counts()).isEqualTo(new MirrorCounts(1, 1));
  }

  @Test
  default void refresh_recordThatComesBack_isLiveAgainWithItsMarks() {
    for (RefreshKind kind : RefreshKind.values()) {
      refreshFully(store(), List.of(contact(1, 1), contact(2, 2)), List.of(journey(1, 1)));
      markBoth();
      refreshChanges(store(), List.of(merged(1, 1, 2)), List.of(deletedJourney(1, 1)));

      refresh(
          store(),
          kind,
          List.of(contact(1, 1, values("Email", "c@example.org")), contact(2, 2)),
          List.of(journey(1, 1)));

      MirroredContact contact = contactOf(1);
      assertThat(contact.gone()).as(kind.name()).isFalse();
      assertThat(contact.mergedInto()).isNull();
      assertThat(contact.fields()).isEqualTo(values("Email", "c@example.org"));
      assertThat(contact.sent()).isEqualTo(mark("Email", "h1", "h2"));
      assertThat(contact.journeys()).hasSize(1);
    }
  }

  @Test
  default void refresh_pmiIdThatMoved_movesTheContact() {
    refreshFully(store(), List.of(contact(1, 1), contact(2, 2)), List.of(journey(1, 1)));

    refreshChanges(store(), List.of(contact(1, 3)), List.of());

    assertThat(entries(store())).extracting(MirrorEntry::pmiId).containsExactly(pmiId(2), pmiId(3));
    assertThat(contactOf(3).journeys()).hasSize(1);
  }

  @Test
  default void incremental_deletedJourney_isNoLongerWithItsContact() {
    refreshFully(store(), List.of(contact(1, 1)), List.of(journey(1, 1), journey(2, 1)));

    refreshChanges(store(), List.of(), List.of(deletedJourney(1, 1)));

    assertThat(contactOf(1).journeys())
        .extracting(MirroredJourney::id)
        .containsExactly(journeyId(2));
    assertThat(store().mirror().counts()).isEqualTo(new MirrorCounts(1, 1));
  }

  @Test
  default void incremental_journeyThatLostItsContact_isGone() {
    refreshFully(store(), List.of(contact(1, 1)), List.of(journey(1, 1)));

    refreshChanges(
        store(),
        List.of(),
        List.of(new Journey(journeyId(1), null, FieldValues.empty(), STAMP, "", false, false)));

    assertThat(contactOf(1).journeys()).isEmpty();
    assertThat(store().mirror().counts()).isEqualTo(new MirrorCounts(1, 0));
  }

  @Test
  default void incremental_journeyOfAnotherContactNow_moves() {
    refreshFully(store(), List.of(contact(1, 1), contact(2, 2)), List.of(journey(1, 1)));

    refreshChanges(store(), List.of(), List.of(journey(1, 2)));

    assertThat(contactOf(1).journeys()).isEmpty();
    assertThat(contactOf(2).journeys()).hasSize(1);
  }

  @Test
  default void refresh_journeyOfAContactThatIsNotMirrored_countsAndWaitsForIt() {
    refreshFully(store(), List.of(), List.of(journey(1, 1, values("A", "1"))));
    assertThat(store().mirror().counts()).isEqualTo(new MirrorCounts(0, 1));
    assertThat(entries(store())).isEmpty();

    refreshChanges(store(), List.of(contact(1, 1)), List.of());

    assertThat(contactOf(1).journeys())
        .extracting(MirroredJourney::fields)
        .containsExactly(values("A", "1"));
  }

  @Test
  default void refresh_selectedContactWhosePmiTextIsMalformed_countsAndIsNobodysEntry() {
    Contact malformed =
        new Contact(contactId(1), null, true, FieldValues.empty(), STAMP, "", true, false, null);

    refreshFully(store(), List.of(malformed, contact(2, 2)), List.of());

    assertThat(store().mirror().counts().contacts()).isEqualTo(2);
    assertThat(entries(store())).extracting(MirrorEntry::pmiId).containsExactly(pmiId(2));
  }

  private void markBoth() {
    store()
        .mirror()
        .recordContacts(
            List.of(
                new WrittenContact(
                    contactId(1), pmiId(1), FieldValues.empty(), mark("Email", "h1", "h2"))));
    store()
        .mirror()
        .recordJourneys(
            List.of(new WrittenJourney(journeyId(1), FieldValues.empty(), mark("A", "h3", ""))));
  }

  private MirroredContact contactOf(int pmiNumber) {
    MirrorEntry entry = store().mirror().find(pmiId(pmiNumber)).orElseThrow();
    assertThat(entry.contacts()).hasSize(1);
    return entry.contacts().get(0);
  }
}
