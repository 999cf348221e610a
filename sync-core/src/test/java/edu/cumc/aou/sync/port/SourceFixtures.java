package edu.cumc.aou.sync.port;

import static edu.cumc.aou.sync.port.RawRow.contact;
import static edu.cumc.aou.sync.port.RawRow.journey;
import static edu.cumc.aou.sync.testing.TestParticipants.pmiId;
import static edu.cumc.aou.sync.testing.TestParticipants.pmiText;
import static org.assertj.core.api.Assertions.assertThat;

import edu.cumc.aou.sync.model.Cells;
import edu.cumc.aou.sync.model.Participant;
import edu.cumc.aou.sync.model.ParticipantStatus;
import edu.cumc.aou.sync.model.PmiId;
import edu.cumc.aou.sync.model.SourceRelation;
import edu.cumc.aou.sync.model.SourceRow;
import edu.cumc.aou.sync.port.SourceColumns.Column;
import edu.cumc.aou.sync.port.SourceEntry.Found;
import edu.cumc.aou.sync.port.SourceEntry.RejectReason;
import edu.cumc.aou.sync.port.SourceEntry.Rejected;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Rows, queries and what comes of them, for the source's contract. */
public final class SourceFixtures {

  private SourceFixtures() {}

  /** Columns that all hold text. */
  public static SourceColumns textColumns(SourceRelation relation, List<String> names) {
    return new SourceColumns(
        relation, names.stream().map(n -> new Column(n, SourceColumns.Type.TEXT)).toList());
  }

  static List<String> names(List<RawRow.Column> columns) {
    return columns.stream().map(RawRow.Column::name).toList();
  }

  static PmiId[] ids(int... numbers) {
    return IntStream.of(numbers).mapToObj(n -> pmiId(n)).toArray(PmiId[]::new);
  }

  static List<RawRow> rows(int from, int to, @Nullable String lastName) {
    return new ArrayList<>(
        IntStream.range(from, to)
            .mapToObj(
                n -> lastName == null ? journey(pmiText(n), "s") : contact(pmiText(n), lastName))
            .toList());
  }

  static SourceQuery query() {
    return query((contact, journey) -> ParticipantStatus.ACTIVE);
  }

  static SourceQuery query(StatusRule rule) {
    return new SourceQuery(
        RawRow.CONTACT_KEY,
        names(RawRow.CONTACTS).subList(1, RawRow.CONTACTS.size()),
        RawRow.JOURNEY_KEY,
        names(RawRow.JOURNEYS).subList(1, RawRow.JOURNEYS.size()),
        rule);
  }

  static SourceQuery queryOf(List<String> contacts, List<String> journeys) {
    return new SourceQuery(
        RawRow.CONTACT_KEY,
        contacts,
        RawRow.JOURNEY_KEY,
        journeys,
        (contact, journey) -> ParticipantStatus.ACTIVE);
  }

  static List<SourceEntry> read(ParticipantSource source) {
    return read(source, query());
  }

  static List<SourceEntry> read(ParticipantSource source, SourceQuery query) {
    List<SourceEntry> entries = new ArrayList<>();
    try (Cursor<SourceEntry> cursor = source.read(query)) {
      cursor.forEachRemaining(entries::add);
    }
    return entries;
  }

  static SourceEntry onlyEntry(ParticipantSource source) {
    List<SourceEntry> entries = read(source);
    assertThat(entries).hasSize(1);
    return entries.get(0);
  }

  static List<Found> found(List<SourceEntry> entries) {
    return entries.stream().filter(Found.class::isInstance).map(Found.class::cast).toList();
  }

  static List<Rejected> rejected(List<SourceEntry> entries) {
    return entries.stream()
        .filter(Rejected.class::isInstance)
        .map(e -> (Rejected) plain(e))
        .toList();
  }

  /** Without what the rejected rows say. */
  static SourceEntry plain(SourceEntry entry) {
    return entry instanceof Rejected r
        ? new Rejected(r.reason(), r.pmiId(), "", null, "", r.contactRows(), r.journeyRows())
        : entry;
  }

  static Rejected contradicting(PmiId pmiId, int contactRows, int journeyRows) {
    return new Rejected(
        RejectReason.CONTRADICTING_ROWS, pmiId, "", null, "", contactRows, journeyRows);
  }

  static Rejected malformed(int contactRows, int journeyRows) {
    return new Rejected(
        RejectReason.MALFORMED_PMI_ID, null, "", null, "", contactRows, journeyRows);
  }

  static Participant participant(SourceEntry entry) {
    assertThat(entry).isInstanceOf(Found.class);
    return ((Found) entry).participant();
  }

  static SourceRow contactRow(SourceEntry entry) {
    return Objects.requireNonNull(participant(entry).contact());
  }

  static String textOf(SourceRow row, String column) {
    return Cells.plain().line(row, column);
  }
}
