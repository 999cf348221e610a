package edu.cumc.aou.sync.port;

import edu.cumc.aou.sync.model.FailureKind;
import edu.cumc.aou.sync.model.PmiId;
import edu.cumc.aou.sync.model.SourceRelation;
import edu.cumc.aou.sync.model.SourceRow;
import edu.cumc.aou.sync.model.SyncException;
import edu.cumc.aou.sync.port.SourceColumns.Column;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A participant source that lives in memory, for tests. Thread-safe; a cursor sees the rows that
 * were there when it was opened.
 */
public final class InMemoryParticipantSource implements ParticipantSource {

  /** The rows of one relation: the key column is the first one. */
  private static final class Relation {
    List<RawRow.Column> columns = List.of();
    List<RawRow> rows = List.of();
  }

  private final Map<SourceRelation, Relation> relations = new EnumMap<>(SourceRelation.class);

  /** Two empty relations; the first column of each is its key. */
  public InMemoryParticipantSource(
      List<RawRow.Column> contactColumns, List<RawRow.Column> journeyColumns) {
    relations.put(SourceRelation.CONTACTS, new Relation());
    relations.put(SourceRelation.JOURNEYS, new Relation());
    relation(SourceRelation.CONTACTS).columns = List.copyOf(contactColumns);
    relation(SourceRelation.JOURNEYS).columns = List.copyOf(journeyColumns);
  }

  /** Replaces the rows of a relation, as a nightly load does. */
  public synchronized void load(SourceRelation relation, List<RawRow> rows) {
    relation(relation).rows = List.copyOf(rows);
  }

  @Override
  public synchronized SourceColumns columns(SourceRelation relation) {
    return new SourceColumns(
        relation,
        relation(relation).columns.stream().map(c -> new Column(c.name(), typeOf(c))).toList());
  }

  private static SourceColumns.Type typeOf(RawRow.Column column) {
    return switch (column.type()) {
      case TEXT -> SourceColumns.Type.TEXT;
      case DATE -> SourceColumns.Type.DATE;
      case DATETIME -> SourceColumns.Type.DATETIME;
      case BOOLEAN -> SourceColumns.Type.BOOLEAN;
      case INTEGER, DECIMAL -> SourceColumns.Type.NUMBER;
    };
  }

  @Override
  public synchronized List<ValueCount> values(SourceRelation relation, String column, int most) {
    Map<String, Long> counts = new TreeMap<>();
    texts(relation, column).forEach(text -> counts.merge(text, 1L, Long::sum));
    return counts.entrySet().stream()
        .map(e -> new ValueCount(e.getKey(), e.getValue()))
        .sorted(Comparator.comparing(ValueCount::rows).reversed())
        .limit(most)
        .toList();
  }

  @Override
  public synchronized Map<String, Long> longest(SourceRelation relation, List<String> columns) {
    Map<String, Long> longest = new TreeMap<>();
    for (String column : columns) {
      longest.put(
          column,
          texts(relation, column).mapToLong(t -> t.stripTrailing().length()).max().orElse(0));
    }
    return longest;
  }

  @Override
  public synchronized Map<String, TimeCount> times(SourceRelation relation, List<String> columns) {
    Map<String, TimeCount> times = new TreeMap<>();
    for (String column : columns) {
      List<String> found = texts(relation, column).toList();
      times.put(
          column,
          new TimeCount(
              found.size(), found.stream().filter(t -> !t.substring(11).equals("00:00")).count()));
    }
    return times;
  }

  private Stream<String> texts(SourceRelation relation, String column) {
    requireColumns(relation, column, List.of());
    return relation(relation).rows.stream()
        .filter(r -> relation == SourceRelation.JOURNEYS || r.key() != null)
        .flatMap(
            r ->
                r.values().entrySet().stream()
                    .filter(e -> e.getKey().equalsIgnoreCase(column))
                    .map(e -> e.getValue().toString()));
  }

  @Override
  public synchronized SourceCounts counts() {
    return new SourceCounts(
        relation(SourceRelation.CONTACTS).rows.stream().filter(r -> r.key() != null).count(),
        relation(SourceRelation.JOURNEYS).rows.size());
  }

  @Override
  public synchronized SourceCounts counts(SourceQuery query) {
    SourceCounts counts = counts();
    return new SourceCounts(
        counts.contacts(),
        counts.journeys(),
        "",
        false,
        checksum(SourceRelation.CONTACTS, query.contactColumns())
            + "/"
            + checksum(SourceRelation.JOURNEYS, query.journeyColumns()));
  }

  private long checksum(SourceRelation relation, List<String> columns) {
    return relation(relation).rows.stream()
        .mapToLong(
            row ->
                31L * String.valueOf(row.key()).hashCode()
                    + row.values().entrySet().stream()
                        .filter(e -> columns.stream().anyMatch(e.getKey()::equalsIgnoreCase))
                        .mapToLong(e -> e.getKey().hashCode() * 17L + e.getValue().hashCode())
                        .sum())
        .sum();
  }

  @Override
  public synchronized Cursor<SourceEntry> read(SourceQuery query) {
    Cursor<KeyedRow> contacts =
        ordered(
            SourceRelation.CONTACTS,
            query.contactKey(),
            query.contactColumns(),
            relation(SourceRelation.CONTACTS).rows.stream().filter(r -> r.key() != null));
    Cursor<KeyedRow> journeys =
        ordered(
            SourceRelation.JOURNEYS,
            query.journeyKey(),
            query.journeyColumns(),
            relation(SourceRelation.JOURNEYS).rows.stream());
    return new ParticipantMerge(contacts, journeys, query.statusRule());
  }

  private Cursor<KeyedRow> ordered(
      SourceRelation name, String key, List<String> columns, Stream<RawRow> rows) {
    requireColumns(name, key, columns);
    SourceRow.Header header = new SourceRow.Header(columns);
    List<KeyedRow> keyed = new ArrayList<>();
    rows.forEach(
        raw -> {
          Map<String, Object> byName = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
          byName.putAll(raw.values());
          @Nullable Object[] values = columns.stream().map(byName::get).toArray();
          String text = raw.key();
          keyed.add(
              new KeyedRow(
                  text == null ? "" : PmiId.canonicalText(text), new SourceRow(header, values)));
        });
    keyed.sort(Comparator.comparing(KeyedRow::key));
    return Cursor.of(keyed.iterator());
  }

  private void requireColumns(SourceRelation name, String key, List<String> columns) {
    SourceColumns there = columns(name);
    for (String column : Stream.concat(Stream.of(key), columns.stream()).toList()) {
      if (there.find(column).isEmpty()) {
        throw new SyncException(
            FailureKind.CONFIG,
            "the source's "
                + name.name().toLowerCase(Locale.ROOT)
                + " have no column "
                + column
                + ": correct the mapping");
      }
    }
  }

  private Relation relation(SourceRelation name) {
    return relations.get(name);
  }
}
