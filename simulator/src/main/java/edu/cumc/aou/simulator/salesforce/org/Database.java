package edu.cumc.aou.simulator.salesforce.org;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The records of the org, with the changes since the last commit, which can be taken back. Not
 * thread-safe: the org's lock guards it.
 */
public final class Database {
  private final Schema schema;
  private final Map<String, Table> tables = new LinkedHashMap<>();
  private final List<Change> uncommitted = new ArrayList<>();

  /** What a row was before a change; empty if it is new. */
  private record Change(Row now, Optional<Row> before) {}

  /**
   * What a commit made permanent.
   *
   * @param changed the last state of each record that changed
   * @param inserted those of them that are new
   */
  record Committed(Collection<Row> changed, List<Row> inserted) {}

  Database(Schema schema) {
    this.schema = schema;
    schema.types().forEach(type -> tables.put(type.name(), new Table(type)));
  }

  public Schema schema() {
    return schema;
  }

  public Table table(ObjectType type) {
    Table table = tables.get(type.name());
    if (table == null) {
      throw new IllegalStateException("No table for the object " + type);
    }
    return table;
  }

  /** The record with this 18-character id, deleted or not. */
  public Optional<Row> row(String id) {
    return schema.typeOfId(id).flatMap(type -> table(type).row(id));
  }

  void put(Row row) {
    Table table = table(row.type());
    uncommitted.add(new Change(row, table.row(row.id())));
    table.put(row);
  }

  /** A point to which {@link #rollback} can return until the next commit. */
  public int mark() {
    return uncommitted.size();
  }

  public void rollback(int mark) {
    while (uncommitted.size() > mark) {
      Change last = uncommitted.remove(uncommitted.size() - 1);
      Table table = table(last.now().type());
      last.before().ifPresentOrElse(table::put, () -> table.remove(last.now().id()));
    }
  }

  Committed commit() {
    Map<String, Row> changed = new LinkedHashMap<>();
    List<Row> inserted = new ArrayList<>();
    for (Change change : uncommitted) {
      changed.put(change.now().id(), change.now());
      if (change.before().isEmpty()) {
        inserted.add(change.now());
      }
    }
    uncommitted.clear();
    return new Committed(changed.values(), inserted);
  }
}
