package edu.cumc.aou.sync.port;

import static edu.cumc.aou.sync.port.RawRow.contact;
import static edu.cumc.aou.sync.port.RawRow.journey;
import static edu.cumc.aou.sync.port.SourceFixtures.contactRow;
import static edu.cumc.aou.sync.port.SourceFixtures.contradicting;
import static edu.cumc.aou.sync.port.SourceFixtures.found;
import static edu.cumc.aou.sync.port.SourceFixtures.names;
import static edu.cumc.aou.sync.port.SourceFixtures.onlyEntry;
import static edu.cumc.aou.sync.port.SourceFixtures.participant;
import static edu.cumc.aou.sync.port.SourceFixtures.plain;
import static edu.cumc.aou.sync.port.SourceFixtures.query;
import static edu.cumc.aou.sync.port.SourceFixtures.queryOf;
import static edu.cumc.aou.sync.port.SourceFixtures.read;
import static edu.cumc.aou.sync.port.SourceFixtures.rejected;
import static edu.cumc.aou.sync.port.SourceFixtures.rows;
import static edu.cumc.aou.sync.port.SourceFixtures.textOf;
import static edu.cumc.aou.sync.testing.TestParticipants.pmiId;
import static edu.cumc.aou.sync.testing.TestParticipants.pmiText;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import edu.cumc.aou.sync.model.FailureKind;
import edu.cumc.aou.sync.model.Participant;
import edu.cumc.aou.sync.model.ParticipantStatus;
import edu.cumc.aou.sync.model.SourceRelation;
import edu.cumc.aou.sync.model.SourceRow;
import edu.cumc.aou.sync.model.SyncException;
import edu.cumc.aou.sync.port.ParticipantSource.TimeCount;
import edu.cumc.aou.sync.port.ParticipantSource.ValueCount;
import edu.cumc.aou.sync.port.SourceEntry.Found;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/**
 * What a {@link ParticipantSource} must do. A backend extends it and supplies a source. The two
 * relations of that source have the columns of {@link RawRow#CONTACTS} and {@link RawRow#JOURNEYS}.
 */
public abstract class ParticipantSourceContract extends SourceKeyContract {

  private static final List<RawRow> NONE = List.of();

