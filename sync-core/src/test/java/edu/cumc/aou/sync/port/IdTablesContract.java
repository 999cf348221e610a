package edu.cumc.aou.sync.port;

import static edu.cumc.aou.sync.port.StoreFixtures.STAMP;
import static edu.cumc.aou.sync.port.StoreFixtures.cleared;
import static edu.cumc.aou.sync.port.StoreFixtures.contact;
import static edu.cumc.aou.sync.port.StoreFixtures.deleted;
import static edu.cumc.aou.sync.port.StoreFixtures.deletedJourney;
import static edu.cumc.aou.sync.port.StoreFixtures.journey;
import static edu.cumc.aou.sync.port.StoreFixtures.keep;
import static edu.cumc.aou.sync.port.StoreFixtures.merged;
import static edu.cumc.aou.sync.port.StoreFixtures.refreshChanges;
import static edu.cumc.aou.sync.port.StoreFixtures.refreshFully;
import static edu.cumc.aou.sync.testing.TestParticipants.contactId;
import static edu.cumc.aou.sync.testing.TestParticipants.journeyId;
import static edu.cumc.aou.sync.testing.TestParticipants.pmiId;
import static edu.cumc.aou.sync.testing.TestParticipants.pmiText;
import static org.assertj.core.api.Assertions.assertThat;

import edu.cumc.aou.sync.model.Contact;
import edu.cumc.aou.sync.model.FieldValues;
import edu.cumc.aou.sync.model.Journey;
import edu.cumc.aou.sync.model.SentValues;
import edu.cumc.aou.sync.port.IdTables.IdCounts;
import edu.cumc.aou.sync.port.IdTables.LostKey;
import edu.cumc.aou.sync.port.MirrorTable.WrittenContact;
import edu.cumc.aou.sync.testing.TestParticipants;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * What {@link IdTables} must do: {@code Contact_PMI} has each live Contact, {@code Contact_Journey}
 * each live journey of one, and {@code Relationship} each participant who has one live Contact and
 * at most one journey.
 */
public interface IdTablesContract extends StoreContractPart {

  @Test
  default void ids_newStore_areEmpty() {
    assertThat(store().ids().counts()).isEqualTo(new IdCounts(0, 0, 0, 0));
    assertThat(store().ids().writeBack()).isEqualTo(new IdCounts(0, 0, 0, 0));
  }

  @Test
  default void writeBack_entersTheMirror() {
    refreshFully(
        store(),
        List.of(contact(1, 1), contact(2, 2), contact(3, 3)),
        List.of(journey(7, 1), journey(8, 2)));
    assertThat(store().ids().counts()).isEqualTo(new IdCounts(0, 0, 0, 0));

    IdCounts counts = store().ids().writeBack();

    assertThat(counts).isEqualTo(new IdCounts(3, 2, 3, 2));
    assertThat(store().ids().counts()).isEqualTo(counts);
    assertThat(relationships())
        .containsExactlyInAnyOrder(row(1, 1, 7), row(2, 2, 8), row(3, 3, null));
  }

  @Test
  default void writeBack_again_changesNothing() {
    refreshFully(store(), List.of(contact(1, 1), contact(2, 2)), List.of(journey(7, 1)));
    IdCounts first = store().ids().writeBack();

    assertThat(store().ids().writeBack()).isEqualTo(first);
    assertThat(relationships()).containsExactlyInAnyOrder(row(1, 1, 7), row(2, 2, null));
  }

  @Test
  default void writeBack_journeyThatCameLater_completesItsRow() {
    refreshFully(store(), List.of(contact(1, 1)), List.of());
    assertThat(store().ids().writeBack()).isEqualTo(new IdCounts(1, 0, 1, 0));
    refreshChanges(store(), List.of(), List.of(journey(7, 1)));

    assertThat(store().ids().writeBack()).isEqualTo(new IdCounts(1, 1, 1, 1));
    assertThat(relationships()).containsExactly(row(1, 1, 7));
  }

