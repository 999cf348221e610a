package edu.cumc.aou.docs.library;

import edu.cumc.aou.sync.port.RawRow;
import edu.cumc.aou.sync.port.SourceColumns;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Relations of the contract suite as a {@link ListSource} takes them. */
final class ListRelations {

  private ListRelations() {}

  static ListSource.Relation relation(String key, List<RawRow.Column> columns, List<RawRow> rows) {
    return new ListSource.Relation(
        key,
        columns.stream().map(c -> new SourceColumns.Column(c.name(), typeOf(c.type()))).toList(),
        rows.stream().map(r -> withKey(key, r)).toList());
  }

  private static Map<String, Object> withKey(String key, RawRow raw) {
    Map<String, Object> row = new HashMap<>(raw.values());
    if (raw.key() != null) {
      row.put(key, raw.key());
    }
    return row;
  }

  private static SourceColumns.Type typeOf(RawRow.Type type) {
    return switch (type) {
      case INTEGER, DECIMAL -> SourceColumns.Type.NUMBER;
      default -> SourceColumns.Type.valueOf(type.name());
    };
  }
}