  @Test
  void read_emptyRelations_givesNothing() {
    assertThat(read(source(NONE, NONE))).isEmpty();
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
    assertThat(textOf(Objects.requireNonNull(both.contact()), "Last Name_HP")).isEqualTo("Doe");
    assertThat(textOf(Objects.requireNonNull(both.journey()), "Participant Status"))
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
                : textOf(journey, "Withdrawal Status").equals("1")
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
  void read_rowsThatDifferInBlanksOnly_countAsOne() {
    Found found =
        found(
                read(
                    source(
                        List.of(
                            contact(pmiText(1), "A"),
                            contact(pmiText(1), " A  "),
                            contact(pmiText(1), "A\t")),
                        List.of(
                            journey(pmiText(1), ""),
                            journey(pmiText(1), "  "),
                            new RawRow(pmiText(1), Map.of())))))
            .get(0);

    assertThat(found.contactRows()).isEqualTo(3);
    assertThat(found.journeyRows()).isEqualTo(3);
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

    assertThat(rejected(entries)).containsExactly(contradicting(pmiId(1), 3, 1));
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

    assertThat(plain(onlyEntry(source))).isEqualTo(contradicting(pmiId(1), 1, 2));
  }

  @Test
  void read_nullBesideAValue_isAContradiction() {
    ParticipantSource source =
        source(List.of(contact(pmiText(1), null), contact(pmiText(1), "A")), NONE);

    assertThat(plain(onlyEntry(source))).isEqualTo(contradicting(pmiId(1), 2, 0));
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
  void columns_haveTheirTypes() {
    ParticipantSource source = source(NONE, NONE);

    SourceColumns contacts = source.columns(SourceRelation.CONTACTS);
    SourceColumns journeys = source.columns(SourceRelation.JOURNEYS);

    assertThat(contacts.typeOf("last name_hp")).isEqualTo(SourceColumns.Type.TEXT);
    assertThat(contacts.typeOf("Date of Birth_HP")).isEqualTo(SourceColumns.Type.DATE);
    assertThat(contacts.typeOf("record_id_RC")).isEqualTo(SourceColumns.Type.NUMBER);
    assertThat(contacts.typeOf("Shoe Size")).isEqualTo(SourceColumns.Type.OTHER);
    assertThat(journeys.typeOf("COPE May PPI Survey Completion Date"))
        .isEqualTo(SourceColumns.Type.DATETIME);
    assertThat(journeys.typeOf("Samples for DNA Received")).isEqualTo(SourceColumns.Type.BOOLEAN);
    assertThat(journeys.typeOf("Hours of Sleep")).isEqualTo(SourceColumns.Type.NUMBER);
  }

  @Test
  void values_mostFrequentFirst_withoutNullAndRowsWithoutKey() {
    ParticipantSource source =
        source(
            List.of(
                contact(pmiText(1), "A"),
                contact(pmiText(2), "B"),
                contact(pmiText(3), "B"),
                contact(pmiText(4), null),
                contact(null, "only in REDCap")),
            List.of(journey(null, "x"), journey(pmiText(1), "x"), journey(pmiText(2), "y")));

    assertThat(source.values(SourceRelation.CONTACTS, "Last Name_HP", 10))
        .containsExactly(new ValueCount("B", 2), new ValueCount("A", 1));
    assertThat(source.values(SourceRelation.CONTACTS, "Last Name_HP", 1))
        .containsExactly(new ValueCount("B", 2));
    assertThat(source.values(SourceRelation.JOURNEYS, "Participant Status", 10))
        .containsExactly(new ValueCount("x", 2), new ValueCount("y", 1));
    assertThat(source.values(SourceRelation.JOURNEYS, "Hours of Sleep", 10)).isEmpty();
  }

  @Test
  void values_showNothingInTheirText() {
    assertThat(new ValueCount("secret", 3).toString()).doesNotContain("secret");
  }

  @Test
  void counts_ofAQuery_tellOneRowInAnothersPlace_andNothingElse() {
    StatusRule active = (contact, journey) -> ParticipantStatus.ACTIVE;
    SourceCounts before =
        source(List.of(contact(pmiText(1), "A")), List.of(journey(pmiText(1), "x")))
            .counts(query(active));
    SourceCounts same =
        source(List.of(contact(pmiText(1), "A")), List.of(journey(pmiText(1), "x")))
            .counts(query(active));
    SourceCounts swapped =
        source(List.of(contact(pmiText(2), "A")), List.of(journey(pmiText(1), "x")))
            .counts(query(active));
    SourceCounts changed =
        source(List.of(contact(pmiText(1), "A")), List.of(journey(pmiText(1), "y")))
            .counts(query(active));

    assumeThat(before.checksum()).as("this database makes no checksums").isNotEmpty();
    assertThat(same).isEqualTo(before);
    assertThat(swapped.contacts()).isEqualTo(before.contacts());
    assertThat(swapped).isNotEqualTo(before);
    assertThat(changed).isNotEqualTo(before);
  }

  @Test
  void times_countsValues_andThoseThatAreNotMidnight() {
    String column = "COPE May PPI Survey Completion Date";
    ParticipantSource source =
        source(
            NONE,
            List.of(
                journey(pmiText(1), "x").withDateTime(column, "2020-05-07T00:00:00"),
                journey(pmiText(2), "x").withDateTime(column, "2020-05-07T00:01:00"),
                journey(pmiText(3), "x").withDateTime(column, "2020-05-07T23:59:59"),
                journey(pmiText(4), "x")));

    assertThat(source.times(SourceRelation.JOURNEYS, List.of(column)))
        .containsExactly(Map.entry(column, new TimeCount(3, 2)));
    assertThat(source.times(SourceRelation.JOURNEYS, List.of())).isEmpty();
  }

  @Test
  void longest_measuresEachColumn_withoutBlanksAtTheEnd() {
    ParticipantSource source =
        source(
            List.of(
                contact(pmiText(1), "Doe"),
                contact(pmiText(2), "Núñez   "),
                contact(null, "nobody whom the sync reads")),
            NONE);

    assertThat(source.longest(SourceRelation.CONTACTS, List.of("Last Name_HP")))
        .containsExactly(Map.entry("Last Name_HP", 5L));
    assertThat(source.longest(SourceRelation.JOURNEYS, List.of("Participant Status")))
        .containsExactly(Map.entry("Participant Status", 0L));
    assertThat(source.longest(SourceRelation.JOURNEYS, List.of())).isEmpty();
  }

  @Test
  void find_givesWhatReadGives() {
    ParticipantSource source =
        source(
            List.of(
                contact(" p000000001", "A"),
                contact(pmiText(1), "A"),
                contact(pmiText(2), "B"),
                contact(pmiText(2), "Other"),
                contact("UNSET", "C")),
            List.of(journey(pmiText(1), "x"), journey(pmiText(3), "y")));

    SourceEntry both = source.find(query(), pmiId(1)).orElseThrow();
    assertThat(participant(both).pmiId()).isEqualTo(pmiId(1));
    assertThat(textOf(contactRow(both), "Last Name_HP")).isEqualTo("A");
    assertThat(both.contactRows()).isEqualTo(2);
    assertThat(both.journeyRows()).isEqualTo(1);
    assertThat(source.find(query(), pmiId(2)).map(SourceFixtures::plain))
        .contains(contradicting(pmiId(2), 2, 0));
    assertThat(source.find(query(), pmiId(3)))
        .hasValueSatisfying(e -> assertThat(participant(e).contact()).isNull());
    assertThat(source.find(query(), pmiId(4))).isEmpty();
  }
}