  @Test
  default void writeBack_contactJustWritten_isThere() {
    store()
        .mirror()
        .recordContacts(
            List.of(
                new WrittenContact(
                    contactId(1),
                    TestParticipants.pmiId(1),
                    FieldValues.empty(),
                    SentValues.none())));

    assertThat(store().ids().writeBack()).isEqualTo(new IdCounts(1, 0, 1, 0));
    assertThat(relationships()).containsExactly(row(1, 1, null));
  }

  @Test
  default void writeBack_goneRecords_areTakenOut() {
    refreshFully(
        store(),
        List.of(contact(1, 1), contact(2, 2), contact(3, 3), contact(4, 4)),
        List.of(journey(7, 1), journey(8, 2), journey(9, 4)));
    store().ids().writeBack();
    refreshChanges(
        store(),
        List.of(deleted(1, 1), cleared(3)),
        List.of(deletedJourney(8, 2), deletedJourney(7, 1)));

    assertThat(store().ids().writeBack()).isEqualTo(new IdCounts(2, 1, 2, 1));
    assertThat(relationships()).containsExactlyInAnyOrder(row(2, 2, null), row(4, 4, 9));
  }

  @Test
  default void writeBack_journeyOfAGoneContact_isTakenOut() {
    refreshFully(store(), List.of(contact(1, 1)), List.of(journey(7, 1)));
    store().ids().writeBack();
    refreshChanges(store(), List.of(deleted(1, 1)), List.of());

    assertThat(store().ids().writeBack()).isEqualTo(new IdCounts(0, 0, 0, 0));
    assertThat(relationships()).isEmpty();
  }

  @Test
  default void writeBack_ofSeveral_entersTheOneToBeKept_andNoneAgainWhenThatIsTakenBack() {
    refreshFully(
        store(),
        List.of(contact(1, 1), contact(2, 2), contact(3, 2)),
        List.of(journey(7, 1), journey(8, 1), journey(9, 3)));
    assertThat(store().ids().writeBack()).isEqualTo(new IdCounts(3, 3, 0, 0));
    List<DecisionTable.Decision> decisions =
        List.of(
            keep(AnomalyTable.Kind.SEVERAL_JOURNEYS, 1, journeyId(8).value()),
            keep(AnomalyTable.Kind.DOUBLED_PMI_ID, 2, contactId(3).value()));
    store().decisions().put(decisions);

    assertThat(store().ids().writeBack()).isEqualTo(new IdCounts(3, 3, 2, 2));
    assertThat(relationships()).containsExactlyInAnyOrder(row(1, 1, 8), row(3, 2, 9));

    assertThat(store().decisions().remove(decisions)).isEqualTo(2);
    assertThat(store().ids().writeBack()).isEqualTo(new IdCounts(3, 3, 0, 0));
    assertThat(relationships()).isEmpty();
  }

  @Test
  default void writeBack_pmiIdThatMoved_moves() {
    refreshFully(store(), List.of(contact(1, 1), contact(2, 2)), List.of(journey(7, 1)));
    store().ids().writeBack();
    refreshChanges(store(), List.of(contact(1, 5)), List.of());

    assertThat(store().ids().writeBack()).isEqualTo(new IdCounts(2, 1, 2, 1));
    assertThat(relationships()).containsExactlyInAnyOrder(row(1, 5, 7), row(2, 2, null));
  }

