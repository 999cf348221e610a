package edu.cumc.aou.sync.port;

import static edu.cumc.aou.sync.port.StoreFixtures.STAMP;
import static edu.cumc.aou.sync.port.StoreFixtures.all;
import static edu.cumc.aou.sync.port.StoreFixtures.cleared;
import static edu.cumc.aou.sync.port.StoreFixtures.contact;
import static edu.cumc.aou.sync.port.StoreFixtures.deleted;
import static edu.cumc.aou.sync.port.StoreFixtures.deletedJourney;
import static edu.cumc.aou.sync.port.StoreFixtures.entries;
import static edu.cumc.aou.sync.port.StoreFixtures.journey;
import static edu.cumc.aou.sync.port.StoreFixtures.refreshChanges;
import static edu.cumc.aou.sync.port.StoreFixtures.refreshFully;
import static edu.cumc.aou.sync.testing.TestParticipants.contactId;
import static edu.cumc.aou.sync.testing.TestParticipants.journeyId;
import static edu.cumc.aou.sync.testing.TestParticipants.pmiId;
import static edu.cumc.aou.sync.testing.TestParticipants.values;
import static org.assertj.core.api.Assertions.assertThat;

import edu.cumc.aou.sync.model.Contact;
import edu.cumc.aou.sync.model.FieldName;
import edu.cumc.aou.sync.model.Fingerprint;
import edu.cumc.aou.sync.model.Journey;
import edu.cumc.aou.sync.model.PmiId;
import edu.cumc.aou.sync.model.SentValues;
import edu.cumc.aou.sync.port.HoldTable.Hold;
import edu.cumc.aou.sync.port.HoldTable.Kind;
import edu.cumc.aou.sync.port.MirrorTable.MirrorEntry;
import edu.cumc.aou.sync.port.MirrorTable.MirrorKey;
import edu.cumc.aou.sync.port.MirrorTable.WrittenContact;
import edu.cumc.aou.sync.port.MirrorTable.WrittenJourney;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a {@link MirrorTable} must do with keys and fingerprints. */
public interface FingerprintContract extends StoreContractPart {

  @Test
  default void keys_areThoseOfTheEntries_withTheNumberOfLiveContacts() {
    refreshFully(
        store(), List.of(contact(1, 3), contact(2, 1), contact(3, 2), contact(4, 2)), List.of());
    refreshChanges(store(), List.of(deleted(4, 2), deleted(1, 3)), List.of());

    assertThat(all(store().mirror().keys()))
        .containsExactly(
            new MirrorKey(pmiId(1), 1, null),
            new MirrorKey(pmiId(2), 1, null),
            new MirrorKey(pmiId(3), 0, null));
  }

  @Test
  default void keys_ofManyMoreThanAPage_areGivenOnceEach() {
    List<Contact> contacts =
        IntStream.rangeClosed(1, 10_500).mapToObj(n -> contact(n, (n + 1) / 2)).toList();
    refreshFully(store(), contacts, List.of());

    assertThat(all(store().mirror().keys()))
        .isEqualTo(
            IntStream.rangeClosed(1, 5_250)
                .mapToObj(n -> new MirrorKey(pmiId(n), 2, null))
                .toList());
  }

  @Test
  default void find_several_givesThoseWhoHaveAnEntryInOrder() {
    List<Contact> contacts = IntStream.rangeClosed(1, 600).mapToObj(n -> contact(n, n)).toList();
    refreshFully(store(), contacts, List.of(journey(5, 5)));

    List<PmiId> wanted =
        IntStream.iterate(900, n -> n - 3).limit(290).mapToObj(n -> pmiId(n)).toList();

    assertThat(store().mirror().find(wanted))
        .isEqualTo(entries(store()).stream().filter(e -> wanted.contains(e.pmiId())).toList())
        .hasSizeGreaterThan(150);
    assertThat(store().mirror().find(List.of(pmiId(5))))
        .extracting(MirrorEntry::pmiId)
        .containsExactly(pmiId(5));
  }

  @Test
  default void findShown_givesTheSameAsFind_perhapsWithoutMarks() {
    refreshFully(
        store(),
        List.of(contact(1, 1), contact(2, 2), contact(3, 2)),
        List.of(journey(1, 1), journey(2, 2)));
    FieldName name = new FieldName("LastName");
    store()
        .mirror()
        .recordContacts(
            List.of(
                new WrittenContact(
                    contactId(1),
                    pmiId(1),
                    values("LastName", "Muster"),
                    SentValues.of(Map.of(name, SentValues.Mark.justSent("a", ""))))));
    List<PmiId> wanted = List.of(pmiId(1), pmiId(2), pmiId(9));

    assertThat(store().mirror().findShown(wanted))
        .usingRecursiveComparison()
        .ignoringFieldsOfTypes(SentValues.class)
        .isEqualTo(store().mirror().find(wanted));
    assertThat(store().mirror().findShown(wanted).get(0).live().get(0).fields().get(name).text())
        .isEqualTo("Muster");
    assertThat(store().mirror().find(wanted).get(0).live().get(0).sent().mark(name)).isPresent();
  }

  @Test
  default void keepUnchanged_isGivenWithTheKey_andReplaced() {
    refreshFully(store(), List.of(contact(1, 1), contact(2, 2), contact(3, 3)), List.of());

    store().mirror().keepUnchanged(Map.of(pmiId(1), print(1), pmiId(2), print(2)));
    store().mirror().keepUnchanged(Map.of(pmiId(2), print(-7)));

    assertThat(all(store().mirror().keys()))
        .containsExactly(
            new MirrorKey(pmiId(1), 1, print(1)),
            new MirrorKey(pmiId(2), 1, print(-7)),
            new MirrorKey(pmiId(3), 1, null));
  }

