package edu.cumc.aou.sync.port;

import edu.cumc.aou.sync.model.SourceRelation;
import java.util.List;
import java.util.Optional;

/**
 * The columns that a relation of the source really has.
 *
 * @param columns in the database's order
 */
public record SourceColumns(SourceRelation relation, List<Column> columns) {

  public SourceColumns {
    columns = List.copyOf(columns);
  }

  /**
   * One column.
   *
   * @param name as the database spells it
   */
  public record Column(String name, Type type) {}

  /** What a column holds, as far as the sync treats it differently. */
  public enum Type {
    TEXT,
    DATE,
    /** A day and a time, in an unknown zone. */
    DATETIME,
    /** A day, a time, and their zone. */
    DATETIME_WITH_ZONE,
    BOOLEAN,
    NUMBER,
    /** A type that the sync cannot read. */
    OTHER
  }

  /** The names, as the database spells them. */
  public List<String> names() {
    return columns.stream().map(Column::name).toList();
  }

  /** Finds a column in any case and returns the database's spelling. */
  public Optional<String> find(String name) {
    return column(name).map(Column::name);
  }

  /** The type of a column, found in any case; OTHER for a missing one. */
  public Type typeOf(String name) {
    return column(name).map(Column::type).orElse(Type.OTHER);
  }

  private Optional<Column> column(String name) {
    return columns.stream().filter(c -> c.name().equalsIgnoreCase(name)).findFirst();
  }
}
