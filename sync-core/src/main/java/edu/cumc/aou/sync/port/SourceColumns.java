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

  /** What a column holds, as far as the sync's rules differ by it. */
  public enum Type {
    TEXT,
    DATE,
    /** A day and a time, in a zone that nobody wrote down. */
    DATETIME,
    /** A day, a time, and the zone they belong to. */
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

  /** Finds a column in any case and gives the database's spelling. */
  public Optional<String> find(String name) {
    return column(name).map(Column::name);
  }

  /** The type of a column, found in any case; OTHER for one that is not there. */
  public Type typeOf(String name) {
    return column(name).map(Column::type).orElse(Type.OTHER);
  }

  private Optional<Column> column(String name) {
    return columns.stream().filter(c -> c.name().equalsIgnoreCase(name)).findFirst();
  }
}
