package edu.cumc.aou.docs.library;

import edu.cumc.aou.sync.model.FailureKind;
import edu.cumc.aou.sync.model.PmiId;
import edu.cumc.aou.sync.model.SourceRelation;
import edu.cumc.aou.sync.model.SourceRow;
import edu.cumc.aou.sync.model.SyncException;
import edu.cumc.aou.sync.port.Cursor;
import edu.cumc.aou.sync.port.KeyedRow;
import edu.cumc.aou.sync.port.ParticipantMerge;
import edu.cumc.aou.sync.port.ParticipantSource;
import edu.cumc.aou.sync.port.SourceColumns;
import edu.cumc.aou.sync.port.SourceCounts;
import edu.cumc.aou.sync.port.SourceEntry;
import edu.cumc.aou.sync.port.SourceQuery;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

// begin
/** Participants that another program has in memory: rows by column, as a registry gives them. */
final class ListSource implements ParticipantSource {

  /** A relation: its columns, which of them holds the PMI ID, and its rows. */
  record Relation(String key, List<SourceColumns.Column> columns, List<Map<String, Object>> rows) {}

  private final Map<SourceRelation, Relation> relations;

  ListSource(Relation contacts, Relation journeys) {
    relations = Map.of(SourceRelation.CONTACTS, contacts, SourceRelation.JOURNEYS, journeys);
  }

  @Override
  public SourceColumns columns(SourceRelation relation) {
    return new SourceColumns(relation, relations.get(relation).columns());
  }

  @Override
  public SourceCounts counts() {
    return new SourceCounts(
        rows(SourceRelation.CONTACTS).size(), rows(SourceRelation.JOURNEYS).size());
  }

  @Override
  public Cursor<SourceEntry> read(SourceQuery query) {
    return new ParticipantMerge(
        ordered(SourceRelation.CONTACTS, query.contactKey(), query.contactColumns()),
        ordered(SourceRelation.JOURNEYS, query.journeyKey(), query.journeyColumns()),
        query.statusRule());
  }

  @Override
  public List<ValueCount> values(SourceRelation relation, String column, int most) {
    Map<String, Long> counts = new TreeMap<>();
    String name = named(relation, column);
    for (Map<String, Object> row : rows(relation)) {
      if (row.containsKey(name)) {
        counts.merge(row.get(name).toString(), 1L, Long::sum);
      }
    }
    return counts.entrySet().stream()
        .map(e -> new ValueCount(e.getKey(), e.getValue()))
        .sorted(Comparator.comparing(ValueCount::rows).reversed())
        .limit(most)
        .toList();
  }

  @Override
  public Map<String, Long> longest(SourceRelation relation, List<String> columns) {
    Map<String, Long> longest = new TreeMap<>();
    for (String column : columns) {
      String name = named(relation, column);
      longest.put(
          column,
          rows(relation).stream()
              .mapToLong(r -> r.getOrDefault(name, "").toString().stripTrailing().length())
              .max()
              .orElse(0));
    }
    return longest;
  }

  @Override
  public Map<String, TimeCount> times(SourceRelation relation, List<String> columns) {
    Map<String, TimeCount> times = new TreeMap<>();
    for (String column : columns) {
      String name = named(relation, column);
      List<LocalTime> found =
          rows(relation).stream()
              .filter(r -> r.containsKey(name))
              .map(r -> ((LocalDateTime) r.get(name)).toLocalTime())
              .toList();
      long withTime = found.stream().filter(t -> !t.equals(LocalTime.MIDNIGHT)).count();
      times.put(column, new TimeCount(found.size(), withTime));
    }
    return times;
  }

  /** Contact rows without a key are people who are no participants yet. */
  private List<Map<String, Object>> rows(SourceRelation relation) {
    Relation all = relations.get(relation);
    return relation == SourceRelation.JOURNEYS
        ? all.rows()
        : all.rows().stream().filter(r -> r.containsKey(all.key())).toList();
  }

  /** The merge wants each relation in the order of its canonical keys. */
  private Cursor<KeyedRow> ordered(SourceRelation relation, String key, List<String> columns) {
    String keyName = named(relation, key);
    List<String> names = columns.stream().map(c -> named(relation, c)).toList();
    SourceRow.Header header = new SourceRow.Header(names);
    List<KeyedRow> rows = new ArrayList<>();
    for (Map<String, Object> row : rows(relation)) {
      String canonical = PmiId.canonicalText(row.getOrDefault(keyName, "").toString());
      rows.add(
          new KeyedRow(canonical, new SourceRow(header, names.stream().map(row::get).toArray())));
    }
    rows.sort(Comparator.comparing(KeyedRow::key));
    return Cursor.of(rows.iterator());
  }

  private String named(SourceRelation relation, String column) {
    return columns(relation)
        .find(column)
        .orElseThrow(
            () -> new SyncException(FailureKind.CONFIG, "the registry has no column " + column));
  }
}
// end
