package edu.cumc.aou.sync.port;

import static edu.cumc.aou.sync.port.RawRow.contact;
import static edu.cumc.aou.sync.port.RawRow.journey;
import static edu.cumc.aou.sync.port.SourceFixtures.contactRow;
import static edu.cumc.aou.sync.port.SourceFixtures.found;
import static edu.cumc.aou.sync.port.SourceFixtures.ids;
import static edu.cumc.aou.sync.port.SourceFixtures.malformed;
import static edu.cumc.aou.sync.port.SourceFixtures.onlyEntry;
import static edu.cumc.aou.sync.port.SourceFixtures.participant;
import static edu.cumc.aou.sync.port.SourceFixtures.query;
import static edu.cumc.aou.sync.port.SourceFixtures.read;
import static edu.cumc.aou.sync.port.SourceFixtures.rejected;
import static edu.cumc.aou.sync.port.SourceFixtures.rows;
import static edu.cumc.aou.sync.port.SourceFixtures.textOf;
import static edu.cumc.aou.sync.testing.TestParticipants.pmiId;
import static edu.cumc.aou.sync.testing.TestParticipants.pmiText;
import static org.assertj.core.api.Assertions.assertThat;

import edu.cumc.aou.sync.model.PmiId;
import edu.cumc.aou.sync.port.SourceEntry.Found;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a {@link ParticipantSource} must do with keys: canonical form, order, and what is no PMI ID.
 * Part of {@link ParticipantSourceContract}.
 */
public abstract class SourceKeyContract {

  /**
   * A source over relations that hold exactly these rows, stored in this order. Called at most once
   * in a test; the backend disposes of it after the test.
   */
  protected abstract ParticipantSource source(List<RawRow> contacts, List<RawRow> journeys);

  @Test
  void read_anyOrderOfRows_ordersByPmiId() {
    List<RawRow> contacts = rows(1, 60, "A");
    List<RawRow> journeys = rows(30, 90, null);
    Collections.shuffle(contacts, new Random(7));
    Collections.shuffle(journeys, new Random(8));

    List<PmiId> ids =
        read(source(contacts, journeys)).stream().map(e -> participant(e).pmiId()).toList();

    assertThat(ids).isEqualTo(IntStream.range(1, 90).mapToObj(n -> pmiId(n)).toList());
  }

  @Test
  void read_keysInOtherCaseAndWithBlanks_areOrderedAsIfCanonical() {
    List<RawRow> contacts =
        List.of(
            contact("P000000003", "C"),
            contact("  p000000002", "B"),
            contact("P 0000 00004", "D"),
            contact("\tP000000001 ", "A"),
            contact("p000000005\r\n", "E"));

    List<SourceEntry> entries = read(source(contacts, List.of()));

    assertThat(entries).extracting(e -> participant(e).pmiId()).containsExactly(ids(1, 2, 3, 4, 5));
    assertThat(entries)
        .extracting(e -> textOf(contactRow(e), "Last Name_HP"))
        .containsExactly("A", "B", "C", "D", "E");
  }

  @Test
  void read_noBreakAndZeroWidthBlanks_areNoPartOfTheKey() {
    ParticipantSource source =
        source(
            List.of(contact("\u00a0P000000001\u200b", "A"), contact("\ufeffP000000002", "B")),
            List.of(journey("P000000001", "x"), journey("P000000002\u00a0", "y")));

    assertThat(read(source))
        .allSatisfy(
            e -> {
              assertThat(e.contactRows()).isEqualTo(1);
              assertThat(e.journeyRows()).isEqualTo(1);
            })
        .extracting(e -> participant(e).pmiId())
        .containsExactly(ids(1, 2));
  }

  /** Dirty keys; a PMI ID can be read in some of them. */
  static Stream<Arguments> dirtyKeysInEveryPosition() {
    List<String> keys =
        List.of(
            "",
            " \t\u00a0",
            "UNSET",
            "PMI123",
            "000000005",
            "P00000005",
            "P0000000055",
            "p000000005",
            " P000000005\u00a0",
            "PO00000005",
            "=P000000005",
            "P\uFF10000000055");
    return keys.stream()
        .flatMap(
            key ->
                Stream.of(Position.values())
                    .flatMap(at -> Stream.of(In.values()).map(in -> Arguments.of(key, at, in))));
  }

  /** Where in the stored rows the dirty one stands; the others are sound. */
  enum Position {
    ONLY,
    FIRST,
    MIDDLE,
    LAST,
    BETWEEN_TWINS;

    private <T> List<T> place(T dirty, IntFunction<T> sound) {
      return switch (this) {
        case ONLY -> List.of(dirty);
        case FIRST -> List.of(dirty, sound.apply(1), sound.apply(9));
        case MIDDLE -> List.of(sound.apply(1), dirty, sound.apply(9));
        case LAST -> List.of(sound.apply(1), sound.apply(9), dirty);
        case BETWEEN_TWINS ->
            List.of(sound.apply(4), sound.apply(4), dirty, sound.apply(6), sound.apply(6));
      };
    }

    int soundPeople() {
      return this == ONLY ? 0 : 2;
    }
  }

  /** Which relations the dirty row is in. */
  enum In {
    CONTACTS,
    JOURNEYS,
    BOTH
  }

