package edu.cumc.aou.db.testing;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The columns that a name may mean at one place of a statement, those of the outer query last. */
final class TSqlScope {

  /** A column; {@code collation} is null where it is no text. */
  record Column(String name, @Nullable TSqlType type, @Nullable String collation) {}

  /** What stands in FROM; nothing is known of its columns where they are null. */
  record Source(String name, @Nullable List<Column> columns) {}

  /** The tables there are. */
  interface Catalog {
    /** Their columns; null when nothing is to be known of tables now. */
    @Nullable List<Column> columns(@Nullable String database, String schema, String table);
  }

  private final @Nullable TSqlScope outer;
  private final List<Source> sources = new ArrayList<>();

  TSqlScope(@Nullable TSqlScope outer) {
    this.outer = outer;
  }

  void add(Source source) {
    if (sources.stream().anyMatch(s -> s.name().equalsIgnoreCase(source.name()))) {
      throw new TSqlRefusal(1013, "The objects in the FROM clause have the same exposed names.");
    }
    sources.add(source);
  }

  List<Source> sources() {
    return sources;
  }

  TSqlValue find(@Nullable String source, String column) {
    boolean named = false;
    List<TSqlValue> found = new ArrayList<>();
    for (Source candidate : sources) {
      if (source != null && !candidate.name().equalsIgnoreCase(source)) {
        continue;
      }
      named = true;
      List<Column> columns = candidate.columns();
      if (columns == null) {
        return TSqlValue.of(quoted(column), null).as(TSqlValue.Shape.COLUMN);
      }
      for (Column known : columns) {
        if (known.name().equalsIgnoreCase(column)) {
          found.add(value(source, known));
        }
      }
    }
    if (found.size() > 1) {
      throw new TSqlRefusal(209, "Ambiguous column name '" + column + "'.");
    }
    if (found.size() == 1) {
      return found.get(0);
    }
    if (outer != null && !(source != null && named)) {
      return outer.find(source, column);
    }
    throw named || source == null
        ? new TSqlRefusal(TSqlRefusal.MISSING_COLUMN, "Invalid column name '" + column + "'.")
        : new TSqlRefusal(4104, "The multi-part identifier could not be bound.");
  }

  private static TSqlValue value(@Nullable String source, Column column) {
    return new TSqlValue(
        (source == null ? "" : quoted(source) + ".") + quoted(column.name()),
        column.type(),
        column.collation() == null
            ? TSqlValue.Collation.NONE
            : new TSqlValue.Collation(TSqlValue.Rank.COLUMN, column.collation()),
        TSqlValue.Shape.COLUMN);
  }

  static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }
}
