package edu.cumc.aou.sync.port;

import static edu.cumc.aou.sync.port.RawRow.contact;
import static edu.cumc.aou.sync.port.RawRow.journey;
import static edu.cumc.aou.sync.testing.TestParticipants.pmiId;
import static edu.cumc.aou.sync.testing.TestParticipants.pmiText;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import edu.cumc.aou.sync.FailureKind;
import edu.cumc.aou.sync.SyncException;
import edu.cumc.aou.sync.model.Participant;
import edu.cumc.aou.sync.model.ParticipantStatus;
import edu.cumc.aou.sync.model.PmiId;
import edu.cumc.aou.sync.model.SourceRelation;
import edu.cumc.aou.sync.model.SourceRow;
import edu.cumc.aou.sync.port.SourceEntry.Found;
import edu.cumc.aou.sync.port.SourceEntry.RejectReason;
import edu.cumc.aou.sync.port.SourceEntry.Rejected;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a {@link ParticipantSource} must do. A backend extends it and supplies a source whose two
 * relations have the columns of {@link RawRow#CONTACTS} and {@link RawRow#JOURNEYS}.
 */
public abstract class ParticipantSourceContract {

  private static final List<RawRow> NONE = List.of();

  /**
   * A source over relations that hold exactly these rows, stored in this order. Called at most once
   * in a test; the backend disposes of it after the test.
   */
  protected abstract ParticipantSource source(List<RawRow> contacts, List<RawRow> journeys);

  @Test
  void read_emptyRelations_givesNothing() {
    assertThat(read(source(NONE, NONE))).isEmpty();
  }

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

    List<SourceEntry> entries = read(source(contacts, NONE));

    assertThat(entries).extracting(e -> participant(e).pmiId()).containsExactly(ids(1, 2, 3, 4, 5));
    assertThat(entries)
        .extracting(e -> contactRow(e).text("Last Name_HP"))
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

  @Test
  void read_bothRelations_mergesRowsOfOnePerson() {
    Participant both =
        participant(
            onlyEntry(
                source(
                    List.of(contact(" p000000001", "Doe")),
                    List.of(journey("P000000001 ", "Consented")))));

    assertThat(both.pmiId()).isEqualTo(pmiId(1));
    assertThat(Objects.requireNonNull(both.contact()).text("Last Name_HP")).isEqualTo("Doe");
    assertThat(Objects.requireNonNull(both.journey()).text("Participant Status"))
        .isEqualTo("Consented");
  }

  @Test
  void read_oneRelationOnly_leavesTheOtherRowOut() {
    List<SourceEntry> entries =
        read(source(List.of(contact(pmiText(1), "A")), List.of(journey(pmiText(2), "x"))));

    assertThat(entries).hasSize(2);
    assertThat(participant(entries.get(0)).contact()).isNotNull();
    assertThat(participant(entries.get(0)).journey()).isNull();
    assertThat(entries.get(0).contactRows()).isEqualTo(1);
    assertThat(entries.get(0).journeyRows()).isZero();
    assertThat(participant(entries.get(1)).contact()).isNull();
    assertThat(participant(entries.get(1)).journey()).isNotNull();
    assertThat(entries.get(1).contactRows()).isZero();
    assertThat(entries.get(1).journeyRows()).isEqualTo(1);
  }

  @Test
  void read_statusRule_seesTheRowsThereAre() {
    StatusRule rule =
        (contact, journey) ->
            journey == null
                ? ParticipantStatus.LEFT
                : journey.text("Withdrawal Status").equals("1")
                    ? ParticipantStatus.WITHDRAWN
                    : contact == null ? ParticipantStatus.TEST : ParticipantStatus.ACTIVE;
    ParticipantSource source =
        source(
            List.of(contact(pmiText(1), "A"), contact(pmiText(2), "B"), contact(pmiText(3), "C")),
            List.of(
                journey(pmiText(1), "x").with("Withdrawal Status", 1L),
                journey(pmiText(2), "x").with("Withdrawal Status", 0L),
                journey(pmiText(4), "x")));

    assertThat(read(source, query(rule)))
        .extracting(e -> participant(e).status())
        .containsExactly(
            ParticipantStatus.WITHDRAWN,
            ParticipantStatus.ACTIVE,
            ParticipantStatus.LEFT,
            ParticipantStatus.TEST);
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
  void read_identicalRows_countAsOne() {
    RawRow contact =
        contact(pmiText(1), "A")
            .withDate("Date of Birth_HP", "1980-02-29")
            .with("record_id_RC", 7L);
    RawRow journey =
        journey(pmiText(1), "x")
            .withDateTime("COPE May PPI Survey Completion Date", "2020-05-07T13:14:15")
            .with("Hours of Sleep", new BigDecimal("7.25"));

    Found found =
        found(
                read(
                    source(
                        List.of(contact, contact(pmiText(2), "B"), contact, contact),
                        List.of(journey, journey))))
            .get(0);

    assertThat(found.participant().pmiId()).isEqualTo(pmiId(1));
    assertThat(found.contactRows()).isEqualTo(3);
    assertThat(found.journeyRows()).isEqualTo(2);
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
  void read_contradictingContactRows_rejectTheParticipant() {
    List<SourceEntry> entries =
        read(
            source(
                List.of(
                    contact(pmiText(1), "A"),
                    contact(pmiText(2), "B"),
                    contact(pmiText(1), "Other"),
                    contact(pmiText(1), "A")),
                List.of(journey(pmiText(1), "x"), journey(pmiText(2), "y"))));

    assertThat(rejected(entries))
        .containsExactly(new Rejected(RejectReason.CONTRADICTING_ROWS, pmiId(1), 3, 1));
    assertThat(found(entries)).extracting(f -> f.participant().pmiId()).containsExactly(pmiId(2));
  }

  @Test
  void read_contradictingJourneyRows_rejectTheParticipant() {
    ParticipantSource source =
        source(
            List.of(contact(pmiText(1), "A")),
            List.of(
                journey(pmiText(1), "x").with("Samples for DNA Received", true),
                journey(pmiText(1), "x").with("Samples for DNA Received", false)));

    assertThat(onlyEntry(source))
        .isEqualTo(new Rejected(RejectReason.CONTRADICTING_ROWS, pmiId(1), 1, 2));
  }

  @Test
  void read_nullBesideAValue_isAContradiction() {
    ParticipantSource source =
        source(List.of(contact(pmiText(1), null), contact(pmiText(1), "A")), NONE);

    assertThat(onlyEntry(source))
        .isEqualTo(new Rejected(RejectReason.CONTRADICTING_ROWS, pmiId(1), 2, 0));
  }

  @Test
  void read_differenceInAColumnThatIsNotSelected_isNoContradiction() {
    ParticipantSource source =
        source(
            List.of(
                contact(pmiText(1), "A").with("record_id_RC", 1L),
                contact(pmiText(1), "A").with("record_id_RC", 2L)),
            NONE);
    SourceQuery query =
        new SourceQuery(
            RawRow.CONTACT_KEY,
            List.of("Last Name_HP"),
            RawRow.JOURNEY_KEY,
            List.of(),
            (contact, journey) -> ParticipantStatus.ACTIVE);

    List<SourceEntry> entries = read(source, query);

    assertThat(entries).singleElement().isInstanceOf(Found.class);
    assertThat(contactRow(entries.get(0)).value("record_id_RC")).isEmpty();
  }

  @Test
  void read_types_comeOutAsTheyWentIn() {
    RawRow contact =
        contact(pmiText(1), "  O'Brien-Nuñez, 李 \"Bo\"\n ")
            .withDate("Date of Birth_HP", "1931-12-31")
            .with("record_id_RC", 1234567L);
    RawRow journey =
        journey(pmiText(1), "")
            .with("Withdrawal Status", 0L)
            .withDate("General Consent Date", "1900-01-01")
            .withDateTime("COPE May PPI Survey Completion Date", "2020-05-07T23:59:58")
            .with("Samples for DNA Received", true)
            .with("Hours of Sleep", new BigDecimal("7.50"));

    Participant participant = participant(onlyEntry(source(List.of(contact), List.of(journey))));

    SourceRow c = Objects.requireNonNull(participant.contact());
    assertThat(c.value("Last Name_HP")).contains("  O'Brien-Nuñez, 李 \"Bo\"\n ");
    assertThat(c.value("Date of Birth_HP")).contains(LocalDate.of(1931, 12, 31));
    assertThat(c.value("record_id_RC")).contains(1234567L);
    SourceRow j = Objects.requireNonNull(participant.journey());
    assertThat(j.value("Participant Status")).contains("");
    assertThat(j.value("Withdrawal Status")).contains(0L);
    assertThat(j.value("General Consent Date")).contains(LocalDate.of(1900, 1, 1));
    assertThat(j.value("COPE May PPI Survey Completion Date"))
        .contains(LocalDateTime.of(2020, 5, 7, 23, 59, 58));
    assertThat(j.value("Samples for DNA Received")).contains(true);
    assertThat(j.value("Hours of Sleep"))
        .hasValueSatisfying(
            v ->
                assertThat(v)
                    .isInstanceOfSatisfying(
                        BigDecimal.class,
                        d -> assertThat(d).isEqualByComparingTo(new BigDecimal("7.5"))));
  }

  @Test
  void read_nulls_areAbsent() {
    Participant participant =
        participant(
            onlyEntry(
                source(List.of(contact(pmiText(1), null)), List.of(journey(pmiText(1), null)))));

    SourceRow contact = Objects.requireNonNull(participant.contact());
    SourceRow journey = Objects.requireNonNull(participant.journey());
    RawRow.CONTACTS.stream()
        .skip(1)
        .forEach(c -> assertThat(contact.value(c.name())).as(c.name()).isEmpty());
    RawRow.JOURNEYS.stream()
        .skip(1)
        .forEach(c -> assertThat(journey.value(c.name())).as(c.name()).isEmpty());
  }

  @Test
  void read_columnMissingInTheContactRelation_isConfig() {
    ParticipantSource source = source(List.of(contact(pmiText(1), "A")), NONE);

    assertThatThrownBy(() -> read(source, queryOf(List.of("No Such Column"), List.of())))
        .isInstanceOfSatisfying(
            SyncException.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.CONFIG));
  }

  @Test
  void read_columnMissingInTheJourneyRelation_isConfig() {
    ParticipantSource source = source(NONE, List.of(journey(pmiText(1), "x")));

    assertThatThrownBy(() -> read(source, queryOf(List.of(), List.of("No Such Column"))))
        .isInstanceOfSatisfying(
            SyncException.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.CONFIG));
  }

  @Test
  void read_closedEarly_canBeReadAgain() {
    ParticipantSource source = source(rows(1, 200, "A"), rows(1, 200, null));

    Cursor<SourceEntry> cursor = source.read(query());
    assertThat(participant(cursor.next()).pmiId()).isEqualTo(pmiId(1));
    cursor.close();
    cursor.close();

    assertThat(read(source)).hasSize(199);
  }

  @Test
  void read_again_seesTheSame() {
    ParticipantSource source = source(rows(1, 20, "A"), rows(5, 30, null));

    assertThat(read(source).stream().map(e -> participant(e).pmiId()).toList())
        .isEqualTo(read(source).stream().map(e -> participant(e).pmiId()).toList());
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
  void columns_anyCase_giveTheDatabasesSpelling() {
    ParticipantSource source = source(NONE, NONE);

    SourceColumns contacts = source.columns(SourceRelation.CONTACTS);
    SourceColumns journeys = source.columns(SourceRelation.JOURNEYS);

    assertThat(contacts.relation()).isEqualTo(SourceRelation.CONTACTS);
    assertThat(contacts.names()).isEqualTo(names(RawRow.CONTACTS));
    assertThat(journeys.relation()).isEqualTo(SourceRelation.JOURNEYS);
    assertThat(journeys.names()).isEqualTo(names(RawRow.JOURNEYS));
    assertThat(contacts.find("last name_hp")).contains("Last Name_HP");
    assertThat(journeys.find("WITHDRAWAL STATUS")).contains("Withdrawal Status");
    assertThat(journeys.find("Last Name_HP")).isEmpty();
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

  private static List<String> names(List<RawRow.Column> columns) {
    return columns.stream().map(RawRow.Column::name).toList();
  }

  private static PmiId[] ids(int... numbers) {
    return IntStream.of(numbers).mapToObj(n -> pmiId(n)).toArray(PmiId[]::new);
  }

  private static List<RawRow> rows(int from, int to, @Nullable String lastName) {
    return new ArrayList<>(
        IntStream.range(from, to)
            .mapToObj(
                n -> lastName == null ? journey(pmiText(n), "s") : contact(pmiText(n), lastName))
            .toList());
  }

  private static SourceQuery query() {
    return query((contact, journey) -> ParticipantStatus.ACTIVE);
  }

  private static SourceQuery query(StatusRule rule) {
    return new SourceQuery(
        RawRow.CONTACT_KEY,
        names(RawRow.CONTACTS).subList(1, RawRow.CONTACTS.size()),
        RawRow.JOURNEY_KEY,
        names(RawRow.JOURNEYS).subList(1, RawRow.JOURNEYS.size()),
        rule);
  }

  private static SourceQuery queryOf(List<String> contacts, List<String> journeys) {
    return new SourceQuery(
        RawRow.CONTACT_KEY,
        contacts,
        RawRow.JOURNEY_KEY,
        journeys,
        (contact, journey) -> ParticipantStatus.ACTIVE);
  }

  private static List<SourceEntry> read(ParticipantSource source) {
    return read(source, query());
  }

  private static List<SourceEntry> read(ParticipantSource source, SourceQuery query) {
    List<SourceEntry> entries = new ArrayList<>();
    try (Cursor<SourceEntry> cursor = source.read(query)) {
      cursor.forEachRemaining(entries::add);
    }
    return entries;
  }

  private static SourceEntry onlyEntry(ParticipantSource source) {
    List<SourceEntry> entries = read(source);
    assertThat(entries).hasSize(1);
    return entries.get(0);
  }

  private static List<Found> found(List<SourceEntry> entries) {
    return entries.stream().filter(Found.class::isInstance).map(Found.class::cast).toList();
  }

  private static List<Rejected> rejected(List<SourceEntry> entries) {
    return entries.stream().filter(Rejected.class::isInstance).map(Rejected.class::cast).toList();
  }

  private static Rejected malformed(int contactRows, int journeyRows) {
    return new Rejected(RejectReason.MALFORMED_PMI_ID, null, contactRows, journeyRows);
  }

  private static Participant participant(SourceEntry entry) {
    assertThat(entry).isInstanceOf(Found.class);
    return ((Found) entry).participant();
  }

  private static SourceRow contactRow(SourceEntry entry) {
    return Objects.requireNonNull(participant(entry).contact());
  }
}