  @ParameterizedTest
  @MethodSource("dirtyKeysInEveryPosition")
  void read_dirtyKeyInAnyPosition_costsNobodyElse(String key, Position at, In in) {
    List<RawRow> contacts =
        in == In.JOURNEYS
            ? List.of()
            : at.place(contact(key, "Dirty"), n -> contact(pmiText(n), "A"));
    List<RawRow> journeys =
        in == In.CONTACTS
            ? List.of()
            : at.place(journey(key, "dirty"), n -> journey(pmiText(n), "x"));

    List<SourceEntry> entries = read(source(contacts, journeys));

    int somebody = PmiId.tryParse(key).isPresent() ? 1 : 0;
    assertThat(found(entries)).hasSize(at.soundPeople() + somebody);
    assertThat(found(entries)).extracting(f -> f.participant().pmiId()).isSorted();
    assertThat(rejected(entries))
        .hasSize((1 - somebody) * (in == In.BOTH ? 2 : 1))
        .allSatisfy(r -> assertThat(r.contactRows() + r.journeyRows()).isOne());
    assertThat(entries.stream().mapToInt(SourceEntry::contactRows).sum())
        .isEqualTo(contacts.size());
    assertThat(entries.stream().mapToInt(SourceEntry::journeyRows).sum())
        .isEqualTo(journeys.size());
  }

  @Test
  void read_contactRowsWithoutKey_arePassedOver() {
    ParticipantSource source =
        source(
            List.of(contact(null, "A"), contact(pmiText(1), "B"), contact(null, "C")),
            List.of(journey(pmiText(1), "x")));

    assertThat(participant(onlyEntry(source)).pmiId()).isEqualTo(pmiId(1));
  }

  @Test
  void read_journeyRowsWithoutKey_areRejected() {
    ParticipantSource source =
        source(
            List.of(contact(pmiText(1), "A")),
            List.of(journey(null, "x"), journey(pmiText(1), "y"), journey(null, "z")));

    List<SourceEntry> entries = read(source);

    assertThat(rejected(entries)).containsExactly(malformed(0, 1), malformed(0, 1));
    assertThat(found(entries)).singleElement().satisfies(f -> assertThat(f.journeyRows()).isOne());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "   ",
        "UNSET",
        "A000000002",
        "P00000002",
        "P0000000022",
        "P00000000X",
        "000000002",
        "Z",
        "P0000-0002"
      })
  void read_malformedKey_isRejectedWhereverItStands(String key) {
    ParticipantSource source =
        source(
            List.of(
                contact(pmiText(1), "A"),
                contact(key, "B"),
                contact(pmiText(2), "C"),
                contact(pmiText(3), "D")),
            List.of(journey(pmiText(1), "x"), journey(key, "y"), journey(pmiText(3), "z")));

    List<SourceEntry> entries = read(source);

    assertThat(rejected(entries)).containsExactlyInAnyOrder(malformed(1, 0), malformed(0, 1));
    assertThat(found(entries))
        .extracting(f -> f.participant().pmiId())
        .containsExactly(ids(1, 2, 3));
    assertThat(found(entries)).extracting(Found::journeyRows).containsExactly(1, 0, 1);
  }

  @Test
  void read_nothingButMalformedKeys_rejectsEachRow() {
    List<SourceEntry> entries =
        read(
            source(
                List.of(contact("UNSET", "A"), contact("UNSET", "A"), contact("", "B")),
                List.of(journey("UNSET", "x"))));

    assertThat(rejected(entries))
        .containsExactlyInAnyOrder(
            malformed(1, 0), malformed(1, 0), malformed(1, 0), malformed(0, 1));
    assertThat(found(entries)).isEmpty();
  }

  @Test
  void read_identicalRowsUnderKeysWrittenDifferently_countAsOne() {
    SourceEntry entry =
        onlyEntry(
            source(
                List.of(contact("P000000001", "A"), contact(" p000000001", "A")),
                List.of(journey("p000000001 ", "x"), journey("P000000001", "x"))));

    assertThat(entry).isInstanceOf(Found.class);
    assertThat(entry.contactRows()).isEqualTo(2);
    assertThat(entry.journeyRows()).isEqualTo(2);
  }

  @Test
  void read_manyRows_givesEachParticipantOnce() {
    int people = 5_000;
    List<RawRow> contacts = rows(0, people, "A");
    List<RawRow> journeys = rows(0, people, null);
    Collections.shuffle(contacts, new Random(1));
    Collections.shuffle(journeys, new Random(2));
    ParticipantSource source = source(contacts, journeys);

    int count = 0;
    try (Cursor<SourceEntry> cursor = source.read(query())) {
      while (cursor.hasNext()) {
        SourceEntry entry = cursor.next();
        assertThat(participant(entry).pmiId()).isEqualTo(pmiId(count));
        assertThat(entry.contactRows() + entry.journeyRows()).isEqualTo(2);
        count++;
      }
    }

    assertThat(count).isEqualTo(people);
    assertThat(source.counts()).isEqualTo(new SourceCounts(people, people));
  }

  @Test
  void counts_agreeWithWhatReadGives() {
    ParticipantSource source =
        source(
            List.of(
                contact(null, "A"),
                contact("UNSET", "B"),
                contact("", "C"),
                contact(pmiText(1), "D"),
                contact(pmiText(1), "D")),
            List.of(journey(null, "x"), journey(pmiText(1), "y"), journey("?", "z")));

    List<SourceEntry> entries = read(source);

    assertThat(source.counts()).isEqualTo(new SourceCounts(4, 3));
    assertThat(entries.stream().mapToInt(SourceEntry::contactRows).sum()).isEqualTo(4);
    assertThat(entries.stream().mapToInt(SourceEntry::journeyRows).sum()).isEqualTo(3);
  }
}