  @Test
  default void keepUnchanged_ofThousands_works() {
    refreshFully(
        store(), IntStream.rangeClosed(1, 2_300).mapToObj(n -> contact(n, n)).toList(), List.of());
    Map<PmiId, Fingerprint> prints = new LinkedHashMap<>();
    IntStream.rangeClosed(1, 2_300).forEach(n -> prints.put(pmiId(n), print(n)));

    store().mirror().keepUnchanged(prints);
    store().mirror().keepUnchanged(prints);

    assertThat(all(store().mirror().keys()))
        .allSatisfy(key -> assertThat(key.unchanged()).isEqualTo(prints.get(key.pmiId())));
  }

  @Test
  default void whateverChangesTheMirror_takesTheFingerprintBack() {
    changesOfTheFirst()
        .forEach(
            (what, change) -> {
              refreshFully(
                  store(),
                  List.of(contact(1, 1), contact(2, 2), contact(3, 3)),
                  List.of(journey(1, 1), journey(2, 2), journey(3, 3)));
              store()
                  .mirror()
                  .keepUnchanged(
                      Map.of(pmiId(1), print(1), pmiId(2), print(2), pmiId(3), print(3)));

              change.accept(store());

              assertThat(all(store().mirror().keys()))
                  .as(what)
                  .allSatisfy(
                      key ->
                          assertThat(key.unchanged())
                              .as(key.pmiId().equals(pmiId(3)) ? "bystander" : "concerned")
                              .isEqualTo(key.pmiId().equals(pmiId(3)) ? print(3) : null))
                  .hasSizeGreaterThan(1);
            });
  }

  @Test
  default void fullRefresh_takesAllBack() {
    refreshFully(store(), List.of(contact(1, 1)), List.of());
    store().mirror().keepUnchanged(Map.of(pmiId(1), print(1)));

    refreshFully(store(), List.of(contact(1, 1)), List.of());

    assertThat(all(store().mirror().keys())).containsExactly(new MirrorKey(pmiId(1), 1, null));
  }

  /**
   * All ways to change what is mirrored; each concerns the first and the second participant, and
   * not the third.
   */
  static Map<String, Consumer<SyncStore>> changesOfTheFirst() {
    Map<String, Consumer<SyncStore>> changes = new LinkedHashMap<>();
    changes.put(
        "Contacts were edited",
        s ->
            refresh(
                s,
                List.of(contact(1, 1, values("Email", "x")), contact(2, 2, values("Email", "y")))));
    changes.put("Contacts were deleted", s -> refresh(s, List.of(deleted(1, 1), deleted(2, 2))));
    changes.put("another Contact came", s -> refresh(s, List.of(contact(4, 1), contact(5, 2))));
    changes.put("a Contact has another PMI ID", s -> refresh(s, List.of(contact(1, 2))));
    changes.put("a Contact lost its PMI ID", s -> refresh(s, List.of(cleared(1), cleared(2))));
    changes.put(
        "journeys were edited",
        s ->
            refreshJourneys(
                s, List.of(journey(1, 1, values("X", "x")), journey(2, 2, values("X", "y")))));
    changes.put(
        "journeys were deleted",
        s -> refreshJourneys(s, List.of(deletedJourney(1, 1), deletedJourney(2, 2))));
    changes.put(
        "other journeys came", s -> refreshJourneys(s, List.of(journey(4, 1), journey(5, 2))));
    changes.put(
        "a journey went to another Contact", s -> refreshJourneys(s, List.of(journey(1, 2))));
    changes.put(
        "Contacts were written",
        s ->
            s.mirror()
                .recordContacts(
                    List.of(
                        new WrittenContact(
                            contactId(1), pmiId(1), values("A", "a"), SentValues.none()),
                        new WrittenContact(
                            contactId(2), pmiId(2), values("A", "a"), SentValues.none()))));
    changes.put(
        "new Contacts were written",
        s ->
            s.mirror()
                .recordContacts(
                    List.of(
                        new WrittenContact(
                            contactId(4), pmiId(1), values("A", "a"), SentValues.none()),
                        new WrittenContact(
                            contactId(5), pmiId(2), values("A", "a"), SentValues.none()))));
    changes.put(
        "journeys were written",
        s ->
            s.mirror()
                .recordJourneys(
                    List.of(
                        new WrittenJourney(journeyId(1), values("A", "a"), SentValues.none()),
                        new WrittenJourney(journeyId(2), values("A", "a"), SentValues.none()))));
    changes.put(
        "they are held", s -> s.holds().put(List.of(hold(1, Kind.UNDO), hold(2, Kind.QUARANTINE))));
    changes.put(
        "they are released",
        s -> assertThat(s.holds().release(List.of(pmiId(1), pmiId(2)))).isEqualTo(2));
    changes.put(
        "they are forgotten", s -> s.personalData().forget(List.of(pmiId(1), pmiId(2)), STAMP));
    changes.put("they are forgotten again", s -> s.personalData().forgetAgain());
    return changes;
  }

  private static void refresh(SyncStore store, List<Contact> contacts) {
    refreshChanges(store, contacts, List.of());
  }

  private static void refreshJourneys(SyncStore store, List<Journey> journeys) {
    refreshChanges(store, List.of(), journeys);
  }

  private static Hold hold(int number, Kind kind) {
    return new Hold(pmiId(number), kind, "test", STAMP, null);
  }

  private static Fingerprint print(int number) {
    return new Fingerprint(Long.MIN_VALUE + number, number);
  }
}