  @Test
  default void lostKeys_areThoseOfContactsThatAreSomebodyElsesNow_untilTheyAreWrittenBack() {
    refreshFully(
        store(),
        List.of(
            contact(1, 1),
            contact(2, 2),
            contact(3, 3),
            contact(4, 4),
            contact(5, 5),
            contact(6, 6),
            contact(7, 7),
            contact(10, 10),
            contact(11, 11),
            contact(12, 12),
            contact(13, 13)),
        List.of());
    assertThat(lostKeys()).isEmpty();
    store().ids().writeBack();
    assertThat(lostKeys()).isEmpty();
    Contact unreadable =
        new Contact(contactId(2), null, true, FieldValues.empty(), STAMP, "", true, false, null);
    refreshChanges(
        store(),
        List.of(
            contact(1, 9),
            unreadable,
            cleared(3),
            // two who have changed places
            contact(4, 5),
            contact(5, 4),
            merged(6, 6, 8),
            // a PMI ID that went to another Contact
            cleared(7),
            contact(8, 7),
            // PMI IDs that went to the Contacts of others
            cleared(10),
            contact(11, 10),
            deleted(12, 12),
            contact(13, 12)),
        List.of());

    assertThat(lostKeys())
        .containsExactly(
            new LostKey(contactId(1), pmiId(1), false),
            new LostKey(contactId(2), pmiId(2), false),
            new LostKey(contactId(3), pmiId(3), true),
            new LostKey(contactId(4), pmiId(4), false),
            new LostKey(contactId(5), pmiId(5), false),
            new LostKey(contactId(10), pmiId(10), false),
            new LostKey(contactId(11), pmiId(11), false),
            new LostKey(contactId(12), pmiId(12), false),
            new LostKey(contactId(13), pmiId(13), false));

    store().ids().writeBack();
    assertThat(lostKeys()).isEmpty();
  }

  private List<LostKey> lostKeys() {
    List<LostKey> found = new ArrayList<>();
    try (Cursor<LostKey> keys = store().ids().lostKeys()) {
      keys.forEachRemaining(found::add);
    }
    return found;
  }

  @Test
  default void writeBack_journeyThatMoved_moves() {
    refreshFully(store(), List.of(contact(1, 1), contact(2, 2)), List.of(journey(7, 1)));
    store().ids().writeBack();
    refreshChanges(store(), List.of(), List.of(journey(7, 2)));

    assertThat(store().ids().writeBack()).isEqualTo(new IdCounts(2, 1, 2, 1));
    assertThat(relationships()).containsExactlyInAnyOrder(row(1, 1, null), row(2, 2, 7));
  }

  @Test
  default void writeBack_ambiguousParticipants_haveNoRelationship() {
    refreshFully(
        store(),
        List.of(contact(1, 1), contact(2, 1), contact(3, 3), contact(4, 4)),
        List.of(journey(5, 1), journey(6, 3), journey(7, 3), journey(8, 4)));

    assertThat(store().ids().writeBack()).isEqualTo(new IdCounts(4, 4, 1, 1));
    assertThat(relationships()).containsExactly(row(4, 4, 8));
  }

  @Test
  default void writeBack_participantWhoBecameAmbiguous_losesTheRelationship() {
    refreshFully(store(), List.of(contact(1, 1), contact(2, 2)), List.of(journey(5, 1)));
    store().ids().writeBack();
    refreshChanges(store(), List.of(contact(3, 2)), List.of(journey(6, 1)));

    assertThat(store().ids().writeBack()).isEqualTo(new IdCounts(3, 2, 0, 0));
    assertThat(relationships()).isEmpty();
  }

  @Test
  default void writeBack_goneDoubleOfAContact_doesNotMakeItAmbiguous() {
    refreshFully(store(), List.of(contact(1, 1), contact(2, 1)), List.of(journey(5, 1)));
    refreshChanges(store(), List.of(deleted(2, 1)), List.of());

    assertThat(store().ids().writeBack()).isEqualTo(new IdCounts(1, 1, 1, 1));
    assertThat(relationships()).containsExactly(row(1, 1, 5));
  }

  @Test
  default void writeBack_moreThanAThousandRows_work() {
    int people = 2_300;
    List<Contact> contacts = IntStream.range(0, people).mapToObj(n -> contact(n, n)).toList();
    List<Journey> journeys = IntStream.range(0, people).mapToObj(n -> journey(n, n)).toList();
    refreshFully(store(), contacts, journeys);

    assertThat(store().ids().writeBack()).isEqualTo(new IdCounts(people, people, people, people));
  }

  private static RelationshipRow row(
      int contactNumber, int pmiNumber, @Nullable Integer journeyNumber) {
    return new RelationshipRow(
        contactId(contactNumber).value(),
        pmiText(pmiNumber),
        journeyNumber == null ? null : journeyId(journeyNumber).value());
  }
}
